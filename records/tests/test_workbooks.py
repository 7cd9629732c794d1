"""Workbooks that run, fetch or hide something, or unpack to far more than anybody filled in."""

import pytest

from records.filetypes import LARGEST_TEXT, DocumentRefused, FileType, recognise
from records.tests.test_filetypes import WORKBOOK, package, relations, types

SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
WORKSHEET = f'<Override PartName="/xl/s.xml" ContentType="{SHEETS}.worksheet+xml"/>'
RELATIONS = "xl/_rels/workbook.xml.rels"


def sheet(formula: str) -> dict[str, str]:
    cells = f"<sheetData><row><c><f>{formula}</f></c></row></sheetData>"
    return {"Types": types(more=WORKSHEET), "xl/s.xml": f"<worksheet>{cells}</worksheet>"}


def related(kind: str, target: str, text: str, said: str = "application/x-odd") -> dict[str, str]:
    """A part that the workbook refers to, under a type that says nothing of it."""
    more = f'<Override PartName="/xl/{target}" ContentType="{said}"/>'
    return {
        "Types": types(more=more),
        RELATIONS: relations(target, kind),
        f"xl/{target}": text,
    }


DDE = '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
REFUSED = {
    "another program in a formula": (sheet("cmd|'/c calc'!A0"), "starts another program"),
    "a call of a library": (sheet('CALL("urlmon","URLDownloadToFileA")'), "starts another"),
    "data from an address": (sheet('_xlfn.WEBSERVICE("http://a.example")'), "from elsewhere"),
    "a picture from an address": (sheet('_xlfn.IMAGE("http://a.example/x.png")'), "from elsewhere"),
    "a link of an odd type": (related("externalLink", "e.bin", DDE), "starts another program"),
    "a connection of an odd type": (
        related(
            "connections", "c.bin", '<connections><connection refreshOnLoad="1"/></connections>'
        ),
        "from elsewhere",
    ),
    "a sheet of macros as XML": (
        related("worksheet", "m.xml", "<x:macrosheet xmlns:x='a'/>", "application/xml"),
        "macros",
    ),
    "a packed program": (related("package", "o.bin", "MZ\0\1"), "embedded in this one"),
    "a packed object": (related("oleObject", "o.bin", "\0\1"), "embedded in this one"),
    "rows without end": (
        {
            "Types": types(more=WORKSHEET),
            "xl/s.xml": f"<worksheet>{'<row/>' * (LARGEST_TEXT // 6)}</worksheet>",
        },
        "too large when unpacked",
    ),
    "texts without end": (
        {"xl/sharedStrings.xml": f"<sst>{'<si><t>a</t></si>' * (LARGEST_TEXT // 17)}</sst>"},
        "too large when unpacked",
    ),
    "sheets without end": (
        {"xl__workbook.xml": f"<workbook>{'<sheet/>' * 600_000}</workbook>"},
        "too large when unpacked",
    ),
}
TAKEN = {
    "a sum": sheet("SUM(A1:A9)"),
    "a text that only names another program": sheet('"cmd|x" &amp; CALLS(A1)'),
    "a packed text": related("package", "o.bin", "Only a text."),
}


@pytest.mark.parametrize(("parts", "reason"), REFUSED.values(), ids=REFUSED)
def test_hostile_workbook_is_refused(parts: dict[str, str], reason: str) -> None:
    with pytest.raises(DocumentRefused, match=reason):
        recognise(package(**WORKBOOK | parts), "fees.xlsx")


@pytest.mark.parametrize("parts", TAKEN.values(), ids=TAKEN)
def test_ordinary_workbook_is_taken(parts: dict[str, str]) -> None:
    assert recognise(package(**WORKBOOK | parts), "fees.xlsx")[0] is FileType.XLSX
