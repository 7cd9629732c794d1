"""The page of clocks: what falls due, by the people who are reminded of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from committees.reminders import Reminder

SOON = timedelta(days=90)


@dataclass(frozen=True)
class ClockRow:
    """One clock: its day, why, and the day on which these people are next reminded of it."""

    what: str
    because: str
    url: str
    due_on: date
    next_on: date
    is_past: bool


@dataclass(frozen=True)
class ClockGroup:
    """What the same people are reminded of. `names` stand below where `people` says what they are."""

    people: str
    names: str
    is_yours: bool
    rows: tuple[ClockRow, ...]


def groups(found: Iterable[Reminder], reader: User, day: date) -> list[ClockGroup]:
    """By the people who are reminded, the reader's own first; within, by the next reminder."""
    by_clock = groupby(sorted(found, key=_by_clock), key=_by_clock)
    rows: dict[tuple[User, ...], list[ClockRow]] = {}
    for __, reminders in by_clock:
        listed = list(reminders)
        people = dict.fromkeys(each.person for each in listed if each.person)
        rows.setdefault(tuple(people), []).append(_row(listed, day))
    made = [
        ClockGroup(*_names(people), reader in people, tuple(sorted(mine, key=_by_next)))
        for people, mine in rows.items()
    ]
    return sorted(made, key=lambda group: (not group.is_yours, group.people, group.names))


def shown(found: Iterable[Reminder], choice: str, day: date) -> list[Reminder]:
    """Of all reminders, those of the clocks that were asked for."""
    match choice:
        case "soon":
            soon = {_by_clock(each) for each in found if each.on <= day + SOON}
            return [each for each in found if _by_clock(each) in soon]
        case "past":
            return [each for each in found if each.due_on < day]
    return list(found)


def _row(reminders: list[Reminder], day: date) -> ClockRow:
    first = reminders[0]
    return ClockRow(
        what=first.clock.what,
        because=first.because,
        url=first.clock.url,
        due_on=first.due_on,
        next_on=first.on,
        is_past=first.due_on < day,
    )


def _names(people: tuple[User, ...]) -> tuple[str, str]:
    """Only the secretaries are ever reminded together."""
    if not people:
        return pgettext("who is reminded", "Nobody: no corporate secretary is on record"), ""
    names = get_text_list([str(person) for person in people], _("and"))
    return (names, "") if len(people) == 1 else (_("The corporate secretaries"), names)


def _by_clock(each: Reminder) -> tuple[str, date]:
    return (each.clock.key, each.due_on)


def _by_next(row: ClockRow) -> tuple[date, date, str]:
    return (row.next_on, row.due_on, row.what)
