"""Duties, what is attested of them, and what is settled about past periods."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from committees.documents import ATTESTATION
from committees.enums import Cadence, Counterparty, DispositionKind, DutyKind, Layer
from committees.models import Attestation, Clause, Committee, Disposition, Duty, Inapplicability
from committees.proposals import later_places
from committees.standing import Docket, PortalException
from records import ledger
from records.acts import act
from records.calendar import DAY
from records.clock import day_of
from records.facts import Fact
from records.filetypes import DocumentRefused
from records.ledger import Actor
from records.models import Document
from records.services import documents

# What of a duty may be changed once it is in force, and how the ledger holds it.
CHANGEABLE: dict[str, Callable[[Any, str], Fact]] = {
    "title": ledger.digest,
    "kind": lambda value, __: DutyKind(value),
    "cadence": lambda value, __: Cadence(value),
    "times": lambda value, __: int(value),
    "months": lambda value, __: int(value),
    "due_month": lambda value, __: int(value),
    "due_day": lambda value, __: value,
    "layer": lambda value, __: Layer(value),
    "citation": ledger.digest,
    "counterparty": lambda value, __: Counterparty(value),
    "owner": lambda value, __: value,
}


@dataclass(frozen=True)
class Upload:
    """A file to be filed as proof in the same act; without a title it is named after the duty."""

    content: bytes | IO[bytes]
    file_name: str
    title: str = ""


@act
def add_duty(clause: Clause, *, in_force_from: date, by: Actor, at: datetime, **terms: Any) -> Duty:
    """Hang a duty on a clause, and on what becomes of it in versions adopted since.

    `terms` are the duty's own fields: title, kind, cadence and so on. Where a later version no
    longer has the clause, the duty ends the day before that version takes effect.
    """
    committee = Committee.objects.select_for_update().get(pk=clause.version.committee_id)
    if terms.get("in_force_until") is None:
        _refuse_twice(committee, terms.get("catalogue_key", ""))
    duty = Duty.objects.create(
        committee=committee,
        in_force_from=in_force_from,
        salt=ledger.new_salt(),
        **terms,
    )
    duty.clauses.add(clause)
    ledger.record(
        "duty.added",
        subject=duty,
        by=by,
        at=at,
        clause=clause,
        kind=duty.kind_word,
        layer=duty.layer_word,
        in_force_from=in_force_from,
        title=ledger.digest(duty.title, duty.salt),
        citation=ledger.digest(duty.citation, duty.salt),
    )
    _hang_on_later_versions(duty, clause, by, at)
    return duty


def _hang_on_later_versions(duty: Duty, clause: Clause, by: Actor, at: datetime) -> None:
    for version, found in later_places(clause):
        effective_on = version.effective_on
        assert effective_on is not None  # noqa: S101  (it is adopted)
        if duty.in_force_until is not None and duty.in_force_until < effective_on:
            return
        if found is None:
            until = max(duty.in_force_from, effective_on - DAY)
            duty.in_force_until = end_duty(duty, until=until, by=by, at=at).in_force_until
            return
        duty.clauses.add(found)
        ledger.record("duty.carried", subject=duty, by=by, at=at, clause=found)


def _refuse_twice(committee: Committee, key: str) -> None:
    """A duty of the catalogue hangs once as long as it is not ended."""
    there = committee.duties.filter(catalogue_key=key, in_force_until=None).first() if key else None
    if there is not None:
        raise ValidationError(
            _("This duty of the catalogue is in force already: %(title)s.") % {"title": there.title}
        )


@act
def change_duty(duty: Duty, *, by: Actor, at: datetime, **terms: Any) -> Duty:
    """Change a duty's terms. They are one for all time, so past standings are read anew.

    The ledger holds each changed term as it was and as it is.
    """
    duty = Duty.objects.select_for_update().get(pk=duty.pk)
    changed = [name for name in CHANGEABLE if name in terms and getattr(duty, name) != terms[name]]
    if changed:
        was = _held(duty, changed)
        for name in changed:
            setattr(duty, name, terms[name])
        duty.save(update_fields=changed)
        held = _held(duty, changed)
        facts: dict[str, Fact] = {name: [was[name], held[name]] for name in changed}
        ledger.record("duty.changed", subject=duty, by=by, at=at, **facts)
    return duty


def _held(duty: Duty, names: Iterable[str]) -> dict[str, Fact]:
    """Terms as the ledger holds them: words of closed lists, numbers, people, digests of texts."""
    return {name: CHANGEABLE[name](getattr(duty, name), duty.salt) for name in names}


@act
def end_duty(duty: Duty, *, until: date, by: Actor, at: datetime) -> Duty:
    """End a duty: `until` is the last day on which it is in force."""
    duty = Duty.objects.select_for_update().get(pk=duty.pk)
    if duty.in_force_until is not None and duty.in_force_until <= until:
        raise ValidationError({"until": _("This duty has ended by then already.")})
    if until < duty.in_force_from:
        raise ValidationError({"until": _("A duty ends on or after the day it came into force.")})
    duty.in_force_until = until
    duty.save(update_fields=["in_force_until"])
    ledger.record("duty.ended", subject=duty, by=by, at=at, until=until)
    return duty


@act
def declare_not_applicable(
    duty: Duty,
    *,
    starts_on: date,
    reason: str,
    by: Actor,
    at: datetime,
    ends_on: date | None = None,
) -> Inapplicability:
    """Declare, with a reason, that a duty does not apply from a day on."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the duty does not apply.")})
    duty = Duty.objects.select_for_update().get(pk=duty.pk)
    for span in duty.inapplicabilities.all():
        if (ends_on is None or span.starts_on < ends_on) and (
            span.ends_on is None or starts_on < span.ends_on
        ):
            raise ValidationError({"starts_on": _("The duty is already not applicable then.")})
    salt = ledger.new_salt()
    span = Inapplicability.objects.create(
        duty=duty,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
        salt=salt,
        recorded_by=ledger.person(by),
        recorded_at=at,
    )
    ledger.record(
        "duty.declared_not_applicable",
        subject=duty,
        by=by,
        at=at,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=ledger.digest(span.reason, salt),
    )
    return span


