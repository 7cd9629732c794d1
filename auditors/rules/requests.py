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


def may_step(state: RequestState, to: RequestState) -> bool:
    return (state, to) in STEPS
