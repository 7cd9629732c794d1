"""The frozen values of a charter: what they keep of a record, and which mark a clause has."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from accounts.enums import Role
from accounts.models import User
from accounts.restriction import Restriction
from charters import sentences
from charters.enums import Cadence, ClosedAs, Counterparty, DutyKind, Layer, Reason, Standing
from charters.models import CharterVersion, Clause, Closing, Duty, Passage
from charters.rules.terms import Evidence, Occurrence, Ruling, Terms
from charters.tests.rules.asking import day
from charters.values import (
    COMPLETION,
    ClauseRecord,
    ClauseStanding,
    ClosingRecord,
    DutyRecord,
    DutyStanding,
    Judged,
    Practice,
    Reading,
    Standings,
    VersionRecord,
    by_completion,
)

CLAUSE = ClauseRecord(3, "II.3", "Plan", "Review the plan.", 4, "Auditor", False, "/clauses/II.3/")
DUTY = DutyRecord(
    7, "charters.Duty:7", "Review the plan", "", Layer.CHARTER, "", "", None, "", Terms(), "/7/"
)
ENTRY, MINUTES = (
    Evidence(day("2026-03-02"), day("2026-03-02"), source=source)
    for source in (COMPLETION, "meetings.minutes")
)


def row(
    standing: Standing, due: str | None = None, reason: Reason = Reason.AUTHORITY, pk: int = 7
) -> DutyStanding:
    ruling = Ruling(standing, reason, day(due) if due else None)
    return DutyStanding(replace(DUTY, pk=pk, title=f"Duty {pk}"), CLAUSE, ruling)


def late(due: str, pk: int = 7) -> DutyStanding:
    return row(Standing.NOT_ON_FILE, due, Reason.DAY_PASSED, pk)


# The roll-up of a clause: its duties, then its mark, its date, and whether the date has passed.
OPEN, MISSING, DUE, KEPT = Standing.OPEN, Standing.NOT_ON_FILE, Standing.DUE, Standing.ON_FILE
EARLIER, NEVER = Standing.BEFORE_RECORDS_BEGIN, Standing.NOT_APPLICABLE
WITHOUT = Reason.PERIOD_WITHOUT_RECORD
ROLL_UP: list[tuple[str, list[DutyStanding], Standing | None, str | None, bool]] = [
    ("no duty", [], None, None, False),
    ("one on file", [row(KEPT, "2026-12-31")], KEPT, "2026-12-31", False),
    ("one on file, never due again", [row(KEPT)], KEPT, None, False),
    ("open before not on file", [row(MISSING), row(OPEN)], OPEN, None, False),
    ("not on file before due", [row(DUE), row(MISSING)], MISSING, None, False),
    ("due before on file", [row(KEPT), row(DUE)], DUE, None, False),
    ("on file before an earlier time", [row(EARLIER), row(KEPT)], KEPT, None, False),
    ("an earlier time before not applicable", [row(NEVER), row(EARLIER)], EARLIER, None, False),
    ("of two dates the earlier", [row(DUE, "2026-12-31"), row(DUE, "2026-09-30")], DUE, "2026-09-30", False),
    ("the earliest date of all duties, also of one with less weight", [row(DUE, "2026-12-31"), row(KEPT, "2026-09-30")], DUE, "2026-09-30", False),
    ("a date before none", [row(DUE), row(KEPT, "2026-09-30")], DUE, "2026-09-30", False),
    ("the date that has passed, of the duty that gives the mark", [row(DUE, "2026-03-31"), late("2026-06-30")], MISSING, "2026-06-30", True),
    ("of two that have passed the first", [late("2026-06-30"), late("2026-03-31")], MISSING, "2026-03-31", True),
    ("within so many months", [row(MISSING, "2026-06-30", Reason.MONTHS_PASSED)], MISSING, "2026-06-30", True),
    ("an event past its date", [row(MISSING, "2026-06-30", Reason.OPEN_PAST_DAY)], MISSING, "2026-06-30", True),
    ("a past period without a record: the next date", [row(MISSING, "2026-12-31", WITHOUT), row(DUE, "2026-09-30")], MISSING, "2026-09-30", False),
]  # fmt: skip


@pytest.mark.parametrize(("situation", "duties", "standing", "due", "is_overdue"), ROLL_UP)
def test_mark_and_date_of_a_clause(
    situation: str,
    duties: list[DutyStanding],
    standing: Standing | None,
    due: str | None,
    is_overdue: bool,
) -> None:
    for order in (duties, duties[::-1]):
        clause = ClauseStanding(CLAUSE, tuple(order))
        found = (clause.standing, clause.due_on and f"{clause.due_on}", clause.is_overdue)
        assert found == (standing, due, is_overdue), situation


def test_duties_with_what_asks_most_of_the_reader_first() -> None:
    duties = (
        row(KEPT, "2026-03-31", pk=1),
        row(DUE, pk=2),
        row(DUE, "2026-12-31", pk=3),
        row(DUE, "2026-09-30", pk=4),
        row(MISSING, pk=5),
    )
    clause = ClauseStanding(CLAUSE, duties)
    assert [each.duty.pk for each in clause.by_weight] == [5, 4, 3, 2, 1]
    assert clause.leading == duties[4]


def test_a_practice_gives_a_clause_no_standing() -> None:
    practice = Practice(replace(DUTY, layer=Layer.GOOD_PRACTICE), CLAUSE, None, day("2026-01-01"))
    alone = ClauseStanding(CLAUSE, (), (practice, practice))
    assert (alone.standing, alone.due_on, alone.is_overdue, alone.because) == (
        None,
        None,
        False,
        "",
    )
    with_duty = ClauseStanding(CLAUSE, (row(KEPT, "2026-12-31"),), (practice,))
    assert (with_duty.standing, with_duty.due_on) == (KEPT, day("2026-12-31"))


def test_reason_names_the_duty_where_there_are_several() -> None:
    ruling = Ruling(KEPT, Reason.AUTHORITY, facts={"uses": 0})
    one = replace(row(KEPT, pk=1), ruling=ruling)
    told = sentences.because(ruling)
    assert ClauseStanding(CLAUSE, (one,)).because == told
    assert ClauseStanding(CLAUSE, (one, row(NEVER, pk=2))).because == f"Duty 1. {told}"


@pytest.mark.parametrize(
    ("reason", "evidence", "is_said"),
    [
        (Reason.CONDITION, (ENTRY,), True),
        (Reason.CONDITION, (ENTRY, ENTRY), True),
        (Reason.CONDITION, (ENTRY, MINUTES), False),
        (Reason.CONDITION, (MINUTES,), False),
        (Reason.CONDITION, (), False),
        (Reason.AUTHORITY, (ENTRY,), False),
    ],
)
def test_reason_says_when_it_rests_on_the_secretarys_entries_alone(
    reason: Reason, evidence: tuple[Evidence, ...], is_said: bool
) -> None:
    ruling = Ruling(KEPT, reason, None, evidence, {"sentence": "All are members.", "uses": 1})
    standing = DutyStanding(DUTY, CLAUSE, ruling)
    assert by_completion(ruling) is is_said
    assert standing.because == sentences.because(ruling, is_said)
    assert sentences.because(ruling, True) != sentences.because(ruling, False)
    assert replace(standing, is_bare=True).because == sentences.bare(ruling) != standing.because
    assert standing.evidence == evidence


def test_reading_lists_duties_and_practices_and_counts_clauses() -> None:
    practices = tuple(Practice(replace(DUTY, pk=pk), CLAUSE, None, None) for pk in (8, 9, 10))
    rows = [row(KEPT, pk=1), row(DUE, pk=2), row(KEPT, pk=3), row(KEPT, pk=4)]
    reading = Reading(
        day("2026-03-02"),
        None,
        (
            ClauseStanding(CLAUSE, tuple(rows[:2]), practices[:2]),
            ClauseStanding(CLAUSE, (rows[2],)),
            ClauseStanding(CLAUSE, (rows[3],), practices[2:]),
            ClauseStanding(CLAUSE, ()),
        ),
    )
    assert reading.duties == rows
    assert reading.practices == [*practices]
    assert reading.summary == {DUE: 1, KEPT: 2}


def restricted(pk: int) -> Restriction:
    return Restriction(frozenset({Role.MANAGEMENT}), url=f"/records/{pk}/")


def test_restrictions_of_all_that_a_duty_was_judged_on() -> None:
    pieces = tuple(replace(ENTRY, restriction=restricted(pk)) for pk in (1, 2))
    events = tuple(
        Occurrence(day("2026-03-02"), None, None, restriction=restricted(pk)) for pk in (3, 4)
    )
    judged = Judged(DUTY, CLAUSE, (ENTRY, *pieces), frozenset(), None, events, None)
    urls = {f"/records/{pk}/" for pk in (1, 2, 3, 4)}
    assert judged.restrictions.urls == urls
    assert judged.restrictions.named == {restricted(pk) for pk in (1, 2, 3, 4)}
    assert replace(judged, occurrences=None).restrictions.urls == {"/records/1/", "/records/2/"}
    other = replace(judged, evidence=(replace(ENTRY, restriction=restricted(5)),), occurrences=None)
    both = Standings(None, (CLAUSE,), {7: judged, 8: other})
    assert both.restrictions.urls == urls | {"/records/5/"}


# What is kept of the database's records.


def test_version_keeps_its_dates_and_its_decision() -> None:
    version = CharterVersion(
        pk=2,
        title="Charter",
        adopted_on=day("2025-12-01"),
        effective_on=day("2026-01-01"),
        decision_id=5,
    )
    kept = VersionRecord.of(version)
    assert kept == VersionRecord(2, "Charter", day("2025-12-01"), day("2026-01-01"), 5)
    assert str(kept) == "Charter"


@pytest.mark.parametrize(
    ("belongs", "section", "is_below"),
    [
        ({}, "", False),
        ({"section": Passage(pk=1, text="Auditor")}, "Auditor", False),
        ({"parent_id": 9}, "", True),
        ({"lead_in_id": 9}, "", True),
    ],
)
def test_clause_keeps_its_words_and_its_place(
    belongs: dict[str, Any], section: str, is_below: bool
) -> None:
    clause = Clause(pk=3, reference="II.3", heading="Plan", text="Review.", order=4, **belongs)
    kept = ClauseRecord.of(clause)
    url = clause.get_absolute_url()
    assert kept == ClauseRecord(3, "II.3", "Plan", "Review.", 4, section, is_below, url)
    assert (str(kept), kept.get_absolute_url()) == ("II.3", url)
    assert ClauseRecord.of(kept) is kept


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("owner", "named", "layer", "is_practice"),
    [
        (None, "", Layer.CHARTER, False),
        (User(pk=12, name="Dana Director"), "Dana Director", Layer.GOOD_PRACTICE, True),
    ],
)
def test_duty_keeps_its_terms_its_owner_and_where_it_comes_from(
    owner: User | None, named: str, layer: Layer, is_practice: bool
) -> None:
    duty = Duty(
        pk=7,
        title="Review the plan",
        catalogue_key="plan",
        layer=layer,
        citation="AS 1301",
        counterparty=Counterparty.EXTERNAL_AUDITOR,
        owner=owner,
        kind=DutyKind.RECURRING,
        cadence=Cadence.MONTHS,
        times=2,
        months=18,
        in_force_from=day("2025-01-01"),
        in_force_until=day("2026-12-31"),
    )
    kept = DutyRecord.of(duty)
    assert (kept.pk, kept.label, kept.url) == (7, "charters.Duty:7", duty.get_absolute_url())
    assert (str(kept), kept.get_absolute_url()) == ("Review the plan", kept.url)
    assert (kept.catalogue_key, kept.citation) == ("plan", "AS 1301")
    assert (kept.owner_id, kept.owner) == (owner and 12, named)
    assert (kept.layer, kept.layer_word, kept.is_practice) == (layer, layer, is_practice)
    assert kept.get_counterparty_display() == str(Counterparty.EXTERNAL_AUDITOR.label)
    assert kept.terms == duty.terms
    assert (kept.kind, kept.kind_word) == (DutyKind.RECURRING, DutyKind.RECURRING)
    assert (kept.cadence, kept.times, kept.months) == (Cadence.MONTHS, 2, 18)
    assert (kept.in_force_from, kept.in_force_until) == (date(2025, 1, 1), date(2026, 12, 31))
    assert DutyRecord.of(kept) is kept


def test_closing_keeps_its_reason_with_its_restriction() -> None:
    closing = Closing(
        rule="charters.gap",
        subject="charters.Duty:7",
        period="FY2025",
        kind=ClosedAs.NOT_APPLICABLE,
        reason="No plan was due.",
        decided_on=day("2026-03-02"),
    )
    assert ClosingRecord.of(closing) == ClosingRecord(
        "charters.gap:charters.Duty:7:FY2025",
        ClosedAs.NOT_APPLICABLE,
        "No plan was due.",
        day("2026-03-02"),
        closing.restriction,
    )
