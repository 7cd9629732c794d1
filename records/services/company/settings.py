"""The company itself: set up once, changed, and its defaults confirmed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import ledger
from records.acts import act
from records.enums import (
    Annually,
    Exchange,
    FilerCategory,
    Locale,
    NewAccounts,
    PaperSize,
    Setting,
    SystemActor,
)
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

COMPANY_SET_UP = ledger.action("company.set_up", lazy("set up %(record)s"))
COMPANY_CHANGED = ledger.action("company.changed", lazy("changed the settings of %(record)s"))
ACCOUNTS_AT_ONCE_ASKED = ledger.action(
    "accounts_at_once.asked",
    lazy("asked that new accounts open without a second person: %(record)s"),
)
ACCOUNTS_AT_ONCE_CONFIRMED = ledger.action(
    "accounts_at_once.confirmed",
    lazy("confirmed that new accounts open without a second person: %(record)s"),
)
ACCOUNTS_AT_ONCE_DECLINED = ledger.action(
    "accounts_at_once.declined",
    lazy("declined that new accounts open without a second person: %(record)s"),
)
DEFAULTS_CONFIRMED = ledger.action("defaults.confirmed", lazy("confirmed settings of %(record)s"))

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
        COMPANY_SET_UP, subject=company, by=by, at=at, records_begin=company.records_begin
    )
    _add_default_rows(company, by=by, at=at)
    # How accounts open is a choice to be made, and assumed of nobody.
    closed = {Setting.NAME, Setting.NEW_ACCOUNTS, *given}
    company.to_confirm = [s.value for s in Setting if s not in closed]
    company.save(update_fields=["to_confirm"])
    return company


def _refuse_records_to_come(company: Company, at: datetime) -> None:
    refuse_far("records_begin", company.records_begin)
    if company.records_begin > at.astimezone(company.zone).date():
        raise ValidationError(
            {
                "records_begin": _(
                    "Records begin today or earlier. Choose a date that is not in the future."
                )
            }
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
    if Setting.NEW_ACCOUNTS in changed and takes_a_second_person(stored, by):
        changed.remove(Setting.NEW_ACCOUNTS)
        _ask_a_second_person(stored, by=by, at=at)
    for setting in changed:
        setattr(stored, setting, given[setting])
    if Setting.TIME_ZONE in changed:
        stored.zone_changes += 1
        stored.zone_changed_at = at
    stored.full_clean()
    if Setting.RECORDS_BEGIN in changed:
        _refuse_records_to_come(stored, at)
    if changed:
        stored.save()
        no_default_any_more(stored, *changed)
        facts = {s.value: FACTS[s](given[s]) for s in changed if s in FACTS}
        ledger.record(COMPANY_CHANGED, subject=stored, by=by, at=at, changed=list(changed), **facts)
    return stored


def takes_a_second_person(company: Company, by: Actor) -> bool:
    """Where a second person confirms new accounts, nobody but the operator ends that alone."""
    return company.new_accounts == NewAccounts.BY_TWO and by != SystemActor.OPERATOR


def _ask_a_second_person(company: Company, *, by: Actor, at: datetime) -> None:
    """`company` is locked."""
    if company.at_once_asked_at is not None:
        raise ValidationError(
            {
                Setting.NEW_ACCOUNTS.value: _(
                    "This was asked for already. A second person confirms it on the page Company."
                )
            }
        )
    company.at_once_asked_by, company.at_once_asked_at = ledger.person(by), at
    company.save(update_fields=["at_once_asked_by", "at_once_asked_at"])
    ledger.record(ACCOUNTS_AT_ONCE_ASKED, subject=company, by=by, at=at)


def why_no_accounts_at_once(company: Company, by: Actor) -> str | None:
    """Why somebody may not confirm that new accounts open at once, as a sentence."""
    if company.at_once_asked_at is None:
        return _("Nobody has asked that new accounts open at once.")
    if ledger.person(by) == company.at_once_asked_by:
        return _(
            "You asked for this yourself. Another secretary or administrator confirms it, or the "
            "operator with the command open_accounts_at_once."
        )
    return None


@act
def open_accounts_at_once(company: Company, *, by: Actor, at: datetime) -> Company:
    """A second person confirms what a first has asked: new accounts open at once again."""
    stored = lock(company)
    if by != SystemActor.OPERATOR and (reason := why_no_accounts_at_once(stored, by)):
        raise ValidationError(reason)
    stored.new_accounts = NewAccounts.AT_ONCE
    _end_request(stored, "new_accounts")
    ledger.record(ACCOUNTS_AT_ONCE_CONFIRMED, subject=stored, by=by, at=at)
    return stored


@act
def keep_accounts_by_two(company: Company, *, by: Actor, at: datetime) -> Company:
    """What was asked for is declined, or taken back: a second person still confirms new accounts."""
    stored = lock(company)
    if stored.at_once_asked_at is None:
        raise ValidationError(_("Nobody has asked that new accounts open at once."))
    _end_request(stored)
    ledger.record(ACCOUNTS_AT_ONCE_DECLINED, subject=stored, by=by, at=at)
    return stored


def _end_request(company: Company, *changed: str) -> None:
    company.at_once_asked_by = company.at_once_asked_at = None
    company.save(update_fields=["at_once_asked_by", "at_once_asked_at", *changed])


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
        ledger.record(DEFAULTS_CONFIRMED, subject=stored, by=by, at=at, confirmed=[*confirmed])
    company.to_confirm = stored.to_confirm
    return stored
