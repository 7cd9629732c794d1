"""RULE-39, RULE-51 and RULE-52, as a lawyer reads them."""

from datetime import date

import pytest

from whistleblower.enums import Category
from whistleblower.rules import deadlines
from whistleblower.rules.deadlines import AttorneyReport


@pytest.mark.parametrize(
    ("received", "acknowledged", "acknowledge_by", "feedback_by"),
    [
        # Received Monday, November 9, 2026.
        ("2026-11-09", [], "2026-11-16", "2027-02-16"),
        ("2026-11-09", ["2026-11-12"], "2026-11-16", "2027-02-12"),
        # A second acknowledgment moves nothing.
        ("2026-11-09", ["2026-11-12", "2026-12-01"], "2026-11-16", "2027-02-12"),
        ("2026-11-09", ["2026-12-01", "2026-11-12"], "2026-11-16", "2027-02-12"),
        # Acknowledged late: three months from that date.
        ("2026-11-09", ["2026-11-20"], "2026-11-16", "2027-02-20"),
        # Three months from the end of a longer month.
        ("2026-11-23", ["2026-11-30"], "2026-11-30", "2027-02-28"),
        ("2027-11-23", ["2027-11-30"], "2027-11-30", "2028-02-29"),
        ("2026-03-31", ["2026-03-31"], "2026-04-07", "2026-06-30"),
        ("2026-05-31", ["2026-05-31"], "2026-06-07", "2026-08-31"),
        ("2027-11-29", ["2027-11-29"], "2027-12-06", "2028-02-29"),
        ("2028-02-29", ["2028-02-29"], "2028-03-07", "2028-05-29"),
        # Over the end of a year and of February.
        ("2026-12-31", [], "2027-01-07", "2027-04-07"),
        ("2028-02-22", [], "2028-02-29", "2028-05-29"),
        ("2027-02-22", [], "2027-03-01", "2027-06-01"),
        # Weekends and holidays move nothing: Saturday, Christmas Day, Thanksgiving.
        ("2026-11-07", [], "2026-11-14", "2027-02-14"),
        ("2026-12-18", [], "2026-12-25", "2027-03-25"),
        ("2026-11-19", ["2026-11-26"], "2026-11-26", "2027-02-26"),
    ],
)
def test_service_deadlines(
    received: str, acknowledged: list[str], acknowledge_by: str, feedback_by: str
) -> None:
    found = deadlines.service(
        date.fromisoformat(received), [date.fromisoformat(on) for on in acknowledged]
    )
    assert (found.acknowledge_by.isoformat(), found.feedback_by.isoformat()) == (
        acknowledge_by,
        feedback_by,
    )


MEETINGS = [date(2026, 8, 4), date(2026, 12, 8), date(2027, 3, 15)]


@pytest.mark.parametrize(
    ("category", "presented", "today", "unseen"),
    [
        (Category.ACCOUNTING, None, "2026-12-08", None),
        (Category.ACCOUNTING, None, "2026-12-09", "2026-12-08"),
        (Category.CONTROLS, "2026-12-08", "2026-12-09", None),
        (Category.AUDITING, "2026-12-09", "2026-12-10", "2026-12-08"),
        (Category.FRAUD, None, "2026-12-09", None),
        (None, None, "2026-12-09", None),
    ],
)
def test_core_concern_is_presented_at_the_next_scheduled_meeting(
    category: Category | None, presented: str | None, today: str, unseen: str | None
) -> None:
    found = deadlines.unseen_by_members(
        category,
        date(2026, 11, 12),
        MEETINGS,
        date.fromisoformat(presented) if presented else None,
        date.fromisoformat(today),
    )
    assert found == (date.fromisoformat(unseen) if unseen else None)


@pytest.mark.parametrize(
    ("known_on", "unseen"),
    [(date(2026, 12, 8), date(2026, 12, 8)), (date(2026, 12, 9), None)],
)
def test_concern_known_on_the_date_of_a_meeting_is_presented_at_it(
    known_on: date, unseen: date | None
) -> None:
    today = date(2027, 3, 15)
    found = deadlines.unseen_by_members(Category.ACCOUNTING, known_on, MEETINGS, None, today)
    assert found == unseen


def test_no_scheduled_meeting_leaves_nothing_to_miss() -> None:
    found = deadlines.unseen_by_members(
        Category.ACCOUNTING, date(2027, 4, 1), MEETINGS, None, date(2027, 12, 31)
    )
    assert found is None


@pytest.mark.parametrize(
    ("received", "today", "responded", "reopened", "expected"),
    [
        ("2026-10-05", "2026-11-20", "2026-10-30", None, AttorneyReport(True, 25, False)),
        # An inquiry is no response.
        ("2026-10-05", "2026-11-20", None, None, AttorneyReport(False, 46, True)),
        ("2026-10-05", "2026-11-04", None, None, AttorneyReport(False, 30, False)),
        ("2026-10-05", "2026-11-05", None, None, AttorneyReport(False, 31, True)),
        ("2026-10-05", "2026-10-05", "2026-10-05", None, AttorneyReport(True, 0, False)),
        # A response that took long is a response.
        ("2026-10-05", "2026-11-20", "2026-11-20", None, AttorneyReport(True, 46, False)),
        # Over the end of February in a leap year.
        ("2028-01-30", "2028-02-29", None, None, AttorneyReport(False, 30, False)),
        ("2028-01-30", "2028-03-01", None, None, AttorneyReport(False, 31, True)),
        # A notice of a report that had no response begins the days again.
        ("2026-10-05", "2026-11-20", None, "2026-11-10", AttorneyReport(False, 10, False)),
        ("2026-10-05", "2026-12-20", "2026-12-15", "2026-11-10", AttorneyReport(True, 35, False)),
        # Answered on the date of the notice, and before it.
        ("2026-10-05", "2026-11-20", "2026-11-10", "2026-11-10", AttorneyReport(True, 0, False)),
        ("2026-10-05", "2026-12-20", "2026-11-09", "2026-11-10", AttorneyReport(False, 40, True)),
        # A notice under (b)(9) after the response reopens the report.
        ("2026-10-05", "2026-11-20", "2026-10-30", "2026-11-10", AttorneyReport(False, 10, False)),
    ],
)
def test_attorneys_report(
    received: str, today: str, responded: str | None, reopened: str | None, expected: AttorneyReport
) -> None:
    dates = [date.fromisoformat(on) if on else None for on in (responded, reopened)]
    found = deadlines.attorney_report(
        date.fromisoformat(received), date.fromisoformat(today), *dates
    )
    assert found == expected


@pytest.mark.parametrize(
    ("told", "known_before", "received", "counts_from"),
    [
        ("2026-11-09", False, None, "2027-03-09"),
        ("2026-11-25", True, "2026-11-20", "2027-03-20"),
        # What was received earlier counts only where those who were told knew it already.
        ("2026-11-25", False, "2026-11-20", "2027-03-25"),
        ("2026-11-25", True, None, "2027-03-25"),
        ("2026-11-01", False, None, "2027-03-01"),
        ("2027-10-31", False, None, "2028-02-28"),
        ("2027-11-01", False, None, "2028-02-29"),
        ("2027-11-02", False, None, "2028-03-01"),
    ],
)
def test_information_counts_for_an_award_after_120_days(
    told: str, known_before: bool, received: str | None, counts_from: str
) -> None:
    found = deadlines.award_counts_from(
        date.fromisoformat(told), known_before, date.fromisoformat(received) if received else None
    )
    assert found.isoformat() == counts_from
