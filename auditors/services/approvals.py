"""Approvals of services: by the committee, under a policy line, by a delegate, by waiver.

Management never approves (Exchange Act s. 10A(h), (i)). A late approval is recorded as it was given;
an approval of a service that the auditor may not provide is refused.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.enums import Role
from accounts.models import User
from auditors import documents
from auditors.enums import (
    ApprovingBody,
    Basis,
    Ground,
    RequestState,
    Route,
)
from auditors.models import (
    Approval,
    Engagement,
    Firm,
    Policy,
    PolicyLine,
    ServiceRequest,
)
from auditors.models.requests import line_rules
from auditors.rules.de_minimis import WaiverCase, waiver
from auditors.rules.figures import waiver_share_on
from auditors.rules.money import Money
from auditors.rules.policy import admit, over_period
from auditors.rules.preapproval import Ruling
from auditors.rules.reasons import Reason
from auditors.rulings import (
    as_request,
    reporting_currency,
    waived_in_year,
    year_of_service,
)
from auditors.sentences import sentence
from auditors.services.checks import (
    checked,
    refuse,
    refuse_ahead,
    refuse_kind,
)
from auditors.services.delegates import (
    locked_delegation,
    refuse_other_delegate,
    refuse_proxy,
    refuse_waiver_by,
)
from auditors.services.requests import draft_of, locked, rule_on
from charters.models import Decision
from committees.models import Director
from records import ledger
from records.acts import act
from records.clock import day_of
from records.facts import recorded
from records.ledger import Actor
from records.models import Document
from records.rule_data import TABLE

REQUEST_APPROVED = ledger.action("request.approved", lazy("recorded the approval of %(record)s"))


@act
def approve_by_committee(
    request: ServiceRequest,
    *,
    approved_on: date,
    by: Actor,
    at: datetime,
    decision: Decision | None = None,
    document: Document | None = None,
    body: ApprovingBody = ApprovingBody.COMMITTEE,
    before_start: bool = False,
) -> Approval:
    """Record the specific approval of the committee, or of another body that approved in its
    place."""
    _refuse_management(by, at)
    request = locked(request, RequestState.APPROVED)
    _refuse_bars(request, approved_on, at)
    approval = _approval(
        request,
        Basis.COMMITTEE,
        approved_on,
        by,
        at,
        document=document,
        decision=decision,
        body=body,
        before_start=before_start,
    )
    return _approved(request, approval, by, at)


@act
def use_line(
    request: ServiceRequest,
    line: PolicyLine,
    *,
    used_by: User,
    used_on: date,
    by: Actor,
    at: datetime,
    before_start: bool = False,
) -> Approval:
    """Use a policy line for a request: every cap is tested under a lock on the line.

    `used_by` is an officer the line names. The officer uses the committee's approval and gives
    none.
    """
    request = locked(request, RequestState.APPROVED)
    line, *later = _locked_lines(line)
    if isinstance(by, User) and by != used_by and Role.SECRETARY not in by.roles(day_of(at)):
        raise ValidationError(_("Only the officer or the secretary records the use of a line."))
    route = _refuse_bars(request, used_on, at).route(Route.POLICY)
    if route.line is None:
        refuse(route.reasons)
    _refuse_other_line(line, request, used_on)
    draft = draft_of(request, list(request.recipients.all()))
    drafted = as_request(draft, reporting_currency(), used_by)
    rules, fee = line_rules([line, *later]), drafted.fee_in(line.currency)
    admission = admit(
        rules[0],
        fee=fee,
        starts_on=drafted.starts_on,
        recipients=drafted.recipients,
        user=drafted.user,
    )
    changed = [bar for rule in rules[1:] if fee for bar in over_period(rule, fee)]
    refuse([*admission.bars, *changed], "line")
    if Role.MANAGEMENT not in used_by.roles(used_on):
        raise ValidationError(
            {"used_by": _("Only an officer uses a line. This person was none on this date.")}
        )
    approval = _approval(
        request,
        Basis.POLICY,
        used_on,
        by,
        at,
        line=line,
        used_by=used_by,
        before_start=before_start,
    )
    return _approved(request, approval, by, at, line=line, used_by=used_by)


def _locked_lines(line: PolicyLine) -> list[PolicyLine]:
    """The line and those that changed it since, under a lock: a use that is recorded afterwards
    counts under each of them."""
    rows = PolicyLine.objects.select_for_update()
    found = [rows.get(pk=line.pk)]
    while (following := rows.filter(replaces=found[-1]).first()) is not None:
        found.append(following)
    return found


def _refuse_other_line(line: PolicyLine, request: ServiceRequest, on: date) -> None:
    is_adopted = line.adopted_on <= on and (line.ended_on is None or line.ended_on > on)
    if line.service != request.service or not is_adopted:
        raise ValidationError({"line": _("This line does not admit the service on this date.")})


@act
def approve_by_delegate(
    request: ServiceRequest,
    director: Director,
    *,
    approved_on: date,
    by: Actor,
    at: datetime,
    document: Document | None = None,
    others_unavailable: bool = False,
    before_start: bool = False,
) -> Approval:
    """Record a delegate's approval within the resolution's limits.

    The delegate signs in and decides, or the secretary records a decision given elsewhere.
    """
    request = locked(request, RequestState.APPROVED)
    delegation = locked_delegation(approved_on)
    refuse_proxy(director, by, at)
    _refuse_management(by, at)
    route = _refuse_bars(request, approved_on, at).route(Route.DELEGATE)
    if not route.is_open:
        refuse(route.reasons)
    refuse_other_delegate(
        delegation, director, request, approved_on, others_unavailable=others_unavailable
    )
    approval = _approval(
        request,
        Basis.DELEGATE,
        approved_on,
        by,
        at,
        delegation=delegation,
        delegate=director,
        document=document,
        others_unavailable=others_unavailable,
        before_start=before_start,
    )
    return _approved(request, approval, by, at, delegate=director, delegation=delegation)


@act
def approve_by_waiver(
    request: ServiceRequest,
    *,
    approved_on: date,
    recognized_later: bool,
    promptly_brought: bool,
    paid_in_year: Money,
    by: Actor,
    at: datetime,
    decision: Decision | None = None,
    document: Document | None = None,
    delegate: Director | None = None,
    others_unavailable: bool = False,
) -> Approval:
    """Record a de minimis waiver by the committee, or by its delegate. Refused where one of its
    conditions does not hold.

    `paid_in_year` is all that is paid to the firm for the fiscal year of the service. What the
    service is, what was waived in the year before it, when the audit was completed and what the
    policy allows is on record.
    """
    _refuse_management(by, at)
    request = locked(request, RequestState.APPROVED)
    _refuse_bars(request, approved_on, at)
    if approved_on <= request.starts_on:
        raise ValidationError(
            {"approved_on": _("The work had not begun on this date. Approve it in advance.")}
        )
    case = _waiver_case(request, approved_on, paid_in_year)
    found = waiver(
        replace(
            case, recognized_as_non_audit=not recognized_later, promptly_brought=promptly_brought
        ),
        share=waiver_share_on(request.starts_on, TABLE),
    )
    if not found.is_available:
        refuse(found.reasons)
    if delegate is not None and decision is not None:
        raise ValidationError(
            {"decision": _("A delegate gives this waiver. Leave the committee's decision empty.")}
        )
    given: dict[str, Any] = {
        "paid_in_year": paid_in_year.amount,
        "paid_currency": paid_in_year.currency,
    }
    if delegate is None:
        given["decision"] = decision
    else:
        given |= {
            "delegate": delegate,
            "delegation": refuse_waiver_by(
                delegate,
                request,
                approved_on,
                by=by,
                at=at,
                others_unavailable=others_unavailable,
            ),
            "others_unavailable": others_unavailable,
        }
    approval = _approval(request, Basis.WAIVER, approved_on, by, at, document=document, **given)
    named = {"delegate": delegate, "delegation": approval.delegation}
    stated = {"share": found.share, "paid_in_year": paid_in_year.amount}
    return _approved(request, approval, by, at, **stated, **named)


def _waiver_case(request: ServiceRequest, on: date, paid: Money) -> WaiverCase:
    """The conditions that the records answer, under a lock on the firm: of two waivers at once the
    second counts the first."""
    Firm.objects.select_for_update().get(pk=request.firm_id)
    waived = waived_in_year(request, paid.currency)
    if waived is None:
        raise ValidationError({"paid": sentence(Reason(Ground.RATE_MISSING))})
    service, policy = request.listed_service, Policy.objects.in_force(on)
    year = year_of_service(request)
    audit = Engagement.objects.of_auditors().filter(firm=request.firm_id)
    audit = audit.filter(year_ends_on=year.last) if year else audit.none()
    return WaiverCase(
        is_audit=service is not None and service.is_audit,
        recognized_as_non_audit=False,
        promptly_brought=True,
        approved_on=on,
        audit_completed_on=audit.values_list("report_dated", flat=True).first(),
        waived_in_year=waived,
        paid_in_year=paid,
        year_has_ended=year is not None and on > year.last,
        allowed_by_policy=policy is None or policy.waiver_allowed,
    )


def _refuse_management(by: Actor, at: datetime) -> None:
    """Nobody in management approves, or records an approval, whatever other role they hold."""
    if isinstance(by, User) and Role.MANAGEMENT in by.roles(day_of(at)):
        raise ValidationError(
            _("Management asks and never approves. Another secretary records it.")
        )


def _refuse_bars(request: ServiceRequest, on: date, at: datetime) -> Ruling:
    """The ruling as of the date of the decision; prohibited services are refused."""
    refuse_ahead("approved_on", on, at)
    found = rule_on(request, on=on)
    refuse(found.bars)
    return found


def _approval(
    request: ServiceRequest, basis: Basis, on: date, by: Actor, at: datetime, **given: Any
) -> Approval:
    refuse_kind("document", given.get("document"), documents.REQUEST)
    approval = Approval(
        request=request,
        basis=basis,
        approved_on=on,
        amount=request.amount,
        currency=request.currency,
        rate=request.rate,
        rate_on=request.rate_on,
        **recorded(by, at),
        **given,
    )
    checked(approval)
    return approval


def _approved(
    request: ServiceRequest, approval: Approval, by: Actor, at: datetime, **facts: Any
) -> Approval:
    request.decided_on = approval.approved_on
    request.state = RequestState.APPROVED
    request.save(update_fields=["state", "decided_on"])
    ledger.record(
        REQUEST_APPROVED,
        subject=request,
        by=by,
        at=at,
        basis=Basis(approval.basis),
        approved_on=approval.approved_on,
        amount=approval.amount,
        document=approval.document,
        decision=approval.decision,
        **facts,
    )
    return approval
