"""Tests B and C: what the audit committee asks of its members beside Test A.

Test B is Rule 10A-3(b)(1): no fee from the company and no affiliation (RULE-05, RULE-06). Test C is
Nasdaq 5605(c)(2)(A)(iii): no part in preparing the financial statements (RULE-07).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from committees.enums import OrganizationRole, PaymentKind, Tie
from committees.rules.facts import Association, BusinessPayment, Facts, Holding
from committees.rules.family import accepts_for_director
from committees.rules.findings import Finding, Line, Outcome, Why, weightiest
from committees.rules.limits import IndependenceLimits
from committees.rules.listing import listing_independence
from records.calendar import DAY, Calendar

FREE = frozenset({PaymentKind.BOARD_FEE, PaymentKind.RETIREMENT})
# Through these roles at an advising firm its fees are the member's own (10A-3(e)(8)).
ACTIVE = frozenset(
    {
        OrganizationRole.PARTNER,
        OrganizationRole.MANAGING_MEMBER,
        OrganizationRole.EXECUTIVE_OFFICER,
        OrganizationRole.MANAGING_DIRECTOR,
    }
)
# These roles at an affiliate make an affiliate (10A-3(e)(1)(iii)); a director alone is exempt.
DEEMED = frozenset(
    {
        OrganizationRole.EXECUTIVE_OFFICER,
        OrganizationRole.DIRECTOR_EMPLOYEE,
        OrganizationRole.PARTNER,
        OrganizationRole.MANAGING_MEMBER,
    }
)


# Whoever controls a holder, or acts for it, may control the company through it ((e)(1)(i), (e)(4)).
WEIGHED = frozenset({OrganizationRole.CONTROLLING_HOLDER, OrganizationRole.MANAGING_DIRECTOR})


def fees(facts: Facts, day: date) -> Finding:
    """RULE-05: any fee accepted while serving, directly or indirectly, other than for Board service.

    There is no lower limit and no look-back: what was accepted before the service began is outside,
    and what is accepted during it bars for the rest of it, so no clear date follows.
    """
    since = facts.serving_since
    if since is None:
        return Finding(Line.FEES)
    return weightiest(
        Line.FEES, (*_paid_to_people(facts, since, day), *_paid_to_firms(facts, since, day))
    )


def _paid_to_people(facts: Facts, since: date, day: date) -> Iterator[Finding]:
    for payment in facts.payments:
        is_own = payment.who.is_director or accepts_for_director(payment.who)
        if (
            is_own
            and payment.kind not in FREE
            and since <= payment.on <= day
            and payment.amount > 0
        ):
            said = {"who": payment.who, "amount": payment.amount, "on": payment.on}
            yield Finding(Line.FEES, Outcome.BARRED, Why.FEE_ACCEPTED, said, (payment.record,))


def _paid_to_firms(facts: Facts, since: date, day: date) -> Iterator[Finding]:
    for association in facts.associations:
        for payment in facts.business:
            if since <= payment.on <= day and _is_accepted_through(association, payment):
                said = {
                    "organization": payment.organization,
                    "amount": payment.amount,
                    "on": payment.on,
                    "role": association.role,
                }
                records = (association.record, payment.record)
                yield Finding(Line.FEES, Outcome.BARRED, Why.FEE_THROUGH_FIRM, said, records)


def _is_accepted_through(association: Association, payment: BusinessPayment) -> bool:
    """Ordinary trade is outside; so is who has no active part in the firm's services."""
    firm = association.organization
    return (
        association.who.is_director
        and firm.gives_advice
        and firm.name == payment.organization
        and association.role in ACTIVE
        and association.span.covers(payment.on)
        and not payment.is_received
        and payment.amount > 0
    )


