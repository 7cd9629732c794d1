"""The officers' register: who holds which title, and to whom they report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import TemplateView

from committees import services
from committees.forms.officers import OfficeEndForm, OfficerForm
from committees.models import Officer
from committees.reports.officers import officer_lines
from records.confirm import ActView
from records.views.base import PageView

if TYPE_CHECKING:
    from django.db.models import QuerySet


class OfficersView(PageView, TemplateView):
    """Everybody in office, then those who left."""

    permission_required = "committees.view_committee"
    template_name = "committees/officers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        officers = list(Officer.objects.select_related("reports_to"))
        may_change = self.user.has_perm("committees.change_committee")
        return super().get_context_data(
            rows=officer_lines(officers, self.today, may_change=may_change),
            may_change=may_change,
            **kwargs,
        )


class OfficerActView(ActView):
    permission_required = "committees.change_committee"
    form_class: Any = OfficerForm

    def get_queryset(self) -> QuerySet[Officer]:
        return Officer.objects.select_related("reports_to")

    def get_cancel_url(self) -> str:
        return reverse("officers")


class OfficerAddView(OfficerActView):
    title = lazy("Add an officer")
    why = lazy("Who holds which title, since when, and to whom they report.")
    submit_label = lazy("Add officer")

    def act(self, **given: Any) -> tuple[str, str]:
        officer = services.add_officer(**given, **self.signed)
        return self.done(_("%(officer)s was added.") % {"officer": officer})


class OfficerChangeView(OfficerActView):
    title = lazy("Correct an officer’s entry")
    why = lazy("For a new title, end this office and add the new one.")
    submit_label = lazy("Save changes")
    object: Officer

    def get_initial(self) -> dict[str, Any]:
        officer = self.object
        stored = {name: getattr(officer, name) for name in services.officers.FIELDS}
        return stored | {"reports_to": officer.reports_to_id, "user": officer.user_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"officer": self.object}

    def act(self, **given: Any) -> tuple[str, str]:
        services.change_officer(self.object, **given, **self.signed)
        return self.done(_("The changes were saved."))


class OfficeEndView(OfficerActView):
    form_class = OfficeEndForm
    title = lazy("End an office")
    why = lazy("The office stays on record with its end.")
    submit_label = lazy("Record the end")
    object: Officer

    def get_title(self) -> str:
        return f"{self.title}: {self.object}"

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": self.today}

    def act(self, **given: Any) -> tuple[str, str]:
        services.end_office(self.object, **given, **self.signed)
        return self.done(_("Recorded: the end of the office."))
