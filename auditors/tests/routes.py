"""Who gets in where: the auditor, its services, its papers."""

from datetime import date
from decimal import Decimal
from typing import Any

from accounts.enums import Role
from accounts.tests.walk import (
    COUNSEL,
    DIRECTORS,
    MANAGERS,
    NOBODY,
    SECRETARIES,
    Cast,
    Route,
)
from auditors.enums import Basis
from auditors.models import (
    AnnualReview,
    Approval,
    CommitteeReport,
    Delegation,
    Engagement,
    ExceptionDecision,
    FeeLine,
    Finding,
    FindingClosure,
    Firm,
    IssuedFeeTable,
    Letter,
    LetterException,
    Policy,
    ServiceRequest,
)
from auditors.rules.rounding import THOUSANDS
from auditors.services import approvals, fees, findings, firms, letters, policy, reports
from auditors.tests.factories import (
    FY25,
    FY26,
    SIGNED,
    TODAY,
    a_delegation,
    a_fee,
    a_finding,
    a_firm,
    a_letter,
    a_line,
    a_request,
    an_engagement,
    an_issued_report,
    remediated,
)
from committees.models import Director
from committees.tests.factories import a_company, a_director, a_seat, an_audit_committee

READERS = SECRETARIES | DIRECTORS | COUNSEL
FIRMS_OWN = frozenset({"external_auditor"})
# Approvals are recorded by a secretary who is not in management.
RECORDERS = SECRETARIES - MANAGERS


def stage(cast: Cast) -> dict[str, object]:
    """A company with its committee and its auditor, whose partner signs in."""
    a_company()
    an_audit_committee()
    firm = a_firm()
    if not firm.contacts.exists():
        firms.set_contacts(firm, contacts=[cast["external_auditor"]], **SIGNED)
    return {}


def some_firm(cast: Cast) -> dict[str, object]:
    stage(cast)
    return {"pk": Firm.objects.get().pk}


def some_engagement(cast: Cast) -> dict[str, object]:
    stage(cast)
    return {"pk": (Engagement.objects.first() or an_engagement()).pk}


def some_set_fee(cast: Cast) -> dict[str, object]:
    engagement = Engagement.objects.get(**some_engagement(cast))
    given: dict[str, Any] = {"currency": "USD", "approved_on": date(2026, 5, 5)} | SIGNED
    made = engagement.fees.first() or firms.set_fee(engagement, amount=Decimal(850_000), **given)
    return {"pk": made.pk}


def some_policy(cast: Cast) -> dict[str, object]:
    stage(cast)
    made = Policy.objects.first() or policy.adopt_policy(
        adopted_on=date(2026, 1, 15), currency="USD", **SIGNED
    )
    return {"pk": made.pk}


def some_line(cast: Cast) -> dict[str, object]:
    stage(cast)
    return {"pk": a_line(used_by=[cast["management"]]).pk}


def some_delegation(cast: Cast) -> dict[str, object]:
    """The chair of the walk is the delegate."""
    stage(cast)
    found = Delegation.objects.first()
    if found is None:
        chair = Director.objects.filter(user=cast["chair"]).first()
        found = a_delegation(
            chair or a_seat(a_director("Clara Chair", user=cast["chair"])).director
        )
    return {"pk": found.pk}


def some_request(cast: Cast) -> dict[str, object]:
    """Asked for by management; the chair may approve it as delegate."""
    some_delegation(cast)
    found = ServiceRequest.objects.filter(approvals=None).first()
    return {"pk": (found or a_request(by=cast["management"])).pk}


def some_line_request(cast: Cast) -> dict[str, object]:
    some_line(cast)
    return some_request(cast)


def some_approval(cast: Cast) -> dict[str, object]:
    some_delegation(cast)
    found = Approval.objects.filter(basis=Basis.DELEGATE).first()
    if found is None:
        asked = ServiceRequest.objects.get(**some_request(cast))
        chair = Delegation.objects.get().delegates.get().director
        found = approvals.approve_by_delegate(asked, chair, approved_on=TODAY, **SIGNED)
    return {"pk": found.pk}


def some_committee_approval(cast: Cast) -> dict[str, object]:
    found = Approval.objects.filter(basis=Basis.COMMITTEE).first()
    if found is None:
        asked = ServiceRequest.objects.get(**some_request(cast))
        found = approvals.approve_by_committee(asked, approved_on=TODAY, **SIGNED)
    return {"pk": found.pk}


