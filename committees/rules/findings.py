"""What a test finds: a line of the law, whether it passes, why, and from when it would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Any


class IndependenceTest(Enum):
    """The three tests of independence that a member of the audit committee passes."""

    A = "Nasdaq 5605(a)(2)"
    B = "Rule 10A-3(b)(1)"
    C = "Nasdaq 5605(c)(2)(A)(iii)"

    @property
    def citation(self) -> str:
        return self.value


class Line(Enum):
    """A line of a test. The value is its citation."""

    EMPLOYED = "Nasdaq 5605(a)(2)(A)"
    COMPENSATION = "Nasdaq 5605(a)(2)(B)"
    FAMILY_OFFICER = "Nasdaq 5605(a)(2)(C)"
    BUSINESS = "Nasdaq 5605(a)(2)(D)"
    INTERLOCK = "Nasdaq 5605(a)(2)(E)"
    AUDITOR = "Nasdaq 5605(a)(2)(F)"
    FEES = "Rule 10A-3(b)(1)(ii)(A)"
    AFFILIATE = "Rule 10A-3(b)(1)(ii)(B)"
    PREPARATION = "Nasdaq 5605(c)(2)(A)(iii)"

    @property
    def citation(self) -> str:
        return self.value

    @property
    def test(self) -> IndependenceTest:
        if self is Line.PREPARATION:
            return IndependenceTest.C
        is_of_the_sec = self in (Line.FEES, Line.AFFILIATE)
        return IndependenceTest.B if is_of_the_sec else IndependenceTest.A


class Outcome(Enum):
    """From the best to what weighs most."""

    PASSES = "passes"
    JUDGMENT = "needs the Board's judgment"
    UNANSWERED = "a fact is missing"
    BARRED = "does not pass"

    @property
    def weight(self) -> int:
        return list(Outcome).index(self)

    @property
    def bars(self) -> bool:
        """The statement "independent" would have no ground."""
        return self in (Outcome.UNANSWERED, Outcome.BARRED)


class Why(Enum):
    """The reason of a finding; `committees.sentences` gives each its sentence."""

    CLEAR = "clear"
    EMPLOYED = "employed"
    EMPLOYMENT_ENDED = "employment ended"
    INTERIM_SERVICE = "interim service"
    COMPENSATION_OVER = "compensation over"
    COMPENSATION_TOGETHER = "compensation over together"
    FAMILY_OFFICER = "family officer"
    FAMILY_OFFICE_ENDED = "family office ended"
    PAYMENTS_OVER = "payments over"
    PAYMENTS_OVER_BEFORE = "payments over, association ended"
    PAYMENTS_OVER_OTHER_ROLE = "payments over, another role"
    REVENUE_MISSING = "revenue missing"
    INTERLOCK = "interlock"
    AUDITOR_PARTNER = "auditor partner"
    AUDITOR_WORK = "auditor work"
    FEE_ACCEPTED = "fee accepted"
    FEE_THROUGH_FIRM = "fee through a firm"
    EXECUTIVE_OFFICER = "executive officer"
    AFFILIATE_ROLE = "role at an affiliate"
    HOLDER_ROLE = "role at a large holder"
    HOLDING_OVER = "holding over"
    BOARD_FOUND = "board found no affiliation"
    PREPARING = "preparing statements"
    PREPARATION_ENDED = "preparation ended"


@dataclass(frozen=True)
class Finding:
    """What one line says of a director on a day.

    facts     the names, dates and amounts its sentence is made of
    records   the records it rests on
    clear_on  where the line bars: the first day on which it no longer would, if nothing is added;
              None where no end is on record
    """

    line: Line
    outcome: Outcome = Outcome.PASSES
    why: Why = Why.CLEAR
    facts: Mapping[str, Any] = field(default_factory=dict)
    records: tuple[str, ...] = ()
    clear_on: date | None = None

    @property
    def bars(self) -> bool:
        return self.outcome.bars


def weightiest(line: Line, found: Iterable[Finding]) -> Finding:
    """Of several findings on a line the one that decides, with every record and the last date.

    A finding whose bar has no end on record decides over one whose bar has.
    """
    listed = list(found)
    if not listed:
        return Finding(line)
    decides = max(listed, key=lambda one: (one.outcome.weight, one.clear_on or date.max))
    same = [one for one in listed if one.outcome is decides.outcome]
    records = tuple(dict.fromkeys(record for one in same for record in one.records))
    return replace(decides, records=records, clear_on=_last_clear(listed))


def barring(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.bars)


def first_clear_date(findings: Iterable[Finding]) -> date | None:
    """The first day on which none of the findings would bar; None where one has no end on record."""
    return _last_clear(findings)


def _last_clear(findings: Iterable[Finding]) -> date | None:
    days = [finding.clear_on for finding in findings if finding.bars]
    return max((day for day in days if day), default=None) if all(days) else None
