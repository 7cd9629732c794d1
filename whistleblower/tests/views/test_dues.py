"""What the desk says is due of a case, in words, and the acts behind RULE-51 and RULE-52."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from meetings.enums import MeetingKind
from meetings.tests.factories import a_meeting
from records import clock
from whistleblower.enums import Category, Country, Ladder, ResponseKind, Status
from whistleblower.models import Case
from whistleblower.services import attorneys, handling
from whistleblower.services import desk as desks
from whistleblower.state import State
from whistleblower.tests.channels import NEXT, World
from whistleblower.tests.views.test_desk import act, at_the_desk
from whistleblower.views import dues

MEETINGS = [date(2026, 11, 9), date(2026, 12, 8)]
RECEIVED = date(2026, 11, 9)
ITALIAN = {
    "status": Status.CLOSED,
    "acknowledged": (RECEIVED,),
    "closed_on": date(2027, 2, 10),
    "outcome_on": date(2027, 2, 10),
    "country": Country.ITALY,
}
ATTORNEY = {"attorney_on": date(2026, 10, 5), "closed_on": date(2026, 11, 1)}


@pytest.mark.parametrize(
    ("given", "today", "said"),
    [
        ({}, "2026-11-16", ["Acknowledge by November 16, 2026."]),
        ({}, "2026-11-17", ["Acknowledgment was due November 16, 2026."]),
        (
            {"acknowledged": (date(2026, 11, 12),)},
            "2026-11-20",
            ["Feedback by February 12, 2027."],
        ),
        # Accounting, controls, auditing: at the next meeting, not at one of the day it arrived.
        ({"category": Category.FRAUD, "closed_on": RECEIVED}, "2026-12-09", []),
        ({"category": Category.AUDITING, "closed_on": RECEIVED}, "2026-12-08", []),
        (
            {"category": Category.AUDITING, "closed_on": RECEIVED},
            "2026-12-09",
            [
                "Not presented to the members at the meeting on December 8, 2026. Accounting, "
                "controls and auditing reach the members at the next meeting."
            ],
        ),
        (
            {
                "category": Category.AUDITING,
                "closed_on": RECEIVED,
                "presented_on": date(2026, 12, 8),
            },
            "2026-12-09",
            [],
        ),
        (
            {"category": Category.AUDITING, "closed_on": RECEIVED, "is_line_test": True},
            "2026-12-09",
            [],
        ),
        # A letter that the desk recorded after a meeting could be presented at the next one only.
        (
            {
                "category": Category.AUDITING,
                "closed_on": RECEIVED,
                "recorded_on": date(2026, 12, 8),
            },
            "2026-12-09",
            [],
        ),
        # Italy: from sixty days before the last date.
        (ITALIAN, "2031-12-11", []),
        (ITALIAN, "2031-12-12", ["The last date of retention is February 10, 2032."]),
        (ITALIAN, "2032-02-10", ["The last date of retention is February 10, 2032."]),
        (ITALIAN, "2032-02-11", ["The last date of retention was February 10, 2032."]),
        # An attorney's report.
        (ATTORNEY, "2026-11-04", ["Respond to the attorney within a reasonable time."]),
        (
            ATTORNEY,
            "2026-11-20",
            [
                "Respond to the attorney within a reasonable time.",
                "The attorney has had no response for 46 days.",
            ],
        ),
        (ATTORNEY | {"responded_on": date(2026, 10, 30)}, "2026-11-20", []),
        (
            ATTORNEY
            | {"responded_on": date(2026, 10, 30), "attorney_again_on": date(2026, 11, 10)},
            "2026-11-20",
            ["Respond to the attorney within a reasonable time."],
        ),
    ],
)
def test_dues(given: dict[str, Any], today: str, said: list[str]) -> None:
    state = State(RECEIVED, {}, **given)
    assert dues.due_of(state, date.fromisoformat(today), MEETINGS) == said


@pytest.mark.django_db
def test_desk_asks_for_a_core_concern_that_the_members_have_not_seen(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = NEXT.replace(month=12, day=10)
    world.send()
    monkeypatch.setattr(clock, "now", lambda: NEXT)
    a_meeting(body=world.channel.committee, on=date(2026, 12, 8))
    client, pk = at_the_desk(world, "chair"), Case.objects.get().pk
    client.post(f"/desk/cases/{pk}/")
    act(client, pk, "category", category="controls", country="us")
    monkeypatch.setattr(clock, "now", lambda: later)
    client = at_the_desk(world, "chair")
    said = "Not presented to the members at the meeting on December 8, 2026."
    assert said in client.get("/desk/").content.decode()
    act(client, pk, "presented", on="2026-12-08")
    assert said not in client.get("/desk/").content.decode()


@pytest.mark.django_db
def test_attorneys_report_is_answered_by_a_dated_response_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NEXT)
    world.send()
    client, pk = at_the_desk(world, "chair"), Case.objects.get().pk
    client.post(f"/desk/cases/{pk}/")
    act(client, pk, "attorney", on="2026-10-05", ladder="straight")
    told = {"on": "2026-10-30", "text": "We have asked the firm."}
    act(client, pk, "response", kind="inquiry", **told)
    assert "No response for 47 days." in page_of(client, pk)
    undated = act(client, pk, "response", kind="response", on="", text="Done.").content.decode()
    assert "This field is required" in undated
    act(client, pk, "response", kind="response", **told)
    assert "Answered after 25 days." in page_of(client, pk)
    act(client, pk, "attorney", on="2026-11-10", ladder="notice")
    assert "No response for 11 days." in page_of(client, pk)


@pytest.mark.django_db
def test_notice_that_nothing_came_back_needs_no_response_on_record(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """17 CFR 205.3(b)(9): the usual notice is that no response came."""
    monkeypatch.setattr(clock, "now", lambda: NEXT)
    world.send()
    client, pk = at_the_desk(world, "chair"), Case.objects.get().pk
    client.post(f"/desk/cases/{pk}/")
    early = act(client, pk, "attorney", on="2026-11-01", ladder="notice").content.decode()
    assert "No report is recorded before this date." in early
    act(client, pk, "attorney", on="2026-10-05", ladder="straight")
    act(client, pk, "attorney", on="2026-11-10", ladder="notice")
    assert "No response for 11 days." in page_of(client, pk)


@pytest.mark.django_db
def test_notice_reopens_what_was_answered_on_the_same_day_and_an_answer_after_it_counts(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NEXT)
    world.send()
    client, pk = at_the_desk(world, "chair"), Case.objects.get().pk
    client.post(f"/desk/cases/{pk}/")
    act(client, pk, "attorney", on="2026-10-05", ladder="up")
    act(client, pk, "response", on="2026-11-10", kind="response", text="It was looked into.")
    assert "Answered after 36 days." in page_of(client, pk)
    act(client, pk, "attorney", on="2026-11-10", ladder="notice")
    assert "No response for 11 days." in page_of(client, pk)
    act(client, pk, "response", on="2026-11-10", kind="response", text="It is remedied.")
    assert "Answered after 0 days." in page_of(client, pk)


@pytest.mark.django_db
def test_first_presentation_counts_and_a_second_does_not_undo_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.send()
    monkeypatch.setattr(clock, "now", lambda: NEXT)
    for on in (date(2026, 12, 8), date(2027, 2, 23)):
        a_meeting(body=world.channel.committee, on=on)
    client, pk = at_the_desk(world, "chair"), Case.objects.get().pk
    client.post(f"/desk/cases/{pk}/")
    act(client, pk, "category", category="controls", country="us")
    monkeypatch.setattr(clock, "now", lambda: NEXT.replace(year=2027, month=3, day=1))
    client = at_the_desk(world, "chair")
    for on in ("2026-12-08", "2027-02-23"):
        act(client, pk, "presented", on=on)
    assert "Not presented to the members" not in client.get("/desk/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [MeetingKind.SPECIAL, MeetingKind.RELEASE_CALL])
def test_only_scheduled_meetings_are_waited_for(world: World, kind: MeetingKind) -> None:
    a_meeting(body=world.channel.committee, on=date(2026, 12, 8), kind=kind)
    a_meeting(body=world.channel.committee, on=date(2026, 12, 9))
    assert dues.meetings_of_the_committee() == [date(2026, 12, 9)]


def page_of(client: Client, pk: str) -> str:
    return client.get(f"/desk/cases/{pk}/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "counts_from"),
    [
        ({"on": "2026-11-09"}, "March 9, 2027"),
        ({"on": "2026-11-21", "known_before": "on", "received_on": "2026-11-20"}, "March 20, 2027"),
    ],
)
def test_date_that_counts_for_an_award_is_a_first_date_and_never_a_bar(
    world: World, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], counts_from: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NEXT)
    world.send()
    client, pk = at_the_desk(world, "chair"), Case.objects.get().pk
    client.post(f"/desk/cases/{pk}/")
    without = {"on": "2026-11-09", "known_before": "on"}
    assert "on which this person learned" in act(client, pk, "award", **without).content.decode()
    act(client, pk, "award", **given)
    page = page_of(client, pk)
    assert f"Counts for an SEC award from {counts_from}." in page
    assert "Nothing limits going to the SEC at any time." in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verb", "given", "said"),
    [
        (handling.present, {"on": date(2026, 11, 22)}, "in the future"),
        (
            attorneys.record_attorney,
            {"on": date(2026, 11, 22), "ladder": Ladder.UP},
            "in the future",
        ),
        (
            attorneys.record_attorney,
            {"on": date(2026, 11, 20), "ladder": Ladder.NOTICE},
            "No report is recorded",
        ),
        (
            attorneys.record_response,
            {"on": date(2026, 11, 20), "kind": ResponseKind.RESPONSE, "text": "Done."},
            "No report is recorded",
        ),
        (
            attorneys.record_award,
            {"on": date(2026, 11, 20), "known_before": True, "received_on": date(2026, 11, 22)},
            "in the future",
        ),
        (
            attorneys.record_award,
            {"on": date(2026, 11, 20), "known_before": True, "received_on": None},
            "Give the date",
        ),
    ],
)
def test_date_that_cannot_be_is_refused(
    world: World, verb: Any, given: dict[str, Any], said: str
) -> None:
    world.send()
    desk, pk = world.chair.desk(), Case.objects.get().pk
    found = desks.open_case(desk, pk, at=NEXT)
    assert found is not None
    with pytest.raises(ValidationError, match=said):
        verb(desk, pk, seen=found.last, at=NEXT, **given)


@pytest.mark.django_db
def test_desk_says_until_when_a_case_is_retained_and_whether_its_deletion_is_approved(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NEXT)
    world.send()
    client, second = at_the_desk(world, "chair"), at_the_desk(world, "member")
    pk = Case.objects.get().pk
    for each in (client, second):
        each.post(f"/desk/cases/{pk}/")
    act(client, pk, "category", category="fraud", country="germany")
    assert f"/desk/cases/{pk}/longer/" not in page_of(client, pk)
    act(client, pk, "close", outcome="no_basis", text="We found nothing.", reason="Nothing.")
    assert f"/desk/cases/{pk}/longer/" in page_of(client, pk)
    assert (
        "The case may not be deleted yet."
        in act(second, pk, "delete", reason="Three years are over soon.").content.decode()
    )
    monkeypatch.setattr(clock, "now", lambda: NEXT.replace(year=2029, month=12, day=1))
    client, second = at_the_desk(world, "chair"), at_the_desk(world, "member")
    for each in (client, second):
        each.post(f"/desk/cases/{pk}/")
    act(second, pk, "delete", reason="Three years are over.")
    assert "Deletion approved. The next nightly run deletes it." in page_of(client, pk)
    act(client, pk, "hold", reason="A letter of the prosecutor came.")
    assert "Under a legal hold since December 1, 2029: nothing is deleted." in page_of(client, pk)
    for each in (client, second):
        act(each, pk, "lift", reason="It was withdrawn.")
    assert "Retained until November 21, 2029." in page_of(client, pk)
    act(second, pk, "delete", reason="Three years are over.")
    act(client, pk, "longer", until="2031-05-01", reason="The lawsuit goes on.")
    page = page_of(client, pk)
    assert "Retained until May 1, 2031 for a recorded reason." in page
    assert "The lawsuit goes on." in page
    assert "Deletion approved. The next nightly run deletes it." not in page
