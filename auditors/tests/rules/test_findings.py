"""RULE-37, RULE-38: findings from the first word to closure."""

from dataclasses import replace
from datetime import date

import pytest

from auditors.enums import FindingStage, Ground, Severity, Step
from auditors.rules.findings import (
    Age,
    Finding,
    Target,
    age,
    objections_to_closure,
    stage,
    warnings,
)
from auditors.rules.reasons import Reason, grounds, reason

STEPS = {
    Step.DESIGNED: date(2026, 4, 1),
    Step.OPERATING: date(2026, 5, 1),
    Step.TESTED: date(2026, 9, 10),
    Step.CONCLUDED: date(2026, 9, 30),
}
DONE = Finding(
    told_on=date(2026, 3, 5),
    severity=Severity.SIGNIFICANT,
    owner="controller",
    targets=(Target(date(2026, 9, 30), date(2026, 3, 20)),),
    steps=STEPS,
    tested_by="tester",
    evidence_dated=date(2026, 9, 10),
)
TODAY = date(2026, 11, 20)


def until(step: Step | None) -> dict[Step, date]:
    order = list(Step)
    return {each: STEPS[each] for each in order[: order.index(step) + 1]} if step else {}


@pytest.mark.parametrize(
    ("finding", "on", "expected"),
    [
        (replace(DONE, targets=(), steps={}), TODAY, FindingStage.TOLD),
        (replace(DONE, steps={}), TODAY, FindingStage.PLANNED),
        (replace(DONE, steps=until(Step.DESIGNED)), TODAY, FindingStage.DESIGNED),
        (replace(DONE, steps=until(Step.OPERATING)), TODAY, FindingStage.OPERATING),
        (replace(DONE, steps=until(Step.TESTED)), TODAY, FindingStage.TESTED),
        (DONE, TODAY, FindingStage.CONCLUDED),
        (replace(DONE, closed_on=TODAY), TODAY, FindingStage.CLOSED),
        # As of an earlier date.
        (DONE, date(2026, 9, 9), FindingStage.OPERATING),
        (DONE, date(2026, 3, 19), FindingStage.TOLD),
        (replace(DONE, closed_on=TODAY), date(2026, 11, 19), FindingStage.CONCLUDED),
        # A test before the control operated is no test of it.
        (
            replace(DONE, steps=STEPS | {Step.TESTED: date(2026, 4, 30)}),
            TODAY,
            FindingStage.OPERATING,
        ),
        # "Fixed" without operation and a test is not concluded.
        (
            replace(DONE, steps={Step.DESIGNED: date(2026, 4, 1), Step.CONCLUDED: TODAY}),
            TODAY,
            FindingStage.DESIGNED,
        ),
    ],
)
def test_stage(finding: Finding, on: date, expected: FindingStage) -> None:
    assert stage(finding, on=on) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"tested_by": "controller"}, [Ground.TESTED_BY_OWNER]),
        ({"evidence_dated": None}, [Ground.EVIDENCE_MISSING]),
        ({"evidence_dated": date(2026, 11, 21)}, [Ground.EVIDENCE_MISSING]),
        ({"severity": Severity.UNDER_EVALUATION}, [Ground.UNDER_EVALUATION]),
        ({"steps": until(Step.TESTED)}, [Ground.STEP_MISSING]),
        ({"steps": {}}, [Ground.STEP_MISSING] * 4),
        # Each step follows the one before; the same date is in order.
        ({"steps": STEPS | {Step.TESTED: date(2026, 9, 30)}}, []),
        ({"steps": STEPS | {Step.CONCLUDED: date(2026, 9, 9)}}, [Ground.STEP_OUT_OF_ORDER]),
        ({"steps": STEPS | {Step.OPERATING: date(2026, 3, 31)}}, [Ground.STEP_OUT_OF_ORDER]),
        (
            {"steps": {step: STEPS[each] for step, each in zip(Step, reversed(Step), strict=True)}},
            [*[Ground.STEP_OUT_OF_ORDER] * 3],
        ),
        # The evidence is of the control in operation, not of one before it.
        ({"evidence_dated": date(2026, 5, 1)}, []),
        ({"evidence_dated": date(2026, 4, 30)}, [Ground.EVIDENCE_BEFORE_OPERATION]),
        (
            {"steps": {}, "tested_by": "controller", "evidence_dated": None},
            [*[Ground.STEP_MISSING] * 4, Ground.TESTED_BY_OWNER, Ground.EVIDENCE_MISSING],
        ),
    ],
)
def test_closure_by_the_committee(changes: dict[str, object], expected: list[Ground]) -> None:
    found = objections_to_closure(replace(DONE, **changes), on=TODAY)
    assert list(grounds(found)) == expected


