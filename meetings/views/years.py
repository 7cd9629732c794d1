"""Fiscal years as addresses name them."""

from __future__ import annotations

from datetime import date

from django.http import Http404
from django.utils.translation import gettext as _

from records.calendar import Calendar, Period


def year_named(calendar: Calendar, key: str) -> Period:
    """The fiscal year of a key like FY2026. Raises Http404 where there is none."""
    number = int(key.removeprefix("FY").removesuffix("T"))
    if 1950 <= number <= 2200:
        for year in calendar.years(date(number - 1, 6, 1), date(number + 1, 6, 1)):
            if year.key == key:
                return year
    raise Http404(_("There is no such fiscal year."))
