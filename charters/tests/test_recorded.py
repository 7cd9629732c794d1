"""Rows on record stay as they were recorded; drafts and what was not known yet may still change."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from charters import services
from charters.enums import HowDecided
from charters.models import CharterVersion, Completion, Decision, Inapplicability
from charters.tests.charters import AT, SIGNED, Stage, set_the_stage
from records.models.bases import Immutable, ImmutableError

pytestmark = pytest.mark.django_db

DONE = date(2026, 5, 5)


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


def completion(stage: Stage) -> Immutable:
    return stage.complete(stage.duty(), DONE)


def closing(stage: Stage) -> Immutable:
    return stage.close_gap(stage.duty(), "FY2025")


def inapplicability(stage: Stage) -> Inapplicability:
    return services.declare_not_applicable(
        stage.duty(), starts_on=date(2026, 1, 1), reason="No internal audit.", **SIGNED
    )


def decision(stage: Stage) -> Decision:
    return services.record_decision(
        stage.committee, decided_on=DONE, how=HowDecided.MEETING, text="Adopted.", **SIGNED
    )


def tamper(row: Model, field: str) -> list[Callable[[], object]]:
    """Every way of the model to change or delete a row."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    return [
        row.save,
        lambda: row.save(update_fields=[field]),
        lambda: row.save(update_fields=[]),
        row.delete,
        lambda: rows.update(**{field: "Other"}),
        lambda: rows.bulk_update([row], [field]),
        lambda: rows.bulk_create(
            [row], update_conflicts=True, unique_fields=["pk"], update_fields=[field]
        ),
        rows.delete,
    ]


@pytest.mark.parametrize(
    ("made", "field"),
    [
        (completion, "note"),
        (closing, "reason"),
        (inapplicability, "reason"),
        (decision, "text"),
        (lambda stage: stage.version, "text"),
        (lambda stage: stage.plan, "text"),
        (lambda stage: stage.version.passages.first(), "text"),
    ],
    ids=[
        "completion",
        "closing",
        "inapplicability",
        "decision",
        "adopted version",
        "clause",
        "passage",
    ],
)
def test_what_is_on_record_refuses_change_and_deletion(
    stage: Stage, made: Callable[[Stage], Immutable], field: str
) -> None:
    row = made(stage)
    before = getattr(row, field)
    setattr(row, field, "Other")
    for attempt in tamper(row, field):
        with pytest.raises(ImmutableError, match="on record is never changed"):
            attempt()
    row.refresh_from_db()
    assert getattr(row, field) == before


def test_new_row_is_never_written_over_another(stage: Stage) -> None:
    first = stage.complete(stage.duty(), DONE)
    other = Completion(
        pk=first.pk, duty=first.duty, performed_on=DONE, serves=DONE, note="x", recorded_at=AT
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()
    assert Completion.objects.get().note == ""


def test_draft_and_its_parts_change_and_go(stage: Stage) -> None:
    draft = CharterVersion.objects.create(
        committee=stage.committee, title="Draft", text="Draft.", recorded_at=AT
    )
    clause = draft.clauses.create(reference="R-1", text="Review.", order=1)
    clause.text = "Review the plan."
    clause.save()
    draft.clauses.update(heading="Plan")
    draft.title = "Second draft"
    draft.save()
    clause.refresh_from_db()
    assert (clause.text, clause.heading) == ("Review the plan.", "Plan")
    assert CharterVersion.objects.drafts().get().title == "Second draft"
    draft.clauses.all().delete()
    draft.delete()
    assert not CharterVersion.objects.drafts().exists()


def test_end_that_was_not_known_is_added_once_and_alone(stage: Stage) -> None:
    span = inapplicability(stage)
    span.ends_on, span.reason = date(2026, 6, 1), "Other"
    with pytest.raises(ImmutableError):
        span.save(update_fields=["ends_on", "reason"])
    span.save(update_fields=["ends_on"])
    with pytest.raises(ImmutableError):
        span.save(update_fields=["ends_on"])
    span.refresh_from_db()
    assert (span.ends_on, span.reason) == (date(2026, 6, 1), "No internal audit.")


def test_adoption_is_completed_once(stage: Stage) -> None:
    stage.version.decision = decision(stage)
    stage.version.save(update_fields=["decision"])
    with pytest.raises(ImmutableError):
        stage.version.save(update_fields=["decision"])