@pytest.mark.parametrize(
    ("targets", "past_first", "past_last"),
    [
        ([], 0, 0),
        ([(date(2026, 9, 30), date(2026, 3, 20))], 51, 51),
        ([(date(2026, 11, 20), date(2026, 3, 20))], 0, 0),
        # A moved date keeps the old one.
        ([(date(2026, 9, 30), date(2026, 3, 20)), (date(2026, 11, 10), date(2026, 8, 4))], 51, 10),
        ([(date(2026, 9, 30), date(2026, 3, 20)), (date(2026, 12, 31), date(2026, 8, 4))], 51, 0),
    ],
)
def test_days_past_the_target(
    targets: list[tuple[date, date]], past_first: int, past_last: int
) -> None:
    finding = replace(DONE, steps={}, targets=tuple(Target(*each) for each in targets))
    found = age(finding, on=TODAY, year_ends=[])
    assert (found.past_first_target, found.past_target) == (past_first, past_last)


def test_first_of_three_weaknesses_in_six_months() -> None:
    """Told as of July 2, 2005, planned for October 1, 2005, concluded as of July 1, 2006."""
    finding = Finding(
        told_on=date(2005, 8, 1),
        severity=Severity.MATERIAL,
        targets=(Target(date(2005, 10, 1), date(2005, 8, 3)),),
        steps={Step.CONCLUDED: date(2006, 7, 1)},
    )
    found = age(finding, on=date(2006, 9, 14), year_ends=[])
    assert found.past_first_target == 273


YEAR_ENDS = [date(2024, 12, 31), date(2025, 12, 31), date(2026, 12, 31)]


@pytest.mark.parametrize(
    ("told_on", "closed_on", "severity", "expected"),
    [
        (date(2025, 3, 1), None, Severity.SIGNIFICANT, []),
        (date(2024, 3, 1), None, Severity.SIGNIFICANT, [Ground.OPEN_AT_SECOND_YEAR_END]),
        (date(2024, 3, 1), None, Severity.MATERIAL, [Ground.OPEN_AT_SECOND_YEAR_END]),
        (date(2024, 3, 1), None, Severity.DEFICIENCY, []),
        (date(2024, 3, 1), date(2025, 12, 31), Severity.MATERIAL, []),
        # Closed since: nothing is waited for.
        (date(2024, 3, 1), date(2026, 1, 1), Severity.MATERIAL, []),
        (date(2024, 3, 1), TODAY, Severity.MATERIAL, []),
        (
            date(2024, 3, 1),
            date(2026, 11, 21),
            Severity.MATERIAL,
            [Ground.OPEN_AT_SECOND_YEAR_END],
        ),
    ],
)
def test_open_at_a_second_year_end(
    told_on: date, closed_on: date | None, severity: Severity, expected: list[Ground]
) -> None:
    finding = Finding(told_on, severity, closed_on=closed_on)
    assert list(grounds(warnings(finding, on=TODAY, year_ends=YEAR_ENDS))) == expected


@pytest.mark.parametrize(
    ("remediated_on", "on", "count"),
    [
        # Fixed and tested on December 18: not open at the end of 2026.
        (date(2026, 12, 18), date(2026, 12, 17), 1),
        (date(2026, 12, 18), date(2027, 1, 20), 1),
        (date(2026, 12, 31), date(2027, 1, 20), 1),
        # After the second year-end: said until then.
        (date(2027, 1, 15), date(2027, 1, 14), 2),
        (date(2027, 1, 15), date(2027, 1, 15), 2),
    ],
)
def test_remediated_weakness_is_not_open_at_the_year_end(
    remediated_on: date, on: date, count: int
) -> None:
    steps = dict.fromkeys(Step, remediated_on)
    finding = Finding(date(2025, 6, 1), Severity.MATERIAL, steps=steps)
    assert age(finding, on=on, year_ends=YEAR_ENDS).year_ends_open == count
    is_said = count > 1 and on < remediated_on
    expected = [reason(Ground.OPEN_AT_SECOND_YEAR_END, count=count)] if is_said else []
    assert list(warnings(finding, on=on, year_ends=YEAR_ENDS)) == expected


