"""The workflow of a case: every status with every step."""

import pytest

from whistleblower.enums import Status, Step
from whistleblower.rules import statuses

R, A, C = Status.RECEIVED, Status.ACKNOWLEDGED, Status.CLOSED


@pytest.mark.parametrize(
    ("start", "taken", "end"),
    [
        (R, Step.ACKNOWLEDGE, A),
        (R, Step.CLOSE, C),
        (R, Step.REOPEN, None),
        (A, Step.ACKNOWLEDGE, A),
        (A, Step.CLOSE, C),
        (A, Step.REOPEN, None),
        (C, Step.ACKNOWLEDGE, None),
        (C, Step.CLOSE, None),
        (C, Step.REOPEN, A),
    ],
)
def test_steps(start: Status, taken: Step, end: Status | None) -> None:
    if end is None:
        with pytest.raises(statuses.IllegalStepError):
            statuses.step(start, taken)
    else:
        assert statuses.step(start, taken) is end
    assert (taken in statuses.steps_from(start)) is (end is not None)


def test_case_that_nobody_acknowledged_is_open_as_before() -> None:
    assert statuses.step(C, Step.REOPEN, was_acknowledged=False) is R
    assert statuses.step(R, Step.CLOSE, was_acknowledged=False) is C