def affiliation(facts: Facts, day: date, limits: IndependenceLimits) -> Finding:
    """RULE-06: no affiliated person of the company or a subsidiary.

    Up to 10% of each class of voting stock is safe for whoever is no executive officer. Above it,
    for a role at a holder above it, and for whoever controls an affiliate, the Board makes a dated
    finding; nothing is presumed.
    """
    return weightiest(
        Line.AFFILIATE,
        (*_own_office(facts, day), *_roles(facts, day), *_holdings(facts, day, limits)),
    )


def _own_office(facts: Facts, day: date) -> Iterator[Finding]:
    for one in facts.employments:
        if one.who.is_director and one.is_executive and one.span.covers(day):
            after = one.span.last + DAY if one.span.last else None
            yield Finding(
                Line.AFFILIATE,
                Outcome.BARRED,
                Why.EXECUTIVE_OFFICER,
                {"first": one.span.first},
                (one.record,),
                after,
            )


def _roles(facts: Facts, day: date) -> Iterator[Finding]:
    for one in facts.associations:
        if not (one.who.is_director and one.role in DEEMED | WEIGHED and one.span.covers(day)):
            continue
        said = {"organization": one.organization.name, "role": one.role}
        if one.organization.tie is Tie.AFFILIATE and one.role in WEIGHED:
            yield _left_to_the_board(
                facts, day, one.span.first, Why.AFFILIATE_ROLE, said, one.record
            )
        elif one.organization.tie is Tie.AFFILIATE:
            after = one.span.last + DAY if one.span.last else None
            yield Finding(
                Line.AFFILIATE,
                Outcome.BARRED,
                Why.AFFILIATE_ROLE,
                said,
                (one.record,),
                after,
            )
        elif one.organization.tie is Tie.OVER_TEN:
            yield _left_to_the_board(facts, day, one.span.first, Why.HOLDER_ROLE, said, one.record)


def _holdings(facts: Facts, day: date, limits: IndependenceLimits) -> Iterator[Finding]:
    latest: dict[str, Holding] = {}
    for holding in sorted(facts.holdings, key=lambda holding: holding.as_of):
        if holding.as_of <= day:
            latest[holding.share_class] = holding
    for holding in latest.values():
        if Decimal(holding.shares) > limits.holding_share * holding.outstanding:
            said = {
                "share_class": holding.share_class,
                "shares": holding.shares,
                "outstanding": holding.outstanding,
                "as_of": holding.as_of,
            }
            yield _left_to_the_board(
                facts, day, holding.as_of, Why.HOLDING_OVER, said, holding.record
            )


def _left_to_the_board(
    facts: Facts, day: date, since: date, why: Why, said: Mapping[str, object], record: str
) -> Finding:
    """The Board's finding answers what it could know: it is not older than the fact."""
    found = facts.not_affiliated_on
    if found and since <= found <= day:
        said = {**said, "found_on": found}
        return Finding(Line.AFFILIATE, Outcome.PASSES, Why.BOARD_FOUND, said, (record,))
    return Finding(Line.AFFILIATE, Outcome.JUDGMENT, why, said, (record,))


def preparation(facts: Facts, day: date, limits: IndependenceLimits) -> Finding:
    """RULE-07: took part in preparing the statements, now or within three years.

    It bars from the committee whoever passes line (A), such as a former interim financial officer.
    """
    return weightiest(
        Line.PREPARATION,
        (
            Finding(
                Line.PREPARATION,
                Outcome.BARRED,
                Why.PREPARATION_ENDED if one.span.has_ended(day) else Why.PREPARING,
                {"first": one.span.first, "last": one.span.last},
                (one.record,),
                one.span.clear_on(limits.years),
            )
            for one in facts.preparations
            if one.span.is_reached(day, limits.years)
        ),
    )


def independence(
    facts: Facts, day: date, calendar: Calendar, limits: IndependenceLimits
) -> tuple[Finding, ...]:
    """Tests A, B and C for a director on a day: one finding for each line, passing or not."""
    return (
        *listing_independence(facts, day, calendar, limits),
        fees(facts, day),
        affiliation(facts, day, limits),
        preparation(facts, day, limits),
    )
