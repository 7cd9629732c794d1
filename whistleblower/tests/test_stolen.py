"""Who takes the database, the files and the backups, and knows every key of the environment."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

from charter_portal.tests.walking import undone
from whistleblower import opening, registers
from whistleblower.crypto import keys as reader_keys
from whistleblower.crypto import slots
from whistleblower.crypto.sealing import SealBrokenError
from whistleblower.models import (
    REPORTER,
    Case,
    Part,
    ReaderKey,
    RosterList,
    RosterSignature,
    Slot,
)
from whistleblower.rules import conflicts
from whistleblower.services import desk as desks
from whistleblower.services import handling, submission, visits, writing
from whistleblower.tests.channels import NEXT, TODAY, World

pytestmark = pytest.mark.django_db

PLANTED = "Quetzalcoatlus"
NAME = "Xanthippe Zwiebelfisch"


def stored() -> Iterator[bytes]:
    """Every value of every table, and every file of the installation."""
    for model in apps.get_models():
        for row in model._base_manager.values_list():
            for value in row:
                yield bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
    for path in Path(settings.VAR_DIR).rglob("*"):
        if path.is_file():
            yield path.read_bytes()


def test_no_word_and_no_name_is_stored_in_plain(world: World) -> None:
    code = world.send(f"{PLANTED} in the books", name=NAME, others=PLANTED)
    visits.add_message(code, f"More of {PLANTED}", "once", world.roster, on=TODAY)
    desk = world.counsel.desk()
    pk = next(iter(desk.cases))
    seen = writing.read(Case.objects.get(), desks.keys_of(desk, [pk])[pk]).last
    handling.note(desk, pk, text=PLANTED, seen=seen, at=NEXT)
    planted = [text.encode() for word in (PLANTED, NAME, code) for text in (word, word.upper())]
    planted += [b64encode(text) for text in planted] + [text.hex().encode() for text in planted]
    everything = b"\n".join(stored())
    assert [word for word in planted if word in everything] == []


def test_new_password_or_role_opens_no_desk(world: World) -> None:
    world.send()
    user = world.chair.user
    user.set_password("an administrator chose this")
    user.save()
    client = Client()
    client.force_login(user)
    page = client.post("/desk/", {"passphrase": "an administrator chose this"})
    assert "does not open your desk" in page.content.decode()


def test_passphrase_needs_the_desk_key_and_the_sheet_does_not(world: World, settings: Any) -> None:
    settings.DESK_KEY = "another key"
    key = ReaderKey.objects.get(pk=world.chair.uid)
    with pytest.raises(reader_keys.WrongPassphraseError):
        reader_keys.open_seed(key.sealed_seed, world.chair.passphrase, settings.DESK_KEY)
    assert reader_keys.from_sheet(world.chair.sheet).opens.hex() == key.opens
    assert opening.state().reason == "The desk key is not the one in use."


def test_key_written_over_a_readers_is_found_and_sealed_to_by_nobody(world: World) -> None:
    other = reader_keys.ReaderKeys(reader_keys.new_seed())
    ReaderKey.objects.filter(pk=world.chair.uid).update(opens=other.opens.hex())
    with pytest.raises(SealBrokenError):
        world.chair.token()
    world.send()
    assert not any(slots.try_slot(each.sealed, other.private) for each in Slot.objects.all())


def test_list_that_was_rolled_back_is_noticed(world: World) -> None:
    from whistleblower.tests.services.test_who_reads import leave

    leave(world, "member")
    world.counsel.desk()
    RosterSignature.objects.filter(listed=2).delete()
    RosterList.objects.filter(number=2).delete()
    assert world.counsel.desk().seen_newer == 2


@pytest.mark.parametrize("harm", ["changed", "moved", "repeated", "dropped", "another's"])
def test_part_that_was_tampered_with_is_found(world: World, harm: str) -> None:
    code = world.send()
    other = world.send("Another case")
    visits.add_message(code, "More.", "a", world.roster, on=TODAY)
    first = visits.find(code)
    assert first is not None
    parts = list(Part.objects.filter(case=first.case).order_by("number"))
    strangers = list(Part.objects.exclude(case=first.case).order_by("number"))
    if harm == "changed":
        broken = bytearray(parts[0].sealed)
        broken[-1] ^= 1
        Part.objects.filter(pk=parts[0].pk).update(sealed=bytes(broken))
    elif harm == "moved":
        Part.objects.filter(pk=parts[2].pk).update(sealed=parts[3].sealed)
    elif harm == "repeated":
        Part.objects.create(
            case=first.case, number=5, generation=0, on=TODAY, sealed=parts[3].sealed
        )
    elif harm == "dropped":
        parts[1].delete()
    else:
        Part.objects.filter(pk=parts[0].pk).update(sealed=strangers[0].sealed)
    found, broken_cases = desks.open_cases(world.counsel.desk(), at=NEXT)
    assert [each.case for each in broken_cases] == [first.case.pk]
    assert len(found) == 1
    assert visits.find(other)


def test_who_knows_the_code_reads_no_note_of_the_desk(world: World) -> None:
    """A slip of paper and a stolen database: the conversation, and nothing of the desk."""
    code = world.send()
    desk = world.counsel.desk()
    pk = next(iter(desk.cases))
    handling.note(desk, pk, text=PLANTED, seen=3, at=NEXT)
    visit = visits.find(code)
    assert visit is not None
    assert all(keys.desk is None for keys in visit.opened.keys.values())
    assert PLANTED not in str(visit.opened.entries)


def subsets(items: list[str]) -> Iterator[frozenset[str]]:
    every = chain.from_iterable(combinations(items, n) for n in range(len(items) + 1))
    return (frozenset(each) for each in every)


def test_every_subset_of_readers_and_officers_ticked(world: World) -> None:
    """Nobody ticked reads, and two others do or the page has named who would read."""
    roster, found = world.roster, registers.registers(TODAY)
    people = registers.readers_of(roster, found)
    names = [each.person for each in people] + [each.key for each in found.officers]
    fewer = 0
    for ticked in subsets(names):
        out = conflicts.concerned(ticked, found.lines)
        chosen = conflicts.select(people, out)
        reads = {each.person for each in chosen.readers}
        assert reads
        if chosen.overrides:
            assert {each.person for each in people} <= out
        else:
            assert not reads & out
        fewer += len(reads) < 2
    assert fewer > 0
    assert opening.failures(roster, TODAY) == []


def test_keys_open_for_those_who_were_named_and_for_nobody_else(world: World) -> None:
    """Every subset of the readers is ticked, and every key is tried on what is stored."""
    private = {
        each.uid: reader_keys.from_sheet(each.sheet).private for each in world.readers.values()
    }
    person = {each.uid: world.person(name) for name, each in world.readers.items()}
    for ticked in subsets(sorted(person.values())):
        with undone():
            chosen = submission.selection(world.roster, ticked, "", TODAY)
            visit = visits.find(world.send(ticked=ticked))
            assert visit is not None
            rows = Slot.objects.filter(case=visit.case).exclude(reader=REPORTER)
            opens = {
                each.reader for each in rows if slots.try_slot(each.sealed, private[each.reader])
            }
            # The slot of another reader opens with nobody else's key.
            assert not any(
                slots.try_slot(each.sealed, key)
                for each in rows
                for uid, key in private.items()
                if uid != each.reader
            )
            assert opens == chosen.uids
            ticked_open = {uid for uid in opens if person[uid] in ticked}
            if chosen.overrides:
                assert ticked == frozenset(person.values())
            else:
                assert not ticked_open
                assert len(opens) >= 2 or len(ticked) == len(person) - 1


def test_free_text_about_people_goes_to_counsel_alone(world: World) -> None:
    world.send(others="The plant manager")
    assert len(world.counsel.desk().cases) == len(world.colleague.desk().cases) == 1
    assert not world.chair.desk().cases
