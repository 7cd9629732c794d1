"""The company, its dated facts and its holidays.

Settings are no governed records: a dated row that is wrong is corrected, or taken out. Either way
the ledger keeps the day, the person and the dates; names and other texts stay out of it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import holidays
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import ledger
from records.acts import act
from records.calendar import Calendar
from records.dates import long_day
from records.enums import (
    Annually,
    Exchange,
    FilerCategory,
    Locale,
    PaperSize,
    YearEndRule,
)
from records.models import AnnualMeeting, Company, FilerStatus, FiscalYearEnd, Holiday

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from records.facts import Fact
    from records.ledger import Actor

# No record of a company that lives today lies before or beyond; its calendar reaches farther.
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
SINCE_EVER = FIRST_DAY
YEARS_BACK, YEARS_AHEAD = 3, 1
A_YEAR = timedelta(days=366)
TOO_LONG = timedelta(days=53 * 7)


class Setting(models.TextChoices):
    """What a company has set; `Company.to_confirm` names those left at their default."""

    NAME = "name", lazy("Name")
    TICKER = "ticker", lazy("Ticker symbol")
    EXCHANGE = "exchange", lazy("Exchange")
    STATE = "state", lazy("State of incorporation")
    TIME_ZONE = "time_zone", lazy("Time zone")
    LOCALE = "locale", lazy("Dates are written as in")
    CURRENCY = "currency", lazy("Currency")
    PAPER_SIZE = "paper_size", lazy("Paper")
    RECORDS_BEGIN = "records_begin", lazy("The portal's records begin on")
    ANNUALLY = "annually", lazy("“Annually” is read as")
    FISCAL_YEAR_END = "fiscal_year_end", lazy("Fiscal year end")
    FILER_STATUS = "filer_status", lazy("Filer status")


# The settings whose value the ledger may hold: closed lists and days. Of the others, the name.
FACTS: dict[Setting, Callable[[Any], Fact]] = {
    Setting.EXCHANGE: Exchange,
    Setting.LOCALE: Locale,
    Setting.PAPER_SIZE: PaperSize,
    Setting.ANNUALLY: Annually,
    Setting.RECORDS_BEGIN: lambda day: day,
}


def refuse_out_of_reach(day: date) -> None:
    """Refuse a day so far off that it is mistyped, and that a calendar cannot count from."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(
            _("The portal keeps days of the years %(first)s to %(last)s."),
            params={"first": FIRST_DAY.year, "last": LAST_DAY.year},
        )


@act
def set_up(*, name: str, by: Actor, at: datetime, **given: Any) -> Company:
    """The company of this installation. What is not given takes its default, to be confirmed."""
    if Company.objects.exists():
        raise ValidationError(_("This installation serves a company already."))
    company = Company(name=name.strip(), **given)
    if "records_begin" not in given:
        company.records_begin = at.astimezone(company.zone).date()
    company.full_clean()
    _refuse_records_to_come(company, at)
    company.save(force_insert=True)
    ledger.record(
        "company.set_up", subject=company, by=by, at=at, records_begin=company.records_begin
    )
    _add_default_rows(company, by=by, at=at)
    company.to_confirm = [s.value for s in Setting if s not in {Setting.NAME, *given}]
    company.save(update_fields=["to_confirm"])
    return company


def _refuse_records_to_come(company: Company, at: datetime) -> None:
    _refuse_far("records_begin", company.records_begin)
    if company.records_begin > at.astimezone(company.zone).date():
        raise ValidationError(
            {"records_begin": _("The record begins today or earlier: a day to come has none.")}
        )


def _add_default_rows(company: Company, *, by: Actor, at: datetime) -> None:
    add_fiscal_year_end(company, effective_from=SINCE_EVER, month=12, day=31, by=by, at=at)
    set_filer_status(
        company,
        category=FilerCategory.NON_ACCELERATED,
        is_smaller_reporting=True,
        effective_from=SINCE_EVER,
        by=by,
        at=at,
    )
    year = at.astimezone(company.zone).year
    seed_holidays(range(year - YEARS_BACK, year + YEARS_AHEAD + 1), by=by, at=at)


