"""The initial public offering, from which the phase-in of a new listing is counted."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from committees import services
from committees.forms.facts import ReasonForm
from committees.forms.people import ListingForm
from committees.models import Listing
from committees.views.base import RegisterActView


class ListingRecordView(RegisterActView):
    permission_required = "committees.change_committee"
    form_class: Any = ListingForm
    title = lazy("Record an initial public offering")
    why = lazy(
        "A newly listed company reaches three members, all of them independent, in steps (Nasdaq "
        "5615(b)(1))."
    )
    submit_label = lazy("Record offering")

    def get_cancel_url(self) -> str:
        return reverse("committee")

    def act(self, **given: Any) -> tuple[str, str]:
        services.record_listing(self.the_committee, **given, **self.signed)
        return self.done(_("The initial public offering is recorded."))


class ListingCorrectView(RegisterActView):
    permission_required = "committees.change_committee"
    changes_object = False
    queryset = Listing.objects.select_related("committee")
    form_class: Any = ListingForm
    title = lazy("Correct the initial public offering")
    why = lazy("The first entry stays on record. This one replaces it.")
    submit_label = lazy("Record correction")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ListingForm.base_fields}

    def act(self, **given: Any) -> tuple[str, str]:
        later = Listing(committee_id=self.object.committee_id, **given)
        services.correct_listing(self.object, later, **self.signed)
        return self.done(_("The correction is recorded."))


class ListingWithdrawView(RegisterActView):
    permission_required = "committees.change_committee"
    changes_object = False
    queryset = Listing.objects.select_related("committee")
    form_class: Any = ReasonForm
    title = lazy("Withdraw the initial public offering")
    why = lazy("For an entry made in error. It stays on record and no longer counts.")
    submit_label = lazy("Withdraw offering")

    def act(self, reason: str) -> tuple[str, str]:
        services.withdraw_listing(self.object, reason=reason, **self.signed)
        return self.done(_("The initial public offering is withdrawn."))
