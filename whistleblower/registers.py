"""Who is who in the registers of the company, for conflicts: the same person has one name in all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from charters.models import Committee
from committees.models import ChairTerm, Director, Membership, Officer
from whistleblower.crypto.roster import Entry, Roster
from whistleblower.enums import ReaderRole
from whistleblower.rules import conflicts
from whistleblower.rules.wording import plain


@dataclass(frozen=True)
class Person:
    """Somebody a reporter may tick: `key` is what the rules compare."""

    key: str
    name: str
    title: str
    # An officer's titles one by one, for pages in another language.
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Registers:
    """Directors and officers on a date."""

    directors: tuple[Person, ...]
    officers: tuple[Person, ...]
    lines: tuple[conflicts.Officer, ...]
    committee: tuple[str, ...]

    @property
    def people(self) -> tuple[Person, ...]:
        return (*self.officers, *self.directors)


def director_key(director: Director) -> str:
    return f"director-{director.pk}"


def registers(on: date) -> Registers:
    """Directors in any seat and officers in office on a date, the same human being once."""
    seats = list(Membership.objects.in_office(on).select_related("director", "committee"))
    directors = {seat.director_id: seat.director for seat in seats}
    in_office = list(Officer.objects.in_office(on).order_by("pk"))
    key = _keys(directors.values(), in_office)
    audit = Committee.objects.audit()
    people = {key[each.pk]: each for each in reversed(in_office)}
    return Registers(
        directors=tuple(
            Person(director_key(each), each.name, "")
            for each in sorted(directors.values(), key=lambda each: each.sort_name or each.name)
        ),
        officers=tuple(
            _officer(uid, each.name, key, in_office)
            for uid, each in sorted(people.items(), key=lambda pair: pair[1].name)
        ),
        lines=_lines(in_office, key),
        committee=tuple(
            sorted({director_key(seat.director) for seat in seats if seat.committee == audit})
        ),
    )


def _lines(in_office: Iterable[Officer], key: dict[int, str]) -> tuple[conflicts.Officer, ...]:
    """Who reports to whom. A line to a row that ended leads on to the row which the same person has
    now, after a change of title, else to whom that person reported."""
    rows = {each.pk: each for each in Officer.objects.all()}
    by_name = {plain(rows[pk].name): uid for pk, uid in key.items()}

    def above(officer: Officer) -> str | None:
        passed: set[int] = set()
        at = officer.reports_to_id
        while at is not None and at not in passed:
            passed.add(at)
            if found := key.get(at) or by_name.get(plain(rows[at].name)):
                return found
            at = rows[at].reports_to_id
        return None

    return tuple(conflicts.Officer(key[each.pk], above(each)) for each in in_office)


def officers_ever() -> frozenset[str]:
    """Everybody who is or was an officer, under every key that one of their rows had on some date: a
    report keeps the key of its own date, before a change of title or a seat on the Board."""
    officers = list(Officer.objects.all())
    accounts = {each.user_id for each in officers if each.user_id}
    names = {plain(each.name) for each in officers}
    return frozenset(
        {f"officer-{each.pk}" for each in officers}
        | {
            director_key(each)
            for each in Director.objects.all()
            if each.user_id in accounts or plain(each.name) in names
        }
    )


def names_ever(roster: Roster | None) -> dict[str, str]:
    """Who each key of the registers is, also of people who have left since."""
    directors, officers = list(Director.objects.all()), list(Officer.objects.order_by("pk"))
    key = _keys(directors, officers)
    return {
        **{key[each.pk]: each.name for each in officers},
        **{director_key(each): each.name for each in directors},
        **{each.person: each.name for each in (roster.entries if roster else ())},
    }


def _keys(directors: Iterable[Director], officers: Iterable[Officer]) -> dict[int, str]:
    """By officer, who it is: a director by account or by name, else the first row of that name."""
    known = list(directors)
    by_user = {each.user_id: director_key(each) for each in known if each.user_id}
    by_name = {plain(each.name): director_key(each) for each in known}
    found: dict[int, str] = {}
    for each in officers:
        name = plain(each.name)
        key = by_user.get(each.user_id or 0) or by_name.get(name) or f"officer-{each.pk}"
        found[each.pk] = key
        by_name.setdefault(name, key)
        if each.user_id:
            by_user.setdefault(each.user_id, key)
    return found


def _officer(uid: str, name: str, key: dict[int, str], officers: Iterable[Officer]) -> Person:
    titles = tuple(each.title for each in officers if key[each.pk] == uid)
    return Person(uid, name, ", ".join(titles), titles)


def titles_of(found: Registers) -> list[str]:
    """Every title that an officer holds, each once."""
    return sorted({title for each in found.officers for title in each.titles})


def person_of(user_id: int, uid: str, name: str, on: date) -> str:
    """Who a reader is in the registers, by account or by name; somebody of their own, where they
    stand in none."""
    director = Director.objects.filter(user=user_id).first()
    if director:
        return director_key(director)
    return _by_name(registers(on)).get(plain(name), f"reader-{uid}")


def _by_name(found: Registers) -> dict[str, str]:
    return {plain(each.name): each.key for each in found.people}


def known_as(entry: Entry, found: Registers) -> str:
    """The key by which somebody on the list is ticked. Where the list was signed before an account
    was linked to its director, the name tells that both are one."""
    if entry.person in {each.key for each in found.people}:
        return entry.person
    return _by_name(found).get(plain(entry.name), entry.person)


def usual_role(user_id: int, on: date) -> ReaderRole:
    """The role in which a person reads, as far as the registers tell."""
    audit, board = Committee.objects.audit(), Committee.objects.board()
    seats = Membership.objects.in_office(on).filter(director__user=user_id)
    chairs = {
        term.membership.committee_id
        for term in ChairTerm.objects.filter(membership__in=seats).select_related("membership")
        if term.covers(on)
    }
    if audit and audit.pk in chairs:
        return ReaderRole.CHAIR
    if audit and seats.filter(committee=audit).exists():
        return ReaderRole.MEMBER
    if board and seats.filter(committee=board).exists():
        return ReaderRole.BOARD_CHAIR
    return ReaderRole.COUNSEL


def readers_of(
    roster: Roster, found: Registers, proven: frozenset[str] | None = None
) -> list[conflicts.Reader]:
    """The readers on a list, in its order, as the rules know them."""
    return [
        conflicts.Reader(
            each.uid,
            each.role,
            known_as(each, found),
            is_proven=proven is None or each.uid in proven,
        )
        for each in roster.entries
    ]


def ticks(roster: Roster | None, found: Registers) -> list[Person]:
    """Everybody who may be ticked: readers first, then officers and directors, each once."""
    shown: dict[str, Person] = {}
    for entry in roster.entries if roster else ():
        key = known_as(entry, found)
        shown.setdefault(key, Person(key, entry.name, str(entry.role.label)))
    for person in found.people:
        shown.setdefault(person.key, person)
    return list(shown.values())


def officers_named(text: str, found: Registers) -> list[str]:
    """The officers whose name or title a text gives."""
    read = text.casefold()
    return [
        each.name
        for each in found.officers
        if any(one.casefold() in read for one in (each.name, *each.titles) if one)
    ]
