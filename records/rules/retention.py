"""How long a document is kept (docs/documents.md). No database, no clock.

Drafts, and papers that a later version superseded, are no records: they go thirty days after that.
What is kept permanently stays in every version. Everything else goes when its term of years has ended.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from records.enums import DeletionReason, Retention

A_MONTH = timedelta(days=30)
YEARS = {Retention.SEVEN_YEARS: 7, Retention.ONE_YEAR: 1}


@dataclass(frozen=True)
class Term:
    """Why a document goes one day, and the first day on which it may: none while its time has not
    begun."""

    because: DeletionReason
    over_on: date | None

    def is_over(self, today: date) -> bool:
        return self.over_on is not None and self.over_on <= today


def term(retention: Retention, runs_from: date | None, *, is_superseded: bool) -> Term | None:
    """The term of a document whose time is counted from a day; None: it is kept permanently."""
    if retention is Retention.FOR_GOOD:
        return None
    because = _because(retention, is_superseded=is_superseded)
    if runs_from is None:
        return Term(because, None)
    length = (
        A_MONTH if because is not DeletionReason.TERM else relativedelta(years=YEARS[retention])
    )
    return Term(because, runs_from + length)


def begun_by(retention: Retention, today: date, *, is_superseded: bool) -> date:
    """No document whose time began after this day is over today. A day too late where a leap day
    makes a year end early, for it only spares reading what cannot be over."""
    is_term = _because(retention, is_superseded=is_superseded) is DeletionReason.TERM
    length = relativedelta(years=YEARS[retention]) if is_term else A_MONTH
    return today - length + timedelta(days=1)


def _because(retention: Retention, *, is_superseded: bool) -> DeletionReason:
    if retention is Retention.DRAFT:
        return DeletionReason.DRAFT
    return DeletionReason.SUPERSEDED if is_superseded else DeletionReason.TERM
