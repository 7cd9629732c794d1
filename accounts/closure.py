"""Closed items: law 9's second half.

Rights add up, closures do not: who holds one role that an item is closed to, or is named on it,
gets in by no other role. A secretary who is also management does not open what is closed to
management; a second secretary does.

An item that was issued on a day stays closed to whoever held the role on that day, and closes to
whoever holds it today: nobody gets in by giving the role up. An item that grows after its issue is
closed to whoever held the role on any day since: they would read what was entered meanwhile.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Q

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, tzinfo

    from django.contrib.auth.models import AnonymousUser

    from accounts.enums import Role
    from accounts.models import User

Kind = TypeVar("Kind")


def is_closed_to(
    user: User | AnonymousUser,
    closed_roles: Collection[Role],
    closed_people: Collection[User | int] = (),
    *,
    on: date,
    issued_on: date | None = None,
    grows_from: date | None = None,
) -> bool:
    """Whether an item with these closures is closed to the person on a day.

    `closed_people` are people or their keys. A role held on the day the item was issued bars as
    one held on the day itself; of an item that grows, a role that reaches past the day from which
    on it does. Who is not signed in finds everything closed.
    """
    if not user.is_authenticated:
        return True
    held: frozenset[str] = user.roles(on)
    if issued_on is not None:
        held |= user.roles(issued_on)
    if grows_from is not None:
        held |= {term.role for term in user.role_terms if term.reaches_past(grows_from)}
    if not held.isdisjoint(closed_roles):
        return True
    return any(person in (user, user.pk) for person in closed_people)


def kinds_closed_to(
    user: User | AnonymousUser, closures: Mapping[Kind, Collection[Role]], *, on: date
) -> list[Kind]:
    """Of kinds that close to roles by their nature (a report's audience), those closed here."""
    return [kind for kind, roles in closures.items() if is_closed_to(user, roles, on=on)]


def open_to(
    user: User | AnonymousUser,
    *,
    on: date,
    role: str = "",
    person: str = "",
    kind: str = "",
    closures: Mapping[Kind, Collection[Role]] | None = None,
) -> Q:
    """The condition for a QuerySet: rows that are not closed to the person on a day.

    role      lookup to a closed role, on the row or on rows beside it ("closures__role")
    person    lookup to a closed person ("closures__person")
    kind      a field whose values close to roles by `closures`
    """
    if not user.is_authenticated:
        return Q(pk__in=())
    condition = Q()
    if role:
        condition &= ~Q(**{f"{role}__in": sorted(user.roles(on))})
    if person:
        condition &= ~Q(**{person: user.pk})
    if kind:
        condition &= ~Q(**{f"{kind}__in": kinds_closed_to(user, closures or {}, on=on)})
    return condition


def open_since_issue(
    user: User | AnonymousUser,
    *,
    issued_at: str,
    kind: str,
    closures: Mapping[Kind, Collection[Role]],
    zone: tzinfo,
    grows: bool = False,
) -> Q:
    """The condition for rows with an instant of issue: none issued while the person held a role
    that its kind is closed to. It stands beside `open_to`, which asks for the roles of a day.

    issued_at  the field of the instant; its legal day is the one in `zone`
    grows      more is entered after the issue: a role held on any day since bars as well
    """
    if not user.is_authenticated:
        return Q(pk__in=())
    condition = Q()
    for term in user.role_terms:
        kinds = [one for one, roles in closures.items() if term.role in roles]
        if not kinds:
            continue
        if term.starts_on == term.ends_on:
            continue
        held = Q()
        if not grows:
            held &= Q(**{f"{issued_at}__gte": datetime.combine(term.starts_on, time.min, zone)})
        if term.ends_on is not None:
            held &= Q(**{f"{issued_at}__lt": datetime.combine(term.ends_on, time.min, zone)})
        condition &= ~(Q(**{f"{kind}__in": kinds}) & held)
    return condition
