"""The auditor's folder: minutes and consents, drafts marked, gaps named, restricted parts omitted."""

import io
from collections.abc import Callable
from datetime import date
from zipfile import ZipFile

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from charter_portal.folder.contents import STATEMENT, Entry, entries
from charter_portal.folder.packing import as_table, packed
from charter_portal.tests.reporting import FIRST, LAST, NOW, World, make_world
from meetings.enums import MeetingKind, MeetingState
from meetings.models import AgendaItem, Meeting, Minutes, Paragraph
from records import pdf

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 5)
MADE = {"recorded_at": NOW}
SECRET = "The committee discussed an inquiry."


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    return make_world()


def a_meeting(world: World, on: date) -> Meeting:
    return Meeting.objects.create(
        body=world.committee,
        kind=MeetingKind.REGULAR,
        on=on,
        state=MeetingState.HELD,
        zone="America/New_York",
        changed_at=NOW,
        **MADE,
    )


def found(world: World) -> list[Entry]:
    return entries(world.committee, world.company, FIRST, LAST, TODAY)


def test_draft_is_marked_and_a_gap_is_named(world: World) -> None:
    minutes = Minutes.objects.create(meeting=a_meeting(world, date(2026, 5, 5)), **MADE)
    Paragraph.objects.create(minutes=minutes, place=1, text="The committee met.", **MADE)
    a_meeting(world, date(2026, 8, 4))
    a_meeting(world, date(2027, 2, 2))
    draft, gap = found(world)
    assert draft.state.endswith("Not approved: a summary of actions.")
    assert draft.file_name.endswith("-draft.html")
    assert b"The committee met." in draft.content
    assert (gap.state, gap.file_name) == ("No minutes are on file.", "")


def test_restricted_item_is_a_heading_alone(world: World) -> None:
    meeting = a_meeting(world, date(2026, 5, 5))
    item = AgendaItem.objects.create(
        meeting=meeting,
        number=1,
        title="Inquiry",
        place=1,
        restricted_roles=frozenset({Role.MANAGEMENT}),
        restricted_since=meeting.on,
    )
    minutes = Minutes.objects.create(meeting=meeting, **MADE)
    Paragraph.objects.create(
        minutes=minutes, place=1, item=item, heading="1. Inquiry", text=SECRET, **MADE
    )
    [entry] = found(world)
    assert b"Restricted item" in entry.content
    assert SECRET.encode() not in entry.content
    assert b"Inquiry" not in entry.content


def test_statement_is_the_same_with_and_without_records(world: World) -> None:
    a_meeting(world, date(2026, 8, 4))
    for listed in ([], found(world)):
        content = packed(listed, world.company, FIRST, LAST)
        with ZipFile(io.BytesIO(content)) as archive:
            assert STATEMENT in archive.read("minutes/contents.txt").decode()


def test_no_cell_is_taken_for_a_formula() -> None:
    table = as_table([Entry(FIRST, "=HYPERLINK(1)", "+1", "-1.pdf")])
    assert "'=HYPERLINK(1),'+1,'-1.pdf" in table


def test_secretary_downloads_it_and_a_director_does_not(
    world: World, client_of: Callable[..., Client], secretary: User, member: User
) -> None:
    given = {"first": "2026-01-01", "last": "2026-09-30"}
    answer = client_of(secretary).post("/minutes-folder/", given)
    assert answer["Content-Type"] == "application/zip"
    assert client_of(member).post("/minutes-folder/", given).status_code == 403
    page = client_of(secretary).post("/minutes-folder/", given | {"last": "2025-01-01"})
    assert "ends before it begins" in page.content.decode()
