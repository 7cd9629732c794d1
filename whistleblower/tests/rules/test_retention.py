"""RULE-42, with the dates on which each answer changes."""

from datetime import date

import pytest

from whistleblower.enums import Country
from whistleblower.rules.retention import line_test, may_be_longer, retention


@pytest.mark.parametrize(
    ("today", "may_delete"), [("2026-11-21", False), ("2033-11-20", False), ("2033-11-21", True)]
)
def test_united_states_refuse_deletion_for_seven_years(today: str, may_delete: bool) -> None:
    found = retention(Country.US, date.fromisoformat(today), closed_on=date(2026, 11, 20))
    assert (found.may_delete, found.from_on, found.last_on) == (
        may_delete,
        date(2033, 11, 21),
        None,
    )


@pytest.mark.parametrize(
    ("country", "began", "first", "last"),
    [
        # The first date of deletion under a floor; the last date of a due date or a ceiling.
        (Country.US, "2024-02-29", "2031-03-01", None),
        (Country.US, "2025-02-28", "2032-02-29", None),
        (Country.US, "2026-12-31", "2034-01-01", None),
        (Country.GERMANY, "2024-02-29", None, "2027-02-28"),
        (Country.GERMANY, "2025-02-28", None, "2028-02-28"),
        (Country.GERMANY, "2026-12-31", None, "2029-12-31"),
        (Country.ITALY, "2024-02-29", None, "2029-02-28"),
        (Country.ITALY, "2027-02-28", None, "2032-02-28"),
        (Country.ITALY, "2026-12-31", None, "2031-12-31"),
    ],
)
def test_years_end_on_the_same_date_or_the_last_of_the_month(
    country: Country, began: str, first: str | None, last: str | None
) -> None:
    on = date.fromisoformat(began)
    found = retention(country, on, closed_on=on, outcome_on=on)
    said = [each.isoformat() if each else None for each in (found.from_on, found.last_on)]
    assert said == [first, last]


@pytest.mark.parametrize("country", [Country.US, Country.GERMANY])
def test_outcome_date_counts_in_italy_alone(country: Country) -> None:
    closed = {"closed_on": date(2027, 3, 1)}
    found = retention(country, date(2027, 3, 1), **closed, outcome_on=date(2027, 2, 10))
    assert found == retention(country, date(2027, 3, 1), **closed)


def test_italian_case_without_an_outcome_counts_from_its_closing() -> None:
    found = retention(Country.ITALY, date(2027, 3, 1), closed_on=date(2027, 3, 1))
    assert found.last_on == date(2032, 3, 1)


def test_the_last_closing_counts() -> None:
    found = retention(Country.US, date(2034, 6, 30), closed_on=date(2027, 6, 30))
    assert (found.may_delete, found.from_on) == (False, date(2034, 7, 1))
    assert retention(Country.US, date(2034, 7, 1), closed_on=date(2027, 6, 30)).may_delete


@pytest.mark.parametrize(
    ("today", "warns", "is_past"),
    [
        ("2031-12-11", False, False),
        ("2031-12-12", True, False),
        ("2032-02-10", True, False),
        ("2032-02-11", False, True),
    ],
)
def test_italy_sets_a_last_date_and_refuses_nothing(today: str, warns: bool, is_past: bool) -> None:
    found = retention(
        Country.ITALY,
        date.fromisoformat(today),
        closed_on=date(2027, 3, 1),
        outcome_on=date(2027, 2, 10),
    )
    assert found.may_delete
    assert (found.last_on, found.warns, found.is_past) == (date(2032, 2, 10), warns, is_past)


@pytest.mark.parametrize(
    ("today", "may_delete"),
    [("2026-11-21", False), ("2029-11-19", False), ("2029-11-20", True), ("2029-11-21", True)],
)
def test_germany_refuses_deletion_before_the_due_date(today: str, may_delete: bool) -> None:
    closed_on = date(2026, 11, 20)
    found = retention(Country.GERMANY, date.fromisoformat(today), closed_on=closed_on)
    assert found.may_delete is may_delete


def test_germany_is_due_after_three_years_unless_a_reason_with_a_date_is_recorded() -> None:
    closed_on, today = date(2026, 11, 20), date(2029, 11, 21)
    due = retention(Country.GERMANY, today, closed_on=closed_on)
    assert (due.may_delete, due.last_on, due.is_past) == (True, date(2029, 11, 20), True)
    longer = retention(Country.GERMANY, today, closed_on=closed_on, longer_until=date(2030, 5, 1))
    assert (longer.last_on, longer.is_past, longer.is_longer) == (date(2030, 5, 1), False, True)


@pytest.mark.parametrize(
    ("country", "is_moved"),
    [(Country.US, False), (Country.GERMANY, True), (Country.ITALY, False)],
)
def test_recorded_reason_moves_a_due_date_and_never_a_ceiling(
    country: Country, is_moved: bool
) -> None:
    closed_on, until = date(2026, 11, 20), date(2040, 1, 1)
    found = retention(country, closed_on, closed_on=closed_on, longer_until=until)
    assert may_be_longer(country) is is_moved
    assert (found.is_longer, found.last_on == until) == (is_moved, is_moved)


@pytest.mark.parametrize("country", list(Country))
def test_open_or_held_cases_are_never_deleted(country: Country) -> None:
    far = date(2099, 1, 1)
    assert not retention(country, far, closed_on=None).may_delete
    assert not retention(country, far, closed_on=date(2026, 1, 1), is_held=True).may_delete


@pytest.mark.parametrize(("today", "may_delete"), [("2027-02-17", False), ("2027-02-18", True)])
def test_line_test_may_go_after_90_days(today: str, may_delete: bool) -> None:
    found = line_test(date.fromisoformat(today), closed_on=date(2026, 11, 20))
    assert found.may_delete is may_delete
    assert not line_test(date(2099, 1, 1), closed_on=None).may_delete
