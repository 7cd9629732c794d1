"""The ruling on a request: whether the auditor may do it, and each route, open or closed and why.

Exchange Act s. 10A(h), (i); Reg. S-X 2-01(c)(7)(i). Management asks and never approves. A late
start is a fact: it is noted and bars nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from auditors.enums import Beneficiary, FeeBasis, Ground, Route
from auditors.rules import delegation as delegating
from auditors.rules.catalogue import Service
from auditors.rules.delegation import Delegate, Delegation
from auditors.rules.independence import Assessment, assess
from auditors.rules.money import Money
from auditors.rules.policy import Admission, Policy, PolicyLine, admit
from auditors.rules.reasons import Reason, reason
from records.calendar import DAY, plus_months


@dataclass(frozen=True)
class Request:
    """What is asked for. `service` is None where the catalogue does not hold it.

    `fee` is in the company's reporting currency, None where its rate is missing, and `asked` as it
    was asked for. `user` is the officer who would use a policy line; None leaves that open.
    `confirmed_not_begun`: the auditor has said so. `asked_by` is the account that asked, `concerns`
    the director for whom the work is done; empty for nobody.
    """

    service: Service | None
    fee: Money | None
    starts_on: date
    recipients: frozenset[str]
    fee_basis: FeeBasis = FeeBasis.FIXED
    beneficiary: Beneficiary = Beneficiary.COMPANY
    conclusion_on_file: bool = False
    has_begun: bool = False
    confirmed_not_begun: bool = False
    user: str | None = None
    asked: Money | None = None
    asked_by: str = ""
    concerns: str = ""

    def fee_in(self, currency: str) -> Money | None:
        """The fee beside a limit: as it was asked where the limit has the same currency."""
        is_same = self.asked is not None and self.asked.currency == currency
        return self.asked if is_same else self.fee


@dataclass(frozen=True)
class Setting:
    """What the committee has adopted, as it stands on the date of the ruling."""

    policy: Policy = field(default_factory=Policy)
    lines: Sequence[PolicyLine] = ()
    delegation: Delegation | None = None


@dataclass(frozen=True)
class RouteRuling:
    """One route. `line` is the policy line that admits the request, with what is left of it;
    `delegates` are those who may decide on it, in their order."""

    route: Route
    is_open: bool
    reasons: tuple[Reason, ...]
    line: Admission | None = None
    delegates: tuple[Delegate, ...] = ()


@dataclass(frozen=True)
class Ruling:
    """`bars` refuse the service on every route; `notes` are said beside the routes."""

    bars: tuple[Reason, ...]
    notes: tuple[Reason, ...]
    routes: tuple[RouteRuling, ...]

    @property
    def is_prohibited(self) -> bool:
        return bool(self.bars)

    def route(self, route: Route) -> RouteRuling:
        return next(each for each in self.routes if each.route == route)

    @property
    def open_routes(self) -> tuple[Route, ...]:
        return tuple(each.route for each in self.routes if each.is_open)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every reason of the ruling, in the order in which it is read."""
        return (*self.bars, *self.notes, *(why for each in self.routes for why in each.reasons))


def rule(request: Request, setting: Setting, *, on: date) -> Ruling:
    """Rule on a request as of a date. Nothing is stored."""
    assessment = assess(
        request.service,
        fee_basis=request.fee_basis,
        beneficiary=request.beneficiary,
        conclusion_on_file=request.conclusion_on_file,
    )
    if assessment.bars:
        closed = tuple(RouteRuling(route, False, assessment.bars) for route in Route)
        return Ruling(assessment.bars, assessment.notes, closed)
    notes = (*assessment.notes, *_time_notes(request, setting.policy, on))
    closing = _closed_by_policy(request, setting.policy)
    routes = (
        _committee(assessment, closing),
        _policy(request, setting.lines, assessment, closing),
        _delegate(request, setting.delegation, assessment, closing),
    )
    return Ruling((), notes, routes)


def waiver_by_delegate(request: Request, setting: Setting, *, on: date) -> RouteRuling:
    """Whether a delegate may give a de minimis waiver: as for any approval, though a resolution
    may delegate the waiver alone (Reg. S-X 2-01(c)(7)(i)(C))."""
    if setting.delegation is not None:
        setting = replace(setting, delegation=replace(setting.delegation, waiver_only=False))
    return rule(request, setting, on=on).route(Route.DELEGATE)


