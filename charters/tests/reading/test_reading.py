"""Reading: bytes of every make to paragraphs, and a plain sentence for what is no charter."""

import io
import zipfile

import pytest
from docx import Document

from charters.reading.reader import CharterUnreadable, read

CHARTER = (
    "Audit Committee Charter\n\nPurpose\n\nThe Committee – the “Committee” – oversees audits.\n"
)


def word_file(build) -> bytes:
    document = Document()
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


def paragraphs(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in read(data, "charter").paragraphs]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_every_usual_encoding_is_understood(encoding):
    assert paragraphs(CHARTER.encode(encoding))[2] == (
        "The Committee – the “Committee” – oversees audits."
    )


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\f"])
def test_every_line_ending_is_understood(ending):
    assert len(paragraphs(CHARTER.replace("\n", ending).encode())) == 3


def test_the_text_is_kept_word_for_word():
    assert read(CHARTER.encode("utf-8-sig"), "charter").text == CHARTER


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b" \r\n\t ", "is empty"),
        (b"\xef\xbb\xbf \n", "is empty"),
        ("\u2014 * \u2022".encode(), "is empty"),
        (b"Purpose\0\0\x01\x02", "not a text file"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00", "not a text file"),
        (bytes(range(256)) * 4, "not a text file"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"\x89PNG\r\n\x1a\n....", "is an image"),
        (b"\xff\xd8\xff\xe0....", "is an image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "older format or locked"),
        (b"{\\rtf1\\ansi Purpose}", "rich-text"),
        (b"<!DOCTYPE html><p>Purpose</p>", "web page"),
        (b"word " * 500_000, "larger than 2 MB"),
        (b"word " * 40_001, "200,000 characters"),
        (b"PK\x03\x04 but no archive", "damaged"),
        (archive(mimetype=b"a spreadsheet"), "not a Word document"),
        (archive(word__document_xml=b"<w:document"), "damaged Word document"),
        (archive(word__document_xml=b"a" * 50_000_000), "too large when unpacked"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_charter_gets_a_plain_sentence(data, says):
    with pytest.raises(CharterUnreadable, match=rf"^upload\.txt .*{says}.*\.$"):
        read(data, "upload.txt")


def test_a_word_file_cut_short_is_called_damaged():
    whole = word_file(lambda document: document.add_paragraph("The Committee shall meet."))
    with pytest.raises(CharterUnreadable, match="damaged"):
        read(whole[: len(whole) // 2], "charter.docx")


def test_a_word_file_without_words_is_called_empty():
    with pytest.raises(CharterUnreadable, match="empty"):
        read(word_file(lambda document: document.add_paragraph(" ")), "charter.docx")


def test_the_kind_is_told_by_content_and_not_by_name():
    data = word_file(lambda document: document.add_paragraph("The Committee shall meet."))
    assert [each.text for each in read(data, "charter.txt").paragraphs] == [
        "The Committee shall meet."
    ]


@pytest.mark.parametrize(
    ("line", "marker", "text"),
    [
        ("- (a) the audits", "- (a)", "the audits"),
        (" \u2022\tthe audits", "\u2022", "the audits"),
        ("\u2013 the audits", "\u2013", "the audits"),
        ("12. the audits", "12.", "the audits"),
        ("(iv) the audits", "(iv)", "the audits"),
        ("1.2.3 the audits", "1.2.3", "the audits"),
        ("a) the audits", "a)", "the audits"),
        ("1\\. the audits", "1.", "the audits"),
        ("1.The audits", "1.", "The audits"),
        ("1934 was the year", "", "1934 was the year"),
        ("Inc. is a suffix", "", "Inc. is a suffix"),
        ("-- not a bullet", "", "-- not a bullet"),
    ],
)
def test_markers_stand_beside_the_words(line, marker, text):
    (paragraph,) = read(line.encode(), "charter").paragraphs
    assert (paragraph.marker, paragraph.text) == (marker, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Purpose ##", ("Purpose", 2, False)),
        ("Purpose\n=======", ("Purpose", 1, False)),
        ("Purpose\n-------", ("Purpose", 2, False)),
        ("**Purpose**", ("Purpose", 0, True)),
        ("__Purpose__:", ("Purpose:", 0, True)),
        ("**Purpose.** To oversee.", ("Purpose. To oversee.", 0, False)),
        (
            "The *audits* and _reviews_ of snake_case",
            ("The audits and reviews of snake_case", 0, False),
        ),
        ("> To oversee.", ("To oversee.", 0, False)),
    ],
)
def test_markdown_is_understood(text, expected):
    (paragraph,) = read(text.encode(), "charter").paragraphs
    assert (paragraph.text, paragraph.heading, paragraph.is_bold) == expected


def test_a_markdown_table_gives_its_cells():
    table = b"| Member | Since |\n|:---|---:|\n| Ada Quill | 2021 |\n"
    assert paragraphs(table) == ["Member", "Since", "Ada Quill", "2021"]


def test_hard_wrapped_lines_are_joined():
    wrapped = (
        b"The Committee helps the Board of Directors to oversee the accounts of\n"
        b"the Company, its audits and its compliance with Section 10A, paragraph\n"
        b"(m) of the Exchange Act, and with Rule 5605 of the exchange on which it\n"
        b"is listed.\n"
        b"1. Review the annual statements, the footnotes and the estimates before\n"
        b"   they are filed.\n"
        b"2. Review the plan.\n"
    )
    assert paragraphs(wrapped) == [
        "The Committee helps the Board of Directors to oversee the accounts of the Company, its "
        "audits and its compliance with Section 10A, paragraph (m) of the Exchange Act, and with "
        "Rule 5605 of the exchange on which it is listed.",
        "Review the annual statements, the footnotes and the estimates before they are filed.",
        "Review the plan.",
    ]


def test_lines_that_are_paragraphs_are_not_joined():
    text = b"Purpose\nTo oversee the audits of the company.\nMembership\nThree directors.\n"
    assert len(paragraphs(text)) == 4


def an_outline(document):
    document.add_paragraph("Purpose", style="Heading 1")
    document.add_paragraph("Manage the auditor, including:", style="List Number")
    document.add_paragraph("set its fee", style="List Bullet 2")
    document.add_paragraph("Review the plan.", style="List Number")


def test_words_numbering_is_written_out():
    found = read(word_file(an_outline), "charter").paragraphs
    assert [(each.marker, each.text, each.heading) for each in found] == [
        ("", "Purpose", 1),
        ("1.", "Manage the auditor, including:", 0),
        ("\u2022", "set its fee", 0),
        ("2.", "Review the plan.", 0),
    ]
    assert found[2].indent > found[1].indent


def tables_and_margins(document):
    document.sections[0].header.paragraphs[0].text = "Confidential"
    document.add_paragraph("before")
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "merged"
    table.cell(1, 0).text = "left"
    table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "within"
    document.add_paragraph("after")


def test_cells_and_margins_are_read_in_their_place():
    found = read(word_file(tables_and_margins), "charter").paragraphs
    assert [(each.text, each.is_cell, each.is_aside) for each in found] == [
        ("before", False, False),
        ("merged", True, False),
        ("left", True, False),
        ("within", True, False),
        ("after", False, False),
        ("Confidential", False, True),
    ]


def tracked(document):
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    body = document.element.body
    body.insert(
        0,
        parse_xml(
            f"<w:p {nsdecls('w')}><w:r><w:t>The Committee </w:t></w:r>"
            "<w:del><w:r><w:delText>may</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>shall</w:t></w:r></w:ins>"
            "<w:hyperlink><w:r><w:t xml:space='preserve'> meet</w:t></w:r></w:hyperlink></w:p>"
        ),
    )
    body.insert(
        1,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>often.</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        ),
    )


def test_insertions_links_and_content_controls_are_read_and_deletions_are_not():
    assert paragraphs(word_file(tracked)) == ["The Committee shall meet", "often."]


def bold_lines(document):
    document.add_paragraph().add_run("ACME, INC.\nAUDIT COMMITTEE CHARTER").bold = True
    plain = document.add_paragraph()
    plain.add_run("Purpose.").bold = True
    plain.add_run(" To oversee.")


def test_bold_lines_of_a_title_are_taken_one_by_one():
    found = read(word_file(bold_lines), "charter").paragraphs
    assert [(each.text, each.is_bold) for each in found] == [
        ("ACME, INC.", True),
        ("AUDIT COMMITTEE CHARTER", True),
        ("Purpose. To oversee.", False),
    ]


def test_endless_paragraphs_are_refused_before_they_are_read():
    """Thirty kilobytes of empty paragraphs held a worker for eleven seconds."""

    def build(document):
        body, last = document.element.body, document.element.body[-1]
        for _ in range(10_001):
            body.insert(body.index(last), body.makeelement(f"{{{body.nsmap['w']}}}p"))

    with pytest.raises(CharterUnreadable, match="more than 10,000 paragraphs"):
        read(word_file(build), "charter.docx")


@pytest.mark.parametrize("tag", ["r", "tc", "bookmarkStart"])
def test_endless_elements_of_any_kind_are_refused_before_they_are_read(tag):
    def build(document):
        paragraph = document.add_paragraph()
        for _ in range(200_000):
            paragraph._p.append(paragraph._p.makeelement(f"{{{paragraph._p.nsmap['w']}}}{tag}"))

    with pytest.raises(CharterUnreadable, match="too much in it"):
        read(word_file(build), "charter.docx")


def test_tables_within_tables_without_end_are_refused():
    def build(document):
        cell = document.add_table(1, 1).cell(0, 0)
        for _ in range(6):
            cell = cell.add_table(1, 1).cell(0, 0)

    with pytest.raises(CharterUnreadable, match="tables within tables"):
        read(word_file(build), "charter.docx")


def test_a_footnote_of_markdown_stands_beside_the_text():
    text = b"Three members.[^1]\n\n[^1]: As the exchange requires.\n"
    found = [(each.text, each.is_aside) for each in read(text, "charter").paragraphs]
    assert found == [
        ("Three members.[^1]", False),
        ("[^1]: As the exchange requires.", True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Du\u200bties\n\n\u200f1.\u200e The Com\u200bmittee sh\u00adall meet.\n",
        "\ufeffDuties\n\n\u202a1. The Committee shall meet.\u202c\n",
        "Duties\n\n1. The Com\u00ad\nmittee shall meet.\n",
    ],
    ids=["no width", "marks of direction", "soft hyphen at the end of a line"],
)
def test_characters_without_a_shape_are_dropped(text):
    assert paragraphs(text.encode()) == ["Duties", "The Committee shall meet."]


def test_ligatures_are_their_letters():
    assert paragraphs("The \ufb01nancial o\ufb03cers\n".encode()) == ["The financial officers"]


def test_the_code_of_a_web_page_is_refused_with_the_way_out():
    with pytest.raises(CharterUnreadable, match="Copy the text as your browser shows it"):
        read(b"<p>Purpose</p><ul><li>The Committee shall meet.</li></ul>", "charter")
