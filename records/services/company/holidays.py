"""Federal holidays: filled in by year, corrected by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import holidays
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import ledger
from records.acts import act
from records.models import Company, Holiday
from records.services.company.rows import lock, refuse_a_second, refuse_far, remove, save

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from records.facts import Fact
    from records.ledger import Actor

HOLIDAYS_FILLED_IN = ledger.action(
    "holidays.filled_in", lazy("filled in the federal holidays for %(record)s")
)
HOLIDAY_ADDED = ledger.action("holiday.added", lazy("added the holiday %(record)s"))
HOLIDAY_CORRECTED = ledger.action("holiday.corrected", lazy("corrected the holiday %(record)s"))
HOLIDAY_REMOVED = ledger.action("holiday.removed", lazy("removed the holiday %(record)s"))


def federal_holidays(years: Iterable[int]) -> dict[date, str]:
    """The days on which federal offices close, with those observed on a Friday or Monday."""
    wanted = set(years)
    listed = holidays.country_holidays("US", years=sorted(wanted), language="en_US")
    # New Year's Day on a Saturday is observed the day before: in the year asked for, or not.
    return {on: name for on, name in sorted(listed.items()) if on.year in wanted}


def missing_holidays(years: Iterable[int]) -> dict[date, str]:
    """Those federal holidays that are not in the portal's list."""
    listed = federal_holidays(years)
    known = set(Holiday.objects.filter(on__in=list(listed)).values_list("on", flat=True))
    return {on: name for on, name in listed.items() if on not in known}


@act
def seed_holidays(years: Iterable[int], *, by: Actor, at: datetime) -> list[Holiday]:
    """Fill in the federal holidays of these years; what is in the list already stays as it is."""
    company = lock(_the_company())
    added = [Holiday(on=on, name=name) for on, name in missing_holidays(years).items()]
    if added:
        Holiday.objects.bulk_create(added)
        days = [holiday.on for holiday in added]
        ledger.record(HOLIDAYS_FILLED_IN, subject=company, by=by, at=at, days=[*days])
    return added


@act
def add_holiday(*, on: date, name: str, by: Actor, at: datetime) -> Holiday:
    """One more day that is no business day."""
    holiday = Holiday(on=on, name=name.strip())
    return _save_holiday(holiday, HOLIDAY_ADDED, by=by, at=at)


@act
def change_holiday(holiday: Holiday, *, on: date, name: str, by: Actor, at: datetime) -> Holiday:
    "Correct the date or the name."
    holiday = Holiday.objects.select_for_update().get(pk=holiday.pk)
    was, holiday.on, holiday.name = holiday.on, on, name.strip()
    return _save_holiday(holiday, HOLIDAY_CORRECTED, by=by, at=at, was=was)


@act
def remove_holiday(holiday: Holiday, *, by: Actor, at: datetime) -> None:
    "The date will count as a business day."
    remove(holiday, HOLIDAY_REMOVED, by=by, at=at, on=holiday.on)


def _save_holiday(
    holiday: Holiday, action: ledger.Action, *, by: Actor, at: datetime, **facts: Fact
) -> Holiday:
    refuse_far("on", holiday.on)
    refuse_a_second(holiday, "on", _("That date is already in the list."))
    save(holiday, action, by=by, at=at, on=holiday.on, **facts)
    return holiday


def _the_company() -> Company:
    company = Company.objects.first()
    if company is None:
        raise ValidationError(_("Set up the company first."))
    return company
