"""The last act on a meeting: what it decided and served counts from here on."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from meetings import presence
from meetings.models import Meeting
from meetings.reports.recording import heading
from meetings.services.minutes import draft_minutes, quorum_not_known
from records import ledger
from records.acts import act
from records.clock import day_of
from records.facts import Actor

MEETING_CONCLUDED = ledger.action("meeting.concluded", lazy("concluded the %(record)s"))


@act
def conclude_meeting(meeting: Meeting, *, by: Actor, at: datetime, drafts: bool = True) -> Meeting:
    """Conclude a meeting whose every item has an outcome, and draft its minutes.

    Without a draft where its minutes were written elsewhere, or are on file already.

    Of items that the recorder may not see it says only that one still needs its outcome.
    """
    meeting = meeting.locked()
    if meeting.concluded_at:
        raise ValidationError(_("This meeting is concluded already."))
    if not meeting.is_convened:
        raise ValidationError(_("This meeting has not been entered yet. Enter it first."))
    if reasons := what_is_missing(meeting, by, at, drafts=drafts):
        raise ValidationError(reasons)
    meeting.concluded_at = at
    meeting.save(update_fields=["concluded_at"])
    ledger.record(MEETING_CONCLUDED, subject=meeting, by=by, at=at, on=meeting.on)
    if drafts and not hasattr(meeting, "minutes"):
        draft_minutes(meeting, by=by, at=at)
    return meeting


def what_is_missing(meeting: Meeting, by: Actor, at: datetime, *, drafts: bool = True) -> list[str]:
    """Why a meeting cannot be concluded yet, as far as the recorder may know."""
    waiting = list(meeting.items.without_outcome())
    day = day_of(at)
    hidden = [
        item for item in waiting if isinstance(by, User) and item.restriction.bars(by, on=day)
    ]
    said = [
        _("“%(item)s” has no outcome yet.") % {"item": heading(item)}
        for item in waiting
        if item not in hidden
    ]
    if hidden:
        said.append(
            _(
                "A restricted item still needs its outcome. Somebody who is not recused from it "
                "enters it."
            )
        )
    if drafts and not hasattr(meeting, "minutes") and presence.is_unsized(meeting):
        said.append(quorum_not_known(meeting))
    return said
