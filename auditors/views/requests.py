"""Services: check before you ask, requests with their rulings, and approvals."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import DetailView, ListView, TemplateView

from accounts.enums import Role
from accounts.models import User
from auditors import documents
from auditors.enums import ApprovingBody, RecipientKind, RequestState, Route
from auditors.forms import requests as forms
from auditors.models import (
    Approval,
    Engagement,
    Firm,
    Policy,
    Recipient,
    ServiceRequest,
)
from auditors.reports.overview import file_of
from auditors.reports.requests import (
    approval_facts,
    description_fact,
    history,
    request_row,
    terms,
    waiver_facts,
)
from auditors.reports.rulings import ruling_lines
from auditors.rules.catalogue import SERVICES, Service
from auditors.rules.description import notes
from auditors.rules.figures import waiver_share_on
from auditors.rules.money import Money
from auditors.rulings import Draft, paid_in_year, reporting_currency, ruling, waived_in_year
from auditors.schedule import scheduled_meetings
from auditors.services import requests as services
from auditors.views.base import AuditorActView, AuditorPage, recording
from charters.answers import Link
from charters.reports.duty import Definition
from charters.views.base import with_open_decisions
from records.rule_data import TABLE

if TYPE_CHECKING:
    from auditors.rules.preapproval import Ruling

CHOICES = ("open", "decided", "all")


def requests_open_to(user: User) -> QuerySet[ServiceRequest]:
    return ServiceRequest.objects.visible_to(user)


def the_auditor(view: Any) -> Firm | None:
    """The firm appointed for the latest fiscal year."""
    row = Engagement.objects.of_auditors().open(view.today).select_related("firm").first()
    return row.firm if row else None


class RequestsView(AuditorPage, ListView):  # type: ignore[type-arg]
    """The requests this person may see, those to decide first."""

    permission_required = "auditors.view_servicerequest"
    template_name = "auditors/requests.html"
    paginate_by = 50

    @property
    def shown(self) -> str:
        asked = self.request.GET.get("show", "")
        return asked if asked in CHOICES else CHOICES[0]

    def get_queryset(self) -> QuerySet[ServiceRequest]:
        rows = requests_open_to(self.user)
        if self.shown == "open":
            return rows.filter(state=RequestState.ASKED)
        return rows.exclude(state=RequestState.ASKED) if self.shown == "decided" else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        here = reverse("service_requests")
        words = (_("To decide"), _("Decided"), _("All"))
        context["rows"] = [request_row(row) for row in context["object_list"]]
        context["choices"] = [
            {"label": label, "url": f"{here}?show={name}", "is_current": name == self.shown}
            for name, label in zip(CHOICES, words, strict=True)
        ]
        context["may_ask"] = self.user.has_perm("auditors.add_servicerequest")
        return context


class CheckView(AuditorPage, TemplateView):
    """Check before you ask: the ruling on terms that are not stored."""

    permission_required = "auditors.view_servicerequest"
    template_name = "auditors/check.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_asked = "service" in self.request.GET
        form = forms.CheckForm(self.request.GET if is_asked else None, initial=first_terms(self))
        found = self.ruling(form) if is_asked and form.is_valid() else None
        return super().get_context_data(
            form=form,
            ruling=ruling_lines(found, notes(self.service(form))) if found else None,
            ask_url=self.ask_url() if found and not found.is_prohibited else "",
            **kwargs,
        )

    def ruling(self, form: forms.CheckForm) -> Ruling:
        given = form.cleaned_data
        may_ask = self.user.has_perm("auditors.add_servicerequest")
        draft = Draft(
            service=given["service"],
            fee=form.fee,
            starts_on=given["starts_on"],
            recipients=list(given["recipients"]),
            fee_basis=given["fee_basis"],
            beneficiary=given["beneficiary"],
            concerns=given["concerns"].pk if given["concerns"] else None,
            conclusion_on_file=given["conclusion_on_file"],
            asked_by=self.user.pk if may_ask else None,
        )
        return ruling(draft, on=self.today)

    def service(self, form: forms.CheckForm) -> Service | None:
        return SERVICES.get(form.cleaned_data["service"])

    def ask_url(self) -> str:
        """The form to ask, filled in with what was checked."""
        if not self.user.has_perm("auditors.add_servicerequest"):
            return ""
        return f"{reverse('service_request_add')}?{self.request.GET.urlencode()}"


def first_terms(view: Any) -> dict[str, Any]:
    company = Recipient.objects.filter(kind=RecipientKind.COMPANY).first()
    return {
        "recipients": [company.pk] if company else [],
        "currency": view.company.currency if view.company else "USD",
    }


class RequestAddView(AuditorActView):
    """Ask for a service. What the auditor may not provide is refused with its reasons."""

    permission_required = "auditors.add_servicerequest"
    form_class = forms.RequestForm
    back = "service_requests"
    title = lazy("Ask for a service")
    why = lazy(
        "You see the ruling at once. The committee or its delegate approves, or a policy line is used."
    )
    submit_label = lazy("Ask")

    def get_initial(self) -> dict[str, Any]:
        """What was checked before, else the usual."""
        asked = self.request.GET
        names = (
            "service",
            "beneficiary",
            "concerns",
            "amount",
            "currency",
            "fee_basis",
            "starts_on",
        )
        given: dict[str, Any] = {name: asked[name] for name in names if name in asked}
        if "recipients" in asked:
            given["recipients"] = [key for key in asked.getlist("recipients") if key.isdigit()]
        return {"firm": the_auditor(self)} | first_terms(self) | given

    def act(
        self, firm: Firm, amount: Any, currency: str, exchange: Any, document: Any, **given: Any
    ) -> tuple[str, str]:
        made = self.filed(
            lambda paper: services.ask(
                firm,
                fee=Money(amount, currency),
                rate=exchange,
                conclusion=paper,
                **given | {"recipients": list(given["recipients"])},
                **self.signed,
            ),
            document,
            kind=documents.REQUEST,
            title=_("Conclusion: %(subject)s") % {"subject": given["subject"]},
        )
        return made.get_absolute_url(), _("The request is recorded. Its ruling is below.")


class RequestView(AuditorPage, DetailView):  # type: ignore[type-arg]
    """One request: its terms, its ruling today, how it was approved, what can be done."""

    permission_required = "auditors.view_servicerequest"
    template_name = "auditors/request.html"

    def get_queryset(self) -> QuerySet[ServiceRequest]:
        return (
            requests_open_to(self.user)
            .select_related("firm", "asked_by", "concerns", "conclusion")
            .prefetch_related(
                "recipients",
                "approvals__presentations",
                "approvals__decision__body",
                "approvals__delegate",
                "approvals__line",
                "approvals__used_by",
                "approvals__document",
                "descriptions__discussions",
            )
        )

    @cached_property
    def approval(self) -> Approval | None:
        return next(iter(self.object.approvals.all()), None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = services.rule_on(self.object, on=self.today)
        acts = self.acts(found)
        waits = self.object.state == RequestState.ASKED
        return super().get_context_data(
            asked=self.object,
            terms=[*terms(self.object), *self.description()],
            ruling=ruling_lines(found, is_asked=True) if waits else None,
            approval=with_open_decisions(self.approval_facts(), self.user),
            files=self.files(),
            history=history(self.object, self.company),
            first=acts[0] if acts else None,
            acts=[*acts[1:], *self.withdrawing()],
            **kwargs,
        )

    def description(self) -> list[Definition]:
        """The auditor's description; who asked and does not read letters gets no link to it."""
        found = description_fact(self.object)
        if self.user.has_perm("auditors.view_letter"):
            return found
        return [replace(each, url="") for each in found]

    def approval_facts(self) -> list[Any]:
        if self.approval is None or self.company is None:
            return []
        policy = Policy.objects.in_force(self.approval.approved_on)
        found = approval_facts(
            self.approval,
            max_age_months=policy.max_age_months if policy else 12,
            records_begin=self.company.records_begin,
            meetings=scheduled_meetings(self.committee),
            on=self.today,
        )
        return found + (self.waiver(self.approval) if self.approval.stated else [])

    def waiver(self, approval: Approval) -> list[Definition]:
        """The test of a waiver as the records stand today."""
        assert self.company is not None  # noqa: S101  (`approval_facts` has seen to it)
        currency, starts_on = reporting_currency(), self.object.starts_on
        return waiver_facts(
            approval,
            waived=waived_in_year(self.object, currency),
            on_record=paid_in_year(self.object, currency),
            share=waiver_share_on(starts_on, TABLE),
            year_ends_on=self.company.calendar.year_of(starts_on).last,
            on=self.today,
        )

    def files(self) -> list[dict[str, Any]]:
        papers = [self.object.conclusion, self.approval.document if self.approval else None]
        return [file for paper in papers if (file := file_of(paper, self.user))]

    def acts(self, found: Ruling) -> list[Link]:
        """What this person can do with the request now, the first as a button."""
        row = self.object
        links = self.deciding(found) if row.state == RequestState.ASKED else []
        if self.approval is not None:
            links += self.after_approval(self.approval)
        if self.lacks_description():
            url = f"{reverse('auditor_letter_receive')}?kind=description&describes={row.pk}"
            links.append(Link(_("Record the auditor's description"), url))
        return links

    def withdrawing(self) -> list[Link]:
        """Never the first thing that the page offers."""
        row = self.object
        is_live = row.state in (RequestState.ASKED, RequestState.APPROVED)
        if not is_live or not services.may_withdraw(self.user, row, self.today):
            return []
        return [self.act_on(_("Withdraw"), "service_request_withdraw")]

    def act_on(self, label: str, name: str) -> Link:
        return Link(label, reverse(name, args=[self.object.pk]))

    def deciding(self, found: Ruling) -> list[Link]:
        """How a request that waits can be decided: each way that the ruling leaves open."""
        add, links = self.act_on, []
        by_delegate = Route.DELEGATE in found.open_routes
        if decides(self.user, found):
            links.append(add(_("Approve as delegate"), "service_request_approve"))
        if may_record(self.user):
            links.append(add(_("Record the committee's approval"), "service_request_record"))
            if by_delegate:
                links.append(add(_("Record a delegate's approval"), "service_request_delegate"))
            if self.may_be_waived():
                links.append(add(_("Record a de minimis waiver"), "service_request_waive"))
            links.append(add(_("Decline"), "service_request_decline"))
        if Route.POLICY in found.open_routes and may_use_lines(self.user):
            links.append(add(_("Use a policy line"), "service_request_use"))
        return links

    def lacks_description(self) -> bool:
        may_receive = self.user.has_perm("auditors.receive_letter")
        waiting = ServiceRequest.objects.to_describe().filter(pk=self.object.pk)
        return may_receive and waiting.exists()

    def may_be_waived(self) -> bool:
        """Non-audit work that has begun, where the policy allows the waiver."""
        service, policy = self.object.listed_service, Policy.objects.in_force(self.today)
        is_audit = service is not None and service.is_audit
        is_allowed = policy is None or policy.waiver_allowed
        return self.object.starts_on < self.today and is_allowed and not is_audit

    def after_approval(self, approval: Approval) -> list[Link]:
        if not may_record(self.user):
            return []
        if not approval.is_to_present:
            rests = approval.decision_id is not None or approval.body != ApprovingBody.COMMITTEE
            url = reverse("approval_decision", args=[approval.pk])
            return [] if rests else [Link(_("Add the decision"), url)]
        found = [Link(_("Record presentation"), reverse("approval_present", args=[approval.pk]))]
        if approval.is_delegated and approval.others_told_on is None:
            told = reverse("approval_told", args=[approval.pk])
            found.append(Link(_("Record that other members were notified"), told))
        return found


