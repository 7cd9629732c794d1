"""Who is in the room for an item, from arrivals and departures by the agenda's order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charters.rules.voting import Body as Members
from charters.rules.voting import Choice, Outcome, all_in_favor, decide, quorum, room_at
from meetings.rules.presence import Fault, Moves, PresenceError, are_there, has_quorum_at_any

ITEMS = range(1, 7)


@pytest.mark.parametrize(
    ("moves", "there"),
    [
        (Moves(), [1, 2, 3, 4, 5, 6]),
        (Moves(arrives=3), [3, 4, 5, 6]),
        (Moves(leaves=3), [1, 2]),
        (Moves(arrives=2, leaves=5), [2, 3, 4]),
        (Moves(leaves=3, returns=5), [1, 2, 5, 6]),
        (Moves(arrives=2, leaves=3, returns=6), [2, 6]),
    ],
    ids=["throughout", "late", "early", "late and early", "out for two", "out for three"],
)
def test_presence_by_item(moves: Moves, there: list[int]) -> None:
    stays = moves.stays("A")
    assert [place for place in ITEMS if are_there(stays, place)] == there


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"arrives": 3, "leaves": 3}, Fault.LEAVES),
        ({"arrives": 3, "leaves": 2}, Fault.LEAVES),
        ({"returns": 4}, Fault.RETURNS),
        ({"leaves": 4, "returns": 4}, Fault.RETURNS),
        ({"leaves": 4, "returns": 3}, Fault.RETURNS),
    ],
    ids=["at once", "before", "never left", "at once again", "returns before"],
)
def test_contradiction_is_refused(given: dict[str, int], fault: Fault) -> None:
    with pytest.raises(PresenceError) as caught:
        Moves(**given)
    assert caught.value.fault == fault


@pytest.mark.parametrize(
    ("moves", "met"),
    [
        ({"A": Moves(), "B": Moves(leaves=1)}, True),
        ({"A": Moves(), "B": Moves(arrives=6)}, True),
        ({"A": Moves(leaves=3), "B": Moves(arrives=3)}, False),
        ({"A": Moves()}, False),
    ],
    ids=["at the start", "at the last item", "never together", "one of three"],
)
def test_quorum_at_any_item(moves: dict[str, Moves], met: bool) -> None:
    stays = [stay for name, each in moves.items() for stay in each.stays(name)]
    assert has_quorum_at_any(stays, ITEMS, frozenset("ABC"), needed=2) is met


places = st.integers(1, 6)
steps = st.lists(places, max_size=3, unique=True).map(sorted)


def as_moves(steps: list[int], is_late: bool) -> Moves:
    """At most three moves in their order: late or not, out, and back."""
    arrives = steps.pop(0) if is_late and steps else None
    return Moves(arrives, *steps[:2])


@given(
    st.lists(
        st.tuples(steps, st.booleans(), st.sampled_from(["none", "left", "stayed"])), min_size=1
    ),
    places,
)
def test_any_arrivals_departures_and_recusals_are_counted_as_they_were_seen(
    people: list[tuple[list[int], bool, str]], place: int
) -> None:
    """Walked through item by item, the room holds whom the rule says; with all in favor the vote is
    void, adopted or not adopted as a plain count says."""
    moves = {str(n): as_moves([*each], late) for n, (each, late, _) in enumerate(people)}
    recusals = {str(n): how == "stayed" for n, (*_, how) in enumerate(people) if how != "none"}
    seen = {name for name, each in moves.items() if walked(each, place)}
    inside = {name for name in seen if recusals.get(name, True)}

    body = Members(frozenset(moves))
    stays = [stay for name, each in moves.items() for stay in each.stays(name)]
    room = room_at(body, stays, place, recusals)
    assert room.present == inside
    ruling = decide(body, room, all_in_favor(room))
    yes = len(inside - recusals.keys())
    expected = Outcome.ADOPTED if yes > len(inside) / 2 else Outcome.NOT_ADOPTED
    if len(inside) < quorum(body).needed:
        expected = Outcome.VOID
    assert (ruling.outcome, ruling.in_favor) == (expected, yes)
    assert set(all_in_favor(room).values()) <= {Choice.FOR}


def walked(moves: Moves, place: int) -> bool:
    """Whether the person is inside when the item at a place begins, minute by minute."""
    inside = moves.arrives is None
    for now in range(1, place + 1):
        if now in (moves.arrives, moves.returns):
            inside = True
        if now == moves.leaves:
            inside = False
    return inside
