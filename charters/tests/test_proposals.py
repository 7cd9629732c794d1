"""What the portal proposes for a charter: clauses from its text, duties and notes from the catalogue."""

from datetime import date

import pytest

from charters import services
from charters.models import CharterVersion
from charters.proposals import (
    adoption_of,
    carried_clauses,
    notes_beside,
    proposals_for,
    propose,
    short_names,
    take_apart,
    wordings_of,
)
from charters.reading.structure import CharterUnreadable
from charters.rules.catalogue import ENTRIES
from charters.standing import Docket
from charters.tests.charters import SIGNED, Stage, set_the_stage

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
TEXT = """\
Audit Committee Charter

Purpose

The Audit Committee assists the Board with its oversight of:

- (a) the integrity of the financial statements and internal controls;
- (b) compliance with legal and regulatory requirements.

Membership

The Committee shall consist of three or more directors.

Responsibilities

1. Manage the independent registered public accounting firm, including:
 - set its compensation
2. Review the audit scope and plan of the independent auditors.
3. Review with the auditor the matters required by SAS 61.
4. Water the plants.
"""


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


@pytest.fixture
def version(stage: Stage) -> CharterVersion:
    """Adopted today, in place of the stage's charter."""
    draft = a_draft(stage, TEXT)
    return services.adopt(draft, adopted_on=TODAY, effective_on=TODAY, **SIGNED)


def a_draft(stage: Stage, text: str) -> CharterVersion:
    taken = take_apart(text.encode(), "charter.txt")
    return services.draft(
        stage.committee,
        title=taken.found.title,
        text=taken.text,
        passages=taken.found.passages,
        headings=short_names(taken.found),
        **SIGNED,
    )


def hangs(version: CharterVersion) -> dict[str, str]:
    return {each.key: each.reference for each in propose(version) if each.is_sure}


def test_a_text_is_taken_apart_and_kept() -> None:
    taken = take_apart(TEXT.encode(), "charter.txt")
    assert taken.text == TEXT
    assert [clause.reference for clause in taken.found.clauses] == [
        *("P-a", "P-b", "M-1", "R-1a", "R-2", "R-3", "R-4")
    ]


def test_what_is_no_charter_is_said_in_a_sentence() -> None:
    with pytest.raises(CharterUnreadable, match=r"^charter\.txt is empty\.$"):
        take_apart(b"", "charter.txt")


def test_short_names_come_from_the_catalogue() -> None:
    names = short_names(take_apart(TEXT.encode(), "charter.txt").found)
    assert names["R-2"] == ENTRIES["audit-plan"].clause_title
    assert "R-4" not in names


def test_a_clause_is_matched_with_the_words_it_stands_under(version: CharterVersion) -> None:
    wording = next(each for each in wordings_of(version) if each.reference == "R-1a")
    assert wording == (
        "R-1a",
        "Responsibilities",
        "set its compensation",
        "Manage the independent registered public accounting firm, including:",
    )


def test_every_duty_of_the_catalogue_is_proposed_once(version: CharterVersion) -> None:
    assert sorted(each.key for each in propose(version)) == sorted(ENTRIES)


def test_what_reads_alike_is_sure(version: CharterVersion) -> None:
    found = hangs(version)
    assert (found["minimum-size"], found["audit-plan"]) == ("M-1", "R-2")
    assert "R-4" not in found.values()


def test_the_sure_ones_come_first(version: CharterVersion) -> None:
    sure = [each.is_sure for each in propose(version)]
    assert sure == sorted(sure, reverse=True)
    assert {each.reference for each in propose(version) if not each.is_sure} == {""}


def test_what_is_switched_off_names_the_clause_it_would_hang_on(version: CharterVersion) -> None:
    optional = [each for each in propose(version) if not each.entry.applies and each.candidates]
    assert optional
    assert all("closest to" in each.help_text for each in optional)


def test_its_help_says_where_a_duty_comes_from(version: CharterVersion) -> None:
    found = {each.key: each for each in propose(version)}
    entry = ENTRIES["minimum-size"]
    assert found["minimum-size"].help_text.endswith(entry.citation)
    assert found["minimum-size"].title == entry.title


def test_what_the_committee_has_is_not_proposed_again(
    stage: Stage, version: CharterVersion
) -> None:
    before = {each.key for each in proposals_for(Docket(stage.committee, TODAY))}
    clause = version.clauses.get(reference="R-2")
    services.attach({"audit-plan": clause}, in_force_from=TODAY, **SIGNED)
    after = {each.key for each in proposals_for(Docket(stage.committee, TODAY))}
    assert before - after == {"audit-plan"}


def test_without_a_charter_nothing_is_proposed(stage: Stage) -> None:
    assert proposals_for(Docket(stage.committee, date(2023, 12, 31))) == []


def test_notes_are_found_by_their_words(version: CharterVersion) -> None:
    assert {str(note.clause) for note in notes_beside(version, TODAY)} >= {"R-3"}
    services.annotate(version, **SIGNED)
    assert notes_beside(version, TODAY) == []


# Where the duties of the version before would hang.