def _time_notes(request: Request, policy: Policy, on: date) -> tuple[Reason, ...]:
    notes = []
    if request.has_begun or request.starts_on < on:
        notes.append(reason(Ground.ALREADY_BEGUN, start=request.starts_on))
    elif request.confirmed_not_begun:
        notes.append(reason(Ground.NOT_BEGUN))
    months = policy.max_age_months
    if plus_months(on, months) < request.starts_on:
        facts = {"start": request.starts_on, "months": months}
        earliest = first_approval(request.starts_on, months)
        notes.append(reason(Ground.TOO_EARLY, earliest=earliest, **facts))
    return tuple(notes)


def first_approval(starts_on: date, months: int) -> date:
    """The first date whose approval has not lapsed by the start: for work from February 29, 2028
    and twelve months it is March 1, 2027, because February 28 counts to February 28."""
    day = plus_months(starts_on, -months)
    while plus_months(day, months) < starts_on:
        day += DAY
    return day


def _closed_by_policy(request: Request, policy: Policy) -> tuple[Reason, ...]:
    """What the committee's own policy closes. It may still approve specifically."""
    reasons = []
    if request.service and request.service.category in policy.closed_categories:
        reasons.append(reason(Ground.CATEGORY_CLOSED, category=request.service.category))
    if request.beneficiary in policy.closed_to:
        reasons.append(reason(Ground.PERSON_CLOSED))
    return tuple(reasons)


def _committee(assessment: Assessment, closing: tuple[Reason, ...]) -> RouteRuling:
    full = assessment.full_committee_only
    decides = Ground.FULL_COMMITTEE_ONLY if full else Ground.COMMITTEE_DECIDES
    return RouteRuling(Route.COMMITTEE, True, (reason(decides), *closing))


def _specific_only(request: Request, assessment: Assessment) -> tuple[Reason, ...]:
    """What keeps a request from lines and delegates alike."""
    if request.service is None:
        return (reason(Ground.NOT_IN_CATALOGUE),)
    if assessment.full_committee_only:
        return (reason(Ground.FULL_COMMITTEE_ONLY),)
    if request.service.always_specific:
        return (reason(Ground.SPECIFIC_ONLY, service=request.service.name),)
    return ()


def _policy(
    request: Request,
    lines: Sequence[PolicyLine],
    assessment: Assessment,
    closing: tuple[Reason, ...],
) -> RouteRuling:
    if closed := _specific_only(request, assessment) or closing:
        return RouteRuling(Route.POLICY, False, closed)
    tried = [_tried(line, request) for line in lines if _fits(line, request)]
    if not tried:
        return RouteRuling(Route.POLICY, False, (reason(Ground.NO_LINE),))
    for admission in tried:
        if admission.is_open:
            return RouteRuling(Route.POLICY, True, (_within(admission),), admission)
    bars = tuple(bar for admission in tried for bar in admission.bars)
    return RouteRuling(Route.POLICY, False, bars, tried[0])


def _fits(line: PolicyLine, request: Request) -> bool:
    return request.service is not None and line.service == request.service.key


def _tried(line: PolicyLine, request: Request) -> Admission:
    return admit(
        line,
        fee=request.fee_in(line.cap.currency),
        starts_on=request.starts_on,
        recipients=request.recipients,
        user=request.user,
    )


def _within(admission: Admission) -> Reason:
    tightest = admission.caps[0]
    return reason(
        Ground.WITHIN_CAP, line=admission.line.key, left=tightest.left, limit=tightest.limit
    )


def _delegate(
    request: Request,
    delegation: Delegation | None,
    assessment: Assessment,
    closing: tuple[Reason, ...],
) -> RouteRuling:
    closed = _specific_only(request, assessment) or closing
    if delegation is None:
        closed = closed or (reason(Ground.NO_DELEGATION),)
    elif request.service is not None:
        fee = request.fee_in(delegation.currency) if delegation.currency else request.fee
        closed = closed or delegating.bars(delegation, request.service, fee)
    if closed or delegation is None:
        return RouteRuling(Route.DELEGATE, False, closed)
    found = {each: _conflict(each, request) for each in delegation.in_office}
    deciding = tuple(each for each, conflict in found.items() if conflict is None)
    conflicts = tuple(conflict for conflict in found.values() if conflict is not None)
    said = _deciding(deciding, any_order=delegation.any_order)
    return RouteRuling(Route.DELEGATE, bool(deciding), (*said, *conflicts), delegates=deciding)


def _conflict(delegate: Delegate, request: Request) -> Reason | None:
    return delegating.conflict(delegate, asked_by=request.asked_by, concerns=request.concerns)


def _deciding(delegates: Sequence[Delegate], *, any_order: bool) -> Iterable[Reason]:
    for place, delegate in enumerate(delegates):
        follows = place > 0 and not any_order
        ground = Ground.DELEGATE_IF_UNAVAILABLE if follows else Ground.DELEGATE_DECIDES
        yield reason(ground, name=delegate.name)
