"""RULE-47 and RULE-50: quorum and majority on presence at the time of the vote."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charters.reports.voting import second_words, vote_words
from charters.rules.voting import (
    STATUTE,
    Body,
    Bylaws,
    Choice,
    Counted,
    Move,
    Movement,
    Outcome,
    Reason,
    Room,
    Stay,
    VotingError,
    all_in_favor,
    bylaws_on,
    decide,
    disinterested_count,
    quorum,
    recount,
    room_at,
    stays,
)
from records.rule_data import TABLE

LETTERS = "ABCDEFG"
WORDS = {"y": Choice.FOR, "n": Choice.AGAINST, "-": Choice.ABSTAIN}
VOTES_CAST = Bylaws(counted=Counted.VOTES_CAST, citation="Bylaws, s. 3.7")


def committee(serving: int = 3, bylaws: Bylaws = STATUTE) -> Body:
    return Body(frozenset(LETTERS[:serving]), bylaws=bylaws)


def ballots(text: str) -> dict[str, Choice]:
    """A member's letter and y, n or -: `Ay Bn C-`."""
    return {word[0]: WORDS[word[1]] for word in text.split()}


def room(present: str, recused: str = "") -> Room:
    return Room(frozenset(present), frozenset(recused))


@pytest.mark.parametrize(
    ("serving", "needed"),
    [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4), (7, 4)],
)
def test_quorum_of_a_committee_is_more_than_half_of_those_serving(
    serving: int, needed: int
) -> None:
    found = quorum(committee(serving))
    assert (found.needed, found.of, found.citation) == (needed, serving, "DGCL 141(c)(4)")


@pytest.mark.parametrize(
    ("serving", "seats", "needed"), [(7, 7, 4), (5, 7, 4), (4, 7, 4), (3, 6, 4), (1, 3, 2)]
)
def test_quorum_of_the_board_is_more_than_half_of_its_seats(
    serving: int, seats: int, needed: int
) -> None:
    found = quorum(Body(frozenset(LETTERS[:serving]), seats))
    assert (found.needed, found.of, found.citation) == (needed, seats, "DGCL 141(b)")


@pytest.mark.parametrize(
    ("part", "serving", "needed"),
    [("1/3", 3, 1), ("1/3", 4, 2), ("1/3", 6, 2), ("1/3", 7, 3), ("2/3", 3, 2), ("2/3", 4, 3), ("1/1", 5, 5), ("1/2", 4, 3)],
)  # fmt: skip
def test_bylaws_come_first(part: str, serving: int, needed: int) -> None:
    bylaws = bylaws_on(date(2026, 8, 4), TABLE, quorum=Fraction(part), citation="Bylaws, s. 3.7")
    found = quorum(committee(serving, bylaws))
    assert (found.needed, found.citation) == (needed, "DGCL 141(c)(4); Bylaws, s. 3.7")


@pytest.mark.parametrize(
    ("part", "citation", "words"),
    [
        ("33/100", "Bylaws, s. 3.7", r"no quorum below 1/3 \(DGCL 141\(b\) and 141\(c\)\(4\)\)"),
        ("101/100", "Bylaws, s. 3.7", "A quorum is a part of the members, or all of them."),
        ("2/3", " ", "Say where the bylaws set this quorum or this majority."),
    ],
)
def test_bylaws_that_cannot_be_are_refused(part: str, citation: str, words: str) -> None:
    with pytest.raises(VotingError, match=words):
        bylaws_on(date(2026, 8, 4), TABLE, quorum=Fraction(part), citation=citation)


