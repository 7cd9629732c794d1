"""Findings: entered when told, rated, planned, worked off, reviewed and closed (R-4)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.enums import Role
from accounts.models import User
from auditors import documents
from auditors.enums import FindingSource, Severity, Step
from auditors.models import (
    Finding,
    FindingClosure,
    FindingReview,
    Firm,
    Rating,
    RemediationPlan,
    RemediationStep,
)
from auditors.rules.findings import objections_to_closure
from auditors.services.checks import (
    checked,
    refuse,
    refuse_ahead,
    refuse_blank,
    refuse_kind,
)
from charters.models import Decision
from records import ledger, texts
from records.acts import act
from records.clock import day_of
from records.facts import recorded
from records.ledger import Actor
from records.models import Document

FINDING_ENTERED = ledger.action("finding.entered", lazy("entered the finding %(record)s"))
FINDING_RATED = ledger.action("finding.rated", lazy("recorded the severity of %(record)s"))
FINDING_PLANNED = ledger.action("finding.planned", lazy("recorded a plan for %(record)s"))
FINDING_STEP_TAKEN = ledger.action("finding.step_taken", lazy("recorded a step on %(record)s"))
FINDING_REVIEWED = ledger.action(
    "finding.reviewed", lazy("recorded the committee's review of %(record)s")
)
FINDING_CLOSED = ledger.action(
    "finding.closed", lazy("recorded that the committee closed %(record)s")
)


@act
def enter_finding(
    *,
    title: str,
    source: FindingSource,
    told_on: date,
    owner_name: str,
    by: Actor,
    at: datetime,
    firm: Firm | None = None,
    owner: User | None = None,
    account: str = "",
    component: str = "",
    cause: str = "",
    restricted_roles: Collection[Role] = (),
    decision: Decision | None = None,
) -> Finding:
    """Enter a finding when it is first reported; its severity is under evaluation.

    `decision` is the one to restrict it, added later where it is not known yet.
    """
    refuse_ahead("told_on", told_on, at)
    finding = Finding(
        title=refuse_blank("title", title),
        source=source,
        told_on=told_on,
        firm=firm,
        owner=owner,
        owner_name=refuse_blank("owner_name", owner_name),
        account=account.strip(),
        component=component.strip(),
        cause=cause.strip(),
        restricted_roles=frozenset(restricted_roles),
        restricted_since=told_on,
        decision=decision,
        **recorded(by, at),
    )
    if decision is not None and not finding.is_restricted:
        raise ValidationError(
            {"decision": _("Only a restricted finding names the decision to restrict it.")}
        )
    _refuse_own_restriction(finding, by, at)
    checked(finding)
    ledger.record(
        FINDING_ENTERED,
        subject=finding,
        by=by,
        at=at,
        **texts.digests(finding),
        source=source,
        told_on=told_on,
        owner=owner,
        decision=decision,
        **finding.restriction_facts,
    )
    return finding


def _refuse_own_restriction(finding: Finding, by: Actor, at: datetime) -> None:
    """Nobody enters what they could not read afterwards."""
    if isinstance(by, User) and finding.restriction.bars(by, on=day_of(at)):
        raise ValidationError(
            {
                "restricted_roles": _(
                    "This restriction would keep you from reading the finding, because of a role "
                    "you hold or held on its date. Ask another secretary to record it."
                )
            }
        )
    owner = finding.owner
    if owner is not None and finding.restriction.bars(owner, on=day_of(at)):
        raise ValidationError(
            {"owner": _("The restriction bars this person. Give a name without an account.")}
        )


@act
def rate(
    finding: Finding,
    *,
    severity: Severity,
    rated_on: date,
    rated_by: str,
    by: Actor,
    at: datetime,
) -> Rating:
    """Record management's dated conclusion on the severity; a later one stands beside it."""
    finding = _open(finding)
    refuse_ahead("rated_on", rated_on, at)
    rating = Rating(
        finding=finding,
        severity=severity,
        rated_on=rated_on,
        rated_by=refuse_blank("rated_by", rated_by),
        **recorded(by, at),
    )
    checked(rating)
    ledger.record(
        FINDING_RATED, subject=finding, by=by, at=at, severity=severity, rated_on=rated_on
    )
    return rating


