"""How often a clause asks for something. The table is meant to be read by a lawyer."""

import pytest

from charters.rules.catalogue import ENTRIES, Cadence
from charters.rules.frequency import Frequency, asked, frequency_of, stated_frequency, with_words_of

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
