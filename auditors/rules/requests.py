"""The states of a service request, as a table. An approval may be withdrawn and gives room back."""

from auditors.enums import RequestState

STEPS: frozenset[tuple[RequestState, RequestState]] = frozenset(
    {
        (RequestState.ASKED, RequestState.APPROVED),
        (RequestState.ASKED, RequestState.DECLINED),
        (RequestState.ASKED, RequestState.WITHDRAWN),
        (RequestState.APPROVED, RequestState.WITHDRAWN),
    }
)
OPEN = frozenset({RequestState.ASKED})


class IllegalStepError(ValueError):
    """The table of states does not hold this step."""


def may_step(state: RequestState, to: RequestState) -> bool:
    return (state, to) in STEPS


def step(state: RequestState, to: RequestState) -> RequestState:
    """The new state. Raises IllegalStepError for a step that the table does not hold."""
    if not may_step(state, to):
        raise IllegalStepError(f"A request that is {state.value} cannot become {to.value}.")
    return to
