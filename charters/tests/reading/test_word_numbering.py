"""What Word shows and its file does not say in so many words: numbers, changes, hidden text."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from charters.reading.reader import read
from charters.reading.structure import CharterText, structure


def text(words: str, properties: str = "", run: str = "") -> str:
    space = 'xml:space="preserve"'
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{run}<w:t {space}>{words}</w:t></w:r></w:p>"


def item(words: str, level: int = 0, number: int = 1) -> str:
    place = f'<w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
    return text(words, f"<w:numPr>{place}</w:numPr>")


def level(at: int, form: str, shown: str, more: str = "") -> str:
    start = '<w:start w:val="1"/>'
    return (
        f'<w:lvl w:ilvl="{at}">{start}<w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{shown}"/></w:lvl>'
    )


def word_file(*body: str, numbering: str = "") -> bytes:
    document = Document()
    for each in body:
        wrapped = parse_xml(f"<w:body {nsdecls('w')}>{each}</w:body>")
        document.element.body.extend(list(wrapped))
    if numbering:
        root = document.part.numbering_part.element
        for child in list(root):
            root.remove(child)
        root.extend(list(parse_xml(f"<w:numbering {nsdecls('w')}>{numbering}</w:numbering>")))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def structured(data: bytes) -> CharterText:
    return structure(read(data, "charter"))


def clauses(data: bytes) -> list[tuple[str, str, str]]:
    return [(each.marker, each.reference, each.text) for each in structured(data).clauses]


def unplaced(data: bytes) -> list[str]:
    return [each.text for each in structured(data).unplaced]


HEADING = text("Responsibilities", '<w:pStyle w:val="Heading1"/>')


def test_a_list_begins_where_its_override_says():
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1.")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    data = word_file(
        HEADING, item("Appoint the auditor."), item("Set its pay."), numbering=numbering
    )
    assert clauses(data) == [
        ("5.", "R-5", "Appoint the auditor."),
        ("6.", "R-6", "Set its pay."),
    ]


@pytest.mark.parametrize(("restart", "third"), [("", "1."), ('<w:lvlRestart w:val="0"/>', "3.")])
def test_a_level_restarts_unless_it_never_does(restart, third):
    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.", restart)
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = [
        item("As to the auditor, the Committee shall:"),
        item("appoint it;", 1),
        item("set its pay.", 1),
        item("As to the accounts, the Committee shall:"),
        item("review them.", 1),
    ]
    found = structured(word_file(HEADING, *body, numbering=numbering)).passages[1:]
    assert [each.marker for each in found] == ["I.", "1.", "2.", "II.", third]


def test_a_list_takes_its_levels_from_the_style_it_names():
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="Legal"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="Legal"/>'
        f"{level(0, 'upperLetter', '%1)')}</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    data = word_file(
        HEADING, item("Appoint the auditor."), item("Set its pay."), numbering=numbering
    )
    assert [marker for marker, *_ in clauses(data)] == ["A)", "B)"]


@pytest.mark.parametrize("change", ["del", "moveFrom"])
def test_paragraphs_whose_mark_was_taken_out_are_one(change):
    mark = f'<w:rPr><w:{change} w:id="1" w:author="C" w:date="2024-03-01T10:00:00Z"/></w:rPr>'
    data = word_file(
        HEADING,
        text("The Committee shall review the ", mark),
        text("annual ", mark),
        text("statements with the auditor."),
    )
    assert clauses(data) == [
        ("", "R-1", "The Committee shall review the annual statements with the auditor.")
    ]


def test_hidden_text_stands_beside_the_charter():
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    shown = '<w:rPr><w:vanish w:val="0"/></w:rPr>'
    data = word_file(
        HEADING,
        text("DRAFTING NOTE: the Committee shall never meet.", run=hidden),
        text("The Committee shall meet each quarter.", run=shown),
    )
    assert unplaced(data) == ["DRAFTING NOTE: the Committee shall never meet."]
    assert [words for *_, words in clauses(data)] == ["The Committee shall meet each quarter."]


def test_a_table_of_contents_is_no_list_of_duties():
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    data = word_file(
        f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>"
        f"{text('1. Duties of the Committee 2')}</w:sdtContent></w:sdt>",
        text("2. Meetings of the Committee 3", '<w:pStyle w:val="TOC1"/>'),
        HEADING,
        text("1. Review the audit plan."),
    )
    assert unplaced(data) == ["Duties of the Committee 2", "Meetings of the Committee 3"]
    assert clauses(data) == [("1.", "R-1", "Review the audit plan.")]


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{text(cell)}</w:tc>" for cell in cells) + "</w:tr>"


def test_a_table_of_duties_keeps_how_often_with_each():
    rows = row("Responsibility", "Frequency")
    rows += row("1.", "The Committee shall appoint the auditor.", "Annually")
    rows += row("2.", "The Committee shall review the interim statements.", "Quarterly")
    data = word_file(text("Duties", '<w:pStyle w:val="Heading1"/>'), f"<w:tbl>{rows}</w:tbl>")
    assert unplaced(data) == ["Responsibility", "Frequency"]
    assert clauses(data) == [
        ("1.", "R-1", "The Committee shall appoint the auditor. \u2014 Annually"),
        ("2.", "R-2", "The Committee shall review the interim statements. \u2014 Quarterly"),
    ]


def test_lines_that_became_paragraphs_are_put_together():
    data = word_file(
        text("Acorn Corp."),
        text("Audit Committee Charter"),
        HEADING,
        text("1. Review with management and with the auditor the annual"),
        text("statements of the Company and the notes to them before they"),
        text("Acorn Corp. \u2013 Audit Committee Charter"),
        text("are filed with the SEC."),
        text("2. Report to the Board after each meeting."),
    )
    assert [(reference, words) for _, reference, words in clauses(data)] == [
        (
            "R-1",
            "Review with management and with the auditor the annual statements of the Company"
            " and the notes to them before they are filed with the SEC.",
        ),
        ("R-2", "Report to the Board after each meeting."),
    ]


def rewritten(data: bytes, changes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, changes(name, old.read(name)))
    return stream.getvalue()


SCHEMAS = b"http://schemas.openxmlformats.org/"


def strict(name: str, part: bytes) -> bytes:
    for kind in (b"wordprocessingml", b"officeDocument", b"drawingml"):
        part = part.replace(
            SCHEMAS + kind + b"/2006/", b"http://purl.oclc.org/ooxml/" + kind + b"/"
        )
    return part


def with_a_link_to_nothing(name: str, part: bytes) -> bytes:
    image = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    link = b'<Relationship Id="rId99" Type="' + image + b'" Target="NULL"/></Relationships>'
    return part.replace(b"</Relationships>", link) if name.endswith("document.xml.rels") else part


@pytest.mark.parametrize("changes", [strict, with_a_link_to_nothing])
def test_what_word_opens_is_read(changes):
    data = word_file(HEADING, text("The Committee shall meet each quarter."))
    assert clauses(rewritten(data, changes)) == clauses(data)