@pytest.mark.parametrize(
    ("part", "counted", "citation", "words"),
    [
        ("0", Counted.PRESENT, "Bylaws, s. 3.7", "A quorum is a part of the members"),
        ("-1/2", Counted.PRESENT, "Bylaws, s. 3.7", "A quorum is a part of the members"),
        ("2/3", Counted.PRESENT, "", "Say where the bylaws set"),
        ("1/2", Counted.VOTES_CAST, "", "Say where the bylaws set"),
        ("1/2", Counted.PRESENT, "", ""),
        ("1/2", Counted.VOTES_CAST, "Bylaws, s. 3.7", ""),
        ("1/1", Counted.PRESENT, "Bylaws, s. 3.7", ""),
        ("1/100", Counted.PRESENT, "Bylaws, s. 3.7", ""),
    ],
)
def test_only_a_change_of_the_statute_needs_its_source(
    part: str, counted: Counted, citation: str, words: str
) -> None:
    if not words:
        assert Bylaws(Fraction(part), counted, citation).quorum == Fraction(part)
        return
    with pytest.raises(VotingError, match=words):
        Bylaws(Fraction(part), counted, citation)


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2026, 8, 4)])
def test_least_quorum_is_that_of_the_table_on_days_before_it_too(day: date) -> None:
    assert bylaws_on(day, TABLE, quorum=Fraction(1, 3), citation="Bylaws").quorum == Fraction(1, 3)
    with pytest.raises(VotingError, match="no quorum below 1/3"):
        bylaws_on(day, TABLE, quorum=Fraction(1, 4), citation="Bylaws")


@pytest.mark.parametrize(
    ("serving", "seats", "words"),
    [("", None, "A body on which nobody serves cannot act."), ("ABC", 2, "3 serve on 2 seats.")],
)
def test_body_that_cannot_be_is_refused(serving: str, seats: int | None, words: str) -> None:
    with pytest.raises(VotingError, match=words):
        Body(frozenset(serving), seats)


A, N, V = Outcome.ADOPTED, Outcome.NOT_ADOPTED, Outcome.VOID


@pytest.mark.parametrize(
    ("serving", "present", "recused", "votes", "outcome", "words"),
    [
        # Serving, in the room, of these recused, the votes.
        (3, "ABC", "", "Ay By Cy", A, "2 of 3 present needed; 3 voted yes."),
        (3, "ABC", "", "Ay By Cn", A, "2 of 3 present needed; 2 voted yes."),
        (3, "ABC", "", "Ay Bn C-", N, "2 of 3 present needed; 1 voted yes."),
        (3, "ABC", "", "Ay B- C-", N, "2 of 3 present needed; 1 voted yes."),
        (4, "ABCD", "", "Ay By C- D-", N, "3 of 4 present needed; 2 voted yes."),
        (4, "ABCD", "", "Ay By Cy Dn", A, "3 of 4 present needed; 3 voted yes."),
        (3, "AB", "", "Ay B-", N, "2 of 2 present needed; 1 voted yes."),
        (3, "AB", "", "Ay By", A, "2 of 2 present needed; 2 voted yes."),
        # A tie is no majority.
        (2, "AB", "", "Ay Bn", N, "2 of 2 present needed; 1 voted yes."),
        (4, "ABCD", "", "Ay By Cn Dn", N, "3 of 4 present needed; 2 voted yes."),
        # Recused and in the room: counts for quorum and for the majority.
        (3, "AB", "B", "Ay", N, "2 of 2 present needed; 1 voted yes."),
        (3, "ABC", "C", "Ay By", A, "2 of 3 present needed; 2 voted yes."),
        (3, "ABC", "C", "Ay Bn", N, "2 of 3 present needed; 1 voted yes."),
        # Nobody is left to vote: a quorum, and no majority.
        (3, "AB", "AB", "", N, "2 of 2 present needed; 0 voted yes."),
        # Without a quorum it is void, also where everybody present agrees.
        (3, "A", "", "Ay", V, "No quorum: 2 of 3 needed; 1 was present. The vote is void."),
        (4, "AB", "", "Ay By", V, "No quorum: 3 of 4 needed; 2 were present. The vote is void."),
        (3, "", "", "", V, "No quorum: 2 of 3 needed; 0 were present. The vote is void."),
        (1, "A", "", "Ay", A, "1 of 1 present needed; 1 voted yes."),
    ],
)  # fmt: skip
def test_vote(
    serving: int, present: str, recused: str, votes: str, outcome: Outcome, words: str
) -> None:
    found = decide(committee(serving), room(present, recused), ballots(votes))
    assert (found.outcome, vote_words(found)) == (outcome, words)
    assert (found.is_adopted, found.citation) == (outcome is A, "DGCL 141(c)(4)")
    assert (
        found.reason
        is {
            A: Reason.MAJORITY_OF_PRESENT,
            N: Reason.NO_MAJORITY_OF_PRESENT,
            V: Reason.NO_QUORUM,
        }[outcome]
    )


