"""Financial literacy, financial sophistication, audit committee financial expert (RULE-08).

Nasdaq 5605(c)(2)(A) asks that every member can read fundamental financial statements and that one
is financially sophisticated. Item 407(d)(5) of Regulation S-K asks to disclose whether one is an
audit committee financial expert; having none is disclosed with the reason and is no bar.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import Enum

from committees.enums import ExpertAttribute, ExpertRoute, SophisticationGround

LITERACY_CITATION = "Nasdaq 5605(c)(2)(A)(iv)"
SOPHISTICATION_CITATION = "Nasdaq 5605(c)(2)(A)"
EXPERT_CITATION = "Item 407(d)(5) of Regulation S-K"


class ExpertObjection(Enum):
    """What stands between a director and the designation as an expert."""

    ATTRIBUTES = "attributes"
    ROUTE = "route"
    LISTING = "listing"


def missing_attributes(found: Iterable[ExpertAttribute]) -> tuple[ExpertAttribute, ...]:
    """RULE-08: those of the five that the Board has not found, in the order of the rule."""
    return tuple(attribute for attribute in ExpertAttribute if attribute not in set(found))


def expert_objections(
    attributes: Collection[ExpertAttribute], routes: Collection[ExpertRoute], listing: str = ""
) -> tuple[ExpertObjection, ...]:
    """RULE-08: an expert has all five attributes, acquired in one or more of the four ways.

    Other relevant experience counts once it is listed briefly (Item 407(d)(5), Instruction 2).
    """
    found: list[ExpertObjection] = []
    if missing_attributes(attributes):
        found.append(ExpertObjection.ATTRIBUTES)
    if not routes:
        found.append(ExpertObjection.ROUTE)
    if ExpertRoute.OTHER in routes and not listing.strip():
        found.append(ExpertObjection.LISTING)
    return tuple(found)


def is_sophisticated(grounds: Collection[SophisticationGround], *, is_expert: bool) -> bool:
    """RULE-08: one ground is enough, and an expert needs none; the reverse does not hold (FAQ 90)."""
    return is_expert or bool(grounds)
