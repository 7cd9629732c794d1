"""Where responsibilities stand, the slow and obvious way: from the plain facts, day by day.

Nothing here is taken from the portal's rules. Each function is what a lawyer would do with a list of
dated facts and a calendar. The company's year is the calendar year.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Protocol

from charter_portal.tests.year.facts import (
    Determined,
    Lost,
    Met,
    Paid,
    Seat,
    Served,
    Transaction,
)

ON_FILE, DUE, NOT_ON_FILE, OPEN = "on_file", "due", "not_on_file", "open"
NOT_APPLICABLE = "not_applicable"
DAY = timedelta(days=1)


class Facts(Protocol):
    """What was recorded."""

    seats: list[Seat]
    determined: list[Determined]
    lost: list[Lost]
    paid: list[Paid]
    served: list[Served]
    met: list[Met]
    transactions: list[Transaction]
    policies: list[date]


def same_day_in(day: date, years: int) -> date:
    """The same date so many years later, or before; February 29 becomes February 28."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def sitting(facts: Facts, day: date) -> list[str]:
    return [seat.person for seat in facts.seats if seat.covers(day)]


# M-1. Independence.


def was_determined(facts: Facts, person: str, what: str, day: date) -> bool:
    return any(
        one.person == person and one.what == what and one.on <= day for one in facts.determined
    )


def is_barred(facts: Facts, person: str, day: date) -> bool:
    """More than $120,000 to a brother in any twelve months of the last three years."""
    back = same_day_in(day, -3)
    paid = [one for one in facts.paid if one.person == person and back <= one.on <= day]
    for opens in days(back, day):
        ends = same_day_in(opens, 1) - DAY
        if sum(one.dollars for one in paid if opens <= one.on <= ends) > 120_000:
            return True
    return False


def loss_of(facts: Facts, person: str, day: date) -> Lost | None:
    """The member ceased to be independent by that date, and no later determination is on record."""
    for lost in facts.lost:
        if lost.person == person and lost.on <= day:
            is_restored = any(
                one.person == person and one.what == "independent" and lost.on < one.on <= day
                for one in facts.determined
            )
            return None if is_restored else lost
    return None


def is_eligible(facts: Facts, person: str, day: date) -> bool:
    return (
        was_determined(facts, person, "independent", day)
        and not is_barred(facts, person, day)
        and loss_of(facts, person, day) is None
    )


def next_meeting(meetings: list[date], day: date) -> date | None:
    later = [on for on in meetings if on > day]
    return min(later) if later else None


def may_stay_until(lost: Lost, meetings: list[date]) -> date:
    """The earlier of the next annual meeting and one year from the event."""
    a_year_on, meeting = same_day_in(lost.on, 1), next_meeting(meetings, lost.on)
    return meeting if meeting and meeting < a_year_on else a_year_on


def stays_under_a_cure(facts: Facts, day: date, meetings: list[date]) -> bool:
    """One member alone lacks independence, lost it while sitting, beyond their control, and the
    exchange was told."""
    lacking = [each for each in sitting(facts, day) if not is_eligible(facts, each, day)]
    if len(lacking) != 1:
        return False
    lost = loss_of(facts, lacking[0], day)
    return (
        lost is not None
        and lacking[0] in sitting(facts, lost.on)
        and was_determined(facts, lacking[0], "independent", lost.on - DAY)
        and not lost.is_within_control
        and lost.notified_on is not None
        and lost.notified_on <= day <= may_stay_until(lost, meetings)
    )


def independence(facts: Facts, day: date, meetings: list[date]) -> str:
    members = sitting(facts, day)
    if members and all(is_eligible(facts, each, day) for each in members):
        return ON_FILE
    return DUE if members and stays_under_a_cure(facts, day, meetings) else OPEN


def literacy(facts: Facts, day: date) -> str:
    members = sitting(facts, day)
    found = all(was_determined(facts, each, "literate", day) for each in members)
    return ON_FILE if members and found else OPEN


def sophistication(facts: Facts, day: date) -> str:
    found = (was_determined(facts, each, "sophisticated", day) for each in sitting(facts, day))
    return ON_FILE if any(found) else OPEN


# M-0. Three or more.


def size(facts: Facts, day: date, meetings: list[date]) -> str:
    if len(sitting(facts, day)) >= 3:
        return ON_FILE
    event = day
    while len(sitting(facts, event - DAY)) < 3:
        event -= DAY
    left = [
        seat
        for seat in facts.seats
        if seat.until and event <= seat.until <= day and seat.person not in sitting(facts, day)
    ]
    if len(sitting(facts, day)) < 2 or len(left) != 1:
        return OPEN
    if stays_under_a_cure(facts, day, meetings):
        return OPEN
    told = left[0].notified_on
    if told is None or told > day:
        return OPEN
    return DUE if day <= filled_by(facts, left[0], event, meetings) else OPEN


def filled_by(facts: Facts, left: Seat, event: date, meetings: list[date]) -> date:
    """The earlier of the next annual meeting and a year; at least 180 days where that meeting comes
    within them. Counted from the loss of independence of a member who then left."""
    assert left.until is not None
    lost = loss_of(facts, left.person, left.until - DAY)
    if (
        lost
        and left.person in sitting(facts, lost.on)
        and was_determined(facts, left.person, "independent", lost.on - DAY)
    ):
        event = min(event, lost.on)
    meeting, a_year_on = next_meeting(meetings, event), same_day_in(event, 1)
    if meeting and meeting <= event + 180 * DAY:
        return event + 180 * DAY
    return meeting if meeting and meeting < a_year_on else a_year_on


# Yearly responsibilities.


def times_served(facts: Facts, duty: str, year: int, day: date) -> int:
    """On how many dates, by that day, something was recorded for the fiscal year."""
    if duty == "four-meetings":
        held = {one.on for one in facts.met if one.present > one.serving // 2}
        return len({on for on in held if on.year == year and on <= day})
    mine = [one for one in facts.served if one.duty == duty and one.year_end.year == year]
    return len({one.on for one in mine if one.on <= day})


def yearly(facts: Facts, duty: str, day: date, due: tuple[int, int], times: int = 1) -> str:
    """Served this year: on file. Past its date, or nothing for the year before: not on file.
    Otherwise on file while the date is more than 60 days ahead and the year before was served."""
    month, due_day = due
    due_on = date(day.year, month, min(due_day, monthrange(day.year, month)[1]))
    if times_served(facts, duty, day.year, day) >= times:
        return ON_FILE
    if day > due_on:
        return NOT_ON_FILE
    first_year = 2027
    was_served = times_served(facts, duty, day.year - 1, day) >= times
    if day.year > first_year and not was_served:
        return NOT_ON_FILE
    return ON_FILE if was_served and due_on - day > 60 * DAY else DUE


def policy(facts: Facts, day: date, due: tuple[int, int]) -> str:
    """None was ever adopted: open. Otherwise adopted, or reviewed, once in the year."""
    if not any(on <= day for on in facts.policies):
        return OPEN
    return yearly(facts, "pre-approval-policy", day, due)


# Related-party transactions: reviewed before they are signed.


def transactions(facts: Facts, day: date) -> str:
    known = [one for one in facts.transactions if one.known_on <= day]
    waiting = [one for one in known if not (one.reviewed_on and one.reviewed_on <= day)]
    if any(one.signed_on < day for one in waiting):
        return NOT_ON_FILE
    if waiting:
        return DUE
    this_year = [
        one for one in known if day.year in (one.known_on.year, (one.reviewed_on or day).year)
    ]
    return ON_FILE if this_year else NOT_APPLICABLE
