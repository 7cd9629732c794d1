"""What is attested of duties: an entry each, corrected or withdrawn by a later one in its place."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from committees.documents import ATTESTATION
from committees.models import Attestation, Duty
from records import ledger
from records.acts import act
from records.clock import day_of
from records.filetypes import DocumentRefused
from records.ledger import Actor
from records.models import Document
from records.services import documents


@dataclass(frozen=True)
class Upload:
    """A file to be filed as proof in the same act; without a title it is named after the duty."""

    content: bytes | IO[bytes]
    file_name: str
    title: str = ""


@act
def attest(
    duty: Duty,
    *,
    performed_on: date,
    serves: date,
    by: Actor,
    at: datetime,
    note: str = "",
    document: Document | None = None,
    upload: Upload | None = None,
) -> Attestation:
    """Record that a duty was performed on a day, for the period whose last day is `serves`.

    Its proof is a document on file, or an upload that is filed with the attestation or not at all.
    """
    duty = Duty.objects.select_for_update().get(pk=duty.pk)
    _check(performed_on, document, at)
    same = {"performed_on": performed_on, "serves": serves, "note": note.strip()}
    if duty.attestations.standing().filter(**same).exists():
        raise ValidationError(
            _("This is recorded already, in the same words. See the history of the duty.")
        )
    proof = _filed(upload, duty, by, at) or document
    attestation = _new_attestation(duty, performed_on, serves, note, proof, by, at)
    _record("attestation.recorded", attestation, by, at)
    return attestation


@act
def correct(
    attestation: Attestation,
    *,
    performed_on: date,
    serves: date,
    by: Actor,
    at: datetime,
    note: str = "",
    document: Document | None = None,
    upload: Upload | None = None,
) -> Attestation:
    """Correct an attestation by a later entry that takes its place; the first one stays on record."""
    earlier = _correctable(attestation)
    _check(performed_on, document, at)
    proof = _filed(upload, earlier.duty, by, at) or document
    later = _new_attestation(
        earlier.duty, performed_on, serves, note, proof, by, at, corrects=earlier
    )
    _record("attestation.corrected", later, by, at, corrects=earlier)
    return later


@act
def withdraw(attestation: Attestation, *, reason: str, by: Actor, at: datetime) -> Attestation:
    """Withdraw an attestation that was made in error; it stays on record and counts no more."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the attestation is withdrawn.")})
    earlier = _correctable(attestation)
    later = _new_attestation(
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
    _record("attestation.withdrawn", later, by, at, corrects=earlier)
    return later


def _correctable(attestation: Attestation) -> Attestation:
    """The attestation under a lock, refused where a later entry took its place already."""
    earlier = Attestation.objects.select_for_update().get(pk=attestation.pk)
    if earlier.is_withdrawal or Attestation.objects.filter(corrects=earlier).exists():
        raise ValidationError(
            _("A later entry has taken this one's place. Correct that one instead.")
        )
    return earlier


def _check(performed_on: date, document: Document | None, at: datetime) -> None:
    """Refuse what would be a false statement, before anything is filed."""
    if performed_on > day_of(at):
        raise ValidationError({"performed_on": _("Only what has been done can be attested.")})
    if document is not None and document.kind != ATTESTATION.name:
        raise ValidationError(
            {
                "document": _(
                    "This document was filed for another purpose and has readers of its own. "
                    "File a copy with the attestation."
                )
            }
        )


def _filed(upload: Upload | None, duty: Duty, by: Actor, at: datetime) -> Document | None:
    if upload is None:
        return None
    try:
        return documents.file(
            kind=ATTESTATION.name,
            title=upload.title or duty.title,
            content=upload.content,
            file_name=upload.file_name,
            by=by,
            at=at,
        )
    except DocumentRefused as refusal:
        raise ValidationError({"document": refusal}) from refusal


def _new_attestation(
    duty: Duty,
    performed_on: date,
    serves: date,
    note: str,
    document: Document | None,
    by: Actor,
    at: datetime,
    **more: Any,
) -> Attestation:
    return Attestation.objects.create(
        duty=duty,
        performed_on=performed_on,
        serves=serves,
        note=note.strip(),
        document=document,
        salt=ledger.new_salt(),
        recorded_by=ledger.person(by),
        recorded_at=at,
        **more,
    )


def _record(action: str, attestation: Attestation, by: Actor, at: datetime, **more: Any) -> None:
    ledger.record(
        action,
        subject=attestation,
        by=by,
        at=at,
        duty=attestation.duty,
        performed_on=attestation.performed_on,
        serves=attestation.serves,
        note=ledger.digest(attestation.note, attestation.salt),
        document=attestation.document,
        **more,
    )
