"""Every reason as counsel reads it, and words that stay neutral."""

from datetime import date

import pytest
from django.utils import translation

from charters.enums import Reason, Standing
from charters.rules.terms import Ruling
from charters.sentences import because, period_name
from records.calendar import Calendar, Period, YearEnd

CALENDAR = Calendar((YearEnd(date(1900, 1, 1), 12, 31),))
FY25, FY26 = CALENDAR.year_of(date(2025, 6, 1)), CALENDAR.year_of(date(2026, 6, 1))
Q3 = CALENDAR.quarter_of(date(2026, 8, 1))
MAY, DECEMBER = date(2026, 5, 5), date(2026, 12, 31)

ONCE = {"period": FY26, "count": 1, "wanted": 1, "due": DECEMBER, "last": MAY}
NEVER = {"period": FY26, "count": 0, "wanted": 1, "due": DECEMBER}
TWICE_OF_FOUR = {"period": FY26, "count": 2, "wanted": 4, "due": DECEMBER, "last": MAY}
ONE_OF_FOUR_BEFORE = {"before": FY25, "before_count": 1, "before_wanted": 4}
NONE_BEFORE = {"before": FY25, "before_count": 0, "before_wanted": 1}

# A reason, its facts, and the sentence.
SENTENCES = [
    # It was performed.
    (Reason.SERVED, ONCE, "Completed on May 5, 2026 for fiscal year 2026."),
    (
        Reason.SERVED,
        ONCE | {"period": Q3},
        "Completed on May 5, 2026 for the third quarter of fiscal year 2026.",
    ),
    (
        Reason.SERVED,
        TWICE_OF_FOUR | {"count": 4},
        "4 of 4 on record for fiscal year 2026, the last on May 5, 2026.",
    ),
    (
        Reason.SERVED,
        TWICE_OF_FOUR | {"count": 5},
        "5 on record for fiscal year 2026, the last on May 5, 2026; at least 4 are asked for.",
    ),
    (
        Reason.SERVED_BEFORE,
        NEVER | {"before": FY25, "last": date(2025, 5, 6)},
        "Completed on May 6, 2025 for fiscal year 2025. Next due by December 31, 2026.",
    ),
    (
        Reason.SERVED_BEFORE,
        NEVER | {"before": FY25, "last": date(2025, 5, 6), "due": None},
        "Completed on May 6, 2025 for fiscal year 2025.",
    ),
    # It is to be performed.
    (Reason.DUE_BY, NEVER, "Due by December 31, 2026 for fiscal year 2026."),
    (
        Reason.DUE_BY,
        TWICE_OF_FOUR,
        "Due by December 31, 2026: 2 of 4 on record for fiscal year 2026.",
    ),
    (
        Reason.DUE_BY,
        NEVER | {"hint_since": date(2025, 5, 6)},
        "Due by December 31, 2026 for fiscal year 2026. More than fifteen months have passed since May 6, 2025.",
    ),
    (
        Reason.FIRST_DUE,
        NEVER | {"first": date(2026, 7, 1)},
        "In effect since July 1, 2026. First due by December 31, 2026.",
    ),
    (
        Reason.ENDS_BEFORE_DUE,
        NEVER | {"until": date(2026, 6, 30), "inapplicable_from": None},
        "In effect until June 30, 2026, before its next due date.",
    ),
    (
        Reason.ENDS_BEFORE_DUE,
        NEVER | {"until": date(2026, 6, 30), "inapplicable_from": date(2026, 6, 30)},
        "Not applicable from June 30, 2026, before its next due date.",
    ),
    (
        Reason.ENDS_BEFORE_DUE,
        NEVER | {"until": date(2026, 6, 30), "inapplicable_from": date(2026, 7, 1)},
        "In effect until June 30, 2026, before its next due date.",
    ),
    (
        Reason.ENDS_BEFORE_DUE,
        NEVER | {"until": None, "inapplicable_from": date(2026, 7, 1)},
        "Not applicable from July 1, 2026, before its next due date.",
    ),
    (
        Reason.ENDS_BEFORE_DUE,
        NEVER | {"until": None, "inapplicable_from": None},
        "No later due date is on record.",
    ),
    # The record does not show it.
    (
        Reason.DAY_PASSED,
        NEVER | {"due": date(2026, 6, 30)},
        "Was due June 30, 2026. No record was found for fiscal year 2026.",
    ),
    (
        Reason.DAY_PASSED,
        TWICE_OF_FOUR | {"count": 0},
        "Was due December 31, 2026. No record was found for fiscal year 2026.",
    ),
    (
        Reason.DAY_PASSED,
        TWICE_OF_FOUR,
        "Was due December 31, 2026. 2 of 4 on record for fiscal year 2026.",
    ),
    (
        Reason.PERIOD_WITHOUT_RECORD,
        NEVER | NONE_BEFORE,
        "No record was found for fiscal year 2025. Due by December 31, 2026 for fiscal year 2026.",
    ),
    (
        Reason.PERIOD_WITHOUT_RECORD,
        TWICE_OF_FOUR | ONE_OF_FOUR_BEFORE | {"due": None},
        "1 of 4 on record for fiscal year 2025.",
    ),
    # The record does not reach back so far.
    (
        Reason.BEFORE_RECORDS_BEGIN,
        {},
        "The date is before records begin.",
    ),
    (
        Reason.BEFORE_RECORDS_BEGIN,
        NEVER | {"due": date(2026, 6, 30)},
        "Was due June 30, 2026, before records begin.",
    ),
    (
        Reason.BEFORE_RECORDS_BEGIN,
        NEVER | {"due": date(2026, 6, 30), "is_ahead": True},
        "Due June 30, 2026, before records begin.",
    ),
    (
        Reason.PARTLY_BEFORE_RECORDS_BEGIN,
        NEVER,
        "Records begin during fiscal year 2026. Next due by December 31, 2026.",
    ),
    (
        Reason.SPAN_BEFORE_RECORDS_BEGIN,
        {"months": 36},
        "It was last completed before records begin.",
    ),
    # Within so many months.
    (
        Reason.WITHIN_MONTHS,
        {"last": MAY, "months": 36, "due": date(2029, 5, 5)},
        "Last completed on May 5, 2026. Due again within 36 months. Due by May 5, 2029.",
    ),
    (
        Reason.WITHIN_MONTHS,
        {"last": MAY, "months": 1, "due": date(2026, 6, 5)},
        "Last completed on May 5, 2026. Due again within 1 month. Due by June 5, 2026.",
    ),
    (
        Reason.WITHIN_MONTHS,
        {"last": MAY, "months": 36, "due": None},
        "Last completed on May 5, 2026. Due again within 36 months.",
    ),
    (
        Reason.WITHIN_MONTHS,
        {"last": None, "months": 36, "due": date(2029, 5, 5)},
        "Due by May 5, 2029.",
    ),
    (
        Reason.MONTHS_PASSED,
        {"last": None, "months": 36, "due": MAY},
        "Was due May 5, 2026. No record was found.",
    ),
    (
        Reason.MONTHS_PASSED,
        {"last": date(2023, 5, 5), "months": 36, "due": MAY},
        "Last completed on May 5, 2023. Was due May 5, 2026. No record was found.",
    ),
    # It is not judged.
    (
        Reason.DECLARED_NOT_APPLICABLE,
        {"since": MAY, "reason": "The company has no internal audit function"},
        "Not applicable since May 5, 2026: The company has no internal audit function.",
    ),
    (
        Reason.DECLARED_NOT_APPLICABLE,
        {"since": MAY, "reason": " Outsourced! "},
        "Not applicable since May 5, 2026: Outsourced!",
    ),
    (
        Reason.AUTHORITY,
        {"uses": 0},
        "An authority, not a responsibility. No use is on record.",
    ),
    (Reason.AUTHORITY, {"uses": 1}, "An authority, not a responsibility. 1 use is on record."),
    (Reason.AUTHORITY, {"uses": 3}, "An authority, not a responsibility. 3 uses are on record."),
    # What arose.
    (Reason.NOTHING_AROSE, {"period": FY26}, "Nothing arose in fiscal year 2026."),
    (
        Reason.ALL_DEALT_WITH,
        {"period": FY26, "arose": 2},
        "Nothing is open. 2 arose in fiscal year 2026.",
    ),
    (
        Reason.OPEN_IN_TIME,
        {"open": 1, "due": DECEMBER},
        "1 is open, the next due by December 31, 2026.",
    ),
    (Reason.OPEN_IN_TIME, {"open": 2, "due": None}, "2 are open."),
    (
        Reason.OPEN_PAST_DAY,
        {"overdue": 1, "due": MAY},
        "1 is open. It was due May 5, 2026.",
    ),
    (
        Reason.OPEN_PAST_DAY,
        {"overdue": 2, "due": MAY},
        "2 are open. The first was due May 5, 2026.",
    ),
    # What holds.
    (
        Reason.CONDITION,
        {"sentence": "3 directors sit on the committee."},
        "3 directors sit on the committee.",
    ),
]


