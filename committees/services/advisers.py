"""Advisers and funding: the committee engages and determines; management may object (RULE-43)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.enums import Role
from accounts.models import User
from charters.models import Committee, Decision
from committees import sentences
from committees.enums import AdviserRole, FundingPurpose
from committees.models import AdviserEngagement, FundingDetermination, FundingObjection
from committees.registry import AUDIT_FIRMS
from committees.rules.funding import engagement_objections, is_same_firm
from committees.services.entries import (
    add_decision,
    corrected,
    put,
    refuse_ahead,
    refuse_other_decision,
    text_digests,
    withdrawn,
)
from records import ledger
from records.acts import act
from records.clock import day_of
from records.facts import Fact
from records.ledger import Actor

ENGAGEMENT_RECORDED = ledger.action(
    "adviser_engagement.recorded", lazy("recorded the engagement of %(record)s")
)
ENGAGEMENT_ENDED = ledger.action(
    "adviser_engagement.ended", lazy("recorded the end of the engagement of %(record)s")
)
FUNDING_DETERMINED = ledger.action(
    "funding.determined", lazy("recorded the funding determined for %(record)s")
)
FUNDING_COMPLETED = ledger.action(
    "funding.completed",
    lazy("added the committee's decision to the funding determined for %(record)s"),
)
FUNDING_CORRECTED = ledger.action(
    "funding.corrected", lazy("corrected the funding determined for %(record)s")
)
FUNDING_WITHDRAWN = ledger.action(
    "funding.withdrawn", lazy("withdrew the funding determined for %(record)s")
)
FUNDING_OBJECTION_RECORDED = ledger.action(
    "funding_objection.recorded", lazy("recorded management's objection to funding: %(record)s")
)
FUNDING_OBJECTION_WITHDRAWN = ledger.action(
    "funding_objection.withdrawn", lazy("withdrew an objection to funding: %(record)s")
)


@act
def engage(
    committee: Committee,
    *,
    adviser: str,
    role: AdviserRole,
    scope: str,
    engaged_on: date,
    by: Actor,
    at: datetime,
    is_auditor: bool = False,
    acts_for_management: bool = False,
    independence_checked_on: date | None = None,
    restricted_roles: Collection[Role] = (),
    restricted_people: Collection[int] = (),
) -> AdviserEngagement:
    """Record that the committee engaged an adviser. The company's auditor is none (RULE-15)."""
    found = engagement_objections(
        is_auditor=is_auditor or audits(adviser, engaged_on),
        acts_for_management=acts_for_management,
    )
    refused = [objection for objection in found if objection.refuses]
    if refused:
        raise ValidationError({"adviser": " ".join(map(sentences.engagement_remark, refused))})
    refuse_ahead("engaged_on", engaged_on, at)
    refuse_ahead("independence_checked_on", independence_checked_on, at)
    engagement = AdviserEngagement(
        committee=committee,
        adviser=adviser.strip(),
        role=role,
        scope=scope.strip(),
        engaged_on=engaged_on,
        acts_for_management=acts_for_management,
        independence_checked_on=independence_checked_on,
        restricted_roles=frozenset(restricted_roles),
        restricted_people=frozenset(restricted_people),
        restricted_since=engaged_on,
    )
    _refuse_locking_oneself_out(engagement, by, at)
    engagement.full_clean()
    engagement.save()
    ledger.record(
        ENGAGEMENT_RECORDED,
        subject=engagement,
        by=by,
        at=at,
        role=role,
        engaged_on=engaged_on,
        acts_for_management=acts_for_management,
        independence_checked_on=independence_checked_on,
        **engagement.restriction_facts,
        **text_digests(engagement, "adviser", "scope"),
    )
    return engagement


def audits(adviser: str, day: date) -> bool:
    """Whether the adviser is a firm that audits the company on a date, by its name."""
    return any(is_same_firm(adviser, name) for each in AUDIT_FIRMS for name in each.names(day))