@act
def apply_again(span: Inapplicability, *, on: date, by: Actor, at: datetime) -> Inapplicability:
    """Record that a duty applies again from a day on."""
    span = Inapplicability.objects.select_for_update().get(pk=span.pk)
    if span.ends_on is not None:
        raise ValidationError(
            {"on": _("The day from which it applies again is on record already.")}
        )
    if on <= span.starts_on:
        raise ValidationError({"on": _("It applies again after the day it ceased to.")})
    span.ends_on = on
    span.save(update_fields=["ends_on"])
    ledger.record("duty.applied_again", subject=span.duty, by=by, at=at, on=on)
    return span


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


@act
def dispose(
    committee: Committee,
    *,
    rule: str,
    subject: str,
    period: str,
    kind: DispositionKind,
    reason: str,
    by: Actor,
    at: datetime,
) -> Disposition:
    """Settle an exception that the record shows that day. A later disposition takes this one's place.

    That the duty was done late is said only where there is evidence of it.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say what was found, or why.")})
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    docket = Docket(committee, day_of(at))
    key = f"{rule}:{subject}:{period}"
    found = next((piece for piece in docket.exceptions() if piece.key == key), None)
    if found is None:
        raise ValidationError(
            _("The record shows no such exception today, so there is nothing to settle.")
        )
    _ground(found, kind)
    salt = ledger.new_salt()
    disposition = Disposition.objects.create(
        committee=committee,
        rule=rule,
        subject=subject,
        period=period,
        kind=kind,
        reason=reason.strip(),
        salt=salt,
        decided_on=day_of(at),
        recorded_by=ledger.person(by),
        recorded_at=at,
    )
    ledger.record(
        "exception.disposed",
        subject=disposition,
        by=by,
        at=at,
        kind=kind,
        reason=ledger.digest(disposition.reason, salt),
    )
    return disposition


def _ground(found: PortalException, kind: DispositionKind) -> None:
    """Refuse the statement that it was done late where nothing on record shows it."""
    if found.duty is None or found.late:
        return
    if kind == DispositionKind.DONE_LATE:
        raise ValidationError(
            {
                "kind": _(
                    "Nothing on record serves this period since it ended. Record first that the "
                    "duty was done, with its day and for this period."
                )
            }
        )


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
