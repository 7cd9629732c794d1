"""Structure: a charter's text to sections, lead-ins and clauses, and not a word lost."""

import io
import re
import textwrap
from collections import Counter

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from charters.reading.manuscript import as_printed, words
from charters.reading.prose import first_foreign, only_introduces, sentences, unfold
from charters.reading.reader import CharterUnreadable, read
from charters.reading.structure import CharterText, Role, structure
from charters.tests.reading import charters
from charters.tests.reading.real_charter import real_charter

REAL_CLAUSES = (
    "P-a P-b P-c P-d M-0 M-1 M-2 M-3 R-1a R-1b R-1c R-1d R-1e R-1f R-1g R-1h "
    "R-2 R-3 R-4 R-5 R-6 R-7 MT-1 MT-2 MT-3"
)


def structured(text: str | bytes) -> CharterText:
    return structure(read(text if isinstance(text, bytes) else text.encode(), "charter"))


def outline(charter: CharterText) -> str:
    """A line for each clause, lead-in and unplaced passage; titles and headings left out."""
    lines = []
    for passage in charter.passages:
        start = " ".join(passage.text.split()[:4])
        above = re.sub(r"(?<=\d)[a-z]+$|\.\d+$", "", passage.reference)
        under = f" < {passage.parent}" if passage.parent and passage.parent != above else ""
        if passage.role is Role.CLAUSE:
            lines.append(f"{passage.reference}{under} {start}")
        elif passage.role is Role.LEAD_IN:
            lines.append(f"[{passage.reference}]{under} {start}")
        elif passage.role is Role.UNPLACED:
            lines.append(f"({passage.text})")
    return "\n".join(lines) + "\n"


def assert_nothing_is_lost(text: str) -> None:
    manuscript = read(text.encode(), "charter")
    passages = structure(manuscript).passages
    assert words(" ".join(f"{each.marker} {each.text}" for each in passages)) == words(text)
    assert [each.order for each in passages] == list(range(1, len(passages) + 1))


@pytest.mark.parametrize(("text", "expected"), charters.ALL.values(), ids=charters.ALL)
def test_charters_of_every_make_get_their_references(text, expected):
    found = outline(structured(text))
    dated = re.sub(r"^\(\(?As amended.*\n", "", found)
    assert dated == expected


@pytest.mark.parametrize("text", [text for text, _ in charters.ALL.values()], ids=charters.ALL)
def test_not_a_word_is_lost(text):
    assert_nothing_is_lost(text)


@pytest.mark.parametrize(
    ("text", "company", "title"),
    [
        (charters.NUMBERED, "HALDEN BRIDGE CORPORATION", "Audit Committee Charter"),
        (
            charters.ARTICLES,
            "Quillfeather Foods, Inc.",
            "Charter of the Audit Committee of Quillfeather Foods, Inc.",
        ),
        (charters.PROSE, "Ostrava Tools, Inc.", "Audit Committee Charter"),
        (charters.BULLETS, "Vantor Ltd.", "Audit Committee Charter"),
        (charters.WRAPPED, "MARROW & PIKE, INC.", "Audit Committee Charter"),
        (charters.MARKDOWN, "Fernhollow Optics N.V.", "Audit Committee Charter"),
        (charters.RUN_IN, "", "Audit Committee Charter"),
        (charters.NO_HEADINGS, "", ""),
        (
            "Sable Holdings Audit Committee Charter\n\nPurpose\n\nTo oversee the audits.",
            "Sable Holdings",
            "Sable Holdings Audit Committee Charter",
        ),
        (
            "Sable\nAudit Committee\nCharter\nof the Board of Directors\n\nPurpose\n\nTo oversee.",
            "Sable",
            "Audit Committee Charter of the Board of Directors",
        ),
    ],
)
def test_company_and_title_are_found(text, company, title):
    charter = structured(text)
    assert (charter.company, charter.title) == (company, title)


def test_sections_keep_their_names_and_depth():
    assert [(each.section, each.level) for each in structured(charters.NUMBERED).sections] == [
        ("PURPOSE", 1),
        ("ORGANIZATION", 1),
        ("DUTIES", 1),
        ("Financial Reporting", 2),
        ("Audit Firm", 2),
        ("AUTHORITY", 1),
    ]


