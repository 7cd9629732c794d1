"""The company's settings: read, set up, changed, and what is assumed confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import TemplateView

from records import clock
from records.confirm import ActView, Detail
from records.dates import long_day
from records.enums import Annually, Exchange, Locale, NewAccounts, PaperSize, Setting
from records.forms import CompanyForm, SetUpForm
from records.models import Company, Holiday
from records.services import company as services
from records.stale import version_of
from records.views.base import PageView
from records.views.company.annual_meetings import ANNUAL_MEETINGS
from records.views.company.base import CompanyActView
from records.views.company.filer_statuses import FILER_STATUSES
from records.views.company.fiscal_years import FISCAL_YEAR_ENDS
from records.views.company.late_notices import LATE_NOTICES
from records.views.wording import outlook, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http.response import HttpResponseBase

CHOICES = {
    Setting.EXCHANGE: Exchange,
    Setting.LOCALE: Locale,
    Setting.PAPER_SIZE: PaperSize,
    Setting.ANNUALLY: Annually,
    Setting.NEW_ACCOUNTS: NewAccounts,
}
RECALCULATING = frozenset({Setting.RECORDS_BEGIN, Setting.ANNUALLY})
HOLIDAYS_AHEAD = 3


class CompanyView(PageView, TemplateView):
    """What the portal knows of the company, and what it has only assumed."""

    permission_required = "records.view_company"
    template_name = "records/company.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        company = self.company
        if company is None:
            may_set_up = self.user.has_perm(SetUpView.permission_required)
            return super().get_context_data(may_set_up=may_set_up, **kwargs)
        words = said(company)
        return super().get_context_data(
            may_change=self.user.has_perm("records.change_company"),
            to_confirm=[
                (setting, words[setting]) for setting in Setting if setting in company.to_confirm
            ],
            settings=[Detail(s.label, words[s] or _("not given")) for s in Setting if is_plain(s)],
            years=outlook(company.calendar, self.today),
            year_ends=FISCAL_YEAR_ENDS.listed(company),
            statuses=FILER_STATUSES.listed(company),
            late_notices=LATE_NOTICES.listed(company),
            meetings=ANNUAL_MEETINGS.listed(company, self.today),
            holidays=Holiday.objects.filter(on__gte=self.today)[:HOLIDAYS_AHEAD],
            version=version_of([company]),
            **self._asked(company),
            **kwargs,
        )

    def _asked(self, company: Company) -> dict[str, Any]:
        """For who keeps the accounts: that somebody waits for a second person."""
        if company.at_once_asked_at is None or not self.user.has_perm("records.confirm_accounts"):
            return {}
        may = services.why_no_accounts_at_once(company, self.user) is None
        return {"at_once_asked_by": company.at_once_asked_by, "may_confirm_accounts": may}


def is_plain(setting: Setting) -> bool:
    """A field of the company, and not a dated row."""
    return setting not in {Setting.FISCAL_YEAR_END, Setting.FILER_STATUS}


class SetUpView(ActView):
    """The first thing on a new installation, open to whoever keeps the accounts."""

    permission_required = "records.add_company"
    form_class = SetUpForm
    title = lazy("Set up company")
    why = lazy("One installation serves one company. What is not asked here takes its default.")
    note = lazy(
        "Every default is listed afterwards, to be confirmed or changed: the fiscal year, the "
        "filer status, how dates are written. The federal holidays are filled in."
    )
    submit_label = lazy("Set up company")

    def get_initial(self) -> dict[str, Any]:
        return {"records_begin": clock.today(), "time_zone": "America/New_York"}

    @property
    def is_ready(self) -> bool:
        return self.company is None

    def instead(self) -> HttpResponseBase:
        return HttpResponseRedirect(self.get_cancel_url())

    def get_cancel_url(self) -> str:
        return reverse("company")

    def act(self, **given: Any) -> tuple[str, str]:
        company = services.set_up(**given, by=self.user, at=clock.now())
        sentence = _("%(company)s is set up. Look over what the portal has assumed.")
        return company.get_absolute_url(), sentence % {"company": company}


class CompanyChangeView(CompanyActView):
    """A change of the settings that stand on one form."""

    form_class = CompanyForm
    is_reviewed = True
    needs_fresh_sign_in = True
    title = lazy("Change the company's settings")
    why = lazy("Who the company is, where its days begin, and how the portal writes and reads.")
    submit_label = lazy("Record the change")

    def load(self) -> None:
        self.object = self.company

    def get_initial(self) -> dict[str, Any]:
        return model_to_dict(self.company, CompanyForm.Meta.fields)

    def changed(self, given: dict[str, Any]) -> list[Setting]:
        return [s for s in Setting if s in given and given[s] != getattr(self.company, s)]

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        if not self.changed(form.cleaned_data):
            messages.info(self.request, _("Nothing was changed."))
            return HttpResponseRedirect(self.get_cancel_url())
        return super().form_valid(form)

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        words = said(self.company)
        was = _("before: %(value)s")
        return [
            Detail(
                s.label,
                in_words(s, given[s]),
                (was % {"value": words[s] or _("nothing")}, *self._waits(s)),
            )
            for s in self.changed(given)
        ]

    def _waits(self, setting: Setting) -> tuple[str, ...]:
        if setting != Setting.NEW_ACCOUNTS or not self.takes_two:
            return ()
        return (_("only once a second person has confirmed it"),)

    @property
    def takes_two(self) -> bool:
        return services.takes_a_second_person(self.company, self.user)

    def get_consequence(self, given: dict[str, Any]) -> str:
        if not RECALCULATING.isdisjoint(self.changed(given)):
            return _("The status of every responsibility is recalculated, for past dates too.")
        return ""

    def act(self, **given: Any) -> tuple[str, str]:
        waits = Setting.NEW_ACCOUNTS in self.changed(given) and self.takes_two
        services.change_company(self.company, **given, by=self.user, at=clock.now())
        if waits:
            return self.get_cancel_url(), _(
                "Recorded. A second person still confirms new accounts until another secretary or "
                "administrator has confirmed this change."
            )
        return self.get_cancel_url(), _("The settings were saved.")


def asked_company(view: CompanyActView) -> Company:
    """The company, while somebody's request waits for a second person."""
    if view.company.at_once_asked_at is None:
        raise Http404
    return view.company


