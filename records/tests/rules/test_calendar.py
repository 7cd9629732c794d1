"""Fiscal years, quarters and days: no gap, no overlap, whatever the fiscal year end."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.calendar import Calendar, Period, YearEnd, plus_months

DECEMBER = YearEnd(date.min, 12, 31)
DAY = timedelta(days=1)

days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
# A year ends on a day, or in weeks: on or near the last such weekday of a month.
rules = st.builds(
    YearEnd, st.just(date.min), month=st.integers(1, 12), day=st.integers(1, 31)
) | st.builds(
    YearEnd,
    st.just(date.min),
    month=st.integers(1, 12),
    day=st.just(31),
    weekday=st.integers(0, 6),
    nearest=st.booleans(),
)


def year_on(day: date, *rules: YearEnd) -> tuple[date, date, str]:
    year = Calendar(rules or (DECEMBER,)).year_of(day)
    return year.first, year.last, year.key


@pytest.mark.parametrize(
    ("day", "rule", "first", "last", "key"),
    [
        # The calendar year.
        (date(2026, 1, 1), DECEMBER, date(2026, 1, 1), date(2026, 12, 31), "FY2026"),
        (date(2026, 12, 31), DECEMBER, date(2026, 1, 1), date(2026, 12, 31), "FY2026"),
        # The end of June, named after the year it ends in.
        (
            date(2026, 7, 1),
            YearEnd(date.min, 6, 30),
            date(2026, 7, 1),
            date(2027, 6, 30),
            "FY2027",
        ),
        # The end of February, in a leap year and before one.
        (
            date(2028, 2, 29),
            YearEnd(date.min, 2, 31),
            date(2027, 3, 1),
            date(2028, 2, 29),
            "FY2028",
        ),
        (
            date(2027, 2, 28),
            YearEnd(date.min, 2, 31),
            date(2026, 3, 1),
            date(2027, 2, 28),
            "FY2027",
        ),
        # The last Saturday of September: 52 weeks, and 53 in 2023.
        (
            date(2026, 9, 26),
            YearEnd(date.min, 9, 30, weekday=5),
            date(2025, 9, 28),
            date(2026, 9, 26),
            "FY2026",
        ),
        (
            date(2023, 1, 1),
            YearEnd(date.min, 9, 30, weekday=5),
            date(2022, 9, 25),
            date(2023, 9, 30),
            "FY2023",
        ),
        # The Saturday nearest to 31 December may lie in January; the year keeps its name.
        (
            date(2026, 1, 2),
            YearEnd(date.min, 12, 31, weekday=5, nearest=True),
            date(2024, 12, 29),
            date(2026, 1, 3),
            "FY2025",
        ),
    ],
)
def test_year_of_a_day(day: date, rule: YearEnd, first: date, last: date, key: str) -> None:
    assert year_on(day, rule) == (first, last, key)


@pytest.mark.parametrize(
    ("new", "day", "expected"),
    [
        (
            YearEnd(date(2026, 6, 30), 6, 30),
            date(2025, 12, 31),
            (date(2025, 1, 1), date(2025, 12, 31), "FY2025"),
        ),
        (
            YearEnd(date(2026, 6, 30), 6, 30),
            date(2026, 6, 30),
            (date(2026, 1, 1), date(2026, 6, 30), "FY2026T"),
        ),
        (
            YearEnd(date(2026, 6, 30), 6, 30),
            date(2026, 7, 1),
            (date(2026, 7, 1), date(2027, 6, 30), "FY2027"),
        ),
    ],
)
def test_change_of_the_fiscal_year_end_makes_a_transition_period(
    new: YearEnd, day: date, expected: tuple[date, date, str]
) -> None:
    assert year_on(day, DECEMBER, new) == expected


@given(rules, days)
def test_every_day_lies_in_one_year_without_gap(rule: YearEnd, day: date) -> None:
    calendar = Calendar((rule,))
    year = calendar.year_of(day)

    assert day in year
    assert calendar.year_of(year.first) == calendar.year_of(year.last) == year
    assert calendar.year_before(year).last + DAY == year.first
    assert calendar.year_after(year).first == year.last + DAY
    assert len({calendar.year_before(year).key, year.key, calendar.year_after(year).key}) == 3


@given(rules, days)
def test_quarters_fill_the_year(rule: YearEnd, day: date) -> None:
    calendar = Calendar((rule,))
    year = calendar.year_of(day)
    quarters = calendar.quarters_of(year)

    assert [quarter.key for quarter in quarters] == [f"{year.key}Q{n}" for n in range(1, 5)]
    assert (quarters[0].first, quarters[-1].last) == (year.first, year.last)
    assert all(one.last + DAY == other.first for one, other in pairwise(quarters))
    assert day in calendar.quarter_of(day)


@given(rules, days, st.integers(0, 1500))
def test_years_and_quarters_of_a_span_meet(rule: YearEnd, first: date, length: int) -> None:
    calendar, last = Calendar((rule,)), first + DAY * length

    for periods in (list(calendar.years(first, last)), list(calendar.quarters(first, last))):
        assert first in periods[0]
        assert last in periods[-1]
        assert all(one.last + DAY == other.first for one, other in pairwise(periods))


@pytest.mark.parametrize(
    ("month", "day", "expected"),
    [
        (1, None, date(2026, 7, 31)),
        (3, 15, date(2026, 9, 15)),
        (8, 30, date(2027, 2, 28)),
        (12, None, date(2027, 6, 30)),
        (12, 31, date(2027, 6, 30)),
    ],
)
def test_day_in_a_fiscal_month(month: int, day: int | None, expected: date) -> None:
    year = Period(date(2026, 7, 1), date(2027, 6, 30), "FY2027")

    assert year.day_in_month(month, day) == expected


@given(rules, days, st.integers(1, 12), st.none() | st.integers(1, 31))
def test_day_in_a_fiscal_month_lies_in_the_year(
    rule: YearEnd, day: date, month: int, in_month: int | None
) -> None:
    year = Calendar((rule,)).year_of(day)

    assert year.day_in_month(month, in_month) in year


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 8, 31), 15, date(2027, 11, 30)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_are_added_within_the_month(day: date, months: int, expected: date) -> None:
    assert plus_months(day, months) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 7, 2), date(2026, 7, 2)),
        (date(2026, 7, 3), date(2026, 7, 2)),
        (date(2026, 7, 5), date(2026, 7, 2)),
        (date(2026, 7, 6), date(2026, 7, 6)),
    ],
)
def test_business_days_pass_over_weekends_and_holidays(day: date, expected: date) -> None:
    calendar = Calendar((DECEMBER,), holidays=frozenset({date(2026, 7, 3)}))

    assert calendar.business_day_on_or_before(day) == expected
    assert calendar.is_business_day(day) == (day == expected)


FOURTH_OF_JULY = frozenset({date(2026, 7, 3)})


@pytest.mark.parametrize(
    ("event", "count", "expected"),
    [
        # An event on a business day: the next business day is day 1.
        (date(2026, 6, 30), 1, date(2026, 7, 1)),
        (date(2026, 6, 30), 4, date(2026, 7, 7)),
        # Over the holiday and the weekend.
        (date(2026, 7, 2), 1, date(2026, 7, 6)),
        # An event on a holiday or on a weekend: the first business day after it is day 1.
        (date(2026, 7, 3), 1, date(2026, 7, 6)),
        (date(2026, 7, 4), 2, date(2026, 7, 7)),
        (date(2026, 7, 4), 0, date(2026, 7, 4)),
    ],
)
def test_business_days_are_counted_from_the_day_after(
    event: date, count: int, expected: date
) -> None:
    assert Calendar((DECEMBER,), FOURTH_OF_JULY).business_days_after(event, count) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 7, 2), date(2026, 7, 2)),
        (date(2026, 7, 3), date(2026, 7, 6)),
        (date(2026, 7, 5), date(2026, 7, 6)),
    ],
)
def test_what_falls_on_a_quiet_day_rolls_to_the_next_business_day(
    day: date, expected: date
) -> None:
    assert Calendar((DECEMBER,), FOURTH_OF_JULY).business_day_on_or_after(day) == expected


# At the boundaries.

NEAREST_SATURDAY = YearEnd(date.min, 12, 31, weekday=5, nearest=True)


@pytest.mark.parametrize(
    ("year", "last"),
    [
        (2022, date(2022, 12, 31)),
        # Three days before, and three days after, which is four days after the Saturday before.
        (2024, date(2024, 12, 28)),
        (2025, date(2026, 1, 3)),
        (2026, date(2027, 1, 2)),
    ],
)
def test_the_nearest_weekday_is_three_days_away_at_most(year: int, last: date) -> None:
    assert NEAREST_SATURDAY.in_year(year) == last


@pytest.mark.parametrize(
    ("day", "key"), [(15, "FY2026T"), (16, "FY2026T"), (17, "FY2026")], ids=["348", "349", "350"]
)
def test_a_change_of_a_few_days_makes_no_transition_period(day: int, key: str) -> None:
    """From the first day to the last: 350 days are a full year."""
    first, last = date(2026, 1, 1), date(2026, 12, day)
    new = YearEnd(date(2026, 12, 1), 12, day)
    assert year_on(date(2026, 6, 1), DECEMBER, new) == (first, last, key)


def test_a_rule_ends_no_year_on_the_date_from_which_the_next_holds() -> None:
    """From December 31 to the Saturday nearest to it."""
    new = YearEnd(date(2026, 12, 31), 12, 31, weekday=5, nearest=True)
    found = [year_on(day, DECEMBER, new)[:2] for day in (date(2025, 6, 1), date(2027, 1, 2))]
    assert found == [
        (date(2025, 1, 1), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2027, 1, 2)),
    ]


def test_the_first_rule_governs_what_was_before_it() -> None:
    june = YearEnd(date(2026, 1, 1), 6, 30)
    assert year_on(date(2020, 7, 1), june) == (date(2020, 7, 1), date(2021, 6, 30), "FY2021")


@pytest.mark.parametrize(
    ("day", "key", "is_transition", "full_before"),
    [
        (date(2026, 12, 31), "FY2026", False, "FY2025"),
        (date(2027, 2, 28), "FY2027T", True, "FY2026"),
        (date(2027, 5, 31), "FY2027T", True, "FY2026"),
        (date(2027, 6, 1), "FY2028", False, "FY2026"),
        (date(2028, 6, 1), "FY2029", False, "FY2028"),
    ],
)
def test_last_full_year_before(day: date, key: str, is_transition: bool, full_before: str) -> None:
    """The year ends in December until 2026, in February 2027, and then in May."""
    calendar = Calendar(
        (DECEMBER, YearEnd(date(2027, 1, 1), 2, 28), YearEnd(date(2027, 3, 1), 5, 31))
    )
    year = calendar.year_of(day)
    assert (year.key, year.is_transition) == (key, is_transition)
    assert calendar.full_year_before(year).key == full_before


def test_of_three_rules_each_holds_until_the_next() -> None:
    rules = (DECEMBER, YearEnd(date(2026, 6, 30), 6, 30), YearEnd(date(2028, 9, 30), 9, 30))
    found = [
        (year.first, year.last, year.key)
        for year in Calendar(rules).years(date(2025, 12, 31), date(2029, 1, 1))
    ]
    assert found == [
        (date(2025, 1, 1), date(2025, 12, 31), "FY2025"),
        (date(2026, 1, 1), date(2026, 6, 30), "FY2026T"),
        (date(2026, 7, 1), date(2027, 6, 30), "FY2027"),
        (date(2027, 7, 1), date(2028, 6, 30), "FY2028"),
        (date(2028, 7, 1), date(2028, 9, 30), "FY2028T"),
        (date(2028, 10, 1), date(2029, 9, 30), "FY2029"),
    ]


@pytest.mark.parametrize(
    ("day", "is_in"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 3, 31), True),
        (date(2026, 4, 1), False),
        ("2026-02-01", False),
    ],
)
def test_both_ends_of_a_period_are_in_it(day: object, is_in: bool) -> None:
    assert (day in Period(date(2026, 1, 1), date(2026, 3, 31), "FY2026Q1")) is is_in


@pytest.mark.parametrize(
    ("last", "months"),
    [
        (date(2026, 1, 5), 1),
        (date(2026, 3, 15), 2),
        (date(2026, 3, 16), 3),
        (date(2026, 12, 31), 12),
        (date(2027, 12, 31), 24),
    ],
)
def test_more_than_fifteen_days_are_a_month(last: date, months: int) -> None:
    assert Period(date(2026, 1, 1), last, "FY2026").months == months


@pytest.mark.parametrize(
    ("month", "day", "expected"),
    [
        (1, 1, date(2024, 12, 29)),
        (1, 31, date(2025, 1, 28)),
        (2, 3, date(2025, 1, 31)),
        (3, None, date(2025, 3, 28)),
        (12, None, date(2026, 1, 3)),
        (13, None, date(2026, 1, 3)),
    ],
)
def test_day_in_a_fiscal_month_of_a_year_in_weeks(
    month: int, day: int | None, expected: date
) -> None:
    year = Calendar((NEAREST_SATURDAY,)).year_of(date(2025, 6, 1))
    assert year.day_in_month(month, day) == expected


def ends(first: date, last: date) -> list[date]:
    quarters = Calendar((DECEMBER,)).quarters_of(Period(first, last, "FY2026T"))
    assert [quarter.key for quarter in quarters] == [
        f"FY2026TQ{n}" for n in range(1, len(quarters) + 1)
    ]
    return [quarter.last for quarter in quarters]


def test_quarters_of_a_year_in_weeks_and_of_a_transition_period() -> None:
    """Thirteen weeks each, the last with what is left; three months each, the last with fewer."""
    assert ends(date(2024, 12, 29), date(2026, 1, 3)) == [
        date(2025, 3, 29),
        date(2025, 6, 28),
        date(2025, 9, 27),
        date(2026, 1, 3),
    ]
    assert ends(date(2026, 1, 1), date(2026, 5, 31)) == [date(2026, 3, 31), date(2026, 5, 31)]
    assert ends(date(2026, 1, 1), date(2026, 1, 9)) == [date(2026, 1, 9)]
    # A quarter that ends fifteen days after its first day belongs to the one before.
    assert ends(date(2026, 1, 1), date(2026, 4, 17)) == [date(2026, 4, 17)]
    assert ends(date(2026, 1, 1), date(2026, 4, 18)) == [date(2026, 4, 1), date(2026, 4, 18)]


def test_years_and_quarters_that_have_a_day_in_a_span() -> None:
    calendar = Calendar((DECEMBER,))
    new_year, new_years_eve = date(2026, 1, 1), date(2026, 12, 31)
    assert [y.key for y in calendar.years(new_year, new_years_eve)] == ["FY2026"]
    assert [y.key for y in calendar.years(new_year - DAY, new_years_eve + DAY)] == [
        "FY2025",
        "FY2026",
        "FY2027",
    ]
    assert list(calendar.years(new_year, date(2025, 1, 1))) == []
    second = (date(2026, 4, 1), date(2026, 6, 30))
    assert [q.key for q in calendar.quarters(*second)] == ["FY2026Q2"]
    assert [q.key for q in calendar.quarters(second[0] - DAY, second[1] + DAY)] == [
        "FY2026Q1",
        "FY2026Q2",
        "FY2026Q3",
    ]


@pytest.mark.parametrize(
    ("day", "is_business_day"),
    [
        (date(2026, 8, 3), True),  # a Monday
        (date(2026, 8, 4), False),  # a holiday
        (date(2026, 8, 7), True),
        (date(2026, 8, 8), False),
        (date(2026, 8, 9), False),
    ],
)
def test_business_days_are_monday_to_friday_without_holidays(
    day: date, is_business_day: bool
) -> None:
    calendar = Calendar((DECEMBER,), frozenset({date(2026, 8, 4)}))
    assert calendar.is_business_day(day) is is_business_day