@act
def change_company(company: Company, *, by: Actor, at: datetime, **given: Any) -> Company:
    """Change the company's settings. What has changed is no default any more."""
    stored = _lock(company)
    changed = [s for s in Setting if s in given and getattr(stored, s) != given[s]]
    for setting in changed:
        setattr(stored, setting, given[setting])
    stored.full_clean()
    if Setting.RECORDS_BEGIN in changed:
        _refuse_records_to_come(stored, at)
    if changed:
        stored.save()
        _no_default_any_more(stored, *changed)
        facts = {s.value: FACTS[s](given[s]) for s in changed if s in FACTS}
        ledger.record(
            "company.changed", subject=stored, by=by, at=at, changed=list(changed), **facts
        )
    return stored


@act
def confirm_defaults(
    company: Company, settings: Iterable[str] | None = None, *, by: Actor, at: datetime
) -> Company:
    """Somebody has looked, and these defaults are right. Without `settings`, all that wait."""
    stored = _lock(company)
    chosen = set(stored.to_confirm if settings is None else settings)
    confirmed = [s for s in Setting if s in stored.to_confirm and s in chosen]
    if confirmed:
        _no_default_any_more(stored, *confirmed)
        ledger.record("defaults.confirmed", subject=stored, by=by, at=at, confirmed=[*confirmed])
    company.to_confirm = stored.to_confirm
    return stored


@act
def add_fiscal_year_end(
    company: Company,
    *,
    effective_from: date,
    month: int,
    day: int,
    by: Actor,
    at: datetime,
    rule: YearEndRule = YearEndRule.DATE,
    weekday: int | None = None,
) -> FiscalYearEnd:
    """From the year that ends on `effective_from` or later, fiscal years end by this rule."""
    end = FiscalYearEnd(
        company=_lock(company),
        effective_from=effective_from,
        month=month,
        day=day,
        rule=rule,
        weekday=weekday,
    )
    return _save_year_end(end, company, "fiscal_year_end.added", by=by, at=at)


@act
def correct_fiscal_year_end(
    end: FiscalYearEnd,
    *,
    effective_from: date,
    month: int,
    day: int,
    by: Actor,
    at: datetime,
    rule: YearEndRule = YearEndRule.DATE,
    weekday: int | None = None,
) -> FiscalYearEnd:
    """The rule was entered wrongly. A rule that changes gets a row of its own instead."""
    company = end.company
    end = FiscalYearEnd.objects.get(pk=end.pk, company=_lock(company))
    end.effective_from, end.month, end.day = effective_from, month, day
    end.rule, end.weekday = rule, weekday
    return _save_year_end(end, company, "fiscal_year_end.corrected", by=by, at=at)


@act
def remove_fiscal_year_end(end: FiscalYearEnd, *, by: Actor, at: datetime) -> None:
    """Take out a rule that was entered by mistake; one rule always stays."""
    company = _lock(end.company)
    if not FiscalYearEnd.objects.filter(company=company).exclude(pk=end.pk).exists():
        raise ValidationError(
            _("This is the only rule for the fiscal year end. Correct it instead.")
        )
    _remove(end, "fiscal_year_end.removed", by=by, at=at, effective_from=end.effective_from)
    _refuse_overlong_years(company, end.effective_from)
    _forget_calendar(end.company)