class AccountsAtOnceView(CompanyActView):
    """A second person confirms that new accounts open without one."""

    permission_required = "records.confirm_accounts"
    needs_fresh_sign_in = True
    form_class = forms.Form
    is_reviewed = True
    title = lazy("Open new accounts without a second person")
    submit_label = lazy("Confirm")

    def load(self) -> None:
        self.object = asked_company(self)

    def get_denial(self) -> str | None:
        return services.why_no_accounts_at_once(self.company, self.user)

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        asked_at = self.company.at_once_asked_at
        return [
            Detail(_("Asked by"), str(self.company.at_once_asked_by)),
            Detail(
                _("Asked on"), long_day(clock.day_of(asked_at, self.company)) if asked_at else ""
            ),
            Detail(Setting.NEW_ACCOUNTS.label, NewAccounts.AT_ONCE.label),
        ]

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _("From then on one secretary or administrator alone can let a person in.")

    def act(self, **given: Any) -> tuple[str, str]:
        services.open_accounts_at_once(self.company, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("Recorded: new accounts open without a second person.")


class AccountsByTwoView(CompanyActView):
    """What was asked for is declined, or taken back."""

    permission_required = "records.confirm_accounts"
    form_class = forms.Form
    is_reviewed = True
    title = lazy("Keep a second person for new accounts")
    submit_label = lazy("Keep a second person")

    def load(self) -> None:
        self.object = asked_company(self)

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        return [Detail(Setting.NEW_ACCOUNTS.label, NewAccounts.BY_TWO.label)]

    def act(self, **given: Any) -> tuple[str, str]:
        services.keep_accounts_by_two(self.company, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("Recorded: a second person still confirms new accounts.")


def in_words(setting: Setting, value: Any) -> str:
    """A value that was typed, as the page would show it."""
    if setting in CHOICES:
        return str(CHOICES[setting](value).label)
    if setting == Setting.RECORDS_BEGIN:
        return long_day(value)
    return str(value).replace("_", " ") if value else _("nothing")


class DefaultsConfirmView(CompanyActView):
    """Somebody has looked at a default, or at all of them, where they stand on the page."""

    http_method_names = ("post",)
    form_class = forms.Form

    def load(self) -> None:
        self.object = self.company

    def form_invalid(self, form: forms.BaseForm) -> HttpResponse:
        """The form stands on the company's page, which shows what is on record now."""
        for problem in form.non_field_errors():
            messages.error(self.request, str(problem))
        return HttpResponseRedirect(self.get_cancel_url())

    def act(self, **given: Any) -> tuple[str, str]:
        chosen = None if "all" in self.request.POST else self.request.POST.getlist("setting")
        services.confirm_defaults(self.company, chosen, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("Recorded: confirmed.")
