"""The first-day list of a case that concerns an officer."""

from datetime import date

import pytest

from whistleblower.enums import FirstDay
from whistleblower.rules import first_day

ON = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("concerned", "done", "is_asked"),
    [
        (["officer-1"], {}, True),
        (["director-4"], {}, False),
        ([], {}, False),
        # An officer who is not marked, but named in the text: a reader begins the list.
        ([], {FirstDay.COUNSEL: ON}, True),
    ],
)
def test_list_is_asked_where_an_officer_is_concerned(
    concerned: list[str], done: dict[str, date], is_asked: bool
) -> None:
    assert first_day.is_asked(concerned, {"officer-1", "officer-2"}, done) is is_asked


@pytest.mark.parametrize(
    ("done", "left"),
    [
        ({}, list(FirstDay)),
        (dict.fromkeys(FirstDay, ON), []),
        (
            {FirstDay.HOLD: ON, FirstDay.INSURER: ON},
            ["counsel", "auditor", "certifications", "disclosure"],
        ),
    ],
)
def test_steps_without_an_entry(done: dict[str, date], left: list[FirstDay]) -> None:
    assert first_day.left(done) == left
