"""RULE-40: who reads, who leads and who is kept out. Every combination is tried."""

from collections.abc import Iterator
from itertools import chain, combinations

import pytest

from whistleblower.enums import ReaderRole
from whistleblower.rules import conflicts
from whistleblower.rules.conflicts import Failure, Officer, Reader

IRIS = Reader("iris", ReaderRole.COUNSEL, "counsel:iris")
JUDE = Reader("jude", ReaderRole.COUNSEL, "counsel:jude")
CLARA = Reader("clara", ReaderRole.CHAIR, "director:clara")
MAX = Reader("max", ReaderRole.MEMBER, "director:max")
NINA = Reader("nina", ReaderRole.MEMBER, "director:nina")
BORIS = Reader("boris", ReaderRole.BOARD_CHAIR, "director:boris")
READERS = (IRIS, JUDE, CLARA, MAX, NINA, BORIS)
COMMITTEE = (CLARA.person, MAX.person, NINA.person)
# The chief executive; below: chief financial officer, general counsel; controller below the former.
OFFICERS = (
    Officer("ceo"),
    Officer("cfo", "ceo"),
    Officer("gc", "ceo"),
    Officer("controller", "cfo"),
)


def names(readers: tuple[Reader, ...]) -> str:
    return " ".join(reader.uid for reader in readers)


@pytest.mark.parametrize(
    ("ticked", "out"),
    [
        ("ceo", "ceo cfo gc controller"),
        ("cfo", "cfo ceo controller"),
        ("controller", "controller cfo ceo"),
        ("gc", "gc ceo"),
        ("director:clara", "director:clara"),
        ("counsel:iris", "counsel:iris"),
        ("nobody we know", "nobody we know"),
    ],
)
def test_officers_take_their_line_with_them(ticked: str, out: str) -> None:
    expected = {ticked} if ticked == "nobody we know" else set(out.split())
    assert conflicts.concerned([ticked], OFFICERS) == expected


def test_circle_in_the_register_ends() -> None:
    circle = (Officer("a", "b"), Officer("b", "a"))
    assert conflicts.concerned(["a"], circle) == {"a", "b"}


@pytest.mark.parametrize(
    ("ticked", "readers", "lead"),
    [
        ([], "iris jude clara max nina", "clara"),
        # No officer reads: their line takes no director out.
        (["ceo"], "iris jude clara max nina", "clara"),
        (["director:clara"], "iris jude max nina", "max"),
        (["director:max"], "iris jude clara nina", "clara"),
        (["counsel:iris"], "jude clara max nina", "clara"),
        (list(COMMITTEE), "iris jude", "iris"),
        ([*COMMITTEE, "counsel:iris"], "jude boris", "boris"),
        (["counsel:iris", "counsel:jude", "director:clara", "director:max"], "nina boris", "nina"),
        # One is left: nobody who was ticked gets a key instead.
        ([r.person for r in READERS[:-1]], "boris", "boris"),
    ],
)
def test_readers_and_lead(ticked: list[str], readers: str, lead: str) -> None:
    found = conflicts.select(READERS, conflicts.concerned(ticked, OFFICERS))
    assert (names(found.readers), found.lead and found.lead.uid) == (readers, lead)
    assert not found.overrides


def test_everybody_ticked_shows_board_chair_and_counsel() -> None:
    found = conflicts.select(READERS, frozenset(reader.person for reader in READERS))
    assert (names(found.readers), found.overrides) == ("iris jude boris", True)


def test_only_counsel_reads_first_where_people_are_named_whom_no_list_names() -> None:
    found = conflicts.select(READERS, frozenset(), counsel_first=True)
    assert (names(found.readers), found.lead) == ("iris jude", IRIS)
    out = frozenset({IRIS.person, JUDE.person})
    assert names(conflicts.select(READERS, out, counsel_first=True).readers) == "clara max nina"


def test_one_counsel_alone_is_joined_by_the_next_in_the_order() -> None:
    one, chair = frozenset({JUDE.person}), frozenset({JUDE.person, CLARA.person})
    assert names(conflicts.select(READERS, one, counsel_first=True).readers) == "iris clara"
    assert names(conflicts.select(READERS, chair, counsel_first=True).readers) == "iris max"


def test_name_is_for_lead_and_counsel() -> None:
    assert conflicts.select(READERS, frozenset()).sees_name == {"iris", "jude", "clara"}
    assert conflicts.select(READERS, frozenset({CLARA.person})).sees_name == {"iris", "jude", "max"}


def every_subset() -> Iterator[tuple[str, ...]]:
    people = [*(r.person for r in READERS), *(o.person for o in OFFICERS)]
    return chain.from_iterable(combinations(people, size) for size in range(len(people) + 1))


