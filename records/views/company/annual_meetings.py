"""Annual meetings of stockholders, held or planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import clock
from records.confirm import Detail
from records.dates import long_day
from records.forms import AnnualMeetingForm
from records.models import AnnualMeeting
from records.services import company as services
from records.views.company.base import CompanyActView, RemoveView

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def meeting_on(day: date) -> Detail:
    return Detail(_("Annual meeting of stockholders"), long_day(day))


class AnnualMeetingAddView(CompanyActView):
    form_class = AnnualMeetingForm
    is_reviewed = True
    title = lazy("Record annual meeting")
    why = lazy("The cure period for a vacancy depends on the next annual meeting.")
    submit_label = lazy("Record annual meeting")

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return [meeting_on(given["on"])]

    def act(self, **given: Any) -> tuple[str, str]:
        services.record_annual_meeting(self.company, **given, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("The annual meeting was recorded.")


class AnnualMeetingChangeView(CompanyActView):
    model = AnnualMeeting
    form_class = AnnualMeetingForm
    is_reviewed = True
    title = lazy("Correct annual meeting")
    why = lazy("Correct the date of the meeting.")
    submit_label = lazy("Record correction")

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.object.on}

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return [meeting_on(given["on"])]

    def act(self, **given: Any) -> tuple[str, str]:
        services.correct_annual_meeting(self.object, **given, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("The annual meeting was corrected.")


class AnnualMeetingRemoveView(RemoveView):
    model = AnnualMeeting
    title = lazy("Remove annual meeting")
    why = lazy("Use this if the meeting will not be held or was entered by mistake.")

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return [Detail(_("Annual meeting removed"), long_day(self.object.on))]

    def act(self, **given: Any) -> tuple[str, str]:
        services.remove_annual_meeting(self.object, by=self.user, at=clock.now())
        return self.done(_("The entry was removed."))
