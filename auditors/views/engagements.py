"""The auditor, its firms and its engagements."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView, TemplateView

from accounts.enums import Role
from accounts.models import User
from auditors import documents
from auditors.forms import firms as forms
from auditors.forms.fields import offer_years
from auditors.models import Engagement, Firm, Recipient
from auditors.reports import corrections, overview
from auditors.reports.engagements import (
    engagement_facts,
    engagement_row,
    fee_rows,
)
from auditors.reports.rotation import partner_rows, rotation
from auditors.services import firms as services
from auditors.views.base import AuditorActView, AuditorPage, recording
from charters.answers import Link
from charters.permissions import READERS
from charters.views.base import with_open_decisions


def is_reader(user: User) -> bool:
    return bool(user.roles_today & READERS)


def engagements_open_to(user: User) -> QuerySet[Engagement]:
    return Engagement.objects.visible_to(user).select_related(
        "firm", "decision__body", "letter", "ratification"
    )


class AuditorView(AuditorPage, TemplateView):
    """The auditor: who it is, the year's work with it, and what is open."""

    template_name = "auditors/auditor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        calendar = self.company.calendar if self.company else None
        rows = engagements_open_to(self.user).prefetch_related("fees")
        firms = Firm.objects.visible_to(self.user)
        return super().get_context_data(
            engagements=[engagement_row(row, calendar) for row in rows],
            firms=[Link(str(firm), firm.get_absolute_url()) for firm in firms],
            recipients=Recipient.objects.all() if is_reader(self.user) else (),
            pages=overview.pages(self.user),
            this_year=overview.this_year(self.user, self.today, self.company)
            if is_reader(self.user)
            else (),
            may_change=self.user.has_perm("auditors.change_engagement"),
            **kwargs,
        )


