"""The concerns channel, entries of the secretary, and actions."""

from __future__ import annotations

from datetime import timedelta

from charter_portal.tests.year.facts import Served
from charter_portal.tests.year.registry import BY_SECRETARY, act, one, year_served
from charter_portal.tests.year.world import World
from charters import services as charters
from charters.models import Action
from charters.services import actions
from whistleblower.enums import Procedure
from whistleblower.services import procedures


@act
def send_a_concern(world: World, pick: int) -> None:
    world.send_concern()


@act
def look_after_the_channel(world: World, pick: int) -> None:
    year = year_served(world, pick // 2)
    procedure = (Procedure.ADOPTED, Procedure.REVIEWED)[pick % 2]
    procedures.enter(
        world.channel.channel,
        procedure,
        performed_on=world.today,
        serves=year,
        **world.signed,
    )
    for key in ("complaint-procedures", "employee-channel"):
        world.log.served.append(Served(key, world.today, year))


@act
def mark_complete(world: World, pick: int) -> None:
    key = BY_SECRETARY[pick % len(BY_SECRETARY)]
    if duty := world.duty(key):
        year = year_served(world, pick // len(BY_SECRETARY))
        charters.record_completion(duty, performed_on=world.today, serves=year, **world.signed)
        world.log.served.append(Served(key, world.today, year))


@act
def agree_an_action(world: World, pick: int) -> None:
    actions.add_action(
        world.committee,
        what=f"Action {pick}",
        due_on=world.today + timedelta(days=30),
        agreed_on=world.today,
        owner_name="Mona Manager",
        **world.signed,
    )


@act
def do_an_action(world: World, pick: int) -> None:
    if row := one(list(Action.objects.order_by("pk")), pick):
        actions.complete_action(row, done_on=world.today, how="As agreed.", **world.signed)
