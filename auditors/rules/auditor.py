"""Which firm is the auditor of a fiscal year, among the engagements on record.

Reg. S-K 407(d)(3)(i)(C), PCAOB Rule 3526: the papers of a candidate, or of a firm that has left
and was replaced, are not those of the independent accountant.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Engaged(Protocol):
    """An engagement as auditor for the fiscal year that ends on `year_ends_on`."""

    pk: int
    year_ends_on: date
    appointed_on: date
    ended_on: date | None
    report_dated: date | None


class Appointed(Engaged, Protocol):
    """The same with the firm, so that its years can be told from another's."""

    firm_id: int


T = TypeVar("T", bound=Engaged)
A = TypeVar("A", bound=Appointed)


def reporting(rows: Iterable[T], *, on: date | None = None) -> T | None:
    """Of a year's engagements the one whose report is on it: dated, or to come from the firm
    appointed last that has not left. With `on`, as of that date."""

    def is_known(day: date | None) -> bool:
        return day is not None and (on is None or day <= on)

    return max(
        (row for row in rows if is_known(row.appointed_on)),
        key=lambda row: (
            is_known(row.report_dated),
            not is_known(row.ended_on),
            row.appointed_on,
            row.pk,
        ),
        default=None,
    )


def auditor_of(rows: Iterable[T], year_ends_on: date, *, on: date) -> T | None:
    """The engagement of the firm whose papers serve a fiscal year, as of a date: until somebody is
    appointed for it, the auditor of the last year before. None while none is on record."""
    known = [row for row in rows if row.appointed_on <= on and row.year_ends_on <= year_ends_on]
    last = max((row.year_ends_on for row in known), default=None)
    return reporting((row for row in known if row.year_ends_on == last), on=on)


def is_new(row: A, rows: Iterable[A], *, year_before_ends_on: date, since: int | None) -> bool:
    """Whether an appointment is a new firm's: it had no engagement for the year before.

    Where nobody's engagement for that year is on record, its tenure decides; where that is unknown
    too, whether another firm stands on record after the firm's own last engagement.
    """
    earlier = [
        each
        for each in rows
        if (each.appointed_on, each.pk) < (row.appointed_on, row.pk)
        and each.year_ends_on <= row.year_ends_on
    ]
    own = [each.year_ends_on for each in earlier if each.firm_id == row.firm_id]
    own_last = max(own, default=date.min)
    last = max((each.year_ends_on for each in earlier), default=date.min)
    if own_last >= year_before_ends_on:
        return False
    if last >= year_before_ends_on:
        return True
    if since is not None and not own:
        return since >= row.appointed_on.year
    return last > own_last
