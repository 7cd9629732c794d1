"""Who is who: one human being has one key, whatever row or account names them (RULE-40)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from committees.models import Director
from committees.services import officers
from whistleblower import registers
from whistleblower.crypto.roster import Roster
from whistleblower.rules import conflicts
from whistleblower.services import submission
from whistleblower.tests.channels import LONG_AGO, SIGNED, World

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def unlinked(world: World) -> tuple[Roster, str]:
    """The list as it would have been signed before the chair's account was linked."""
    entries = tuple(
        replace(each, person=f"reader-{each.uid}") if each.uid == world.chair.uid else each
        for each in world.roster.entries
    )
    return replace(world.roster, entries=entries), world.person("chair")


def test_reader_whose_account_was_not_linked_is_one_person_on_the_form(world: World) -> None:
    roster, key = unlinked(world)
    found = registers.registers(TODAY)
    shown = [each.key for each in registers.ticks(roster, found)]
    assert key in shown
    assert f"reader-{world.chair.uid}" not in shown


def test_ticking_a_director_takes_out_the_reader_of_that_name(world: World) -> None:
    roster, key = unlinked(world)
    chosen = submission.selection(roster, frozenset({key}), "", TODAY)
    assert world.chair.uid not in chosen.uids


def test_list_names_a_reader_by_name_where_no_account_is_linked(world: World) -> None:
    user = world.chair.user
    director = Director.objects.get(user=user)
    key = registers.director_key(director)
    Director.objects.filter(pk=director.pk).update(user=None)
    assert registers.person_of(user.pk, world.chair.uid, user.name, TODAY) == key
    assert registers.person_of(user.pk, world.chair.uid, "Nobody Known", TODAY) == (
        f"reader-{world.chair.uid}"
    )


def out_of(*ticked: str) -> frozenset[str]:
    return conflicts.concerned(ticked, registers.registers(TODAY).lines)


def key_of(name: str) -> str:
    return next(each.key for each in registers.registers(TODAY).officers if each.name == name)


def successor(world: World, name: str, **more: Any) -> None:
    """The chief executive's row ends, and somebody has the office from then on."""
    since = date(2026, 6, 1)
    officers.end_office(world.officers["chief"], ends_on=date(2026, 5, 31), **SIGNED)
    officers.add_officer(name=name, title="President and CEO", starts_on=since, **more, **SIGNED)


def test_line_to_a_row_that_ended_leads_to_the_same_person_under_another_title(
    world: World,
) -> None:
    successor(world, "Olga Chief")
    out = out_of(key_of("Olga Chief"))
    assert {key_of("Olga Finance"), key_of("Olga Controller")} <= out


def test_line_to_somebody_who_left_leads_to_whom_they_reported_to(world: World) -> None:
    officers.end_office(world.officers["finance"], ends_on=date(2026, 5, 31), **SIGNED)
    assert key_of("Olga Controller") in out_of(key_of("Olga Chief"))


def test_accents_make_no_second_person(world: World) -> None:
    officers.add_officer(name="Ólga Chief", title="Secretary", starts_on=LONG_AGO, **SIGNED)
    named = [each for each in registers.registers(TODAY).officers if "Chief" in each.name]
    assert len(named) == 1
