"""The arithmetic of an event's deadline, in words: the same on the page, the sheet and in a reminder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charters.enums import Counting, StartsFrom
from charters.models import EventDeadline, EventEntry
from charters.rules.counting import Count, count
from records.calendar import Calendar
from records.dates import long_day


def count_of(entry: EventEntry, deadline: EventDeadline, calendar: Calendar) -> Count | None:
    """How the deadline counts; None while the day it counts from is not known."""
    start = entry.day_of(deadline.starts)
    return count(start, deadline.days, Counting(deadline.counting), calendar) if start else None


def in_words(counted: Count, deadline: EventDeadline) -> str:
    """Ten business days from November 2, 2026, the day it was learned: day 1 is …, day 10 is …"""
    return " ".join(
        filter(None, (_begins(counted, deadline), _passed_over(counted), _moved(counted)))
    )


def _begins(counted: Count, deadline: EventDeadline) -> str:
    words = {
        "days": days_words(counted),
        "start": long_day(counted.start),
        "from": str(StartsFrom(deadline.starts).label),
        "first": long_day(counted.first),
        "last": long_day(counted.last),
        "number": counted.days,
    }
    if counted.days == 0:
        return _("Due at once: %(start)s, %(from)s.") % words
    if counted.days == 1:
        return _("%(days)s from %(start)s, %(from)s: day 1 is %(first)s.") % words
    return (
        _("%(days)s from %(start)s, %(from)s: day 1 is %(first)s, day %(number)s is %(last)s.")
        % words
    )


def days_words(counted: Count) -> str:
    if counted.counting == Counting.BUSINESS:
        words = ngettext("%(days)s business day", "%(days)s business days", counted.days)
    else:
        words = ngettext("%(days)s calendar day", "%(days)s calendar days", counted.days)
    return words % {"days": counted.days}


def _passed_over(counted: Count) -> str:
    if not counted.holidays or counted.has_moved:
        return ""
    days = _listed(counted.holidays)
    return ngettext(
        "%(days)s is a holiday and is not counted.",
        "%(days)s are holidays and are not counted.",
        len(counted.holidays),
    ) % {"days": days}


def _moved(counted: Count) -> str:
    if not counted.has_moved:
        return ""
    return _("That is not a business day, so the date moves to %(due)s.") % {
        "due": long_day(counted.due_on)
    }


def _listed(days: Sequence[date]) -> str:
    return get_text_list([long_day(day) for day in days], _("and"))
