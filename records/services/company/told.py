"""What the guide asks for page by page. Whatever was on the page was looked at: it is no default
any more, changed or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from records.acts import act
from records.enums import Setting
from records.models import Company
from records.services.company.annual_meetings import record_annual_meeting
from records.services.company.filer_status import correct_filer_status, set_filer_status
from records.services.company.fiscal_years import add_fiscal_year_end, correct_fiscal_year_end
from records.services.company.rows import SINCE_EVER
from records.services.company.settings import change_company, confirm_defaults, set_up

if TYPE_CHECKING:
    from datetime import date, datetime

    from records.ledger import Actor


@act
def tell_company(*, by: Actor, at: datetime, **given: Any) -> Company:
    """Set the company up, or change what is known of it."""
    company = Company.objects.current()
    if company is None:
        return set_up(**given, by=by, at=at)
    changed = change_company(company, **given, by=by, at=at)
    return confirm_defaults(changed, given, by=by, at=at)


@act
def tell_calendar(
    company: Company,
    *,
    year_end: dict[str, Any],
    filer: dict[str, Any],
    annual_meeting: date | None,
    by: Actor,
    at: datetime,
) -> None:
    """When the fiscal year ends, which filer the company is, and its next annual meeting.

    Each corrects the newest row there is: at the beginning the one that was assumed.
    """
    end = company.fiscal_year_ends.order_by("effective_from").last()
    if end is None:
        add_fiscal_year_end(company, effective_from=SINCE_EVER, **year_end, by=by, at=at)
    elif any(getattr(end, name) != value for name, value in year_end.items()):
        since = end.effective_from
        correct_fiscal_year_end(end, effective_from=since, **year_end, by=by, at=at)
    status = company.filer_statuses.order_by("effective_from").last()
    if status is None:
        set_filer_status(company, effective_from=SINCE_EVER, **filer, by=by, at=at)
    elif any(getattr(status, name) != value for name, value in filer.items()):
        correct_filer_status(status, effective_from=status.effective_from, **filer, by=by, at=at)
    if annual_meeting and not company.annual_meetings.filter(on=annual_meeting).exists():
        record_annual_meeting(company, on=annual_meeting, by=by, at=at)
    confirm_defaults(company, [Setting.FISCAL_YEAR_END, Setting.FILER_STATUS], by=by, at=at)
