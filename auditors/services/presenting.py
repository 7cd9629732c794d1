"""What the committee and its members were told of an approval, which stands as it was given."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from auditors.models import Approval, Presentation
from auditors.rules import presenting
from auditors.schedule import scheduled_meetings
from auditors.services.checks import checked, gain, refuse_ahead
from charters.models import Committee
from records import ledger
from records.acts import act
from records.facts import recorded
from records.ledger import Actor
from records.models import Company

APPROVAL_OTHERS_TOLD = ledger.action(
    "approval.others_told", lazy("recorded that the other members were notified of %(record)s")
)
APPROVAL_PRESENTED = ledger.action(
    "approval.presented", lazy("recorded that the committee was shown %(record)s")
)


@act
def record_others_told(approval: Approval, *, told_on: date, by: Actor, at: datetime) -> Approval:
    """Record that the other members were notified of a delegate's approval."""
    approval = Approval.objects.select_for_update().get(pk=approval.pk)
    refuse_ahead("others_told_on", told_on, at)
    if not approval.is_delegated:
        raise ValidationError(_("The other members are notified of a delegate's approval only."))
    gain(approval, others_told_on=told_on)
    ledger.record(APPROVAL_OTHERS_TOLD, subject=approval, by=by, at=at, told_on=told_on)
    return approval


@act
def present(
    approval: Approval,
    *,
    meeting_on: date,
    by: Actor,
    at: datetime,
    is_scheduled: bool = True,
) -> Presentation:
    """Record that a meeting was shown an approval. The approval stands as it was given.

    Whether the meeting was a scheduled one is read from the meetings on record."""
    approval = Approval.objects.select_for_update().get(pk=approval.pk)
    refuse_ahead("meeting_on", meeting_on, at)
    if meeting_on < approval.approved_on:
        raise ValidationError({"meeting_on": _("The approval was given after this meeting.")})
    is_scheduled = _as_on_record(meeting_on, said=is_scheduled)
    presentation = Presentation(
        approval=approval, meeting_on=meeting_on, is_scheduled=is_scheduled, **recorded(by, at)
    )
    checked(presentation)
    ledger.record(
        APPROVAL_PRESENTED,
        subject=approval,
        by=by,
        at=at,
        meeting_on=meeting_on,
        is_scheduled=is_scheduled,
    )
    return presentation


def _as_on_record(meeting_on: date, *, said: bool) -> bool:
    """Whether the meeting of a date was a scheduled one; refused where the record shows none."""
    company = Company.objects.current()
    found = presenting.is_scheduled(
        meeting_on,
        scheduled_meetings(Committee.objects.audit()),
        said=said,
        records_begin=company.records_begin if company else date.min,
    )
    if found is None:
        raise ValidationError(
            {
                "meeting_on": _(
                    "No meeting of the committee is on record on this date. Record the meeting "
                    "first, or say that it was not a scheduled one."
                )
            }
        )
    return found