def test_running_heads_and_page_numbers_are_shown_but_are_no_clauses():
    text = charters.NUMBERED.replace(
        "3.2 Audit Firm", "- 2 -\n\nAUDIT COMMITTEE CHARTER\n\n3.2 Audit Firm"
    )
    assert [each.text for each in structured(text).unplaced] == [
        "(As amended March 4, 2025)",
        "- 2 -",
        "AUDIT COMMITTEE CHARTER",
    ]


def test_the_same_section_twice_goes_on_counting():
    text = "Duties\n\nReview the plan.\n\nResponsibilities\n\nReview the statements.\n"
    assert [each.reference for each in structured(text).clauses] == ["R-1", "R-2"]


def test_sections_with_the_same_initials_get_prefixes_of_their_own():
    text = "".join(
        f"# {name}\n\nIt shall act.\n\n" for name in ("Advice", "Audits", "Access", "Pay")
    )
    assert [each.reference for each in structured(text).clauses] == ["A-1", "AU-1", "AC-1", "PA-1"]


def test_more_than_26_bullets_go_on_with_aa():
    bullets = "".join(f"   - task {number}\n" for number in range(28))
    text = f"Duties\n\n1. Do all of this, including:\n{bullets}2. Rest.\n"
    references = [each.reference for each in structured(text).clauses]
    assert references[25:] == ["R-1z", "R-1aa", "R-1ab", "R-2"]


def test_very_deep_lists_keep_short_references():
    markers = ["1.", "(a)", "(i)", "-", "*", "+", "\u2022", "\u25aa", "\u25e6", "\u2013", "\u2014"]
    lines = "".join(f"{' ' * 2 * depth}{marker} act\n" for depth, marker in enumerate(markers))
    references = [each.reference for each in structured(f"Duties\n\n{lines}").clauses]
    assert references[:4] == ["R-1", "R-1a", "R-1a.1", "R-1a.1.1"]
    assert len(set(references)) == len(markers)
    assert max(map(len, references)) <= 20


def test_more_clauses_than_any_charter_has_are_refused():
    with pytest.raises(CharterUnreadable, match=r"more than 1,000 clauses"):
        structured("Duties\n\n" + "- act\n" * 1_001)


def word_charter() -> bytes:
    document = Document()
    for text, style in [
        ("Tessaly Robotics, Inc.", "Title"),
        ("Audit Committee Charter", "Title"),
        ("Purpose", "Heading 1"),
        ("The Committee assists the Board in its oversight of:", None),
        ("the statements;", "List Bullet"),
        ("compliance with law.", "List Bullet"),
        ("Responsibilities", "Heading 1"),
        ("Manage the auditor, including:", "List Number"),
        ("set its fee", "List Bullet 2"),
        ("pre-approve services", "List Bullet 2"),
        ("before they begin", "List Bullet 3"),
        ("Review the statements.", "List Number"),
        ("Review the charter.", "List Number"),
        ("Meetings", "Heading 1"),
        ("The Committee shall meet four times a year. It reports to the Board.", None),
    ]:
        document.add_paragraph(text, style=style)
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Chair"
    table.cell(0, 1).text = "The chair shall sign the minutes."
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_word_charter_gets_its_references():
    charter = structured(word_charter())
    assert (charter.company, charter.title) == ("Tessaly Robotics, Inc.", "Audit Committee Charter")
    assert outline(charter) == (
        "[] The Committee assists the\n"
        "P-a the statements;\n"
        "P-b compliance with law.\n"
        "[R-1] Manage the auditor, including:\n"
        "R-1a set its fee\n"
        "R-1b pre-approve services\n"
        "R-1b.1 before they begin\n"
        "R-2 Review the statements.\n"
        "R-3 Review the charter.\n"
        "MT-1 The Committee shall meet\n"
        "MT-2 It reports to the\n"
        "(Chair)\n"
        "MT-3 The chair shall sign\n"
        "(Page 1)\n"
    )


def legal_outline() -> bytes:
    """Clauses set in heading styles, as law firms' templates do."""
    document = Document()
    document.add_paragraph("Duties", style="Heading 1")
    document.add_paragraph("The Committee shall review the annual statements.", style="Heading 2")
    document.add_paragraph("The Committee shall appoint the auditor.", style="Heading 2")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_clause_in_a_heading_style_is_a_clause():
    assert [each.reference for each in structured(legal_outline()).clauses] == ["R-1", "R-2"]


