"""Stepping aside, taking out, giving, leaving: who opens what, and what the tables show."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from accounts.tests.personas import make_person
from whistleblower.crypto import roster as rosters
from whistleblower.crypto.keys import WrongPassphraseError
from whistleblower.enums import ReaderRole
from whistleblower.models import ReaderKey, Slot
from whistleblower.services import desk as desks
from whistleblower.services import handling, holders, readers, visits
from whistleblower.services.remaining import NobodyLeftError
from whistleblower.services.writing import OpenCase
from whistleblower.tests.channels import (
    APPROVED,
    NEXT,
    TODAY,
    Reader,
    World,
    a_reader,
    world_role,
)

pytestmark = pytest.mark.django_db


def case(world: World, name: str) -> OpenCase:
    (found,) = desks.open_cases(world.readers[name].desk(), at=NEXT)[0]
    return found


def holds(world: World, name: str) -> bool:
    return bool(desks.open_cases(world.readers[name].desk(), at=NEXT)[0])


def test_who_steps_aside_opens_nothing_any_more(world: World) -> None:
    code = world.send(name="Rosa")
    desk, found = world.chair.desk(), case(world, "chair")
    holders.step_aside(desk, found.case.pk, seen=found.last, at=NEXT)
    assert desks.open_case(desk, found.case.pk, at=NEXT) is None
    assert not holds(world, "chair")
    assert case(world, "member").state.lead == world.member.uid
    visits.add_message(code, "More.", "once", world.roster, on=TODAY)
    assert case(world, "counsel").entries[-1].data == {"text": "More."}


def test_new_lead_opens_the_name_where_one_who_knows_it_gives_the_lead(world: World) -> None:
    world.send(name="Rosa")
    found = case(world, "counsel")
    desk = world.counsel.desk()
    given: dict[str, Any] = {"lead": world.member.uid, "reason": "The chair is away.", "at": NEXT}
    holders.set_lead(desk, found.case.pk, seen=found.last, **given)
    assert read_names(world, "member") == (("Rosa",), 0)


def read_names(world: World, name: str) -> tuple[tuple[str, ...], int]:
    """What a reader's keys open of the names, and how many they do not."""
    pk = case(world, name).case.pk
    names = handling.read_name(world.readers[name].desk(), pk, reason="To call back.", at=NEXT)
    return names.read, names.for_others


def lead_to(world: World, name: str, by: str) -> None:
    """A reader asks that another one, or the same, leads."""
    found, desk = case(world, by), world.readers[by].desk()
    given: dict[str, Any] = {"lead": world.readers[name].uid, "reason": "Knows the plant."}
    holders.set_lead(desk, found.case.pk, seen=found.last, at=NEXT, **given)


def test_reader_does_not_get_the_name_by_taking_the_lead_alone(world: World) -> None:
    code = world.send(name="")
    lead_to(world, "member", by="member")
    assert case(world, "chair").state.lead == world.chair.uid
    visits.add_name(code, "Rosa", "once", world.roster, on=TODAY)
    pk = case(world, "chair").case.pk
    with pytest.raises(PermissionError):
        handling.read_name(world.member.desk(), pk, reason="Curious", at=NEXT)
    with pytest.raises(ValidationError, match="You proposed this"):
        lead_to(world, "member", by="member")
    assert case(world, "chair").state.lead == world.chair.uid


@pytest.mark.parametrize("second", ["second", "chair", "counsel"])
def test_lead_that_a_reader_proposed_changes_when_a_second_one_agrees(
    world: World, second: str
) -> None:
    world.send()
    lead_to(world, "member", by="member")
    lead_to(world, "member", by=second)
    state = case(world, "member").state
    assert state.lead == world.member.uid
    assert world.member.uid in state.named
    assert not state.leading


