"""The arithmetic of an event's deadline, as a table to be read beside a calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charters.enums import Counting, StartsFrom
from charters.rules.counting import count
from charters.rules.event_templates import DeadlineTemplate, read
from records.calendar import Calendar, YearEnd

THANKSGIVING, CHRISTMAS, NEW_YEAR = date(2026, 11, 26), date(2026, 12, 25), date(2027, 1, 1)
CALENDAR = Calendar(
    (YearEnd(date.min, 12, 31),), frozenset({THANKSGIVING, CHRISTMAS, NEW_YEAR, date(2026, 11, 11)})
)


@pytest.mark.parametrize(
    ("start", "days", "first", "due_on", "holidays"),
    [
        pytest.param(
            date(2026, 11, 13), 4, date(2026, 11, 16), date(2026, 11, 19), (), id="Form 8-K"
        ),
        pytest.param(
            date(2026, 11, 13),
            10,
            date(2026, 11, 16),
            date(2026, 11, 30),
            (THANKSGIVING,),
            id="comment letter over Thanksgiving",
        ),
        pytest.param(
            date(2026, 11, 14),
            4,
            date(2026, 11, 16),
            date(2026, 11, 19),
            (),
            id="learned on a Saturday: Monday is day 1",
        ),
        pytest.param(
            THANKSGIVING,
            4,
            date(2026, 11, 27),
            date(2026, 12, 2),
            (),
            id="learned on a holiday: the business day after it is day 1",
        ),
        pytest.param(
            date(2026, 12, 23),
            4,
            date(2026, 12, 24),
            date(2026, 12, 30),
            (CHRISTMAS,),
            id="over Christmas and a weekend",
        ),
        pytest.param(
            date(2026, 11, 13), 1, date(2026, 11, 16), date(2026, 11, 16), (), id="one day"
        ),
        pytest.param(
            date(2026, 11, 13), 0, date(2026, 11, 13), date(2026, 11, 13), (), id="at once"
        ),
        pytest.param(
            date(2028, 2, 28), 2, date(2028, 2, 29), date(2028, 3, 1), (), id="a leap day counts"
        ),
    ],
)
def test_business_days(
    start: date, days: int, first: date, due_on: date, holidays: tuple[date, ...]
) -> None:
    found = count(start, days, Counting.BUSINESS, CALENDAR)
    assert (found.first, found.due_on, found.holidays) == (first, due_on, holidays)
    assert not found.has_moved


@pytest.mark.parametrize(
    ("start", "days", "counting", "last", "due_on"),
    [
        # Five calendar days after a Monday: a Saturday, and it stays one.
        (
            date(2026, 11, 16),
            5,
            Counting.CALENDAR,
            date(2026, 11, 21),
            date(2026, 11, 21),
        ),
        # A filing rolls to the next business day: from Saturday to Monday.
        (date(2026, 11, 16), 5, Counting.FILING, date(2026, 11, 21), date(2026, 11, 23)),
        # From a holiday over the weekend after it.
        (date(2026, 12, 22), 10, Counting.FILING, NEW_YEAR, date(2027, 1, 4)),
        (date(2026, 11, 16), 4, Counting.FILING, date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 14), 0, Counting.FILING, date(2026, 11, 14), date(2026, 11, 16)),
        # A holiday moves no date that is counted in calendar days.
        (date(2026, 11, 16), 10, Counting.CALENDAR, THANKSGIVING, THANKSGIVING),
        (date(2026, 11, 16), 10, Counting.FILING, THANKSGIVING, date(2026, 11, 27)),
        (date(2026, 11, 16), 11, Counting.FILING, date(2026, 11, 27), date(2026, 11, 27)),
    ],
)
def test_calendar_days_and_filings(
    start: date, days: int, counting: Counting, last: date, due_on: date
) -> None:
    found = count(start, days, counting, CALENDAR)
    assert (found.last, found.due_on, found.has_moved) == (last, due_on, last != due_on)
    assert found.first == (start + timedelta(days=1) if days else start)
    passed = {THANKSGIVING, NEW_YEAR} & {last}
    assert found.holidays == (tuple(passed) if counting == Counting.FILING else ())


@given(
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    st.integers(1, 400),
    st.sets(st.integers(-5, 700), max_size=80),
)
def test_business_days_that_were_counted_are_as_many_as_were_asked_for(
    start: date, days: int, holidays: set[int]
) -> None:
    off = frozenset(date.fromordinal(start.toordinal() + each) for each in holidays)
    calendar = Calendar(CALENDAR.year_ends, off)
    found = count(start, days, Counting.BUSINESS, calendar)
    between = [
        date.fromordinal(each)
        for each in range(start.toordinal() + 1, found.due_on.toordinal() + 1)
    ]
    assert sum(calendar.is_business_day(day) for day in between) == days
    assert calendar.is_business_day(found.due_on)
    weekdays = [day for day in between if day.weekday() < 5]
    assert len(weekdays) == days + len(found.holidays)


def test_template_is_read_with_its_deadlines() -> None:
    found = read(
        '''
        name = "tests.non_reliance"
        label = "Statements no longer to be relied on"
        asks = """
        Form 8-K, Item 4.02(a).
        """
        order = 3

        [[deadline]]
        what = "File Form 8-K"
        rule = "Form 8-K, General Instruction B.1"
        starts = "determined"
        days = 4

        [[deadline]]
        what = "Send the auditor the disclosure"
        days = 0
        counting = "calendar"
        '''
    )
    assert (found.name, found.asks, found.order) == (
        "tests.non_reliance",
        "Form 8-K, Item 4.02(a).",
        3,
    )
    assert found.deadlines == (
        DeadlineTemplate(
            "File Form 8-K", 4, "Form 8-K, General Instruction B.1", StartsFrom.DETERMINED
        ),
        DeadlineTemplate("Send the auditor the disclosure", 0, counting=Counting.CALENDAR),
    )


@pytest.mark.parametrize(
    "text",
    [
        'name = "t.a"',
        'name = "t.a"\nlabel = "A"\nmood = "x"',
        'name = "t.a"\nlabel = "A"\n[[deadline]]',
    ],
)
def test_what_is_no_template_is_refused(text: str) -> None:
    with pytest.raises(TypeError):
        read(text)


@pytest.mark.parametrize(
    ("start", "days", "first", "last", "due_on", "holidays"),
    [
        # The last day is a holiday, and so is the one after it.
        (date(2026, 12, 20), 5, date(2026, 12, 21), CHRISTMAS, date(2026, 12, 28), (CHRISTMAS,)),
        (date(2026, 12, 20), 12, date(2026, 12, 21), NEW_YEAR, date(2027, 1, 4), (NEW_YEAR,)),
        # A weekend alone is no holiday; the day before a holiday does not move.
        (date(2026, 12, 18), 1, date(2026, 12, 19), date(2026, 12, 19), date(2026, 12, 21), ()),
        (date(2026, 12, 20), 4, date(2026, 12, 21), date(2026, 12, 24), date(2026, 12, 24), ()),
        (date(2026, 12, 18), 0, date(2026, 12, 18), date(2026, 12, 18), date(2026, 12, 18), ()),
    ],
)
def test_filing_in_full(
    start: date, days: int, first: date, last: date, due_on: date, holidays: tuple[date, ...]
) -> None:
    found = count(start, days, Counting.FILING, CALENDAR)
    assert (found.first, found.last, found.due_on) == (first, last, due_on)
    assert (found.holidays, found.has_moved) == (holidays, due_on != last)
    plain = count(start, days, Counting.CALENDAR, CALENDAR)
    assert (plain.first, plain.last, plain.due_on) == (first, last, last)


def test_two_holidays_among_business_days() -> None:
    found = count(date(2026, 12, 24), 5, Counting.BUSINESS, CALENDAR)
    assert (found.first, found.last) == (date(2026, 12, 28), NEW_YEAR + timedelta(days=3))
    assert found.holidays == (CHRISTMAS, NEW_YEAR)
