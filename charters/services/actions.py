"""Actions: added, done, canceled, reopened, and given to another owner.

The activity log holds dates, people and digests, no word of what is to be done.
"""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from charters.enums import ActionChange
from charters.models import Action, ActionStep, Committee
from charters.permissions import possible_owners
from records import ledger
from records.acts import act
from records.clock import day_of
from records.dates import long_day
from records.facts import Fact, recorded
from records.ledger import Actor, Digest

ACTION_ADDED = ledger.action("action.added", lazy("added the action %(record)s"))
ACTION_REASSIGNED = ledger.action(
    "action.reassigned", lazy("changed the owner or due date of the action %(record)s")
)
STEPS = {
    ActionChange.DONE: ledger.action("action.done", lazy("marked the action %(record)s as done")),
    ActionChange.CANCELED: ledger.action("action.canceled", lazy("canceled the action %(record)s")),
    ActionChange.REOPENED: ledger.action("action.reopened", lazy("reopened the action %(record)s")),
}

WEB = ("https://", "http://")


@act
def add_action(
    committee: Committee,
    *,
    what: str,
    due_on: date,
    agreed_on: date,
    by: Actor,
    at: datetime,
    owner: User | None = None,
    owner_name: str = "",
    source: str = "",
    source_url: str = "",
) -> Action:
    """Record what somebody is to do, and until when. The owner is an account or a name."""
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    _refuse_ahead("agreed_on", agreed_on, at)
    _refuse_due_before(due_on, agreed_on)
    _refuse_owner(owner, owner_name, at)
    _refuse_address(source_url)
    action = Action(
        committee=committee,
        what=what.strip(),
        owner=owner,
        owner_name=owner_name.strip(),
        due_on=due_on,
        agreed_on=agreed_on,
        source=source.strip(),
        source_url=source_url.strip(),
        **recorded(by, at),
    )
    action.full_clean(exclude=["committee", "owner", "recorded_by", "salt"])
    _refuse_twice(action, at)
    action.save()
    ledger.record(
        ACTION_ADDED,
        subject=action,
        by=by,
        at=at,
        owner=owner,
        due_on=due_on,
        agreed_on=agreed_on,
        what=_digest(action, "what"),
        owner_name=_digest(action, "owner_name"),
        source=_digest(action, "source"),
    )
    return action


@act
def complete_action(
    action: Action, *, done_on: date, how: str, by: Actor, at: datetime
) -> ActionStep:
    """Record that an action was done: on which date, and how."""
    action = _open(action)
    _refuse_ahead("done_on", done_on, at)
    last = action.last_step
    since = last.on if last else action.agreed_on
    if done_on < since:
        raise ValidationError(
            {
                "done_on": _(
                    "The action has been open since %(day)s. Enter that date or a later one."
                )
                % {"day": long_day(since)}
            }
        )
    if not how.strip():
        raise ValidationError({"how": _("Enter the result, or where to find it.")})
    return _step(action, ActionChange.DONE, done_on, how, by, at)


@act
def cancel_action(action: Action, *, reason: str, by: Actor, at: datetime) -> ActionStep:
    """Record that an action is no longer to be done, and why. It stays on record."""
    action = _open(action)
    if not reason.strip():
        raise ValidationError({"reason": _("Enter a reason for the cancellation.")})
    return _step(action, ActionChange.CANCELED, day_of(at), reason, by, at)


@act
def reopen_action(action: Action, *, reason: str, by: Actor, at: datetime) -> ActionStep:
    """Open an action again that was done or canceled: the same record, with its history."""
    action = _locked(action)
    if action.is_open:
        raise ValidationError(_("This action is already open."))
    if not reason.strip():
        raise ValidationError({"reason": _("Enter a reason for reopening the action.")})
    _refuse_twice(action, at)
    return _step(action, ActionChange.REOPENED, day_of(at), reason, by, at)


