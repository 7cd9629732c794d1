"""Who may do what with the charter and its committee."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts import permissions
from accounts.closure import is_closed_to
from accounts.enums import Role
from accounts.models import RoleTerm, User
from committees.enums import DispositionKind
from committees.models import Committee, Disposition, EventCard
from committees.models.events import EventCardQuerySet
from records import clock
from records.models import Company

READERS = frozenset({Role.SECRETARY, Role.DIRECTOR, Role.COMPANY_COUNSEL, Role.INDEPENDENT_COUNSEL})
SECRETARIES = frozenset({Role.SECRETARY})
COUNSEL = frozenset({Role.COMPANY_COUNSEL, Role.INDEPENDENT_COUNSEL})
# Beside the readers of standings these may own a duty, and then read its terms and its reminders.
OWNERS = frozenset({Role.MANAGEMENT, Role.INTERNAL_AUDITOR})

PERMISSIONS: dict[str, frozenset[Role]] = {
    # The charter is a public text; where its duties stand is the committee's own record.
    "committees.view_charter": READERS
    | {Role.MANAGEMENT, Role.INTERNAL_AUDITOR, Role.EXTERNAL_AUDITOR},
    "committees.view_standing": READERS,
    "committees.view_clocks": READERS | OWNERS,
    "committees.view_committee": READERS | {Role.MANAGEMENT},
    "committees.change_committee": SECRETARIES,
    "committees.change_charter": SECRETARIES,
    "committees.change_duty": SECRETARIES,
    "committees.attest_duty": SECRETARIES,
    "committees.dispose_exception": SECRETARIES,
    # Management sees a card that is not closed to it.
    "committees.view_event": READERS | {Role.MANAGEMENT},
    "committees.change_event": SECRETARIES | COUNSEL,
}

SEEN_BY: dict[str, str] = {
    "committees.change_committee": "committees.view_committee",
    "committees.change_charter": "committees.view_charter",
    "committees.change_duty": "committees.view_standing",
    "committees.attest_duty": "committees.view_standing",
    "committees.dispose_exception": "committees.view_standing",
    "committees.change_event": "committees.view_event",
}


def possible_owners(on: date) -> QuerySet[User]:
    """Who may be made the owner of a duty: never somebody who only keeps accounts."""
    roles = permissions.holders("committees.view_standing") | OWNERS
    terms = RoleTerm.objects.held(on).filter(role__in=roles)
    return User.objects.active().filter(pk__in=terms.values("user"))


def possible_followers(on: date) -> QuerySet[User]:
    """Who may follow an event up: whoever reads event cards that day."""
    return User.objects.able_to("committees.view_event", on)


def may_read_reason(user: User, disposition: Disposition, on: date) -> bool:
    """What is written of a matter with counsel is closed to management (law 9): the word is
    shown, the reason is not."""
    if disposition.kind != DispositionKind.WITH_COUNSEL:
        return True
    decided_on = disposition.decided_on
    return not is_closed_to(user, {Role.MANAGEMENT}, on=on, issued_on=decided_on)


def may_attest(user: User, committee: Committee, on: date) -> bool:
    """The secretary, and whoever sits on the committee that day."""
    if user.has_perm("committees.attest_duty"):
        return True
    return (
        user.has_perm("committees.view_standing")
        and committee.memberships.in_office(on).filter(director__user=user).exists()
    )


def events_open_to(user: User | AnonymousUser) -> EventCardQuerySet:
    """The event cards a person may see today: a reader's, but for those closed to them."""
    company = Company.objects.current()
    if company is None or not user.has_perm("committees.view_event"):
        return EventCard.objects.none()
    return EventCard.objects.visible_to(user, on=clock.today(company), zone=company.zone)