def test_names_open_that_were_given_while_a_reader_led(world: World) -> None:
    """Two readers without the name change the lead, so that nobody hands on what was given before."""
    code = world.send(name="Rosa")
    lead_to(world, "member", by="member")
    lead_to(world, "member", by="second")
    with pytest.raises(PermissionError):
        read_names(world, "member")
    visits.add_name(code, "Rosa, extension 12", "once", world.roster, on=TODAY)
    assert read_names(world, "member") == (("Rosa, extension 12",), 1)
    assert read_names(world, "chair") == (("Rosa",), 1)
    assert read_names(world, "counsel") == (("Rosa", "Rosa, extension 12"), 0)
    with pytest.raises(PermissionError):
        read_names(world, "second")
    # The lead who gives it back hands on the later name and takes the earlier one from nobody.
    lead_to(world, "chair", by="member")
    assert read_names(world, "chair") == (("Rosa", "Rosa, extension 12"), 0)


def test_lead_proposed_by_a_reader_who_left_the_case_is_over(world: World) -> None:
    world.send()
    lead_to(world, "member", by="second")
    found = case(world, "second")
    holders.step_aside(world.second.desk(), found.case.pk, seen=found.last, at=NEXT)
    lead_to(world, "member", by="member")
    assert case(world, "member").state.lead == world.chair.uid


def test_counsel_takes_a_reader_out_at_once(world: World) -> None:
    world.send()
    found = case(world, "counsel")
    holders.propose_removal(
        world.counsel.desk(),
        found.case.pk,
        reader=world.member.uid,
        reason="Signed the invoices.",
        seen=found.last,
        at=NEXT,
    )
    assert not holds(world, "member")
    assert holds(world, "chair")


def test_reader_takes_another_out_with_a_second_reader_and_unseen(world: World) -> None:
    world.send()
    found, desk = case(world, "chair"), world.chair.desk()
    given: dict[str, Any] = {"reader": world.member.uid, "reason": "Signed them.", "at": NEXT}
    holders.propose_removal(desk, found.case.pk, seen=found.last, **given)
    assert holds(world, "member")
    assert holders.proposals(world.member.desk(), case(world, "member")) == []
    for name in ("chair", "second"):
        (proposal,) = holders.proposals(world.readers[name].desk(), case(world, name))
        assert (proposal.reader, proposal.reason) == (world.member.uid, "Signed them.")
    with pytest.raises(ValidationError, match="A second reader"):
        holders.confirm_removal(
            desk, found.case.pk, place=proposal.place, seen=case(world, "chair").last, at=NEXT
        )
    holders.confirm_removal(
        world.second.desk(),
        found.case.pk,
        place=proposal.place,
        seen=case(world, "second").last,
        at=NEXT,
    )
    assert not holds(world, "member")


def test_proposal_overtakes_no_form_of_the_reader_whom_it_concerns(world: World) -> None:
    """Neither a refusal nor a number tells that reader that something was written."""
    world.send()
    before = case(world, "member")
    given: dict[str, Any] = {"reader": world.member.uid, "reason": "Signed them.", "at": NEXT}
    desk = world.chair.desk()
    holders.propose_removal(desk, before.case.pk, seen=before.last, **given)
    assert case(world, "member").last == before.last
    text = "I have looked at the invoices."
    handling.note(world.member.desk(), before.case.pk, text=text, seen=before.last, at=NEXT)
    assert case(world, "chair").entries[-1].data["text"] == text


def test_case_is_given_back_by_counsel_at_once(world: World) -> None:
    world.send(ticked=frozenset({world.person("member")}))
    found = case(world, "counsel")
    given: dict[str, Any] = {"reader": world.member.uid, "reason": "A wrong tick.", "at": NEXT}
    holders.give(world.counsel.desk(), found.case.pk, seen=found.last, **given)
    assert case(world, "member").state.report["texts"]["what"]