class FirmView(AuditorPage, DetailView):  # type: ignore[type-arg]
    """One firm: its tenure, its engagements and its partners."""

    template_name = "auditors/firm.html"

    def get_queryset(self) -> QuerySet[Firm]:
        return Firm.objects.visible_to(self.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        calendar = self.company.calendar if self.company else None
        rows = engagements_open_to(self.user).filter(firm=self.object).prefetch_related("fees")
        return super().get_context_data(
            firm=self.object,
            engagements=[engagement_row(row, calendar) for row in rows],
            rotation=rotation(self.object, calendar, self.today),
            letters=overview.letters(self.object, self.user),
            contacts=self.object.contacts.all(),
            may_change=self.user.has_perm("auditors.change_engagement"),
            **kwargs,
        )


class EngagementView(AuditorPage, DetailView):  # type: ignore[type-arg]
    """One engagement: a firm's work for one fiscal year."""

    template_name = "auditors/engagement.html"

    def get_queryset(self) -> QuerySet[Engagement]:
        return engagements_open_to(self.user).prefetch_related(
            "fees__decision__body", "partner_years__partner", "corrections"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        calendar = self.company.calendar if self.company else None
        reads = is_reader(self.user)
        acts = self.acts()
        return super().get_context_data(
            engagement=self.object,
            facts=with_open_decisions(
                engagement_facts(self.object, calendar, for_readers=reads), self.user
            ),
            fees=with_open_decisions(fee_rows(self.object) if reads else (), self.user),
            partners=list(partner_rows(self.object, calendar)),
            corrections=corrections.entries(self.object.corrections.all(), self.company)
            if reads
            else (),
            file=overview.file_of(self.object.letter, self.user),
            may_change=self.user.has_perm("auditors.change_engagement"),
            first=acts[0] if acts else None,
            acts=acts[1:],
            **kwargs,
        )

    def acts(self) -> list[Link]:
        """What this person can add now, what is missing first."""
        if not self.user.has_perm("auditors.change_engagement"):
            return []
        row, args = self.object, [self.object.pk]
        wanted = (
            (not row.fees.all(), _("Record fee"), "engagement_fee"),
            (row.letter_dated is None, _("Add engagement letter"), "engagement_letter"),
            (row.evaluated_on is None, _("Record evaluation"), "engagement_evaluate"),
            (not hasattr(row, "ratification"), _("Record ratification"), "engagement_ratify"),
            (not row.work_from or not row.report_dated, _("Add audit dates"), "engagement_dates"),
            (True, _("Add partner"), "engagement_partner"),
            (row.decision_id is None, _("Add the decision"), "engagement_decision"),
            (bool(row.fees.all()), _("Record change order"), "engagement_fee"),
            (row.ended_on is None, _("Record end"), "engagement_end"),
            (
                any(corrections.standing(row, corrections.OF_ENGAGEMENT)),
                _("Correct dates"),
                "engagement_correct",
            ),
        )
        return [
            Link(label, reverse(name, args=args)) for is_wanted, label, name in wanted if is_wanted
        ]


class FirmAddView(AuditorActView):
    form_class = forms.FirmForm
    back = "auditor"
    title = lazy("Add a firm")
    submit_label = lazy("Add firm")

    def act(self, **given: Any) -> tuple[str, str]:
        firm = services.add_firm(**given, **self.signed)
        return firm.get_absolute_url(), _("The firm is on record.")


class FirmContactsView(AuditorActView):
    """Who of a firm signs in."""

    queryset = Firm.objects.all()
    changes_object = True
    form_class = forms.ContactsForm
    title = lazy("People who sign in")
    submit_label = lazy("Save")

    def get_initial(self) -> dict[str, Any]:
        return {"contacts": [person.pk for person in self.object.contacts.all()]}

    def get_stored(self) -> dict[str, Any]:
        return super().get_stored() | self.get_initial()

    def offer(self, form: Any) -> None:
        people = User.objects.holding(Role.EXTERNAL_AUDITOR, self.today)
        form.fields["contacts"].queryset = people

    def act(self, **given: Any) -> tuple[str, str]:
        services.set_contacts(self.object, contacts=list(given["contacts"]), **self.signed)
        return self.done(_("The people of the firm are recorded."))


class FirmSizeView(AuditorActView):
    queryset = Firm.objects.all()
    form_class = forms.FirmSizeForm
    title = lazy("Record the firm's size")
    why = lazy(
        "What the firm stated of itself. It decides whether rotation of partners is required."
    )
    submit_label = lazy("Record statement")

    act = recording(services.record_assertion, lazy("The statement is recorded."))


class RecipientAddView(AuditorActView):
    form_class = forms.RecipientForm
    back = "auditor"
    title = lazy("Add a recipient of services")
    why = lazy("A subsidiary, a plan or an affiliate for which an auditor works.")
    submit_label = lazy("Add recipient")

    def act(self, **given: Any) -> tuple[str, str]:
        services.add_recipient(**given, **self.signed)
        return self.done(_("The recipient is on record."))


class AppointView(AuditorActView):
    form_class = forms.AppointForm
    back = "auditor"
    title = lazy("Record an appointment")
    why = lazy("The committee appoints a firm for a fiscal year. The fee is recorded separately.")
    submit_label = lazy("Record appointment")

    def offer(self, form: Any) -> None:
        offer_years(form, "year_ends_on", self.calendar, self.today)
        super().offer(form)

    def act(self, firm: Firm, **given: Any) -> tuple[str, str]:
        made = services.appoint(firm, **given, **self.signed)
        return made.get_absolute_url(), _("The appointment is recorded.")


def engagements_here(page: Any) -> QuerySet[Engagement]:
    """An engagement is never changed: a fact is added to it once."""
    return engagements_open_to(page.user)


class EvaluateView(AuditorActView):
    get_queryset = engagements_here
    form_class = forms.EvaluationForm
    title = lazy("Record the evaluation of the auditor")
    submit_label = lazy("Record evaluation")

    act = recording(services.record_evaluation, lazy("The evaluation is recorded."))


class EngagementLetterView(AuditorActView):
    get_queryset = engagements_here
    form_class = forms.EngagementLetterForm
    title = lazy("Add the engagement letter")
    submit_label = lazy("Add letter")

    def act(self, letter_dated: Any, document: Any = None) -> tuple[str, str]:
        self.filed(
            lambda paper: services.record_engagement_letter(
                self.object, dated=letter_dated, document=paper, **self.signed
            ),
            document,
            kind=documents.ENGAGEMENT,
            title=_("Engagement letter: %(engagement)s") % {"engagement": self.object},
        )
        return self.done(_("The engagement letter is recorded."))


class EngagementFeeView(AuditorActView):
    get_queryset = engagements_here
    form_class = forms.FeeSetForm
    title = lazy("Record a fee")
    why = lazy("The fee the committee set, or a change order it approved.")
    submit_label = lazy("Record fee")

    act = recording(services.set_fee, lazy("The fee is recorded."))


class AuditDatesView(AuditorActView):
    get_queryset = engagements_here
    form_class = forms.AuditDatesForm
    title = lazy("Add dates of the audit")
    submit_label = lazy("Add dates")

    act = recording(services.record_audit_dates, lazy("The dates are recorded."))


class EngagementEndView(AuditorActView):
    get_queryset = engagements_here
    form_class = forms.EngagementEndForm
    title = lazy("Record the end of an engagement")
    submit_label = lazy("Record end")

    act = recording(services.end_engagement, lazy("The end of the engagement is recorded."))


class RatifyView(AuditorActView):
    get_queryset = engagements_here
    form_class = forms.RatificationForm
    title = lazy("Record the ratification vote")
    why = lazy("The vote of the stockholders is advisory. It ends nothing by itself.")
    submit_label = lazy("Record vote")

    act = recording(services.record_ratification, lazy("The vote is recorded."))


class PartnerYearView(AuditorActView):
    get_queryset = engagements_here
    form_class = forms.PartnerYearForm
    title = lazy("Add a partner")
    why = lazy("A partner's role in this audit, as the firm stated it.")
    submit_label = lazy("Add partner")

    def act(self, partner: Any, name: str, **given: Any) -> tuple[str, str]:
        services.record_partner_year(partner or name, self.object, **given, **self.signed)
        return self.done(_("The partner's year is recorded."))
