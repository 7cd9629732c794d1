"""Which filer the company is from a day on (Exchange Act Rule 12b-2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import ledger
from records.acts import act
from records.enums import FilerCategory, Setting
from records.models import Company, FilerStatus
from records.services.company.rows import (
    lock,
    no_default_any_more,
    refuse_a_second,
    refuse_far,
    remove,
    save,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from records.ledger import Actor

FILER_STATUS_SET = ledger.action("filer_status.set", lazy("recorded the filer status: %(record)s"))
FILER_STATUS_CORRECTED = ledger.action(
    "filer_status.corrected", lazy("corrected the filer status: %(record)s")
)
FILER_STATUS_REMOVED = ledger.action(
    "filer_status.removed", lazy("removed the filer status: %(record)s")
)


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
        company=lock(company),
        category=category,
        is_smaller_reporting=is_smaller_reporting,
        effective_from=effective_from,
    )
    return _save_status(status, FILER_STATUS_SET, by=by, at=at)


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
    status = FilerStatus.objects.get(pk=status.pk, company=lock(status.company))
    status.category, status.effective_from = category, effective_from
    status.is_smaller_reporting = is_smaller_reporting
    return _save_status(status, FILER_STATUS_CORRECTED, by=by, at=at)


@act
def remove_filer_status(status: FilerStatus, *, by: Actor, at: datetime) -> None:
    """Take out a status that was entered by mistake; one always stays."""
    company = lock(status.company)
    if not FilerStatus.objects.filter(company=company).exclude(pk=status.pk).exists():
        raise ValidationError(_("This is the only filer status on record. Correct it instead."))
    remove(status, FILER_STATUS_REMOVED, by=by, at=at, effective_from=status.effective_from)


def _save_status(
    status: FilerStatus, action: ledger.Action, *, by: Actor, at: datetime
) -> FilerStatus:
    refuse_far("effective_from", status.effective_from)
    sentence = _("There is already a status from that date. Correct it instead.")
    refuse_a_second(status, "effective_from", sentence)
    save(
        status,
        action,
        by=by,
        at=at,
        category=FilerCategory(status.category),
        is_smaller_reporting=status.is_smaller_reporting,
        effective_from=status.effective_from,
    )
    no_default_any_more(status.company, Setting.FILER_STATUS)
    return status
