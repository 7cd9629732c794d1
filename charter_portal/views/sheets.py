"""The pages of the guide that take many rows at once: the people, and the committee's directors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from accounts import permissions
from accounts import services as accounts
from accounts.enums import Role
from accounts.models import User
from charter_portal.setup.forms import (
    SEATS,
    BaseRows,
    BaseSeats,
    CommitteeNameForm,
    PersonRow,
    SeatRow,
    rows_of,
)
from charter_portal.setup.suggested_roles import SUGGESTED_ROLES
from charters.models import Committee
from committees import services as committees
from records import clock
from records.forms import add_row_errors
from records.views.base import PageView

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django_stubs_ext import StrOrPromise


class SheetView(PageView, TemplateView):
    """One page of the guide that takes many rows at once."""

    permission_required = "charter_portal.set_up"
    template_name = "setup/sheet.html"
    title: StrOrPromise = ""
    why: StrOrPromise = ""
    note: StrOrPromise = ""
    submit_label: StrOrPromise = ""
    legend: StrOrPromise = ""

    def rows(self, *typed: Any) -> BaseRows:
        raise NotImplementedError

    def form(self, *typed: Any) -> forms.Form | None:
        """What is asked once, above the rows."""
        return None

    def act(self, form: Any, filled: list[Any]) -> str:
        """Do it with the rows that are filled in; answer the sentence that says what was recorded."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {n: getattr(self, n) for n in ("title", "why", "note", "submit_label", "legend")}
        fresh = {} if "formset" in kwargs else {"form": self.form(), "formset": self.rows()}
        return super().get_context_data(**words, cancel_url=reverse("setup"), **fresh, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form, rows = self.form(request.POST), self.rows(request.POST)
        if all([form is None or form.is_valid(), rows.is_valid()]):
            try:
                sentence = self.act(form, rows.filled)
            except ValidationError as refusal:
                add_row_errors(rows.filled, refusal)
            else:
                messages.success(request, sentence)
                return HttpResponseRedirect(reverse("setup"))
        return self.render_to_response(self.get_context_data(form=form, formset=rows))


class PeopleStepView(SheetView):
    """Roles give access: it asks for a fresh sign-in, as the page of one role does."""

    needs_fresh_sign_in = True
    title = lazy("People")
    why = lazy(
        "An account and a role for each person who signs in. Clear the rows you do not need."
    )
    note = lazy(
        "The rows suit a small listed company. To give a person two roles, use the same "
        "address in two rows. The audit firm needs no account if it does not sign in."
    )
    submit_label = lazy("Add people")

    def rows(self, *typed: Any) -> BaseRows:
        offered = permissions.givable(self.user.roles_today)
        hats = [hat for hat in SUGGESTED_ROLES if hat.role in offered]
        formset = rows_of(PersonRow, BaseRows, len(hats))
        rows = formset(
            *typed, initial=[{"role": hat.role} for hat in hats], form_kwargs={"roles": offered}
        )
        for row, hat in zip(rows.forms, hats, strict=False):
            row.legend = hat.name
        found: BaseRows = rows
        return found

    def act(self, form: Any, filled: list[Any]) -> str:
        given = [row.cleaned_data for row in filled]
        rows = [accounts.Admission(one["email"], one["name"], Role(one["role"])) for one in given]
        admitted = accounts.admit_all(rows, self.today, by=self.user, at=clock.now())
        count = len(set(admitted))
        sentence = ngettext("%(n)s person was added.", "%(n)s people were added.", count) % {
            "n": count
        }
        if any(user.awaits_confirmation for user in admitted):
            return f"{sentence} {_('Another person must confirm them. Then they are invited.')}"
        return f"{sentence} {_('New people are invited by email.')}"


class CommitteeStepView(SheetView):
    title = lazy("The committee")
    why = lazy("The directors, with the dates they joined the Board and the audit committee.")
    note = lazy(
        "Enter former members and later changes on the Committee page. Independence is "
        "recorded separately, because the Board determines it."
    )
    submit_label = lazy("Record members")
    legend = lazy("Director")

    def form(self, *typed: Any) -> forms.Form | None:
        return None if Committee.objects.audit() else CommitteeNameForm(*typed)

    def rows(self, *typed: Any) -> BaseRows:
        known = self.directors_to_be()
        formset = rows_of(SeatRow, BaseSeats, max(SEATS, len(known)))
        rows: BaseRows = formset(*typed, initial=known)
        return rows

    def directors_to_be(self) -> list[dict[str, Any]]:
        """People with the role of a director who are not on record as one."""
        people = User.objects.active().holding(Role.DIRECTOR, self.today).filter(director=None)
        return [{"name": user.name, "user": user.pk} for user in people]

    def act(self, form: Any, filled: list[Any]) -> str:
        committees.constitute(
            [committees.Seating(**row.cleaned_data) for row in filled],
            committee_name=form.cleaned_data["committee_name"] if form else "",
            by=self.user,
            at=clock.now(),
        )
        count = len(filled)
        sentence = ngettext("%(n)s director was recorded.", "%(n)s directors were recorded.", count)
        return sentence % {"n": count}
