"""The states of a service request: every step of the table, and no other."""

from itertools import product

import pytest

from auditors.enums import RequestState
from auditors.rules.requests import may_step

ASKED, APPROVED = RequestState.ASKED, RequestState.APPROVED
DECLINED, WITHDRAWN = RequestState.DECLINED, RequestState.WITHDRAWN
ALLOWED = [(ASKED, APPROVED), (ASKED, DECLINED), (ASKED, WITHDRAWN), (APPROVED, WITHDRAWN)]


@pytest.mark.parametrize(("state", "to"), list(product(RequestState, RequestState)))
def test_steps(state: RequestState, to: RequestState) -> None:
    assert may_step(state, to) is ((state, to) in ALLOWED)
