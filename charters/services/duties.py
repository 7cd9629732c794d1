"""Duties: hung on a clause, changed, ended, and declared not applicable for a time."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from charters.enums import Cadence, Counterparty, DutyKind, Layer
from charters.models import Clause, Committee, Duty, Inapplicability
from charters.proposals import later_places
from records import ledger
from records.acts import act
from records.calendar import DAY
from records.facts import Actor, Fact, recorded

DUTY_ADDED = ledger.action("duty.added", lazy("added the responsibility %(record)s"))
DUTY_CARRIED = ledger.action(
    "duty.carried", lazy("carried the responsibility %(record)s to a later version")
)
DUTY_CHANGED = ledger.action("duty.changed", lazy("changed the responsibility %(record)s"))
DUTY_ENDED = ledger.action("duty.ended", lazy("ended the responsibility %(record)s"))
DUTY_DECLARED_NOT_APPLICABLE = ledger.action(
    "duty.declared_not_applicable", lazy("marked the responsibility %(record)s as not applicable")
)
DUTY_APPLIED_AGAIN = ledger.action(
    "duty.applied_again", lazy("marked the responsibility %(record)s as applicable again")
)

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
        **terms,
    )
    duty.clauses.add(clause)
    ledger.record(
        DUTY_ADDED,
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
        ledger.record(DUTY_CARRIED, subject=duty, by=by, at=at, clause=found)


def _refuse_twice(committee: Committee, key: str) -> None:
    """A duty of the catalogue hangs once as long as it is not ended."""
    there = committee.duties.filter(catalogue_key=key, in_force_until=None).first() if key else None
    if there is not None:
        raise ValidationError(
            _("This responsibility is already in effect: %(title)s.") % {"title": there.title}
        )


@act
def change_duty(duty: Duty, *, by: Actor, at: datetime, **terms: Any) -> Duty:
    """Change a duty's terms. They apply to every date, so past standings change with them.

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
        ledger.record(DUTY_CHANGED, subject=duty, by=by, at=at, **facts)
    return duty


@act
def give_owners(owners: Mapping[Duty, User | None], *, by: Actor, at: datetime) -> int:
    """Give each responsibility its owner, or none; answer how many changed.

    The ledger has one entry for each that changed.
    """
    changed = 0
    for duty in sorted(owners, key=lambda duty: duty.pk):
        stored = Duty.objects.select_for_update().get(pk=duty.pk)
        if stored.owner_id != getattr(owners[duty], "pk", None):
            change_duty(stored, owner=owners[duty], by=by, at=at)
            changed += 1
    return changed


def _held(duty: Duty, names: Iterable[str]) -> dict[str, Fact]:
    """Terms as the ledger holds them: words of closed lists, numbers, people, digests of texts."""
    return {name: CHANGEABLE[name](getattr(duty, name), duty.salt) for name in names}


@act
def end_duty(duty: Duty, *, until: date, by: Actor, at: datetime) -> Duty:
    """End a duty: `until` is the last day on which it is in force."""
    duty = Duty.objects.select_for_update().get(pk=duty.pk)
    if duty.in_force_until is not None and duty.in_force_until <= until:
        raise ValidationError({"until": _("This responsibility already ended by that date.")})
    if until < duty.in_force_from:
        raise ValidationError(
            {
                "until": _(
                    "A responsibility ends on or after the date it took effect. Enter a later date."
                )
            }
        )
    duty.in_force_until = until
    duty.save(update_fields=["in_force_until"])
    ledger.record(DUTY_ENDED, subject=duty, by=by, at=at, until=until)
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
        raise ValidationError({"reason": _("Enter why the responsibility does not apply.")})
    duty = Duty.objects.select_for_update().get(pk=duty.pk)
    for span in duty.inapplicabilities.all():
        if (ends_on is None or span.starts_on < ends_on) and (
            span.ends_on is None or starts_on < span.ends_on
        ):
            raise ValidationError(
                {"starts_on": _("The responsibility is already not applicable on that date.")}
            )
    span = Inapplicability.objects.create(
        duty=duty,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
        **recorded(by, at),
    )
    duty.move_on()
    ledger.record(
        DUTY_DECLARED_NOT_APPLICABLE,
        subject=duty,
        by=by,
        at=at,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=ledger.digest(span.reason, span.salt),
    )
    return span


@act
def apply_again(span: Inapplicability, *, on: date, by: Actor, at: datetime) -> Inapplicability:
    """Record that a duty applies again from a day on."""
    duty = Duty.objects.select_for_update().get(pk=span.duty_id)
    span = Inapplicability.objects.select_for_update().get(pk=span.pk)
    if span.ends_on is not None:
        raise ValidationError(
            {"on": _("The date from which it applies again is already on record.")}
        )
    if on <= span.starts_on:
        raise ValidationError({"on": _("Enter a date after the one on which it stopped applying.")})
    span.ends_on = on
    span.save(update_fields=["ends_on"])
    duty.move_on()
    ledger.record(DUTY_APPLIED_AGAIN, subject=duty, by=by, at=at, on=on)
    return span