def test_the_same_words_keep_their_duty(stage: Stage) -> None:
    duty = stage.duty()
    draft = a_draft(stage, "Duties\n\n1. Meet the lawyers.\n2. Review the audit plan.\n")
    found = carried_clauses(draft, TODAY)[duty.pk]
    assert (str(found.clause), found.is_same) == ("R-2", True)


def test_other_words_are_only_proposed(stage: Stage) -> None:
    duty = stage.duty()
    draft = a_draft(stage, "Duties\n\n1. Meet the lawyers.\n2. Review the plan of the audit.\n")
    found = carried_clauses(draft, TODAY)[duty.pk]
    assert (str(found.clause), found.is_same) == ("R-2", False)


def test_where_the_words_are_gone_the_catalogue_proposes(stage: Stage) -> None:
    [duty] = services.attach({"minimum-size": stage.size}, in_force_from=date(2024, 1, 1), **SIGNED)
    text = "Membership\n\nThe Committee shall consist of no fewer than three members.\n"
    found = carried_clauses(a_draft(stage, text), TODAY)[duty.pk]
    assert (str(found.clause), found.is_same) == ("M-1", False)


def test_a_duty_without_a_clause_ends(stage: Stage) -> None:
    duty = stage.duty()
    draft = a_draft(stage, "Duties\n\n1. Meet the lawyers.\n2. Water the plants.\n")
    found = carried_clauses(draft, TODAY)[duty.pk]
    assert (found.clause, found.ends) == (None, True)


def test_ended_duties_are_not_in_question(stage: Stage) -> None:
    services.end_duty(stage.duty(), until=date(2026, 6, 30), **SIGNED)
    assert carried_clauses(a_draft(stage, TEXT), TODAY) == {}


STATED = """\
Audit Committee Charter

Purpose

The Committee assists the Board with its oversight of the integrity of the financial statements.

Responsibilities

1. Discuss the earnings press releases of the Company.
2. Review with counsel the reports on legal compliance programs.
3. Review at least quarterly the effectiveness of internal control over financial reporting.
4. Meet the auditor in private from time to time.

Meetings

The Committee shall meet at least six times a year.
"""


def test_what_a_clause_asks_for_is_a_duty_of_the_charter(stage: Stage) -> None:
    sure = {each.key: each for each in propose(a_draft(stage, STATED)) if each.is_sure}
    found = {
        key: (sure[key].reference, sure[key].entry.layer.value)
        for key in ("earnings-releases", "compliance-report", "control-conclusion")
    }
    assert found == {
        "earnings-releases": ("R-1", "CH"),
        "compliance-report": ("R-2", "CH"),
        "control-conclusion": ("R-3", "CH"),
    }
    assert "session-auditor-quarterly" not in sure


def test_a_clause_that_says_how_often_decides_it(stage: Stage) -> None:
    found = {each.key: each for each in propose(a_draft(stage, STATED))}
    assert (found["four-meetings"].title, found["four-meetings"].often) == (
        "Meet at least six times in the fiscal year",
        "6 times a year, as the clause says",
    )
    assert found["control-conclusion"].often == "each quarter, as the clause says"
    assert found["compliance-report"].often == "once a year, as the clause says"
    assert found["earnings-releases"].often == ""


def test_duties_are_attached_as_their_clause_asks_for_them(stage: Stage) -> None:
    draft = a_draft(stage, STATED)
    version = services.adopt(draft, adopted_on=TODAY, effective_on=TODAY, **SIGNED)
    clauses = {clause.reference: clause for clause in version.clauses.all()}
    chosen = {"four-meetings": clauses["MT-1"], "control-conclusion": clauses["R-3"]}
    chosen |= {"look-litigation": clauses["R-1"]}
    duties = services.attach(chosen, in_force_from=TODAY, **SIGNED)
    assert [(duty.title, duty.cadence, duty.times, duty.layer) for duty in duties] == [
        ("Meet at least six times in the fiscal year", "times", 6, "CH"),
        ("Review management's conclusion on internal control", "quarterly", 1, "CH"),
        ("Review litigation and claims with counsel", "times", 1, "GP"),
    ]


@pytest.mark.parametrize(
    ("line", "adopted_on"),
    [
        ("Adopted by the Board on March 3, 2025", date(2025, 3, 3)),
        ("Adopted by the Board in March 2025", None),
        ("", None),
    ],
)
def test_the_date_of_adoption_is_read_from_the_text(
    stage: Stage, line: str, adopted_on: date | None
) -> None:
    draft = a_draft(stage, TEXT.replace("Purpose", f"{line}\n\nPurpose"))
    assert adoption_of(draft, TODAY).adopted_on == adopted_on


def test_the_date_of_another_version_is_not_that_of_this_one(stage: Stage) -> None:
    dated = TEXT.replace("Purpose", "Adopted by the Board on March 3, 2025\n\nPurpose")
    services.adopt(
        a_draft(stage, dated), adopted_on=date(2025, 3, 3), effective_on=date(2025, 3, 3), **SIGNED
    )
    again = adoption_of(a_draft(stage, dated), TODAY)
    assert (again.adopted_on, again.words) == (None, ("Adopted by the Board on March 3, 2025",))