def test_past_target_is_said_while_it_is_open() -> None:
    working = replace(DONE, steps=until(Step.OPERATING))
    assert grounds(warnings(working, on=TODAY, year_ends=[])) == (Ground.PAST_TARGET,)
    assert warnings(DONE, on=TODAY, year_ends=[]) == ()


# At each boundary, and the whole answer.


@pytest.mark.parametrize(
    ("changes", "on", "expected"),
    [
        ({"steps": STEPS}, date(2026, 9, 30), FindingStage.CONCLUDED),
        ({"steps": STEPS}, date(2026, 9, 29), FindingStage.TESTED),
        ({"steps": STEPS}, date(2026, 9, 10), FindingStage.TESTED),
        ({"steps": {}}, date(2026, 3, 20), FindingStage.PLANNED),
        ({"steps": {}}, date(2026, 3, 19), FindingStage.TOLD),
        # Two steps on one date are in order.
        ({"steps": STEPS | {Step.OPERATING: STEPS[Step.DESIGNED]}}, date(2026, 4, 1), FindingStage.OPERATING),
        # Two plans, of which the first was set in time.
        ({"steps": {}, "targets": (*DONE.targets, Target(date(2026, 12, 1), date(2026, 8, 1)))}, date(2026, 3, 20), FindingStage.PLANNED),
        # Nothing is closed before it was told of.
        ({"steps": {}}, date(2026, 3, 4), FindingStage.TOLD),
    ],
)  # fmt: skip
def test_stage_on_the_very_date(
    changes: dict[str, object], on: date, expected: FindingStage
) -> None:
    assert stage(replace(DONE, **changes), on=on) == expected


@pytest.mark.parametrize(
    ("on", "is_open", "is_remediated"),
    [
        (date(2026, 3, 4), False, False),
        (date(2026, 3, 5), True, False),
        (date(2026, 9, 29), True, False),
        (date(2026, 9, 30), True, True),
        (date(2026, 11, 19), True, True),
        (date(2026, 11, 20), False, True),
    ],
)
def test_open_and_remediated(on: date, is_open: bool, is_remediated: bool) -> None:
    finding = replace(DONE, closed_on=TODAY)
    assert (finding.is_open(on), finding.is_remediated(on)) == (is_open, is_remediated)
    assert not replace(DONE, steps=until(Step.TESTED)).is_remediated(TODAY)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # Done today is done, and what lies ahead is not.
        ({"steps": STEPS | {Step.CONCLUDED: TODAY}, "evidence_dated": TODAY}, []),
        ({"steps": STEPS | {Step.CONCLUDED: date(2026, 11, 21)}}, [reason(Ground.STEP_MISSING, step=Step.CONCLUDED)]),
        # Without a name nobody tested it, whoever owns it.
        ({"tested_by": "", "owner": ""}, []),
        (
            {"evidence_dated": date(2026, 4, 30)},
            [reason(Ground.EVIDENCE_BEFORE_OPERATION, dated=date(2026, 4, 30), since=date(2026, 5, 1))],
        ),
        (
            {"steps": STEPS | {Step.CONCLUDED: date(2026, 9, 9)}},
            [reason(Ground.STEP_OUT_OF_ORDER, step_taken=Step.CONCLUDED, taken=date(2026, 9, 9), step_before=Step.TESTED, before=date(2026, 9, 10))],
        ),
        # A step that is missing lies between the two that are compared.
        (
            {"steps": {Step.DESIGNED: date(2026, 4, 1), Step.TESTED: date(2026, 3, 31)}, "evidence_dated": TODAY},
            [
                reason(Ground.STEP_MISSING, step=Step.OPERATING),
                reason(Ground.STEP_MISSING, step=Step.CONCLUDED),
                reason(Ground.STEP_OUT_OF_ORDER, step_taken=Step.TESTED, taken=date(2026, 3, 31), step_before=Step.DESIGNED, before=date(2026, 4, 1)),
            ],
        ),
    ],
)  # fmt: skip
def test_objections_with_their_facts(changes: dict[str, object], expected: list[Reason]) -> None:
    assert list(objections_to_closure(replace(DONE, **changes), on=TODAY)) == expected


