"""Setting up a company: the guide, and the pages of it that are not pages of the portal anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.forms.models import model_to_dict
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import TemplateView

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
from charters.models import Committee
from charters.reports.charter import summary
from charters.standing import Docket
from records import clock
from records.confirm import ActView
from records.models import Company, Versioned
from records.services import company as services
from records.views.base import PageView

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django import forms
    from django.http.response import HttpResponseBase

    from records.enums import Setting


class SetupView(PageView, TemplateView):
    """Every step: what it asks, whether the records hold it, what was entered."""

    permission_required = "charter_portal.set_up"
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


class StepView(ActView):
    """One page of the guide that asks for facts of the company."""

    permission_required = "charter_portal.set_up"
    template_name = "setup/step.html"
    submit_label = lazy("Save and continue")
    asked: Collection[Setting] = ()
    needs_company = True

    @property
    def is_ready(self) -> bool:
        return self.company is not None or not self.needs_company

    def instead(self) -> HttpResponseBase:
        """A page without a meaning before the company is entered leads there."""
        messages.info(self.request, _("Set up the company first. Then continue with this step."))
        return HttpResponseRedirect(reverse("setup_company"))

    def get_records(self) -> list[Versioned]:
        company = Company.objects.current()
        return [company] if company else []

    def get_version(self, *, lock: bool = False) -> str | None:
        return super().get_version(lock=lock) or "none"

    def get_cancel_url(self) -> str:
        return reverse("setup")

    def get_form(self, form_class: Any = None) -> forms.BaseForm:
        form: forms.BaseForm = super().get_form(form_class)
        waits = self.asked if self.company is None else self.company.to_confirm
        say_defaults(form, set(self.asked) & set(waits))
        return form


class CompanyStepView(StepView):
    form_class = CompanyStepForm
    title = lazy("The company")
    why = lazy("The company's name, time zone and formats.")
    note = lazy(
        "The values shown are usual for a company listed in the United States. Change what "
        "is different, then save."
    )
    # A name and a symbol have no default.
    asked = tuple(setting for setting in COMPANY if setting not in ("name", "ticker"))
    needs_company = False

    def get_initial(self) -> dict[str, Any]:
        return model_to_dict(self.company or Company(), CompanyStepForm.Meta.fields)

    def act(self, **given: Any) -> tuple[str, str]:
        services.tell_company(**given, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("The company was saved.")


class CalendarStepView(StepView):
    form_class = CalendarStepForm
    title = lazy("Calendar")
    why = lazy("Due dates follow the fiscal year and the filer category.")
    note = lazy(
        "If the fiscal year end or filer status changed in the past, add the change on the "
        "Company page. Federal holidays are filled in. You can change them there too."
    )
    asked = CALENDAR

    def load(self) -> None:
        """The newest rows: those that the page corrects."""
        assert self.company is not None  # noqa: S101  (the page leads to the company first)
        self.end = self.company.fiscal_year_ends.order_by("effective_from").last()
        self.status = self.company.filer_statuses.order_by("effective_from").last()
        meetings = self.company.annual_meetings.filter(on__gte=self.today)
        self.ahead = meetings.order_by("on").first()

    def get_records(self) -> list[Versioned]:
        rows = (self.end, self.status, self.ahead)
        return [*super().get_records(), *(row for row in rows if row)]

    def get_version(self, *, lock: bool = False) -> str | None:
        """The rows are read again under the company's lock: a newer one may have been added."""
        if lock and self.company:
            self.company.locked()
            self.load()
        return super().get_version(lock=lock)

    def get_stored(self) -> dict[str, Any]:
        return self.get_initial()

    def get_initial(self) -> dict[str, Any]:
        return {
            **(model_to_dict(self.end, CalendarStepForm.YEAR_END) if self.end else {}),
            **(model_to_dict(self.status, CalendarStepForm.FILER) if self.status else {}),
            "annual_meeting": self.ahead.on if self.ahead else None,
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
            by=self.user,
            at=clock.now(),
        )
        return self.get_cancel_url(), _("The calendar was saved.")


class RecordStepView(StepView):
    form_class = RecordStepForm
    title = lazy("Where records begin")
    why = lazy(
        "The date from which the portal shows a status. Earlier due dates are shown as "
        "before records begin."
    )
    note = lazy(
        "Most companies choose today. Choose the first date of the fiscal year if you will "
        "enter all work of the current year."
    )
    asked = RECORD

    def get_initial(self) -> dict[str, Any]:
        return model_to_dict(self.company, RecordStepForm.Meta.fields) if self.company else {}

    def act(self, **given: Any) -> tuple[str, str]:
        services.tell_company(**given, by=self.user, at=clock.now())
        return self.get_cancel_url(), _("The date was saved.")


class MailStepView(StepView):
    """Whether mails arrive is seen by sending one."""

    form_class = Form
    template_name = "setup/mail.html"
    title = lazy("Email")
    why = lazy("Check that the portal's emails reach you.")
    note = lazy("Emails contain no details. The Emails page shows the status of every email.")
    submit_label = lazy("Send test email")
    needs_company = False

    def get_version(self, *, lock: bool = False) -> None:
        """It asks for a mail and changes nothing."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        became = mail.what_became(mail.asked_by(self.user))
        return super().get_context_data(became=became, **kwargs)

    def act(self, **given: Any) -> tuple[str, str]:
        ask_for_a_mail(by=self.user, at=clock.now())
        return reverse("setup_mail"), _("The test email will be sent.")
