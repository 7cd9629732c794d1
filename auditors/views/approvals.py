"""Approvals of services: by a delegate, by the committee, under a line, by waiver; presented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.enums import Role
from accounts.models import User
from auditors import documents
from auditors.enums import Route
from auditors.forms import requests as forms
from auditors.forms.policy import AddDecisionForm
from auditors.models import Approval, Delegation, PolicyLine
from auditors.reports.policy import limits_left
from auditors.reports.requests import description_of, service_name
from auditors.reports.rulings import ruling_lines
from auditors.rules.delegation import Delegate as DelegateRule
from auditors.rules.money import Money
from auditors.rulings import paid_in_year, reporting_currency
from auditors.schedule import scheduled_meetings
from auditors.sentences import amount, listed, sentence
from auditors.services import approvals, presenting
from auditors.services import requests as services
from auditors.services.delegates import own_matter, who_may_decide
from auditors.views import decisions
from auditors.views.base import AuditorActView, recording
from auditors.views.requests import (
    denial_of_management,
    requests_here,
    requests_open_to,
)
from committees.models import Director
from records.confirm import Detail
from records.dates import long_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.forms import Form

    from auditors.rules.preapproval import Ruling
    from records.models import Document


class ApproveView(AuditorActView):
    """A delegate's approval, on one page: the ask, the ruling, what is left, one button."""

    changes_object = True
    get_queryset = requests_here
    permission_required = "auditors.decide_servicerequest"
    is_reviewed = True
    review_template_name = "auditors/approve.html"
    submit_label = lazy("Approve")
    title = lazy("Approve")

    @cached_property
    def delegation(self) -> Delegation | None:
        return Delegation.objects.in_force(self.today)

    @cached_property
    def director(self) -> Director | None:
        """The director of this account, where the delegation in effect names them."""
        if self.delegation is None:
            return None
        named = self.delegation.delegates.values("director")
        return Director.objects.filter(user=self.user, pk__in=named).first()

    @cached_property
    def ruling(self) -> Ruling:
        return services.rule_on(self.object, on=self.today)

    def get_denial(self) -> str | None:
        if reason := denial_of_management(self):
            return reason
        if self.director is None:
            return _("The committee's delegation in effect does not name you.")
        me = DelegateRule(str(self.director.pk), self.director.name, user=str(self.user.pk))
        own = own_matter(me, self.object)
        return sentence(own) if own else None

    def get_form_class(self) -> type[Any]:
        """Only the statements that are needed are asked for."""
        left_out = forms.DelegateForm.base_fields.keys() - self.needed
        return type("DelegateForm", (forms.DelegateForm,), dict.fromkeys(left_out))

    @cached_property
    def needed(self) -> set[str]:
        names = set()
        if self.object.starts_on == self.today:
            names.add("before_start")
        if self.follows_another:
            names.add("others_unavailable")
        return names

    @property
    def follows_another(self) -> bool:
        """Whether somebody named before may decide and would come first."""
        first = next(iter(self.ruling.route(Route.DELEGATE).delegates), None)
        any_order = self.delegation is not None and self.delegation.any_order
        return first is not None and first.user != str(self.user.pk) and not any_order

    def get_preview(self, given: dict[str, Any]) -> dict[str, Any]:
        described = description_of(self.object)
        lines = ruling_lines(self.ruling, [described] if described else [], is_asked=True)
        return {
            "ruling": lines,
            "delegated": lines.of(Route.DELEGATE),
            "limits": limits_left(self.delegation, self.today) if self.delegation else (),
        }

    def recorded(self, given: dict[str, Any]) -> Sequence[Detail]:
        row = self.object
        return [
            Detail(_("Service"), service_name(row)),
            Detail(_("For"), listed([str(each) for each in row.recipients.all()])),
            Detail(_("Fee"), amount(row.money)),
            Detail(_("Work begins on"), long_day(row.starts_on)),
            Detail(_("Approved on"), long_day(self.today)),
        ]

    def get_consequence(self, given: dict[str, Any]) -> str:
        return _(
            "The approval takes effect as you give it. It is presented at the next scheduled meeting."
        )

    def act(self, **given: Any) -> tuple[str, str]:
        assert self.director is not None  # noqa: S101  (`get_denial` has seen to it)
        approvals.approve_by_delegate(
            self.object, self.director, approved_on=self.today, **given, **self.signed
        )
        return self.done(_("You approved the service. It is proposed for the next agenda."))


