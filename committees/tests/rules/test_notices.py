"""RULE-12: the notice to the exchange and three clocks of Form 8-K."""

from dataclasses import replace

import pytest

from committees.rules.composition import Seat
from committees.rules.notices import (
    MembershipEvent,
    Notice,
    NoticeDue,
    membership_notices,
    shortfalls,
)
from committees.rules.phase_in import Offering
from committees.tests.rules.figures import CALENDAR_YEAR, PHASE_IN, day, on
from records.rule_data import TABLE

# Thanksgiving and Christmas of 2026, New Year's Day.
YEARS = replace(
    CALENDAR_YEAR, holidays=frozenset(map(day, ("2026-11-26", "2026-12-25", "2027-01-01")))
)
EXCHANGE, SHORTFALL = Notice.EXCHANGE, Notice.SHORTFALL
LETTER, DEPARTURE = Notice.LETTER, Notice.DEPARTURE


def due(event: MembershipEvent) -> dict[Notice, str]:
    return {one.notice: str(one.due_on) for one in membership_notices(event, YEARS, TABLE)}


@pytest.mark.parametrize(
    ("begins", "due_on"),
    [
        ("2026-11-20", "2026-11-27"),  # Friday: 23, 24, 25, 27 (26 is a holiday)
        ("2026-11-17", "2026-11-23"),  # Tuesday
        ("2026-11-21", "2026-11-27"),  # Saturday: the first business day after it is day 1
        ("2026-11-22", "2026-11-27"),  # Sunday
        ("2026-11-26", "2026-12-02"),  # a holiday
        ("2026-12-31", "2027-01-07"),  # over the year's end
    ],
)
def test_four_business_days_after_the_day_each_clock_begins(begins: str, due_on: str) -> None:
    event = MembershipEvent(None, on(begins), on(begins), on(begins), leaves_board=True)
    assert due(event) == dict.fromkeys((SHORTFALL, LETTER, DEPARTURE), due_on)


@pytest.mark.parametrize(
    ("event", "notices"),
    [
        # C gives notice on Tuesday of leaving the Board; the committee falls short on Friday.
        (
            MembershipEvent(
                short_from=on("2026-11-20"),
                exchange_notified_on=on("2026-11-20"),
                decision_told_on=on("2026-11-17"),
                leaves_board=True,
            ),
            {EXCHANGE: "2026-11-20", SHORTFALL: "2026-11-27", DEPARTURE: "2026-11-23"},
        ),
        # Leaving the committee only is no Item 5.02(b).
        (MembershipEvent(decision_told_on=on("2026-11-17")), {}),
        # A fourth member leaves the Board: three remain, nothing is due to the exchange.
        (
            MembershipEvent(decision_told_on=on("2026-11-17"), leaves_board=True),
            {DEPARTURE: "2026-11-23"},
        ),
        # No notice given yet: Item 3.01(b) does not run.
        (MembershipEvent(short_from=on("2026-11-21")), {EXCHANGE: "2026-11-21"}),
        # The exchange's letter has a clock of its own.
        (
            MembershipEvent(
                short_from=on("2026-11-20"),
                exchange_notified_on=on("2026-11-23"),
                exchange_letter_on=on("2026-11-25"),
            ),
            {EXCHANGE: "2026-11-20", SHORTFALL: "2026-11-30", LETTER: "2026-12-02"},
        ),
        (MembershipEvent(), {}),
    ],
)
def test_notices_that_an_event_asks_for(event: MembershipEvent, notices: dict[Notice, str]) -> None:
    assert due(event) == notices


@pytest.mark.parametrize(
    ("done_on", "as_of", "is_late"),
    [
        (None, "2026-11-27", False),
        (None, "2026-11-28", True),
        ("2026-11-27", "2026-12-31", False),
        ("2026-11-28", "2026-12-31", True),
        ("2026-11-28", "2026-11-27", False),  # not yet, and not yet late
        ("2026-12-02", "2026-11-30", True),  # not done by then
    ],
)
def test_late_only_past_the_last_day(done_on: str | None, as_of: str, is_late: bool) -> None:
    one = NoticeDue(SHORTFALL, day("2026-11-20"), day("2026-11-27"))
    assert one.is_late(on(done_on), day(as_of)) is is_late


def seat(name: str, until: str | None = None, first: str = "2020-01-01") -> Seat:
    return Seat(name, day(first), on(until))


@pytest.mark.parametrize(
    ("seats", "expected"),
    [
        ([seat("A"), seat("B"), seat("C")], []),
        ([seat("A"), seat("B"), seat("C", "2026-11-20")], [("2026-11-20", "C")]),
        # Two on one day are one event; a fourth member's leaving is none.
        (
            [seat("A"), seat("B", "2026-11-20"), seat("C", "2026-11-20")],
            [("2026-11-20", "BC")],
        ),
        ([seat("A"), seat("B"), seat("C"), seat("D", "2026-11-20")], []),
        # Succeeded on the day; seated again on the day.
        ([seat("A"), seat("B"), seat("C", "2026-11-20"), seat("D", None, "2026-11-20")], []),
        ([seat("A"), seat("B"), seat("C", "2026-11-20"), seat("C", None, "2026-11-20")], []),
        # Short already: whoever leaves next opens no other event, until three have sat again.
        (
            [seat("A"), seat("B", "2026-12-01"), seat("C", "2026-11-20")],
            [("2026-11-20", "C")],
        ),
        (
            [
                seat("A"),
                seat("B", "2027-02-01"),
                seat("C", "2026-11-20"),
                seat("D", None, "2027-01-04"),
            ],
            [("2026-11-20", "C"), ("2027-02-01", "B")],
        ),
    ],
)
def test_days_on_which_too_few_remained(seats: list[Seat], expected: list[tuple[str, str]]) -> None:
    found = [(str(one.on), "".join(left.name for left in one.left)) for one in shortfalls(seats)]
    assert found == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ((None, None), None),
        ((None, "2026-11-24"), "2026-11-24"),
        (("2026-11-24", None), "2026-11-24"),
        (("2026-11-24", "2026-11-23"), "2026-11-23"),
    ],
)
def test_exchange_is_notified_by_the_first_notice_of_two_departures(
    told: tuple[str | None, str | None], expected: str | None
) -> None:
    left = [
        replace(seat(name, "2026-11-20"), exchange_notified_on=on(told_on))
        for name, told_on in zip("BC", told, strict=True)
    ]
    (found,) = shortfalls([seat("A"), *left])
    assert found.exchange_notified_on == on(expected)


def test_law_that_a_notice_is_cited_by() -> None:
    assert [notice.citation for notice in Notice] == [
        "Nasdaq 5605(c)(4)",
        "Form 8-K, Item 3.01(b)",
        "Form 8-K, Item 3.01(a)",
        "Form 8-K, Item 5.02(b)",
    ]


def test_a_phase_in_asks_for_fewer_members() -> None:
    seats = [seat("A"), seat("B"), seat("C", "2026-11-20")]
    listed = Offering(day("2026-06-09"), day("2026-06-10"), PHASE_IN)
    assert list(shortfalls(seats, listed)) == []
