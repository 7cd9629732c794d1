"""RULE-30 and RULE-31: due dates of reports and proxy statement, and what Form 12b-25 gains."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from records.calendar import DAY, Calendar, YearEnd
from records.enums import FilerCategory
from records.filing_calendar import (
    DueDate,
    Notification,
    Report,
    Shortfall,
    StatusSince,
    annual_meeting_dates,
    annual_report,
    category_on,
    current_report_due,
    due_dates,
    extension,
    interim_reports,
    part_iii,
    timeliness,
)
from records.filing_sentences import due_words, extension_words, meeting_words, shortfall_words
from records.rule_data import TABLE, NotInTableError
from records.services.company import federal_holidays

LARGE, ACCELERATED, OTHER = FilerCategory
HOLIDAYS = frozenset(federal_holidays(range(2019, 2036)))
EVER = date(2000, 1, 1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def calendar(*year_ends: YearEnd) -> Calendar:
    return Calendar(year_ends or (YearEnd(EVER, 12, 31),), HOLIDAYS)


def since(category: FilerCategory, on: date = EVER) -> list[StatusSince]:
    return [StatusSince(on, category)]


def due_of_year(
    year_end: str, category: FilerCategory, years: Calendar | None = None
) -> DueDate | None:
    years = years or calendar()
    return annual_report(years.year_of(day(year_end)), years, since(category), TABLE)


def due_of_quarter(quarter_end: str, category: FilerCategory) -> DueDate:
    years = calendar()
    year = years.year_of(day(quarter_end))
    found = interim_reports(year, years, since(category), TABLE)
    return next(due for due in found if due.period.last == day(quarter_end))


@pytest.mark.parametrize(
    ("year_end", "large", "accelerated", "other"),
    [
        # The fiscal year ends   60 days       75 days       90 days
        ("2019-12-31", "2020-03-02", "2020-03-16", "2020-03-30"),  # a leap year: 60 days are February 29, a Saturday
        ("2022-12-31", "2023-03-01", "2023-03-16", "2023-03-31"),
        ("2023-12-31", "2024-02-29", "2024-03-15", "2024-04-01"),  # 90 days are March 30, a Saturday
        ("2024-12-31", "2025-03-03", "2025-03-17", "2025-03-31"),
        ("2025-12-31", "2026-03-02", "2026-03-16", "2026-03-31"),
        ("2026-12-31", "2027-03-01", "2027-03-16", "2027-03-31"),
        ("2027-12-31", "2028-02-29", "2028-03-15", "2028-03-30"),
    ],
)  # fmt: skip
def test_annual_report_is_due(year_end: str, large: str, accelerated: str, other: str) -> None:
    found = [due_of_year(year_end, category) for category in FilerCategory]
    assert [str(due.due_on) for due in found if due] == [large, accelerated, other]


@pytest.mark.parametrize(
    ("quarter_end", "accelerated", "other"),
    [
        # The quarter ends        40 days       45 days
        ("2026-03-31", "2026-05-11", "2026-05-15"),  # May 10 is a Sunday
        ("2026-06-30", "2026-08-10", "2026-08-14"),  # August 9 is a Sunday
        ("2026-09-30", "2026-11-09", "2026-11-16"),  # November 14 is a Saturday
        ("2027-03-31", "2027-05-10", "2027-05-17"),
        ("2027-06-30", "2027-08-09", "2027-08-16"),
        ("2027-09-30", "2027-11-09", "2027-11-15"),
    ],
)  # fmt: skip
def test_quarterly_report_is_due(quarter_end: str, accelerated: str, other: str) -> None:
    found = [due_of_quarter(quarter_end, category) for category in FilerCategory]
    assert [str(due.due_on) for due in found] == [accelerated, accelerated, other]


@pytest.mark.parametrize(
    ("year_end", "due_on"),
    [
        ("2026-12-31", "2027-04-30"),
        ("2027-12-31", "2028-05-01"),  # a leap year: April 29, 2028, a Saturday
        ("2025-12-31", "2026-04-30"),
        ("2029-12-31", "2030-04-30"),
    ],
)
def test_part_iii_is_due_120_days_after_the_year(year_end: str, due_on: str) -> None:
    years = calendar()
    assert str(part_iii(years.year_of(day(year_end)), years, TABLE).due_on) == due_on


def test_reports_of_a_year_in_the_order_in_which_they_are_due() -> None:
    years = calendar()
    found = due_dates(years.year_of(day("2026-06-30")), years, since(ACCELERATED), TABLE)
    assert [(due.form, due.report.value, due.period.key, str(due.due_on)) for due in found] == [
        ("10-Q", "interim", "FY2026Q1", "2026-05-11"),
        ("10-Q", "interim", "FY2026Q2", "2026-08-10"),
        ("10-Q", "interim", "FY2026Q3", "2026-11-09"),
        ("10-K", "annual", "FY2026", "2027-03-16"),
        ("10-K", "part_iii", "FY2026", "2027-04-30"),
    ]


def test_last_quarter_has_no_quarterly_report() -> None:
    years = calendar()
    found = interim_reports(years.year_of(day("2026-12-31")), years, since(OTHER), TABLE)
    assert [str(due.period.last) for due in found] == ["2026-03-31", "2026-06-30", "2026-09-30"]


# Saturdays and Fridays on which a year of 52 or 53 weeks ends.
LAST_SATURDAY_OF_SEPTEMBER = YearEnd(EVER, 9, 30, weekday=5)
SATURDAY_NEAREST_DECEMBER_31 = YearEnd(EVER, 12, 31, weekday=5, nearest=True)
FRIDAY_NEAREST_DECEMBER_31 = YearEnd(EVER, 12, 31, weekday=4, nearest=True)


@pytest.mark.parametrize(
    ("rule", "within", "year_end", "large", "accelerated", "other"),
    [
        # 90 days are Christmas Day.
        (LAST_SATURDAY_OF_SEPTEMBER, "2026-06-30", "2026-09-26", "2026-11-25", "2026-12-10", "2026-12-28"),
        # 53 weeks; the year keeps the name it was lived in.
        (SATURDAY_NEAREST_DECEMBER_31, "2026-06-30", "2027-01-02", "2027-03-03", "2027-03-18", "2027-04-02"),
        (SATURDAY_NEAREST_DECEMBER_31, "2027-06-30", "2028-01-01", "2028-03-01", "2028-03-16", "2028-03-31"),
        (FRIDAY_NEAREST_DECEMBER_31, "2027-06-30", "2027-12-31", "2028-02-29", "2028-03-15", "2028-03-30"),
    ],
)  # fmt: skip
def test_year_of_52_or_53_weeks_counts_from_its_own_last_day(
    rule: YearEnd, within: str, year_end: str, large: str, accelerated: str, other: str
) -> None:
    years = calendar(rule)
    year = years.year_of(day(within))
    found = [annual_report(year, years, since(category), TABLE) for category in FilerCategory]
    assert str(year.last) == year_end
    assert [str(due.due_on) for due in found if due] == [large, accelerated, other]


def test_quarters_of_a_year_of_53_weeks() -> None:
    years = calendar(SATURDAY_NEAREST_DECEMBER_31)
    found = interim_reports(years.year_of(day("2026-06-30")), years, since(OTHER), TABLE)
    assert [(str(due.period.last), str(due.due_on)) for due in found] == [
        ("2026-04-04", "2026-05-19"),
        ("2026-07-04", "2026-08-18"),
        ("2026-10-03", "2026-11-17"),
    ]


@pytest.mark.parametrize(
    ("year_end", "month_day", "category", "due_on"),
    [
        ("2026-06-30", (6, 30), ACCELERATED, "2026-09-14"),  # day 75 is September 13, a Sunday
        ("2026-06-30", (6, 30), OTHER, "2026-09-28"),
        ("2026-09-30", (9, 30), LARGE, "2026-11-30"),  # day 60 is November 29, a Sunday
        ("2026-12-17", (12, 17), LARGE, "2027-02-16"),  # day 60 is Presidents' Day, a Monday
        ("2027-05-06", (5, 6), LARGE, "2027-07-06"),  # Independence Day observed on Monday, July 5
        ("2027-11-01", (11, 1), LARGE, "2028-01-03"),  # day 60 is December 31, 2027, the New Year observed
        ("2026-12-26", (12, 26), OTHER, "2027-03-26"),  # Good Friday is no federal holiday
    ],
)  # fmt: skip
def test_weekends_and_federal_holidays_move_a_due_date_on(
    year_end: str, month_day: tuple[int, int], category: FilerCategory, due_on: str
) -> None:
    due = due_of_year(year_end, category, calendar(YearEnd(EVER, *month_day)))
    assert due is not None
    assert (str(due.period.last), str(due.due_on)) == (year_end, due_on)


@pytest.mark.parametrize(
    ("effective_from", "due_of_2026", "due_of_first_quarter"),
    [
        # Recorded as of the year's last day or of the day after, the status governs that year's
        # annual report already (Rule 12b-2 (3)(i)), and the quarters from then on.
        ("2026-12-31", "2027-03-31", "2027-05-17"),
        ("2027-01-01", "2027-03-31", "2027-05-17"),
        ("2027-01-02", "2027-03-16", "2027-05-17"),
        ("2028-01-01", "2027-03-16", "2027-05-10"),
    ],
)
def test_status_of_the_years_end_governs_that_years_report(
    effective_from: str, due_of_2026: str, due_of_first_quarter: str
) -> None:
    years = calendar()
    statuses = [*since(ACCELERATED), *since(OTHER, day(effective_from))]
    annual = annual_report(years.year_of(day("2026-12-31")), years, statuses, TABLE)
    first, *_rest = interim_reports(years.year_of(day("2027-03-31")), years, statuses, TABLE)
    assert annual is not None
    assert (str(annual.due_on), str(first.due_on)) == (due_of_2026, due_of_first_quarter)


def test_third_quarter_keeps_the_status_that_ends_with_the_year() -> None:
    years = calendar()
    statuses = [*since(OTHER, day("2026-12-31")), *since(ACCELERATED)]
    found = due_dates(years.year_of(day("2026-12-31")), years, statuses, TABLE)
    assert [(due.period.key, due.category) for due in found] == [
        ("FY2026Q1", ACCELERATED),
        ("FY2026Q2", ACCELERATED),
        ("FY2026Q3", ACCELERATED),
        ("FY2026", OTHER),
        ("FY2026", None),
    ]


def test_without_a_status_on_record_no_date_is_computed() -> None:
    with pytest.raises(ValueError, match="No filer status is on record on 2026-12-31"):
        category_on(since(OTHER, day("2027-01-01")), day("2026-12-31"))


def test_period_before_the_table_is_refused() -> None:
    with pytest.raises(NotInTableError, match="table has it from 2005-12-15"):
        due_of_year("2004-12-31", LARGE)


@pytest.mark.parametrize(
    ("new_end", "months", "form", "due_on"),
    [
        ((1, 31), "one month", None, None),
        ((3, 31), "three months", "10-QT", "2027-05-17"),  # day 45 is May 15, a Saturday
        ((5, 31), "five months", "10-QT", "2027-07-15"),
        ((6, 30), "six months", "10-KT", "2027-09-28"),
        ((9, 30), "nine months", "10-KT", "2027-12-29"),
    ],
)
def test_transition_period_has_a_report_of_its_own(
    new_end: tuple[int, int], months: str, form: str | None, due_on: str | None
) -> None:
    years = calendar(YearEnd(EVER, 12, 31), YearEnd(date(2027, 1, 1), *new_end))
    year = years.year_of(date(2027, 1, 15))
    found = due_dates(year, years, since(OTHER), TABLE)
    assert year.key == "FY2027T"
    assert [(due.form, str(due.due_on)) for due in found] == ([(form, due_on)] if form else [])


@given(
    st.dates(date(2020, 1, 1), date(2033, 12, 31)),
    st.sampled_from(list(FilerCategory)),
    st.sampled_from(
        [YearEnd(EVER, 12, 31), YearEnd(EVER, 6, 30), LAST_SATURDAY_OF_SEPTEMBER, SATURDAY_NEAREST_DECEMBER_31]
    ),
)  # fmt: skip
def test_due_date_is_the_first_business_day_on_or_after_the_last_day_counted(
    within: date, category: FilerCategory, rule: YearEnd
) -> None:
    years = calendar(rule)
    for due in due_dates(years.year_of(within), years, since(category), TABLE):
        assert due.last - due.period.last == timedelta(days=due.days)
        skipped = [due.last + DAY * n for n in range((due.due_on - due.last).days)]
        assert all(each.weekday() >= 5 or each in HOLIDAYS for each in skipped)
        assert due.due_on.weekday() < 5
        assert due.due_on not in HOLIDAYS
        assert ("Rule 0-3" in due.citation) == bool(skipped)


@pytest.mark.parametrize(
    ("due", "form_by", "extended_to"),
    [
        (due_of_year("2026-12-31", ACCELERATED), "2027-03-17", "2027-03-31"),
        (due_of_year("2026-12-31", LARGE), "2027-03-02", "2027-03-16"),
        (due_of_year("2026-12-31", OTHER), "2027-04-01", "2027-04-15"),
        # Counted from the date it moved to, and moved on again: March 31 and 15 days.
        (due_of_year("2025-12-31", LARGE), "2026-03-03", "2026-03-17"),
        (due_of_year("2024-12-31", ACCELERATED), "2025-03-18", "2025-04-01"),
        (due_of_year("2023-12-31", LARGE), "2024-03-01", "2024-03-15"),
        # Five calendar days, not business days. November 14 is a Saturday.
        (due_of_quarter("2026-09-30", ACCELERATED), "2026-11-10", "2026-11-16"),
        (due_of_quarter("2026-09-30", OTHER), "2026-11-17", "2026-11-23"),
        (due_of_quarter("2026-03-31", OTHER), "2026-05-18", "2026-05-20"),
        (due_of_quarter("2027-06-30", ACCELERATED), "2027-08-10", "2027-08-16"),
    ],
)
def test_extension_of_a_late_report(due: DueDate, form_by: str, extended_to: str) -> None:
    allowed = extension(due, calendar(), TABLE)
    assert (str(allowed.form_by), str(allowed.extended_to)) == (form_by, extended_to)


def test_proxy_statement_is_not_extended() -> None:
    years = calendar()
    due = part_iii(years.year_of(day("2026-12-31")), years, TABLE)
    with pytest.raises(ValueError, match="extends a report, not the proxy statement"):
        extension(due, years, TABLE)


GOOD = Notification(day("2027-03-17"), says_unavoidable=True, says_will_file_in_time=True)


def a_form(
    filed_on: str = "2027-03-17", *, unavoidable: bool = True, promise: bool = True, **more: bool
) -> Notification:
    return Notification(day(filed_on), unavoidable, promise, **more)


@pytest.mark.parametrize(
    ("form", "filed_on", "on", "is_timely", "shortfalls"),
    [
        # The 10-K is due on March 16, 2027. In time:
        (None, "2027-03-16", "2027-03-16", True, []),
        (None, None, "2027-03-16", None, []),
        # Late, and deemed timely by Form 12b-25:
        (a_form(), "2027-03-17", "2027-03-17", True, []),
        (a_form(), "2027-03-31", "2027-04-30", True, []),
        (a_form("2027-03-16"), "2027-03-31", "2027-04-30", True, []),
        (a_form(auditor_is_cause=True, has_auditor_statement=True), "2027-03-31", "2027-03-31", True, []),
        # Not filed yet, and still possible:
        (None, None, "2027-03-17", None, []),
        (a_form(), None, "2027-03-31", None, []),
        # Filed a business day late; the form may follow that day, and another one a form with a flaw:
        (None, "2027-03-17", "2027-03-17", None, []),
        (a_form(promise=False), "2027-03-17", "2027-03-17", None, ["no_promise"]),
        (a_form("2027-03-16", promise=False), None, "2027-03-17", None, ["no_promise"]),
        # Late:
        (None, "2027-03-17", "2027-03-18", False, ["no_form"]),
        (a_form(promise=False), "2027-03-17", "2027-03-18", False, ["no_promise"]),
        (a_form(promise=False), None, "2027-03-18", False, ["no_promise"]),
        (None, None, "2027-03-18", False, ["no_form"]),
        (a_form("2027-03-18"), "2027-03-31", "2027-03-31", False, ["form_late"]),
        (a_form(unavoidable=False), "2027-03-31", "2027-03-31", False, ["not_unavoidable"]),
        (a_form(promise=False), "2027-03-31", "2027-03-31", False, ["no_promise"]),
        (a_form(auditor_is_cause=True), "2027-03-31", "2027-03-31", False, ["no_auditor_statement"]),
        (a_form(), "2027-04-01", "2027-04-01", False, ["report_late"]),
        (a_form(), None, "2027-04-01", False, ["not_filed"]),
        (a_form("2027-03-18", unavoidable=False, promise=False), "2027-04-01", "2027-04-01", False,
         ["form_late", "not_unavoidable", "no_promise", "report_late"]),
        (None, None, "2027-04-01", False, ["no_form", "not_filed"]),
    ],
)  # fmt: skip
def test_late_report_is_timely_only_on_every_condition(
    form: Notification | None,
    filed_on: str | None,
    on: str,
    is_timely: bool | None,
    shortfalls: Sequence[str],
) -> None:
    due = due_of_year("2026-12-31", ACCELERATED)
    assert due is not None
    filed = day(filed_on) if filed_on else None
    found = timeliness(due, form, filed, day(on), calendar(), TABLE)
    assert (found.is_timely, [each.value for each in found.shortfalls]) == (
        is_timely,
        list(shortfalls),
    )


@pytest.mark.parametrize(
    ("form", "filed_on", "on", "form_by"),
    [
        (None, "2027-03-16", "2027-03-16", None),  # in time: no form is asked for
        (None, None, "2027-03-17", None),  # not filed
        (None, "2027-03-17", "2027-03-17", "2027-03-17"),
        (a_form(unavoidable=False), "2027-03-17", "2027-03-17", "2027-03-17"),
        (GOOD, "2027-03-17", "2027-03-17", None),
        (None, "2027-03-17", "2027-03-18", None),  # too late for the form
    ],
)
def test_form_that_may_still_follow_a_late_report(
    form: Notification | None, filed_on: str | None, on: str, form_by: str | None
) -> None:
    due = due_of_year("2026-12-31", ACCELERATED)
    assert due is not None
    filed = day(filed_on) if filed_on else None
    found = timeliness(due, form, filed, day(on), calendar(), TABLE)
    assert found.form_by == (day(form_by) if form_by else None)


@pytest.mark.parametrize(
    ("form", "filed_on", "on", "closed_from", "open_from"),
    [
        (None, "2027-03-16", "2027-03-20", None, None),
        (GOOD, None, "2027-03-20", "2027-03-17", None),
        (None, "2027-03-17", "2027-03-17", "2027-03-17", None),  # closed until it is timely
        (GOOD, "2027-03-31", "2027-03-31", "2027-03-17", "2027-03-31"),
        (None, "2027-03-31", "2027-03-31", "2027-03-17", None),  # late: when it reopens is for counsel
    ],
)  # fmt: skip
def test_short_form_registration_is_closed_until_the_report_is_filed(
    form: Notification | None,
    filed_on: str | None,
    on: str,
    closed_from: str | None,
    open_from: str | None,
) -> None:
    due = due_of_year("2026-12-31", ACCELERATED)
    assert due is not None
    filed = day(filed_on) if filed_on else None
    found = timeliness(due, form, filed, day(on), calendar(), TABLE)
    assert (found.short_form_closed_from, found.short_form_open_from) == (
        day(closed_from) if closed_from else None,
        day(open_from) if open_from else None,
    )


@pytest.mark.parametrize(
    ("form", "filed_on"), [(GOOD, None), (None, day("2027-03-18"))], ids=["form", "report"]
)
def test_filing_that_has_not_happened_yet_is_refused(
    form: Notification | None, filed_on: date | None
) -> None:
    due = due_of_year("2026-12-31", ACCELERATED)
    assert due is not None
    with pytest.raises(ValueError, match="has not come by 2027-03-16"):
        timeliness(due, form, filed_on, day("2027-03-16"), calendar(), TABLE)


def test_review_of_a_report_after_its_due_date_is_too_late() -> None:
    due = due_of_quarter("2026-09-30", ACCELERATED)
    assert [due.is_reviewed_in_time(day(on)) for on in ("2026-11-09", "2026-11-10")] == [
        True,
        False,
    ]
    assert [due.is_late(day(on)) for on in ("2026-11-09", "2026-11-10")] == [False, True]


@pytest.mark.parametrize(
    ("meeting_on", "notice_from", "internet_by", "notice_by", "results_by"),
    [
        ("2027-05-20", "2027-03-21", "2027-04-10", "2027-05-10", "2027-05-26"),
        # Memorial Day, May 31, is passed over.
        ("2027-05-27", "2027-03-28", "2027-04-17", "2027-05-17", "2027-06-03"),
        ("2026-06-17", "2026-04-18", "2026-05-08", "2026-06-07", "2026-06-24"),
    ],
)
def test_dates_of_an_annual_meeting(
    meeting_on: str, notice_from: str, internet_by: str, notice_by: str, results_by: str
) -> None:
    found = annual_meeting_dates(day(meeting_on), calendar(), TABLE)
    assert [str(each.on) for each in found] == [notice_from, internet_by, notice_by, results_by]


@pytest.mark.parametrize(
    ("event_on", "due_on"),
    [
        ("2026-10-08", "2026-10-15"),  # Columbus Day, October 12, is passed over
        ("2026-11-12", "2026-11-18"),
        ("2026-11-20", "2026-11-27"),  # Thanksgiving
        ("2026-11-21", "2026-11-27"),  # a Saturday: Monday is day 1
        ("2026-12-31", "2027-01-07"),
        ("2027-03-10", "2027-03-16"),
    ],
)
def test_current_report_is_due_four_business_days_after_the_event(
    event_on: str, due_on: str
) -> None:
    assert str(current_report_due(day(event_on), calendar(), TABLE)) == due_on


@pytest.mark.parametrize(
    ("event_on", "due_on"),
    [
        ("2000-06-20", "2000-06-27"),
        ("2004-08-20", "2004-08-27"),  # five business days through August 22, 2004
        ("2004-08-22", "2004-08-27"),
        ("2004-08-23", "2004-08-27"),  # four from then on
        ("2026-10-08", "2026-10-15"),
    ],
)
def test_report_on_a_change_of_auditor_is_due_by_the_rule_of_its_day(
    event_on: str, due_on: str
) -> None:
    found = current_report_due(
        day(event_on), calendar(), TABLE, key="form_8k.days.change_of_auditor"
    )
    assert str(found) == due_on


def test_change_of_auditor_before_the_table_begins_is_not_judged() -> None:
    with pytest.raises(NotInTableError):
        current_report_due(
            day("1989-12-31"), calendar(), TABLE, key="form_8k.days.change_of_auditor"
        )


@pytest.mark.parametrize(
    ("due", "words", "citation"),
    [
        (
            due_of_year("2026-12-31", ACCELERATED),
            "Form 10-K for fiscal year 2026 is due on March 16, 2027, 75 days after December 31, 2026.",
            "Form 10-K, General Instruction A(2)(b); Releases 33-8128 and 33-8644",
        ),
        (
            due_of_year("2025-12-31", LARGE),
            "Form 10-K for fiscal year 2025 is due on March 2, 2026: day 60 after December 31, 2025 is March 1, 2026, which is not a business day.",
            "Form 10-K, General Instruction A(2)(a); Release 33-8644; Exchange Act Rule 0-3(a)",
        ),
        (
            due_of_quarter("2026-09-30", OTHER),
            "Form 10-Q for the third quarter of fiscal year 2026 is due on November 16, 2026: day 45 after September 30, 2026 is November 14, 2026, which is not a business day.",
            "Form 10-Q, General Instruction A.1(b); Exchange Act Rule 0-3(a)",
        ),
        (
            part_iii(calendar().year_of(day("2026-12-31")), calendar(), TABLE),
            "Part III of Form 10-K for fiscal year 2026, or the proxy statement, is due on April 30, 2027, 120 days after December 31, 2026.",
            "Form 10-K, General Instruction G(3)",
        ),
    ],
)  # fmt: skip
def test_due_date_says_how_it_was_counted_and_by_which_rule(
    due: DueDate, words: str, citation: str
) -> None:
    with translation.override("en-us"):
        assert due_words(due) == words
    assert due.citation == citation


def test_extension_and_meeting_dates_in_words() -> None:
    due = due_of_year("2026-12-31", ACCELERATED)
    assert due is not None
    with translation.override("en-us"):
        assert extension_words(extension(due, calendar(), TABLE)) == (
            "With a Form 12b-25 filed by March 17, 2027, the report is timely if it is filed by "
            "March 31, 2027 (15 calendar days)."
        )
        found = annual_meeting_dates(day("2027-05-20"), calendar(), TABLE)
        assert [meeting_words(each) for each in found] == [
            "Send the notice to stockholders on or after March 21, 2027, 60 days before the meeting.",
            "Send the notice of internet availability by April 10, 2027, 40 days before the meeting, unless a full set of the materials is sent.",
            "Send the notice to stockholders by May 10, 2027, 10 days before the meeting.",
            "Form 8-K with the voting results is due on May 26, 2027, 4 business days after the meeting.",
        ]
    assert all(shortfall_words(each) for each in Shortfall)


def test_every_report_has_a_due_date() -> None:
    years = calendar(YearEnd(EVER, 12, 31), YearEnd(date(2027, 1, 1), 6, 30))
    found = {
        due.report
        for within in ("2026-12-31", "2027-06-30")
        for due in due_dates(years.year_of(day(within)), years, since(OTHER), TABLE)
    }
    assert found == set(Report)
