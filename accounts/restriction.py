"""Restrictions (docs/access.md): the roles and people an item is restricted from, and since when.

Rights of several roles add up; a restriction overrides them all. Whoever holds one restricted role,
or is named, does not see the item, whatever other role they hold. A secretary who is also
management does not open what is restricted from management; a second secretary does.

A role held on the day the item was issued bars as one held today does: giving the role up opens
nothing. An item to which more is added after its issue bars whoever held the role on any day since.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Q

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from accounts.enums import Role
    from accounts.models import User
    from accounts.person import Person


@dataclass(frozen=True)
class Restriction:
    """What one item is restricted from.

    roles   whoever holds one of them is barred
    people  primary keys of the people who are barred by name
    since   the day the item was issued; None: only roles held on the day itself bar
    grows   more is added after `since`: a role held on any day since then bars as well
    url     where the record is seen that the item is about: whoever is recused from what came of
            the record is barred (accounts.withheld)
    """

    roles: frozenset[Role] = frozenset()
    people: frozenset[int] = frozenset()
    since: date | None = None
    grows: bool = False
    url: str = ""

    def __post_init__(self) -> None:
        if self.grows and self.since is None:
            raise ValueError("A restriction that grows needs the day since when.")

    def bars(self, user: User | Person | AnonymousUser, *, on: date) -> bool:
        """Whether the item is closed to a person on a day; to anybody who is not signed in it is."""
        if not user.is_authenticated or user.pk in self.people:
            return True
        if self.url and self.url in user.withheld.urls:
            return True
        return bool(self.roles) and any(
            span.role in self.roles and span.includes(self.since)
            for span in barred_spans(user, on=on, grows=self.grows)
        )

    @property
    def names_anybody(self) -> bool:
        """Whether it restricts from any role or person by itself."""
        return bool(self.roles or self.people)

    def at(self, url: str) -> Restriction:
        """The same of what is about the record at an address."""
        return replace(self, url=url) if url else self


UNRESTRICTED = Restriction()


@dataclass(frozen=True)
class Together:
    """The restrictions of several records, to be asked at once: those that name somebody, and the
    addresses of all the records."""

    named: frozenset[Restriction]
    urls: frozenset[str]

    @classmethod
    def of(cls, restrictions: Iterable[Restriction]) -> Together:
        found = frozenset(restrictions)
        return cls(
            frozenset(each for each in found if each.names_anybody),
            frozenset(each.url for each in found if each.url),
        )

    @classmethod
    def all_of(cls, several: Iterable[Together]) -> Together:
        found = list(several)
        return cls(
            frozenset().union(*(each.named for each in found)),
            frozenset().union(*(each.urls for each in found)),
        )


def of_record(record: Any) -> Restriction:
    """The restriction of a record with a page of its own, recusals included."""
    own = getattr(record, "restriction", UNRESTRICTED)
    found: Restriction = own.at(record.get_absolute_url())
    return found


def open_rows(user: User | AnonymousUser, *, on: date, grows: bool = False) -> Q:
    """The rows of a `Restricted` model whose restriction does not bar a person on a day."""
    if not user.is_authenticated:
        return Q(pk__in=())
    barred = Q(restricted_people__contains=mark(user.pk))
    for span in barred_spans(user, on=on, grows=grows):
        barred |= Q(restricted_roles__contains=mark(span.role)) & span.condition()
    return ~barred


def mark(key: Role | int | str) -> str:
    """How a key stands in the column of a set, from one comma to the next."""
    return f",{key},"


@dataclass(frozen=True)
class BarredSpan:
    """What a role bars: items restricted from it that were issued from `first` until (not
    including) `until`. None: without limit on that side."""

    role: Role
    first: date | None = None
    until: date | None = None

    def includes(self, since: date | None) -> bool:
        """Whether an item issued on a day is barred; without a day, only by a span without limit."""
        if since is None:
            return self.first is None and self.until is None
        return (self.first is None or self.first <= since) and (
            self.until is None or since < self.until
        )

    def condition(self) -> Q:
        """The same, as a condition for rows."""
        found = Q()
        if self.first is not None:
            found &= Q(restricted_since__gte=self.first)
        if self.until is not None:
            found &= Q(restricted_since__lt=self.until)
        return found


def barred_spans(user: User | Person, *, on: date, grows: bool) -> Iterator[BarredSpan]:
    """What the roles of a person bar on a day, a span for each term that was ever held.

    The predicate and the condition for rows both read them.
    """
    for term in user.role_terms:
        role = term.role_word
        if term.starts_on == term.ends_on:
            continue
        if term.covers(on):
            yield BarredSpan(role)
        elif grows:
            yield BarredSpan(role, None, term.ends_on)
        else:
            yield BarredSpan(role, term.starts_on, term.ends_on)
