"""Exceptional and limited circumstances: Nasdaq 5605(c)(2)(B) (RULE-13).

One member who does not pass Test A alone may serve for up to two years where the Board finds that
the best interests of the company and its stockholders ask for it. That member does not chair.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from committees.rules.facts import Facts
from committees.rules.family import is_family_member
from committees.rules.findings import Finding, IndependenceTest
from committees.rules.look_back import Span
from records.calendar import plus_months

CITATION = "Nasdaq 5605(c)(2)(B)"


class ExceptionObjection(Enum):
    """Why the exception is not open to a director."""

    NOT_NEEDED = "not needed"
    OTHER_TEST = "another test"
    EMPLOYED = "employed"
    FAMILY_OFFICER = "family officer"
    ANOTHER_MEMBER = "another member"
    CHAIR = "chair"


@dataclass(frozen=True)
class Position:
    """What the committee looks like to a director for whom the exception is asked."""

    is_chair: bool = False
    other_uses_it: bool = False


def exception_objections(
    facts: Facts, findings: Iterable[Finding], day: date, position: Position
) -> tuple[ExceptionObjection, ...]:
    """RULE-13: everything that stands between a director and the exception, on a day."""
    barring = [finding for finding in findings if finding.bars]
    checks = {
        ExceptionObjection.NOT_NEEDED: not barring,
        ExceptionObjection.OTHER_TEST: any(
            finding.line.test is not IndependenceTest.A for finding in barring
        ),
        ExceptionObjection.EMPLOYED: any(
            one.who.is_director and one.span.covers(day) for one in facts.employments
        ),
        ExceptionObjection.FAMILY_OFFICER: any(
            one.is_executive and is_family_member(one.who) and one.span.covers(day)
            for one in facts.employments
        ),
        ExceptionObjection.ANOTHER_MEMBER: position.other_uses_it,
        ExceptionObjection.CHAIR: position.is_chair,
    }
    return tuple(objection for objection, holds in checks.items() if holds)


# What a later fact can take away again; the others are asked when the Board grants the exception.
LASTING = frozenset(
    {ExceptionObjection.OTHER_TEST, ExceptionObjection.EMPLOYED, ExceptionObjection.FAMILY_OFFICER}
)


def is_still_open(facts: Facts, findings: Iterable[Finding], day: date) -> bool:
    """RULE-13: whether a director to whom the exception was granted may still use it on a day."""
    return LASTING.isdisjoint(exception_objections(facts, findings, day, Position()))


def last_day(start: date, years: int, granted: Iterable[Span] = ()) -> date:
    """RULE-13: the last day under the exception is two years after its first.

    `granted`: when it was granted before in the same service; granted again it lasts no longer.
    """
    first = min((span.first for span in granted), default=start)
    return plus_months(min(first, start), 12 * years)