def some_letter(cast: Cast) -> dict[str, object]:
    stage(cast)
    found = Letter.objects.first() or a_letter(exceptions=["A tax manager held 40 shares"])
    return {"pk": found.pk}


def some_exception(cast: Cast) -> dict[str, object]:
    some_letter(cast)
    found = LetterException.objects.filter(decision=None).first()
    return {"pk": (found or a_letter(exceptions=["A loan"]).exceptions.get()).pk}


def some_decided_exception(cast: Cast) -> dict[str, object]:
    stage(cast)
    found = ExceptionDecision.objects.first() or letters.decide_exception(
        a_letter(exceptions=["A loan"]).exceptions.get(),
        decided_on=TODAY,
        text="Independence is not impaired.",
        **SIGNED,
    )
    return {"pk": found.pk}


def some_finding(cast: Cast) -> dict[str, object]:
    """Its plan is management's."""
    stage(cast)
    found = Finding.objects.filter(closure=None, restricted_roles=frozenset()).first()
    return {"pk": (found or a_finding(owner=cast["management"])).pk}


def some_restricted_finding(cast: Cast) -> dict[str, object]:
    stage(cast)
    barred = frozenset({Role.MANAGEMENT})
    found = Finding.objects.filter(restricted_roles=barred).first()
    return {"pk": (found or a_finding(restricted_roles=barred, owner_name="The committee")).pk}


def some_closure(cast: Cast) -> dict[str, object]:
    stage(cast)
    found = FindingClosure.objects.first() or findings.close(
        remediated(a_finding(owner=cast["management"])), closed_on=TODAY, **SIGNED
    )
    return {"pk": found.pk}


def some_year(cast: Cast) -> dict[str, object]:
    stage(cast)
    return {"ends": "2025-12-31"}


def some_review(cast: Cast) -> dict[str, object]:
    stage(cast)
    made = AnnualReview.objects.filter(report=None).first() or reports.record_review(
        year_ends_on=FY25, reviewed_on=date(2026, 3, 5), **SIGNED
    )
    return {"pk": made.pk}


def some_report(cast: Cast) -> dict[str, object]:
    some_delegation(cast)
    return {"pk": (CommitteeReport.objects.first() or an_issued_report()).pk}


def an_appointed_firm(cast: Cast) -> dict[str, object]:
    some_engagement(cast)
    return {}


def some_fee(cast: Cast) -> dict[str, object]:
    stage(cast)
    return {"pk": (FeeLine.objects.current().first() or a_fee()).pk}


def some_table(cast: Cast) -> dict[str, object]:
    stage(cast)
    found = IssuedFeeTable.objects.first() or fees.issue_table(
        a_firm(), year_ends_on=[FY26, FY25], unit=THOUSANDS, descriptions={}, **SIGNED
    )
    return {"pk": found.pk}


def on(name: str) -> dict[str, object]:
    return {name: "2026-11-09"}


def an_appointment(cast: Cast) -> dict[str, object]:
    return {"year_ends_on": FY26.isoformat(), "role": "tester"} | on("appointed_on")


def terms(cast: Cast) -> dict[str, object]:
    return {
        "subject": "Consent for the Form S-8",
        "service": "consent",
        "amount": "1000",
        "starts_on": "2026-12-01",
    }


ENGAGEMENT_SEES = READERS | FIRMS_OWN
REQUEST_SEES = READERS | {"management"}


def engagement_act(**data: object) -> Route:
    return Route(
        get=SECRETARIES,
        post=SECRETARIES,
        kwargs=some_engagement,
        data=lambda cast: data,
        sees=ENGAGEMENT_SEES,
    )


def request_act(people: frozenset[str] = RECORDERS, **data: object) -> Route:
    return Route(
        get=people, post=people, kwargs=some_request, data=lambda cast: data, sees=REQUEST_SEES
    )


def policy_act(kwargs: object = stage, **data: object) -> Route:
    return Route(
        get=SECRETARIES,
        post=SECRETARIES,
        kwargs=kwargs,  # type: ignore[arg-type]
        data=lambda cast: data,
        sees=NOBODY if kwargs is stage else READERS | MANAGERS,
    )


FINDING_SEES = READERS | MANAGERS


