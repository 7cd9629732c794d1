"""Notices after a membership event: to the exchange, and on Form 8-K (RULE-12).

Nasdaq asks for notice as soon as the company learns of it (5605(c)(4), FAQ 93 and 94), which is read
as the same day. Form 8-K has three clocks of their own: Item 3.01(b) runs from the company's own
notice, Item 3.01(a) from the exchange's letter, and Item 5.02(b) from the notice of the decision to
leave, of a director who leaves the Board.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from committees.rules.composition import Seat, required_on, vacated
from committees.rules.phase_in import Offering
from records.calendar import DAY, Calendar
from records.filing_calendar import current_report_due
from records.rule_data import RuleData


class Notice(Enum):
    """What is due, each with its citation."""

    EXCHANGE = "Nasdaq 5605(c)(4)"
    SHORTFALL = "Form 8-K, Item 3.01(b)"
    LETTER = "Form 8-K, Item 3.01(a)"
    DEPARTURE = "Form 8-K, Item 5.02(b)"

    @property
    def citation(self) -> str:
        return self.value


@dataclass(frozen=True)
class MembershipEvent:
    """What happened, as far as it is known.

    short_from            the day from which the committee lacks what the exchange asks for; None
                          where it lacks nothing
    exchange_notified_on  the company's own notice to the exchange
    exchange_letter_on    the exchange's letter on it was received
    decision_told_on      the director gave notice of the decision to leave
    leaves_board          the director leaves the Board; leaving the committee alone is no Item 5.02(b)
    """

    short_from: date | None = None
    exchange_notified_on: date | None = None
    exchange_letter_on: date | None = None
    decision_told_on: date | None = None
    leaves_board: bool = False


@dataclass(frozen=True)
class NoticeDue:
    """A notice, the day from which its time is counted, and the last day for it."""

    notice: Notice
    counted_from: date
    due_on: date

    def is_late(self, done_on: date | None, day: date) -> bool:
        """Whether it was given, or as of `day` has not been given, after its due date."""
        return min(done_on or day, day) > self.due_on


def membership_notices(
    event: MembershipEvent, calendar: Calendar, rules: RuleData
) -> tuple[NoticeDue, ...]:
    """RULE-12: every notice that the event asks for, in the order of the enumeration."""
    return tuple(_notices(event, calendar, rules))


def _notices(event: MembershipEvent, calendar: Calendar, rules: RuleData) -> Iterator[NoticeDue]:
    if event.short_from is not None:
        yield NoticeDue(Notice.EXCHANGE, event.short_from, event.short_from)
    told = event.decision_told_on if event.leaves_board else None
    clocks = {
        Notice.SHORTFALL: event.exchange_notified_on,
        Notice.LETTER: event.exchange_letter_on,
        Notice.DEPARTURE: told,
    }
    for notice, begins in clocks.items():
        if begins is not None:
            yield NoticeDue(notice, begins, current_report_due(begins, calendar, rules))


@dataclass(frozen=True)
class Shortfall:
    """The committee came to have too few members on a day, by the end of these seats."""

    on: date
    left: tuple[Seat, ...]

    @property
    def exchange_notified_on(self) -> date | None:
        return min((on for seat in self.left if (on := seat.exchange_notified_on)), default=None)


def shortfalls(seats: Sequence[Seat], offering: Offering | None = None) -> Iterator[Shortfall]:
    """RULE-12: each day on which seats ended and too few members were left, the earliest first.

    Whoever leaves a committee that is short already changes nothing of what was to be notified.
    """
    for on in sorted({seat.until for seat in seats if seat.until}):
        before, after = (
            len({seat.person for seat in seats if seat.covers(day)}) for day in (on - DAY, on)
        )
        if after < required_on(on, offering) <= before:
            yield Shortfall(on, tuple(vacated(seats, on)))