GIVEN_ELSEWHERE = lazy("An approval emailed or signed elsewhere counts the same, with its date.")
BEGUN = lazy(
    "For non-audit work that has begun. Every condition of Reg. S-X 2-01(c)(7)(i)(C) must hold."
)


def by_committee(view: AuditorActView, paper: Document | None, **given: Any) -> Approval:
    return approvals.approve_by_committee(view.object, document=paper, **given, **view.signed)


def by_delegate(
    view: AuditorActView, paper: Document | None, delegate: Director, **given: Any
) -> Approval:
    return approvals.approve_by_delegate(
        view.object, delegate, document=paper, **given, **view.signed
    )


def by_waiver(view: AuditorActView, paper: Document | None, paid: Any, **given: Any) -> Approval:
    given["paid_in_year"] = Money(paid, reporting_currency())
    return approvals.approve_by_waiver(view.object, document=paper, **given, **view.signed)


def first_to_decide(view: AuditorActView) -> dict[str, Any]:
    route = services.rule_on(view.object, on=view.today).route(Route.DELEGATE)
    return {"delegate": route.delegates[0].key if route.delegates else None}


def paid_so_far(view: AuditorActView) -> dict[str, Any]:
    paid = paid_in_year(view.object, reporting_currency())
    return {"paid": paid.amount if paid and paid.amount else None}


@dataclass(frozen=True)
class Way:
    """A way of approval that the secretary records: its form, its act, what the form proposes."""

    form_class: type[Form]
    title: Any
    approve: Callable[..., Approval]
    initial: Callable[[AuditorActView], dict[str, Any]] = lambda view: {}
    why: Any = GIVEN_ELSEWHERE


COMMITTEE = Way(forms.RecordApprovalForm, lazy("Record the committee's approval"), by_committee)
DELEGATE = Way(
    forms.RecordDelegateForm, lazy("Record a delegate's approval"), by_delegate, first_to_decide
)
WAIVER = Way(
    forms.RecordWaiverForm, lazy("Record a de minimis waiver"), by_waiver, paid_so_far, BEGUN
)


class RecordView(AuditorActView):
    """An approval given elsewhere: its date, and its paper where there is one."""

    permission_required = "auditors.record_approval"
    changes_object = True
    get_queryset = requests_here
    get_denial = denial_of_management
    stored_as = {"approved_on": "decided_on"}
    submit_label = lazy("Record approval")
    way = COMMITTEE

    def get_title(self) -> str:
        return f"{self.way.title}: {self.object}"

    def get_why(self) -> str:
        return str(self.way.why)

    def get_form_class(self) -> type[Form]:
        return self.way.form_class

    def get_initial(self) -> dict[str, Any]:
        return self.way.initial(self)

    def offer(self, form: Any) -> None:
        super().offer(form)
        if "delegate" not in form.fields:
            return
        deciding = who_may_decide(self.object, on=self.today)
        field = form.fields["delegate"]
        field.queryset = Director.objects.filter(pk__in=deciding)
        if not deciding and field.required:
            field.help_text = _("No delegate may decide on this request.")
        elif not deciding:
            del form.fields["delegate"], form.fields["others_unavailable"]

    def act(self, document: Any = None, **given: Any) -> tuple[str, str]:
        self.filed(
            lambda paper: self.way.approve(self, paper, **given),
            document,
            kind=documents.REQUEST,
            title=_("Approval: %(subject)s") % {"subject": self.object},
        )
        return self.done(_("The approval is recorded."))


