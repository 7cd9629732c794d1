"""Where a duty stands: the table, case by case, as counsel would read it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from charters.enums import Cadence, DutyKind, Reason, Standing
from charters.rules.periods import period_served_by_default
from charters.rules.standing import gaps, judge
from charters.rules.terms import (
    Evidence,
    Holding,
    Inapplicable,
    Occurrence,
    Question,
    Settings,
    Terms,
)
from charters.tests.rules.asking import (
    BEFORE_RECORDS_BEGIN,
    CALENDAR_YEAR,
    DUE,
    FEBRUARY_YEAR,
    JUNE_THEN_DECEMBER,
    JUNE_YEAR,
    LAST_SATURDAY_OF_JANUARY,
    NOT_APPLICABLE,
    NOT_ON_FILE,
    ON_FILE,
    ONE_MONTH,
    OPEN,
    arose,
    ask,
    day,
    done,
)
from records.calendar import Calendar

YEARLY = {"due_month": 9}  # by the end of the ninth fiscal month
TWO_YEARS = (done("2024-05-01"), done("2025-05-01"))


@pytest.mark.parametrize(
    ("situation", "question", "standing", "due_on"),
    [
        ("done this year", ask("2026-06-01", *TWO_YEARS, done("2026-05-05"), **YEARLY), ON_FILE, "2027-09-30"),
        ("done this year, on the very day asked for", ask("2026-05-05", *TWO_YEARS, done("2026-05-05"), **YEARLY), ON_FILE, "2027-09-30"),
        ("done tomorrow is not done today", ask("2026-09-30", *TWO_YEARS, done("2026-10-01"), **YEARLY), DUE, "2026-09-30"),
        ("last year served, the day 61 days off", ask("2026-07-31", *TWO_YEARS, **YEARLY), ON_FILE, "2026-09-30"),
        ("last year served, the day 60 days off", ask("2026-08-01", *TWO_YEARS, **YEARLY), DUE, "2026-09-30"),
        ("on the day itself", ask("2026-09-30", *TWO_YEARS, **YEARLY), DUE, "2026-09-30"),
        ("the day after", ask("2026-10-01", *TWO_YEARS, **YEARLY), NOT_ON_FILE, "2026-09-30"),
        ("the day passed, then done within the year", ask("2026-11-20", *TWO_YEARS, done("2026-11-10"), **YEARLY), ON_FILE, "2027-09-30"),
        ("last year has no record", ask("2026-02-01", done("2024-05-01"), **YEARLY), NOT_ON_FILE, "2026-09-30"),
        ("last year's gap was closed", ask("2026-02-01", done("2024-05-01"), closed=frozenset({"FY2025"}), **YEARLY), DUE, "2026-09-30"),
        ("last year's gap, and this year done", ask("2026-06-01", done("2026-05-05"), **YEARLY), ON_FILE, "2027-09-30"),
        ("an older gap does not weigh today", ask("2026-02-01", done("2025-05-01"), **YEARLY), ON_FILE, "2026-09-30"),
        ("last year was before the record", ask("2026-02-01", begin="2026-01-01", **YEARLY), DUE, "2026-09-30"),
        ("this year's day was before the record", ask("2026-11-20", begin="2026-10-15", **YEARLY), BEFORE_RECORDS_BEGIN, "2027-09-30"),
        ("before the record, yet evidence was entered", ask("2026-11-20", done("2026-05-05"), begin="2026-10-15", **YEARLY), ON_FILE, "2027-09-30"),
        ("due on the day the records begin", ask("2026-11-20", begin="2026-09-30", **YEARLY), NOT_ON_FILE, "2026-09-30"),
        ("January evidence that serves last year", ask("2026-02-01", done("2024-05-01"), done("2026-01-12", "2025-12-31"), **YEARLY), ON_FILE, "2026-09-30"),
        ("January evidence that serves this year leaves last year's gap behind it", ask("2026-02-01", done("2024-05-01"), done("2026-01-12"), **YEARLY), ON_FILE, "2027-09-30"),
    ],
)  # fmt: skip
def test_yearly_duty(situation: str, question: Question, standing: Standing, due_on: str) -> None:
    ruling = judge(question)
    assert (ruling.standing, ruling.due_on) == (standing, day(due_on)), situation


FOUR = {"times": 4, "due_month": 12}
LAST_FOUR = tuple(done(f"2025-{month}-01") for month in ("02", "05", "08", "11"))


@pytest.mark.parametrize(
    ("situation", "question", "standing", "count"),
    [
        ("four on different days", ask("2026-11-20", *LAST_FOUR, *(done(f"2026-{m}-01") for m in ("02", "05", "08", "11")), **FOUR), ON_FILE, 4),
        ("three of four, 41 days left", ask("2026-11-20", *LAST_FOUR, *(done(f"2026-{m}-01") for m in ("02", "05", "08")), **FOUR), DUE, 3),
        ("three of four, the year half gone", ask("2026-09-01", *LAST_FOUR, *(done(f"2026-{m}-01") for m in ("02", "05", "08")), **FOUR), ON_FILE, 3),
        ("two on one day count once", ask("2026-11-20", *LAST_FOUR, done("2026-02-01"), done("2026-02-01"), done("2026-05-01"), done("2026-08-01"), **FOUR), DUE, 3),
        ("last year only three", ask("2026-03-01", *LAST_FOUR[:3], done("2026-02-01"), **FOUR), NOT_ON_FILE, 1),
    ],
)  # fmt: skip
def test_several_times_a_year(
    situation: str, question: Question, standing: Standing, count: int
) -> None:
    ruling = judge(question)
    assert (ruling.standing, ruling.facts["count"]) == (standing, count), situation


@pytest.mark.parametrize(
    ("situation", "question", "standing", "due_on"),
    [
        ("done this quarter", ask("2026-05-20", done("2026-02-01"), done("2026-05-05"), begin="2026-01-01"), ON_FILE, "2026-09-30"),
        ("early in the quarter, the last one served", ask("2026-04-15", done("2026-02-01"), begin="2026-01-01"), ON_FILE, "2026-06-30"),
        ("late in the quarter", ask("2026-06-15", done("2026-02-01"), begin="2026-01-01"), DUE, "2026-06-30"),
        ("the last quarter has no record", ask("2026-04-15", begin="2026-01-01"), NOT_ON_FILE, "2026-06-30"),
        ("due in the quarter's second month, which has passed", ask("2026-06-15", done("2026-02-01"), begin="2026-01-01", due_month=2), NOT_ON_FILE, "2026-05-31"),
    ],
)  # fmt: skip
def test_every_quarter(situation: str, question: Question, standing: Standing, due_on: str) -> None:
    question = replace(question, terms=replace(question.terms, cadence=Cadence.QUARTERLY))
    ruling = judge(question)
    assert (ruling.standing, ruling.due_on) == (standing, day(due_on)), situation


@pytest.mark.parametrize(
    ("situation", "question", "standing", "due_on"),
    [
        ("fifteen months, done four months ago", ask("2026-05-01", done("2026-01-01"), months=15), ON_FILE, "2027-04-01"),
        ("within sixty days of the day", ask("2027-02-15", done("2026-01-01"), months=15), DUE, "2027-04-01"),
        ("the day passed", ask("2027-04-02", done("2026-01-01"), months=15), NOT_ON_FILE, "2027-04-01"),
        ("31 August and six months: the last day of February", ask("2026-09-01", done("2026-08-31"), months=6), ON_FILE, "2027-02-28"),
        ("29 February and twelve months", ask("2024-03-01", done("2024-02-29"), months=12), ON_FILE, "2025-02-28"),
        ("never on record: nothing is missing until a span has passed", ask("2024-06-01", months=12), BEFORE_RECORDS_BEGIN, "2025-01-01"),
        ("never on record, and a whole span has passed", ask("2025-01-02", months=12), NOT_ON_FILE, "2025-01-01"),
        ("in force since the records began: the span runs from its first day", ask("2025-02-01", months=12, first=day("2024-06-01")), DUE, "2025-06-01"),
        ("done so long ago that its day lay before the record", ask("2024-06-01", done("2022-01-01"), months=12), BEFORE_RECORDS_BEGIN, "2025-01-01"),
        ("done before the record, due within it", ask("2024-06-01", done("2023-11-01"), months=12), ON_FILE, "2024-11-01"),
        ("not applicable on its day: due when it applies again", ask("2025-06-01", done("2024-01-10"), months=12, inapplicable=(Inapplicable(day("2024-12-01"), day("2025-06-01")),)), DUE, "2025-06-01"),
    ],
)  # fmt: skip
def test_within_so_many_months(
    situation: str, question: Question, standing: Standing, due_on: str
) -> None:
    question = replace(question, terms=replace(question.terms, cadence=Cadence.MONTHS))
    ruling = judge(question)
    assert (ruling.standing, ruling.due_on) == (standing, day(due_on)), situation


@pytest.mark.parametrize(
    ("situation", "calendar", "as_of", "evidence", "standing", "due_on"),
    [
        ("June year, March is its ninth month", JUNE_YEAR, "2026-02-15", ["2024-10-01"], DUE, "2026-03-31"),
        ("June year, evidence in July serves the new year", JUNE_YEAR, "2026-07-20", ["2025-10-01", "2026-07-10"], ON_FILE, "2028-03-31"),
        ("February year ends on the 28th", FEBRUARY_YEAR, "2027-03-01", ["2026-05-01"], ON_FILE, "2027-11-30"),
        ("February year ends on the 29th in a leap year", FEBRUARY_YEAR, "2028-02-29", ["2027-05-01"], ON_FILE, "2028-11-30"),
        ("52/53 weeks: 31 January 2026 still belongs to the old year", LAST_SATURDAY_OF_JANUARY, "2026-01-31", ["2025-03-01"], ON_FILE, "2026-10-31"),
        ("transition period: July to December 2026 stands for itself", JUNE_THEN_DECEMBER, "2026-12-15", ["2025-10-01"], DUE, "2026-12-31"),
        ("a transition of one month asks for nothing", ONE_MONTH, "2026-02-15", ["2025-10-01"], ON_FILE, "2026-10-31"),
        ("after the transition: the calendar year", JUNE_THEN_DECEMBER, "2027-02-01", ["2026-12-01"], ON_FILE, "2027-09-30"),
    ],
)  # fmt: skip
def test_any_fiscal_year_end(
    situation: str,
    calendar: Calendar,
    as_of: str,
    evidence: list[str],
    standing: Standing,
    due_on: str,
) -> None:
    ruling = judge(
        ask(as_of, *map(done, evidence), calendar=calendar, begin="2025-01-01", **YEARLY)
    )
    assert (ruling.standing, ruling.due_on) == (standing, day(due_on)), situation


@pytest.mark.parametrize(
    ("situation", "question", "standing", "reason"),
    [
        ("in force since June, due in March: first due next year", ask("2026-11-20", first=day("2026-06-01"), due_month=3), DUE, Reason.FIRST_DUE),
        ("in force since March, due in September", ask("2026-10-01", first=day("2026-03-01"), due_month=9), NOT_ON_FILE, Reason.DAY_PASSED),
        ("ends before its day, last year served", ask("2026-05-01", done("2025-05-01"), until=day("2026-06-30")), ON_FILE, Reason.SERVED_BEFORE),
        ("ends before its day, last year without record", ask("2026-05-01", until=day("2026-06-30")), NOT_ON_FILE, Reason.PERIOD_WITHOUT_RECORD),
        ("ends before it was ever due", ask("2026-05-01", begin="2026-01-01", until=day("2026-06-30")), NOT_APPLICABLE, Reason.ENDS_BEFORE_DUE),
        ("declared not applicable", ask("2026-05-01", inapplicable=(Inapplicable(day("2026-01-01"), None, "No internal audit function."),)), NOT_APPLICABLE, Reason.DECLARED_NOT_APPLICABLE),
        ("applies again", ask("2026-05-01", done("2025-03-01"), inapplicable=(Inapplicable(day("2025-06-01"), day("2026-01-01")),)), ON_FILE, Reason.SERVED_BEFORE),
        ("not applicable on last year's day: no gap", ask("2026-05-01", inapplicable=(Inapplicable(day("2025-06-01"), day("2026-01-01")),)), DUE, Reason.DUE_BY),
    ],
)  # fmt: skip
def test_in_force_for_part_of_the_time(
    situation: str, question: Question, standing: Standing, reason: Reason
) -> None:
    ruling = judge(question)
    assert (ruling.standing, ruling.reason) == (standing, reason), situation


@pytest.mark.parametrize(
    ("situation", "question", "standing", "due_on"),
    [
        ("RULE-44: last on 9 December 2025, sixty days before the anniversary", ask("2026-10-10", done("2025-12-09"), twelve_months=True), DUE, "2026-12-09"),
        ("RULE-27: last on 10 December 2025, on 20 November 2026", ask("2026-11-20", done("2025-12-10"), twelve_months=True), DUE, "2026-12-10"),
        ("RULE-27, default reading: the fiscal year's last day", ask("2026-11-20", done("2025-12-10")), DUE, "2026-12-31"),
        ("strict: done in January, the next within twelve months", ask("2026-11-20", done("2025-06-01"), done("2026-01-10"), twelve_months=True), DUE, "2027-01-10"),
        ("strict: last year did not apply, so no anniversary binds", ask("2026-01-02", done("2024-06-01"), twelve_months=True, inapplicable=(Inapplicable(day("2025-01-01"), day("2026-01-01")),)), DUE, "2026-12-31"),
        ("strict: the anniversary has passed", ask("2026-12-10", done("2025-12-09"), twelve_months=True), NOT_ON_FILE, "2026-12-09"),
    ],
)  # fmt: skip
def test_the_two_readings_of_annually(
    situation: str, question: Question, standing: Standing, due_on: str
) -> None:
    ruling = judge(question)
    assert (ruling.standing, ruling.due_on) == (standing, day(due_on)), situation


def test_fifteen_months_bring_a_hint_and_no_other_standing() -> None:
    before, after = (
        judge(ask(on, done("2025-12-10"), closed=frozenset({"FY2026"})))
        for on in ("2027-03-09", "2027-03-10")
    )
    assert before.standing == after.standing == DUE
    assert "hint_since" not in before.facts
    assert after.facts["hint_since"] == day("2025-12-10")


@pytest.mark.parametrize(
    ("situation", "holding", "as_of", "standing", "due_on"),
    [
        ("holds", Holding(True, "Three sit."), "2026-05-01", ON_FILE, None),
        ("holds by cure only", Holding(True, "Two sit.", day("2026-11-01")), "2026-05-01", DUE, "2026-11-01"),
        ("does not hold", Holding(False, "Two sit."), "2026-05-01", OPEN, None),
        ("does not hold, long past the first day", Holding(False, "Two sit."), "2030-05-01", OPEN, None),
        ("as of a day before the records begin", Holding(False, "Two sit."), "2023-12-31", BEFORE_RECORDS_BEGIN, None),
    ],
)  # fmt: skip
def test_condition(
    situation: str, holding: Holding, as_of: str, standing: Standing, due_on: str | None
) -> None:
    ruling = judge(ask(as_of, holding=holding, kind=DutyKind.CONDITION))
    assert (ruling.standing, ruling.due_on) == (standing, due_on and day(due_on)), situation


@pytest.mark.parametrize(
    ("situation", "holding", "evidence", "standing"),
    [
        ("in force and reviewed this year", Holding(True, "In force."), ["2026-02-01"], ON_FILE),
        ("in force, review near", Holding(True, "In force."), ["2025-02-01"], DUE),
        ("in force, last year not reviewed", Holding(True, "In force."), [], NOT_ON_FILE),
        ("not in force, though reviewed", Holding(False, "No procedure is in force."), ["2026-02-01"], OPEN),
    ],
)  # fmt: skip
def test_procedure_in_force(
    situation: str, holding: Holding, evidence: list[str], standing: Standing
) -> None:
    ruling = judge(
        ask("2026-11-20", *map(done, evidence), holding=holding, kind=DutyKind.PROCEDURE)
    )
    assert ruling.standing == standing, situation


@pytest.mark.parametrize(
    ("situation", "occurrences", "standing", "due_on"),
    [
        ("nothing arose", [], NOT_APPLICABLE, None),
        ("what arose last year and was dealt with then", [arose("2025-02-01", "2025-03-01", "2025-02-10")], NOT_APPLICABLE, None),
        ("dealt with", [arose("2026-02-01", "2026-03-01", "2026-02-10")], ON_FILE, None),
        ("open in time", [arose("2026-11-01", "2026-12-01")], DUE, "2026-12-01"),
        ("its day lay before the record", [arose("2023-02-01", "2023-03-01")], BEFORE_RECORDS_BEGIN, None),
        ("open past its day", [arose("2026-02-01", "2026-03-01"), arose("2026-11-01", "2026-12-01")], NOT_ON_FILE, "2026-03-01"),
        ("open since last year", [arose("2025-11-01", "2026-12-01")], DUE, "2026-12-01"),
        ("dealt with only after the day asked for", [arose("2026-11-01", "2026-12-01", "2026-11-30")], DUE, "2026-12-01"),
        ("arose only after the day asked for", [arose("2026-11-30", "2026-12-10")], NOT_APPLICABLE, None),
    ],
)  # fmt: skip
def test_event(
    situation: str, occurrences: list[Occurrence], standing: Standing, due_on: str | None
) -> None:
    ruling = judge(ask("2026-11-20", occurrences=occurrences, kind=DutyKind.EVENT))
    assert (ruling.standing, ruling.due_on) == (standing, due_on and day(due_on)), situation


@pytest.mark.parametrize(
    ("as_of", "standing"),
    [("2026-09-30", ON_FILE), ("2026-10-01", DUE), ("2026-12-31", DUE)],
)
def test_purpose_speaks_for_itself_from_the_fourth_quarter(as_of: str, standing: Standing) -> None:
    assert (
        judge(ask(as_of, done("2025-05-01"), kind=DutyKind.PURPOSE, begin="2025-01-01")).standing
        == standing
    )


def test_authority_is_never_judged_and_lists_its_uses() -> None:
    ruling = judge(
        ask("2026-11-20", done("2020-01-01"), done("2026-02-01"), kind=DutyKind.AUTHORITY)
    )
    assert (ruling.standing, [e.on.year for e in ruling.evidence]) == (NOT_APPLICABLE, [2026, 2020])


@pytest.mark.parametrize(
    ("situation", "question", "expected"),
    [
        ("two years without record", ask("2026-11-20"), [("FY2024", []), ("FY2025", [])]),
        ("served in time", ask("2026-11-20", *TWO_YEARS), []),
        ("served in January: an open item that names its evidence", ask("2026-11-20", done("2024-05-01"), done("2026-01-12", "2025-12-31")), [("FY2025", ["2026-01-12"])]),
        ("the running year is no past period", ask("2026-12-31", *TWO_YEARS), []),
        ("the first day of the next year closes it", ask("2027-01-01", *TWO_YEARS), [("FY2026", [])]),
        ("due before the records begin", ask("2026-11-20", begin="2025-12-31"), [("FY2025", [])]),
        ("due a day before the records begin", ask("2026-11-20", begin="2026-01-01"), []),
        ("not in force on its day", ask("2026-11-20", done("2025-02-01"), first=day("2025-01-01")), []),
        ("a closed gap stays an open item, with its closing", ask("2026-11-20", done("2024-05-01"), closed=frozenset({"FY2025"})), [("FY2025", [])]),
        ("three of four", ask("2026-11-20", *LAST_FOUR[:3], begin="2025-01-01", **FOUR), [("FY2025", [])]),
        ("four a year, the records begin in November: nothing is asked of that year", ask("2026-02-20", begin="2025-11-01", **FOUR), []),
        ("four a year, half the year on record: two are asked", ask("2026-02-20", done("2025-08-01"), begin="2025-07-01", **FOUR), [("FY2025", [])]),
        ("four a year, half the year on record, two held", ask("2026-02-20", done("2025-08-01"), done("2025-11-01"), begin="2025-07-01", **FOUR), []),
    ],
)  # fmt: skip
def test_gaps_of_past_periods(
    situation: str, question: Question, expected: list[tuple[str, list[str]]]
) -> None:
    found = [(gap.key, [e.on.isoformat() for e in gap.late]) for gap in gaps(question)]
    assert found == expected, situation


@pytest.mark.parametrize(
    ("situation", "question", "expected"),
    [
        ("a lapse names what ended it", ask("2027-06-01", done("2024-02-01"), done("2026-07-01"), months=15), [("2025-05-01", ["2026-07-01"])]),
        ("a lapse that is still open", ask("2026-11-20", done("2024-02-01"), months=15), [("2025-05-01", [])]),
        ("nothing on record at all", ask("2026-11-20", months=15), [("2025-04-01", [])]),
        ("not applicable on its day", ask("2025-05-20", done("2024-02-01"), months=12, inapplicable=(Inapplicable(day("2025-01-01"), None),)), []),
        ("done in time, over and over", ask("2026-11-20", done("2024-02-01"), done("2025-01-20"), done("2026-01-15"), months=12), []),
    ],
)  # fmt: skip
def test_lapses_of_a_span_in_months(
    situation: str, question: Question, expected: list[tuple[str, list[str]]]
) -> None:
    question = replace(question, terms=replace(question.terms, cadence=Cadence.MONTHS))
    found = [
        (gap.due_on.isoformat(), [e.on.isoformat() for e in gap.late]) for gap in gaps(question)
    ]
    assert found == expected, situation


@pytest.mark.parametrize(
    ("situation", "on", "evidence", "serves"),
    [
        ("January, last year unserved", "2026-01-12", [], "FY2025"),
        ("the new year is ninety days old", "2026-04-01", [], "FY2025"),
        ("ninety-one days", "2026-04-02", [], "FY2026"),
        ("January, last year was before the record", "2025-01-12", [], "FY2025"),
        ("January, last year served", "2026-01-12", ["2025-05-01"], "FY2026"),
        ("in mid-year", "2026-06-12", [], "FY2026"),
    ],
)
def test_the_period_offered_to_a_new_completion(
    situation: str, on: str, evidence: list[str], serves: str
) -> None:
    settings = Settings(CALENDAR_YEAR, day("2025-01-01"))
    period = period_served_by_default(Terms(), settings, day(on), list(map(done, evidence)))
    assert period.key == serves, situation


# Properties

DAYS = st.dates(date(2023, 1, 1), date(2029, 12, 31))
CALENDARS = st.sampled_from(
    [CALENDAR_YEAR, JUNE_YEAR, FEBRUARY_YEAR, LAST_SATURDAY_OF_JANUARY, JUNE_THEN_DECEMBER]
)
SORTS = st.sampled_from([DutyKind.RECURRING, DutyKind.PURPOSE, DutyKind.CONDITION])
FACTS = st.lists(
    st.builds(
        lambda on, back: Evidence(on, on - timedelta(days=back)),
        DAYS,
        st.sampled_from([0, 0, 30, 100]),
    ),
    max_size=12,
)
SPANS = st.sampled_from(
    [
        (),
        (Inapplicable(date(2025, 1, 1), date(2026, 1, 1)),),
        (Inapplicable(date(2026, 5, 1), None),),
    ]
)
TERMS = st.builds(
    Terms,
    inapplicable=SPANS,
    kind=SORTS,
    cadence=st.sampled_from(list(Cadence)),
    times=st.integers(1, 4),
    months=st.sampled_from([3, 12, 15]),
    due_month=st.integers(1, 12),
    due_day=st.sampled_from([None, 1, 15, 31]),
    first=st.sampled_from([date(2022, 1, 1), date(2024, 7, 1)]),
    until=st.sampled_from([None, date(2027, 9, 30)]),
)
BEGINS = st.sampled_from([date(2023, 1, 1), date(2024, 5, 15), date(2026, 1, 1)])
WORSE = {ON_FILE: 0, DUE: 1, NOT_ON_FILE: 2, OPEN: 2}


AN_ODD_ANNIVERSARY = Terms(due_month=3, first=date(2024, 7, 1))


@given(TERMS, DAYS, CALENDARS, BEGINS, st.booleans(), FACTS, FACTS)
@example(
    AN_ODD_ANNIVERSARY, date(2025, 1, 15), CALENDAR_YEAR, date(2023, 1, 1), True, [], [Evidence(date(2023, 12, 1), date(2023, 12, 1))]
)  # fmt: skip
def test_more_evidence_never_makes_a_duty_worse(
    terms: Terms,
    on: date,
    calendar: Calendar,
    begin: date,
    strict: bool,
    some: list[Evidence],
    more: list[Evidence],
) -> None:
    settings = Settings(calendar, begin, strict)
    before = judge(Question(terms, on, settings, some)).standing
    after = judge(Question(terms, on, settings, some + more)).standing
    if before in WORSE and after in WORSE:
        assert WORSE[after] <= WORSE[before]
    else:
        # Once the last time is on record, a span that was before the record is judged by it.
        assert after in (before, ON_FILE) or (before, terms.cadence) == (
            BEFORE_RECORDS_BEGIN,
            Cadence.MONTHS,
        )


@given(TERMS, DAYS, CALENDARS, BEGINS, FACTS, FACTS)
def test_what_happens_later_never_changes_the_standing_of_a_day(
    terms: Terms,
    on: date,
    calendar: Calendar,
    begin: date,
    some: list[Evidence],
    later: list[Evidence],
) -> None:
    settings = Settings(calendar, begin)
    later = [e for e in later if e.on > on]
    assert judge(Question(terms, on, settings, some)) == judge(
        Question(terms, on, settings, some + later)
    )


@given(TERMS, DAYS, CALENDARS, BEGINS, FACTS)
def test_what_happened_before_counts_whenever_it_was_recorded(
    terms: Terms, on: date, calendar: Calendar, begin: date, facts: list[Evidence]
) -> None:
    settings = Settings(calendar, begin)
    recorded_late = [replace(e, recorded_on=date(2040, 1, 1)) for e in facts]
    now, late = (judge(Question(terms, on, settings, e)) for e in (facts, recorded_late))
    assert (now.standing, now.due_on, now.reason) == (late.standing, late.due_on, late.reason)


@given(TERMS, DAYS, CALENDARS, BEGINS, FACTS)
def test_the_order_of_entry_does_not_matter(
    terms: Terms, on: date, calendar: Calendar, begin: date, facts: list[Evidence]
) -> None:
    settings = Settings(calendar, begin)
    forward, backward = (
        judge(Question(terms, on, settings, e)) for e in (facts, list(reversed(facts)))
    )
    assert (forward.standing, forward.due_on) == (backward.standing, backward.due_on)


@given(TERMS, DAYS, CALENDARS, BEGINS, FACTS)
def test_a_kept_year_has_no_gap_and_a_gap_is_always_past(
    terms: Terms, on: date, calendar: Calendar, begin: date, facts: list[Evidence]
) -> None:
    for gap in gaps(Question(terms, on, Settings(calendar, begin), facts)):
        assert gap.due_on < on
        assert gap.due_on >= begin
