"""The pre-approval policy, its lines and the delegation: acts of the committee (R-1e)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.enums import Role
from accounts.models import RoleTerm, User
from auditors import documents
from auditors.enums import Beneficiary, FeeCategory, Ground
from auditors.models import Delegate, Delegation, Policy, PolicyLine, PolicyReview, Recipient
from auditors.models.bases import money_or_none
from auditors.rules.catalogue import SERVICES
from auditors.rules.delegation import Delegation as DelegationRule
from auditors.rules.delegation import objections_to_delegation
from auditors.rules.money import Money
from auditors.rules.policy import PolicyLine as LineRule
from auditors.rules.policy import objections_to_line
from auditors.rules.reasons import Reason
from auditors.rulings import delegates_of
from auditors.sentences import listed, sentence
from auditors.services.checks import (
    checked,
    gain,
    refuse,
    refuse_ahead,
    refuse_blank,
    refuse_kind,
)
from charters.models import Decision
from committees.models import Director
from records import ledger, texts
from records.acts import act
from records.facts import Fact, recorded
from records.ledger import Actor
from records.models import Document

POLICY_ADOPTED = ledger.action(
    "policy.adopted", lazy("recorded the pre-approval policy of %(record)s")
)
POLICY_REVIEWED = ledger.action(
    "policy.reviewed", lazy("recorded the review of the pre-approval policy of %(record)s")
)
POLICY_LINE_ADOPTED = ledger.action(
    "policy_line.adopted", lazy("recorded the policy line %(record)s")
)
POLICY_LINE_ENDED = ledger.action(
    "policy_line.ended", lazy("recorded the end of the policy line %(record)s")
)
DELEGATION_RESOLVED = ledger.action(
    "delegation.resolved", lazy("recorded the delegation of %(record)s")
)
DELEGATION_REVOKED = ledger.action(
    "delegation.revoked", lazy("recorded the end of the delegation of %(record)s")
)


@act
def adopt_policy(
    *,
    adopted_on: date,
    currency: str,
    by: Actor,
    at: datetime,
    decision: Decision | None = None,
    closed_categories: Sequence[FeeCategory] = (),
    closed_to: Sequence[Beneficiary] = (),
    waiver_allowed: bool = False,
    max_age_months: int = 12,
    tolerance_share: Decimal | None = None,
    tolerance_amount: Decimal | None = None,
    document: Document | None = None,
) -> Policy:
    """Record the policy that the committee adopted; it replaces the one before."""
    refuse_ahead("adopted_on", adopted_on, at)
    refuse_kind("document", document, documents.ENGAGEMENT)
    policy = Policy(
        adopted_on=adopted_on,
        currency=currency,
        closed_categories=[each.value for each in closed_categories],
        closed_to=[each.value for each in closed_to],
        waiver_allowed=waiver_allowed,
        max_age_months=max_age_months,
        tolerance_share=tolerance_share,
        tolerance_amount=tolerance_amount,
        document=document,
        decision=decision,
        **recorded(by, at),
    )
    checked(policy)
    ledger.record(
        POLICY_ADOPTED,
        subject=policy,
        by=by,
        at=at,
        adopted_on=adopted_on,
        waiver_allowed=waiver_allowed,
        max_age_months=max_age_months,
        tolerance_share=tolerance_share,
        tolerance_amount=tolerance_amount,
        document=document,
        decision=decision,
    )
    return policy


@act
def adopt_line(
    *,
    title: str,
    service: str,
    work: str,
    recipients: Sequence[Recipient],
    starts_on: date,
    last_on: date,
    cap: Decimal,
    currency: str,
    adopted_on: date,
    by: Actor,
    at: datetime,
    decision: Decision | None = None,
    cap_per_engagement: Decimal | None = None,
    used_by: Sequence[User] = (),
    document: Document | None = None,
    replaces: PolicyLine | None = None,
) -> PolicyLine:
    """Record a line that the committee adopted. A category or a sum alone is refused.

    `replaces` is the line that it changes, such as its limit, within the same period: that one ends
    when this one is adopted, and what was used under it counts under this one.
    """
    refuse_ahead("adopted_on", adopted_on, at)
    refuse_kind("document", document, documents.ENGAGEMENT)
    title = refuse_blank("title", title)
    if not recipients:
        raise ValidationError({"recipients": _("Name at least one recipient.")})
    _refuse_others_than_officers(used_by)
    drafted = LineRule(
        key=title,
        service=service,
        work=work,
        recipients=frozenset(str(each) for each in recipients),
        first=starts_on,
        last=last_on,
        cap=Money(cap, currency),
        cap_per_engagement=money_or_none(cap_per_engagement, currency),
    )
    _refuse_line(objections_to_line(drafted, SERVICES.get(service)))
    line = PolicyLine(
        title=title,
        service=service,
        work=work.strip(),
        starts_on=starts_on,
        last_on=last_on,
        cap=cap,
        cap_per_engagement=cap_per_engagement,
        currency=currency,
        adopted_on=adopted_on,
        document=document,
        decision=decision,
        replaces=replaces,
        **recorded(by, at),
    )
    if replaces is not None:
        _change(replaces, line, by, at)
    checked(line)
    line.recipients.set(recipients)
    line.used_by.set(used_by)
    ledger.record(
        POLICY_LINE_ADOPTED,
        subject=line,
        by=by,
        at=at,
        adopted_on=adopted_on,
        **texts.digests(line),
        cap=cap,
        cap_per_engagement=cap_per_engagement,
        starts_on=starts_on,
        last_on=last_on,
        recipients=_records(recipients),
        used_by=_records(used_by),
        replaces=replaces,
        decision=decision,
    )
    return line


def _refuse_others_than_officers(used_by: Sequence[User]) -> None:
    """A named officer may use a line; nothing is left to the auditor itself or to others. Whether
    the officer is in office is asked on the date of the use."""
    ever = RoleTerm.objects.filter(user__in=used_by, role=Role.MANAGEMENT).values("user")
    others = User.objects.filter(pk__in=[each.pk for each in used_by]).exclude(pk__in=ever)
    if named := list(others):
        raise ValidationError(
            {
                "used_by": _("Only officers use a line. Not an officer: %(names)s.")
                % {"names": listed([str(each) for each in named])}
            }
        )


def _change(earlier: PolicyLine, line: PolicyLine, by: Actor, at: datetime) -> None:
    """End the line that another one changes."""
    earlier = PolicyLine.objects.select_for_update().get(pk=earlier.pk)
    if PolicyLine.objects.filter(replaces=earlier).exists():
        objection = _("This line was changed before. Choose the one that replaced it.")
    elif (earlier.service, earlier.currency) != (line.service, line.currency):
        objection = _("Choose a line for the same service in the same currency.")
    elif line.adopted_on < earlier.adopted_on:
        objection = _("The line was adopted after this one.")
    elif earlier.ended_on is not None and earlier.ended_on < line.adopted_on:
        objection = _("The line ended before this one was adopted.")
    elif line.last_on < earlier.starts_on or earlier.last_on < line.starts_on:
        objection = _("The periods do not overlap, so this is a new line. Choose None.")
    else:
        objection = ""
    if objection:
        raise ValidationError({"replaces": objection})
    if earlier.ended_on is None:
        _end(earlier, line.adopted_on, by, at)


# Beside which field of a line an objection stands.
FIELDS = {
    Ground.NOT_IN_CATALOGUE: "service",
    Ground.LINE_SERVICE_PROHIBITED: "service",
    Ground.LINE_SPECIFIC_ONLY: "service",
    Ground.LINE_HAS_BLANK: "work",
    Ground.LINE_NAMES_NO_SERVICE: "work",
    Ground.LINE_CAP_MISSING: "cap",
    Ground.LINE_PERIOD_REVERSED: "last_on",
}


def _refuse_line(objections: Sequence[Reason]) -> None:
    beside: dict[str, list[str]] = {}
    for each in objections:
        beside.setdefault(FIELDS[each.ground], []).append(sentence(each))
    if beside:
        raise ValidationError(beside)


@act
def review_policy(
    policy: Policy,
    *,
    reviewed_on: date,
    by: Actor,
    at: datetime,
    decision: Decision | None = None,
) -> PolicyReview:
    """Record that the committee reviewed the policy and kept it."""
    refuse_ahead("reviewed_on", reviewed_on, at)
    if reviewed_on < policy.adopted_on:
        raise ValidationError({"reviewed_on": _("The policy was adopted after this date.")})
    review = PolicyReview(
        policy=policy, reviewed_on=reviewed_on, decision=decision, **recorded(by, at)
    )
    checked(review)
    ledger.record(
        POLICY_REVIEWED, subject=policy, by=by, at=at, reviewed_on=reviewed_on, decision=decision
    )
    return review


@act
def end_line(line: PolicyLine, *, ended_on: date, by: Actor, at: datetime) -> PolicyLine:
    """Record that the committee ended a line; from that date it admits nothing more."""
    line = PolicyLine.objects.select_for_update().get(pk=line.pk)
    if ended_on < line.adopted_on:
        raise ValidationError({"ended_on": _("The line was adopted after this date.")})
    _end(line, ended_on, by, at)
    return line


def _end(line: PolicyLine, on: date, by: Actor, at: datetime) -> None:
    gain(line, ended_on=on)
    ledger.record(POLICY_LINE_ENDED, subject=line, by=by, at=at, ended_on=on)


@act
def delegate(
    directors: Sequence[Director],
    *,
    adopted_on: date,
    currency: str,
    by: Actor,
    at: datetime,
    decision: Decision | None = None,
    limit_per_service: Decimal | None = None,
    limit_between_meetings: Decimal | None = None,
    categories: Sequence[FeeCategory] = (),
    includes_internal_control: bool = False,
    notify_others_at_once: bool = True,
    any_order: bool = False,
    waiver_only: bool = False,
    document: Document | None = None,
) -> Delegation:
    """Record the resolution that names delegates in their order: members, and no officer."""
    refuse_ahead("adopted_on", adopted_on, at)
    refuse_kind("document", document, documents.ENGAGEMENT)
    chosen = [(each.pk, each.name, each.user_id) for each in directors]
    named = DelegationRule(delegates_of(chosen, adopted_on))
    refuse(objections_to_delegation(named), "delegates")
    delegation = Delegation(
        adopted_on=adopted_on,
        currency=currency,
        limit_per_service=limit_per_service,
        limit_between_meetings=limit_between_meetings,
        categories=[each.value for each in categories],
        includes_internal_control=includes_internal_control,
        notify_others_at_once=notify_others_at_once,
        any_order=any_order,
        waiver_only=waiver_only,
        document=document,
        decision=decision,
        **recorded(by, at),
    )
    checked(delegation)
    for place, director in enumerate(directors, start=1):
        checked(Delegate(delegation=delegation, director=director, place=place, **recorded(by, at)))
    ledger.record(
        DELEGATION_RESOLVED,
        subject=delegation,
        by=by,
        at=at,
        adopted_on=adopted_on,
        delegates=_records(directors),
        limit_per_service=limit_per_service,
        limit_between_meetings=limit_between_meetings,
        categories=list(categories),
        includes_internal_control=includes_internal_control,
        any_order=any_order,
        waiver_only=waiver_only,
        document=document,
        decision=decision,
    )
    return delegation


@act
def revoke_delegation(
    delegation: Delegation, *, revoked_on: date, by: Actor, at: datetime
) -> Delegation:
    """Record that the committee revoked a delegation."""
    delegation = Delegation.objects.select_for_update().get(pk=delegation.pk)
    gain(delegation, revoked_on=revoked_on)
    ledger.record(DELEGATION_REVOKED, subject=delegation, by=by, at=at, revoked_on=revoked_on)
    return delegation


def _records(rows: Sequence[Model]) -> list[Fact]:
    return list(rows)
