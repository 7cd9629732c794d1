"""Setting up a company: the guide, and the pages of it that are not pages of the portal anyway."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.forms.models import model_to_dict
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import TemplateView, View

from accounts.access import PermitMixin
from charter_portal.services import ask_for_a_mail
from charter_portal.setup import mail
from charter_portal.setup.forms import (
    CalendarStepForm,
    CompanyStepForm,
    RecordStepForm,
    say_defaults,
)
from charter_portal.setup.guide import Guide
from charter_portal.setup.steps import CALENDAR, COMPANY, RECORD, guide
from committees.models import Committee
from committees.reports.charter import summary
from committees.standing import Docket
from records import clock
from records.confirm import ActView
from records.models import Company
from records.services import company as services

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django import forms
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from records.enums import Setting


class SetupMixin(PermitMixin):
    """A page of the guide."""

    permission_required = "charter_portal.set_up"

    @cached_property
    def company(self) -> Company | None:
        return self.request.company  # type: ignore[attr-defined,no-any-return]

    @cached_property
    def today(self) -> date:
        return clock.today(self.company)

    def get_cancel_url(self) -> str:
        return reverse("setup")


class SetupView(SetupMixin, TemplateView):
    """Every step: what it asks, whether the records hold it, what was entered."""

    template_name = "setup/guide.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = guide(self.company, self.today)
        return super().get_context_data(
            guide=found, next=found.next, summary=self.summary(found), **kwargs
        )

    def summary(self, found: Guide) -> Any:
        """Where the charter stands, once there are duties."""
        committee = Committee.objects.audit()
        if committee is None or self.company is None:
            return None
        reading = Docket(committee, self.today, self.company).reading()
        return summary(reading, reverse("charter"), chosen="-") if reading.duties else None


class CompanyFirstMixin(View):
    """A page without a meaning before the company is entered leads there."""

    needs_company = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.needs_company and request.company is None:  # type: ignore[attr-defined]
            messages.info(request, _("This step needs the company. Enter it first."))
            return HttpResponseRedirect(reverse("setup_company"))
        return super().dispatch(request, *args, **kwargs)


class StepView(SetupMixin, CompanyFirstMixin, ActView):
    """One page of the guide that asks for facts of the company."""

    template_name = "setup/step.html"
    submit_label = lazy("Save and go on")
    asked: Collection[Setting] = ()

    def get_form(self, form_class: Any = None) -> forms.BaseForm:
        form: forms.BaseForm = super().get_form(form_class)
        waits = self.asked if self.company is None else self.company.to_confirm
        say_defaults(form, set(self.asked) & set(waits))
        return form


class CompanyStepView(StepView):
    form_class = CompanyStepForm
    title = lazy("The company")
    why = lazy("Whose record this is. Every legal day is a day in the company's time zone.")
    note = lazy(
        "One installation serves one company. What is pre-filled is usual for a company listed in "
        "the United States; what you save is your word and no default any more."
    )
    # A name and a symbol have no default.
    asked = tuple(setting for setting in COMPANY if setting not in ("name", "ticker"))
    needs_company = False

    def get_initial(self) -> dict[str, Any]:
        return model_to_dict(self.company or Company(), CompanyStepForm.Meta.fields)

    def act(self, **given: Any) -> tuple[str, str]:
        services.tell_company(**given, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: the company.")


class CalendarStepView(StepView):
    form_class = CalendarStepForm
    title = lazy("The calendar")
    why = lazy("Duties are judged by fiscal year; the filer category decides due days of filings.")
    note = lazy(
        "A change of the fiscal year end or of the filer status that happened within the record is "
        "entered on the page of the company, from its own day on. The federal holidays are filled "
        "in and can be changed there too."
    )
    asked = CALENDAR

    def get_initial(self) -> dict[str, Any]:
        assert self.company is not None  # noqa: S101  (the page leads to the company first)
        end = self.company.fiscal_year_ends.order_by("effective_from").last()
        status = self.company.filer_statuses.order_by("effective_from").last()
        ahead = self.company.annual_meetings.filter(on__gte=self.today).order_by("on").first()
        return {
            **(model_to_dict(end, CalendarStepForm.YEAR_END) if end else {}),
            **(model_to_dict(status, CalendarStepForm.FILER) if status else {}),
            "annual_meeting": ahead.on if ahead else None,
        }

    def get_form(self, form_class: Any = None) -> forms.BaseForm:
        form = super().get_form(form_class)
        waits = set(self.company.to_confirm) if self.company else set()
        if "fiscal_year_end" in waits:
            say_defaults(form, {"month", "day"})
        if "filer_status" in waits:
            say_defaults(form, {"category", "is_smaller_reporting"})
        return form

    def act(self, annual_meeting: date | None = None, **given: Any) -> tuple[str, str]:
        assert self.company is not None  # noqa: S101  (the page leads to the company first)
        services.tell_calendar(
            self.company,
            year_end={name: given[name] for name in CalendarStepForm.YEAR_END},
            filer={name: given[name] for name in CalendarStepForm.FILER},
            annual_meeting=annual_meeting,
            by=self.by,
            at=clock.now(),
        )
        return self.get_cancel_url(), _("Recorded: the calendar.")


class RecordStepView(StepView):
    form_class = RecordStepForm
    title = lazy("Where the record begins")
    why = lazy(
        "What fell due before this day is before the record and never shown as missing, so that "
        "the first day shows no wall of gaps."
    )
    note = lazy(
        "Earlier work counts all the same once it is entered. Today suits most; the first day of "
        "the fiscal year suits who enters the running year in full."
    )
    asked = RECORD

    def get_initial(self) -> dict[str, Any]:
        return model_to_dict(self.company, RecordStepForm.Meta.fields) if self.company else {}

    def act(self, **given: Any) -> tuple[str, str]:
        services.tell_company(**given, by=self.by, at=clock.now())
        return self.get_cancel_url(), _("Recorded: where the record begins.")


class MailStepView(StepView):
    """Whether mails arrive is seen by sending one."""

    form_class = Form
    template_name = "setup/mail.html"
    title = lazy("The mail")
    why = lazy(
        "Meeting notices, requests to sign and reminders come by mail. See whether one does."
    )
    note = lazy(
        "A mail of the portal says only that something waits, and where. What has become of every "
        "mail stands on the page of notices."
    )
    submit_label = lazy("Send me a test mail")
    needs_company = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        became = mail.what_became(mail.asked_by(self.actor))
        return super().get_context_data(became=became, **kwargs)

    def act(self, **given: Any) -> tuple[str, str]:
        ask_for_a_mail(by=self.actor, at=clock.now())
        return reverse("setup_mail"), _("Recorded: a test mail is owed to you.")