def test_case_is_given_back_by_two_readers_where_counsel_is_marked_too(world: World) -> None:
    world.send(ticked=frozenset(map(world.person, ("member", "counsel", "colleague"))))
    given: dict[str, Any] = {"reader": world.member.uid, "reason": "A wrong tick.", "at": NEXT}

    def give(name: str) -> None:
        found = case(world, name)
        holders.give(world.readers[name].desk(), found.case.pk, seen=found.last, **given)

    give("chair")
    assert not holds(world, "member")
    with pytest.raises(ValidationError, match="You proposed this"):
        give("chair")
    give("second")
    assert case(world, "member").state.report["texts"]["what"]
    # What was agreed is used up.
    found = case(world, "member")
    holders.step_aside(world.member.desk(), found.case.pk, seen=found.last, at=NEXT)
    give("second")
    assert not holds(world, "member")


def test_sole_reader_gives_the_case_on_first(world: World) -> None:
    ticked = frozenset(world.person(n) for n in ("chair", "member", "second", "colleague"))
    world.send(ticked=ticked)
    found, desk = case(world, "counsel"), world.counsel.desk()
    assert set(found.state.holders) == {world.counsel.uid, world.board_chair.uid}
    holders.step_aside(world.board_chair.desk(), found.case.pk, seen=found.last, at=NEXT)
    found = case(world, "counsel")
    with pytest.raises(ValidationError, match=r"only reader.*Propose a list with a new reader"):
        holders.step_aside(desk, found.case.pk, seen=found.last, at=NEXT)
    new = join(world, "Nora Newcounsel")
    given: dict[str, Any] = {"reader": new.uid, "reason": "Not concerned.", "at": NEXT}
    desk = world.counsel.desk()
    holders.give(desk, found.case.pk, seen=found.last, **given)
    holders.step_aside(desk, found.case.pk, seen=case(world, "counsel").last, at=NEXT)
    assert not holds(world, "counsel")
    assert desks.open_cases(new.desk(), at=NEXT)[0]


def test_removal_that_nobody_could_confirm_says_who_is_given_the_case_first(world: World) -> None:
    but_two = [n for n in world.readers if n not in ("chair", "member", "board_chair")]
    world.send(ticked=frozenset(world.person(name) for name in but_two))
    found, desk = case(world, "chair"), world.chair.desk()
    given: dict[str, Any] = {"reader": world.member.uid, "reason": "Signed them.", "at": NEXT}
    with pytest.raises(ValidationError, match=r"Give the case to Bob Boardman first"):
        holders.propose_removal(desk, found.case.pk, seen=found.last, **given)


def test_two_readers_remain_while_there_is_somebody_to_give_the_case_to(world: World) -> None:
    world.send(others="A foreman in the yard")
    found, desk = case(world, "counsel"), world.counsel.desk()
    assert set(found.state.holders) == {world.counsel.uid, world.colleague.uid}
    given: dict[str, Any] = {"seen": found.last, "at": NEXT}
    with pytest.raises(ValidationError, match=r"next on the list is Clara Chairwell\."):
        holders.step_aside(desk, found.case.pk, **given)
    with pytest.raises(ValidationError, match="Fewer than two readers"):
        holders.propose_removal(
            desk, found.case.pk, reader=world.colleague.uid, reason="Knows the foreman.", **given
        )
    holders.give(desk, found.case.pk, reader=world.chair.uid, reason="Not concerned.", **given)
    holders.step_aside(desk, found.case.pk, seen=case(world, "colleague").last, at=NEXT)
    assert [holds(world, name) for name in ("counsel", "colleague", "chair")] == [False, True, True]


def test_reporter_takes_a_reader_out_who_then_reads_nothing(world: World) -> None:
    code = world.send(name="Rosa")
    desk = world.chair.desk()
    pk = case(world, "chair").case.pk
    out = frozenset({world.chair.uid})
    visits.add_message(code, "It was the chair.", "once", world.roster, out=out, on=TODAY)
    assert desks.open_case(desk, pk, at=NEXT) is None
    assert not holds(world, "chair")
    found = case(world, "member")
    assert found.entries[-1].data == {"text": "It was the chair."}
    assert found.state.lead == world.member.uid
    assert world.chair.uid not in found.state.holders
    given: dict[str, Any] = {"reader": world.chair.uid, "reason": "Trusted.", "at": NEXT}
    holders.give(world.member.desk(), pk, seen=found.last, **given)
    assert not holds(world, "chair")


