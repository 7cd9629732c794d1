"""Which filer the company is, from a day on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms.models import model_to_dict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import clock
from records.confirm import ConfirmView, Line
from records.forms import FilerStatusForm
from records.models import FilerStatus
from records.services import company as services
from records.views.company.base import CompanyMixin, RemoveView, RowMixin
from records.views.wording import filer_words, since_long, status_words

if TYPE_CHECKING:
    from collections.abc import Sequence


class FilerStatusView(ConfirmView):
    form_class = FilerStatusForm

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        words = filer_words(given["category"], is_smaller_reporting=given["is_smaller_reporting"])
        return [
            Line(_("From"), since_long(given["effective_from"])),
            Line(_("Filer status"), words),
        ]


class FilerStatusAddView(CompanyMixin, FilerStatusView):
    title = lazy("Set the filer status")
    why = lazy("The category decides due days of filings. It changes from a day on.")
    submit_label = lazy("Record the filer status")

    def act(self, **given: Any) -> tuple[str, str]:
        services.set_filer_status(self.company, **given, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the filer status.")


class FilerStatusChangeView(RowMixin[FilerStatus], FilerStatusView):
    model = FilerStatus
    title = lazy("Correct the filer status")
    why = lazy("For a status that was entered wrongly. If it changes, set a new one.")
    submit_label = lazy("Record the correction")

    def get_initial(self) -> dict[str, Any]:
        return model_to_dict(self.object)

    def act(self, **given: Any) -> tuple[str, str]:
        services.correct_filer_status(self.object, **given, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the filer status, corrected.")


class FilerStatusRemoveView(RemoveView[FilerStatus]):
    model = FilerStatus
    title = lazy("Take out a filer status")

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        since = since_long(self.object.effective_from)
        return [
            Line(_("Taken out: from"), since),
            Line(_("Filer status"), status_words(self.object)),
        ]

    def act(self, **given: Any) -> tuple[str, str]:
        services.remove_filer_status(self.object, by=self.by, at=clock.now())
        return self.done()
