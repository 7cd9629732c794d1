"""The company: its settings, its fiscal year, and the facts about it that change."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Model
from django.forms.models import model_to_dict
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import TemplateView, View

from records import clock
from records.calendar import Calendar, YearEnd
from records.confirm import ActView, ConfirmView, Line
from records.dates import long_day
from records.enums import Annually, Exchange, Locale, PaperSize, YearEndRule
from records.forms import (
    AnnualMeetingForm,
    CompanyForm,
    FilerStatusForm,
    FiscalYearEndForm,
    SetUpForm,
)
from records.models import AnnualMeeting, Company, FilerStatus, FiscalYearEnd, Holiday
from records.services import company as services
from records.services.company import Setting
from records.views.wording import filer_words, outlook, said, since_words, year_end_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django_stubs_ext import StrOrPromise

Row = TypeVar("Row", bound=Model)

CHOICES = {
    Setting.EXCHANGE: Exchange,
    Setting.LOCALE: Locale,
    Setting.PAPER_SIZE: PaperSize,
    Setting.ANNUALLY: Annually,
}
RECKONED_FROM = frozenset({Setting.RECORDS_BEGIN, Setting.ANNUALLY})
HOLIDAYS_AHEAD = 3


class CompanyMixin(PermissionRequiredMixin, View):
    """A page of the company. The floor above knows which roles hold its permission."""

    permission_required = "records.change_company"
    permission_denied_message: StrOrPromise = lazy(
        "Only the corporate secretary changes what the portal knows of the company."
    )

    @cached_property
    def company(self) -> Company:
        if self.company_or_none is None:
            raise Http404
        return self.company_or_none

    @property
    def company_or_none(self) -> Company | None:
        return self.request.company  # type: ignore[attr-defined,no-any-return]

    @cached_property
    def today(self) -> date:
        return clock.today(self.company)

    def get_cancel_url(self) -> str:
        return reverse("company")


class RowMixin(CompanyMixin, Generic[Row]):
    """A page of one dated row."""

    model: type[Row]

    @cached_property
    def object(self) -> Row:
        return get_object_or_404(self.model, pk=self.kwargs["pk"])

    def has_permission(self) -> bool:
        """Asked before anything else of the view runs: what is not there is not found."""
        return super().has_permission() and self.object is not None


class RemoveView(RowMixin[Row], ConfirmView):
    """Take a dated row out: what stands there is shown before it goes."""

    form_class = forms.Form
    why = lazy("For what was entered by mistake. What has changed since gets a row of its own.")
    submit_label = lazy("Take it out")

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _(
            "It leaves this page. The ledger keeps that it was here, its dates and who took it out."
        )

    def done(self) -> tuple[str, str]:
        return self.get_cancel_url(), _("Recorded: taken out.")


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
                (status, since_words(status.effective_from), words_of(status))
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


def words_of(status: FilerStatus) -> str:
    return filer_words(status.category, is_smaller_reporting=status.is_smaller_reporting)


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


class YearEndConfirmView(CompanyMixin, ConfirmView):
    """What a rule makes of the fiscal years stands beside what they are now, before it counts."""

    ask_template_name = "records/company_year_end_confirm.html"

    def rules(self) -> list[YearEnd]:
        """The rules on record that stay as they are."""
        return [end.as_rule() for end in self.company.fiscal_year_ends.all()]

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        return [
            Line(_("For years ending on or after"), since_long(given["effective_from"])),
            Line(_("The year ends on"), year_end_words(rule_of(given))),
        ]

    def get_preview(self, given: dict[str, Any]) -> dict[str, Any]:
        rules = self.rules() + ([rule_of(given)] if given else [])
        rules.sort(key=lambda rule: rule.effective_from)
        now = outlook(self.company.calendar, self.today)
        then = outlook(Calendar(tuple(rules)), self.today) if rules else now
        return {"years_now": now, "years_then": then, "is_same": now == then}

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _("Duties are judged by fiscal year: their due days and periods move with it.")


def since_long(day: date) -> str:
    return _("the beginning") if day <= services.SINCE_EVER else long_day(day)


def rule_of(given: dict[str, Any]) -> YearEnd:
    """A fiscal year end as it was typed."""
    return YearEnd(
        effective_from=given["effective_from"],
        month=given["month"],
        day=given["day"],
        weekday=given["weekday"],
        nearest=given["rule"] == YearEndRule.NEAREST_WEEKDAY,
    )


class FiscalYearEndAddView(YearEndConfirmView):
    form_class = FiscalYearEndForm
    title = lazy("Change the fiscal year end")
    why = lazy("A new rule from a day on. The years before keep theirs.")
    note = lazy(
        "Between the two rules lies a transition period, shorter than a year. It is judged as a "
        "period of its own."
    )
    submit_label = lazy("Record the fiscal year end")

    def act(self, **given: Any) -> tuple[str, str]:
        services.add_fiscal_year_end(self.company, **given, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the fiscal year end.")


class FiscalYearEndChangeView(RowMixin[FiscalYearEnd], YearEndConfirmView):
    model = FiscalYearEnd
    form_class = FiscalYearEndForm
    title = lazy("Correct the fiscal year end")
    why = lazy("For a rule that was entered wrongly. If the company changes its year, add a rule.")
    submit_label = lazy("Record the correction")

    def get_initial(self) -> dict[str, Any]:
        return model_to_dict(self.object)

    def rules(self) -> list[YearEnd]:
        ends = self.company.fiscal_year_ends.all()
        return [end.as_rule() for end in ends if end.pk != self.object.pk]

    def act(self, **given: Any) -> tuple[str, str]:
        services.correct_fiscal_year_end(self.object, **given, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the fiscal year end, corrected.")


class FiscalYearEndRemoveView(YearEndConfirmView, RemoveView[FiscalYearEnd]):
    model = FiscalYearEnd
    title = lazy("Take out a fiscal year end")

    def rules(self) -> list[YearEnd]:
        ends = self.company.fiscal_year_ends.all()
        return [end.as_rule() for end in ends if end.pk != self.object.pk]

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        end = self.object
        return [
            Line(_("Taken out: for years ending on or after"), since_long(end.effective_from)),
            Line(_("The year ended on"), year_end_words(end.as_rule())),
        ]

    def act(self, **given: Any) -> tuple[str, str]:
        services.remove_fiscal_year_end(self.object, by=self.by, at=clock.now())
        return self.done()


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
        return [Line(_("Taken out: from"), since), Line(_("Filer status"), words_of(self.object))]

    def act(self, **given: Any) -> tuple[str, str]:
        services.remove_filer_status(self.object, by=self.by, at=clock.now())
        return self.done()


class AnnualMeetingView(ConfirmView):
    form_class = AnnualMeetingForm

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        return [Line(_("Annual meeting of stockholders"), long_day(given["on"]))]


class AnnualMeetingAddView(CompanyMixin, AnnualMeetingView):
    title = lazy("Record an annual meeting")
    why = lazy("A vacancy on the committee may be filled until the next annual meeting.")
    submit_label = lazy("Record the meeting")

    def act(self, **given: Any) -> tuple[str, str]:
        services.record_annual_meeting(self.company, **given, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the annual meeting.")


class AnnualMeetingChangeView(RowMixin[AnnualMeeting], AnnualMeetingView):
    model = AnnualMeeting
    title = lazy("Correct an annual meeting")
    why = lazy("The meeting is, or was, on another day.")
    submit_label = lazy("Record the correction")

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.object.on}

    def act(self, **given: Any) -> tuple[str, str]:
        services.correct_annual_meeting(self.object, **given, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the annual meeting, corrected.")


class AnnualMeetingRemoveView(RemoveView[AnnualMeeting]):
    model = AnnualMeeting
    title = lazy("Take out an annual meeting")
    why = lazy("For a meeting that is not to be held, or was entered by mistake.")

    def recorded(self, given: dict[str, Any]) -> Sequence[Line]:
        return [Line(_("Taken out: annual meeting"), long_day(self.object.on))]

    def act(self, **given: Any) -> tuple[str, str]:
        services.remove_annual_meeting(self.object, by=self.by, at=clock.now())
        return self.done()