def _save_year_end(
    end: FiscalYearEnd, told: Company, action: str, *, by: Actor, at: datetime
) -> FiscalYearEnd:
    _refuse_far("effective_from", end.effective_from)
    sentence = _("There is a rule from that day on already. Correct it instead.")
    _refuse_a_second(end, "effective_from", sentence)
    _save(
        end,
        action,
        by=by,
        at=at,
        effective_from=end.effective_from,
        month=end.month,
        day=end.day,
        rule=YearEndRule(end.rule),
        weekday=end.weekday,
    )
    _refuse_overlong_years(end.company, end.effective_from)
    _no_default_any_more(end.company, Setting.FISCAL_YEAR_END)
    _forget_calendar(told)
    return end


def _refuse_overlong_years(company: Company, around: date) -> None:
    """A fiscal year has at most 53 weeks, and so has a transition period (Rule 13a-10)."""
    rules = tuple(end.as_rule() for end in FiscalYearEnd.objects.filter(company=company))
    for year in Calendar(rules).years(around - A_YEAR, around + A_YEAR):
        if year.last - year.first >= TOO_LONG:
            sentence = _(
                "The fiscal year from %(first)s to %(last)s would last longer than 53 weeks. "
                "Let the new rule begin with an earlier year."
            ) % {"first": long_day(year.first), "last": long_day(year.last)}
            raise ValidationError({"effective_from": sentence})


@act
def set_filer_status(
    company: Company,
    *,
    category: FilerCategory,
    is_smaller_reporting: bool,
    effective_from: date,
    by: Actor,
    at: datetime,
) -> FilerStatus:
    """From a day on the company is a filer of this category (Rule 12b-2)."""
    status = FilerStatus(
        company=_lock(company),
        category=category,
        is_smaller_reporting=is_smaller_reporting,
        effective_from=effective_from,
    )
    return _save_status(status, "filer_status.set", by=by, at=at)


@act
def correct_filer_status(
    status: FilerStatus,
    *,
    category: FilerCategory,
    is_smaller_reporting: bool,
    effective_from: date,
    by: Actor,
    at: datetime,
) -> FilerStatus:
    """The status was entered wrongly. One that changes gets a row of its own instead."""
    status = FilerStatus.objects.get(pk=status.pk, company=_lock(status.company))
    status.category, status.effective_from = category, effective_from
    status.is_smaller_reporting = is_smaller_reporting
    return _save_status(status, "filer_status.corrected", by=by, at=at)


@act
def remove_filer_status(status: FilerStatus, *, by: Actor, at: datetime) -> None:
    """Take out a status that was entered by mistake; one always stays."""
    company = _lock(status.company)
    if not FilerStatus.objects.filter(company=company).exclude(pk=status.pk).exists():
        raise ValidationError(_("This is the only filer status on record. Correct it instead."))
    _remove(status, "filer_status.removed", by=by, at=at, effective_from=status.effective_from)


def _save_status(status: FilerStatus, action: str, *, by: Actor, at: datetime) -> FilerStatus:
    _refuse_far("effective_from", status.effective_from)
    sentence = _("There is a status from that day on already. Correct it instead.")
    _refuse_a_second(status, "effective_from", sentence)
    _save(
        status,
        action,
        by=by,
        at=at,
        category=FilerCategory(status.category),
        is_smaller_reporting=status.is_smaller_reporting,
        effective_from=status.effective_from,
    )
    _no_default_any_more(status.company, Setting.FILER_STATUS)
    return status


@act
def record_annual_meeting(company: Company, *, on: date, by: Actor, at: datetime) -> AnnualMeeting:
    """An annual meeting of stockholders, held or planned."""
    meeting = AnnualMeeting(company=_lock(company), on=on)
    return _save_meeting(meeting, "annual_meeting.recorded", by=by, at=at)


@act
def correct_annual_meeting(
    meeting: AnnualMeeting, *, on: date, by: Actor, at: datetime
) -> AnnualMeeting:
    """The meeting is, or was, on another day."""
    meeting = AnnualMeeting.objects.get(pk=meeting.pk, company=_lock(meeting.company))
    meeting.on = on
    return _save_meeting(meeting, "annual_meeting.corrected", by=by, at=at)


