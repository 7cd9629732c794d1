"""Reports to the Board and recommendations with their answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from charters.docket import AsOf
from charters.enums import HowDecided
from charters.models import Committee, Decision
from charters.services import record_decision
from committees.tests.factories import a_board
from committees.tests.recording import last_entry
from meetings.enums import Answer, HowReported
from meetings.models import AgendaItem, Meeting, Recommendation
from meetings.reports.board import report_rulings
from meetings.services import board_reports as services
from meetings.services import enter_past_meeting
from meetings.tests.factories import a_body, a_meeting
from records.enums import SystemActor
from records.models import LedgerEntry

pytestmark = pytest.mark.django_db

NOW: dict[str, Any] = {
    "by": SystemActor.OPERATOR,
    "at": datetime(2026, 11, 20, 15, tzinfo=UTC),
}
AUGUST, BOARD_IN_AUGUST = date(2026, 8, 4), date(2026, 8, 6)


def held(body: Committee, on: date) -> Meeting:
    return enter_past_meeting(body, on=on, **NOW)


def refusal_of(act: Callable[[], object]) -> str:
    with pytest.raises(ValidationError) as refused:
        act()
    return " ".join(refused.value.messages)


def decided(on: date = BOARD_IN_AUGUST, body: Committee | None = None) -> Decision:
    return record_decision(
        body or a_board(), decided_on=on, how=HowDecided.MEETING, text="RESOLVED.", **NOW
    )


@pytest.fixture
def meeting() -> Meeting:
    return held(a_body(), AUGUST)


@pytest.fixture
def board_meeting(meeting: Meeting) -> Meeting:
    return held(a_board(), BOARD_IN_AUGUST)


def report(meeting: Meeting, board_meeting: Meeting) -> None:
    services.report_to_board([meeting], board_meeting=board_meeting, how=HowReported.ORALLY, **NOW)


def test_a_report_names_the_meeting_of_the_board(meeting: Meeting, board_meeting: Meeting) -> None:
    report(meeting, board_meeting)
    made = meeting.board_reports.get()
    assert (
        str(made)
        == "Audit Committee meeting of August 4, 2026, reported to the Board on August 6, 2026"
    )
    assert last_entry().action == "meeting.reported_to_board"
    assert "is on record" in refusal_of(lambda: report(meeting, board_meeting))


def test_each_of_two_meetings_of_one_date_carries_its_own_report(
    client_of: Callable[..., Client], secretary: User
) -> None:
    body = a_body()
    morning, evening = (
        enter_past_meeting(body, on=AUGUST, time=time(hour), **NOW) for hour in (9, 18)
    )
    report(morning, held(a_board(), BOARD_IN_AUGUST))
    rulings = report_rulings(AsOf(body, NOW["at"].date()))
    found = {meeting.pk: ruling.reported_on for meeting, ruling in rulings}
    assert found == {morning.pk: BOARD_IN_AUGUST, evening.pk: None}
    page = client_of(secretary).get("/board/report/").content.decode()
    assert "August 4, 2026, 9:00 a.m." in page
    assert "August 4, 2026, 6:00 p.m." in page


def test_a_report_is_made_after_the_meeting_to_a_board_that_met(meeting: Meeting) -> None:
    earlier = held(a_board(), date(2026, 8, 3))
    assert "met before" in refusal_of(lambda: report(meeting, earlier))
    planned = a_meeting(a_board(), on=date(2026, 12, 3), at=NOW["at"])
    assert "not on record as held" in refusal_of(lambda: report(meeting, planned))
    assert "a meeting of the Board" in refusal_of(lambda: report(meeting, meeting))
    assert "does not report to itself" in refusal_of(lambda: report(earlier, earlier))


def recommendation(meeting: Meeting, **given: Any) -> Recommendation:
    return services.recommend(meeting, text="Include the statements in the 10-K.", **NOW, **given)


def answer(made: Recommendation, answer: Answer, **given: Any) -> Recommendation:
    terms = {"answered_on": BOARD_IN_AUGUST} | given
    return services.answer_recommendation(made, answer=answer, **terms, **NOW)


def test_an_acceptance_rests_on_a_decision_of_the_board(meeting: Meeting) -> None:
    made = recommendation(meeting)
    assert made in Recommendation.objects.unanswered(date(2026, 11, 20))
    assert "Choose the decision" in refusal_of(lambda: answer(made, Answer.ACCEPTED))
    committee = decided(body=meeting.body)
    assert "decision of the Board" in refusal_of(
        lambda: answer(made, Answer.ACCEPTED, decision=committee)
    )
    other_day = decided(on=date(2026, 8, 7))
    assert "August 7, 2026" in refusal_of(lambda: answer(made, Answer.ACCEPTED, decision=other_day))
    answered = answer(made, Answer.ACCEPTED, decision=decided())
    assert (answered.answer, answered.answered_on) == (Answer.ACCEPTED, BOARD_IN_AUGUST)
    assert not Recommendation.objects.unanswered(date(2026, 11, 20)).exists()
    assert Recommendation.objects.unanswered(date(2026, 8, 5)).exists()
    assert "on record already" in refusal_of(lambda: answer(made, Answer.REJECTED))


def test_a_change_says_what_changed_and_a_rejection_needs_no_decision(meeting: Meeting) -> None:
    first, second = recommendation(meeting), recommendation(meeting)
    assert "what the Board changed" in refusal_of(
        lambda: answer(first, Answer.CHANGED, decision=decided())
    )
    assert answer(second, Answer.REJECTED, answer_text="The Board asks for more.").decision is None
    assert not LedgerEntry.objects.filter(facts__icontains="asks for more").exists()


@pytest.mark.parametrize(
    ("on", "words"),
    [
        pytest.param(date(2026, 8, 3), "Give a later date", id="before it was made"),
        pytest.param(date(2026, 11, 21), "in the future", id="tomorrow"),
    ],
)
def test_the_board_answers_between_then_and_now(meeting: Meeting, on: date, words: str) -> None:
    made = recommendation(meeting)
    assert words in refusal_of(lambda: answer(made, Answer.REJECTED, answered_on=on))


def test_what_came_of_a_restricted_item_is_restricted(meeting: Meeting, secretary: User) -> None:
    item = AgendaItem.objects.create(
        meeting=meeting, place=1, title="ZEPHYR", restricted_since=AUGUST
    )
    made = recommendation(meeting, item=item)
    seen = Recommendation.objects.visible_to(secretary, on=date(2026, 11, 20))
    assert made in seen
    # Recused later: what came of the item follows it.
    AgendaItem.objects.filter(pk=item.pk).update(restricted_people=frozenset({secretary.pk}))
    assert made not in seen.all()


def test_the_database_keeps_an_acceptance_with_its_decision(meeting: Meeting) -> None:
    made = recommendation(meeting)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.filter(pk=made.pk).update(
            answer=Answer.ACCEPTED, answered_on=BOARD_IN_AUGUST
        )


def test_meetings_reported_already_stand_under_their_own_heading(
    client_of: Callable[..., Client], secretary: User
) -> None:
    committee, board = a_body(), a_board()
    earlier, later = held(committee, AUGUST), held(committee, date(2026, 11, 4))
    met = held(board, BOARD_IN_AUGUST)
    services.report_to_board([earlier], board_meeting=met, how=HowReported.ORALLY, **NOW)
    form = client_of(secretary).get("/board/report/").context["form"]
    choices = form.fields["meetings"].choices
    (first, group) = list(choices)
    assert first[0] == later.pk
    assert (str(group[0]), [key for key, __ in group[1]]) == ("Reported already", [earlier.pk])
    assert form["meetings"].value() == [later.pk]


def test_meetings_reported_already_are_shown_where_there_are_no_others(
    client_of: Callable[..., Client], secretary: User
) -> None:
    earlier, met = held(a_body(), AUGUST), held(a_board(), BOARD_IN_AUGUST)
    services.report_to_board([earlier], board_meeting=met, how=HowReported.ORALLY, **NOW)

    page = client_of(secretary).get("/board/report/").content.decode()
    assert '<details class="choices-group" open>' in page