def test_every_subset_keeps_who_is_ticked_out_or_says_so_first() -> None:
    for ticked in every_subset():
        out = conflicts.concerned(ticked, OFFICERS)
        found = conflicts.select(READERS, out)
        assert found.lead in found.readers
        if {r.person for r in READERS} <= out:
            assert found.overrides
        else:
            assert not found.overrides
            assert not {r.person for r in found.readers} & out
            left = [r for r in READERS if r.person not in out]
            assert len(found.readers) >= min(2, len(left))


def test_channel_may_open_where_two_readers_are_always_left() -> None:
    assert conflicts.failures(READERS, OFFICERS, COMMITTEE, COMMITTEE) == []


@pytest.mark.parametrize("unproven", ["iris", "jude"])
def test_a_key_that_is_not_proven_is_named(unproven: str) -> None:
    readers = [Reader(r.uid, r.place, r.person, is_proven=r.uid != unproven) for r in READERS[:-1]]
    left = {"iris": "jude", "jude": "iris"}[unproven]
    assert conflicts.failures(readers, OFFICERS, COMMITTEE, COMMITTEE) == [
        Failure(COMMITTEE, (left,))
    ]


def test_two_readers_are_too_few() -> None:
    found = conflicts.failures([IRIS, CLARA], OFFICERS, [], [])
    assert [failure.accused for failure in found] == [(IRIS.person,), (CLARA.person,)]


def test_check_agrees_with_the_enumeration() -> None:
    """For every set of readers with proven keys the check says what trying each accused says."""
    for size in range(len(READERS) + 1):
        for proven in combinations(READERS, size):
            readers = [Reader(r.uid, r.place, r.person, r in proven) for r in READERS]
            groups = [
                (),
                *((p,) for p in [*(r.person for r in READERS), *(o.person for o in OFFICERS)]),
            ]
            failing = {
                group
                for group in [*groups, COMMITTEE]
                if sum(
                    r.is_proven
                    for r in conflicts.select(readers, conflicts.concerned(group, OFFICERS)).readers
                )
                < 2
            }
            found = conflicts.failures(readers, OFFICERS, COMMITTEE, COMMITTEE)
            assert {failure.accused for failure in found} == failing


# Who reads on, after some were taken out or have left. The list names the Board's chair first.
LISTED = (BORIS, NINA, MAX, JUDE, IRIS, CLARA)


@pytest.mark.parametrize(
    ("held", "kept_out", "stay", "join"),
    [
        ("clara max nina", "", "nina max clara", ""),
        ("clara max nina", "clara", "nina max", ""),
        # One is left, or none: the next in the order come in, so that two read.
        ("clara max nina", "clara max", "nina", "jude"),
        ("clara", "clara", "", "jude iris"),
        ("clara", "clara jude iris", "", "nina max"),
        ("clara", "clara jude iris max nina", "", "boris"),
        # Who was taken out does not come in again, also where nobody else is left.
        ("nina", "iris jude clara max boris", "nina", ""),
        ("clara", "iris jude clara max nina boris", "", ""),
    ],
)
def test_who_reads_on(held: str, kept_out: str, stay: str, join: str) -> None:
    held_by, out = frozenset(held.split()), frozenset(kept_out.split())
    found = conflicts.remaining(LISTED, held_by, out)
    assert (names(found.stay), names(found.join)) == (stay, join)
    assert found.readers == (*found.stay, *found.join)
    assert found.is_one is (len(f"{stay} {join}".split()) == 1)


def test_selection_says_who_reads_whether_one_is_enough_and_who_sees_the_name() -> None:
    two, one = conflicts.select((IRIS, MAX), frozenset()), conflicts.select((MAX,), frozenset())
    assert (two.uids, two.is_one) == ({"iris", "max"}, False)
    assert (one.uids, one.is_one, one.sees_name) == ({"max"}, True, {"max"})
    nobody = conflicts.select((), frozenset())
    assert (nobody.lead, nobody.is_one, nobody.sees_name) == (None, True, frozenset())


def test_one_reader_is_too_few_whoever_is_accused() -> None:
    people = [(), (MAX.person,), ("cfo",), ("director:zoe",)]
    found = conflicts.failures((MAX,), (Officer("cfo"),), ["director:zoe"], ())
    left = [("max",), (), ("max",), ("max",)]
    assert found == [Failure(who, by) for who, by in zip(people, left, strict=True)]


def test_readers_without_conflict_are_counted_and_nobody_else() -> None:
    everybody = tuple(reader.person for reader in READERS)
    assert conflicts.failures(READERS, (), (), everybody) == [Failure(everybody, ())]
