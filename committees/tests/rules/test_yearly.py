"""Charter review, evaluation and determinations, once a year: RULE-14, RULE-44."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from committees.rules.yearly import (
    Held,
    Posting,
    Progress,
    is_older_than_a_year,
    publication,
    yearly,
    years_due,
)
from committees.tests.rules.figures import CALENDAR_YEAR, JUNE_YEAR, MOVED_YEAR, TODAY, day, on
from records.calendar import Calendar

FY2025, FY2026, FY2027 = (CALENDAR_YEAR.year_of(date(year, 6, 1)) for year in (2025, 2026, 2027))
LAST = Held(date(2025, 12, 9), FY2025.last)
LATE = Held(date(2027, 1, 12), FY2026.last)


@pytest.mark.parametrize(
    ("as_of", "twelve_months", "progress", "due_on", "remind_from"),
    [
        ("2026-10-09", True, Progress.AHEAD, "2026-12-09", "2026-10-10"),
        ("2026-10-10", True, Progress.DUE, "2026-12-09", "2026-10-10"),
        ("2026-12-09", True, Progress.DUE, "2026-12-09", "2026-10-10"),
        ("2026-12-10", True, Progress.NOT_ON_FILE, "2026-12-09", "2026-10-10"),
        ("2026-10-31", False, Progress.AHEAD, "2026-12-31", "2026-11-01"),
        ("2026-11-01", False, Progress.DUE, "2026-12-31", "2026-11-01"),
        ("2026-12-31", False, Progress.DUE, "2026-12-31", "2026-11-01"),
        ("2027-01-01", False, Progress.NOT_ON_FILE, "2026-12-31", "2026-11-01"),
    ],
)
def test_review_of_fiscal_year_2026(
    as_of: str, twelve_months: bool, progress: Progress, due_on: str, remind_from: str
) -> None:
    found = yearly([LAST], FY2026, day(as_of), twelve_months=twelve_months)
    assert (found.progress, found.due_on, found.remind_from) == (
        progress,
        day(due_on),
        day(remind_from),
    )


@pytest.mark.parametrize(
    ("held_on", "twelve_months", "progress"),
    [
        ("2026-12-09", True, Progress.DONE),
        ("2026-12-10", True, Progress.DONE_LATE),
        ("2026-12-10", False, Progress.DONE),
        ("2026-12-31", False, Progress.DONE),
        ("2027-01-01", False, Progress.DONE_LATE),
        ("2026-01-02", False, Progress.DONE),
    ],
)
def test_review_in_time_and_late(held_on: str, twelve_months: bool, progress: Progress) -> None:
    held = [LAST, Held(day(held_on), FY2026.last)]
    found = yearly(held, FY2026, date(2027, 3, 1), twelve_months=twelve_months)
    assert (found.progress, found.held_on) == (progress, day(held_on))


def test_of_two_reviews_of_a_year_the_first_counts() -> None:
    held = [Held(date(2026, month, 1), FY2026.last) for month in (9, 6, 11)]
    assert yearly(held, FY2026, TODAY).held_on == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("held", "due_on"),
    [
        ([], "2026-12-31"),
        ([LAST], "2026-12-09"),
        # The last of two before it, and none that serves the year itself.
        ([Held(date(2025, 3, 4), FY2025.last), LAST], "2026-12-09"),
        ([LAST, Held(date(2025, 3, 4), FY2025.last)], "2026-12-09"),
        ([Held(date(2025, 12, 15), FY2026.first)], "2026-12-31"),
    ],
)
def test_twelve_months_from_the_last_review_before(held: list[Held], due_on: str) -> None:
    assert yearly(held, FY2026, TODAY, twelve_months=True).due_on == day(due_on)


def test_a_late_review_leaves_the_next_one_due() -> None:
    found = yearly([LAST, LATE], FY2027, date(2027, 2, 1))
    assert (found.progress, found.due_on) == (Progress.AHEAD, date(2027, 12, 31))


def test_twelve_months_from_a_late_review_end_with_the_year() -> None:
    assert yearly([LATE], FY2027, date(2027, 2, 1), twelve_months=True).due_on == date(2027, 12, 31)


def test_a_review_counts_from_its_day_on() -> None:
    held = [LAST, Held(date(2026, 12, 1), FY2026.last)]
    assert yearly(held, FY2026, date(2026, 11, 30)).progress is Progress.DUE
    assert yearly(held, FY2026, date(2026, 12, 1)).progress is Progress.DONE


def test_every_year_is_judged_for_itself() -> None:
    found = years_due([LAST, LATE], date(2025, 1, 1), date(2027, 2, 1), CALENDAR_YEAR)
    assert [(one.year.key, one.progress) for one in found] == [
        ("FY2025", Progress.DONE),
        ("FY2026", Progress.DONE_LATE),
        ("FY2027", Progress.AHEAD),
    ]


def test_fiscal_year_that_ends_in_june() -> None:
    year = JUNE_YEAR.year_of(TODAY)
    assert yearly([], year, TODAY).due_on == date(2027, 6, 30)


@given(
    st.lists(st.dates(date(2020, 1, 1), date(2027, 12, 31)), max_size=6),
    st.dates(date(2020, 1, 1), date(2028, 3, 1)),
)
def test_default_reading_agrees_with_a_slow_reference(held: list[date], as_of: date) -> None:
    reviews = [Held(one, date(one.year, 12, 31)) for one in held]
    for found in years_due(reviews, date(2020, 1, 1), as_of, CALENDAR_YEAR):
        has_one = any(one <= as_of and one.year == found.year.last.year for one in held)
        assert (found.progress is Progress.DONE) is has_one
        assert (found.progress is Progress.NOT_ON_FILE) is (not has_one and as_of > found.year.last)


@pytest.mark.parametrize(
    ("dated", "is_old"),
    [("2025-11-19", True), ("2025-11-20", False), ("2026-11-20", False)],
)
def test_questionnaire_is_renewed_every_twelve_months(dated: str, is_old: bool) -> None:
    assert is_older_than_a_year(day(dated), TODAY) is is_old


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 800))
def test_age_of_a_questionnaire_against_counting(dated: date, after: int) -> None:
    as_of = dated + timedelta(after)
    assert is_older_than_a_year(dated, as_of) is (as_of - relativedelta(years=1) > dated)


@pytest.mark.parametrize(
    ("is_on_website", "appended", "amended", "as_of", "calendar", "how", "year"),
    [
        (True, None, "2026-06-01", "2026-11-20", CALENDAR_YEAR, Posting.WEBSITE, None),
        (False, "2023-04-15", None, "2026-11-20", CALENDAR_YEAR, Posting.APPEND_BY, "FY2026"),
        (False, "2023-04-15", None, "2026-12-31", CALENDAR_YEAR, Posting.APPEND_BY, "FY2026"),
        (False, "2023-04-15", None, "2027-01-01", CALENDAR_YEAR, Posting.APPEND_NOW, "FY2026"),
        (False, "2024-04-15", None, "2026-11-20", CALENDAR_YEAR, Posting.APPEND_BY, "FY2027"),
        (False, None, None, "2026-11-20", CALENDAR_YEAR, Posting.APPEND_NOW, None),
        (False, "2024-04-15", "2025-01-01", "2026-11-20", CALENDAR_YEAR, Posting.APPEND_NOW, None),
        (False, "2024-04-15", "2024-12-31", "2026-11-20", CALENDAR_YEAR, Posting.APPEND_BY, "FY2027"),
        (False, "2025-04-15", "2025-01-01", "2026-11-20", CALENDAR_YEAR, Posting.APPEND_BY, "FY2028"),
        (False, "2023-10-15", None, "2026-11-20", JUNE_YEAR, Posting.APPEND_BY, "FY2027"),
        # On the day of the amendment, a day before it, and one that is still ahead.
        (False, "2026-04-15", "2026-04-15", "2026-11-20", CALENDAR_YEAR, Posting.APPEND_BY, "FY2029"),
        (False, "2026-04-14", "2026-04-15", "2026-11-20", CALENDAR_YEAR, Posting.APPEND_NOW, None),
        (False, "2026-04-15", "2026-11-21", "2026-11-20", CALENDAR_YEAR, Posting.APPEND_BY, "FY2029"),
        (False, "2026-04-15", "2026-11-20", "2026-11-20", CALENDAR_YEAR, Posting.APPEND_NOW, None),
        # The last fiscal year began on July 1, 2024; six months of transition followed it.
        (False, "2024-01-15", "2024-07-01", "2026-11-20", MOVED_YEAR, Posting.APPEND_NOW, None),
        (False, "2024-01-15", "2024-06-30", "2026-11-20", MOVED_YEAR, Posting.APPEND_BY, "FY2026"),
    ],
)  # fmt: skip
def test_how_the_charter_is_published(
    is_on_website: bool,
    appended: str | None,
    amended: str | None,
    as_of: str,
    calendar: Calendar,
    how: Posting,
    year: str | None,
) -> None:
    found = publication(
        is_on_website=is_on_website,
        appended_on=on(appended),
        amended_on=on(amended),
        day=day(as_of),
        calendar=calendar,
    )
    assert (found.how, found.year and found.year.key) == (how, year)
