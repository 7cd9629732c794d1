"""Duties, completions and closings: what is recorded, what is refused, what is kept."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from charters import services
from charters.enums import ClosedAs, HowDecided
from charters.models import CharterVersion, Clause, Closing, Completion, Duty
from charters.reading.structure import Role
from charters.reading.structure import TextPassage as Found
from charters.standing import Docket
from charters.tests.charters import AT, SIGNED, Stage, set_the_stage
from records import document_kinds, ledger
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


# Recording a completion.


def test_proof_is_filed_with_the_completion(stage: Stage, duty: Duty) -> None:
    made = stage.complete(duty, DONE, upload=PAPER)
    assert made.document == Document.objects.get()
    assert (made.document.title, made.document.file_name) == (duty.title, "review.txt")
    assert actions()[-2:] == ["document.filed", "completion.recorded"]


def test_refused_completion_leaves_no_document(stage: Stage, duty: Duty) -> None:
    with pytest.raises(ValidationError, match="This date is in the future"):
        stage.complete(duty, date(2027, 1, 1), upload=PAPER)
    assert not Document.objects.exists()


def test_refused_correction_leaves_no_document(stage: Stage, duty: Duty) -> None:
    first = stage.complete(duty, DONE)
    services.withdraw_completion(first, reason="Another duty was meant.", **SIGNED)
    with pytest.raises(ValidationError, match="A later entry"):
        services.correct_completion(first, performed_on=DONE, serves=YEAR, upload=PAPER, **SIGNED)
    assert not Document.objects.exists()


def test_refused_file_leaves_no_completion(stage: Stage, duty: Duty) -> None:
    with pytest.raises(ValidationError) as refusal:
        stage.complete(duty, DONE, upload=services.Upload(b"", "empty.txt"))
    assert refused(refusal) == {"document": ["The file is empty."]}
    assert not Completion.objects.exists()


def test_correction_takes_the_new_proof_before_the_old(stage: Stage, duty: Duty) -> None:
    first = stage.complete(duty, DONE, upload=PAPER)
    later = services.correct_completion(
        first,
        performed_on=DONE,
        serves=YEAR,
        document=first.document,
        upload=services.Upload(b"The whole minutes.", "minutes.txt", "Minutes"),
        **SIGNED,
    )
    assert (later.document.title, first.document.file_name) == ("Minutes", "review.txt")


def test_document_of_another_kind_is_no_proof(stage: Stage, duty: Duty) -> None:
    other = next(kind.name for kind in document_kinds.DOCUMENT_KINDS if kind.name != "completion")
    report = documents.file(kind=other, title="Report", content=b"x y", file_name="r.txt", **SIGNED)
    with pytest.raises(ValidationError) as refusal:
        stage.complete(duty, DONE, document=report)
    assert list(refused(refusal)) == ["document"]
    first = stage.complete(duty, DONE)
    with pytest.raises(ValidationError):
        services.correct_completion(
            first, performed_on=DONE, serves=YEAR, document=report, **SIGNED
        )


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


# Closing an open item.

LAST_YEAR = date(2025, 12, 31)


def close(
    stage: Stage,
    duty: Duty,
    kind: ClosedAs,
    period: str = "FY2025",
    record: services.Found | None = None,
) -> Closing:
    return stage.close_gap(
        duty, period, reason="Looked for in the minutes.", kind=kind, record=record
    )


@pytest.mark.parametrize("period", ["FY2026", "FY2019", "", "x"])
def test_what_is_no_open_item_cannot_be_closed(stage: Stage, duty: Duty, period: str) -> None:
    with pytest.raises(ValidationError, match="not open today"):
        close(stage, duty, ClosedAs.UNDER_REVIEW, period)
    assert not Closing.objects.exists()


def test_completed_late_is_said_only_where_the_record_shows_it(stage: Stage, duty: Duty) -> None:
    with pytest.raises(ValidationError) as refusal:
        close(stage, duty, ClosedAs.COMPLETED_LATE)
    assert list(refused(refusal)) == ["kind"]
    assert not Closing.objects.exists()
    stage.complete(duty, date(2026, 2, 3), serves=LAST_YEAR)
    assert close(stage, duty, ClosedAs.COMPLETED_LATE).kind == ClosedAs.COMPLETED_LATE


def open_periods(stage: Stage) -> list[str]:
    return [item.period for item in Docket(stage.committee, AT.date()).open_items()]


def test_one_of_two_records_is_a_record_but_not_a_late_one(stage: Stage) -> None:
    duty = stage.duty(times=2)
    stage.complete(duty, date(2025, 3, 4))
    with pytest.raises(ValidationError, match="since it ended"):
        close(stage, duty, ClosedAs.COMPLETED_LATE)
    close(stage, duty, ClosedAs.NOW_ON_FILE, record=found(date(2025, 9, 8)))
    assert open_periods(stage) == ["FY2024"]


# Now on file.


def found(performed_on: date | None, **given: Any) -> services.Found:
    return services.Found(**{"upload": PAPER, "performed_on": performed_on} | given)


def test_what_is_now_on_file_is_a_completion_from_which_the_standing_follows(
    stage: Stage, duty: Duty
) -> None:
    made = close(stage, duty, ClosedAs.NOW_ON_FILE, record=found(date(2025, 11, 4)))
    completion = duty.completions.latest("pk")
    assert (completion.performed_on, completion.serves) == (date(2025, 11, 4), LAST_YEAR)
    assert made.document == completion.document
    assert open_periods(stage) == ["FY2024"]
    assert last_facts()["document"] == f"records.Document:{made.document.pk}"


def test_document_that_is_on_file_is_named_rather_than_filed_again(
    stage: Stage, duty: Duty
) -> None:
    stage.complete(duty, date(2026, 5, 5), upload=PAPER)
    [filed] = Document.objects.all()
    record = found(date(2025, 11, 4), document=filed, upload=None)
    assert close(stage, duty, ClosedAs.NOW_ON_FILE, record=record).document == filed
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (None, "document"),
        (found(date(2025, 11, 4), upload=None), "document"),
        (found(None), "performed_on"),
        (found(date(2026, 1, 1)), "performed_on"),
        (found(date(2024, 12, 31)), "performed_on"),
        (found(date(2025, 11, 4), upload=services.Upload(b"", "empty.txt")), "document"),
    ],
)
def test_nothing_is_now_on_file_without_its_record_in_the_period(
    stage: Stage, duty: Duty, record: services.Found | None, field: str
) -> None:
    before = duty.completions.count()
    with pytest.raises(ValidationError) as refusal:
        close(stage, duty, ClosedAs.NOW_ON_FILE, record=record)
    assert list(refused(refusal)) == [field]
    assert (duty.completions.count(), Closing.objects.count()) == (before, 0)
    assert not Document.objects.exists()


def test_record_that_does_not_fill_the_period_does_not_close_it(stage: Stage) -> None:
    duty = stage.duty(times=3)
    stage.complete(duty, date(2025, 3, 4))
    with pytest.raises(ValidationError) as refusal:
        close(stage, duty, ClosedAs.NOW_ON_FILE, record=found(date(2025, 9, 8)))
    assert list(refused(refusal)) == ["kind"]
    assert (duty.completions.count(), Document.objects.count()) == (1, 0)


@pytest.mark.parametrize("kind", [ClosedAs.NOT_APPLICABLE, ClosedAs.UNDER_REVIEW])
def test_what_states_no_record_needs_none(stage: Stage, duty: Duty, kind: ClosedAs) -> None:
    assert close(stage, duty, kind).kind == kind


# What happens once.


def test_duty_of_the_catalogue_hangs_once_until_it_is_ended(stage: Stage) -> None:
    first = stage.duty(catalogue_key="audit-plan")
    with pytest.raises(ValidationError, match="already in effect: Review the audit plan"):
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
    with pytest.raises(ValidationError, match="This responsibility already ended by that date"):
        services.end_duty(duty, until=date(2026, 7, 31), **SIGNED)


def test_duty_applies_again_once(duty: Duty) -> None:
    span = services.declare_not_applicable(
        duty, starts_on=date(2026, 1, 1), reason="No internal audit.", **SIGNED
    )
    services.apply_again(span, on=date(2026, 6, 1), **SIGNED)
    with pytest.raises(ValidationError, match="already on record"):
        services.apply_again(span, on=date(2026, 7, 1), **SIGNED)
    span.refresh_from_db()
    assert span.ends_on == date(2026, 6, 1)


def test_boards_decision_is_added_once(stage: Stage) -> None:
    with pytest.raises(ValidationError, match="how the Board decided"):
        services.complete_adoption(stage.version, **SIGNED)
    services.complete_adoption(stage.version, how=HowDecided.WRITTEN_CONSENT, **SIGNED)
    with pytest.raises(ValidationError, match="already on record"):
        services.complete_adoption(stage.version, how=HowDecided.MEETING, **SIGNED)


def test_note_is_withdrawn_once(stage: Stage) -> None:
    written = services.note(stage.plan, text="Read so.", source="AS 1301", dated=DONE, **SIGNED)
    services.withdraw_note(written, **SIGNED)
    with pytest.raises(ValidationError, match="already withdrawn"):
        services.withdraw_note(written, **SIGNED)


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


def test_the_same_completion_is_not_recorded_twice(stage: Stage, duty: Duty) -> None:
    stage.complete(duty, date(2026, 5, 5), note="Reviewed.")
    with pytest.raises(ValidationError, match="This completion is already on record"):
        stage.complete(duty, date(2026, 5, 5), note="Reviewed.")
    stage.complete(duty, date(2026, 5, 5), note="Reviewed again in the afternoon.")
    assert duty.completions.count() == 2
