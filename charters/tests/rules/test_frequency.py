"""How often a clause asks for something. The table is meant to be read by a lawyer."""

from dataclasses import replace

import pytest

from charters.rules.catalogue import ENTRIES, Cadence, CatalogueKind, Layer
from charters.rules.frequency import (
    Frequency,
    as_asked,
    asked,
    frequency_of,
    stated_frequency,
    with_words_of,
)

QUARTERLY = Frequency(Cadence.QUARTERLY)


def times(count: int) -> Frequency:
    return Frequency(Cadence.TIMES, count)


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("The Committee shall meet at least four times annually.", times(4)),
        ("The Committee shall meet at least six (6) times a year.", times(6)),
        ("It will hold no fewer than five regular meetings in each fiscal year.", times(5)),
        ("The Committee holds four meetings or more in each fiscal year.", times(4)),
        ("The Committee holds six meetings, at the least, in every year.", times(6)),
        ("The Committee shall meet not less than 8 times per year.", times(8)),
        ("The Committee shall meet at least once during each fiscal year.", times(1)),
        ("The Committee meets twice a year.", times(2)),
        ("The Committee shall meet at least quarterly.", QUARTERLY),
        ("as often as it finds necessary, but not less frequently than quarterly", QUARTERLY),
        ("meet on a quarterly basis", QUARTERLY),
        ("at least once each fiscal quarter", QUARTERLY),
        ("review semi-annually the insurance program", times(2)),
        ("at least every two years review the code", Frequency(Cadence.MONTHS, 1, 24)),
        ("review the log monthly", Frequency(Cadence.MONTHS, 1, 1)),
        ("At least annually, review the charter.", times(1)),
        ("Conduct an annual evaluation of its performance.", times(1)),
        ("review the charter periodically, but at least once a year", times(1)),
        ("review the quarterly financial statements", None),
        ("review quarterly and annual financial statements", None),
        ("discuss quarterly earnings releases", None),
        ("review the annual financial statements", None),
        ("meet periodically with management", None),
        ("at each regular meeting", None),
        ("meet at least quarterly, and once each year without management", None),
        ("a report on the last five years", None),
    ],
)
def test_a_clause_states_how_often(text, frequency):
    assert stated_frequency(text) == frequency


@pytest.mark.parametrize(
    ("key", "text", "frequency"),
    [
        ("four-meetings", "The Committee shall meet at least six times a year.", times(6)),
        ("four-meetings", "The Committee shall meet at least four times a year.", times(4)),
        ("four-meetings", "The Committee shall meet at least quarterly.", times(4)),
        ("session-auditor", "meet at least quarterly in private with the auditor", QUARTERLY),
        ("session-auditor", "meet periodically in private with the auditor", times(1)),
        ("report-to-board", "report to the Board at least annually", times(1)),
        # What the law asks for is never asked for less often, and the filings set their own pace.
        ("control-conclusion", "review the controls every two years", times(1)),
        ("control-conclusion", "review the controls at least quarterly", QUARTERLY),
        ("quarterly-statements", "each year review the 10-Q statements", times(3)),
        ("minimum-size", "elected each year: three directors", times(1)),
    ],
)
def test_a_clause_sets_how_often_its_duty_is_due(key, text, frequency):
    assert asked(ENTRIES[key], text) == frequency


def test_a_clause_that_does_not_say_leaves_the_frequency_of_the_catalogue():
    for entry in ENTRIES.values():
        assert asked(entry, "do what is right") == frequency_of(entry)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The Committee shall meet at least six times a year.", "six times"),
        ("The Committee shall meet monthly.", "twelve times"),
    ],
)
def test_title_says_how_often_the_clause_asks(text, title):
    assert title in with_words_of(ENTRIES["four-meetings"], text).title


