"""RULE-14: boards and audit committees of public companies."""

import pytest

from committees.rules.seats import Seats, SeatsWarning, seats_warnings

BOARDS, COMMITTEES = SeatsWarning.BOARDS, SeatsWarning.AUDIT_COMMITTEES


@pytest.mark.parametrize(
    ("boards", "audit_committees", "warnings"),
    [
        (1, 1, ()),
        (3, 3, ()),
        (5, 3, ()),
        (4, 4, (COMMITTEES,)),
        (6, 3, (BOARDS,)),
        (6, 0, (BOARDS,)),
        (6, 4, (BOARDS, COMMITTEES)),
    ],
)
def test_more_than_five_boards_or_three_audit_committees(
    boards: int, audit_committees: int, warnings: tuple[SeatsWarning, ...]
) -> None:
    assert seats_warnings(Seats(boards, audit_committees)) == warnings
