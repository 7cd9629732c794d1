"""Which addresses hand out a table that a spreadsheet opens, and the cells of such a table."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from zipfile import ZipFile

from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# By the names of their addresses. The walk of every address finds a table that is not listed here.
EXPORTS = frozenset({"attendance_file", "fee_table_xlsx", "minutes_folder"})


def is_table(response: HttpResponse) -> bool:
    """Whether a spreadsheet opens the answer, or a file of it."""
    content_type = response.headers.get("Content-Type", "")
    if content_type.startswith("application/zip") and not response.streaming:
        with ZipFile(io.BytesIO(response.content)) as archive:
            return any(name.endswith((".csv", ".xlsx")) for name in archive.namelist())
    return content_type.startswith(("text/csv", "text/tab-separated-values", XLSX))


def cells(response: HttpResponse) -> Iterator[str]:
    """Every cell; of a workbook a formula as it is written there."""
    content_type = response.headers["Content-Type"]
    if content_type.startswith("text/csv"):
        yield from of_csv(response.content)
    elif content_type.startswith(XLSX):
        yield from of_workbook(response.content)
    else:
        with ZipFile(io.BytesIO(response.content)) as archive:
            for name in archive.namelist():
                if name.endswith(".csv"):
                    yield from of_csv(archive.read(name))


def of_csv(content: bytes) -> Iterator[str]:
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        yield from row


def of_workbook(content: bytes) -> Iterator[str]:
    """Its texts; a formula as it is typed."""
    with ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.startswith(("xl/worksheets/", "xl/sharedStrings")) and name.endswith(".xml"):
                root = ET.fromstring(package.read(name))
                yield from (f"={each.text}" for each in root.iter(f"{SHEET}f"))
                yield from (each.text or "" for each in root.iter(f"{SHEET}t"))
