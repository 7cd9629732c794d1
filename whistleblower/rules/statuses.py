"""The workflow of a case as a table."""

from whistleblower.enums import Status, Step

STEPS: dict[tuple[Status, Step], Status] = {
    (Status.RECEIVED, Step.ACKNOWLEDGE): Status.ACKNOWLEDGED,
    (Status.RECEIVED, Step.CLOSE): Status.CLOSED,
    # A second acknowledgment is recorded and moves nothing (RULE-39).
    (Status.ACKNOWLEDGED, Step.ACKNOWLEDGE): Status.ACKNOWLEDGED,
    (Status.ACKNOWLEDGED, Step.CLOSE): Status.CLOSED,
    (Status.CLOSED, Step.REOPEN): Status.ACKNOWLEDGED,
}


class IllegalStepError(ValueError):
    """The step does not start from this status."""


def step(status: Status, taken: Step, *, was_acknowledged: bool = True) -> Status:
    """The status after a step. A case that was closed without an acknowledgment is open as before:
    nobody confirmed it. Raises IllegalStepError."""
    try:
        after = STEPS[status, taken]
    except KeyError:
        raise IllegalStepError(f"{taken} does not start from {status}.") from None
    return after if taken is not Step.REOPEN or was_acknowledged else Status.RECEIVED


def steps_from(status: Status) -> tuple[Step, ...]:
    return tuple(taken for start, taken in STEPS if start == status)
