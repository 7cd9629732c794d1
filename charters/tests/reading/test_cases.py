"""Charters of difficult make, each with the right outline. The texts stand in `cases/`."""

from collections import Counter
from pathlib import Path

import pytest

from charters.reading.manuscript import as_printed
from charters.reading.prose import first_foreign
from charters.reading.reader import read
from charters.reading.structure import CharterText, Role, structure

CASES = Path(__file__).parent / "cases"
OUTLINES = {
    "e01-cells-on-lines-of-their-own": """\
(Exhibit 99.1)
# Responsibilities
R-1 Oversee the accounting of
R-2 Act as the legal
R-3 Keep the Board informed.
""",
    "e02-names-in-the-items-of-a-section": """\
# Organization
M-1 Appointment. The Board shall
M-2 Qualifications. Each member shall
# Purpose
P-a Oversight. The Committee oversees
# Meetings
MT-1 Frequency. The Committee shall
MT-2 Quorum. Two members are
""",
    "e03-bullets-that-are-sections": """\
# Governance
# Membership:
M-1 The Committee shall have
M-2 The Board may remove
# Meetings:
MT-1 The Committee shall meet
# Resources:
RE-1 The Committee may engage
""",
    "e04-sections-with-their-text-in-line": """\
((Adopted effective as of May 1, 2019; amended and restated February 12th, 2024))
# Section 1. Purpose.
P-a The Committee oversees the
# Section 2. Membership.
M-1 The Committee shall have
M-2 Each member shall be
M-3 Two members are a
# Section 3. Duties.
# Auditor Oversight.
R-1 The Committee shall appoint
R-1a < R-1 It shall approve its
R-1b < R-1 It shall approve its
R-2 The Committee shall judge
# Financial Reporting.
R-8 Review earnings releases.
R-9 Review the plan of
R-10 Review transactions with related
# Section 4. Meetings.
MT-1 The Committee shall meet
""",
    "e05-lines-of-approval": """\
((Amended February 2004))
(Approved by the Committee: March 9, 2004)
(Approved by the Board: March 10, 2004)
(Re-affirmed by the Board: March 9, 2005)
# Members
M-1 The Board of Directors
# Meetings
MT-1 The Committee shall meet
""",
    "e06-list-inside-an-item-of-a-sentence": """\
# Purpose
[] The Committee is appointed
[P-a] assist the Board in
P-a.1 < P-a the statements;
P-a.2 < P-a obedience to law;
P-b write the report for
P-c oversee the accounts.
# Members
M-1 The Committee shall have
""",
    "e07-sections-numbered-with-a-zero": """\
# Membership.
M-1 The Committee shall have
# Responsibilities.
[] The Committee shall have
# Auditor
R-1 appoint the auditor;
R-2 set its pay;
# Statements
R-3 review the annual statements.
# Meetings.
MT-1 The Committee shall meet
""",
    "e08-text-file-of-the-sec": """\
(EX-99.1 5 acorn99.txt EXHIBIT 99.1)
# PURPOSE
P-a The main function of
# DUTIES
[] The Committee shall:
# Reports
R-1 Review the annual statements
(2)
(<PAGE>)
# Accountants
R-2 Recommend to the Board
""",
    "e09-rows-of-a-table": """\
# Duties of the Committee
(No.)
(Responsibility)
(Frequency)
R-1 The Committee shall appoint
R-2 The Committee shall review
""",
    "e10-duties-of-the-committee-with-a-colon": """\
# Composition of the Committee:
M-1 The Committee shall have
# Duties and Responsibilities of the Audit Committee:
[] The Committee shall:
[R-1] With respect to the
R-1a < R-1 appoint it;
R-1b < R-1 set its pay;
[R-2] With respect to the
R-2a < R-2 review them.
""",
    "s01-run-in-numbered-headings": """\
# Purpose; Limits.
P-a The Committee helps the
# Members; Chair.
M-1 The Committee shall have
# Specific Duties.
R-1 The Committee shall review
# Reports and Meetings.
MT-1 The Committee shall meet
""",
    "s02-numbered-headings-with-stop-and-siblings": """\
# Duties
# Auditor.
R-1 Appoint the auditor.
R-2 Set its pay.
# Reporting
R-3 Review the annual statements.
R-4 Review the interim statements.
# Compliance
R-5 Review the code of
# Meetings.
MT-1 The Committee shall meet
""",
    "s03-lead-in-before-sub-heading": """\
# Responsibilities
[] The Committee shall have
# Auditor
R-1 Appoint the auditor.
R-2 Set the pay of
""",
    "s05-negated-list": """\
# Limits
L-1 Nothing here makes it
""",
    "s06-inline-list-with-slip": """\
# Purpose
[] The Committee watches over
P-a the statements,
P-b obedience to law,
P-c the auditor and
P-d internal audit.
""",
    "s07-title-over-three-lines": """\
(The Board of Acorn Corp. gives the Committee the tasks below.)
# Members
M-1 The Board shall appoint
""",
    "s08-company-is-the-exchange": """\
# Membership
M-1 Each member shall be
# Meetings
MT-1 The Committee shall meet
""",
    "s09-purposes-and-duties-in-one-heading": """\
# Purposes, Duties and Responsibilities
[] The Committee shall:
R-1 Review the audit plan.
R-2 Review the annual statements.
""",
    "s10-lead-in-that-grants": """\
# Resources
RE-0 The Committee alone sets
RE-1 < RE-0 the auditor,
RE-2 < RE-0 its advisers and
RE-3 < RE-0 its ordinary administrative expenses.
""",
    "s11-purpose-shall-be-to": """\
# Purpose
[] The purpose of the
P-a help the Board with
P-b write the report for
""",
    "s13-paragraph-between-items": """\
# Responsibilities
R-1 Appoint the auditor.
R-1a < R-1 The auditor reports to
R-2 Review the audit plan.
R-3 Review the annual statements.
""",
    "s14-contents-page": """\
(Contents)
(Purpose 1)
(Members 2)
# Purpose
P-a The Committee helps the
# Members
M-1 The Committee shall have
""",
    "u01-ligatures-soft-hyphens": """\
# Responsibilities
R-1 Review with management and
R-2 Set hiring policies for
R-3 Pre\u2011approve all audit and
R-4 Discuss earnings press releases
""",
    "w01-lines-of-130-columns": """\
# Membership
M-1 The Committee shall consist
M-2 The Board appoints the
# Meetings
MT-1 The Committee shall meet
MT-2 The Committee shall also
""",
    "w03-indented-text-under-a-numbered-heading": """\
# Members
M-1 The Board shall appoint
# Meetings
MT-1 The Committee shall meet
""",
    "w04-running-footer-in-the-clause": """\
# Responsibilities
R-1 Review with management and
R-2 Judge each year how
(Charter of the Audit Committee)
(Approved by the Board on March 3, 2020)
(Page 1)
R-3 Report to the Board
R-4 Keep minutes of its
(Charter of the Audit Committee)
(Approved by the Board on March 3, 2020)
(Page 2)
""",
    "w06-hyphenated-word": """\
# Responsibilities
R-1 Review with the officers
R-2 Review the effectiveness of
""",
    "w07-bullets-on-their-own-lines": """\
# Responsibilities
[] The Committee shall:
R-1 appoint the auditor;
R-2 set the pay of
R-3 report to the Board.
""",
    "w09-item-goes-on-over-the-page": """\
# Responsibilities
[] The Committee shall:
R-1 appoint the auditor and
R-2 review the annual statements
(- 1 -)
R-3 report to the Board
""",
}


