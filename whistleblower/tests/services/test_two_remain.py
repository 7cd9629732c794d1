"""Two readers remain, whomever the reporter takes out, with the report and later: every subset."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from whistleblower.crypto import slots
from whistleblower.enums import EntryKind, ReaderRole
from whistleblower.models import Case, Slot
from whistleblower.services import desk as desks
from whistleblower.services import handling, holders, keeping, readers, remaining, visits
from whistleblower.services.desk import Desk
from whistleblower.services.remaining import NobodyLeftError, ReadersChangedError
from whistleblower.services.writing import OpenCase
from whistleblower.tests.channels import NEXT, TEXT, TODAY, World, a_reader
from whistleblower.tests.services.test_who_reads import case, read_names, sign_again

pytestmark = pytest.mark.django_db
NAMES = ("counsel", "colleague", "chair", "member", "second", "board_chair")
SUBSETS = list(chain.from_iterable(combinations(NAMES, size) for size in range(len(NAMES) + 1)))


def opened(opens: dict[str, Desk], generation: int) -> set[str]:
    """Whose private key opens a slot of the only case, tried on every row of the generation."""
    rows = [bytes(each.sealed) for each in Slot.objects.filter(generation=generation)]
    return {
        name
        for name, desk in opens.items()
        if any(slots.try_slot(row, desk.keys.private) for row in rows)
    }


def all_desks(world: World) -> dict[str, Desk]:
    """Opened once: an opening is slow by design."""
    return {name: world.readers[name].desk() for name in NAMES}


def holding(desk: Desk) -> Desk:
    """The same desk, opened after the only case came."""
    return replace(desk, cases=frozenset(Case.objects.values_list("pk", flat=True)))


def uids(world: World, names: Any) -> frozenset[str]:
    return frozenset(world.readers[name].uid for name in names)


def fresh() -> None:
    for each in Case.objects.all():
        each.slots.all().delete()
        each.parts.all().delete()
        each.delete()


def test_report_is_read_by_two_whomever_the_reporter_marks(world: World) -> None:
    opens = all_desks(world)
    for marked in SUBSETS:
        left = [name for name in NAMES if name not in marked]
        regular = [name for name in left if name != "board_chair"]
        expected = regular if len(regular) >= 2 else left
        # Everybody is marked: these two offices, as the page says before.
        expected = expected or ["counsel", "colleague", "board_chair"]
        world.send(ticked=frozenset(map(world.person, marked)))
        assert opened(opens, 0) == set(expected), marked
        assert len(expected) >= 2 or len(left) == 1
        fresh()


def test_message_is_read_by_two_whomever_the_reporter_takes_out(world: World) -> None:
    opens = all_desks(world)
    for out in SUBSETS:
        code = world.send(name="Rosa")
        pk = Case.objects.get().pk
        note = {"text": "Ask the yard.", "seen": 3, "at": NEXT}
        handling.note(holding(opens["chair"]), pk, **note)
        regular = [name for name in NAMES if name not in out and name != "board_chair"]
        comes_in = ["board_chair"] if len(regular) < 2 and "board_chair" not in out else []
        expected = set(regular + comes_in)
        before = Slot.objects.count()
        try:
            gone = uids(world, out)
            visits.add_message(code, "They knew.", "once", world.roster, out=gone, on=TODAY)
        except NobodyLeftError:
            assert not expected
            assert Slot.objects.count() == before
            fresh()
            continue
        newest = max(Slot.objects.values_list("generation", flat=True))
        assert opened(opens, newest) == expected, out
        assert not opened(opens, 0) & set(out), out
        assert len(expected) >= 2 or len(set(NAMES) - set(out)) == 1
        for name in expected:
            is_new = name in comes_in
            found = desks.open_case(holding(opens[name]), pk, at=NEXT)
            assert found is not None
            kinds = [each.kind for each in found.entries]
            assert {EntryKind.REPORT, EntryKind.MESSAGE} <= set(kinds)
            assert (EntryKind.NOTE in kinds) is not is_new
        fresh()


def counsel_first(world: World, **given: Any) -> str:
    """Two of counsel read, for the report concerns somebody on no list."""
    return world.send(others="A foreman in the yard", **given)


def left_after(world: World, code: str, out: frozenset[str]) -> list[str]:
    visit = visits.find(code)
    assert visit is not None
    left = remaining.after(visit.opened, world.roster, out, TODAY)
    names = {each.uid: name for name, each in world.readers.items()}
    return [names[each.uid] for each in left.readers]


def test_next_in_the_order_come_in_and_read_all_but_the_notes(world: World) -> None:
    code = counsel_first(world, name="Rosa")
    found = case(world, "counsel")
    note = {"text": "Privileged.", "seen": found.last, "at": NEXT}
    handling.note(world.counsel.desk(), found.case.pk, **note)
    out = uids(world, ("counsel", "colleague"))
    assert left_after(world, code, out) == ["chair", "member"]
    visits.add_message(code, "Counsel knew.", "once", world.roster, out=out, on=TODAY)
    for name in ("chair", "member"):
        state = case(world, name).state
        assert state.is_partial
        assert state.lead == world.chair.uid
        assert state.report["texts"]["what"] == TEXT
    # The lead opens the name that was given before; nobody else does.
    assert read_names(world, "chair") == (("Rosa",), 0)
    with pytest.raises(PermissionError):
        read_names(world, "member")
    told = [each.data.get("text") for each in case(world, "member").entries]
    assert "Counsel knew." in told
    assert "Privileged." not in told
    for name in ("counsel", "colleague", "second"):
        assert not desks.open_cases(world.readers[name].desk(), at=NEXT)[0]


def test_case_whose_notes_open_for_nobody_is_held_until_two_readers_lift_it(world: World) -> None:
    code = counsel_first(world)
    found = case(world, "counsel")
    hold = {"reason": "A subpoena.", "seen": found.last, "at": NEXT}
    keeping.hold(world.counsel.desk(), found.case.pk, **hold)
    out = uids(world, ("counsel", "colleague"))
    visits.add_message(code, "Counsel knew.", "once", world.roster, out=out, on=TODAY)
    for name in ("chair", "chair", "member"):
        found = case(world, name)
        assert found.state.is_held
        given = {"reason": "No hold is known.", "seen": found.last, "at": NEXT}
        desk = world.readers[name].desk()
        if found.state.lifting and name == "chair":
            with pytest.raises(ValidationError, match="second reader"):
                keeping.lift_hold(desk, found.case.pk, **given)
        else:
            keeping.lift_hold(desk, found.case.pk, **given)
    assert not case(world, "chair").state.is_held


def give_notes(world: World, by: str, to: str) -> None:
    found = case(world, by)
    given = {"reader": world.readers[to].uid, "reason": "Not concerned.", "at": NEXT}
    holders.give(world.readers[by].desk(), found.case.pk, seen=found.last, **given)


def one_of_counsel_left(world: World) -> OpenCase:
    """A case with a note: of two in counsel's office the reporter took the lead out, and the chair
    came in, who leads."""
    code = counsel_first(world, name="Rosa")
    found = case(world, "colleague")
    if found.state.lead == world.colleague.uid:
        both = world.readers
        both["counsel"], both["colleague"] = both["colleague"], both["counsel"]
    note = {"text": "Privileged.", "seen": found.last, "at": NEXT}
    handling.note(world.colleague.desk(), found.case.pk, **note)
    out = uids(world, ["counsel"])
    visits.add_message(code, "Iris knew.", "once", world.roster, out=out, on=TODAY)
    return case(world, "chair")


def test_reader_who_has_the_notes_gives_them(world: World) -> None:
    found = one_of_counsel_left(world)
    assert found.state.is_partial
    assert not case(world, "colleague").state.is_partial
    with pytest.raises(ValidationError, match="do not open for you"):
        give_notes(world, "chair", "chair")
    give_notes(world, "colleague", "chair")
    state = case(world, "chair").state
    assert not state.is_partial
    assert not state.joined
    assert not state.is_held
    assert "Privileged." in [each.data.get("text") for each in case(world, "chair").entries]
    assert read_names(world, "chair") == (("Rosa",), 0)


def test_who_came_in_gives_a_third_reader_what_they_have(world: World) -> None:
    one_of_counsel_left(world)
    give_notes(world, "chair", "member")
    found = case(world, "member")
    assert found.state.is_partial
    assert found.state.report["texts"]["what"] == TEXT


def test_who_stepped_aside_or_was_taken_out_does_not_come_in(world: World) -> None:
    code = world.send(ticked=frozenset([world.person("board_chair")]))
    found = case(world, "chair")
    holders.step_aside(world.chair.desk(), found.case.pk, seen=found.last, at=NEXT)
    visits.add_message(code, "A", "a", world.roster, out=uids(world, ["counsel"]), on=TODAY)
    out = uids(world, ("colleague", "member"))
    assert left_after(world, code, out) == ["second"]
    visits.add_message(code, "B", "b", world.roster, out=out, on=TODAY)
    assert case(world, "second").state.holders == (world.second.uid,)


def test_new_key_does_not_let_a_reader_in_who_was_taken_out(world: World) -> None:
    code = world.send()
    visits.add_message(code, "A", "a", world.roster, out=uids(world, ["member"]), on=TODAY)
    old = world.member
    readers.give_up_key(old.user, at=NEXT)
    world.readers["member"] = a_reader(old.user, ReaderRole.MEMBER, at=NEXT)
    assert world.member.uid != old.uid
    sign_again(world)
    out = uids(world, ("counsel", "colleague", "chair", "second"))
    assert left_after(world, code, out) == ["board_chair"]


def test_message_is_not_sent_to_others_than_the_page_named(world: World) -> None:
    code = world.send()
    given: dict[str, Any] = {"named": uids(world, ["chair"]), "on": TODAY}
    with pytest.raises(ReadersChangedError):
        visits.add_message(code, "A", "a", world.roster, **given)
    assert len(case(world, "chair").entries) == 3


def test_tables_do_not_tell_who_came_in(world: World) -> None:
    shapes = set()
    for out in (("counsel",), ("counsel", "colleague"), ("colleague", "chair")):
        code = counsel_first(world)
        visits.add_message(code, "A", "a", world.roster, out=uids(world, out), on=TODAY)
        rows = Slot.objects.values_list("generation", "reader", "sealed")
        shapes.add(tuple(sorted((number, uid, len(sealed)) for number, uid, sealed in rows)))
        fresh()
    assert len(shapes) == 1
