"""Annual meetings of stockholders, held or planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records.confirm import Detail
from records.dates import long_day, weekday
from records.forms import AnnualMeetingForm
from records.models import AnnualMeeting
from records.services import company as services
from records.views.company.rows import Column, Line, RowKind, RowList, Words, removing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from records.models import Company
    from records.views.company.rows import RowFormView


class AnnualMeetingRows(RowKind):
    name = "annual_meeting"
    model = AnnualMeeting
    form_class = AnnualMeetingForm
    add = staticmethod(services.record_annual_meeting)
    correct = staticmethod(services.correct_annual_meeting)
    remove = staticmethod(services.remove_annual_meeting)
    to_add = Words(
        title=lazy("Record annual meeting"),
        why=lazy("The cure period for a vacancy depends on the next annual meeting."),
        submit_label=lazy("Record annual meeting"),
        sentence=lazy("The annual meeting was recorded."),
    )
    to_correct = Words(
        title=lazy("Correct annual meeting"),
        why=lazy("Correct the date of the meeting."),
        submit_label=lazy("Record correction"),
        sentence=lazy("The annual meeting was corrected."),
    )
    to_remove = removing(
        lazy("Remove annual meeting"),
        lazy("Use this if the meeting will not be held or was entered by mistake."),
    )

    def recorded(self, view: RowFormView, given: dict[str, Any]) -> Sequence[Detail]:
        return [Detail(_("Annual meeting of stockholders"), long_day(given["on"]))]

    def removed(self, row: AnnualMeeting) -> Sequence[Detail]:
        return [Detail(_("Annual meeting removed"), long_day(row.on))]

    def listed(self, company: Company, today: date) -> RowList:
        return RowList(
            kind=self,
            caption=_("Annual meetings of stockholders, newest first"),
            head=_("Date"),
            columns=[Column(_("Held or planned"), is_hidden=True)],
            lines=[
                Line(
                    meeting.pk,
                    weekday(meeting.on),
                    [_("planned") if meeting.on > today else ""],
                    long_day(meeting.on),
                )
                for meeting in company.annual_meetings.order_by("-on")
            ],
            nothing=_(
                "None on record. Without one, the cure period for a vacancy is one year from the "
                "event."
            ),
        )


ANNUAL_MEETINGS = AnnualMeetingRows()
