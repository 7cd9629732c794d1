"""The stockholders' vote on an appointment (DGCL s. 216(2))."""

import pytest

from auditors.rules.ratification import is_ratified


@pytest.mark.parametrize(
    ("votes", "ratified"),
    [
        ((900, 100, 3), True),
        ((71, 30, 40), True),
        # More for than against, and no majority of the shares present and entitled to vote.
        ((70, 30, 40), None),
        ((40, 30, 40), None),
        ((100, 100, 3), False),
        ((30, 40, 0), False),
        ((0, 0, 0), False),
    ],
)
def test_majority_of_those_present_and_entitled(
    votes: tuple[int, int, int], ratified: bool | None
) -> None:
    assert is_ratified(*votes) is ratified
