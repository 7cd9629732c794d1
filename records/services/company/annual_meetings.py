"""Annual meetings of stockholders, held or planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import ledger
from records.acts import act
from records.models import AnnualMeeting, Company
from records.services.company.rows import lock, refuse_a_second, refuse_far, remove, save

if TYPE_CHECKING:
    from datetime import date, datetime

    from records.ledger import Actor

ANNUAL_MEETING_RECORDED = ledger.action("annual_meeting.recorded", lazy("recorded the %(record)s"))
ANNUAL_MEETING_CORRECTED = ledger.action(
    "annual_meeting.corrected", lazy("corrected the date of the %(record)s")
)
ANNUAL_MEETING_REMOVED = ledger.action("annual_meeting.removed", lazy("removed the %(record)s"))


@act
def record_annual_meeting(company: Company, *, on: date, by: Actor, at: datetime) -> AnnualMeeting:
    """An annual meeting of stockholders, held or planned."""
    meeting = AnnualMeeting(company=lock(company), on=on)
    return _save_meeting(meeting, ANNUAL_MEETING_RECORDED, by=by, at=at)


@act
def correct_annual_meeting(
    meeting: AnnualMeeting, *, on: date, by: Actor, at: datetime
) -> AnnualMeeting:
    "Correct the date of the meeting."
    meeting = AnnualMeeting.objects.get(pk=meeting.pk, company=lock(meeting.company))
    meeting.on = on
    return _save_meeting(meeting, ANNUAL_MEETING_CORRECTED, by=by, at=at)


@act
def remove_annual_meeting(meeting: AnnualMeeting, *, by: Actor, at: datetime) -> None:
    """Take out a meeting that is not to be held, or was entered by mistake."""
    lock(meeting.company)
    remove(meeting, ANNUAL_MEETING_REMOVED, by=by, at=at, on=meeting.on)


def _save_meeting(
    meeting: AnnualMeeting, action: ledger.Action, *, by: Actor, at: datetime
) -> AnnualMeeting:
    refuse_far("on", meeting.on)
    refuse_a_second(meeting, "on", _("That annual meeting is already on record."))
    save(meeting, action, by=by, at=at, on=meeting.on)
    return meeting
