"""The auditor's written description of a tax or internal-control service, and its discussion.

PCAOB Rules 3524 (tax) and 3525 (internal control over financial reporting): before the approval.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from auditors.enums import FeeCategory, Ground, Timing
from auditors.rules.catalogue import Service
from auditors.rules.reasons import Reason, reason

TAX = "PCAOB Rule 3524"
INTERNAL_CONTROL = "PCAOB Rule 3525"


def citation_for(service: Service | None) -> str:
    """The rule that asks for a description; empty where none does.

    An audit service is no service of either sort. What is not in the list is not classified.
    """
    if service is None or service.is_audit:
        return ""
    if service.category == FeeCategory.TAX:
        return TAX
    return INTERNAL_CONTROL if service.concerns_internal_control else ""


def notes(service: Service | None) -> tuple[Reason, ...]:
    """What is said beside the ruling on a service: it bars nothing and comes before approval."""
    citation = citation_for(service)
    return (reason(Ground.DESCRIPTION_ASKED, citation=citation),) if citation else ()


@dataclass(frozen=True)
class Description:
    """What the auditor gave in writing, by its own date, and when the committee discussed it."""

    dated: date
    discussed_on: date | None = None

    @property
    def completed_on(self) -> date | None:
        return None if self.discussed_on is None else max(self.dated, self.discussed_on)


@dataclass(frozen=True)
class DescriptionRuling:
    timing: Timing
    reason: Reason
    completed_on: date | None = None


def judge(
    found: Iterable[Description], *, citation: str, approved_on: date | None
) -> DescriptionRuling:
    """Whether the description was discussed before the approval; the same date counts.

    Facts are recorded as they are: a discussion after the approval is late, and refuses nothing.
    """
    known = sorted(found, key=lambda each: (each.completed_on or date.max, each.dated))
    if not known:
        missing = Ground.NO_DESCRIPTION if approved_on else Ground.DESCRIPTION_ASKED
        return DescriptionRuling(_missing(approved_on), reason(missing, citation=citation))
    first = known[0]
    facts = {"dated": first.dated, "discussed": first.discussed_on, "citation": citation}
    done = first.completed_on
    if done is None:
        ground = reason(Ground.DESCRIPTION_NOT_DISCUSSED, **facts)
        return DescriptionRuling(_missing(approved_on), ground)
    if approved_on is not None and done > approved_on:
        ground = reason(Ground.DESCRIPTION_AFTER_APPROVAL, **facts | {"approved": approved_on})
        return DescriptionRuling(Timing.LATE, ground, done)
    return DescriptionRuling(Timing.ON_TIME, reason(Ground.DESCRIPTION_DISCUSSED, **facts), done)


def _missing(approved_on: date | None) -> Timing:
    return Timing.DUE if approved_on is None else Timing.NOT_ON_FILE
