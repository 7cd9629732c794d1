"""Duties, attestations and dispositions: what is recorded, what is refused, what is kept."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from accounts.models import User
from committees import services
from committees.enums import DispositionKind
from committees.models import Attestation, CharterVersion, Clause, Disposition, Duty
from committees.models.kept import KeptError
from committees.rules.structure import Passage as Found
from committees.rules.structure import Role
from committees.tests.charters import SIGNED, Stage, set_the_stage
from records import kinds, ledger
from records.models import Document, LedgerEntry
from records.services import documents

pytestmark = pytest.mark.django_db

DONE = date(2026, 5, 5)
YEAR = date(2026, 12, 31)
PAPER = services.Upload(b"The plan was reviewed.", "review.txt")


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


@pytest.fixture
def duty(stage: Stage) -> Duty:
    return stage.duty()


def actions() -> list[str]:
    return list(LedgerEntry.objects.order_by("sequence").values_list("action", flat=True))


def last_facts() -> dict[str, Any]:
    return LedgerEntry.objects.order_by("sequence").last().facts


def refused(error: pytest.ExceptionInfo[ValidationError]) -> dict[str, list[str]]:
    return error.value.message_dict


# Attesting.


def test_proof_is_filed_with_the_attestation(stage: Stage, duty: Duty) -> None:
    made = stage.attest(duty, DONE, upload=PAPER)
    assert made.document == Document.objects.get()
    assert (made.document.title, made.document.file_name) == (duty.title, "review.txt")
    assert actions()[-2:] == ["document.filed", "attestation.recorded"]


def test_refused_attestation_leaves_no_document(stage: Stage, duty: Duty) -> None:
    with pytest.raises(ValidationError, match="Only what has been done"):
        stage.attest(duty, date(2027, 1, 1), upload=PAPER)
    assert not Document.objects.exists()


def test_refused_correction_leaves_no_document(stage: Stage, duty: Duty) -> None:
    first = stage.attest(duty, DONE)
    services.withdraw(first, reason="Another duty was meant.", **SIGNED)
    with pytest.raises(ValidationError, match="A later entry"):
        services.correct(first, performed_on=DONE, serves=YEAR, upload=PAPER, **SIGNED)
    assert not Document.objects.exists()


def test_refused_file_leaves_no_attestation(stage: Stage, duty: Duty) -> None:
    with pytest.raises(ValidationError) as refusal:
        stage.attest(duty, DONE, upload=services.Upload(b"", "empty.txt"))
    assert refused(refusal) == {"document": ["The file is empty."]}
    assert not Attestation.objects.exists()


def test_correction_takes_the_new_proof_before_the_old(stage: Stage, duty: Duty) -> None:
    first = stage.attest(duty, DONE, upload=PAPER)
    later = services.correct(
        first,
        performed_on=DONE,
        serves=YEAR,
        document=first.document,
        upload=services.Upload(b"The whole minutes.", "minutes.txt", "Minutes"),
        **SIGNED,
    )
    assert (later.document.title, first.document.file_name) == ("Minutes", "review.txt")


def test_document_of_another_kind_is_no_proof(stage: Stage, duty: Duty) -> None:
    other = next(kind.name for kind in kinds.every() if kind.name != "attestation")
    report = documents.file(kind=other, title="Report", content=b"x y", file_name="r.txt", **SIGNED)
    with pytest.raises(ValidationError) as refusal:
        stage.attest(duty, DONE, document=report)
    assert list(refused(refusal)) == ["document"]
    first = stage.attest(duty, DONE)
    with pytest.raises(ValidationError):
        services.correct(first, performed_on=DONE, serves=YEAR, document=report, **SIGNED)


# A duty's terms.


def test_new_duty_leaves_digests_of_its_words(duty: Duty) -> None:
    facts = last_facts()
    assert facts["title"] == str(ledger.digest("Review the audit plan", duty.salt))
    assert facts["citation"] == str(ledger.digest("", duty.salt))


def test_change_of_terms_keeps_the_old_beside_the_new(duty: Duty, secretary: User) -> None:
    services.change_duty(
        duty,
        title="Review the plan",
        kind="recurring",
        cadence="quarterly",
        due_month=3,
        due_day=15,
        layer="LAW",
        counterparty="management",
        owner=secretary,
        **SIGNED,
    )
    facts = last_facts()
    duty.refresh_from_db()
    digests = [str(ledger.digest(t, duty.salt)) for t in ("Review the audit plan", duty.title)]
    assert facts == {
        "title": digests,
        "cadence": ["times", "quarterly"],
        "due_month": [12, 3],
        "due_day": [None, 15],
        "layer": ["CH", "LAW"],
        "counterparty": ["", "management"],
        "owner": [None, f"accounts.User:{secretary.pk}"],
    }


def test_change_of_nothing_is_no_act(duty: Duty) -> None:
    before = actions()
    services.change_duty(duty, title=duty.title, **SIGNED)
    assert actions() == before


def test_note_leaves_digests_of_its_words(stage: Stage) -> None:
    written = services.note(stage.plan, text="Read so.", source="AS 1301", dated=DONE, **SIGNED)
    assert last_facts()["text"] == str(ledger.digest("Read so.", written.salt))
    assert last_facts()["source"] == str(ledger.digest("AS 1301", written.salt))


# Settling an exception.

LAST_YEAR = date(2025, 12, 31)


def settle(stage: Stage, duty: Duty, kind: DispositionKind, period: str = "FY2025") -> Disposition:
    return services.dispose(
        stage.committee,
        rule="gap",
        subject=f"duty-{duty.pk}",
        period=period,
        kind=kind,
        reason="Looked for in the minutes.",
        **SIGNED,
    )


@pytest.mark.parametrize("period", ["FY2026", "FY2019", "", "x"])
def test_what_is_no_exception_cannot_be_settled(stage: Stage, duty: Duty, period: str) -> None:
    with pytest.raises(ValidationError, match="no such exception"):
        settle(stage, duty, DispositionKind.WITH_COUNSEL, period)
    assert not Disposition.objects.exists()


def test_done_late_is_said_only_where_the_record_shows_it(stage: Stage, duty: Duty) -> None:
    with pytest.raises(ValidationError) as refusal:
        settle(stage, duty, DispositionKind.DONE_LATE)
    assert list(refused(refusal)) == ["kind"]
    assert not Disposition.objects.exists()
    stage.attest(duty, date(2026, 2, 3), serves=LAST_YEAR)
    assert settle(stage, duty, DispositionKind.DONE_LATE).kind == DispositionKind.DONE_LATE


def test_one_of_two_records_is_a_record_but_not_a_late_one(stage: Stage) -> None:
    duty = stage.duty(times=2)
    stage.attest(duty, date(2025, 3, 4))
    with pytest.raises(ValidationError, match="since it ended"):
        settle(stage, duty, DispositionKind.DONE_LATE)
    assert settle(stage, duty, DispositionKind.RECORD_FOUND).period == "FY2025"


@pytest.mark.parametrize("kind", [DispositionKind.NOT_APPLICABLE, DispositionKind.WITH_COUNSEL])
def test_what_states_no_record_needs_none(stage: Stage, duty: Duty, kind: DispositionKind) -> None:
    assert settle(stage, duty, kind).kind == kind


# What happens once.


def test_duty_of_the_catalogue_hangs_once_until_it_is_ended(stage: Stage) -> None:
    first = stage.duty(catalogue_key="audit-plan")
    with pytest.raises(ValidationError, match="in force already: Review the audit plan"):
        stage.duty(catalogue_key="audit-plan")
    services.end_duty(first, until=date(2026, 6, 30), **SIGNED)
    assert stage.duty(catalogue_key="audit-plan", in_force_from=date(2026, 7, 1)).pk != first.pk
    assert stage.duty().pk != stage.duty().pk


def test_database_hangs_a_duty_of_the_catalogue_once(stage: Stage) -> None:
    stage.duty(catalogue_key="audit-plan")
    other = stage.duty()
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.filter(pk=other.pk).update(catalogue_key="audit-plan")


@pytest.mark.parametrize(
    "wrong",
    [{"due_day": 32}, {"kind": "x"}, {"cadence": "x"}, {"layer": "X"}, {"counterparty": "x"}],
)
def test_database_refuses_terms_that_are_none(duty: Duty, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.filter(pk=duty.pk).update(**wrong)


def test_duty_ends_once(duty: Duty) -> None:
    services.end_duty(duty, until=date(2026, 6, 30), **SIGNED)
    with pytest.raises(ValidationError, match="ended by then already"):
        services.end_duty(duty, until=date(2026, 7, 31), **SIGNED)


def test_duty_applies_again_once(duty: Duty) -> None:
    span = services.declare_not_applicable(
        duty, starts_on=date(2026, 1, 1), reason="No internal audit.", **SIGNED
    )
    services.apply_again(span, on=date(2026, 6, 1), **SIGNED)
    with pytest.raises(ValidationError, match="on record already"):
        services.apply_again(span, on=date(2026, 7, 1), **SIGNED)
    span.refresh_from_db()
    assert span.ends_on == date(2026, 6, 1)


def test_boards_act_is_added_once(stage: Stage) -> None:
    with pytest.raises(ValidationError, match="meeting and resolution"):
        services.complete_adoption(stage.version, board_act=" ", **SIGNED)
    services.complete_adoption(stage.version, board_act="Resolution 4", **SIGNED)
    with pytest.raises(ValidationError, match="does not change"):
        services.complete_adoption(stage.version, board_act="Resolution 5", **SIGNED)


def test_note_is_withdrawn_once(stage: Stage) -> None:
    written = services.note(stage.plan, text="Read so.", source="AS 1301", dated=DONE, **SIGNED)
    services.withdraw_note(written, **SIGNED)
    with pytest.raises(ValidationError, match="withdrawn already"):
        services.withdraw_note(written, **SIGNED)


# What is on record stays as it was made.


def tamper(row: Model, **fields: object) -> list[Callable[[], object]]:
    """Every way of the model to change or delete a row."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    return [
        row.save,
        row.delete,
        lambda: rows.update(**fields),
        lambda: rows.bulk_update([row], list(fields)),
        rows.delete,
    ]


