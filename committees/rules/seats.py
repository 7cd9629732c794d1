"""How many public companies a director serves (RULE-14). Good practice: no rule sets a limit.

Proxy advisers vote on more than five boards, and the New York Stock Exchange asks its companies for a
finding on more than three audit committees. This company is counted.
"""

from dataclasses import dataclass
from enum import Enum

MOST_BOARDS = 5
MOST_AUDIT_COMMITTEES = 3


class SeatsWarning(Enum):
    """What asks for a note of the Board."""

    BOARDS = "boards"
    AUDIT_COMMITTEES = "audit committees"


@dataclass(frozen=True)
class Seats:
    """The boards and audit committees of public companies on which a director sits, ours counted."""

    boards: int
    audit_committees: int


def seats_warnings(seats: Seats) -> tuple[SeatsWarning, ...]:
    """RULE-14: more than five boards, or more than three audit committees."""
    checks = {
        SeatsWarning.BOARDS: seats.boards > MOST_BOARDS,
        SeatsWarning.AUDIT_COMMITTEES: seats.audit_committees > MOST_AUDIT_COMMITTEES,
    }
    return tuple(warning for warning, holds in checks.items() if holds)