def structured(name: str) -> CharterText:
    return structure(read((CASES / f"{name}.txt").read_bytes(), name))


def outline(charter: CharterText) -> str:
    """A line for each passage but title and company: # section, [lead-in], (unplaced), clause."""
    written = {
        Role.SECTION: "# {text}",
        Role.CLAUSE: "{reference}{under} {start}",
        Role.LEAD_IN: "[{reference}]{under} {start}",
        Role.UNPLACED: "({text})",
    }
    lines = [
        written[each.role].format(
            text=each.text,
            reference=each.reference,
            under=f" < {each.parent}" if each.parent else "",
            start=" ".join(each.text.split()[:4]),
        )
        for each in charter.passages
        if each.role in written
    ]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", OUTLINES)
def test_a_charter_of_difficult_make_is_read_rightly(name):
    assert outline(structured(name)) == OUTLINES[name]


@pytest.mark.parametrize("name", OUTLINES)
def test_not_a_letter_is_lost_or_doubled(name):
    text = (CASES / f"{name}.txt").read_text(encoding="utf-8")
    passages = " ".join(f"{each.marker} {each.text}" for each in structured(name).passages)
    letters = [filter(str.isalnum, each) for each in (as_printed(text), passages)]
    assert Counter(letters[0]) == Counter(letters[1])


@pytest.mark.parametrize("name", OUTLINES)
def test_the_passages_stand_in_the_text(name):
    text = as_printed((CASES / f"{name}.txt").read_text(encoding="utf-8"))
    assert first_foreign([each.text for each in structured(name).passages], text) is None


def test_every_case_has_its_outline():
    assert {path.stem for path in CASES.glob("*.txt")} == OUTLINES.keys()


def test_a_title_over_three_lines_is_one_title():
    charter = structured("s07-title-over-three-lines")
    assert charter.title == "Charter of the Audit Committee of the Board of Directors"


def test_the_exchange_is_not_the_company():
    assert structured("s08-company-is-the-exchange").company == ""


@pytest.mark.parametrize(
    ("name", "reference", "text"),
    [
        ("s05-negated-list", "L-1", "or (c) guarantee the opinion of the auditor."),
        ("w04-running-footer-in-the-clause", "R-2", "its charter is still adequate."),
        ("w06-hyphenated-word", "R-1", "the outside firm the management letter and what"),
        ("w06-hyphenated-word", "R-2", "Review the effectiveness of the controls"),
        ("w09-item-goes-on-over-the-page", "R-2", "changes of accounting principles that have"),
        ("u01-ligatures-soft-hyphens", "R-2", "former employees of the auditor."),
    ],
)
def test_a_clause_is_whole(name, reference, text):
    assert text in structured(name).by_reference[reference].text
