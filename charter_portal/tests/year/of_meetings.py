"""Meetings, their minutes, and reports to the Board."""

from __future__ import annotations

from datetime import time

from charter_portal.tests.year.facts import Met, Served
from charter_portal.tests.year.registry import BY_ITEM, act, one
from charter_portal.tests.year.world import World
from charters import services as charters
from charters.enums import HowDecided
from charters.rules.sessions import Group
from meetings import services as meetings
from meetings.enums import HowReported, ItemOutcome, MinutesState
from meetings.models import Meeting, Minutes
from meetings.services.attendance import Attendance, MemberThere
from meetings.services.holding import Held, TakenUp
from meetings.services.sessions import Session


@act
def meet(world: World, pick: int) -> None:
    """Planned, held today, with one item, and concluded; a member may be away."""
    keys = [key for key in BY_ITEM if world.duty(key)]
    key = one(keys, pick)
    meeting = meetings.plan_meeting(world.committee, on=world.today, time=time(9), **world.signed)
    duties = [duty for duty in (world.duty(key or ""),) if duty]
    item = meetings.add_item(meeting, title=f"Matter {pick}", duties=duties, **world.signed)
    members = [world.directors[name] for name in world.sitting()]
    away = pick // 7 % 3
    there = [MemberThere(each, place >= away) for place, each in enumerate(members)]
    taken = TakenUp(item, ItemOutcome.DISCUSSED)
    present = sum(each.was_present for each in there)
    has_quorum = present > len(members) // 2
    presided = next((each.director for each in there if each.was_present), None)
    held = Held(Attendance(there), time(11), presided)
    group = list(Group)[pick % len(Group)]
    meetings.enter_meeting(
        meeting,
        held=held,
        items=[taken] if has_quorum else (),
        sessions=[Session(group, frozenset({group}))] if has_quorum else (),
        **world.signed,
    )
    world.log.met.append(Met(world.today, present, len(members)))
    meetings.conclude_meeting(meeting, **world.signed)
    if key and has_quorum:
        world.log.served.append(Served(key, world.today, world.year_end(world.today)))


@act
def circulate_minutes(world: World, pick: int) -> None:
    """Concluding a meeting has drafted them."""
    if row := one(list(Minutes.objects.filter(state=MinutesState.DRAFT).order_by("pk")), pick):
        meetings.circulate_minutes(row, **world.signed)


@act
def approve_minutes(world: World, pick: int) -> None:
    rows = Minutes.objects.filter(state=MinutesState.CIRCULATED).order_by("pk")
    if row := one(list(rows), pick):
        decision = charters.record_decision(
            world.committee,
            decided_on=world.today,
            how=HowDecided.WRITTEN_CONSENT,
            text=f"RESOLVED, that the minutes {row.pk} are approved.",
            **world.signed,
        )
        meetings.approve_minutes(row, decision=decision, **world.signed)


@act
def report_to_the_board(world: World, pick: int) -> None:
    mine = list(Meeting.objects.of(world.committee).order_by("pk"))
    if not mine:
        return
    board = meetings.plan_meeting(world.board, on=world.today, time=time(15), **world.signed)
    members = [seat.director for seat in world.board.memberships.in_office(world.today)]
    held = Held(Attendance([MemberThere(each) for each in members]), time(17), members[0])
    meetings.enter_meeting(board, held=held, **world.signed)
    meetings.board_reports.report_to_board(
        mine[-1:], board_meeting=board, how=HowReported.ORALLY, **world.signed
    )
