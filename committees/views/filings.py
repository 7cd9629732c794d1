"""Filings that state a reliance on a cure period or a phase-in."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from committees import services
from committees.forms.facts import ReasonForm
from committees.forms.people import FilingForm
from committees.models import Filing
from committees.views.base import RegisterActView


class FilingRecordView(RegisterActView):
    permission_required = "committees.change_committee"
    form_class: Any = FilingForm
    title = lazy("Record a filing")
    why = lazy(
        "An annual report or proxy statement states that the company relies on the cure period of "
        "a member who lost independence, or on the phase-in of independence (Exchange Act Rule "
        "10A-3(d))."
    )
    submit_label = lazy("Record filing")

    def get_cancel_url(self) -> str:
        return reverse("committee")

    def act(self, **given: Any) -> tuple[str, str]:
        services.record_filing(self.the_committee, **given, **self.signed)
        return self.done(_("The filing is recorded."))


class FilingCorrectView(RegisterActView):
    permission_required = "committees.change_committee"
    changes_object = False
    queryset = Filing.objects.select_related("committee")
    form_class: Any = FilingForm
    title = lazy("Correct the filing")
    why = lazy("The first entry stays on record. This one replaces it.")
    submit_label = lazy("Record correction")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in FilingForm.base_fields}

    def act(self, **given: Any) -> tuple[str, str]:
        later = Filing(committee_id=self.object.committee_id, **given)
        services.correct_filing(self.object, later, **self.signed)
        return self.done(_("The correction is recorded."))


class FilingWithdrawView(RegisterActView):
    permission_required = "committees.change_committee"
    changes_object = False
    queryset = Filing.objects.select_related("committee")
    form_class: Any = ReasonForm
    title = lazy("Withdraw the filing")
    why = lazy("For an entry made in error. It stays on record and no longer counts.")
    submit_label = lazy("Withdraw filing")

    def act(self, reason: str) -> tuple[str, str]:
        services.withdraw_filing(self.object, reason=reason, **self.signed)
        return self.done(_("The filing is withdrawn."))