@pytest.mark.parametrize(
    "text",
    [
        "It was a dark evening. The rain came down on the harbour, and nobody went out.",
        "Hello",
        "Chapter One\n\nIt was a dark evening and the rain came down on the harbour.\n",
        "Dear Ms Quill,\n\nthank you for your letter of last week.\n\nYours,\nAda\n",
        "42\n",
    ],
)
def test_text_without_structure_is_refused(text):
    with pytest.raises(CharterUnreadable, match=r"^charter does not look like a charter"):
        structured(text)


@pytest.mark.parametrize(
    "lead_in",
    [
        "The Committee assists the Board with its oversight of the:",
        "Manage the audit firm, including:",
        "The Committee shall have the following responsibilities:",
        "In carrying out its duties, the Committee shall:",
        "Each member shall:",
        "The Committee shall review and discuss with management the:",
        "The Committee shall have authority to:",
        "Direct the work of the auditor. In doing so, the Committee will:",
        "The Committee will be responsible for",
    ],
)
def test_a_lead_in_that_only_introduces_is_a_heading(lead_in):
    assert only_introduces(f"{lead_in}".removesuffix(" for") + (":" if lead_in[-1] != ":" else ""))


@pytest.mark.parametrize(
    "lead_in",
    [
        "The Committee shall consist of at least four directors, each of whom shall:",
        "At no time does the Committee have fewer than three members, of whom the Board finds:",
        "The Committee shall meet with management and the auditor to:",
        "The Committee shall review the annual statements with management, including:",
        "At least annually, the Committee shall:",
        "The Committee shall appoint the auditor. In this it shall:",
        "Review the audit plan.",
    ],
)
def test_a_lead_in_with_a_requirement_of_its_own_is_a_clause(lead_in):
    assert not only_introduces(lead_in)


@pytest.mark.parametrize(
    "text",
    [
        "The Committee shall meet. | It reports.",
        "It is a committee of Acme, Inc. | The Board appoints it.",
        "The U.S. Treasury may ask. | It answers.",
        "It follows Rule No. 5605 of the exchange.",
        "It applies Section 10A(m). | The Board agrees.",
        "Mr. Quill chairs. | J. P. Marrow attends.",
        "It asks for papers, e.g. Form 10-K. | It reads them.",
        "Is it ready? | Then it is filed!",
        "It calls this the \u201cCharter.\u201d | The Board agrees.",
        "It meets at 9 a.m. Eastern time. | In July it does not meet.",
        "It files under Fed. R. Civ. P. and the like.",
    ],
)
def test_prose_is_split_by_sentence(text):
    assert sentences(text.replace(" | ", " ")) == text.split(" | ")


@pytest.mark.parametrize(
    ("sentence", "markers"),
    [
        ("It oversees: (a) the books; (b) the audits; and (c) the law.", ["", "(a)", "(b)", "(c)"]),
        ("It oversees (1) the books and (2) the audits.", ["", "(1)", "(2)"]),
        ("It oversees (i) the books, (ii) the audits.", ["", "(i)", "(ii)"]),
        ("It reviews the report; and (b) other reports.", [""]),
        ("It applies Section 10A(m) and Rule 10A-3(b)(1).", [""]),
        ("It reviews SAS 61 (Communication with committees).", [""]),
    ],
)
def test_a_list_inside_a_sentence_is_unfolded(sentence, markers):
    assert [marker for marker, _ in unfold(sentence)] == markers


