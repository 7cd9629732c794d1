"""What the ledger calls the auditor's records, and who may see what acts did to them."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from accounts.withheld import unless_withheld
from auditors.models import (
    Approval,
    Discussion,
    ExceptionDecision,
    FeeLine,
    Finding,
    FindingClosure,
    Letter,
    LetterException,
    Presentation,
    ServiceRequest,
)
from charters.permissions import READERS
from records import clock
from records.ledger_words import SUBJECTS, Subject


def reads_engagements(user: User | AnonymousUser) -> bool:
    return user.is_authenticated and bool(user.roles_today & READERS)


def reads_policy(user: User) -> bool:
    return user.has_perm("auditors.view_policy")


def requests(user: User) -> QuerySet[ServiceRequest]:
    return ServiceRequest.objects.visible_to(user)


def approvals(user: User) -> QuerySet[Approval]:
    return Approval.objects.filter(request__in=ServiceRequest.objects.visible_to(user))


def findings(user: User) -> QuerySet[Finding]:
    return Finding.objects.visible_to(user, on=clock.today())


def closures(user: User) -> QuerySet[FindingClosure]:
    return FindingClosure.objects.filter(finding__in=findings(user))


def of_record(model: type[Any], field: str = "pk") -> Callable[[User], bool | QuerySet[Any]]:
    """A record that an agenda item can come from, and what belongs to it."""
    return unless_withheld(model, reads_engagements, field)


def quoted(row: object) -> str:
    return f"“{row}”"


def request_of(approval: Approval) -> str:
    return quoted(approval.request)


def finding_of(closure: FindingClosure) -> str:
    return quoted(closure.finding)


def exception_of(decided: ExceptionDecision) -> str:
    return quoted(decided.exception)


SUBJECTS.add_all(
    Subject("auditors.*", reads_engagements),
    Subject("auditors.Firm", title=str),
    Subject("auditors.Recipient", title=str),
    Subject("auditors.Engagement", title=str, related=("firm",)),
    Subject("auditors.Partner", title=str),
    Subject("auditors.Policy", reads_policy, title=str),
    Subject("auditors.PolicyLine", reads_policy, title=quoted),
    Subject("auditors.Delegation", reads_policy, title=str),
    Subject("auditors.ServiceRequest", requests, title=quoted),
    Subject("auditors.Approval", approvals, title=request_of, related=("request",)),
    Subject("auditors.Presentation", of_record(Presentation, "approval__request")),
    Subject("auditors.FeeLine", of_record(FeeLine, "approval__request"), title=quoted),
    Subject("auditors.IssuedFeeTable", title=str, related=("firm",)),
    Subject("auditors.Letter", of_record(Letter), title=str),
    Subject("auditors.Discussion", of_record(Discussion, "letter")),
    Subject("auditors.LetterException", of_record(LetterException, "letter"), title=quoted),
    Subject(
        "auditors.ExceptionDecision",
        of_record(ExceptionDecision, "exception__letter"),
        title=exception_of,
        related=("exception",),
    ),
    Subject("auditors.FindingClosure", closures, title=finding_of, related=("finding",)),
    Subject("auditors.Finding", findings, title=quoted),
    Subject("auditors.AnnualReview", title=str),
    Subject("auditors.CommitteeReport", title=str, related=("review",)),
)
