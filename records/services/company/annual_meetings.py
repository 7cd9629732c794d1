"""Annual meetings of stockholders, held or planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from records.acts import act
from records.models import AnnualMeeting, Company
from records.services.company.rows import lock, refuse_a_second, refuse_far, remove, save

if TYPE_CHECKING:
    from datetime import date, datetime

    from records.ledger import Actor


@act
def record_annual_meeting(company: Company, *, on: date, by: Actor, at: datetime) -> AnnualMeeting:
    """An annual meeting of stockholders, held or planned."""
    meeting = AnnualMeeting(company=lock(company), on=on)
    return _save_meeting(meeting, "annual_meeting.recorded", by=by, at=at)


@act
def correct_annual_meeting(
    meeting: AnnualMeeting, *, on: date, by: Actor, at: datetime
) -> AnnualMeeting:
    """The meeting is, or was, on another day."""
    meeting = AnnualMeeting.objects.get(pk=meeting.pk, company=lock(meeting.company))
    meeting.on = on
    return _save_meeting(meeting, "annual_meeting.corrected", by=by, at=at)


@act
def remove_annual_meeting(meeting: AnnualMeeting, *, by: Actor, at: datetime) -> None:
    """Take out a meeting that is not to be held, or was entered by mistake."""
    lock(meeting.company)
    remove(meeting, "annual_meeting.removed", by=by, at=at, on=meeting.on)


def _save_meeting(meeting: AnnualMeeting, action: str, *, by: Actor, at: datetime) -> AnnualMeeting:
    refuse_far("on", meeting.on)
    refuse_a_second(meeting, "on", _("That annual meeting is on record already."))
    save(meeting, action, by=by, at=at, on=meeting.on)
    return meeting