@pytest.mark.parametrize(
    ("present", "votes", "outcome", "words"),
    [
        ("ABC", "Ay B- C-", A, "1 of 1 votes cast needed (DGCL 141(c)(4); Bylaws, s. 3.7); 1 voted yes."),
        ("ABC", "Ay Bn C-", N, "2 of 2 votes cast needed (DGCL 141(c)(4); Bylaws, s. 3.7); 1 voted yes."),
        ("ABC", "Ay By Cn", A, "2 of 3 votes cast needed (DGCL 141(c)(4); Bylaws, s. 3.7); 2 voted yes."),
        ("ABC", "A- B- C-", N, "Nobody voted for or against (DGCL 141(c)(4); Bylaws, s. 3.7)."),
        ("A", "Ay", V, "No quorum: 2 of 3 needed; 1 was present. The vote is void."),
    ],
)  # fmt: skip
def test_bylaws_that_count_the_votes_cast_are_named_in_the_sentence(
    present: str, votes: str, outcome: Outcome, words: str
) -> None:
    found = decide(committee(3, VOTES_CAST), room(present), ballots(votes))
    assert (found.outcome, vote_words(found)) == (outcome, words)
    assert (
        found.reason
        is {
            A: Reason.MAJORITY_OF_CAST,
            N: Reason.NO_MAJORITY_OF_CAST,
            V: Reason.NO_QUORUM,
        }[outcome]
    )


def test_ruling_holds_everything_that_was_counted() -> None:
    found = decide(committee(7), room("ABCDEF", "F"), ballots("Ay By Cy Dn E-"))
    assert (found.present, found.recused, found.needed) == (6, 1, 4)
    assert (found.in_favor, found.against, found.abstained) == (3, 1, 1)
    assert (found.quorum.needed, found.quorum.of) == (4, 7)


def test_board_counts_its_seats_for_the_quorum_and_those_present_for_the_majority() -> None:
    board = Body(frozenset("ABCDE"), seats=7)
    assert decide(board, room("ABC"), ballots("Ay By Cy")).outcome is V
    found = decide(board, room("ABCD"), ballots("Ay By Cy Dn"))
    assert (found.outcome, found.needed, found.quorum.needed) == (A, 3, 4)


def test_everybody_present_is_in_favor_but_for_those_who_are_named() -> None:
    there = room("ABCD", "D")
    assert all_in_favor(there) == ballots("Ay By Cy")
    assert all_in_favor(there, ballots("Bn")) == ballots("Ay Bn Cy")


@pytest.mark.parametrize(
    ("present", "recused", "votes", "words"),
    [
        ("AB", "", "Ay By Cy", "C: not present at this vote."),
        ("AB", "", "Ay", "B: present, and no vote is recorded."),
        ("ABC", "C", "Ay By Cy", "C: recused, and takes no part in this vote."),
        ("ABX", "", "Ay By Xy", "X: present as a member, and not serving."),
        ("AB", "", "Ay By Xy Yn", "X, Y: not present at this vote."),
    ],
)
def test_votes_that_cannot_be_are_refused(
    present: str, recused: str, votes: str, words: str
) -> None:
    with pytest.raises(VotingError) as refusal:
        decide(committee(), room(present, recused), ballots(votes))
    assert str(refusal.value) == words


