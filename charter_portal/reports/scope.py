"""What a report covers: the period, the day of its standings, the audience, what is asked.

Pure but for its words: today is an argument.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from charter_portal.enums import Audience
from charter_portal.reports.report import Ask
from records.calendar import DAY, Calendar
from records.dates import long_day


@dataclass(frozen=True)
class Scope:
    """`asks` as the secretary wrote them; None stands for those the portal finds itself."""

    period_from: date
    period_to: date
    as_of: date
    audience: Audience = Audience.BOARD
    asks: tuple[Ask, ...] | None = field(default=None)

    def reports_on(self, day: date) -> bool:
        """Whether what happened on a day is told: in the period, and no later than the standings."""
        return self.period_from <= day <= min(self.period_to, self.as_of)

    def refuse_what_is_false(self, today: date) -> None:
        """A report on days that have not come, or on none, would be a false statement."""
        errors = {}
        if self.period_from > self.period_to:
            errors["period_to"] = _("The period ends before it begins. Enter a later end date.")
        elif self.period_to > today:
            errors["period_to"] = _(
                "The period ends after today. Enter %(today)s or an earlier date."
            ) % {"today": long_day(today)}
        if self.as_of > today:
            errors["as_of"] = _(
                "The status is known up to today, %(today)s. Enter that date or an earlier one."
            ) % {"today": long_day(today)}
        elif self.as_of < self.period_from:
            errors["as_of"] = _(
                "This date is before the period begins. Enter a date in the period or later."
            )
        if errors:
            raise ValidationError(errors)


def default_as_of(period_to: date, today: date) -> date:
    """The period's last day, but not after today."""
    return min(period_to, today)


def default_period(
    last_reported: date | None, calendar: Calendar, today: date
) -> tuple[date, date]:
    """Since the last issued report, or from the fiscal year's first day, until today."""
    first = last_reported + DAY if last_reported else calendar.year_of(today).first
    return min(first, today), today