@pytest.mark.parametrize(
    ("frequency", "per_year"),
    [
        (QUARTERLY, 4),
        (Frequency(Cadence.QUARTERLY, 1, 1), 4),
        (times(3), 3),
        (Frequency(Cadence.TIMES, 3, 1), 3),
        (Frequency(Cadence.MONTHS, 1, 1), 12),
        (Frequency(Cadence.MONTHS, 2, 24), 0.5),
        (Frequency(Cadence.TIMES), 1),
        (Frequency(Cadence.MONTHS), 1),
    ],
)
def test_how_often_in_a_year(frequency, per_year):
    assert frequency.per_year == per_year


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("review the policy every three years", Frequency(Cadence.MONTHS, 1, 36)),
        ("a triennial review", Frequency(Cadence.MONTHS, 1, 36)),
        ("a biennial review", Frequency(Cadence.MONTHS, 1, 24)),
        ("every other year", Frequency(Cadence.MONTHS, 1, 24)),
        ("every six months", times(2)),
        ("once a month", Frequency(Cadence.MONTHS, 1, 1)),
        ("EACH FISCAL QUARTER", QUARTERLY),
        ("per fiscal year", times(1)),
        ("on an annual basis", times(1)),
        ("once a year", times(1)),
        ("thrice a year", times(3)),
        ("Thrice yearly", times(3)),
        ("twelve times a year", times(12)),
        ("at least one time a year", times(1)),
        ("one (1) meeting each fiscal year", times(1)),
        ("twice a year, and twice in each fiscal year", times(2)),
        ("twice a year, and three times a year", None),
        ("two\n times  a\tyear", times(2)),
    ],
)
def test_every_way_to_say_it(text, frequency):
    assert stated_frequency(text) == frequency


# A duty of the charter, twice a year, in the ninth month and on a day.
HABIT = replace(
    ENTRIES["four-meetings"],
    layer=Layer.CHARTER,
    title="Review it",
    counted_title="Review it {times} times",
    times=2,
    due_month=9,
    due_day=15,
)
SEVEN, TWELVE, THIRTEEN = (f"{n} times a year" for n in ("seven", "12", "13"))


@pytest.mark.parametrize(
    ("entry", "text", "changed"),
    [
        (HABIT, "review it", {}),
        (HABIT, "twice a year", {}),
        (HABIT, "every six months", {}),
        (HABIT, "quarterly", {"title": "Review it four times", "cadence": Cadence.QUARTERLY, "times": 1, "due_month": 3}),
        (HABIT, "monthly", {"title": "Review it twelve times", "cadence": Cadence.MONTHS, "times": 1, "months": 1, "due_month": 12}),
        (HABIT, SEVEN, {"title": "Review it seven times", "times": 7, "due_month": 12}),
        (HABIT, TWELVE, {"title": "Review it twelve times", "times": 12, "due_month": 12}),
        (HABIT, THIRTEEN, {"times": 13, "due_month": 12}),
        (HABIT, "annually", {"times": 1, "due_month": 12}),
        (HABIT, "every two years", {"cadence": Cadence.MONTHS, "times": 1, "months": 24, "due_month": 12}),
        # Once a year already, by a month of the catalogue: that month stays where it is yearly again.
        (replace(HABIT, times=1, cadence=Cadence.QUARTERLY), "annually", {"cadence": Cadence.TIMES}),
        (replace(HABIT, times=1), "twice a year", {"title": "Review it two times", "times": 2, "due_month": 12}),
        (replace(HABIT, counted_title=""), SEVEN, {"times": 7, "due_month": 12}),
    ],
)  # fmt: skip
def test_duty_with_the_words_of_a_clause(entry, text, changed):
    expected = replace(entry, due_day=None, **changed) if changed else entry
    assert with_words_of(entry, text) == expected


def test_what_goes_beyond_the_law_is_a_duty_of_the_charter():
    law = replace(HABIT, layer=Layer.LAW)
    assert with_words_of(law, SEVEN).layer is Layer.CHARTER
    assert with_words_of(law, "annually") == law
    assert with_words_of(law, "twice a year") == law


@pytest.mark.parametrize(
    ("entry", "is_changed"),
    [
        (replace(HABIT, cadence=Cadence.QUARTERLY), True),
        (HABIT, True),
        (replace(HABIT, times=1), False),
        (replace(HABIT, cadence=Cadence.MONTHS, months=12), False),
        (replace(HABIT, is_counted=False), False),
    ],
)
def test_habit_that_a_clause_asks_for_is_due_once_a_year(entry, is_changed):
    yearly = replace(entry, cadence=Cadence.TIMES, times=1, due_month=12)
    assert as_asked(entry) == (yearly if is_changed else entry)


@pytest.mark.parametrize("kind", [each for each in CatalogueKind if each.value != "recurring"])
def test_only_what_recurs_has_a_frequency(kind):
    entry = replace(HABIT, kind=kind)
    assert asked(entry, SEVEN) == frequency_of(entry)


def test_what_is_not_counted_keeps_its_pace():
    assert asked(replace(HABIT, is_counted=False), SEVEN) == times(2)
