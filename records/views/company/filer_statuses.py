"""Which filer the company is, from a day on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms.models import model_to_dict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import clock
from records.confirm import Detail
from records.forms import FilerStatusForm
from records.models import FilerStatus
from records.services import company as services
from records.views.company.base import CompanyActView, RemoveView
from records.views.wording import filer_words, since_long, status_words

if TYPE_CHECKING:
    from collections.abc import Sequence


def status_given(given: dict[str, Any]) -> list[Detail]:
    words = filer_words(given["category"], is_smaller_reporting=given["is_smaller_reporting"])
    return [
        Detail(_("From"), since_long(given["effective_from"])),
        Detail(_("Filer status"), words),
    ]


class FilerStatusAddView(CompanyActView):
    form_class = FilerStatusForm
    is_reviewed = True
    title = lazy("Add filer status")
    why = lazy("The category sets the due dates of filings. It applies from a date.")
    submit_label = lazy("Record filer status")

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return status_given(given)

    def act(self, **given: Any) -> tuple[str, str]:
        services.set_filer_status(self.company, **given, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("The filer status was recorded.")


class FilerStatusChangeView(CompanyActView):
    model = FilerStatus
    form_class = FilerStatusForm
    is_reviewed = True
    title = lazy("Correct filer status")
    why = lazy("Use this for an entry made by mistake. If the status changed, add a new one.")
    submit_label = lazy("Record correction")

    def get_initial(self) -> dict[str, Any]:
        return model_to_dict(self.object)

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return status_given(given)

    def act(self, **given: Any) -> tuple[str, str]:
        services.correct_filer_status(self.object, **given, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("The filer status was corrected.")


class FilerStatusRemoveView(RemoveView):
    model = FilerStatus
    title = lazy("Remove filer status")

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        since = since_long(self.object.effective_from)
        return [
            Detail(_("Removed: from"), since),
            Detail(_("Filer status"), status_words(self.object)),
        ]

    def act(self, **given: Any) -> tuple[str, str]:
        services.remove_filer_status(self.object, by=self.user, at=clock.now())
        return self.done(_("The entry was removed."))
