"""The company itself: set up once, changed, and its defaults confirmed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from records import ledger
from records.acts import act
from records.enums import Annually, Exchange, FilerCategory, Locale, NewAccounts, PaperSize, Setting
from records.models import Company
from records.services.company.filer_status import set_filer_status
from records.services.company.fiscal_years import add_fiscal_year_end
from records.services.company.holidays import seed_holidays
from records.services.company.rows import SINCE_EVER, lock, no_default_any_more, refuse_far

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from records.facts import Fact
    from records.ledger import Actor

YEARS_BACK, YEARS_AHEAD = 3, 1

# The settings whose value the ledger may hold: closed lists and days. Of the others, the name.
FACTS: dict[Setting, Callable[[Any], Fact]] = {
    Setting.EXCHANGE: Exchange,
    Setting.LOCALE: Locale,
    Setting.PAPER_SIZE: PaperSize,
    Setting.ANNUALLY: Annually,
    Setting.NEW_ACCOUNTS: NewAccounts,
    Setting.RECORDS_BEGIN: lambda day: day,
}


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
    # How accounts open is a choice to be made, and assumed of nobody.
    settled = {Setting.NAME, Setting.NEW_ACCOUNTS, *given}
    company.to_confirm = [s.value for s in Setting if s not in settled]
    company.save(update_fields=["to_confirm"])
    return company


def _refuse_records_to_come(company: Company, at: datetime) -> None:
    refuse_far("records_begin", company.records_begin)
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
    stored = lock(company)
    changed = [s for s in Setting if s in given and getattr(stored, s) != given[s]]
    for setting in changed:
        setattr(stored, setting, given[setting])
    stored.full_clean()
    if Setting.RECORDS_BEGIN in changed:
        _refuse_records_to_come(stored, at)
    if changed:
        stored.save()
        no_default_any_more(stored, *changed)
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
    stored = lock(company)
    chosen = set(stored.to_confirm if settings is None else settings)
    confirmed = [s for s in Setting if s in stored.to_confirm and s in chosen]
    if confirmed:
        no_default_any_more(stored, *confirmed)
        ledger.record("defaults.confirmed", subject=stored, by=by, at=at, confirmed=[*confirmed])
    company.to_confirm = stored.to_confirm
    return stored