def test_reporter_leaves_somebody_to_read(world: World) -> None:
    code = world.send()
    everybody = world.roster.uids
    with pytest.raises(NobodyLeftError):
        visits.add_message(code, "All of them.", "o", world.roster, out=everybody, on=TODAY)
    with pytest.raises(NobodyLeftError):
        visits.add_message(code, "The chair.", "o", None, out=frozenset("x"), on=TODAY)
    assert len(case(world, "chair").entries) == 3


@pytest.mark.parametrize("writer", ["reporter", "reader"])
def test_what_is_written_after_a_reader_left_does_not_open_with_the_old_key(
    world: World, writer: str
) -> None:
    code = world.send()
    old = world.member.desk()
    before = {row.pk: bytes(row.sealed) for row in Slot.objects.filter(reader=old.uid)}
    leave(world, "member")
    if writer == "reporter":
        visits.add_message(code, "After you left.", "once", world.roster, on=TODAY)
    else:
        found = case(world, "chair")
        text = "After you left."
        handling.note(world.chair.desk(), found.case.pk, text=text, seen=found.last, at=NEXT)
    newest = case(world, "chair").entries[-1]
    assert newest.generation == 1
    assert newest.data["text"] == "After you left."
    assert {row.pk for row in Slot.objects.filter(reader=old.uid)} == before.keys()
    assert not Slot.objects.filter(reader=old.uid, generation=1).exists()


def leave(world: World, name: str) -> None:
    """A reader leaves the list; two others whom it does not concern sign."""
    chosen = [
        (key, world_role(world, key.uid))
        for key in readers.keys_that_may_be_listed()
        if key.uid != world.readers[name].uid
    ]
    by = world.chair
    listed = readers.propose_list(by.desk(), chosen, APPROVED, by=by.user, at=NEXT)
    for signer in ("chair", "counsel"):
        reader = world.readers[signer]
        digest = rosters.digest_of(listed.text)
        readers.sign_list(reader.desk(), digest=digest, by=reader.user, at=NEXT)
    assert ReaderKey.objects.get(pk=world.readers[name].uid).ended_on == NEXT.date()


def join(world: World, name: str) -> Reader:
    """A new reader is signed onto the list."""
    new = a_reader(make_person(name, Role.INDEPENDENT_COUNSEL), ReaderRole.COUNSEL, at=NEXT)
    world.readers["new"] = new
    sign_again(world)
    return new


def sign_again(world: World) -> None:
    """A list of everybody who has a key by now, signed by the chair and a member."""
    chosen = [(key, world_role(world, key.uid)) for key in readers.keys_that_may_be_listed()]
    by = world.chair
    listed = readers.propose_list(by.desk(), chosen, APPROVED, by=by.user, at=NEXT)
    for signer in (world.chair, world.second):
        digest = rosters.digest_of(listed.text)
        readers.sign_list(signer.desk(), digest=digest, by=signer.user, at=NEXT)


def test_who_lost_passphrase_and_sheet_makes_a_new_key(world: World) -> None:
    user = world.member.user
    world.send()
    readers.give_up_key(user, at=NEXT)
    with pytest.raises(WrongPassphraseError):
        world.member.desk()
    made = a_reader(user, world.member.role, at=NEXT)
    assert made.uid != world.member.uid
    assert desks.open_cases(made.desk(), at=NEXT) == ([], [])


def test_one_signature_does_not_change_the_list(world: World) -> None:
    chosen = [(key, world_role(world, key.uid)) for key in readers.keys_that_may_be_listed()][:3]
    by = world.chair
    listed = readers.propose_list(by.desk(), chosen, APPROVED, by=by.user, at=NEXT)
    digest = rosters.digest_of(listed.text)
    readers.sign_list(by.desk(), digest=digest, by=by.user, at=NEXT)
    assert world.roster.number == 1
