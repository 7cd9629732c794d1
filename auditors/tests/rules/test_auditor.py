"""The auditor of a fiscal year: who reports on it, and whose papers serve it."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from auditors.rules.auditor import auditor_of, is_new, reporting

FY24, FY25, FY26 = date(2024, 12, 31), date(2025, 12, 31), date(2026, 12, 31)


@dataclass(frozen=True)
class Row:
    firm: str
    appointed_on: date
    ended_on: date | None = None
    report_dated: date | None = None
    year_ends_on: date = FY26
    pk: int = 1


LEFT = Row("Left", date(2026, 3, 1), ended_on=date(2026, 4, 1))
NEW = Row("New", date(2026, 4, 8))


@pytest.mark.parametrize(
    ("rows", "firm"),
    [
        ([], None),
        ([LEFT], "Left"),
        ([LEFT, NEW], "New"),
        ([NEW, LEFT], "New"),
        # Ended after its report was dated: the report stands.
        (
            [
                Row(
                    "Done",
                    date(2026, 1, 5),
                    ended_on=date(2027, 4, 1),
                    report_dated=date(2027, 3, 8),
                ),
                Row("Next", date(2027, 4, 2)),
            ],
            "Done",
        ),
        ([NEW, Row("Later", date(2026, 4, 9))], "Later"),
        ([Row("First", date(2026, 4, 8), pk=1), Row("Second", date(2026, 4, 8), pk=2)], "Second"),
    ],
)
def test_firm_that_reports_on_a_year(rows: list[Row], firm: str | None) -> None:
    found = reporting(rows)
    assert (found.firm if found else None) == firm


REPORTED = Row("Reported", date(2026, 1, 5), report_dated=date(2027, 3, 8))
LAST = Row("Last", date(2026, 4, 9), ended_on=date(2026, 5, 1))


@pytest.mark.parametrize(
    ("rows", "on", "firm"),
    [
        ([LEFT, NEW], date(2026, 2, 28), None),  # nobody was appointed by then
        ([LEFT, NEW], date(2026, 3, 1), "Left"),
        ([LEFT, NEW], date(2026, 4, 7), "Left"),
        ([LEFT, NEW], date(2026, 4, 8), "New"),
        ([NEW, LAST], date(2026, 4, 30), "Last"),
        ([NEW, LAST], date(2026, 5, 1), "New"),  # who was appointed last has left
        ([REPORTED, NEW], date(2027, 3, 7), "New"),
        ([REPORTED, NEW], date(2027, 3, 8), "Reported"),
    ],
)
def test_firm_that_reports_on_a_year_as_of_a_date(
    rows: list[Row], on: date, firm: str | None
) -> None:
    for order in (rows, rows[::-1]):
        found = reporting(order, on=on)
        assert (found.firm if found else None) == firm


BEFORE = Row("Left", date(2025, 5, 6), report_dated=date(2026, 2, 20), year_ends_on=FY25)


@pytest.mark.parametrize(
    ("on", "year", "firm"),
    [
        (date(2026, 2, 28), FY26, "Left"),  # nobody is appointed for the year yet
        (date(2026, 3, 31), FY26, "Left"),
        (date(2026, 4, 1), FY26, "Left"),  # left, and not yet replaced
        (date(2026, 4, 7), FY26, "Left"),
        (date(2026, 4, 8), FY26, "New"),
        (date(2026, 11, 20), FY25, "Left"),
        (date(2026, 11, 20), date(2027, 12, 31), "New"),
        (date(2026, 11, 20), FY24, None),  # no engagement so early is on record
        (date(2025, 5, 5), FY25, None),
    ],
)
def test_whose_papers_serve_a_year(on: date, year: date, firm: str | None) -> None:
    found = auditor_of([BEFORE, LEFT, NEW], year, on=on)
    assert (found.firm if found else None) == firm


@dataclass(frozen=True)
class Appointment:
    firm_id: int
    year: int
    appointed_on: date
    ended_on: date | None = None
    report_dated: date | None = None
    pk: int = 1

    @property
    def year_ends_on(self) -> date:
        return date(self.year, 12, 31)


def appointed(firm: int, year: int, appointed_in: int | None = None) -> Appointment:
    """In October of the year before, unless another year is given."""
    return Appointment(firm, year, date(appointed_in or year - 1, 10, 20))


@pytest.mark.parametrize(
    ("earlier", "since", "new"),
    [
        # Another firm had the year before: whatever is said of the tenure.
        ([appointed(2, 2026)], None, True),
        ([appointed(2, 2026)], 2006, True),
        # Appointed again.
        ([appointed(1, 2026)], None, False),
        ([appointed(1, 2026)], 2026, False),
        # It returns after years away.
        ([appointed(1, 2020), appointed(2, 2026)], 2006, True),
        ([appointed(1, 2020), appointed(2, 2024)], None, True),
        # The other left within the year.
        ([appointed(2, 2027, 2025)], None, True),
        # Nothing of the year before is on record: the tenure decides, or nothing is known.
        ([], None, False),
        ([], 2025, False),
        ([], 2026, True),
        ([appointed(2, 2018)], 2019, False),
        ([appointed(2, 2018), appointed(1, 2024)], None, False),
        # Both had the year before: the firm was not away.
        ([appointed(1, 2026), appointed(2, 2026)], None, False),
        (
            [appointed(1, 2020), appointed(2, 2024), appointed(1, 2026), appointed(2, 2026)],
            None,
            False,
        ),
        # Of several others, and of several terms of its own, the last counts.
        ([appointed(2, 2020), appointed(3, 2026)], 2006, True),
        ([appointed(1, 2020), appointed(2, 2018), appointed(3, 2024)], None, True),
        ([appointed(1, 2018), appointed(1, 2024), appointed(2, 2020)], None, False),
        # Its own earlier term is on record: the tenure is not asked.
        ([appointed(1, 2020), appointed(2, 2024)], 2019, True),
        # An engagement for a later year says nothing of the year before.
        ([appointed(1, 2028, 2025)], 2026, True),
        # Two on one date: the one that was entered first came first.
        ([replace(appointed(2, 2026, 2026), pk=0)], 2006, True),
        ([replace(appointed(2, 2026, 2026), pk=2)], 2006, False),
    ],
)
def test_new_firm_had_no_engagement_for_the_year_before(
    earlier: list[Appointment], since: int | None, new: bool
) -> None:
    row = appointed(1, 2027)
    assert is_new(row, [*earlier, row], year_before_ends_on=FY26, since=since) is new
