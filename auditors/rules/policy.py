"""The pre-approval policy: its lines, their caps and what is left under each (RULE-17).

Reg. S-X 2-01(c)(7)(i)(B): detailed as to the particular service, the committee informed of each,
nothing delegated to management. Staff FAQ H (2003): neither a category nor a sum is enough.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from auditors.enums import Beneficiary, FeeCategory, Ground
from auditors.rules.catalogue import Service
from auditors.rules.money import Money, total
from auditors.rules.particular_work import names_particular_work
from auditors.rules.reasons import Reason, reason
from records.calendar import DAY, plus_months

BLANK = re.compile(r"[{}]|_{2,}|\[\s*\]|\.{3,}|…")


@dataclass(frozen=True)
class Use:
    """Room taken under a line: the fee on the date of approval. A withdrawn one takes none.

    `fee` is in the line's currency; None where the rate is missing.
    """

    fee: Money | None
    on: date
    is_withdrawn: bool = False


@dataclass(frozen=True)
class Cap:
    """A limit and what is used of it. A limit is reached, not passed, by the last cent."""

    ground: Ground
    limit: Money
    used: Money

    @property
    def left(self) -> Money:
        return self.limit - self.used

    def over(self, fee: Money) -> Money | None:
        """By how much a fee would pass the limit; None where it does not."""
        after = self.used + fee
        return after - self.limit if after > self.limit else None


@dataclass(frozen=True)
class PolicyLine:
    """A named service for named recipients, with its caps, in force on [first, last]."""

    key: str
    service: str
    work: str
    recipients: frozenset[str]
    first: date
    last: date
    cap: Money
    cap_per_engagement: Money | None = None
    used_by: frozenset[str] = frozenset()
    uses: Sequence[Use] = ()

    @property
    def used(self) -> Money | None:
        """The live uses together; None where one has no rate."""
        live = [use.fee for use in self.uses if not use.is_withdrawn]
        known = [fee for fee in live if fee is not None]
        return None if len(known) < len(live) else total(known, self.cap.currency)

    def caps(self) -> tuple[Cap, ...] | None:
        """Every cap that binds, tightest first; None where a rate is missing."""
        used = self.used
        if used is None:
            return None
        caps = [Cap(Ground.OVER_PERIOD_CAP, self.cap, used)]
        if self.cap_per_engagement is not None:
            none_used = Money(Decimal(0), self.cap.currency)
            caps.append(Cap(Ground.OVER_ENGAGEMENT_CAP, self.cap_per_engagement, none_used))
        return tuple(sorted(caps, key=lambda cap: cap.left.amount))


@dataclass(frozen=True)
class Policy:
    """What the committee has adopted besides its lines. The defaults are what the law says."""

    closed_categories: frozenset[FeeCategory] = frozenset()
    closed_to: frozenset[Beneficiary] = frozenset()
    waiver_allowed: bool = True
    max_age_months: int = 12


@dataclass(frozen=True)
class Admission:
    """Whether a line admits a request. `bars` say why not; `caps` what is left."""

    line: PolicyLine
    bars: tuple[Reason, ...] = ()
    caps: tuple[Cap, ...] = field(default=())

    @property
    def is_open(self) -> bool:
        return not self.bars


def admit(
    line: PolicyLine,
    *,
    fee: Money | None,
    starts_on: date,
    recipients: Collection[str],
    user: str | None = None,
) -> Admission:
    """Test a request against a line: every cap, not only the first that binds.

    `fee` is in the line's currency, None where its rate is missing. `user` is who would use the
    line; None leaves that open.
    """
    caps = line.caps()
    bars = [*_scope(line, starts_on, recipients, user)]
    if fee is None or caps is None or fee.currency != line.cap.currency:
        return Admission(line, (*bars, reason(Ground.RATE_MISSING, line=line.key)))
    return Admission(line, (*bars, *_over(line, caps, fee)), caps)


def over_period(line: PolicyLine, fee: Money) -> tuple[Reason, ...]:
    """Whether a fee that counts under a line passes its limit for the period, whatever line it was
    used under."""
    caps = line.caps()
    if caps is None:
        return (reason(Ground.RATE_MISSING, line=line.key),)
    over = _over(line, caps, fee)
    return tuple(bar for bar in over if bar.ground == Ground.OVER_PERIOD_CAP)


def _over(line: PolicyLine, caps: Iterable[Cap], fee: Money) -> Iterable[Reason]:
    for cap in caps:
        if (over := cap.over(fee)) is not None:
            after = cap.used + fee
            facts = {"limit": cap.limit, "used": cap.used, "total": after, "over": over}
            yield reason(cap.ground, line=line.key, **facts)


def _scope(
    line: PolicyLine, starts_on: date, recipients: Collection[str], user: str | None
) -> Iterable[Reason]:
    if not line.first <= starts_on <= line.last:
        yield reason(Ground.OUTSIDE_PERIOD, line=line.key, first=line.first, last=line.last)
    outside = sorted(set(recipients) - line.recipients)
    if outside:
        yield reason(Ground.RECIPIENT_OUTSIDE_LINE, line=line.key, names=outside)
    if user is not None and user not in line.used_by:
        yield reason(Ground.NOT_A_LINE_USER, line=line.key)


def period_from_act(act_on: date, months: int) -> tuple[date, date]:
    """The period of a line that runs for so many months from its act: twelve months on March 10,
    2026 end on March 9, 2027 (C2)."""
    return act_on, plus_months(act_on, months) - DAY


def objections_to_line(line: PolicyLine, service: Service | None) -> tuple[Reason, ...]:
    """Why a line may not be adopted. Each is one fault, in the order of the form."""
    return tuple(_objections(line, service))


def _objections(line: PolicyLine, service: Service | None) -> Iterable[Reason]:
    if service is None:
        yield reason(Ground.NOT_IN_CATALOGUE)
    elif service.prohibition is not None:
        yield reason(
            Ground.LINE_SERVICE_PROHIBITED, service=service.name, citation=service.citation
        )
    elif service.always_specific:
        yield reason(Ground.LINE_SPECIFIC_ONLY, service=service.name)
    if BLANK.search(line.work):
        yield reason(Ground.LINE_HAS_BLANK)
    if not names_particular_work(line.work, line.recipients):
        yield reason(Ground.LINE_NAMES_NO_SERVICE)
    caps = [line.cap, *([line.cap_per_engagement] if line.cap_per_engagement else [])]
    if any(cap.amount <= 0 for cap in caps):
        yield reason(Ground.LINE_CAP_MISSING)
    if line.last < line.first:
        yield reason(Ground.LINE_PERIOD_REVERSED)
