"""The engine: records in, standings with sentences out; registries, as-of, corrections, queries."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role as PersonRole
from accounts.models import User
from accounts.restriction import Restriction
from charters import services
from charters.answers import Lapse, OpenItem
from charters.deadlines import lapses
from charters.docket import AsOf, everything
from charters.enums import Cadence, ClosedAs, DutyKind, Layer, Standing
from charters.models import CharterVersion, Duty
from charters.news import newest
from charters.reading.structure import Role, TextPassage
from charters.registry import (
    CONDITIONS,
    EVIDENCE,
    OCCURRENCES,
    OPEN_ITEMS,
    ConditionSource,
    EvidenceSource,
    OccurrenceSource,
    OpenItemSource,
)
from charters.reports import home
from charters.rules.terms import Evidence, Holding, Occurrence
from charters.standing import Docket
from charters.tests.charters import AT, SIGNED, Stage, set_the_stage
from committees import services as seating
from committees.enums import EndReason
from records import dates, ledger

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


def standing_of(stage: Stage, duty: object, on: date = TODAY) -> tuple[str, str]:
    with dates.written_for(stage.company):
        rows = Docket(stage.committee, on, stage.company).reading().duties
    (row,) = [row for row in rows if row.duty.pk == duty.pk]
    return row.standing.value, row.because


def test_a_duty_is_judged_by_completion_and_says_so(stage: Stage) -> None:
    duty = stage.duty()
    stage.complete(duty, date(2026, 5, 5))
    assert standing_of(stage, duty) == (
        "on_file",
        "Completed on May 5, 2026 for fiscal year 2026. Based on recorded completion.",
    )


@pytest.mark.parametrize(
    "kind", [DutyKind.CONDITION, DutyKind.EVENT, DutyKind.PROCEDURE, DutyKind.PURPOSE]
)
def test_any_kind_without_a_source_of_its_own_is_judged_by_completion(
    stage: Stage, kind: DutyKind
) -> None:
    duty = stage.duty(kind=kind)
    assert standing_of(stage, duty)[0] == "not_on_file"
    stage.complete(duty, date(2026, 5, 5))
    standing, because = standing_of(stage, duty)
    assert standing == "on_file"
    assert because.endswith("Based on recorded completion.")


def test_an_authority_is_not_judged(stage: Stage) -> None:
    duty = stage.duty(kind=DutyKind.AUTHORITY)
    assert standing_of(stage, duty) == (
        "not_applicable",
        "An authority, not a responsibility. No use is on record.",
    )


def letters(of: Duty, calls: list[object]) -> EvidenceSource:
    """A source of one letter, for the duties about the audit plan."""

    def load(as_of: AsOf, duties: object) -> Iterator[tuple[int, Evidence]]:
        calls.append(duties)
        yield of.pk, Evidence(date(2026, 3, 1), date(2026, 12, 31), "Letter", "/l/1/")

    return EvidenceSource("tests.letters", load, frozenset({"audit-plan"}))


def test_a_registered_source_shows_its_duties_and_no_others(stage: Stage) -> None:
    mine, other = stage.duty(catalogue_key="audit-plan"), stage.duty()
    calls: list[object] = []
    with EVIDENCE.temporarily(letters(mine, calls)):
        assert standing_of(stage, mine) == (
            "on_file",
            "Completed on March 1, 2026 for fiscal year 2026.",
        )
        assert standing_of(stage, other)[0] == "not_on_file"
    assert [list(duties) for duties in calls] == [[mine]] * 2  # once per reading


def test_the_source_is_stamped_by_the_registry(stage: Stage) -> None:
    duty = stage.duty(catalogue_key="audit-plan")
    with EVIDENCE.temporarily(letters(duty, [])):
        (row,) = Docket(stage.committee, TODAY, stage.company).reading().duties
    assert [piece.source for piece in row.evidence] == ["tests.letters"]


def test_a_source_for_every_duty_leaves_the_secretarys_entries_said_of_others(
    stage: Stage,
) -> None:
    """What is said depends on the records used, never on what is registered."""
    shown, entered = stage.duty(catalogue_key="audit-plan"), stage.duty()
    stage.complete(entered, date(2026, 5, 5))
    source = replace(letters(shown, []), keys=None)
    with EVIDENCE.temporarily(source):
        assert standing_of(stage, entered)[1].endswith("Based on recorded completion.")
        assert not standing_of(stage, shown)[1].endswith("Based on recorded completion.")
        stage.complete(shown, date(2026, 5, 5))
        assert not standing_of(stage, shown)[1].endswith("Based on recorded completion.")


def test_a_registered_condition_judges_its_duty(stage: Stage) -> None:
    duty = stage.duty(kind=DutyKind.CONDITION, catalogue_key="quorum")

    def quorum(as_of: AsOf) -> Holding:
        return Holding(as_of.day < date(2026, 6, 1), f"Seen from {as_of.day.isoformat()}.")

    source = ConditionSource("tests.quorum", "quorum", quorum, ahead=lambda as_of: None)
    with CONDITIONS.temporarily(source):
        assert standing_of(stage, duty, date(2026, 5, 31)) == ("on_file", "Seen from 2026-05-31.")
        assert standing_of(stage, duty, date(2026, 6, 1)) == ("open", "Seen from 2026-06-01.")


def test_a_registered_occurrence_makes_its_duty_wait_for_what_arose(stage: Stage) -> None:
    duty = stage.duty(kind=DutyKind.EVENT, catalogue_key="act-on-independence")

    def matters(as_of: AsOf, duties: object) -> Iterator[tuple[int, Occurrence]]:
        yield duty.pk, Occurrence(date(2026, 10, 1), date(2026, 12, 1), None, "A matter")

    source = OccurrenceSource("tests.matters", matters, frozenset({"act-on-independence"}))
    with OCCURRENCES.temporarily(source):
        assert standing_of(stage, duty) == ("due", "1 is open, the next due by December 1, 2026.")
        assert standing_of(stage, duty, date(2026, 9, 1)) == (
            "not_applicable",
            "Nothing arose in fiscal year 2026.",
        )


def test_a_fact_recorded_late_counts_from_its_own_day(stage: Stage) -> None:
    duty = stage.duty()
    before = standing_of(stage, duty, date(2026, 6, 1))
    stage.complete(duty, date(2026, 5, 5))
    assert (before[0], standing_of(stage, duty, date(2026, 6, 1))[0]) == ("not_on_file", "on_file")
    assert standing_of(stage, duty, date(2026, 5, 4))[0] == "not_on_file"


def test_a_correction_counts_from_the_facts_day_and_leaves_the_first_on_record(
    stage: Stage,
) -> None:
    duty = stage.duty()
    first = stage.complete(duty, date(2026, 5, 5))
    later = services.correct_completion(
        first, performed_on=date(2026, 8, 4), serves=date(2026, 12, 31), note="Wrong day.", **SIGNED
    )
    assert standing_of(stage, duty, date(2026, 6, 1))[0] == "not_on_file"
    assert standing_of(stage, duty, date(2026, 8, 4))[0] == "on_file"
    first.refresh_from_db()
    assert (first.correction, first.performed_on) == (later, date(2026, 5, 5))


def test_a_withdrawal_takes_the_evidence_away(stage: Stage) -> None:
    duty = stage.duty()
    services.withdraw_completion(
        stage.complete(duty, date(2026, 5, 5)), reason="Another duty was meant.", **SIGNED
    )
    assert standing_of(stage, duty)[0] == "not_on_file"


def test_what_was_corrected_cannot_be_corrected_again(stage: Stage) -> None:
    first = stage.complete(stage.duty(), date(2026, 5, 5))
    services.withdraw_completion(first, reason="Another duty was meant.", **SIGNED)
    with pytest.raises(ValidationError, match="A later entry replaced this one"):
        services.withdraw_completion(first, reason="Twice.", **SIGNED)


def test_a_duty_not_yet_done_cannot_be_completed(stage: Stage) -> None:
    with pytest.raises(ValidationError, match="This date is in the future"):
        stage.complete(stage.duty(), date(2026, 11, 21))


def test_a_past_gap_is_an_open_item_until_it_is_closed(stage: Stage) -> None:
    duty = stage.duty()
    stage.complete(duty, date(2024, 5, 5))
    docket = Docket(stage.committee, TODAY, stage.company)
    (found,) = docket.open_items()
    assert (found.key, found.is_open) == (f"charters.gap:duty-{duty.pk}:FY2025", True)
    assert standing_of(stage, duty)[0] == "not_on_file"
    services.close_open_item(
        stage.committee,
        rule=found.rule,
        subject=found.subject,
        period=found.period,
        kind=ClosedAs.UNDER_REVIEW,
        reason="Counsel has the matter.",
        **SIGNED,
    )
    (closed,) = Docket(stage.committee, TODAY, stage.company).open_items()
    assert (closed.key, closed.is_open) == (found.key, False)
    assert standing_of(stage, duty)[0] == "due"
    # As of a day before the closing nothing was closed.
    assert standing_of(stage, duty, date(2026, 11, 19))[0] == "not_on_file"


def test_late_evidence_keeps_its_open_item_and_offers_completed_late(stage: Stage) -> None:
    duty = stage.duty()
    stage.complete(duty, date(2024, 5, 5))
    stage.complete(duty, date(2026, 1, 12), serves=date(2025, 12, 31))
    with dates.written_for(stage.company):
        (found,) = Docket(stage.committee, TODAY, stage.company).open_items()
    assert found.offered == ClosedAs.COMPLETED_LATE
    assert (
        found.because
        == "Completed for fiscal year 2025 on January 12, 2026. It was due on December 31, 2025."
    )
    assert standing_of(stage, duty, date(2026, 2, 1))[0] == "on_file"


def test_the_size_of_the_committee_is_judged_on_who_sits(stage: Stage) -> None:
    duty = stage.duty(stage.size, kind=DutyKind.CONDITION, catalogue_key="minimum-size")
    seats = [
        seating.seat(
            seating.add_director(name=name, **SIGNED),
            stage.committee,
            starts_on=date(2024, 1, 1),
            **SIGNED,
        )
        for name in ("Ada Lind", "Ben Osei", "Carla Ruiz")
    ]
    assert standing_of(stage, duty) == ("on_file", "3 directors sit on the committee.")
    seating.end_membership(seats[0], ends_on=date(2026, 11, 2), reason=EndReason.RESIGNED, **SIGNED)
    assert standing_of(stage, duty, date(2026, 11, 1))[0] == "on_file"
    assert standing_of(stage, duty)[0] == "open"
    seating.record_exchange_notice(seats[0], on=date(2026, 11, 3), **SIGNED)
    assert standing_of(stage, duty, date(2026, 11, 2))[0] == "open"
    standing, because = standing_of(stage, duty)
    assert standing == "due"
    assert "until November 2, 2027 (Nasdaq 5605(c)(4)(B))" in because


@pytest.mark.parametrize(
    ("on", "completed", "last", "next_on"),
    [
        ("before anything is on record", None, None, "2026-12-31"),
        ("done this year: the next year's date", "2026-05-05", "2026-05-05", "2027-12-31"),
        ("done last year: this year's date", "2025-05-05", "2025-05-05", "2026-12-31"),
    ],
)
def test_good_practice_has_a_last_record_and_a_next_date_and_no_standing(
    stage: Stage, on: str, completed: str | None, last: str | None, next_on: str
) -> None:
    charter, practice = stage.duty(), stage.duty(title="Look at cover", layer=Layer.GOOD_PRACTICE)
    stage.complete(charter, date(2026, 5, 5))
    if completed:
        stage.complete(practice, date.fromisoformat(completed))
    docket = Docket(stage.committee, TODAY, stage.company)
    (row,) = [row for row in docket.reading().clauses if row.clause.pk == stage.plan.pk]
    assert [(each.duty.pk, each.standing) for each in row.duties] == [
        (charter.pk, Standing.ON_FILE)
    ]
    (found,) = row.practices
    assert found.duty.pk == practice.pk
    assert (found.last.on.isoformat() if found.last else None) == last
    assert found.next_on == date.fromisoformat(next_on)


def test_good_practice_yields_no_open_item(stage: Stage) -> None:
    stage.duty(title="Look at cover", layer=Layer.GOOD_PRACTICE)
    assert Docket(stage.committee, TODAY, stage.company).open_items() == []


def second_version(stage: Stage) -> CharterVersion:
    """A draft that keeps the clause on the plan, under another reference, and drops the size."""
    return services.draft(
        stage.committee,
        title="Second",
        text="Review the audit plan.",
        passages=[
            TextPassage(Role.SECTION, "Work", 1),
            TextPassage(Role.CLAUSE, "Review the audit plan.", 2, reference="R-1"),
        ],
        **SIGNED,
    )


def references(stage: Stage, on: date) -> dict[int, str]:
    """The duties in force on a day, by primary key, each with its clause."""
    reading = Docket(stage.committee, on, stage.company).reading()
    return {row.duty.pk: row.clause.reference for row in reading.duties}


def test_duty_added_before_an_adopted_version_takes_effect_hangs_on_that_one_too(
    stage: Stage,
) -> None:
    day = date(2027, 1, 1)
    services.adopt(second_version(stage), adopted_on=TODAY, effective_on=day, **SIGNED)
    moved, gone = stage.duty(), stage.duty(stage.size, title="Lost with its clause")
    assert references(stage, TODAY) == {moved.pk: "R-2", gone.pk: "M-0"}
    assert references(stage, day) == {moved.pk: "R-1"}
    gone.refresh_from_db()
    assert gone.in_force_until == date(2026, 12, 31)


def test_duties_of_the_version_before_end_unless_they_are_carried(stage: Stage) -> None:
    kept, lost = stage.duty(), stage.duty(title="Lost with its clause")
    later = second_version(stage)
    clause = later.clauses.get()
    day = date(2026, 7, 1)
    services.adopt(later, adopted_on=day, effective_on=day, carried={kept.pk: clause}, **SIGNED)
    assert references(stage, date(2026, 6, 30)) == {kept.pk: "R-2", lost.pk: "R-2"}
    assert references(stage, day) == {kept.pk: "R-1"}


def fill(stage: Stage, years: int, duties: int) -> None:
    """So many duties with so many years of evidence, two a year for every third."""
    from charters.models import Completion

    made = [
        stage.duty(
            title=f"Duty {n}",
            times=1 + (n % 3 == 0),
            cadence=Cadence.TIMES,
            in_force_from=date(2026 - years, 1, 1),
        )
        for n in range(duties)
    ]
    Completion.objects.bulk_create(
        Completion(
            duty=duty,
            performed_on=date(year, month, 5),
            serves=date(year, 12, 31),
            recorded_at=datetime(year, month, 6, tzinfo=UTC),
        )
        for duty in made
        for year in range(2027 - years, 2027)
        for month in ((3, 9) if duty.times == 2 else (5,))
    )


def test_standing_takes_as_many_queries_with_twenty_years_as_with_one() -> None:
    stage = set_the_stage(records_begin=date(2007, 1, 1))
    counts = []
    for years in (1, 20):
        fill(stage, years, duties=6)
        with CaptureQueriesContext(connection) as queries:
            Docket(stage.committee, TODAY).reading()
        counts.append(len(queries))
    # Nine tables of the engine's, and one each for the two sources that answer for these duties.
    assert counts[0] == counts[1] == 11


def test_every_act_is_in_the_ledger_and_the_ledger_is_sound(stage: Stage) -> None:
    stage.complete(stage.duty(), date(2026, 5, 5), note="Not for the ledger.")
    from records.models import LedgerEntry

    entry = LedgerEntry.objects.get(action="completion.recorded")
    assert "Not for the ledger" not in str(entry.facts)
    assert ledger.verify().sound


# What a reader may not see.

CLOSED_TO_MANAGEMENT = Restriction(frozenset({PersonRole.MANAGEMENT}), since=date(2026, 1, 12))


def without_management(restriction: Restriction) -> bool:
    """A reader who holds the role of management."""
    return PersonRole.MANAGEMENT not in restriction.roles


def minutes(of: Duty) -> EvidenceSource:
    """A record of January 2026 for fiscal year 2025, restricted from management."""

    def load(as_of: AsOf, duties: object) -> Iterator[tuple[int, Evidence]]:
        day, served = date(2026, 1, 12), date(2025, 12, 31)
        yield of.pk, Evidence(day, served, "ZEPHYR", "/m/1/", restriction=CLOSED_TO_MANAGEMENT)

    return EvidenceSource("tests.minutes", load)


def test_gap_quotes_no_late_record_that_the_reader_may_not_see(stage: Stage) -> None:
    duty = stage.duty()
    stage.complete(duty, date(2024, 5, 5))
    with EVIDENCE.temporarily(minutes(duty)), dates.written_for(stage.company):
        [told] = Docket(stage.committee, TODAY, stage.company).open_items()
        [untold] = Docket(stage.committee, TODAY, stage.company, without_management).open_items()
    assert [piece.label for piece in told.late] == ["ZEPHYR"]
    assert "January 12, 2026" in told.because
    assert (untold.key, untold.late) == (told.key, ())
    assert untold.because == "No record for fiscal year 2025 was on file by December 31, 2025."


def test_restricted_lapse_names_its_record_and_becomes_a_restricted_deadline(stage: Stage) -> None:
    duty = stage.duty(kind=DutyKind.CONDITION, catalogue_key="quorum")
    with pytest.raises(ValueError, match="names the record"):
        Lapse(date(2027, 1, 1), "ZEPHYR", "/", CLOSED_TO_MANAGEMENT)
    lapse = Lapse(date(2027, 1, 1), "ZEPHYR", "/", CLOSED_TO_MANAGEMENT, duty)
    source = ConditionSource(
        "tests.quorum", "quorum", lambda as_of: Holding(True, ""), ahead=lambda as_of: lapse
    )
    with CONDITIONS.temporarily(source):
        [deadline] = lapses(AsOf(stage.committee, TODAY, stage.company))
    assert (deadline.restriction, deadline.subject) == (CLOSED_TO_MANAGEMENT, duty)


def test_home_tells_of_the_closing_of_open_items_that_the_reader_may_see(
    stage: Stage, secretary: User
) -> None:
    duty = stage.duty()

    def found(as_of: AsOf, asked: object) -> Iterator[OpenItem]:
        yield OpenItem(
            subject="letter-1",
            period="2026",
            title="ZEPHYR",
            because="It came late.",
            layer=Layer.LAW,
            on=date(2026, 2, 1),
            restriction=CLOSED_TO_MANAGEMENT,
            duty=duty,
        )

    with OPEN_ITEMS.temporarily(OpenItemSource("tests.late", found)):
        services.close_open_item(
            stage.committee,
            rule="tests.late",
            subject="letter-1",
            period="2026",
            kind=ClosedAs.UNDER_REVIEW,
            reason="Counsel has it.",
            by=secretary,
            at=AT,
        )

        def told(sees: Callable[[Restriction], bool]) -> list[str]:
            as_of = AsOf(stage.committee, TODAY, stage.company, sees)
            docket, since = Docket.of(as_of), AT - timedelta(days=1)
            lately = newest(docket, home.activity(as_of, secretary), since, most=8)
            return [entry.url for __, entry in lately if "open-items" in entry.url]

        assert len(told(everything)) == 1
        assert told(without_management) == []