def finding_act(people: frozenset[str] = SECRETARIES, **data: object) -> Route:
    return Route(
        get=people, post=people, kwargs=some_finding, data=lambda cast: data, sees=FINDING_SEES
    )


def letter_act(kwargs: object, **data: object) -> Route:
    return Route(
        get=SECRETARIES,
        post=SECRETARIES,
        kwargs=kwargs,  # type: ignore[arg-type]
        data=lambda cast: data,
        sees=ENGAGEMENT_SEES,
    )


ROUTES = {
    # Firms and engagements.
    "auditor": Route(get=READERS | FIRMS_OWN, kwargs=stage),
    "firm_add": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=stage, data=lambda cast: {"name": "Elm LLP"}
    ),
    "firm": Route(get=READERS | FIRMS_OWN, kwargs=some_firm),
    "firm_contacts": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=some_firm, sees=ENGAGEMENT_SEES
    ),
    "firm_size": Route(
        get=SECRETARIES,
        post=SECRETARIES,
        kwargs=some_firm,
        data=lambda cast: {"issuer_clients": "4", "partners": "9"} | on("stated_on"),
        sees=ENGAGEMENT_SEES,
    ),
    "recipient_add": Route(
        get=SECRETARIES,
        post=SECRETARIES,
        kwargs=stage,
        data=lambda cast: {"name": "Larch GmbH", "kind": "subsidiary"},
    ),
    "engagement_add": Route(get=SECRETARIES, post=SECRETARIES, kwargs=stage, data=an_appointment),
    "engagement": Route(get=ENGAGEMENT_SEES, kwargs=some_engagement),
    "engagement_evaluate": engagement_act(**on("evaluated_on")),
    "engagement_letter": engagement_act(**on("letter_dated")),
    "engagement_fee": engagement_act(amount="850000", **on("approved_on")),
    "engagement_dates": engagement_act(**on("work_from")),
    "engagement_correct": engagement_act(reason="The draft's date was entered."),
    "engagement_end": engagement_act(how="resigned", **on("ended_on")),
    "engagement_ratify": engagement_act(
        votes_for="9", votes_against="1", votes_abstain="0", **on("voted_on")
    ),
    "engagement_decision": engagement_act(),
    "engagement_fee_decision": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=some_set_fee, sees=ENGAGEMENT_SEES
    ),
    "engagement_partner": engagement_act(name="Paula Partner", role="lead", **on("stated_on")),
    # Services.
    "service_check": Route(get=READERS | MANAGERS, kwargs=stage),
    "service_requests": Route(get=READERS | MANAGERS, kwargs=stage),
    "service_request_add": Route(
        get=SECRETARIES | MANAGERS, post=SECRETARIES | MANAGERS, kwargs=stage, data=terms
    ),
    "service_request": Route(get=REQUEST_SEES, kwargs=some_request),
    "service_request_approve": request_act(frozenset({"chair"})),
    "service_request_record": request_act(**on("approved_on")),
    "service_request_delegate": request_act(**on("approved_on")),
    "service_request_use": Route(
        get=SECRETARIES | MANAGERS,
        post=SECRETARIES | MANAGERS,
        kwargs=some_line_request,
        data=lambda cast: on("used_on"),
        sees=REQUEST_SEES,
    ),
    "service_request_waive": request_act(paid="1000000", **on("approved_on")),
    "service_request_decline": request_act(reason="Another firm does it.", **on("decided_on")),
    "service_request_withdraw": request_act(
        SECRETARIES | MANAGERS, reason="No longer needed.", withdrawn_on=TODAY.isoformat()
    ),
    "approval_present": Route(
        get=SECRETARIES,
        post=SECRETARIES,
        kwargs=some_approval,
        data=lambda cast: {"meeting_on": TODAY.isoformat()},
        sees=REQUEST_SEES,
    ),
    "approval_told": Route(
        get=SECRETARIES,
        post=SECRETARIES,
        kwargs=some_approval,
        data=lambda cast: {"told_on": TODAY.isoformat()},
        sees=REQUEST_SEES,
    ),
    "approval_decision": Route(
        get=RECORDERS, post=RECORDERS, kwargs=some_committee_approval, sees=REQUEST_SEES
    ),
    # Fees.
    "fees": Route(get=READERS, kwargs=stage),
    "fee_add": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=stage, data=lambda cast: on("rendered_on")
    ),
    "fee_withdraw": Route(get=SECRETARIES, post=SECRETARIES, kwargs=some_fee, sees=READERS),
    "fee_table": Route(get=READERS, kwargs=an_appointed_firm),
    "fee_table_pdf": Route(get=READERS, kwargs=stage),
    "fee_table_xlsx": Route(get=READERS, kwargs=an_appointed_firm),
    "fee_table_issue": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=stage, data=lambda cast: {"unit": "1000"}
    ),
    "fee_table_issued": Route(get=READERS, kwargs=some_table),
    # Papers of the auditor.
    "auditor_letters": Route(get=ENGAGEMENT_SEES, kwargs=stage),
    "auditor_letter_receive": Route(
        get=SECRETARIES,
        post=SECRETARIES,
        kwargs=stage,
        data=lambda cast: {"kind": "plan", "serves": "2026-12-31"} | on("dated"),
    ),
    "auditor_letter": Route(get=ENGAGEMENT_SEES, kwargs=some_letter),
    "auditor_letter_discuss": letter_act(some_letter, **on("held_on")),
    "auditor_letter_correct": letter_act(
        some_letter,
        dated="2026-11-02",
        received_on="2026-11-04",
        reason="The draft's date was entered.",
    ),
    "exception_decide": letter_act(
        some_exception, text="Independence is not impaired.", **on("decided_on")
    ),
    "exception_decision": letter_act(some_decided_exception),
    # Findings.
    "findings": Route(get=READERS | MANAGERS, kwargs=stage),
    "finding_add": Route(
        get=SECRETARIES,
        post=SECRETARIES,
        kwargs=stage,
        data=lambda cast: {"title": "Access rights", "owner_name": "Ida Torres"} | on("told_on"),
    ),
    "finding": Route(get=FINDING_SEES, kwargs=some_finding),
    "finding_rate": finding_act(severity="deficiency", rated_by="Mona", **on("rated_on")),
    "finding_plan": finding_act(
        FINDING_SEES & (SECRETARIES | MANAGERS),
        text="Second signature",
        target_on="2026-12-31",
        **on("set_on"),
    ),
    "finding_step": finding_act(
        FINDING_SEES & (SECRETARIES | MANAGERS), step="designed", done_by="Mona", **on("done_on")
    ),
    "finding_review": finding_act(**on("reviewed_on")),
    "finding_close": finding_act(**on("closed_on")),
    "finding_restriction_decision": Route(
        get=RECORDERS,
        post=RECORDERS,
        kwargs=some_restricted_finding,
        sees=FINDING_SEES - MANAGERS,
    ),
    "finding_closure_decision": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=some_closure, sees=FINDING_SEES
    ),
    # The annual cycle.
    "audit_years": Route(get=READERS, kwargs=stage),
    "audit_year": Route(get=READERS, kwargs=some_year),
    "audit_year_record": Route(
        get=SECRETARIES,
        post=SECRETARIES,
        kwargs=some_year,
        data=lambda cast: on("reviewed_on"),
        sees=READERS,
    ),
    "annual_review_correct": Route(
        get=SECRETARIES,
        post=SECRETARIES,
        kwargs=some_review,
        data=lambda cast: {"reason": "The draft's date was entered.", **on("reviewed_on")},
        sees=READERS,
    ),
    "committee_report_issue": Route(
        get=RECORDERS,
        post=RECORDERS,
        kwargs=some_review,
        data=lambda cast: on("adopted_on"),
        sees=READERS,
    ),
    "committee_report_decision": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=some_report, sees=READERS
    ),
    # The policy.
    "preapproval_policy": Route(get=READERS | MANAGERS, kwargs=stage),
    "policy_adopt": policy_act(**on("adopted_on")),
    "policy_review": policy_act(some_policy, **on("reviewed_on")),
    "policy_line_add": policy_act(title="Consents", service="consent", **on("adopted_on")),
    "policy_line_end": policy_act(some_line, **on("ended_on")),
    "delegation_add": policy_act(**on("adopted_on")),
    "policy_decision": policy_act(some_policy),
    "policy_line_decision": policy_act(some_line),
    "delegation_decision": policy_act(some_delegation),
    "delegation_revoke": policy_act(some_delegation, **on("revoked_on")),
}
