"""The folder as a ZIP: the files, a list of them as text, and the same list as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from charter_portal.folder.contents import STATEMENT, Entry
from records import archives
from records.dates import long_day, written_for
from records.models import Company
from records.spreadsheets import guarded

FOLDER = "minutes"


def packed(entries: Sequence[Entry], company: Company, first: date, last: date) -> bytes:
    """Everything in one folder."""
    with written_for(company):
        parts = [
            ("contents.txt", as_text(entries, company, first, last).encode()),
            ("contents.csv", as_table(entries).encode("utf-8-sig")),
        ]
    parts += [(entry.file_name, entry.content) for entry in entries if entry.file_name]
    return archives.packed((f"{FOLDER}/{name}", content) for name, content in parts)


def as_text(entries: Sequence[Entry], company: Company, first: date, last: date) -> str:
    """The list to read: what there is, what is a draft, and what is missing."""
    period = _("%(first)s to %(last)s") % {"first": long_day(first), "last": long_day(last)}
    lines = [company.name, _("Minutes and written consents"), period, "", STATEMENT, ""]
    for entry in entries:
        lines.append(f"{long_day(entry.on)}  {entry.what}")
        lines += [f"    {said}" for said in (entry.state, entry.file_name) if said]
    if not entries:
        lines.append(_("No meeting and no consent is on record for the period."))
    return "\n".join([*lines, ""])


def as_table(entries: Sequence[Entry]) -> str:
    """The same as CSV; no cell is taken for a formula."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow([_("Date"), _("Record"), _("State"), _("File")])
    for entry in entries:
        cells = (entry.on.isoformat(), entry.what, entry.state, entry.file_name)
        table.writerow([guarded(cell) for cell in cells])
    return text.getvalue()
