"""RULE-42: how long a case is retained, by country layer. Information only, not advice.

United States: good practice, seven years from the last closing. Germany: HinSchG s. 11(5), three
years from the end of the procedure. Italy: D.Lgs. 24/2023 Art. 14, at most five years from the date
on which the outcome was told.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from whistleblower.enums import Country, RetentionKind

WARN_BEFORE = timedelta(days=60)
LINE_TEST_AFTER = timedelta(days=90)


@dataclass(frozen=True)
class Layer:
    kind: RetentionKind
    years: int
    # Counted from the date the outcome was told; otherwise from the last closing.
    from_outcome: bool = False


LAYERS: dict[Country, Layer] = {
    Country.US: Layer(RetentionKind.FLOOR, 7),
    Country.GERMANY: Layer(RetentionKind.DUE, 3),
    Country.ITALY: Layer(RetentionKind.CEILING, 5, from_outcome=True),
}


@dataclass(frozen=True)
class Retention:
    """What is known of deleting a case on a date.

    may_delete   deletion is not refused
    from_on      the first date on which it may be deleted
    last_on      the last date on which it should still be there, for a due date or a ceiling
    warns        that date is at most 60 days away
    is_past      that date has passed
    is_longer    that date is later than the law's, for a recorded reason
    """

    may_delete: bool
    from_on: date | None = None
    last_on: date | None = None
    warns: bool = False
    is_past: bool = False
    is_longer: bool = False


NEVER = Retention(may_delete=False)


def retention(
    country: Country,
    today: date,
    *,
    closed_on: date | None,
    outcome_on: date | None = None,
    is_held: bool = False,
    longer_until: date | None = None,
) -> Retention:
    """An open case has no date. A hold overrides everything; a recorded reason to keep it longer
    moves a due date to the date of the next look, never a ceiling."""
    if is_held or closed_on is None:
        return NEVER
    layer = LAYERS[country]
    begins = outcome_on or closed_on if layer.from_outcome else closed_on
    end = begins + relativedelta(years=layer.years)
    if layer.kind == RetentionKind.FLOOR:
        return Retention(may_delete=today > end, from_on=end + timedelta(days=1))
    longer = longer_until if longer_until and may_be_longer(country) else end
    last = max(end, longer)
    return Retention(
        # A due date is when the law has it deleted, not before; a ceiling refuses nothing.
        may_delete=layer.kind == RetentionKind.CEILING or today >= end,
        last_on=last,
        warns=last - WARN_BEFORE <= today <= last,
        is_past=today > last,
        is_longer=last > end,
    )


def may_be_longer(country: Country) -> bool:
    """Whether a recorded reason moves the last date (HinSchG s. 11(5), second sentence). Past a
    ceiling a case is retained under a legal hold only."""
    return LAYERS[country].kind == RetentionKind.DUE


def line_test(today: date, *, closed_on: date | None, is_held: bool = False) -> Retention:
    """A line test, or spam by two readers, may go 90 days after it was closed."""
    if is_held or closed_on is None:
        return NEVER
    first = closed_on + LINE_TEST_AFTER
    return Retention(may_delete=today >= first, from_on=first)