def test_what_is_on_record_refuses_change_and_deletion(stage: Stage, duty: Duty) -> None:
    attested = stage.attest(duty, DONE)
    settled = settle(stage, duty, DispositionKind.WITH_COUNSEL)
    heading = stage.version.passages.first()
    attempts = [
        *tamper(attested, note="Other"),
        *tamper(settled, reason="Other"),
        *tamper(stage.version, text="Other"),
        *tamper(stage.plan, text="Other"),
        *tamper(heading, text="Other"),
    ]
    for attempt in attempts:
        with pytest.raises(KeptError, match="on record is never changed"):
            attempt()
    for row in (attested, settled, stage.version, stage.plan, heading):
        row.refresh_from_db()


def test_adoption_is_completed_once_at_the_model_too(stage: Stage) -> None:
    stage.version.board_act = "Resolution 4"
    stage.version.save(update_fields=["board_act"])
    with pytest.raises(KeptError):
        stage.version.save(update_fields=["board_act"])


def test_draft_is_discarded_with_its_parts(stage: Stage) -> None:
    passages = [
        Found(Role.SECTION, "Duties", 1),
        Found(Role.CLAUSE, "Review the plan.", 2, reference="R-2"),
        Found(Role.CLAUSE, "its scope;", 3, reference="R-2a", parent="R-2"),
    ]
    version = services.draft(
        stage.committee, title="Draft", text="All of it.", passages=passages, **SIGNED
    )
    clause = version.clauses.get(reference="R-2")
    services.note(clause, text="Read so.", source="AS 1301", dated=DONE, **SIGNED)
    services.discard_draft(version, **SIGNED)
    assert list(CharterVersion.objects.all()) == [stage.version]
    assert set(Clause.objects.all()) == {stage.size, stage.plan}


def test_the_same_attestation_is_not_recorded_twice(stage: Stage, duty: Duty) -> None:
    stage.attest(duty, date(2026, 5, 5), note="Reviewed.")
    with pytest.raises(ValidationError, match="recorded already"):
        stage.attest(duty, date(2026, 5, 5), note="Reviewed.")
    stage.attest(duty, date(2026, 5, 5), note="Reviewed again in the afternoon.")
    assert duty.attestations.count() == 2
