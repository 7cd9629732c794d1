"""RULE-33, RULE-36: what the auditor tells the committee, and the date each item must precede."""

import re
from datetime import date

import pytest

from auditors.enums import Ground, Precedes, Timing
from auditors.rules.communications import CHECKLIST, ITEMS, Given, checklist, judge
from auditors.rules.reasons import grounds

REPORT, FILED = date(2027, 3, 8), date(2027, 3, 10)


def given(month: int, day: int, *, in_writing: bool = True, known_before: bool = False) -> Given:
    return Given(date(2027, month, day), in_writing, known_before)


@pytest.mark.parametrize(
    ("key", "made", "timing", "open_item"),
    [
        # The schedule of uncorrected misstatements, in writing, before the report of March 8.
        ("uncorrected-misstatements", given(3, 5), Timing.ON_TIME, False),
        ("uncorrected-misstatements", given(3, 9), Timing.LATE, True),
        ("uncorrected-misstatements", given(3, 5, in_writing=False), Timing.ON_TIME, True),
        # A letter on the date of the report is in time if it came first.
        ("significant-deficiency-letter", given(3, 8), Timing.SAME_DATE, False),
        ("significant-deficiency-letter", given(3, 8, known_before=True), Timing.ON_TIME, False),
        ("significant-deficiency-letter", given(3, 10), Timing.LATE, True),
        # A weakness told orally only.
        ("material-weakness-letter", given(3, 1, in_writing=False), Timing.ON_TIME, True),
        # Oral is enough where the standard does not ask for writing.
        ("accounting-policies", given(3, 1, in_writing=False), Timing.ON_TIME, False),
        # Reg. S-X 2-07 precedes the filing of March 10, not the report.
        ("critical-policies", given(3, 9), Timing.ON_TIME, False),
        ("critical-policies", given(3, 10), Timing.SAME_DATE, False),
        ("critical-policies", given(3, 11), Timing.LATE, True),
        ("critical-policies", None, Timing.DUE, False),
    ],
)
def test_item(key: str, made: Given | None, timing: Timing, open_item: bool) -> None:
    found = judge(ITEMS[key], made, report_on=REPORT, filed_on=FILED)
    assert (found.timing, found.is_open_item) == (timing, open_item)


def test_date_of_the_report_is_not_known_yet() -> None:
    found = judge(ITEMS["draft-report"], given(3, 1), report_on=None, filed_on=None)
    assert (found.timing, found.deadline) == (Timing.ON_TIME, None)


def test_late_and_oral_are_both_said() -> None:
    late = judge(
        ITEMS["draft-report"], given(3, 9, in_writing=False), report_on=REPORT, filed_on=FILED
    )
    assert grounds(late.reasons) == (Ground.GIVEN_LATE, Ground.GIVEN_ORALLY)


def test_items_that_arise_are_asked_for_where_they_arose() -> None:
    plain = checklist({}, report_on=REPORT, filed_on=FILED)
    assert [each.item for each in plain] == [item for item in CHECKLIST if not item.is_event]
    arisen = checklist(
        {"second-opinions": given(3, 1)},
        report_on=REPORT,
        filed_on=FILED,
        arisen=frozenset({"material-weakness-letter"}),
    )
    more = {each.item.key for each in arisen} - {each.item.key for each in plain}
    assert more == {"second-opinions", "material-weakness-letter"}


def test_checklist_is_whole() -> None:
    assert len(ITEMS) == len(CHECKLIST)
    paragraphs = [item.citation for item in CHECKLIST]
    assert len(set(paragraphs)) == len(paragraphs)
    for item in CHECKLIST:
        by_regulation = item.citation.startswith("Reg. S-X 2-07(a)")
        assert (item.precedes == Precedes.FILING) is by_regulation
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", item.key)


def test_paragraphs_of_as_1301_are_all_there() -> None:
    found = set()
    for item in CHECKLIST:
        numbers = [
            int(n) for n in re.findall(r"AS 1301\.(\d+)|-\.(\d+)", item.citation) for n in n if n
        ]
        found |= set(range(min(numbers), max(numbers) + 1)) if numbers else set()
    assert found == {4, 5, 6, *range(9, 25)}
