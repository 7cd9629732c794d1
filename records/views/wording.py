"""The company's facts in words, and its fiscal years as a table."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from records.dates import long_day, short_day
from records.enums import FilerCategory, Setting, Weekday
from records.services.company import SINCE_EVER

if TYPE_CHECKING:
    from records.calendar import Calendar, Period, YearEnd
    from records.models import Company, FilerStatus

LEAP_YEAR = 2000


def year_end_words(end: YearEnd) -> str:
    """On which day the fiscal year ends: December 31; the last Saturday of September."""
    month = str(MONTHS[end.month])
    weekday = None if end.weekday is None else Weekday(end.weekday).label
    if weekday and not end.nearest:
        return _("the last %(weekday)s of %(month)s") % {"weekday": weekday, "month": month}
    if (end.month == 2 and end.day > 28) or end.day > calendar.monthrange(LEAP_YEAR, end.month)[1]:
        day = _("the last day of %(month)s") % {"month": month}
    else:
        day = date_format(date(LEAP_YEAR, end.month, end.day), "MONTH_DAY_FORMAT")
    if not weekday:
        return day
    return _("the %(weekday)s nearest to %(day)s") % {"weekday": weekday, "day": day}


def since_words(day: date) -> str:
    """From when a dated fact holds; the first holds for all that was before."""
    return _("the beginning") if day <= SINCE_EVER else short_day(day)


def since_long(day: date) -> str:
    return _("the beginning") if day <= SINCE_EVER else long_day(day)


def filer_words(category: str, *, is_smaller_reporting: bool) -> str:
    label = str(FilerCategory(category).label)
    if not is_smaller_reporting:
        return label
    return _("%(category)s, smaller reporting company") % {"category": label}


def status_words(status: FilerStatus) -> str:
    return filer_words(status.category, is_smaller_reporting=status.is_smaller_reporting)


def said(company: Company) -> dict[Setting, str]:
    """Every setting in words, in the order of the page."""
    status = company.filer_statuses.order_by("effective_from").last()
    return {
        Setting.NAME: company.name,
        Setting.TICKER: company.ticker,
        Setting.EXCHANGE: company.get_exchange_display(),
        Setting.STATE: company.state,
        Setting.TIME_ZONE: company.time_zone.replace("_", " "),
        Setting.LOCALE: company.get_locale_display(),
        Setting.CURRENCY: company.currency,
        Setting.PAPER_SIZE: company.get_paper_size_display(),
        Setting.RECORDS_BEGIN: long_day(company.records_begin),
        Setting.ANNUALLY: company.get_annually_display(),
        Setting.FISCAL_YEAR_END: year_end_words(company.calendar.year_ends[-1]),
        Setting.FILER_STATUS: filer_words(
            status.category, is_smaller_reporting=status.is_smaller_reporting
        )
        if status
        else "",
        Setting.NEW_ACCOUNTS: company.get_new_accounts_display(),
    }


@dataclass(frozen=True)
class YearLine:
    """A fiscal year as the calendar has it."""

    name: str
    first: date
    last: date
    quarters: str
    length: str
    is_running: bool


def outlook(years: Calendar, today: date) -> list[YearLine]:
    """The fiscal year before this one, this one, and the next two."""
    running = years.year_of(today)
    ahead = years.year_after(running)
    shown = (years.year_before(running), running, ahead, years.year_after(ahead))
    return [_line_of(year, years, today) for year in shown]


def _line_of(year: Period, years: Calendar, today: date) -> YearLine:
    is_transition = year.is_transition
    name = _("Transition period %(year)s") if is_transition else _("Fiscal year %(year)s")
    return YearLine(
        name=name % {"year": year.key.removeprefix("FY").removesuffix("T")},
        first=year.first,
        last=year.last,
        quarters=", ".join(_month_and_day(quarter.last) for quarter in years.quarters_of(year)),
        length=_length(year),
        is_running=today in year,
    )


def _month_and_day(day: date) -> str:
    """Mar 31, or 31 Mar: the short day without its year."""
    return short_day(day).replace(str(day.year), "").strip(" ,")


def _length(year: Period) -> str:
    weeks, rest = divmod((year.last - year.first).days + 1, 7)
    if not rest and year.first.day != 1:
        return ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": weeks}
    return ngettext("%(count)s month", "%(count)s months", year.months) % {"count": year.months}