HEADINGS = st.sampled_from(
    ["Purpose", "## Duties", "MEMBERSHIP", "**Meetings**", "ARTICLE IV", "3. AUTHORITY", "Scope"]
)
MARKERS = st.sampled_from(
    ["", "- ", "  - ", "1. ", "2. ", "(a) ", "(i) ", "   (ii) ", "\u2022\t", "1.1 ", "- (b) ", "# "]
)
TOKENS = st.sampled_from(
    "The Committee shall review Inc. U.S. (a) (b) 10A(m) 5. including: and; three directors. of: "
    "1.2 \u201cAct\u201d e.g. quality- control A. * _ | > \\ \t".split(" ")
)
LINES = st.builds(
    lambda marker, tokens: marker + " ".join(tokens), MARKERS, st.lists(TOKENS, max_size=12)
)
DRAFTS = st.lists(st.one_of(HEADINGS, LINES, st.just("")), max_size=25).map("\n".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(DRAFTS, st.text(alphabet=st.characters(codec="utf-8"), max_size=200)))
def test_whatever_stands_in_a_charter_no_word_is_lost_and_no_reference_given_twice(draft):
    text = f"Duties\n\n- The Committee shall act.\n\n{draft}\n"
    try:
        manuscript = read(text.encode(), "charter")
    except CharterUnreadable:
        return
    charter = structure(manuscript)
    found = "".join(f"{each.marker}{each.text}" for each in charter.passages)
    assert Counter(filter(str.isalnum, found)) == Counter(filter(str.isalnum, as_printed(text)))
    assert first_foreign([each.text for each in charter.passages], manuscript.text) is None
    references = Counter(each.reference for each in charter.passages if each.reference)
    assert [reference for reference, times in references.items() if times > 1] == []
    assert all(each.reference and len(each.reference) <= 20 for each in charter.clauses)
    assert all(not each.parent or each.parent in references for each in charter.passages)


def test_the_real_charter_has_its_25_clauses():
    charter = structured(real_charter())
    assert [each.reference for each in charter.clauses] == REAL_CLAUSES.split()
    assert charter.unplaced == ()
    assert charter.title == "Audit Committee Charter"
    assert charter.company.endswith("Inc.")


def test_the_real_charters_clauses_keep_their_exact_words():
    text = real_charter().decode()
    lines = [re.sub(r"^[\s-]*(\([a-d]\)|\d\.)?\s*", "", line) for line in text.splitlines()]
    for clause in structured(text).clauses:
        whole = clause.section == "Meetings" and clause.text in text
        assert whole or clause.text in lines, clause.reference


def test_the_real_charter_loses_no_word():
    assert_nothing_is_lost(real_charter().decode())


def wrapped(text: str) -> str:
    return "\n".join(
        textwrap.fill(line, 72, subsequent_indent="   " if line.lstrip()[:1] in "-1234567" else "")
        for line in text.splitlines()
    )


def as_word_file(text: str) -> bytes:
    document = Document()
    styles = {"-": "List Bullet 2", **{str(digit): "List Number" for digit in range(1, 8)}}
    for line in filter(None, map(str.strip, text.splitlines())):
        is_heading = len(line.split()) == 1
        style = "Heading 1" if is_heading else styles.get(line[0])
        words_alone = re.sub(r"^(- \([a-d]\)|-|\d\.) +", "", line)
        document.add_paragraph(words_alone, style=style)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "made",
    [
        lambda text: text.replace("\n", "\r\n").encode("utf-16"),
        lambda text: wrapped(text).encode(),
        lambda text: re.sub(r"(?m)^(\w+)$", r"## \1", text).encode(),
        lambda text: re.sub(r"(?m)^(\w+)$", r"**\1**", text).encode(),
        lambda text: re.sub(r"(?m)^(\w+)$", lambda name: name[1].upper(), text).encode(),
        lambda text: re.sub(r"(?m)^ ?- ", "\u2022\t", text).encode(),
        lambda text: re.sub(r"\n{2,}", "\n", text).encode(),
        as_word_file,
    ],
    ids="utf-16 wrapped Markdown bold capitals bullets unspaced Word".split(),
)
def test_the_real_charter_in_other_dress_has_the_same_clauses(made):
    text = real_charter().decode()
    source = made(text)
    plain, dressed = structured(text).clauses, structured(source).clauses
    # The charter's slip "quality- control" is a divided word where a line ends at its hyphen.
    slip = "quality- control" if b"quality-\n" in source else "quality-control"
    assert [(each.reference, each.text) for each in dressed] == [
        (each.reference, each.text.replace(slip, "quality-control")) for each in plain
    ]


def test_the_real_charters_lead_ins_and_parents():
    charter = structured(real_charter())
    lead_ins = [each.reference for each in charter.passages if each.role is Role.LEAD_IN]
    assert lead_ins == ["", "R-1"]
    parents = {each.reference: each.parent for each in charter.clauses if each.parent}
    assert parents == {"M-1": "M-0", "M-2": "M-0", "M-3": "M-0"} | {
        f"R-1{letter}": "R-1" for letter in "abcdefgh"
    }
