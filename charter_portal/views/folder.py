"""One button for the auditor: all minutes and consents of a period in one folder."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import FormView

from charter_portal.folder.contents import STATEMENT, entries
from charter_portal.folder.packing import packed
from charters.views.base import audit_committee, has_committee, nothing_yet
from records.forms import Day
from records.views.base import PageView
from records.views.documents import handed_out

if TYPE_CHECKING:
    AnyFormView = FormView[Any]
else:
    AnyFormView = FormView


class FolderForm(forms.Form):
    first = Day(label=lazy("From"))
    last = Day(label=lazy("To"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", _("The period ends before it begins."))
        return given


class MinutesFolderView(PageView, AnyFormView):
    """The period, then the folder as a ZIP. Nothing is stored."""

    permission_required = "meetings.change_minutes"
    template_name = "reports/minutes_folder.html"
    form_class = FolderForm
    is_ready = property(has_committee)
    committee = cached_property(audit_committee)
    instead = nothing_yet

    def get_initial(self) -> dict[str, Any]:
        """From the last fiscal year's first date: the auditor reads up to the date of the report."""
        assert self.company  # noqa: S101  (dispatch has seen to it)
        calendar = self.company.calendar
        year = calendar.year_before(calendar.year_of(self.today))
        return {"first": year.first, "last": self.today}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(statement=STATEMENT, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        assert self.company  # noqa: S101  (dispatch has seen to it)
        assert self.committee  # noqa: S101
        first: date = form.cleaned_data["first"]
        last: date = form.cleaned_data["last"]
        found = entries(self.committee, self.company, first, last, self.today)
        content = packed(found, self.company, first, last)
        name = f"minutes-{first.isoformat()}-{last.isoformat()}.zip"
        return handed_out(content, "application/zip", name)