class UseLineView(AuditorActView):
    """An officer uses the committee's approval. The officer gives none."""

    changes_object = True
    get_queryset = requests_here
    permission_required = "auditors.use_line"
    stored_as = {"used_on": "decided_on"}
    form_class = forms.UseLineForm
    title = lazy("Use a policy line")
    why = lazy("The line is the committee's approval. Every limit is tested when you record it.")
    submit_label = lazy("Record use")

    def get_denial(self) -> str | None:
        return None

    @cached_property
    def lines(self) -> QuerySet[PolicyLine]:
        """Lines for this service and its start; an officer uses those that name them."""
        start = self.object.starts_on
        found = PolicyLine.objects.adopted(self.today).filter(service=self.object.service)
        found = found.filter(starts_on__lte=start, last_on__gte=start)
        return found if self.is_for_others else found.filter(used_by=self.user)

    @property
    def is_for_others(self) -> bool:
        return Role.SECRETARY in self.user.roles_today

    def get_initial(self) -> dict[str, Any]:
        line = self.lines.first()
        named = line.used_by.all() if line else ()
        officer = next((each for each in named if Role.MANAGEMENT in each.roles_today), None)
        return {"used_on": self.today, "line": line, "used_by": officer}

    def offer(self, form: Any) -> None:
        form.fields["line"].queryset = self.lines
        if self.is_for_others:
            named = PolicyLine.used_by.through.objects.filter(policyline__in=self.lines)
            form.fields["used_by"].queryset = User.objects.filter(pk__in=named.values("user"))
        else:
            del form.fields["used_by"]

    def act(self, line: PolicyLine, used_on: Any, used_by: User | None = None) -> tuple[str, str]:
        approvals.use_line(
            self.object, line, used_by=used_by or self.user, used_on=used_on, **self.signed
        )
        return self.done(_("The use of the line is recorded. The committee is informed."))


def approvals_here(page: Any) -> QuerySet[Approval]:
    """An entry beside an approval, which stands as it was given."""
    seen = requests_open_to(page.user)
    return Approval.objects.filter(request__in=seen).select_related("request")


def title_of_approval(page: Any) -> str:
    return f"{page.title}: {page.object.request}"


def back_to_request(page: Any) -> str:
    return str(page.object.request.get_absolute_url())


class PresentView(AuditorActView):
    permission_required = "auditors.record_approval"
    get_queryset = approvals_here
    get_title = title_of_approval
    get_cancel_url = back_to_request
    form_class = forms.PresentForm
    title = lazy("Record that the committee was informed")
    why = lazy("The approval stands as it was given, whatever the committee said.")
    submit_label = lazy("Record presentation")

    def offer(self, form: Any) -> None:
        """The meetings since the approval, the newest first; without one its date is asked for."""
        held = {
            meeting.on: meeting.is_scheduled
            for meeting in sorted(
                scheduled_meetings(self.committee), key=attrgetter("is_scheduled")
            )
            if self.object.approved_on <= meeting.on <= self.today
        }
        words = {True: _("%(on)s, scheduled meeting"), False: _("%(on)s, special meeting")}
        if not held:
            del form.fields["meeting"]
            form.fields["meeting_on"].label = _("Presented at the meeting of")
            form.fields["meeting_on"].help_text = ""
            return
        form.fields["meeting"].choices = [
            ("", _("A meeting that is not in the list")),
            *(
                (on.isoformat(), words[held[on]] % {"on": long_day(on)})
                for on in sorted(held, reverse=True)
            ),
        ]

    act = recording(presenting.present, lazy("The presentation is recorded."))


class OthersToldView(AuditorActView):
    permission_required = "auditors.record_approval"
    get_queryset = approvals_here
    get_title = title_of_approval
    get_cancel_url = back_to_request
    form_class = forms.OthersToldForm
    title = lazy("Record that the other members were notified")
    submit_label = lazy("Record")

    act = recording(
        presenting.record_others_told, lazy("Recorded: the other members were notified.")
    )


class ApprovalDecisionView(AuditorActView):
    """The committee's decision with which it approved a service."""

    permission_required = "auditors.record_approval"
    get_queryset = approvals_here
    get_denial = denial_of_management
    form_class = AddDecisionForm
    submit_label = lazy("Add decision")
    get_why, get_title, get_cancel_url = decisions.why, decisions.title, decisions.back
    offer, act = decisions.offer, decisions.add