def test_recount_leaves_out_who_turns_out_not_to_have_served() -> None:
    """C's end is corrected to July 31: of two serving, A and C were there on August 4."""
    at_the_time = decide(committee(3), room("AC"), ballots("Ay Cy"))
    corrected = recount(Body(frozenset("AB")), room("AC"), ballots("Ay Cy"))
    assert at_the_time.outcome is A
    assert (corrected.outcome, corrected.present, corrected.quorum.of) == (V, 1, 2)


def test_recount_takes_a_vote_that_was_never_taken_for_an_abstention() -> None:
    found = recount(committee(3), room("ABC"), ballots("Ay"))
    assert (found.outcome, found.in_favor, found.abstained) == (N, 1, 2)


def minute(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-08-04T{text}")


def moves(text: str) -> list[Move[datetime]]:
    """`09:00 +A` arrives, `10:30 -A` departs."""
    found = []
    for line in text.split(", "):
        at, who = line.split()
        kind = Movement.ARRIVES if who[0] == "+" else Movement.DEPARTS
        found.append(Move(who[1:], minute(at), kind))
    return found


COMING_AND_GOING = "09:00 +A, 09:00 +B, 09:00 +guest, 09:20 +C, 10:00 -B, 10:30 +B, 11:00 -A"


@pytest.mark.parametrize(
    ("at", "present"),
    [
        ("08:59", ""),
        ("09:00", "AB"),  # an arrival counts from its moment
        ("09:19", "AB"),
        ("09:20", "ABC"),
        ("09:59", "ABC"),
        ("10:00", "AC"),  # a departure is not counted itself
        ("10:30", "ABC"),
        ("11:00", "BC"),
        ("17:00", "BC"),
    ],
)
def test_presence_is_that_of_the_moment(at: str, present: str) -> None:
    found = room_at(committee(), stays(moves(COMING_AND_GOING)), minute(at))
    assert found == room(present)


@pytest.mark.parametrize(
    ("recusals", "present", "recused"),
    [
        ({}, "ABC", ""),
        ({"C": True}, "ABC", "C"),  # recused and in the room
        ({"C": False}, "AB", ""),  # recused and out of the room
        ({"B": True, "C": False}, "AB", "B"),
        ({"D": True}, "ABC", ""),  # recused and not there at all
    ],
)
def test_recusal_counts_by_whether_the_member_stays(
    recusals: Mapping[str, bool], present: str, recused: str
) -> None:
    there = stays(moves(COMING_AND_GOING))
    assert room_at(committee(4), there, minute("09:30"), recusals) == room(present, recused)


def test_presence_can_be_given_by_the_order_of_the_items() -> None:
    """Entered afterwards, without times: B left before item 4."""
    there = [Stay("A", 1), Stay("B", 1, 4)]
    assert [room_at(committee(), there, item) for item in (3, 4)] == [room("AB"), room("A")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("09:00 +A, 09:10 +A", "A arrives and was there already."),
        ("09:00 +A, 09:10 -B", "B departs and was not there."),
        ("09:00 +A, 09:10 -A, 09:20 -A", "A departs and was not there."),
        ("09:10 +A, 09:00 +B", "Arrivals and departures are given in their order."),
    ],
)
def test_arrivals_and_departures_that_cannot_be_are_refused(text: str, words: str) -> None:
    with pytest.raises(VotingError) as refusal:
        stays(moves(text))
    assert str(refusal.value) == words


@pytest.mark.parametrize(
    ("serving", "interested", "votes", "is_met", "words"),
    [
        # A is interested and stays: passes 2 of 3, second count 1 of 2.
        (3, "A", "Ay By Cn", False, "2 of 2 disinterested members needed; 1 voted yes. Ask counsel."),
        (3, "A", "A- By Cy", True, "2 of 2 disinterested members needed; 2 voted yes."),
        # One interested leaves, one is absent: the absent one counts.
        (5, "E", "Ay By Cn", False, "3 of 4 disinterested members needed; 2 voted yes. Ask counsel."),
        (5, "E", "Ay By Cy", True, "3 of 4 disinterested members needed; 3 voted yes."),
        (3, "", "Ay By", True, "2 of 3 disinterested members needed; 2 voted yes."),
        (2, "AB", "", False, "No disinterested member serves. Ask counsel."),
    ],
)  # fmt: skip
def test_second_count_of_the_disinterested(
    serving: int, interested: str, votes: str, is_met: bool, words: str
) -> None:
    found = disinterested_count(committee(serving), interested, ballots(votes))
    assert (found.is_met, second_words(found)) == (is_met, words)