@act
def reassign_action(
    action: Action,
    *,
    due_on: date,
    by: Actor,
    at: datetime,
    owner: User | None = None,
    owner_name: str = "",
) -> Action:
    """Change who owes an open action, or its due date. The activity log keeps both values."""
    action = _open(action)
    _refuse_due_before(due_on, action.agreed_on)
    _refuse_owner(owner, owner_name, at)
    was = _owed(action)
    if (action.owner, action.owner_name, action.due_on) == (owner, owner_name.strip(), due_on):
        raise ValidationError(_("Nothing was changed. Choose another owner or due date."))
    action.owner, action.owner_name, action.due_on = owner, owner_name.strip(), due_on
    action.full_clean(exclude=["committee", "owner", "recorded_by", "salt"])
    _refuse_twice(action, at)
    action.save(update_fields=["owner", "owner_name", "due_on"])
    facts: dict[str, Fact] = {name: [was[name], now] for name, now in _owed(action).items()}
    ledger.record(ACTION_REASSIGNED, subject=action, by=by, at=at, **facts)
    return action


def _owed(action: Action) -> dict[str, Fact]:
    """Who owes it and until when, as the ledger holds it."""
    return {
        "owner": action.owner,
        "owner_name": _digest(action, "owner_name"),
        "due_on": action.due_on,
    }


def _digest(action: Action, name: str) -> Digest | None:
    """Of a text under the action's salt, its field's name in front; an empty one has none."""
    text = getattr(action, name)
    return ledger.digest(f"{name}:{text}", action.salt) if text else None


def _step(
    action: Action, change: ActionChange, on: date, text: str, by: Actor, at: datetime
) -> ActionStep:
    step = ActionStep.objects.create(
        action=action, change=change, on=on, text=text.strip(), **recorded(by, at)
    )
    action.move_on()
    digest = ledger.digest(f"text:{step.text}", step.salt)
    ledger.record(STEPS[change], subject=action, by=by, at=at, on=on, text=digest)
    return step


def _locked(action: Action) -> Action:
    return Action.objects.select_for_update().get(pk=action.pk)


def _open(action: Action) -> Action:
    """The action under a lock, refused where it is closed."""
    action = _locked(action)
    if not action.is_open:
        raise ValidationError(_("This action is closed. Reopen it first."))
    return action


def _refuse_ahead(field: str, day: date, at: datetime) -> None:
    if day > day_of(at):
        raise ValidationError({field: _("This date is in the future.")})


def _refuse_due_before(due_on: date, agreed_on: date) -> None:
    if due_on < agreed_on:
        raise ValidationError(
            {
                "due_on": _(
                    "The due date is before the date of the agreement. Enter a later due date."
                )
            }
        )


def _refuse_owner(owner: User | None, owner_name: str, at: datetime) -> None:
    """One owner: an account that can be reminded, or the name of somebody without one."""
    if owner and owner_name.strip():
        raise ValidationError({"owner_name": _("Choose an account or enter a name, not both.")})
    if owner is None and not owner_name.strip():
        raise ValidationError({"owner": _("Enter an owner.")})
    if owner and not possible_owners(day_of(at)).filter(pk=owner.pk).exists():
        raise ValidationError(
            {
                "owner": _(
                    "This person cannot see actions. Choose another person, or enter a name "
                    "instead."
                )
            }
        )


def _refuse_address(url: str) -> None:
    """A page of the portal, or an address of the web."""
    address = url.strip()
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, None)
    if address and not is_ours and not address.startswith(WEB):
        raise ValidationError(
            {"source_url": _("Enter a web address, or the path of a page of the portal.")}
        )


def _refuse_twice(action: Action, at: datetime) -> None:
    """The same words for the same owner are one action, mentioned twice."""
    same = action.committee.actions.open(day_of(at)).filter(
        what__iexact=action.what, owner=action.owner, owner_name__iexact=action.owner_name
    )
    if there := same.exclude(pk=action.pk).first():
        refusal = _("This action is already open, due on %(day)s.") % {
            "day": long_day(there.due_on)
        }
        raise ValidationError({"what": refusal} if action._state.adding else refusal)
