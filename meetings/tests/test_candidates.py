"""What an agenda could hold, and what becomes of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from accounts.models import User
from charters.registry import AGENDA, AgendaProposal, AgendaSource
from charters.services import actions
from charters.tests.charters import Stage, set_the_stage
from committees.tests.factories import a_board, a_director, a_seat
from meetings import services
from meetings.agenda_templates import Template
from meetings.candidates import Candidate, candidates
from meetings.enums import ItemKind, ItemOutcome, ItemSource, MeetingKind, Removal
from meetings.models import AgendaItem, Meeting
from meetings.services.attendance import Attendance, MemberThere
from meetings.services.holding import Held, TakenUp
from meetings.tests.factories import AT, NINE, SIGNED, a_meeting, a_paper, an_item
from records.enums import SystemActor

pytestmark = pytest.mark.django_db

TODAY = AT.date()
NOVEMBER, FEBRUARY = date(2026, 11, 4), date(2027, 2, 24)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


@pytest.fixture
def meeting(stage: Stage) -> Meeting:
    return a_meeting(stage.committee, on=NOVEMBER)


def found(meeting: Meeting, reader: User, *sources: ItemSource) -> list[Candidate]:
    wanted = sources or tuple(ItemSource)
    every = candidates(meeting, reader, TODAY, Template.REGULAR)
    return [each for each in every if each.source in wanted]


def titles(meeting: Meeting, reader: User, *sources: ItemSource) -> list[str]:
    return [each.title for each in found(meeting, reader, *sources)]


def test_responsibilities_that_fall_due_before_the_next_meeting(
    stage: Stage, meeting: Meeting, secretary: User
) -> None:
    stage.duty(title="Review the plan", due_month=12)
    stage.duty(title="Review the statements", due_month=3, in_force_from=date(2027, 1, 1))
    stage.complete(stage.duty(title="Done", due_month=12), date(2026, 9, 1))
    assert titles(meeting, secretary, ItemSource.DUTY) == ["Review the plan"]
    a_meeting(stage.committee, on=date(2026, 12, 2))
    assert titles(meeting, secretary, ItemSource.DUTY) == []


def test_each_says_why_and_until_when_it_can_wait(
    stage: Stage, meeting: Meeting, secretary: User
) -> None:
    duty = stage.duty(title="Review the plan", due_month=12)
    (each,) = found(meeting, secretary, ItemSource.DUTY)
    assert (each.because, each.until) == ("R-2, due December 31, 2026.", date(2026, 12, 31))
    assert (each.duties, each.serves_year) == ((duty,), date(2026, 12, 31))


def test_what_another_meeting_ahead_took_is_not_proposed(
    stage: Stage, meeting: Meeting, secretary: User
) -> None:
    stage.duty(title="Review the plan", due_month=12)
    special = a_meeting(stage.committee, on=date(2026, 12, 2), kind=MeetingKind.SPECIAL)
    assert titles(special, secretary, ItemSource.DUTY) == ["Review the plan"]
    services.take(meeting, found(meeting, secretary, ItemSource.DUTY), **SIGNED)
    assert titles(special, secretary, ItemSource.DUTY) == []


def test_proposals_of_other_apps(stage: Stage, meeting: Meeting, secretary: User) -> None:
    proposal = AgendaProposal("Tax service", "Asked for on September 30.", None, url="/x/1/")
    with AGENDA.temporarily(AgendaSource("letters.proposed", lambda as_of: [proposal])):
        assert titles(meeting, secretary, ItemSource.PROPOSAL) == ["Tax service"]
        services.take(meeting, found(meeting, secretary, ItemSource.PROPOSAL), **SIGNED)
        assert titles(meeting, secretary, ItemSource.PROPOSAL) == []


def test_open_action_is_one_line_until_it_is_done(
    stage: Stage, meeting: Meeting, secretary: User
) -> None:
    action = actions.add_action(
        stage.committee,
        what="Send the cash forecast",
        owner_name="The treasurer",
        due_on=date(2026, 12, 1),
        agreed_on=date(2026, 8, 4),
        **SIGNED,
    )
    (each,) = found(meeting, secretary, ItemSource.ACTION)
    assert each.because == "Open action of The treasurer, due December 1, 2026."
    assert each.in_consent_group
    actions.complete_action(action, done_on=TODAY, how="Sent.", **SIGNED)
    assert titles(meeting, secretary, ItemSource.ACTION) == []


def test_concerns_are_on_every_agenda(meeting: Meeting, secretary: User) -> None:
    for template in Template:
        every = candidates(meeting, secretary, TODAY, template)
        assert [each.title for each in every if each.source == ItemSource.FIXED] == ["Concerns"]


def test_board_is_not_offered_the_committees_fixed_item(stage: Stage, secretary: User) -> None:
    meeting_of_the_board = a_meeting(a_board(), on=NOVEMBER)
    every = candidates(meeting_of_the_board, secretary, TODAY, Template.REGULAR)
    assert [each.title for each in every if each.source == ItemSource.FIXED] == []


def test_taken_items_stand_in_the_order_of_a_meeting(
    stage: Stage, meeting: Meeting, secretary: User
) -> None:
    stage.duty(title="Review the plan", due_month=12)
    services.take(meeting, found(meeting, secretary), **SIGNED)
    kinds = [ItemKind(item.kind) for item in meeting.items.all()]
    assert meeting.items.first().title == "Review the plan"
    assert kinds[-2:] == [ItemKind.EXECUTIVE_SESSION] * 2
    assert titles(meeting, secretary) == []


def test_deferred_item_returns_with_what_was_prepared(
    stage: Stage, meeting: Meeting, secretary: User
) -> None:
    item = an_item(meeting, "Tax policy", ask="Adopt the policy?", recommendation="Yes.")
    paper = a_paper(item)
    services.remove_item(item, removal=Removal.DEFERRED, reason="Draft is late", **SIGNED)
    later = a_meeting(stage.committee, on=FEBRUARY)
    (each,) = found(later, secretary, ItemSource.CARRIED)
    assert each.because == "Deferred from the meeting of November 4, 2026."
    (carried,) = services.take(later, [each], **SIGNED)
    assert (carried.carried_from, carried.ask) == (item, "Adopt the policy?")
    assert [each.document for each in carried.papers.all()] == [paper.document]
    assert found(later, secretary, ItemSource.CARRIED) == []


def test_recusals_go_with_a_deferred_item(stage: Stage, meeting: Meeting, secretary: User) -> None:
    item = an_item(meeting, "Lease")
    stayed, left = a_director("Ann A"), a_director("Bob B")
    services.recuse(item, director=stayed, stays=True, **SIGNED)
    services.recuse(item, director=left, **SIGNED)
    services.remove_item(item, removal=Removal.DEFERRED, reason="Draft is late", **SIGNED)
    later = a_meeting(stage.committee, on=FEBRUARY)
    (carried,) = services.take(later, found(later, secretary, ItemSource.CARRIED), **SIGNED)
    kept = {row.director: row.stays for row in carried.recusals.all()}
    assert kept == {stayed: True, left: False}


def test_items_of_a_canceled_meeting_return_once(
    stage: Stage, meeting: Meeting, secretary: User
) -> None:
    stage.duty(title="Review the plan", due_month=12)
    services.take(meeting, found(meeting, secretary, ItemSource.DUTY), **SIGNED)
    services.cancel_meeting(meeting, reason="No quorum was expected", **SIGNED)
    later = a_meeting(stage.committee, on=date(2026, 11, 18))
    (each,) = found(later, secretary, ItemSource.CARRIED, ItemSource.DUTY)
    assert each.source == ItemSource.CARRIED
    assert each.until == date(2026, 12, 31)
    services.take(later, [each], **SIGNED)
    assert found(later, secretary, ItemSource.CARRIED, ItemSource.DUTY) == []
    assert AgendaItem.objects.get(meeting=meeting).carried_to.meeting == later


def test_restricted_item_is_carried_whoever_builds_the_agenda(
    stage: Stage, meeting: Meeting, secretary: User, secretary_in_management: User
) -> None:
    """Whoever may not see it takes it as a restricted item, and is offered its matter no other way."""
    item = an_item(
        meeting,
        "ZEPHYR",
        source=ItemSource.PROPOSAL,
        source_key="proposal:letters:/letters/1/",
        ask="ZEPHYR?",
        because="ZEPHYR",
    )
    director = a_director("Ann A")
    services.recuse(item, director=director, stays=True, **SIGNED)
    services.recuse(item, user=secretary, **SIGNED)
    services.remove_item(item, removal=Removal.DEFERRED, reason="ZEPHYR", **SIGNED)
    later = a_meeting(stage.committee, on=FEBRUARY, time=NINE)
    (seen,) = found(later, secretary_in_management, ItemSource.CARRIED)
    assert seen.title == "ZEPHYR"
    (each,) = found(later, secretary, ItemSource.CARRIED)
    assert "ZEPHYR" not in repr(replace(each, carried_from=None))
    assert "letters" not in each.key
    assert each.matter == seen.matter == "proposal:letters:/letters/1/"
    (carried,) = services.take(later, [each], **SIGNED)
    assert (carried.title, carried.ask) == ("ZEPHYR", "ZEPHYR?")
    assert carried.source_key == item.source_key
    assert carried.restricted_people == {secretary.pk}
    assert {(row.director, row.user) for row in carried.recusals.all()} == {
        (director, None),
        (None, secretary),
    }
    assert found(later, secretary, ItemSource.CARRIED) == []


def test_item_that_was_not_taken_up_returns_with_its_recusals(
    stage: Stage, meeting: Meeting, secretary: User
) -> None:
    item = an_item(meeting, "Review the policy", ask="Adopt it?")
    director = a_director("Ann A")
    a_seat(director, stage.committee)
    services.recuse(item, director=director, **SIGNED)
    after = datetime.combine(meeting.on, NINE, UTC) + timedelta(days=1)
    entered: dict[str, Any] = {"by": SystemActor.OPERATOR, "at": after}
    held = Held(Attendance([MemberThere(director)]))
    # A session is asked for by its responsibility, at each meeting again.
    session = an_item(meeting, "Session with management", kind=ItemKind.EXECUTIVE_SESSION)
    items = [TakenUp(each, ItemOutcome.NOT_TAKEN_UP) for each in (item, session)]
    services.enter_meeting(meeting, held=held, items=items, **entered)
    later = a_meeting(stage.committee, on=FEBRUARY, time=NINE)
    assert titles(later, secretary, ItemSource.CARRIED) == []
    services.conclude_meeting(meeting, **entered)
    (each,) = found(later, secretary, ItemSource.CARRIED)
    assert each.because == "Not taken up at the meeting of November 4, 2026."
    (carried,) = services.take(later, [each], **SIGNED)
    assert (carried.title, carried.ask) == ("Review the policy", "Adopt it?")
    assert [row.director for row in carried.recusals.all()] == [director]
