"""Approved against billed: each engagement of a year, and each service with its approval.

A service is approved once and may be billed in several fiscal years: all of its bills count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from auditors.enums import ApprovingBody, FeeCategory, FeeStatus, Ground
from auditors.models import Approval, Engagement, FeeLine, Policy
from auditors.rules.fees import Tolerance, billed_against_approved
from auditors.rules.money import Money, total
from auditors.sentences import amount, sentence
from records.models import Company


@dataclass(frozen=True)
class Compared:
    """What was approved and what was billed for it. `is_above`: beyond the tolerance."""

    key: str
    what: str
    url: str
    approved: str
    billed: str
    sentence: str
    is_above: bool
    last_invoice: date | None
    years: frozenset[date]


def compared(year_ends_on: date, day: date, currency: str) -> list[Compared]:
    """Those of a fiscal year: of its audit, and of the services that have a fee in it."""
    return [each for each in by_approval(day, currency) if year_ends_on in each.years]


def by_approval(day: date, currency: str) -> Iterator[Compared]:
    """Everything that was approved by a date, with its fees on record by then."""
    policy = Policy.objects.in_force(day)
    tolerance = policy.tolerance if policy else Tolerance()
    lines = [
        line
        for line in FeeLine.objects.current()
        if line.invoiced_on is None or line.invoiced_on <= day
    ]
    yield from _engagements(lines, day, currency, tolerance)
    yield from _services(lines, day, currency, tolerance)


def _engagements(
    lines: Sequence[FeeLine], day: date, currency: str, tolerance: Tolerance
) -> Iterator[Compared]:
    """The audit fees that name no approval of their own: they were set with the engagement."""
    rows = Engagement.objects.of_auditors().filter(appointed_on__lte=day)
    for row in rows.select_related("firm").prefetch_related("fees"):
        approved = row.approved_fee(day)
        mine = [
            line
            for line in lines
            if (line.firm_id, line.year_ends_on) == (row.firm_id, row.year_ends_on)
            and line.approval_id is None
            and line.category == FeeCategory.AUDIT
            and line.body == ApprovingBody.COMMITTEE
        ]
        if approved is not None:
            what = _("Audit by %(firm)s") % {"firm": row.firm}
            key, url = f"engagement-{row.pk}", row.get_absolute_url()
            years = frozenset({row.year_ends_on})
            yield _compared(key, what, url, approved, mine, currency, tolerance, years)


def _services(
    lines: Sequence[FeeLine], day: date, currency: str, tolerance: Tolerance
) -> Iterator[Compared]:
    """Each approved service, also one without a fee yet: in the years billed, else in its own."""
    company = Company.objects.current()
    by_key: dict[int, list[FeeLine]] = {}
    for line in lines:
        if line.approval_id is not None:
            by_key.setdefault(line.approval_id, []).append(line)
    rows = Approval.objects.live().filter(approved_on__lte=day).select_related("request")
    for approval in rows.order_by("approved_on", "pk"):
        key, request, mine = approval.pk, approval.request, by_key.get(approval.pk, [])
        years = {line.year_ends_on for line in mine}
        if not years and company is not None:
            years = {company.calendar.year_of(request.starts_on).last}
        # In the currency approved, where every bill and the tolerance have it: no rate is needed.
        same = {line.currency for line in mine} <= {approval.currency}
        same = same and tolerance.applies_to(approval.currency)
        unit = approval.currency if same else currency
        yield _compared(
            f"approval-{key}",
            str(request),
            request.get_absolute_url(),
            approval.money if same else approval.reported(currency),
            mine,
            unit,
            tolerance,
            frozenset(years),
        )


def _compared(
    key: str,
    what: str,
    url: str,
    approved: Money | None,
    lines: Iterable[FeeLine],
    currency: str,
    tolerance: Tolerance,
    years: frozenset[date],
) -> Compared:
    billed_lines = [line for line in lines if line.status == FeeStatus.BILLED]
    sums = [line.reported(currency) for line in billed_lines]
    known = [each for each in sums if each is not None]
    missing = _("cannot be computed: rate missing")
    head = (key, what, url, amount(approved) if approved else missing)
    last = max((line.invoiced_on for line in billed_lines if line.invoiced_on), default=None)
    can_compare = approved is not None and approved.currency == currency
    can_compare = can_compare and (tolerance.applies_to(currency) or not billed_lines)
    if approved is None or not can_compare or len(known) < len(sums):
        return Compared(*head, missing, "", is_above=False, last_invoice=last, years=years)
    billed = total(known, currency)
    why = billed_against_approved(approved, billed, tolerance)
    return Compared(
        *head,
        amount(billed),
        sentence(why) if billed_lines else _("No bill is on file."),
        is_above=why.ground == Ground.BILLED_ABOVE,
        last_invoice=last,
        years=years,
    )
