"""The page of deadlines: what falls due, by the people who are reminded of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from accounts.person import Person
from charters.reminders import EVENTS, LAPSES, Reminder
from records.navigation import opens

SOON = timedelta(days=90)


@dataclass(frozen=True)
class DeadlineRow:
    """One deadline: its day, why, and the day on which these people are next reminded of it.

    `url` is empty where the reader may not open the page it leads to; an owner may open theirs.
    """

    what: str
    because: str
    url: str
    due_on: date
    next_on: date
    is_past: bool
    whom: str = ""


@dataclass(frozen=True)
class DeadlineGroup:
    """What the same people are reminded of, or what leads the page whoever is. `names` are shown
    below where `people` says what they are."""

    people: str
    names: str
    is_yours: bool
    rows: tuple[DeadlineRow, ...]
    # What leads the page, what is the reader's and the first of the others; the rest is folded.
    is_open: bool = False


def groups(found: Iterable[Reminder], reader: User, day: date) -> list[DeadlineGroup]:
    """Events and conditions about to lapse, whoever is reminded. Then all else by the people who are
    reminded: the reader's own first, then the people whose first date is the earliest. Within, by
    date, so that what was due leads and what is due next follows."""
    by_deadline = groupby(sorted(found, key=_by_deadline), key=_by_deadline)
    rows: dict[tuple[Person, ...], list[DeadlineRow]] = {}
    leading: dict[str, list[DeadlineRow]] = {EVENTS: [], LAPSES: []}
    for __, reminders in by_deadline:
        listed = list(reminders)
        people = tuple(dict.fromkeys(each.person for each in listed if each.person))
        row = _row(listed, day)
        if not _includes(people, reader) and not opens(row.url, reader):
            row = replace(row, url="")
        if (source := listed[0].source.name) in leading:
            leading[source].append(replace(row, whom=_names(people)[0]))
        else:
            rows.setdefault(people, []).append(row)
    first = [
        DeadlineGroup(title, "", False, tuple(sorted(leading[source], key=_by_due)))
        for source, title in ((EVENTS, _("Events")), (LAPSES, _("Conditions about to lapse")))
        if leading[source]
    ]
    made = [
        DeadlineGroup(*_names(people), _includes(people, reader), tuple(sorted(mine, key=_by_due)))
        for people, mine in rows.items()
    ]
    made.sort(key=lambda each: (not each.is_yours, each.rows[0].due_on, each.people, each.names))
    first = [replace(group, is_open=True) for group in first]
    return first + [
        replace(each, is_open=each.is_yours or not place) for place, each in enumerate(made)
    ]


def shown(found: Iterable[Reminder], choice: str, day: date) -> list[Reminder]:
    """Of all reminders, those of the deadlines that were asked for."""
    match choice:
        case "soon":
            soon = {_by_deadline(each) for each in found if each.on <= day + SOON}
            return [each for each in found if _by_deadline(each) in soon]
        case "past":
            return [each for each in found if each.due_on < day]
    return list(found)


def _row(reminders: list[Reminder], day: date) -> DeadlineRow:
    first = reminders[0]
    return DeadlineRow(
        what=first.deadline.what,
        because=first.because,
        url=first.deadline.url,
        due_on=first.due_on,
        next_on=first.on,
        is_past=first.due_on < day,
    )


def _includes(people: tuple[Person, ...], reader: User) -> bool:
    return any(person.pk == reader.pk for person in people)


def _names(people: tuple[Person, ...]) -> tuple[str, str]:
    """Only the secretaries are ever reminded together."""
    if not people:
        return pgettext("the person reminded", "Nobody. No corporate secretary is on record."), ""
    names = get_text_list([str(person) for person in people], _("and"))
    return (names, "") if len(people) == 1 else (_("The corporate secretaries"), names)


def _by_deadline(each: Reminder) -> tuple[str, date]:
    return (each.deadline.key, each.due_on)


def _by_due(row: DeadlineRow) -> tuple[date, str]:
    return (row.due_on, row.what)
