"""A Board whose number of seats is not on record: asked for, kept out of minutes, counted later."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from charters.answers import Ask
from committees.tests.factories import a_board, a_seat
from meetings import services
from meetings.enums import MeetingState, MinutesState
from meetings.models import Meeting, Minutes
from meetings.reports.minutes import attendance
from meetings.reports.recording import recording_of
from meetings.services import consents
from meetings.tests.factories import SIGNED
from meetings.tests.holding import AFTER, AUGUST, ENTERED
from meetings.tests.test_body_rules import OCTOBER, Boardroom
from meetings.tests.test_consent_services import BY, SENT, Body, at
from records.models import LedgerEntry

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
MAY = date(2026, 5, 1)


@pytest.fixture
def room() -> Boardroom:
    return Boardroom()


def state() -> str:
    return Meeting.objects.get().state


def test_seats_entered_later_prove_that_there_was_no_quorum_and_corrected_that_there_was(
    room: Boardroom,
) -> None:
    room.enter(3)
    assert state() == MeetingState.HELD
    rules = services.set_body_rules(room.board, seats=7, effective_on=MAY, **ENTERED)
    assert state() == MeetingState.WITHOUT_QUORUM
    assert LedgerEntry.objects.get(action="meeting.quorum_counted").facts["quorum"] is False
    services.correct_body_rules(rules, seats=5, **ENTERED)
    assert state() == MeetingState.HELD
    services.correct_body_rules(rules, notice_days=2, notice_citation="Bylaws, s. 3", **ENTERED)
    assert LedgerEntry.objects.filter(action="meeting.quorum_counted").count() == 2


def test_seats_from_a_later_date_leave_the_meeting_as_it_is(room: Boardroom) -> None:
    room.enter(3)
    services.set_body_rules(room.board, seats=7, effective_on=OCTOBER, **ENTERED)
    assert state() == MeetingState.HELD


def test_the_secretary_is_asked_for_the_number_until_it_is_on_record(
    room: Boardroom, client_of: ClientOf, secretary: User
) -> None:
    room.enter(4)

    def asked() -> list[Ask]:
        with time_machine.travel(AFTER, tick=False):
            shown = client_of(secretary).get("/").context["asks"]
        return [ask for ask in shown if "had a quorum" in ask.sentence]

    [ask] = asked()
    assert ask.url == f"/meetings/rules/{room.board.pk}/?from=2026-08-04"
    assert "effective on or before August 4, 2026" in ask.because
    services.set_body_rules(room.board, seats=7, effective_on=AUGUST, **ENTERED)
    assert asked() == []


def test_minutes_leave_the_quorum_out_and_are_not_drafted_or_circulated_without_it(
    room: Boardroom,
) -> None:
    meeting = room.enter(4)
    assert "quorum" not in attendance(recording_of(meeting))
    words = "on August 4, 2026 is not on record, so the minutes cannot say"
    with pytest.raises(ValidationError, match=words):
        services.conclude_meeting(meeting, **ENTERED)
    rules = services.set_body_rules(room.board, seats=7, effective_on=MAY, **ENTERED)
    meeting = services.conclude_meeting(meeting, **ENTERED)
    minutes = Minutes.objects.get()
    services.correct_body_rules(rules, seats=None, **ENTERED)
    with pytest.raises(ValidationError, match=words):
        services.circulate_minutes(minutes, **ENTERED)
    services.correct_body_rules(rules, seats=7, **ENTERED)
    assert services.circulate_minutes(minutes, **ENTERED).state == MinutesState.CIRCULATED


def test_the_form_for_a_past_date_holds_what_was_in_effect_then(
    room: Boardroom, client_of: ClientOf, secretary: User
) -> None:
    notice = {"notice_days": 5, "notice_citation": "Bylaws, s. 3.5"}
    services.set_body_rules(room.board, seats=9, effective_on=OCTOBER, **notice, **SIGNED)
    path, client = f"/meetings/rules/{room.board.pk}/", client_of(secretary)
    initial = client.get(f"{path}?from=2026-08-04").context["form"].initial
    assert initial["effective_on"] == AUGUST
    assert (initial["seats"], initial["notice_days"], initial["notice_citation"]) == (
        None,
        None,
        "",
    )
    for asked in ("", "?from=", "?from=2026-13-40", "?from=x"):
        assert client.get(path + asked).context["form"].initial["effective_on"] > AUGUST


def test_an_entry_from_that_very_date_is_corrected(
    room: Boardroom, client_of: ClientOf, secretary: User
) -> None:
    rules = services.set_body_rules(room.board, effective_on=AUGUST, **SIGNED)
    page = client_of(secretary).get(f"/meetings/rules/{room.board.pk}/?from=2026-08-04")
    assert page.url == reverse("body_rules_correct", args=[rules.pk])


def test_a_consent_that_needs_the_number_leads_to_the_form_for_its_date(
    client_of: ClientOf, secretary: User
) -> None:
    body = Body()
    board = a_board()
    for name in "ABC":
        a_seat(body.directors[name], board)
    rules = services.set_body_rules(board, seats=3, effective_on=MAY, by=BY, at=SENT)
    terms = {"title": "Engagement of counsel", "text": "RESOLVED, that counsel is engaged."}
    consent = consents.prepare_consent(board, **terms, by=BY, at=SENT)
    consents.send_consent(consent, by=BY, at=SENT)
    services.correct_body_rules(rules, seats=None, by=BY, at=SENT)
    body.on_paper(consent, "ABC", date(2026, 11, 23), at(11, 24))
    with time_machine.travel(at(11, 25), tick=False):
        page = client_of(secretary).get(consent.get_absolute_url())
    shown = [page.context["first"], *page.context["acts"]]
    [url] = [link.url for link in shown if link.label == "Record number of seats"]
    assert url == f"/meetings/rules/{board.pk}/?from=2026-11-23"
    assert "effective on or before November 23, 2026" in page.content.decode()


def test_another_date_fills_in_the_rules_of_that_date_but_for_what_was_typed(
    room: Boardroom, client_of: ClientOf, secretary: User
) -> None:
    early = {"seats": 7, "notice_days": 3, "notice_citation": "Bylaws, s. 3.5"}
    services.set_body_rules(room.board, effective_on=date(2025, 1, 1), **early, **SIGNED)
    services.set_body_rules(room.board, effective_on=OCTOBER, seats=9, notice_days=5, **SIGNED)
    path, client = f"/meetings/rules/{room.board.pk}/", client_of(secretary)
    form = client.get(path).context["form"]
    given = {name: form[name].value() for name in form.fields}
    given = {name: value for name, value in given.items() if value not in (None, False)}
    assert (given["seats"], given["notice_days"]) == (9, 5)

    typed = given | {"effective_on": "2026-08-04", "consents_citation": "Bylaws, s. 4"}
    again = client.post(path, typed)
    form = again.context["form"]
    assert "Other rules were in effect on August 4, 2026." in form.errors["effective_on"][0]
    shown = {name: str(form[name].value() or "") for name in form.fields}
    assert (shown["seats"], shown["notice_days"]) == ("7", "3")
    assert shown["consents_citation"] == "Bylaws, s. 4"
    assert shown["effective_on"] == "2026-08-04"

    shown = {name: value for name, value in shown.items() if value not in ("", "False")}
    assert client.post(path, shown).status_code == 302
    rules = room.board.meeting_rules.get(effective_on=AUGUST)
    assert (rules.seats, rules.notice_days, rules.consents_citation) == (7, 3, "Bylaws, s. 4")
