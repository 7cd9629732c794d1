"""The committee's delegates: who may approve in its place, and up to what (RULE-18).

Exchange Act s. 10A(i)(3): one or more members who are independent directors. The law names no
sum; each limit is the committee's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditors.enums import FeeCategory, Ground
from auditors.rules.catalogue import Service
from auditors.rules.money import Money, total
from auditors.rules.reasons import Reason, reason


@dataclass(frozen=True)
class Delegate:
    """A person named in the resolution, as they stand on the date of the decision.

    `user` is the key of their account, empty where they have none.
    """

    key: str
    name: str
    is_member: bool = True
    is_independent: bool = True
    is_officer: bool = False
    user: str = ""

    @property
    def may_decide(self) -> bool:
        return self.is_member and self.is_independent and not self.is_officer


@dataclass(frozen=True)
class Delegation:
    """`delegates` in their order: each after the first decides if those before are unavailable,
    unless `any_order`.

    `waiver_only`: they approve nothing but what the de minimis waiver covers.
    `awaiting` are the fees of decisions that no scheduled meeting has been shown yet, None where a
    rate is missing; they count against `limit_between_meetings`.
    """

    delegates: tuple[Delegate, ...]
    limit_per_service: Money | None = None
    limit_between_meetings: Money | None = None
    categories: frozenset[FeeCategory] = frozenset(FeeCategory)
    includes_internal_control: bool = True
    notify_others_at_once: bool = False
    any_order: bool = False
    waiver_only: bool = False
    awaiting: Sequence[Money | None] = ()

    @property
    def currency(self) -> str:
        """That of the limits; empty without one."""
        limit = self.limit_per_service or self.limit_between_meetings
        return limit.currency if limit else ""

    @property
    def used(self) -> Money | None:
        """What counts against the total between meetings; None without one, or without a rate."""
        known = [fee for fee in self.awaiting if fee is not None]
        limit = self.limit_between_meetings
        return (
            None
            if limit is None or len(known) < len(self.awaiting)
            else total(known, limit.currency)
        )

    @property
    def in_office(self) -> tuple[Delegate, ...]:
        return tuple(delegate for delegate in self.delegates if delegate.may_decide)


def conflict(delegate: Delegate, *, asked_by: str, concerns: str) -> Reason | None:
    """Why a delegate does not decide on a request: their own, or a service done for them.

    `asked_by` is the key of an account, `concerns` that of a delegate; empty for nobody.
    """
    if asked_by and delegate.user == asked_by:
        return reason(Ground.DELEGATE_ASKED, name=delegate.name)
    if concerns and delegate.key == concerns:
        return reason(Ground.DELEGATE_CONCERNED, name=delegate.name)
    return None


def objections_to_delegation(delegation: Delegation) -> tuple[Reason, ...]:
    """Why a delegation may not be adopted as it is written."""
    if not delegation.delegates:
        return (reason(Ground.DELEGATES_MISSING),)
    return tuple(_objections(delegation.delegates))


def _objections(delegates: Iterable[Delegate]) -> Iterable[Reason]:
    for delegate in delegates:
        if delegate.is_officer:
            yield reason(Ground.DELEGATE_IS_OFFICER, name=delegate.name)
        elif not delegate.is_member:
            yield reason(Ground.DELEGATE_NOT_MEMBER, name=delegate.name)
        elif not delegate.is_independent:
            yield reason(Ground.DELEGATE_NOT_INDEPENDENT, name=delegate.name)


def bars(delegation: Delegation, service: Service, fee: Money | None) -> tuple[Reason, ...]:
    """Why a service lies outside the resolution's limits; none where a delegate may decide.

    `fee` is in the currency of the limits, None where its rate is missing.
    """
    return tuple(_bars(delegation, service, fee))


def _bars(delegation: Delegation, service: Service, fee: Money | None) -> Iterable[Reason]:
    if not delegation.in_office:
        yield reason(Ground.NO_DELEGATE_IN_OFFICE)
    if delegation.waiver_only:
        yield reason(Ground.WAIVER_DELEGATED_ONLY)
    if service.always_specific:
        yield reason(Ground.SPECIFIC_ONLY, service=service.name)
    if service.category not in delegation.categories:
        yield reason(Ground.KIND_NOT_DELEGATED, category=service.category)
    if service.concerns_internal_control and not delegation.includes_internal_control:
        yield reason(Ground.INTERNAL_CONTROL_NOT_DELEGATED)
    yield from _over_limits(delegation, fee)


def _over_limits(delegation: Delegation, fee: Money | None) -> Iterable[Reason]:
    per_service, between = delegation.limit_per_service, delegation.limit_between_meetings
    limits = [limit for limit in (per_service, between) if limit is not None]
    if limits and (fee is None or any(limit.currency != fee.currency for limit in limits)):
        yield reason(Ground.RATE_MISSING)
        return
    if fee is None:
        return
    if per_service is not None and fee > per_service:
        yield reason(Ground.OVER_DELEGATE_LIMIT, limit=per_service, over=fee - per_service)
    if between is None:
        return
    used = delegation.used
    if used is None:
        yield reason(Ground.RATE_MISSING)
    elif used + fee > between:
        yield reason(
            Ground.OVER_DELEGATE_TOTAL, limit=between, used=used, over=used + fee - between
        )
