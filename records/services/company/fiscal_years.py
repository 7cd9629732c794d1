"""On which day the company's fiscal years end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import ledger
from records.acts import act
from records.calendar import Calendar
from records.dates import long_day
from records.enums import Setting, YearEndRule
from records.models import Company, FiscalYearEnd
from records.services.company.rows import (
    lock,
    no_default_any_more,
    refuse_a_second,
    refuse_far,
    remove,
    save,
)

if TYPE_CHECKING:
    from datetime import datetime

    from records.ledger import Actor

FISCAL_YEAR_END_ADDED = ledger.action(
    "fiscal_year_end.added", lazy("added the fiscal year end %(record)s")
)
FISCAL_YEAR_END_CORRECTED = ledger.action(
    "fiscal_year_end.corrected", lazy("corrected the fiscal year end %(record)s")
)
FISCAL_YEAR_END_REMOVED = ledger.action(
    "fiscal_year_end.removed", lazy("removed the fiscal year end %(record)s")
)

A_YEAR = timedelta(days=366)
TOO_LONG = timedelta(days=53 * 7)


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
        company=lock(company),
        effective_from=effective_from,
        month=month,
        day=day,
        rule=rule,
        weekday=weekday,
    )
    return _save_year_end(end, company, FISCAL_YEAR_END_ADDED, by=by, at=at)


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
    end = FiscalYearEnd.objects.get(pk=end.pk, company=lock(company))
    end.effective_from, end.month, end.day = effective_from, month, day
    end.rule, end.weekday = rule, weekday
    return _save_year_end(end, company, FISCAL_YEAR_END_CORRECTED, by=by, at=at)


@act
def remove_fiscal_year_end(end: FiscalYearEnd, *, by: Actor, at: datetime) -> None:
    """Take out a rule that was entered by mistake; one rule always stays."""
    company = lock(end.company)
    if not FiscalYearEnd.objects.filter(company=company).exclude(pk=end.pk).exists():
        raise ValidationError(
            _("This is the only rule for the fiscal year end. Correct it instead.")
        )
    remove(end, FISCAL_YEAR_END_REMOVED, by=by, at=at, effective_from=end.effective_from)
    _refuse_overlong_years(company, end.effective_from)
    _forget_calendar(end.company)


def _save_year_end(
    end: FiscalYearEnd, told: Company, action: ledger.Action, *, by: Actor, at: datetime
) -> FiscalYearEnd:
    refuse_far("effective_from", end.effective_from)
    sentence = _("There is already a rule from that date. Correct it instead.")
    refuse_a_second(end, "effective_from", sentence)
    save(
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
    no_default_any_more(end.company, Setting.FISCAL_YEAR_END)
    _forget_calendar(told)
    return end


def _refuse_overlong_years(company: Company, around: date) -> None:
    """A fiscal year has at most 53 weeks, and so has a transition period (Rule 13a-10)."""
    rules = tuple(end.as_rule() for end in FiscalYearEnd.objects.filter(company=company))
    for year in Calendar(rules).years(around - A_YEAR, around + A_YEAR):
        if year.last - year.first >= TOO_LONG:
            sentence = _(
                "The fiscal year from %(first)s to %(last)s would be longer than 53 weeks. "
                "Start the new rule with an earlier year."
            ) % {"first": long_day(year.first), "last": long_day(year.last)}
            raise ValidationError({"effective_from": sentence})


def _forget_calendar(company: Company) -> None:
    """Read the fiscal year ends again when next asked: they have just changed."""
    company.__dict__.pop("calendar", None)