TWO_TARGETS = (
    Target(date(2026, 11, 10), date(2026, 8, 4)),
    Target(date(2026, 9, 30), date(2026, 3, 20)),
)


@pytest.mark.parametrize(
    ("changes", "on", "expected"),
    [
        # Of a conclusion and a closure the first one ends its age; neither does before it comes.
        ({"closed_on": date(2026, 11, 1)}, TODAY, Age(209, 0, 0, 0)),
        ({"steps": {}, "closed_on": date(2026, 11, 1)}, TODAY, Age(241, 32, 32, 0)),
        ({"closed_on": date(2026, 9, 1)}, TODAY, Age(180, 0, 0, 0)),
        ({"steps": {}, "closed_on": date(2026, 12, 1)}, TODAY, Age(260, 51, 51, 0)),
        # Two targets, entered in either order; the second counts from the date it was set.
        ({"steps": {}, "targets": TWO_TARGETS}, TODAY, Age(260, 51, 10, 0)),
        ({"steps": {}, "targets": TWO_TARGETS[::-1]}, TODAY, Age(260, 51, 10, 0)),
        ({"steps": {}, "targets": TWO_TARGETS}, date(2026, 8, 3), Age(151, 0, 0, 0)),
        ({"steps": {}, "targets": (Target(date(2026, 7, 1), date(2026, 3, 20)), Target(date(2026, 7, 20), date(2026, 8, 4)))}, date(2026, 8, 3), Age(151, 33, 33, 0)),
        ({"steps": {}, "targets": (Target(date(2026, 7, 1), date(2026, 3, 20)), Target(date(2026, 7, 20), date(2026, 8, 4)))}, date(2026, 8, 4), Age(152, 34, 15, 0)),
        ({"steps": {}, "targets": ()}, date(2026, 3, 5), Age(0, 0, 0, 0)),
    ],
)  # fmt: skip
def test_age(changes: dict[str, object], on: date, expected: Age) -> None:
    assert age(replace(DONE, **changes), on=on, year_ends=[]) == expected


@pytest.mark.parametrize(
    ("told_on", "on", "closed_on", "count"),
    [
        (date(2024, 12, 31), date(2026, 11, 20), None, 2),
        (date(2025, 1, 1), date(2026, 11, 20), None, 1),
        (date(2024, 3, 1), date(2025, 12, 31), None, 2),
        (date(2024, 3, 1), date(2025, 12, 30), None, 1),
        (date(2024, 3, 1), date(2026, 12, 31), None, 3),
        (date(2024, 3, 1), date(2026, 11, 20), date(2025, 12, 31), 1),
    ],
)
def test_year_ends_at_which_it_was_open(
    told_on: date, on: date, closed_on: date | None, count: int
) -> None:
    finding = Finding(told_on, Severity.MATERIAL, closed_on=closed_on)
    assert age(finding, on=on, year_ends=YEAR_ENDS).year_ends_open == count
    expected = [reason(Ground.OPEN_AT_SECOND_YEAR_END, count=count)] if count > 1 else []
    assert list(warnings(finding, on=on, year_ends=YEAR_ENDS)) == expected


@pytest.mark.parametrize(
    ("changes", "on", "expected"),
    [
        ({"steps": {}}, date(2026, 9, 30), []),
        ({"steps": {}}, date(2026, 10, 1), [reason(Ground.PAST_TARGET, days=1)]),
        # Closed without the steps, or remediated after the date: nothing is waited for.
        ({"steps": {}, "closed_on": TODAY}, TODAY, []),
        ({"steps": STEPS | {Step.CONCLUDED: date(2026, 10, 5)}}, TODAY, []),
        ({"steps": STEPS | {Step.CONCLUDED: date(2026, 11, 21)}}, TODAY, [reason(Ground.PAST_TARGET, days=51)]),
    ],
)  # fmt: skip
def test_what_is_said_of_a_date_that_passed(
    changes: dict[str, object], on: date, expected: list[Reason]
) -> None:
    assert list(warnings(replace(DONE, **changes), on=on, year_ends=[])) == expected
