"""What is recorded about the procedures and the channel: fixed words, equal with and without cases."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.models import Decision
from records import clock, ledger
from records.acts import act
from records.facts import recorded
from records.ledger import Actor
from records.models import Company
from whistleblower.enums import Procedure
from whistleblower.models import Channel, ProcedureEntry

ENTERED = ledger.action("procedures.entered", lazy("recorded on the procedures: %(record)s"))


@act
def enter(
    channel: Channel,
    procedure: Procedure,
    *,
    performed_on: date,
    serves: date,
    decision: Decision | None = None,
    by: Actor,
    at: datetime,
) -> ProcedureEntry:
    """Put a fixed sentence on record, for the fiscal year or the quarter in which `serves` lies."""
    if performed_on > clock.day_of(at):
        raise ValidationError({"performed_on": _("This date is in the future.")})
    if procedure == Procedure.QUARTER and performed_on < _last_of_quarter(serves):
        raise ValidationError(
            {"serves": _("This quarter had not ended on the date above. Choose one that had.")}
        )
    Channel.objects.select_for_update().get(pk=channel.pk)
    entries = ProcedureEntry.objects.filter(channel=channel, procedure=procedure)
    if procedure == Procedure.QUARTER and entries.filter(serves=serves).exists():
        raise ValidationError({"serves": _("This quarter is completed already.")})
    if entries.filter(performed_on=performed_on).exists():
        raise ValidationError({"performed_on": _("This was recorded for this date already.")})
    entry = ProcedureEntry.objects.create(
        channel=channel,
        procedure=procedure,
        performed_on=performed_on,
        serves=serves,
        decision=decision,
        **recorded(by, at),
    )
    ledger.record(
        ENTERED,
        subject=entry,
        by=by,
        at=at,
        procedure=procedure,
        performed_on=performed_on,
        serves=serves,
    )
    return entry


def _last_of_quarter(day: date) -> date:
    company = Company.objects.current()
    assert company is not None  # noqa: S101 - a channel has a company
    return company.calendar.quarter_of(day).last
