"""The pre-approval policy, its lines with what is left of each, and the delegation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from auditors.enums import Beneficiary, FeeCategory
from auditors.models import Delegation, Policy, PolicyLine
from auditors.models.requests import line_rules
from auditors.reports.words import filled, money, stopped
from auditors.rules.catalogue import SERVICES
from auditors.rules.policy import PolicyLine as LineRule
from auditors.rulings import as_delegation, reporting_currency
from auditors.sentences import amount, listed, months
from charters.reports.duty import Definition
from records.dates import long_day


@dataclass(frozen=True)
class LineRow:
    """A line of the policy: what it admits, its limits, what is used and what is left."""

    pk: int
    title: str
    service: str
    work: str
    recipients: str
    used_by: str
    period: str
    cap: str
    per_engagement: str
    used: str
    left: str
    ended: str
    changes: str
    is_over: bool
    has_decision: bool


def line_rows(lines: Iterable[PolicyLine], on: date) -> list[LineRow]:
    rows = list(lines)
    return [_line_row(*each, on) for each in zip(rows, line_rules(rows), strict=True)]


def _line_row(line: PolicyLine, rule: LineRule, on: date) -> LineRow:
    used, cap = rule.used, rule.cap
    service = SERVICES.get(line.service)
    words = {"first": long_day(line.starts_on), "last": long_day(line.last_on)}
    missing = _("cannot be computed: rate missing")
    return LineRow(
        pk=line.pk,
        title=line.title,
        service=service.name if service else line.service,
        work=stopped(line.work),
        recipients=stopped(listed([str(each) for each in line.recipients.all()])),
        used_by=stopped(listed([str(each) for each in line.used_by.all()])),
        period=_("%(first)s to %(last)s") % words,
        cap=amount(cap),
        per_engagement=money(line.cap_per_engagement, line.currency),
        used=amount(used) if used else missing,
        left=amount(cap - used) if used else missing,
        ended=long_day(line.ended_on) if line.ended_on else "",
        changes=long_day(line.replaces.adopted_on) if line.replaces else "",
        is_over=line.last_on < on,
        has_decision=line.decision_id is not None,
    )


def policy_facts(policy: Policy) -> list[Definition]:
    decision = policy.decision
    reviews = [long_day(each.reviewed_on) for each in policy.reviews.all()]
    return filled(
        Definition(_("Adopted on"), long_day(policy.adopted_on)),
        Definition(
            _("Decision"),
            str(decision) if decision else _("not on file"),
            decision.get_absolute_url() if decision else "",
        ),
        Definition(_("Reviewed on"), listed(reviews)),
        Definition(
            _("Categories not allowed"),
            listed([str(FeeCategory(each).label) for each in policy.closed_categories]),
        ),
        Definition(
            _("No services for"),
            listed([str(Beneficiary(each).label) for each in policy.closed_to]),
        ),
        Definition(
            _("De minimis waiver"), _("allowed") if policy.waiver_allowed else _("not allowed")
        ),
        Definition(_("An approval lapses after"), months(policy.max_age_months)),
        Definition(_("Tolerance"), tolerance(policy)),
    )


def tolerance(policy: Policy) -> str:
    """How much more than approved may be billed; empty where the policy allows nothing more."""
    share, amount_allowed = policy.tolerance_share, policy.tolerance_amount
    percent = "" if share is None else f"{(share * 100).normalize():f}%"
    sum_allowed = money(amount_allowed, policy.currency)
    if percent and sum_allowed:
        words = {"percent": percent, "amount": sum_allowed}
        return _("the lower of %(percent)s of the approved fee and %(amount)s") % words
    return _("%(percent)s of the approved fee") % {"percent": percent} if percent else sum_allowed


def limits_left(delegation: Delegation, on: date) -> list[str]:
    """What a delegate may still approve, the limit per service first."""
    currency = delegation.currency
    found = []
    if delegation.limit_per_service is not None:
        found.append(
            _("Limit per service: %(limit)s.")
            % {"limit": money(delegation.limit_per_service, currency)}
        )
    if delegation.limit_between_meetings is not None:
        used = as_delegation(delegation, on, reporting_currency()).used
        words = {"limit": money(delegation.limit_between_meetings, currency)}
        if used is None:
            text = _("What is left of %(limit)s cannot be computed: rate missing.")
        else:
            words["left"] = money(delegation.limit_between_meetings - used.amount, currency)
            text = _("%(left)s of %(limit)s left until the next scheduled meeting.")
        found.append(text % words)
    return found


def delegation_facts(delegation: Delegation, on: date) -> list[Definition]:
    decision, currency = delegation.decision, delegation.currency
    named = [str(each.director) for each in delegation.delegates.all()]
    categories = [str(FeeCategory(each).label) for each in delegation.categories]
    no_limit = _("no limit set")
    return filled(
        Definition(_("Adopted on"), long_day(delegation.adopted_on)),
        Definition(
            _("Decision"),
            str(decision) if decision else _("not on file"),
            decision.get_absolute_url() if decision else "",
        ),
        Definition(
            _("Delegates"),
            listed(named)
            if delegation.any_order or len(named) < 2
            else _("in this order: %(names)s") % {"names": ", ".join(named)},
        ),
        Definition(
            _("Limit per service"), money(delegation.limit_per_service, currency) or no_limit
        ),
        Definition(
            _("Total between scheduled meetings"),
            money(delegation.limit_between_meetings, currency) or no_limit,
        ),
        Definition(_("Categories"), listed(categories) or _("all")),
        Definition(
            _("Services on internal control"),
            _("included") if delegation.includes_internal_control else _("not included"),
        ),
        Definition(_("Only"), _("the de minimis waiver") if delegation.waiver_only else ""),
    )