@act
def end_engagement(
    engagement: AdviserEngagement, *, ends_on: date, by: Actor, at: datetime
) -> AdviserEngagement:
    """Record that an adviser's engagement ended: `ends_on` is the first day after it."""
    engagement = AdviserEngagement.objects.select_for_update().get(pk=engagement.pk)
    if engagement.ends_on is not None:
        raise ValidationError({"ends_on": _("The end of this engagement is on record already.")})
    if ends_on < engagement.engaged_on:
        raise ValidationError({"ends_on": _("An engagement ends after the date it began.")})
    engagement.ends_on = ends_on
    engagement.save(update_fields=["ends_on"])
    ledger.record(ENGAGEMENT_ENDED, subject=engagement, by=by, at=at, ends_on=ends_on)
    return engagement


@act
def determine_funding(
    committee: Committee,
    purpose: FundingPurpose,
    *,
    amount: Decimal,
    determined_on: date,
    by: Actor,
    at: datetime,
    currency: str = "USD",
    engagement: AdviserEngagement | None = None,
    decision: Decision | None = None,
) -> FundingDetermination:
    """Record what the committee determined that the company pays. No budget limits it.

    It rests on a decision of the committee, which `complete_funding` adds where it is not known yet.
    """
    determination = FundingDetermination(
        committee=committee,
        purpose=purpose,
        amount=amount,
        currency=currency,
        determined_on=determined_on,
        engagement=engagement,
        decision=decision,
    )
    refuse_ahead("determined_on", determined_on, at)
    refuse_other_decision(decision, committee.kind, determined_on)
    return put(determination, FUNDING_DETERMINED, by=by, at=at, **_facts(determination))


@act
def complete_funding(
    determination: FundingDetermination, decision: Decision, *, by: Actor, at: datetime
) -> FundingDetermination:
    """Add the committee's decision to a determination that was recorded without it."""
    kind, day = determination.committee.kind, determination.determined_on
    refuse_other_decision(decision, kind, day)
    return add_decision(determination, decision, FUNDING_COMPLETED, by=by, at=at)


@act
def correct_funding(
    determination: FundingDetermination, later: FundingDetermination, *, by: Actor, at: datetime
) -> FundingDetermination:
    """Correct how a determination was entered; the first entry stays on record."""
    refuse_other_decision(later.decision, later.committee.kind, later.determined_on)
    return corrected(determination, later, FUNDING_CORRECTED, by=by, at=at, **_facts(later))


@act
def withdraw_funding(
    determination: FundingDetermination, *, reason: str, by: Actor, at: datetime
) -> FundingDetermination:
    """Withdraw a determination that was entered in error; the committee did not make it."""
    return withdrawn(determination, FUNDING_WITHDRAWN, reason=reason, by=by, at=at)


@act
def record_objection(
    determination: FundingDetermination, *, on: date, statement: str, by: Actor, at: datetime
) -> FundingObjection:
    """Record that management objected. The determination stays as it is (10A(m)(6))."""
    determination = FundingDetermination.objects.select_for_update().get(pk=determination.pk)
    if not statement.strip():
        raise ValidationError({"statement": _("Say what management objected to.")})
    objection = FundingObjection(determination=determination, on=on, statement=statement.strip())
    return put(
        objection, FUNDING_OBJECTION_RECORDED, by=by, at=at, determination=determination, on=on
    )


@act
def withdraw_objection(
    objection: FundingObjection, *, reason: str, by: Actor, at: datetime
) -> FundingObjection:
    """Withdraw an objection that was entered in error."""
    return withdrawn(objection, FUNDING_OBJECTION_WITHDRAWN, reason=reason, by=by, at=at)


def _refuse_locking_oneself_out(engagement: AdviserEngagement, by: Actor, at: datetime) -> None:
    if isinstance(by, User) and engagement.restriction.bars(by, on=day_of(at)):
        raise ValidationError(
            {
                "restricted_roles": _(
                    "This restriction would keep you from seeing the engagement, because of a role "
                    "you hold or held on its date. Ask another secretary to record it."
                )
            }
        )


def _facts(determination: FundingDetermination) -> dict[str, Fact]:
    return {
        "purpose": FundingPurpose(determination.purpose),
        "engagement": determination.engagement,
        "amount": determination.amount,
        "determined_on": determination.determined_on,
        "decision": determination.decision,
    }
