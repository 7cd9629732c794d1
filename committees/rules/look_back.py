"""Look-backs: conventions C1 and C2.

A look-back of n years from a day D covers [D minus n years, D], both ends included. February 29
less a year is February 28. A twelve-month window that opens on p is [p, p + 12 months - 1 day].
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from records.calendar import DAY, plus_months


def begins(day: date, years: int) -> date:
    """The first day of the look-back from `day`."""
    return plus_months(day, -12 * years)


def covers(fact: date, day: date, years: int) -> bool:
    """Whether the look-back from `day` reaches a fact of the day `fact`."""
    return begins(day, years) <= fact <= day


def first_clear_date(last: date, years: int) -> date:
    """The first day whose look-back no longer reaches a fact that ended on `last`."""
    day = plus_months(last, 12 * years)
    while begins(day, years) <= last:
        day += DAY
    return day


def window_ends(first: date) -> date:
    """The last day of the twelve-month window that opens on `first`."""
    return plus_months(first, 12) - DAY


@dataclass(frozen=True, order=True)
class Span:
    """From a day through `last`, both included. Without `last` it has not ended."""

    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def has_ended(self, day: date) -> bool:
        return self.last is not None and self.last < day

    def is_reached(self, day: date, years: int) -> bool:
        """Whether a part of it lies in the look-back from `day`."""
        return self.first <= day and (self.last is None or self.last >= begins(day, years))

    def clear_on(self, years: int) -> date | None:
        """The first day whose look-back does not reach it; None while no end is on record."""
        return first_clear_date(self.last, years) if self.last else None

    @property
    def is_at_most_a_year(self) -> bool:
        """One year exactly is included."""
        return self.last is not None and self.last <= window_ends(self.first)


def joined(spans: Iterable[Span]) -> Iterator[Span]:
    """The same days in as few spans as they make, oldest first."""
    current: Span | None = None
    for span in sorted(spans, key=lambda span: span.first):
        if current is None:
            current = span
        elif current.last is None or span.first <= current.last + DAY:
            open_ended = current.last is None or span.last is None
            last = None if open_ended else max(current.last or date.min, span.last or date.min)
            current = Span(current.first, last)
        else:
            yield current
            current = span
    if current is not None:
        yield current
