"""The ruling on a request as the committee's records stand on a date. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.enums import Role
from accounts.models import RoleTerm, User
from auditors.enums import Basis, Beneficiary, FeeBasis, FeeCategory
from auditors.models import (
    Approval,
    Delegation,
    FeeLine,
    Policy,
    PolicyLine,
    Recipient,
    ServiceRequest,
)
from auditors.models.bases import money_or_none, rate_or_none
from auditors.models.requests import line_rules
from auditors.rules.catalogue import SERVICES
from auditors.rules.delegation import Delegate as DelegateRule
from auditors.rules.delegation import Delegation as DelegationRule
from auditors.rules.money import Money, Rate, in_currency, total
from auditors.rules.policy import Policy as PolicyRule
from auditors.rules.policy import PolicyLine as LineRule
from auditors.rules.preapproval import Request, Ruling, Setting, rule
from charters.enums import CommitteeKind
from committees.enums import DeterminationKind
from committees.models import Determination, Membership
from records.calendar import Period
from records.models import Company


@dataclass(frozen=True)
class Draft:
    """A service that somebody would ask for. `service` is empty where the list has none.

    `asked_by` is the account that asked, `concerns` the director for whom the work is done.
    """

    service: str
    fee: Money
    starts_on: date
    recipients: Sequence[Recipient]
    rate: Rate | None = None
    fee_basis: FeeBasis = FeeBasis.FIXED
    beneficiary: Beneficiary = Beneficiary.COMPANY
    conclusion_on_file: bool = False
    confirmed_not_begun: bool = False
    asked_by: int | None = None
    concerns: int | None = None


def reporting_currency() -> str:
    return Company.objects.values_list("currency", flat=True).first() or "USD"


def ruling(draft: Draft, *, on: date, user: User | None = None) -> Ruling:
    """Rule on a draft; with `user` also on whether that person may use a policy line."""
    request, records = loaded(draft, on=on, user=user)
    return rule(request, records, on=on)


def loaded(draft: Draft, *, on: date, user: User | None = None) -> tuple[Request, Setting]:
    """All that a ruling depends on, read once: the rule that judges it asks for nothing more."""
    currency = reporting_currency()
    since = min(on, draft.starts_on)
    records = setting(on, draft.service, since=since, currency=currency)
    return as_request(draft, currency, user), records


def as_request(draft: Draft, currency: str, user: User | None = None) -> Request:
    """A draft as the law reads it; `currency` is the reporting currency."""
    return Request(
        service=SERVICES.get(draft.service),
        fee=in_currency(draft.fee, currency, draft.rate),
        asked=draft.fee,
        starts_on=draft.starts_on,
        recipients=frozenset(str(each) for each in draft.recipients),
        fee_basis=draft.fee_basis,
        beneficiary=draft.beneficiary,
        conclusion_on_file=draft.conclusion_on_file,
        confirmed_not_begun=draft.confirmed_not_begun,
        user=None if user is None else str(user.pk),
        asked_by=str(draft.asked_by or ""),
        concerns=str(draft.concerns or ""),
    )


def setting(on: date, service: str, *, since: date, currency: str) -> Setting:
    """The policy, its lines for a service with their uses, and the delegation, as of a date.

    A line whose period ended before `since` is history: it says nothing, unless there is no other.
    """
    policy, delegation = Policy.objects.in_force(on), Delegation.objects.in_force(on)
    return Setting(
        policy=policy.as_rule() if policy else PolicyRule(),
        lines=tuple(_lines(on, service, since)) if service in SERVICES else (),
        delegation=as_delegation(delegation, on, currency) if delegation else None,
    )


def _lines(on: date, service: str, since: date) -> list[LineRule]:
    found = list(PolicyLine.objects.adopted(on).filter(service=service))
    return line_rules([line for line in found if line.last_on >= since] or found[:1])


# The key of a director, the name, and the key of the account, None without one.
Named = tuple[int, str, int | None]


def as_delegation(delegation: Delegation, on: date, reported_in: str) -> DelegationRule:
    """The delegation with its delegates as they stand on a date, and what awaits a meeting.

    `reported_in` is the reporting currency.
    """
    named = delegation.delegates.order_by("place")
    currency = delegation.currency
    return DelegationRule(
        delegates=delegates_of(
            named.values_list("director", "director__name", "director__user"), on
        ),
        limit_per_service=money_or_none(delegation.limit_per_service, currency),
        limit_between_meetings=money_or_none(delegation.limit_between_meetings, currency),
        categories=frozenset(map(FeeCategory, delegation.categories)) or frozenset(FeeCategory),
        includes_internal_control=delegation.includes_internal_control,
        notify_others_at_once=delegation.notify_others_at_once,
        any_order=delegation.any_order,
        waiver_only=delegation.waiver_only,
        awaiting=(awaiting(currency, on, reported_in) if delegation.limit_between_meetings else ()),
    )


def delegates_of(directors: Iterable[Named], on: date) -> tuple[DelegateRule, ...]:
    """Directors in their order, as members of the audit committee on a date.

    One whom the Board's determinations of independence by then do not name is not independent,
    unless there are none of anybody.
    """
    seats = Membership.objects.in_office(on).filter(committee__kind=CommitteeKind.AUDIT)
    members = set(seats.order_by().values_list("director", flat=True))
    terms = RoleTerm.objects.held(on).filter(role=Role.MANAGEMENT)
    officers = set(terms.order_by().values_list("user", flat=True))
    made = Determination.objects.standing().of_kind(DeterminationKind.INDEPENDENT).by(on)
    # The latest is read last, and counts.
    determined = dict(made.values_list("director", "is_met"))
    return tuple(
        DelegateRule(
            key=str(key),
            name=name,
            is_member=key in members,
            is_independent=determined.get(key, not determined),
            is_officer=account in officers,
            user=str(account or ""),
        )
        for key, name, account in directors
    )


def year_of_service(request: ServiceRequest) -> Period | None:
    """The fiscal year in which a service is given."""
    company = Company.objects.current()
    return company.calendar.year_of(request.starts_on) if company else None


def paid_in_year(request: ServiceRequest, currency: str, *, on: date | None = None) -> Money | None:
    """The fees on record for the fiscal year of a service, by its firm, with `on` those billed by
    a date or expected; None: a rate is missing."""
    year = year_of_service(request)
    lines = FeeLine.objects.current().filter(firm=request.firm_id)
    if on is not None:
        lines = lines.exclude(invoiced_on__gt=on)
    fees = (
        [line.reported(currency) for line in lines.filter(year_ends_on=year.last)] if year else []
    )
    return together(fees, currency)


def waived_in_year(
    request: ServiceRequest, currency: str, *, on: date | None = None
) -> Money | None:
    """The services of the firm that use the waiver in the fiscal year, this one included, with `on`
    those approved by a date; None: no rate."""
    year = year_of_service(request)
    fees = [request.reported(currency)]
    waived = Approval.objects.live().filter(basis=Basis.WAIVER, request__firm=request.firm_id)
    if on is not None:
        waived = waived.filter(approved_on__lte=on)
    for each in waived.select_related("request"):
        if each.request_id != request.pk and (year is None or each.request.starts_on in year):
            fees.append(each.reported(currency))
    return together(fees, currency)


def together(fees: Sequence[Money | None], currency: str) -> Money | None:
    known = [fee for fee in fees if fee is not None]
    return None if len(known) < len(fees) else total(known, currency)


def awaiting(currency: str, on: date, reported_in: str) -> tuple[Money | None, ...]:
    """The fees of delegates' decisions that await a scheduled meeting on a date; None: no rate."""
    found = Approval.objects.live().of_delegates().awaiting(on).order_by()
    # A rate leads to the reporting currency and to no other.
    return tuple(
        in_currency(Money(amount, asked_in), currency, rate_or_none(rate, rate_on))
        if currency in (asked_in, reported_in)
        else None
        for amount, asked_in, rate, rate_on in found.values_list(
            "amount", "currency", "rate", "rate_on"
        )
    )