@act
def plan(
    finding: Finding,
    *,
    text: str,
    target_on: date,
    set_on: date,
    by: Actor,
    at: datetime,
    reason: str = "",
    agreed_by: str = "",
) -> RemediationPlan:
    """Record management's plan. A date that moves needs its reason and who agreed; the old date
    stays."""
    finding = _open(finding)
    refuse_ahead("set_on", set_on, at)
    earlier = finding.plans.last()
    if earlier is not None and earlier.target_on != target_on:
        reason = refuse_blank("reason", reason)
        agreed_by = refuse_blank("agreed_by", agreed_by)
    planned = RemediationPlan(
        finding=finding,
        text=refuse_blank("text", text),
        target_on=target_on,
        set_on=set_on,
        reason=reason.strip(),
        agreed_by=agreed_by.strip(),
        **recorded(by, at),
    )
    checked(planned)
    ledger.record(
        FINDING_PLANNED,
        subject=finding,
        by=by,
        at=at,
        target_on=target_on,
        set_on=set_on,
        plan=ledger.digest(planned.text, planned.salt),
    )
    return planned


@act
def record_step(
    finding: Finding,
    *,
    step: Step,
    done_on: date,
    done_by: str,
    by: Actor,
    at: datetime,
    evidence: Document | None = None,
    evidence_dated: date | None = None,
) -> RemediationStep:
    """Record a step of remediation as it was told. Nothing of it is refused but a future date."""
    finding = _open(finding)
    refuse_ahead("done_on", done_on, at)
    refuse_ahead("evidence_dated", evidence_dated, at)
    refuse_kind("evidence", evidence, documents.EVIDENCE)
    taken = RemediationStep(
        finding=finding,
        step=step,
        done_on=done_on,
        done_by=refuse_blank("done_by", done_by),
        evidence=evidence,
        evidence_dated=evidence_dated,
        **recorded(by, at),
    )
    checked(taken)
    ledger.record(
        FINDING_STEP_TAKEN,
        subject=finding,
        by=by,
        at=at,
        step=step,
        done_on=done_on,
        evidence=evidence,
        evidence_dated=evidence_dated,
    )
    return taken


@act
def review(finding: Finding, *, reviewed_on: date, by: Actor, at: datetime) -> FindingReview:
    """Record that the committee looked at the finding and at management's steps."""
    finding = _open(finding)
    refuse_ahead("reviewed_on", reviewed_on, at)
    reviewed = FindingReview(finding=finding, reviewed_on=reviewed_on, **recorded(by, at))
    checked(reviewed)
    ledger.record(FINDING_REVIEWED, subject=finding, by=by, at=at, reviewed_on=reviewed_on)
    return reviewed


@act
def close(
    finding: Finding,
    *,
    closed_on: date,
    by: Actor,
    at: datetime,
    decision: Decision | None = None,
) -> FindingClosure:
    """Record that the committee closed the finding. Refused while a step or the re-test is
    missing, or where the owner tested the control."""
    finding = _open(finding)
    refuse_ahead("closed_on", closed_on, at)
    refuse(objections_to_closure(finding.as_rule(closed_on), on=closed_on))
    closure = FindingClosure(
        finding=finding, closed_on=closed_on, decision=decision, **recorded(by, at)
    )
    checked(closure)
    ledger.record(
        FINDING_CLOSED, subject=finding, by=by, at=at, closed_on=closed_on, decision=decision
    )
    return closure


def _open(finding: Finding) -> Finding:
    """The finding under a lock; a closed one accepts no entry."""
    finding = Finding.objects.select_for_update().get(pk=finding.pk)
    if FindingClosure.objects.filter(finding=finding).exists():
        raise ValidationError(_("This finding is closed. Enter what came after it as a new one."))
    return finding
