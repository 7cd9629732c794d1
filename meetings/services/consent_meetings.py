"""A matter that did not become unanimous goes to a special meeting, with its text and papers."""

from __future__ import annotations

from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from charters.services.uploads import Upload
from meetings.enums import ItemKind, MeetingKind
from meetings.models import Meeting, WrittenConsent
from meetings.rulings import is_in_effect
from meetings.services.agenda import add_item
from meetings.services.meetings import plan_meeting
from meetings.services.papers import add_paper
from records import clock, store
from records.acts import act
from records.facts import Actor


@act
def call_meeting(
    consent: WrittenConsent,
    *,
    on: date,
    time: time,
    by: Actor,
    at: datetime,
    is_second_hour: bool | None = None,
) -> Meeting:
    """Plan a special meeting of the body with the resolution as its item and the PDFs as its papers."""
    consent = WrittenConsent.objects.select_for_update().get(pk=consent.pk)
    if consent.effective_on or is_in_effect(consent, at, clock.zone()):
        raise ValidationError(_("This consent is in effect. It needs no meeting."))
    if consent.restricted_roles:
        raise ValidationError(
            _(
                "This consent is restricted from management. Plan the meeting and add the item "
                "under a neutral title instead."
            )
        )
    meeting = plan_meeting(
        consent.body,
        on=on,
        time=time,
        kind=MeetingKind.SPECIAL,
        is_second_hour=is_second_hour,
        by=by,
        at=at,
    )
    item = add_item(
        meeting,
        title=consent.title,
        kind=ItemKind.DECIDE,
        recommendation=consent.text,
        because=_("Not decided by written consent."),
        duties=consent.duties.all(),
        serves_year=consent.serves,
        by=by,
        at=at,
    )
    for each in consent.attachments.select_related("document"):
        if each.document.is_pdf and not each.document.is_deleted:
            with store.fetch(each.document.sha256) as file:
                upload = Upload(file.read(), each.document.file_name, each.title)
            add_paper(item, upload=upload, by=by, at=at)
    return meeting
