"""The engine: records in, standings with sentences out; registries, as-of, corrections, queries."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committees import services
from committees.enums import Cadence, DispositionKind, DutyKind, EndReason, Layer, Standing
from committees.models import CharterVersion, Duty
from committees.registry import Registry, registry
from committees.rules.structure import Passage, Role
from committees.rules.terms import Evidence, Holding, Occurrence
from committees.standing import Docket
from committees.tests.charters import SIGNED, Stage, set_the_stage
from records import dates, ledger

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


@pytest.fixture
def own_registry() -> Iterator[Registry]:
    """What a test registers is gone when it ends."""
    before = {name: dict(getattr(registry, name)) for name in vars(registry)}
    yield registry
    for name, entries in before.items():
        setattr(registry, name, entries)


def standing_of(stage: Stage, duty: object, on: date = TODAY) -> tuple[str, str]:
    with dates.written_for(stage.company):
        rows = Docket(stage.committee, on, stage.company).reading().duties
    (row,) = [row for row in rows if row.duty == duty]
    return row.standing.value, row.because


def test_a_duty_is_judged_by_attestation_and_says_so(stage: Stage) -> None:
    duty = stage.duty()
    stage.attest(duty, date(2026, 5, 5))
    assert standing_of(stage, duty) == (
        "kept",
        "Performed on May 5, 2026 for fiscal year 2026. Judged by attestation.",
    )


@pytest.mark.parametrize(
    "kind", [DutyKind.CONDITION, DutyKind.EVENT, DutyKind.PROCEDURE, DutyKind.PURPOSE]
)
def test_any_kind_without_a_source_of_its_own_is_judged_by_attestation(
    stage: Stage, kind: DutyKind
) -> None:
    duty = stage.duty(kind=kind)
    standing, because = standing_of(stage, duty)
    assert standing == "no_record"
    assert because.endswith("Judged by attestation.")


def test_an_authority_is_not_judged(stage: Stage) -> None:
    duty = stage.duty(kind=DutyKind.AUTHORITY)
    assert standing_of(stage, duty) == (
        "not_applicable",
        "An authority, not a duty; no use of it is on record.",
    )


def test_a_registered_source_proves_its_duties_and_no_others(
    stage: Stage, own_registry: Registry
) -> None:
    mine, other = stage.duty(catalogue_key="audit-plan"), stage.duty()
    calls = []

    @own_registry.source("testing.letters", keys=["audit-plan"])
    def letters(docket: Docket, duties: object) -> Iterator[tuple[int, Evidence]]:
        calls.append(duties)
        yield (
            mine.pk,
            Evidence(date(2026, 3, 1), date(2026, 12, 31), "Letter", "/l/1/", "testing.letters"),
        )

    assert standing_of(stage, mine) == ("kept", "Performed on March 1, 2026 for fiscal year 2026.")
    assert standing_of(stage, other)[0] == "no_record"
    assert [list(duties) for duties in calls] == [[mine]] * 2  # once per reading


def test_a_registered_condition_judges_its_duty(stage: Stage, own_registry: Registry) -> None:
    duty = stage.duty(kind=DutyKind.CONDITION, catalogue_key="quorum")

    @own_registry.condition("quorum")
    def quorum(docket: Docket) -> Holding:
        return Holding(docket.day < date(2026, 6, 1), f"Seen from {docket.day.isoformat()}.")

    assert standing_of(stage, duty, date(2026, 5, 31)) == ("kept", "Seen from 2026-05-31.")
    assert standing_of(stage, duty, date(2026, 6, 1)) == ("not_met", "Seen from 2026-06-01.")


def test_a_registered_event_makes_its_duty_wait_for_what_arose(
    stage: Stage, own_registry: Registry
) -> None:
    duty = stage.duty(kind=DutyKind.EVENT, catalogue_key="act-on-independence")

    @own_registry.event("testing.matters", keys=["act-on-independence"])
    def matters(docket: Docket, duties: object) -> Iterator[tuple[int, Occurrence]]:
        yield duty.pk, Occurrence(date(2026, 10, 1), date(2026, 12, 1), None, "A matter")

    assert standing_of(stage, duty) == ("due", "1 is open, the next due by December 1, 2026.")
    assert standing_of(stage, duty, date(2026, 9, 1)) == (
        "not_applicable",
        "Nothing arose in fiscal year 2026.",
    )


def test_a_fact_recorded_late_counts_from_its_own_day(stage: Stage) -> None:
    duty = stage.duty()
    before = standing_of(stage, duty, date(2026, 6, 1))
    stage.attest(duty, date(2026, 5, 5))
    assert (before[0], standing_of(stage, duty, date(2026, 6, 1))[0]) == ("no_record", "kept")
    assert standing_of(stage, duty, date(2026, 5, 4))[0] == "no_record"


def test_a_correction_counts_from_the_facts_day_and_leaves_the_first_on_record(
    stage: Stage,
) -> None:
    duty = stage.duty()
    first = stage.attest(duty, date(2026, 5, 5))
    later = services.correct(
        first, performed_on=date(2026, 8, 4), serves=date(2026, 12, 31), note="Wrong day.", **SIGNED
    )
    assert standing_of(stage, duty, date(2026, 6, 1))[0] == "no_record"
    assert standing_of(stage, duty, date(2026, 8, 4))[0] == "kept"
    first.refresh_from_db()
    assert (first.correction, first.performed_on) == (later, date(2026, 5, 5))


def test_a_withdrawal_takes_the_evidence_away(stage: Stage) -> None:
    duty = stage.duty()
    services.withdraw(
        stage.attest(duty, date(2026, 5, 5)), reason="Another duty was meant.", **SIGNED
    )
    assert standing_of(stage, duty)[0] == "no_record"


def test_what_was_corrected_cannot_be_corrected_again(stage: Stage) -> None:
    first = stage.attest(stage.duty(), date(2026, 5, 5))
    services.withdraw(first, reason="Another duty was meant.", **SIGNED)
    with pytest.raises(ValidationError, match="A later entry has taken this one's place"):
        services.withdraw(first, reason="Twice.", **SIGNED)


def test_a_duty_not_yet_done_cannot_be_attested(stage: Stage) -> None:
    with pytest.raises(ValidationError, match="Only what has been done"):
        stage.attest(stage.duty(), date(2026, 11, 21))


def test_a_past_gap_is_an_exception_until_it_is_settled(stage: Stage) -> None:
    duty = stage.duty()
    stage.attest(duty, date(2024, 5, 5))
    docket = Docket(stage.committee, TODAY, stage.company)
    (found,) = docket.exceptions()
    assert (found.key, found.is_open) == (f"gap:duty-{duty.pk}:FY2025", True)
    assert standing_of(stage, duty)[0] == "no_record"
    services.dispose(
        stage.committee,
        rule=found.rule,
        subject=found.subject,
        period=found.period,
        kind=DispositionKind.WITH_COUNSEL,
        reason="Counsel has the matter.",
        **SIGNED,
    )
    (settled,) = Docket(stage.committee, TODAY, stage.company).exceptions()
    assert (settled.key, settled.is_open) == (found.key, False)
    assert standing_of(stage, duty)[0] == "due"
    # As of a day before the disposition nothing was settled.
    assert standing_of(stage, duty, date(2026, 11, 19))[0] == "no_record"


def test_late_evidence_keeps_its_exception_and_offers_done_late(stage: Stage) -> None:
    duty = stage.duty()
    stage.attest(duty, date(2024, 5, 5))
    stage.attest(duty, date(2026, 1, 12), serves=date(2025, 12, 31))
    with dates.written_for(stage.company):
        (found,) = Docket(stage.committee, TODAY, stage.company).exceptions()
    assert found.offered == DispositionKind.DONE_LATE
    assert (
        found.because
        == "Performed for fiscal year 2025 on January 12, 2026, after December 31, 2025."
    )
    assert standing_of(stage, duty, date(2026, 2, 1))[0] == "kept"


def test_the_size_of_the_committee_is_judged_on_who_sits(stage: Stage) -> None:
    duty = stage.duty(stage.size, kind=DutyKind.CONDITION, catalogue_key="minimum-size")
    seats = [
        services.seat(
            services.add_director(name=name, **SIGNED),
            stage.committee,
            starts_on=date(2024, 1, 1),
            **SIGNED,
        )
        for name in ("Ada Lind", "Ben Osei", "Carla Ruiz")
    ]
    assert standing_of(stage, duty) == ("kept", "3 directors sit on the committee.")
    services.end_membership(
        seats[0], ends_on=date(2026, 11, 2), reason=EndReason.RESIGNED, **SIGNED
    )
    assert standing_of(stage, duty, date(2026, 11, 1))[0] == "kept"
    assert standing_of(stage, duty)[0] == "not_met"
    services.record_exchange_notice(seats[0], on=date(2026, 11, 3), **SIGNED)
    assert standing_of(stage, duty, date(2026, 11, 2))[0] == "not_met"
    standing, because = standing_of(stage, duty)
    assert standing == "due"
    assert "until November 2, 2027 (Nasdaq 5605(c)(4)(B))" in because


def test_good_practice_never_colours_a_clause_that_has_another_duty(stage: Stage) -> None:
    charter, practice = stage.duty(), stage.duty(title="Look at cover", layer=Layer.GOOD_PRACTICE)
    stage.attest(charter, date(2026, 5, 5))
    reading = Docket(stage.committee, TODAY, stage.company).reading()
    (row,) = [row for row in reading.clauses if row.clause == stage.plan]
    assert {r.duty: r.standing for r in row.duties}[practice] == Standing.NO_RECORD
    assert row.standing == Standing.KEPT


def second_version(stage: Stage) -> CharterVersion:
    """A draft that keeps the clause on the plan, under another reference, and drops the size."""
    return services.draft(
        stage.committee,
        title="Second",
        text="Review the audit plan.",
        passages=[
            Passage(Role.SECTION, "Work", 1),
            Passage(Role.CLAUSE, "Review the audit plan.", 2, reference="R-1"),
        ],
        **SIGNED,
    )


def references(stage: Stage, on: date) -> dict[Duty, str]:
    """The duties in force on a day, each with the clause it hangs on."""
    reading = Docket(stage.committee, on, stage.company).reading()
    return {row.duty: row.clause.reference for row in reading.duties}


def test_duty_added_before_an_adopted_version_takes_effect_hangs_on_that_one_too(
    stage: Stage,
) -> None:
    day = date(2027, 1, 1)
    services.adopt(second_version(stage), adopted_on=TODAY, effective_on=day, **SIGNED)
    moved, gone = stage.duty(), stage.duty(stage.size, title="Lost with its clause")
    assert references(stage, TODAY) == {moved: "R-2", gone: "M-0"}
    assert references(stage, day) == {moved: "R-1"}
    gone.refresh_from_db()
    assert gone.in_force_until == date(2026, 12, 31)


def test_duties_of_the_version_before_end_unless_they_are_carried(stage: Stage) -> None:
    kept, lost = stage.duty(), stage.duty(title="Lost with its clause")
    later = second_version(stage)
    clause = later.clauses.get()
    day = date(2026, 7, 1)
    services.adopt(later, adopted_on=day, effective_on=day, carried={kept.pk: clause}, **SIGNED)
    assert references(stage, date(2026, 6, 30)) == {kept: "R-2", lost: "R-2"}
    assert references(stage, day) == {kept: "R-1"}


def fill(stage: Stage, years: int, duties: int) -> None:
    """So many duties with so many years of evidence, two a year for every third."""
    from committees.models import Attestation

    made = [
        stage.duty(
            title=f"Duty {n}",
            times=1 + (n % 3 == 0),
            cadence=Cadence.TIMES,
            in_force_from=date(2026 - years, 1, 1),
        )
        for n in range(duties)
    ]
    Attestation.objects.bulk_create(
        Attestation(
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
    assert counts[0] == counts[1] <= 10


def test_every_act_is_in_the_ledger_and_the_ledger_is_sound(stage: Stage) -> None:
    stage.attest(stage.duty(), date(2026, 5, 5), note="Not for the ledger.")
    from records.models import LedgerEntry

    entry = LedgerEntry.objects.get(action="attestation.recorded")
    assert "Not for the ledger" not in str(entry.facts)
    assert ledger.verify().sound
