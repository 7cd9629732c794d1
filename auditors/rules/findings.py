"""Findings: how far remediation has come, their age, and their closure (RULE-37, RULE-38).

Management's conclusion and the committee's closure are two facts. Severity is under evaluation
until management's dated conclusion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from auditors.enums import FindingStage, Ground, Severity, Step
from auditors.rules.reasons import Reason, reason

RETESTED = frozenset({Severity.SIGNIFICANT, Severity.MATERIAL})
STAGE_OF = {
    Step.DESIGNED: FindingStage.DESIGNED,
    Step.OPERATING: FindingStage.OPERATING,
    Step.TESTED: FindingStage.TESTED,
    Step.CONCLUDED: FindingStage.CONCLUDED,
}


@dataclass(frozen=True)
class Target:
    """The date by which management plans to be done; a moved one stays beside the new one."""

    on: date
    set_on: date


@dataclass(frozen=True)
class Finding:
    """`steps` are the dates of the four steps. `tested_by` and `owner` are keys of persons or
    functions; `evidence_dated` is the date of the re-test evidence itself, not of its upload."""

    told_on: date
    severity: Severity = Severity.UNDER_EVALUATION
    owner: str = ""
    targets: Sequence[Target] = ()
    steps: Mapping[Step, date] = field(default_factory=dict)
    tested_by: str = ""
    evidence_dated: date | None = None
    closed_on: date | None = None

    def is_open(self, on: date) -> bool:
        return self.told_on <= on and (self.closed_on is None or self.closed_on > on)

    def is_remediated(self, on: date) -> bool:
        """All four dates, by then."""
        return all((day := self.steps.get(step)) is not None and day <= on for step in Step)

    def is_unresolved(self, on: date) -> bool:
        """Told, and neither closed nor remediated by then."""
        return self.is_open(on) and not self.is_remediated(on)


def stage(finding: Finding, *, on: date) -> FindingStage:
    """The last step done in its order, as of a date. "Fixed" without a test is not concluded."""
    if not finding.is_open(on) and finding.closed_on is not None:
        return FindingStage.CLOSED
    planned = any(target.set_on <= on for target in finding.targets)
    reached = FindingStage.PLANNED if planned else FindingStage.TOLD
    before = date.min
    for step in Step:
        day = finding.steps.get(step)
        if day is None or not before <= day <= on:
            break
        reached, before = STAGE_OF[step], day
    return reached


def objections_to_closure(finding: Finding, *, on: date) -> tuple[Reason, ...]:
    """Why the committee may not close it: a step is missing or out of order, the tester is the
    owner, or no evidence shows a test of the control in operation. Recording the steps is never
    refused."""
    return tuple(_objections(finding, on))


def _objections(finding: Finding, on: date) -> Iterable[Reason]:
    for step in Step:
        day = finding.steps.get(step)
        if day is None or day > on:
            yield reason(Ground.STEP_MISSING, step=step)
    yield from _out_of_order(finding)
    if finding.tested_by and finding.tested_by == finding.owner:
        yield reason(Ground.TESTED_BY_OWNER)
    if finding.evidence_dated is None or finding.evidence_dated > on:
        yield reason(Ground.EVIDENCE_MISSING)
    elif (since := finding.steps.get(Step.OPERATING)) and finding.evidence_dated < since:
        facts = {"dated": finding.evidence_dated, "since": since}
        yield reason(Ground.EVIDENCE_BEFORE_OPERATION, **facts)
    if finding.severity == Severity.UNDER_EVALUATION:
        yield reason(Ground.UNDER_EVALUATION)


def _out_of_order(finding: Finding) -> Iterable[Reason]:
    """Steps dated before the one that comes first; the same date is in order."""
    taken = [(step, day) for step in Step if (day := finding.steps.get(step)) is not None]
    for (first, before), (step, day) in pairwise(taken):
        if day < before:
            facts = {"step_taken": step, "taken": day, "step_before": first, "before": before}
            yield reason(Ground.STEP_OUT_OF_ORDER, **facts)


@dataclass(frozen=True)
class Age:
    """`days` since told; `past_first_target` and `past_target` in days, 0 until they pass."""

    days: int
    past_first_target: int
    past_target: int
    year_ends_open: int


def age(finding: Finding, *, on: date, year_ends: Iterable[date]) -> Age:
    """The age as of a date, or as of the closure or conclusion where that came first."""
    ends = [finding.closed_on, finding.steps.get(Step.CONCLUDED)]
    until = min([day for day in ends if day is not None], default=on)
    until = min(until, on)
    targets = sorted(
        (each for each in finding.targets if each.set_on <= on), key=lambda each: each.set_on
    )
    first = (until - targets[0].on).days if targets else 0
    last = (until - targets[-1].on).days if targets else 0
    passed = [day for day in year_ends if day <= on and finding.is_unresolved(day)]
    return Age((until - finding.told_on).days, max(first, 0), max(last, 0), len(passed))


def warnings(finding: Finding, *, on: date, year_ends: Iterable[date]) -> tuple[Reason, ...]:
    """Good practice: past its date, or open at a second year-end. Said while it is unresolved."""
    if not finding.is_unresolved(on):
        return ()
    aged, said = age(finding, on=on, year_ends=year_ends), []
    if aged.past_target:
        said.append(reason(Ground.PAST_TARGET, days=aged.past_target))
    if finding.severity in RETESTED and aged.year_ends_open > 1:
        said.append(reason(Ground.OPEN_AT_SECOND_YEAR_END, count=aged.year_ends_open))
    return tuple(said)
