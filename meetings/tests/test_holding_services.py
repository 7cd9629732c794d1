"""What happened at a meeting, entered afterwards: presence, votes, outcomes, sessions, conclusion."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from charters.models import Action, Decision
from charters.rules.sessions import Group
from charters.rules.voting import Choice
from committees.services import rename_director
from meetings import services
from meetings.enums import ItemKind, ItemOutcome, MeetingState, Removal
from meetings.models import AgendaItem, Recusal, SessionCard, Vote
from meetings.services.attendance import Movement, named
from meetings.services.holding import ActionAgreed, Held, TakenUp
from meetings.services.sessions import Session
from meetings.tests.holding import AFTER, AUGUST, BEFORE, ENTERED, Scene, a_guest, a_scene
from records import ledger
from records.models import LedgerEntry, Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return a_scene()


def stored(item: AgendaItem) -> AgendaItem:
    return AgendaItem.objects.get(pk=item.pk)


def refused(caught: pytest.ExceptionInfo[ValidationError], field: str) -> str:
    return str(caught.value.message_dict[field][0])


def test_all_present_in_favor_makes_a_numbered_resolution(scene: Scene) -> None:
    item = scene.item(recommendation="Approve the audit plan for 2026.")
    meeting = scene.enter(TakenUp(item))
    item, vote = stored(item), Vote.objects.get()
    assert (meeting.state, meeting.presided_by) == (MeetingState.HELD, scene.a)
    assert (item.outcome, item.number) == (ItemOutcome.ADOPTED, 1)
    assert (vote.in_favor, vote.present, vote.needed, vote.ruling.is_adopted) == (3, 3, 2, True)
    assert item.decision is not None
    assert (item.decision.number, item.decision.decided_on) == ("2026-01", AUGUST)
    assert item.decision.text == "Approve the audit plan for 2026."


@pytest.mark.parametrize(
    ("absent", "against", "abstain", "outcome"),
    [
        ("", "", "", ItemOutcome.ADOPTED),
        ("", "b", "", ItemOutcome.ADOPTED),
        ("", "b", "c", ItemOutcome.NOT_ADOPTED),
        ("", "bc", "", ItemOutcome.NOT_ADOPTED),
        ("c", "", "", ItemOutcome.ADOPTED),
        ("c", "", "b", ItemOutcome.NOT_ADOPTED),
    ],
    ids=[
        "3 yes",
        "2 yes 1 no",
        "1 yes 1 no 1 abstain",
        "1 yes 2 no",
        "2 of 3 yes",
        "2 of 3: 1 yes",
    ],
)
def test_majority_is_of_those_present(
    scene: Scene, absent: str, against: str, abstain: str, outcome: ItemOutcome
) -> None:
    item = scene.item()
    choices = {getattr(scene, name): Choice.AGAINST for name in against}
    choices |= {getattr(scene, name): Choice.ABSTAIN for name in abstain}
    scene.enter(TakenUp(item, choices=choices), absent=tuple(getattr(scene, n) for n in absent))
    assert stored(item).outcome == outcome
    assert Decision.objects.count() == (outcome is ItemOutcome.ADOPTED)


def test_vote_without_quorum_is_refused_with_its_reason(scene: Scene) -> None:
    """Two leave before the third item: one of three is left in the room."""
    first, last = scene.item("Open"), scene.item("Approve the fee")
    gone = Movement(leaves=last)
    held = Held(scene.there(b=gone, c=gone))
    with pytest.raises(ValidationError) as caught:
        scene.enter(TakenUp(first), TakenUp(last), held=held)
    assert refused(caught, named("outcome", last)) == (
        "No quorum: 2 of 3 needed; 1 was present. The vote is void. "
        "Record what was discussed, or say that the item was not taken up."
    )
    assert not Vote.objects.exists()
    scene.enter(TakenUp(first), TakenUp(last, ItemOutcome.DISCUSSED), held=held)
    assert stored(last).outcome == ItemOutcome.DISCUSSED


def test_member_who_returns_counts_again(scene: Scene) -> None:
    one, two, three = scene.item("One"), scene.item("Two"), scene.item("Three")
    held = Held(scene.there(c=Movement(leaves=two, returns=three)))
    scene.enter(TakenUp(one), TakenUp(two), TakenUp(three), held=held)
    counts = [vote.present for vote in Vote.objects.all()]
    assert counts == [3, 2, 3]


def test_nobody_leaves_before_they_arrive(scene: Scene) -> None:
    one, two = scene.item("One"), scene.item("Two")
    held = Held(scene.there(b=Movement(arrives=two, leaves=one)))
    with pytest.raises(ValidationError) as caught:
        scene.enter(held=held)
    assert "Nobody leaves before they arrive" in refused(caught, named("leaves", scene.b))


def test_vote_of_somebody_who_was_not_in_the_room_is_refused(scene: Scene) -> None:
    item = scene.item()
    with pytest.raises(ValidationError) as caught:
        scene.enter(TakenUp(item, choices={scene.c: Choice.AGAINST}), absent=(scene.c,))
    field = f"{named('vote', item)}_{scene.c.pk}"
    assert refused(caught, field) == "Cid C was not in the room for this item."


@pytest.mark.parametrize(
    ("stays", "absent", "present", "outcome"),
    [
        (False, False, 2, ItemOutcome.ADOPTED),
        (True, False, 3, ItemOutcome.ADOPTED),
        (True, True, 2, ItemOutcome.NOT_ADOPTED),
    ],
    ids=["leaves", "stays", "stays and one is absent: 1 of 2"],
)
def test_recused_member_counts_where_they_stay(
    scene: Scene, stays: bool, absent: bool, present: int, outcome: ItemOutcome
) -> None:
    item = scene.item()
    scene.enter(TakenUp(item, recused={scene.b: stays}), absent=(scene.c,) if absent else ())
    vote = Vote.objects.get()
    assert (vote.present, vote.recused, stored(item).outcome) == (present, int(stays), outcome)


def test_two_of_three_recused_and_gone_leave_no_quorum(scene: Scene) -> None:
    item = scene.item()
    with pytest.raises(ValidationError, match="No quorum"):
        scene.enter(TakenUp(item, recused={scene.b: False, scene.c: False}))
    assert not Recusal.objects.exists()


def test_lines_for_consent_are_voted_on_once_and_a_recusal_takes_its_line_out(
    scene: Scene,
) -> None:
    lines = [scene.item(f"Line {n}", in_consent_group=True) for n in range(4)]
    scene.enter(*(TakenUp(line) for line in lines[:3]), TakenUp(lines[3], recused={scene.c: False}))
    votes = list(Vote.objects.order_by("pk"))
    assert [vote.items.count() for vote in votes] == [3, 1]
    numbers = {stored(line).decision.number for line in lines}  # type: ignore[union-attr]
    assert numbers == {"2026-01", "2026-02", "2026-03", "2026-04"}
    assert [stored(line).in_consent_group for line in lines] == [True, True, True, False]


def test_resolutions_for_consent_are_numbered_as_the_agenda_has_them(scene: Scene) -> None:
    lines = [scene.item(f"Line {n}", in_consent_group=n != 1) for n in range(3)]
    scene.enter(*(TakenUp(line) for line in reversed(lines)))
    numbers = [stored(line).decision.number for line in lines]  # type: ignore[union-attr]
    assert numbers == ["2026-01", "2026-03", "2026-02"]


def test_meeting_without_quorum_is_recorded_as_such(scene: Scene) -> None:
    item = scene.item()
    meeting = scene.enter(TakenUp(item, ItemOutcome.NOT_TAKEN_UP), absent=(scene.b, scene.c))
    assert meeting.state == MeetingState.WITHOUT_QUORUM
    assert meeting.attendees.members().count() == 3


def test_meeting_ahead_is_not_entered(scene: Scene) -> None:
    with pytest.raises(ValidationError, match="This meeting is in the future"):
        scene.enter(at=BEFORE)


def test_outcomes_may_come_in_parts(scene: Scene) -> None:
    one, two = scene.item("One"), scene.item("Two")
    scene.enter(TakenUp(one))
    services.enter_meeting(scene.meeting, items=[TakenUp(two)], **ENTERED)
    with pytest.raises(ValidationError, match="is on record"):
        services.enter_meeting(scene.meeting, items=[TakenUp(two)], **ENTERED)


def test_meeting_is_not_concluded_while_an_item_has_no_outcome(scene: Scene) -> None:
    one, two = scene.item("One"), scene.item("Two")
    scene.enter(TakenUp(one))
    with pytest.raises(ValidationError) as caught:
        services.conclude_meeting(scene.meeting, **ENTERED)
    assert caught.value.messages == ["“2. Two” has no outcome yet."]
    services.enter_meeting(scene.meeting, items=[TakenUp(two)], **ENTERED)
    assert services.conclude_meeting(scene.meeting, **ENTERED).concluded_at == AFTER


def test_recused_secretary_is_told_only_that_somebody_else_enters_an_item(
    scene: Scene, secretary: User
) -> None:
    item = scene.item("ZEPHYR")
    services.recuse(item, user=secretary, **ENTERED)
    scene.enter(by=secretary)
    with pytest.raises(ValidationError) as caught:
        services.conclude_meeting(scene.meeting, by=secretary, at=AFTER)
    [said] = caught.value.messages
    assert said.startswith("A restricted item still needs its outcome.")
    with pytest.raises(ValidationError, match="recused"):
        services.enter_meeting(scene.meeting, items=[TakenUp(item)], by=secretary, at=AFTER)
    services.enter_meeting(scene.meeting, items=[TakenUp(item)], **ENTERED)
    assert services.conclude_meeting(scene.meeting, by=secretary, at=AFTER).concluded_at
    decision = Decision.objects.get()
    assert decision.restricted_people == {secretary.pk}


def test_recusal_is_recorded_before_the_vote(scene: Scene) -> None:
    item = scene.item()
    scene.enter(TakenUp(item))
    with pytest.raises(ValidationError, match="has its outcome already"):
        services.recuse(item, director=scene.b, **ENTERED)


def test_account_given_to_a_recused_director_later_sees_nothing_of_it(
    scene: Scene, member: User
) -> None:
    item = scene.item("ZEPHYR")
    services.recuse(item, director=scene.b, **ENTERED)
    scene.enter(TakenUp(item))
    services.conclude_meeting(scene.meeting, **ENTERED)
    rename_director(scene.b, name="Bob B", sort_name="", user=member, **ENTERED)
    item.refresh_from_db()
    assert item.restriction.bars(member, on=AFTER.date())
    assert item.decision.restriction.bars(member, on=AFTER.date())
    assert ledger.verify().sound


def test_person_is_recused_once(scene: Scene, secretary: User) -> None:
    item = scene.item()
    services.recuse(item, user=secretary, **ENTERED)
    with pytest.raises(ValidationError, match="recused from the item already"):
        services.recuse(item, user=secretary, **ENTERED)


def test_chair_is_asked_for_a_substitute_where_nobody_is_left(secretary: User, chair: User) -> None:
    scene = a_scene(chair)
    from committees.services import designate_chair

    designate_chair(scene.a.memberships.get(), starts_on=AUGUST.replace(month=1), **ENTERED)
    services.recuse(scene.item(), user=secretary, **ENTERED)
    assert [notice.recipient for notice in Notice.objects.filter(kind="meetings.substitute")] == [
        chair
    ]


def test_action_agreed_under_an_item_is_recorded_with_its_source(scene: Scene) -> None:
    from datetime import date

    item = scene.item()
    agreed = ActionAgreed("Send the forecast", date(2026, 9, 1), owner_name="Controller")
    scene.enter(TakenUp(item, actions=[agreed]))
    action = Action.objects.get()
    assert action.source == "Audit Committee meeting of August 4, 2026, 1. Approve the plan"
    assert action.agreed_on == AUGUST


def test_action_of_a_restricted_item_is_refused(scene: Scene, secretary: User) -> None:
    from datetime import date

    item = scene.item()
    services.recuse(item, user=secretary, **ENTERED)
    agreed = ActionAgreed("ZEPHYR", date(2026, 9, 1), owner_name="Controller")
    with pytest.raises(ValidationError) as caught:
        scene.enter(TakenUp(item, actions=[agreed]))
    assert "This item is restricted" in refused(caught, named("action", item))


@pytest.mark.parametrize(
    ("present", "counts"),
    [
        ({Group.EXTERNAL_AUDITOR}, True),
        ({Group.EXTERNAL_AUDITOR, Group.MANAGEMENT}, False),
    ],
    ids=["alone", "with management there"],
)
def test_session_counts_if_nobody_of_another_group_was_there(
    scene: Scene, present: set[Group], counts: bool
) -> None:
    session = Session(Group.EXTERNAL_AUDITOR, frozenset(present), "Quality of the close")
    scene.enter(sessions=[session])
    card = SessionCard.objects.get()
    assert (card.as_rule().counts, card.as_rule().on) == (counts, AUGUST)
    entry = LedgerEntry.objects.get(action="session.recorded")
    assert "Quality" not in str(entry.facts)


def test_guests_are_kept_by_name(scene: Scene) -> None:
    from meetings.services.attendance import Attendance

    there = scene.there()
    guest = a_guest(group=Group.EXTERNAL_AUDITOR)
    scene.enter(held=Held(Attendance(there.members, [guest])))
    [row] = scene.meeting.attendees.guests()
    assert (str(row), row.capacity, row.group) == ("Dora D", "audit partner", "external_auditor")


def test_attendance_is_corrected_and_votes_stay_as_they_were_counted(scene: Scene) -> None:
    item = scene.item()
    scene.enter(TakenUp(item))
    services.correct_attendance(scene.meeting, scene.there(scene.b, scene.c), **ENTERED)
    assert Vote.objects.get().present == 3
    assert scene.meeting.attendees.filter(was_present=False).count() == 2


def test_attendance_corrected_below_a_quorum_is_no_meeting_and_back(scene: Scene) -> None:
    scene.enter()
    for absent, state in (
        ((scene.b, scene.c), MeetingState.WITHOUT_QUORUM),
        ((scene.c,), MeetingState.HELD),
    ):
        services.correct_attendance(scene.meeting, scene.there(*absent), **ENTERED)
        scene.meeting.refresh_from_db()
        assert scene.meeting.state == state
        last = LedgerEntry.objects.order_by("sequence").last()
        assert last.facts["quorum"] is (state == MeetingState.HELD)


def test_item_discussed_serves_what_is_named(scene: Scene) -> None:
    item = scene.item(kind=ItemKind.DISCUSS)
    scene.enter(TakenUp(item, ItemOutcome.DISCUSSED))
    assert (stored(item).outcome, stored(item).decision) == (ItemOutcome.DISCUSSED, None)


def test_item_with_its_outcome_is_not_changed_moved_or_removed(scene: Scene) -> None:
    item, other = scene.item("One"), scene.item("Two")
    scene.enter(TakenUp(item))
    for act in (
        lambda: services.change_item(item, title="Other", **ENTERED),
        lambda: services.move_item(item, place=2, **ENTERED),
        lambda: services.remove_item(item, removal=Removal.WITHDRAWN, reason="x", **ENTERED),
    ):
        with pytest.raises(ValidationError, match="outcome of this item is on record"):
            act()
    with pytest.raises(ValidationError, match="The order is not changed any more"):
        services.move_item(other, place=1, **ENTERED)


def test_substitute_prepares_the_item_of_a_recused_secretary(
    scene: Scene, secretary: User, secretary_in_management: User
) -> None:
    item = scene.item()
    services.recuse(item, user=secretary, **ENTERED)
    assert stored(item).preparer == secretary_in_management


@pytest.mark.parametrize("absent", ["", "bc"], ids=["held", "no quorum"])
def test_who_presided_and_the_time_of_adjournment_are_in_the_ledger(
    scene: Scene, absent: str
) -> None:
    scene.enter(absent=tuple(getattr(scene, name) for name in absent))
    facts = LedgerEntry.objects.get(action="attendance.recorded").facts
    assert facts["presided_by"] == facts["present"][0]
    assert facts["adjourned_at"].startswith("2026-08-04T")


def test_meeting_entered_afterwards_is_one_line_of_the_activity_log(
    scene: Scene, secretary: User, client_of: Callable[..., Client]
) -> None:
    item, other = scene.item(), scene.item("Hear management")
    taken = [TakenUp(item, ItemOutcome.DISCUSSED), TakenUp(other, ItemOutcome.DISCUSSED)]
    services.enter_meeting(scene.meeting, held=Held(scene.there()), items=taken, **ENTERED)
    line, *_earlier = client_of(secretary).get("/ledger/").context["shown"]
    assert line.lead.label == ledger.label(scene.meeting)
    assert len(line.others) > 1
