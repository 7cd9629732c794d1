"""Annual meetings of stockholders, held or planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import clock
from records.confirm import ConfirmView, Line
from records.dates import long_day
from records.forms import AnnualMeetingForm
from records.models import AnnualMeeting
from records.services import company as services
from records.views.company.base import CompanyMixin, RemoveView, RowMixin

if TYPE_CHECKING:
    from collections.abc import Sequence


class AnnualMeetingView(ConfirmView):
    form_class = AnnualMeetingForm

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        return [Line(_("Annual meeting of stockholders"), long_day(given["on"]))]


class AnnualMeetingAddView(CompanyMixin, AnnualMeetingView):
    title = lazy("Record an annual meeting")
    why = lazy("A vacancy on the committee may be filled until the next annual meeting.")
    submit_label = lazy("Record the meeting")

    def act(self, **given: Any) -> tuple[str, str]:
        services.record_annual_meeting(self.company, **given, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the annual meeting.")


class AnnualMeetingChangeView(RowMixin[AnnualMeeting], AnnualMeetingView):
    model = AnnualMeeting
    title = lazy("Correct an annual meeting")
    why = lazy("The meeting is, or was, on another day.")
    submit_label = lazy("Record the correction")

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.object.on}

    def act(self, **given: Any) -> tuple[str, str]:
        services.correct_annual_meeting(self.object, **given, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the annual meeting, corrected.")


class AnnualMeetingRemoveView(RemoveView[AnnualMeeting]):
    model = AnnualMeeting
    title = lazy("Take out an annual meeting")
    why = lazy("For a meeting that is not to be held, or was entered by mistake.")

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        return [Line(_("Taken out: annual meeting"), long_day(self.object.on))]

    def act(self, **given: Any) -> tuple[str, str]:
        services.remove_annual_meeting(self.object, by=self.by, at=clock.now())
        return self.done()