def may_record(user: User) -> bool:
    """The secretary records approvals; nobody in management does."""
    return user.has_perm("auditors.record_approval") and Role.MANAGEMENT not in user.roles_today


def may_use_lines(user: User) -> bool:
    return user.has_perm("auditors.use_line")


def decides(user: User, found: Ruling) -> bool:
    """Whether this person is a delegate who may decide on a request, by its ruling."""
    return str(user.pk) in {each.user for each in found.route(Route.DELEGATE).delegates}


def requests_here(page: Any) -> QuerySet[ServiceRequest]:
    return requests_open_to(page.user).prefetch_related("recipients")


def denial_of_management(page: Any) -> str | None:
    if Role.MANAGEMENT in page.user.roles_today:
        return _("Management asks and never approves. Another secretary records the approval.")
    return None


class DeclineView(AuditorActView):
    permission_required = "auditors.record_approval"
    changes_object = True
    get_queryset = requests_here
    get_denial = denial_of_management
    form_class = forms.DeclineForm
    title = lazy("Decline a request")
    submit_label = lazy("Record decline")

    act = recording(services.decline, lazy("The request is declined."))


class WithdrawView(AuditorActView):
    changes_object = True
    get_queryset = requests_here
    permission_required = "auditors.add_servicerequest"
    form_class = forms.WithdrawForm
    title = lazy("Withdraw a request")
    why = lazy("Any amount it used under a policy line becomes available again.")
    submit_label = lazy("Withdraw")

    def get_denial(self) -> str | None:
        if services.may_withdraw(self.user, self.object, self.today):
            return None
        return str(services.WITHDRAWN_BY)

    act = recording(services.withdraw, lazy("The request is withdrawn."))
