"""Attendance of a fiscal year: RULE-48 on what was recorded, and the file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from charters.models import Committee
from committees.models import Director
from committees.tests.factories import a_board, a_director
from meetings.models import Attendee
from meetings.reports.attendance import Grid, as_csv, grid
from meetings.services import enter_past_meeting
from meetings.tests.factories import a_body
from records.enums import SystemActor
from records.models import Company

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
NOW: dict[str, Any] = {
    "by": SystemActor.OPERATOR,
    "at": datetime(2026, 11, 20, 15, tzinfo=UTC),
}
JANUARY = date(2026, 1, 5)


def attended(body: Committee, director: Director, were_there: Sequence[bool], first: date) -> None:
    """Meetings on consecutive days."""
    for number, was_present in enumerate(were_there):
        meeting = enter_past_meeting(body, on=first + timedelta(days=number), **NOW)
        Attendee.objects.create(
            meeting=meeting,
            director=director,
            served=True,
            was_present=was_present,
            recorded_at=NOW["at"],
        )


def found() -> Grid:
    return grid(Company.objects.get().calendar.year_of(TODAY), TODAY)


@pytest.mark.parametrize(
    ("board", "committee", "is_named"),
    [
        pytest.param(5, 4, False, id="9 of 12 is 75 percent: not named"),
        pytest.param(5, 3, True, id="8 of 12: named"),
        pytest.param(6, 6, False, id="all"),
        pytest.param(0, 0, True, id="none"),
    ],
)
def test_board_and_committee_meetings_count_together(
    board: int, committee: int, is_named: bool
) -> None:
    body, director = a_body(), a_director()
    attended(a_board(), director, [n < board for n in range(6)], JANUARY)
    attended(body, director, [n < committee for n in range(6)], date(2026, 2, 2))
    [line] = found().directors
    assert (line.attended, line.held, line.is_named) == (board + committee, 12, is_named)


def test_a_meeting_without_a_record_of_who_attended_counts_for_nobody() -> None:
    body, director = a_body(), a_director()
    attended(body, director, [True], JANUARY)
    enter_past_meeting(body, on=date(2026, 8, 4), **NOW)
    result = found()
    assert [line.held for line in result.directors] == [1]
    assert [line.on for line in result.unrecorded] == [date(2026, 8, 4)]


def test_a_name_is_no_formula_in_a_spreadsheet() -> None:
    attended(a_body(), a_director("=HYPERLINK(1)"), [True], JANUARY)
    assert as_csv(found()).splitlines()[1].split(",")[2] == "'=HYPERLINK(1)"


def test_page_and_file_show_the_year(secretary: User, client_of: Callable[..., Client]) -> None:
    attended(a_body(), a_director(), [True, False], JANUARY)
    with time_machine.travel(NOW["at"], tick=False):
        client = client_of(secretary)
        page = client.get("/attendance/FY2026/").content.decode()
        file = client.get("/attendance/FY2026/file/")
        assert client.get("/attendance/FY1999/").status_code == 404
    assert "Attended fewer than 75 percent" in page
    assert "Ngozi Okafor" in page
    assert file["Content-Disposition"] == 'attachment; filename="attendance-FY2026.csv"'
    assert file.content.decode("utf-8-sig").count("Ngozi Okafor") == 2


def test_grid_takes_as_many_queries_for_ten_meetings_as_for_one() -> None:
    body, director = a_body(), a_director()
    attended(body, director, [True], JANUARY)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            found()
        return len(asked)

    one = queries()
    attended(body, director, [True] * 9, date(2026, 2, 2))
    assert queries() == one
