"""Words that the pages of this app share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from auditors.rules.money import Money
from auditors.sentences import amount
from charters.reports.duty import Definition
from charters.sentences import period_name
from records.calendar import Calendar
from records.dates import long_day


def money(value: Decimal | None, currency: str) -> str:
    return "" if value is None else amount(Money(value, currency))


def day(value: date | None) -> str:
    """A date in words; without one, that it is not on file."""
    return long_day(value) if value else _("not on file")


def year(ends_on: date, calendar: Calendar | None) -> str:
    """Fiscal year 2026, at the beginning of a line."""
    if calendar is None:
        return long_day(ends_on)
    name = period_name(calendar.year_of(ends_on))
    return name[:1].upper() + name[1:]


def stopped(text: str) -> str:
    """With one period at its end, also where a name brings its own: Larch, Inc."""
    return f"{text}." if text and not text.endswith(".") else text


def filled(*definitions: Definition) -> list[Definition]:
    """Those that say something."""
    return [each for each in definitions if each.text]
