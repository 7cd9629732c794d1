"""What every dated row of the company has in common: saved and taken out with a ledger line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from records import ledger
from records.models import Company

if TYPE_CHECKING:
    from datetime import datetime

    from django.db import models

    from records.enums import Setting
    from records.facts import Fact
    from records.ledger import Actor

# No record of a company that lives today lies before or beyond; its calendar reaches farther.
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
SINCE_EVER = FIRST_DAY


def refuse_out_of_reach(day: date) -> None:
    """Refuse a day so far off that it is mistyped, and that a calendar cannot count from."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(
            _("Enter a date in the years %(first)s to %(last)s."),
            params={"first": FIRST_DAY.year, "last": LAST_DAY.year},
        )


def refuse_far(field: str, day: date) -> None:
    try:
        refuse_out_of_reach(day)
    except ValidationError as refusal:
        raise ValidationError({field: refusal}) from refusal


def refuse_a_second(row: models.Model, field: str, sentence: str) -> None:
    others = type(row)._default_manager.exclude(pk=row.pk)
    if others.filter(**{field: getattr(row, field)}).exists():
        raise ValidationError({field: sentence})


def lock(company: Company) -> Company:
    """The company as stored. Two changes of its settings wait for each other."""
    return Company.objects.select_for_update().get(pk=company.pk)


def save(
    row: models.Model, action: ledger.Action, *, by: Actor, at: datetime, **facts: Fact
) -> None:
    row.full_clean()
    row.save()
    ledger.record(action, subject=row, by=by, at=at, **facts)


def remove(
    row: models.Model, action: ledger.Action, *, by: Actor, at: datetime, **facts: Fact
) -> None:
    ledger.record(action, subject=row, by=by, at=at, **facts)
    type(row)._default_manager.filter(pk=row.pk).delete()


def no_default_any_more(company: Company, *settings: Setting) -> None:
    kept = [name for name in company.to_confirm if name not in settings]
    if kept != company.to_confirm:
        company.to_confirm = kept
        company.save(update_fields=["to_confirm"])