# A slow and obvious reference: a meeting is played from its first moment to the vote, one thing
# after the other, with a set of those in the room.
@st.composite
def a_meeting(draw: st.DrawFn) -> dict[str, object]:
    serving = draw(st.sets(st.sampled_from(LETTERS), min_size=1))
    seats = draw(st.none() | st.integers(len(serving), 9))
    people = sorted({*serving, "guest"})
    happenings, inside, at = [], set(), 0
    for __ in range(draw(st.integers(0, 14))):
        at += draw(st.integers(0, 2))
        person = draw(st.sampled_from(people))
        kind = Movement.DEPARTS if person in inside else Movement.ARRIVES
        inside ^= {person}
        happenings.append(Move(person, at, kind))
    return {
        "body": Body(frozenset(serving), seats, draw(st.sampled_from([STATUTE, VOTES_CAST]))),
        "moves": happenings,
        "at": draw(st.integers(0, at + 1)),
        "recusals": draw(st.dictionaries(st.sampled_from(LETTERS), st.booleans())),
        "choices": draw(st.fixed_dictionaries({each: st.sampled_from(Choice) for each in LETTERS})),
    }


def played(meeting: Mapping[str, object]) -> tuple[Outcome, int, int]:
    """The reference: the outcome, how many are present, how many vote yes."""
    body, inside = meeting["body"], []
    for move in meeting["moves"]:
        if move.at > meeting["at"]:
            break
        if move.movement is Movement.ARRIVES:
            inside.append(move.person)
        else:
            inside.remove(move.person)
    present, yes, cast = 0, 0, 0
    for person in inside:
        if person not in body.serving:
            continue
        if meeting["recusals"].get(person) is False:
            continue
        present += 1
        if person not in meeting["recusals"]:
            choice = meeting["choices"][person]
            yes += choice is Choice.FOR
            cast += choice is not Choice.ABSTAIN
    whole = len(body.serving) if body.seats is None else body.seats
    if not present * 2 > whole:
        return Outcome.VOID, present, yes
    base = cast if body.bylaws is VOTES_CAST else present
    return (Outcome.ADOPTED if yes * 2 > base else Outcome.NOT_ADOPTED), present, yes


@given(a_meeting())
def test_any_meeting_is_counted_as_it_was_played(meeting: dict[str, object]) -> None:
    body = meeting["body"]
    found = room_at(body, stays(meeting["moves"]), meeting["at"], meeting["recusals"])
    votes = {member: meeting["choices"][member] for member in found.voters}
    ruling = decide(body, found, votes)
    assert (ruling.outcome, ruling.present, ruling.in_favor) == played(meeting)
    assert recount(body, found, votes) == ruling
    assert (ruling.reason is Reason.NO_QUORUM) == (ruling.outcome is V)
    assert vote_words(ruling)


@given(a_meeting(), st.sampled_from(LETTERS))
def test_somebody_leaving_for_a_recusal_never_changes_how_many_serve(
    meeting: dict[str, object], member: str
) -> None:
    body, there = meeting["body"], stays(meeting["moves"])
    staying = room_at(body, there, meeting["at"], {member: True})
    leaving = room_at(body, there, meeting["at"], {member: False})
    assert staying.voters == leaving.voters
    assert staying.present - leaving.present == staying.recused
    assert decide(body, staying, all_in_favor(staying)).quorum == quorum(body)
    assert decide(body, leaving, all_in_favor(leaving)).quorum == quorum(body)
