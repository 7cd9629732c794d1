"""The company's settings: read, set up, changed, and what is assumed confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import TemplateView

from records import clock
from records.confirm import ActView, ConfirmView, Line
from records.dates import long_day
from records.enums import Annually, Exchange, Locale, NewAccounts, PaperSize, Setting
from records.forms import CompanyForm, SetUpForm
from records.models import Holiday
from records.services import company as services
from records.views.company.base import CompanyMixin
from records.views.wording import outlook, said, since_words, status_words, year_end_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

CHOICES = {
    Setting.EXCHANGE: Exchange,
    Setting.LOCALE: Locale,
    Setting.PAPER_SIZE: PaperSize,
    Setting.ANNUALLY: Annually,
    Setting.NEW_ACCOUNTS: NewAccounts,
}
RECKONED_FROM = frozenset({Setting.RECORDS_BEGIN, Setting.ANNUALLY})
HOLIDAYS_AHEAD = 3


class CompanyView(CompanyMixin, TemplateView):
    """What the portal knows of the company, and what it has only assumed."""

    permission_required = "records.view_company"
    permission_denied_message = ""
    template_name = "records/company.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.company_or_none is None:
            may_set_up = self.request.user.has_perm(SetUpView.permission_required)
            return super().get_context_data(may_set_up=may_set_up, **kwargs)
        company, words = self.company, said(self.company)
        return super().get_context_data(
            may_change=self.request.user.has_perm("records.change_company"),
            to_confirm=[
                (setting, words[setting]) for setting in Setting if setting in company.to_confirm
            ],
            settings=[Line(s.label, words[s] or _("not given")) for s in Setting if is_plain(s)],
            years=outlook(company.calendar, self.today),
            year_ends=[
                (end, since_words(end.effective_from), year_end_words(end.as_rule()))
                for end in reversed(company.fiscal_year_ends.all())
            ],
            statuses=[
                (status, since_words(status.effective_from), status_words(status))
                for status in company.filer_statuses.order_by("-effective_from")
            ],
            meetings=company.annual_meetings.order_by("-on"),
            holidays=Holiday.objects.filter(on__gte=self.today)[:HOLIDAYS_AHEAD],
            today=self.today,
            **kwargs,
        )


def is_plain(setting: Setting) -> bool:
    """A field of the company, and not a dated row."""
    return setting not in {Setting.FISCAL_YEAR_END, Setting.FILER_STATUS}


class SetUpView(CompanyMixin, ActView):
    """The first thing on a new installation, open to whoever keeps the accounts."""

    permission_required = "records.add_company"
    permission_denied_message = lazy("The corporate secretary or an administrator sets it up.")
    form_class = SetUpForm
    title = lazy("Set up the company")
    why = lazy("One installation serves one company. What is not asked here takes its default.")
    note = lazy(
        "Every default is listed afterwards, to be confirmed or changed: the fiscal year, the "
        "filer status, how dates are written. The federal holidays are filled in."
    )
    submit_label = lazy("Set up the company")

    def get_initial(self) -> dict[str, Any]:
        return {"records_begin": clock.today(), "time_zone": "America/New_York"}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.has_permission() and self.company_or_none is not None:
            return HttpResponseRedirect(self.get_cancel_url())
        return super().dispatch(request, *args, **kwargs)

    def act(self, **given: Any) -> tuple[str, str]:
        company = services.set_up(**given, by=self.by, at=clock.now())
        sentence = _("%(company)s is set up. Look over what the portal has assumed.")
        return company.get_absolute_url(), sentence % {"company": company}


class CompanyChangeView(CompanyMixin, ConfirmView):
    form_class = CompanyForm
    title = lazy("Change the company's settings")
    why = lazy("Who the company is, where its days begin, and how the portal writes and reads.")
    submit_label = lazy("Record the change")

    def get_initial(self) -> dict[str, Any]:
        return model_to_dict(self.company, CompanyForm.Meta.fields)

    def changed(self, given: dict[str, Any]) -> list[Setting]:
        return [s for s in Setting if s in given and given[s] != getattr(self.company, s)]

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        if not self.changed(form.cleaned_data):
            messages.info(self.request, _("Nothing was changed."))
            return HttpResponseRedirect(self.get_cancel_url())
        return super().form_valid(form)

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        words = said(self.company)
        was = _("before: %(value)s")
        return [
            Line(s.label, in_words(s, given[s]), (was % {"value": words[s] or _("nothing")},))
            for s in self.changed(given)
        ]

    def get_consequence(self, given: dict[str, Any]) -> str:
        if not RECKONED_FROM.isdisjoint(self.changed(given)):
            return _("Every standing is computed anew from this, past days included.")
        return ""

    def act(self, **given: Any) -> tuple[str, str]:
        services.change_company(self.company, **given, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the company's settings.")


def in_words(setting: Setting, value: Any) -> str:
    """A value that was typed, as the page would show it."""
    if setting in CHOICES:
        return str(CHOICES[setting](value).label)
    if setting == Setting.RECORDS_BEGIN:
        return long_day(value)
    return str(value).replace("_", " ") if value else _("nothing")


class DefaultsConfirmView(CompanyMixin, ActView):
    """Somebody has looked at a default, or at all of them, where they stand on the page."""

    http_method_names = ("post",)
    form_class = forms.Form

    def act(self, **given: Any) -> tuple[str, str]:
        chosen = None if "all" in self.request.POST else self.request.POST.getlist("setting")
        services.confirm_defaults(self.company, chosen, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: confirmed.")