@act
def remove_annual_meeting(meeting: AnnualMeeting, *, by: Actor, at: datetime) -> None:
    """Take out a meeting that is not to be held, or was entered by mistake."""
    _lock(meeting.company)
    _remove(meeting, "annual_meeting.removed", by=by, at=at, on=meeting.on)


def _save_meeting(meeting: AnnualMeeting, action: str, *, by: Actor, at: datetime) -> AnnualMeeting:
    _refuse_far("on", meeting.on)
    _refuse_a_second(meeting, "on", _("That annual meeting is on record already."))
    _save(meeting, action, by=by, at=at, on=meeting.on)
    return meeting


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
    company = _lock(_the_company())
    added = [Holiday(on=on, name=name) for on, name in missing_holidays(years).items()]
    if added:
        Holiday.objects.bulk_create(added)
        days = [holiday.on for holiday in added]
        ledger.record("holidays.filled_in", subject=company, by=by, at=at, days=[*days])
    return added


@act
def add_holiday(*, on: date, name: str, by: Actor, at: datetime) -> Holiday:
    """One more day that is no business day."""
    holiday = Holiday(on=on, name=name.strip())
    return _save_holiday(holiday, "holiday.added", by=by, at=at)


@act
def change_holiday(holiday: Holiday, *, on: date, name: str, by: Actor, at: datetime) -> Holiday:
    """The holiday falls on another day, or is called otherwise."""
    holiday = Holiday.objects.select_for_update().get(pk=holiday.pk)
    was, holiday.on, holiday.name = holiday.on, on, name.strip()
    return _save_holiday(holiday, "holiday.corrected", by=by, at=at, was=was)


@act
def remove_holiday(holiday: Holiday, *, by: Actor, at: datetime) -> None:
    """That day is a business day after all."""
    _remove(holiday, "holiday.removed", by=by, at=at, on=holiday.on)


def _save_holiday(
    holiday: Holiday, action: str, *, by: Actor, at: datetime, **facts: Fact
) -> Holiday:
    _refuse_far("on", holiday.on)
    _refuse_a_second(holiday, "on", _("That day is in the list already."))
    _save(holiday, action, by=by, at=at, on=holiday.on, **facts)
    return holiday


def _the_company() -> Company:
    company = Company.objects.first()
    if company is None:
        raise ValidationError(_("Set the company up first."))
    return company


def _lock(company: Company) -> Company:
    """The company as stored. Two changes of its settings wait for each other."""
    return Company.objects.select_for_update().get(pk=company.pk)


def _save(row: models.Model, action: str, *, by: Actor, at: datetime, **facts: Fact) -> None:
    row.full_clean()
    row.save()
    ledger.record(action, subject=row, by=by, at=at, **facts)


def _remove(row: models.Model, action: str, *, by: Actor, at: datetime, **facts: Fact) -> None:
    ledger.record(action, subject=row, by=by, at=at, **facts)
    type(row)._default_manager.filter(pk=row.pk).delete()


def _refuse_far(field: str, day: date) -> None:
    try:
        refuse_out_of_reach(day)
    except ValidationError as refusal:
        raise ValidationError({field: refusal}) from refusal


def _refuse_a_second(row: models.Model, field: str, sentence: str) -> None:
    others = type(row)._default_manager.exclude(pk=row.pk)
    if others.filter(**{field: getattr(row, field)}).exists():
        raise ValidationError({field: sentence})


def _no_default_any_more(company: Company, *settings: Setting) -> None:
    company.to_confirm = [name for name in company.to_confirm if name not in settings]
    company.save(update_fields=["to_confirm"])


def _forget_calendar(company: Company) -> None:
    """Read the fiscal year ends again when next asked: they have just changed."""
    company.__dict__.pop("calendar", None)
    getattr(company, "_prefetched_objects_cache", {}).pop("fiscal_year_ends", None)
