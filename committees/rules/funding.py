"""Advisers and funding: Exchange Act 10A(m)(5), (6) and Rule 10A-3(b)(4), (5) (RULE-43).

The committee engages its advisers and determines what the company pays them, the auditor and its
own ordinary administration. Management's objection is a fact and changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

CITATION = "Exchange Act 10A(m)(5), (6)"


@dataclass(frozen=True)
class Determined:
    """What the committee determined on a day: a sum, which a later one replaces."""

    on: date
    amount: Decimal


def determined(determinations: Sequence[Determined], day: date) -> Determined | None:
    """RULE-43: the sum in force on `day`: the last one the committee determined by then; of two on
    one day, the one that was recorded later.

    Management's objections are no argument: whenever one is made, the sum stays.
    """
    known = [one for one in determinations if one.on <= day]
    return sorted(known, key=lambda one: one.on)[-1] if known else None


class EngagementObjection(Enum):
    """Why the committee's engagement of an adviser is refused or looked at twice."""

    IS_AUDITOR = "auditor"
    ACTS_FOR_MANAGEMENT = "acts for management"

    @property
    def refuses(self) -> bool:
        """The auditor's services are pre-approved one by one (Regulation S-X 2-01(c)(4), (7))."""
        return self is EngagementObjection.IS_AUDITOR


def engagement_objections(
    *, is_auditor: bool, acts_for_management: bool
) -> tuple[EngagementObjection, ...]:
    """RULE-43: what speaks against an adviser."""
    checks = {
        EngagementObjection.IS_AUDITOR: is_auditor,
        EngagementObjection.ACTS_FOR_MANAGEMENT: acts_for_management,
    }
    return tuple(objection for objection, holds in checks.items() if holds)


# How a firm is organized is no part of what it is called.
FORMS = frozenset(
    {"llp", "lp", "llc", "pllc", "pc", "pa", "plc", "inc", "ltd", "corp", "co", "company", "the"}
)


def is_same_firm(one: str, other: str) -> bool:
    """RULE-43: whether two names are one firm's, however it is written: Elm & Vale LLP, ELM AND
    VALE, L.L.P."""
    said = _called(one)
    return bool(said) and said == _called(other)


def _called(name: str) -> tuple[str, ...]:
    words = re.findall(r"\w+", name.casefold().replace(".", "").replace("&", " and "))
    return tuple(word for word in words if word not in FORMS)
