"""What the charter's pages share: the committee, the day, and a way out before set-up."""

from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts.access import PermitMixin
from accounts.models import User
from committees.models import Committee
from committees.reports.charter import address
from committees.standing import Docket
from records.clock import today
from records.confirm import ActView
from records.models import Company

# Days around which the fiscal calendar has years on both sides.
EARLIEST, LATEST = date(1950, 1, 1), date(2200, 12, 31)


class AsOfForm(forms.Form):
    as_of = forms.DateField(
        required=False, validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    )


class CharterMixin(PermitMixin, View):
    """A page of the audit committee's charter, read as of a day (`?as_of=`, default today)."""

    permission_required = "committees.view_standing"
    request: HttpRequest

    @cached_property
    def company(self) -> Company | None:
        return self.request.company  # type: ignore[attr-defined,no-any-return]

    @cached_property
    def committee(self) -> Committee | None:
        return Committee.objects.audit()

    @cached_property
    def today(self) -> date:
        return today(self.company)

    @property
    def is_dated(self) -> bool:
        """Whether its address may ask for another day. What records something acts today."""
        return not isinstance(self, ActView)

    @cached_property
    def as_of(self) -> date:
        if not self.is_dated:
            return self.today
        form = AsOfForm(self.request.GET)
        if not form.is_valid():
            messages.error(
                self.request,
                _("“%(text)s” is not a day that can be read. The page shows today.")
                % {"text": self.request.GET["as_of"]},
            )
            return self.today
        day: date = form.cleaned_data["as_of"] or self.today
        if day > self.today:
            messages.info(
                self.request,
                _("This day is ahead: it is read as if nothing more were recorded until then."),
            )
        return day

    @cached_property
    def docket(self) -> Docket:
        assert self.committee is not None  # noqa: S101  (dispatch has seen to it)
        return Docket(self.committee, self.as_of, self.company)

    @cached_property
    def came_from(self) -> str:
        """The page that led here and wants the person back (`?next=`); only a path of the portal."""
        path = self.request.GET.get("next", "")
        is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
        return path if is_ours else ""

    def onward(self, url: str) -> str:
        """An address that goes on knowing where the person came from."""
        return address(url, next=self.came_from)

    def leading_back(self, sentence: str) -> str:
        """The notice of what was recorded, with the way back."""
        if not self.came_from:
            return sentence
        label = _("Go on where you came from")
        return format_html('{} <a href="{}">{}</a>', sentence, self.came_from, label)

    @property
    def user(self) -> User:
        assert isinstance(self.request.user, User)  # noqa: S101  (PermitMixin has seen to it)
        return self.request.user

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and (self.company is None or self.committee is None):
            self.permit()
            return self.nothing_yet()
        return super().dispatch(request, *args, **kwargs)

    def nothing_yet(self) -> HttpResponse:
        """Before a company and its committee are set up there is nothing to read."""
        return render(self.request, "committees/nothing_yet.html")