def sentence(reason: Reason, facts: dict, *, by_completion: bool = False) -> str:
    # A ruling's standing has no part in its sentence.
    ruling = Ruling(Standing.ON_FILE, reason, facts=facts)
    return because(ruling, by_completion=by_completion)


@pytest.mark.parametrize(
    ("reason", "facts", "words"), SENTENCES, ids=[words for _, _, words in SENTENCES]
)
def test_reason_reads(reason: Reason, facts: dict, words: str) -> None:
    assert sentence(reason, facts) == words


def test_every_reason_has_its_sentence() -> None:
    assert {reason for reason, _, _ in SENTENCES} == set(Reason)


def test_what_rests_on_a_completion_says_so() -> None:
    assert sentence(Reason.SERVED, ONCE, by_completion=True) == (
        "Completed on May 5, 2026 for fiscal year 2026. Based on recorded completion."
    )


def test_days_are_written_as_the_company_writes_them() -> None:
    with translation.override("en-gb"):
        assert sentence(Reason.SERVED, ONCE) == "Completed on 5 May 2026 for fiscal year 2026."


@pytest.mark.parametrize(
    ("period", "name"),
    [
        (FY26, "fiscal year 2026"),
        (Q3, "the third quarter of fiscal year 2026"),
        (
            Period(date(2026, 1, 1), date(2026, 6, 30), "FY2026T"),
            "the transition period that began on January 1, 2026",
        ),
        (
            Period(date(2026, 1, 1), date(2026, 3, 31), "FY2026TQ1"),
            "the first quarter of the transition period that began on January 1, 2026",
        ),
    ],
)
def test_periods_have_names(period: Period, name: str) -> None:
    assert period_name(period) == name


def test_standings_have_the_six_words_of_the_house() -> None:
    assert {standing.value: str(standing.label) for standing in Standing} == {
        "open": "open",
        "not_on_file": "not on file",
        "due": "due",
        "on_file": "on file",
        "before_records_begin": "before records begin",
        "not_applicable": "not applicable",
    }
