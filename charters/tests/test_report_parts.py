"""What a report to the Board says of financial reporting."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from accounts.enums import Role
from accounts.restriction import Restriction
from charters.docket import AsOf, as_seen_without
from charters.enums import Layer
from charters.models import Duty
from charters.registry import EVIDENCE, EvidenceSource, ReportScope
from charters.report_parts import REPORTING, reporting
from charters.rules.catalogue import ENTRIES
from charters.rules.terms import Evidence
from charters.tests.charters import Stage, set_the_stage
from records.dates import long_days, written_for

pytestmark = pytest.mark.django_db

MARCH, MAY, AUGUST = date(2026, 3, 17), date(2026, 5, 5), date(2026, 8, 4)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = set_the_stage()
    with written_for(stage.company):
        yield stage


@contextmanager
def minutes(dated: Mapping[Duty, tuple[date, ...]], **more: Any) -> Iterator[None]:
    """Minutes that serve duties on dates."""
    pieces = [
        (duty.pk, Evidence(day, day, "Minutes", "/minutes/", **more))
        for duty, days in dated.items()
        for day in days
    ]
    source = EvidenceSource("tests.minutes", lambda as_of, duties: iter(pieces))
    with EVIDENCE.temporarily(source):
        yield


def of(stage: Stage, key: str, **terms: Any) -> Duty:
    return stage.duty(title=ENTRIES[key].title, catalogue_key=key, **terms)


def told(stage: Stage, first: date = FIRST, last: date = LAST, on: date = LAST) -> list[str]:
    open_to_all = as_seen_without(frozenset())
    scope = ReportScope(AsOf(stage.committee, on, sees=open_to_all), first, last)
    return [sentence.text for section in reporting(scope) for sentence in section.sentences]


def test_what_was_done_on_the_same_dates_is_told_once(stage: Stage) -> None:
    annual, quarterly = of(stage, "annual-statements"), of(stage, "quarterly-statements")
    disclosures = of(stage, "officer-disclosures")
    dated = {annual: (MARCH,), quarterly: (MAY, AUGUST), disclosures: (MAY, AUGUST)}
    with minutes(dated):
        assert told(stage) == [
            "On March 17, 2026 the Committee reviewed the annual financial statements with "
            "management and the auditor.",
            "On May 5 and August 4, 2026 the Committee reviewed the quarterly statements before "
            "the 10-Q was filed; and received the certifying officers' disclosures on controls "
            "and fraud.",
        ]


def test_what_lies_outside_the_period_or_after_the_report_is_not_told(stage: Stage) -> None:
    quarterly = of(stage, "quarterly-statements")
    with minutes({quarterly: (MARCH, MAY, AUGUST)}):
        assert told(stage, first=MAY, last=MAY) == [
            "On May 5, 2026 the Committee reviewed the quarterly statements before the 10-Q was "
            "filed."
        ]
        assert told(stage, on=date(2026, 3, 16)) == []


def test_what_readers_of_the_report_may_not_see_is_not_told(stage: Stage) -> None:
    restricted = Restriction(frozenset({Role.MANAGEMENT}))
    with minutes({of(stage, "quarterly-statements"): (MAY,)}, restriction=restricted):
        assert told(stage) == []


def test_entered_completions_alone_are_left_to_the_other_work(stage: Stage) -> None:
    quarterly = of(stage, "quarterly-statements")
    stage.complete(quarterly, MARCH)
    assert told(stage) == []
    with minutes({quarterly: (MAY,)}):
        assert told(stage) == [
            "On March 17 and May 5, 2026 the Committee reviewed the quarterly statements before "
            "the 10-Q was filed."
        ]


def test_a_practice_is_no_line_of_a_report(stage: Stage) -> None:
    with minutes({of(stage, "earnings-releases", layer=Layer.GOOD_PRACTICE): (MAY,)}):
        assert told(stage) == []


def test_every_sentence_fits_behind_the_committees_name() -> None:
    assert all(ENTRIES[key].past.startswith("The Committee ") for key in REPORTING)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([MAY], "May 5, 2026"),
        ([AUGUST, MAY, MAY], "May 5 and August 4, 2026"),
        ([date(2025, 11, 4), MARCH, MAY], "November 4, 2025, March 17 and May 5, 2026"),
    ],
)
def test_days_in_words_name_each_year_once(stage: Stage, days: list[date], words: str) -> None:
    assert long_days(days) == words
