"""Completions of duties: an entry each, corrected or withdrawn by a later entry."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.documents import COMPLETION
from charters.models import Completion, Duty
from charters.services.uploads import Upload, filed, refuse_other_kind
from records import ledger
from records.acts import act
from records.clock import day_of
from records.facts import Actor, recorded
from records.models import Document

COMPLETION_RECORDED = ledger.action(
    "completion.recorded", lazy("recorded the completion of %(record)s")
)
COMPLETION_CORRECTED = ledger.action(
    "completion.corrected", lazy("corrected a completion of %(record)s")
)
COMPLETION_WITHDRAWN = ledger.action(
    "completion.withdrawn", lazy("withdrew a completion of %(record)s")
)


@act
def record_completion(
    duty: Duty,
    *,
    performed_on: date,
    serves: date,
    by: Actor,
    at: datetime,
    note: str = "",
    document: Document | None = None,
    upload: Upload | None = None,
) -> Completion:
    """Record that a duty was performed on a day, for the period whose last day is `serves`.

    Its proof is a document on file, or an upload that is filed with the completion or not at all.
    """
    duty = Duty.objects.select_for_update().get(pk=duty.pk)
    _check(performed_on, document, at)
    same = {"performed_on": performed_on, "serves": serves, "note": note.strip()}
    if duty.completions.standing().filter(**same).exists():
        raise ValidationError(
            _("This completion is already on record. See the history of the responsibility.")
        )
    proof = filed(upload, kind=COMPLETION, title=duty.title, by=by, at=at) or document
    completion = _new_completion(duty, performed_on, serves, note, proof, by, at)
    _record(COMPLETION_RECORDED, completion, by, at)
    return completion


@act
def correct_completion(
    completion: Completion,
    *,
    performed_on: date,
    serves: date,
    by: Actor,
    at: datetime,
    note: str = "",
    document: Document | None = None,
    upload: Upload | None = None,
) -> Completion:
    """Correct a completion by a later entry that replaces it; the first one stays on record."""
    earlier = _correctable(completion)
    _check(performed_on, document, at)
    title = earlier.duty.title
    proof = filed(upload, kind=COMPLETION, title=title, by=by, at=at) or document
    later = _new_completion(
        earlier.duty, performed_on, serves, note, proof, by, at, corrects=earlier
    )
    _record(COMPLETION_CORRECTED, later, by, at, corrects=earlier)
    return later


@act
def withdraw_completion(
    completion: Completion, *, reason: str, by: Actor, at: datetime
) -> Completion:
    """Withdraw a completion that was made in error; it stays on record and no longer counts."""
    if not reason.strip():
        raise ValidationError({"reason": _("Enter a reason for the withdrawal.")})
    earlier = _correctable(completion)
    later = _new_completion(
        earlier.duty,
        earlier.performed_on,
        earlier.serves,
        reason.strip(),
        None,
        by,
        at,
        corrects=earlier,
        is_withdrawal=True,
    )
    _record(COMPLETION_WITHDRAWN, later, by, at, corrects=earlier)
    return later


def _correctable(completion: Completion) -> Completion:
    """The completion under a lock, refused where a later entry has replaced it."""
    earlier = Completion.objects.select_for_update().get(pk=completion.pk)
    if earlier.is_withdrawal or Completion.objects.filter(corrects=earlier).exists():
        raise ValidationError(_("A later entry replaced this one. Correct the later entry."))
    return earlier


def _check(performed_on: date, document: Document | None, at: datetime) -> None:
    """Refuse what would be a false statement, before anything is filed."""
    if performed_on > day_of(at):
        raise ValidationError(
            {
                "performed_on": _(
                    "This date is in the future. Record the completion after the work is done."
                )
            }
        )
    refuse_other_kind(document, COMPLETION)


def _new_completion(
    duty: Duty,
    performed_on: date,
    serves: date,
    note: str,
    document: Document | None,
    by: Actor,
    at: datetime,
    **more: Any,
) -> Completion:
    return Completion.objects.create(
        duty=duty,
        performed_on=performed_on,
        serves=serves,
        note=note.strip(),
        document=document,
        **recorded(by, at),
        **more,
    )


def _record(
    action: ledger.Action, completion: Completion, by: Actor, at: datetime, **more: Any
) -> None:
    ledger.record(
        action,
        subject=completion,
        by=by,
        at=at,
        duty=completion.duty,
        performed_on=completion.performed_on,
        serves=completion.serves,
        note=ledger.digest(completion.note, completion.salt),
        document=completion.document,
        **more,
    )
