"""The stockholders' vote on an appointment: carried, lost, or not to be told from the numbers.

DGCL s. 216(2): a majority of the shares present and entitled to vote on the matter, so that an
abstention counts against. The bylaws may set another standard.
"""

from __future__ import annotations


def is_ratified(votes_for: int, votes_against: int, votes_abstain: int) -> bool | None:
    """None where more voted for than against, and no majority of those present and entitled."""
    if votes_for <= votes_against:
        return False
    return True if votes_for > votes_against + votes_abstain else None
