"""Who may do what with the charter and its committee."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.enums import Role
from accounts.models import RoleTerm, User
from accounts.permissions import PERMISSIONS, Permission
from charters.models import Action, Closing, Committee, Decision, DecisionQuerySet, Event
from charters.models.events import EventQuerySet
from charters.registry import sits_on
from charters.values import ClosingRecord
from records import clock

READERS = frozenset({Role.SECRETARY, Role.DIRECTOR, Role.COMPANY_COUNSEL, Role.INDEPENDENT_COUNSEL})
SECRETARIES = frozenset({Role.SECRETARY})
COUNSEL = frozenset({Role.COMPANY_COUNSEL, Role.INDEPENDENT_COUNSEL})
# Beside the readers of standings these may own a duty, and then read its terms and its reminders.
OWNERS = frozenset({Role.MANAGEMENT, Role.INTERNAL_AUDITOR})

PERMISSIONS.add_all(
    # The charter is a public text; where its duties stand is the committee's own record.
    Permission(
        "charters.view_charter",
        READERS | {Role.MANAGEMENT, Role.INTERNAL_AUDITOR, Role.EXTERNAL_AUDITOR},
    ),
    Permission("charters.view_standing", READERS),
    Permission("charters.view_deadlines", READERS | OWNERS),
    Permission("charters.change_charter", SECRETARIES, seen_by="charters.view_charter"),
    Permission("charters.change_duty", SECRETARIES, seen_by="charters.view_standing"),
    Permission("charters.complete_duty", SECRETARIES, seen_by="charters.view_standing"),
    Permission("charters.close_openitem", SECRETARIES, seen_by="charters.view_standing"),
    # Management sees an event that is not restricted from it.
    Permission("charters.view_event", READERS | {Role.MANAGEMENT}),
    Permission("charters.change_event", SECRETARIES | COUNSEL, seen_by="charters.view_event"),
    # Owners see their own actions; who reads the committee's record sees all of them.
    Permission("charters.view_action", READERS | OWNERS),
    Permission("charters.change_action", SECRETARIES, seen_by="charters.view_action"),
    Permission("charters.view_decision", READERS),
    Permission("charters.record_decision", SECRETARIES, seen_by="charters.view_decision"),
)


def decisions_open_to(user: User | AnonymousUser) -> DecisionQuerySet:
    """The decisions a person may see today."""
    return Decision.objects.visible_to(user, on=clock.today())


def possible_owners(on: date) -> QuerySet[User]:
    """Who may be made the owner of a duty: never somebody who only keeps accounts."""
    terms = RoleTerm.objects.held(on).filter(role__in=roles_of_owners())
    return User.objects.active().filter(pk__in=terms.values("user"))


def roles_of_owners() -> frozenset[Role]:
    return permissions.holders("charters.view_standing") | OWNERS


def possible_followers(on: date) -> QuerySet[User]:
    """Who may follow an event up: whoever reads events that day."""
    return User.objects.able_to("charters.view_event", on)


def may_read_reason(user: User, closing: Closing | ClosingRecord, on: date) -> bool:
    """The reason of what is under review is restricted from management: the word is shown, the
    reason is not."""
    return not closing.restriction.bars(user, on=on)


def may_record_completion(user: User, committee: Committee, on: date) -> bool:
    """The secretary, and whoever sits on the committee that day."""
    if user.has_perm("charters.complete_duty"):
        return True
    return user.has_perm("charters.view_standing") and sits_on(committee, user, on)


def events_open_to(user: User | AnonymousUser) -> EventQuerySet:
    """The events a person may see today."""
    return Event.objects.visible_to(user, on=clock.today())


def may_complete_action(user: User, action: Action) -> bool:
    """The secretary, and whoever owes it."""
    return user.has_perm("charters.change_action") or action.owner == user


def denial_of_completion(user: User, action: Action) -> str | None:
    """The sentence for a reader who neither owes an action nor keeps the list."""
    if may_complete_action(user, action):
        return None
    return _("Only the owner or the corporate secretary can mark an action as done.")
