"""RULE-33, RULE-36: what the auditor tells the committee, and the date each item must precede."""

import re
from datetime import date

import pytest

from auditors.enums import Ground, Precedes, Severity, Step, Timing
from auditors.rules.communications import CHECKLIST, ITEMS, Given, arisen, checklist, judge
from auditors.rules.findings import Finding
from auditors.rules.reasons import grounds, reason

REPORT, FILED, TODAY = date(2027, 3, 8), date(2027, 3, 10), date(2027, 6, 1)


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
        ("critical-policies", None, Timing.NOT_ON_FILE, True),
        ("material-weakness-letter", None, Timing.NOT_ON_FILE, True),
    ],
)
def test_item(key: str, made: Given | None, timing: Timing, open_item: bool) -> None:
    found = judge(ITEMS[key], made, report_on=REPORT, filed_on=FILED, on=TODAY)
    assert (found.timing, found.is_open_item) == (timing, open_item)


@pytest.mark.parametrize(
    ("made", "ground"),
    [
        (given(3, 7), Ground.GIVEN_ON_TIME),
        (given(3, 8), Ground.GIVEN_SAME_DATE),
        (given(3, 9), Ground.GIVEN_LATE),
    ],
)
def test_why_an_item_is_in_time_or_late(made: Given, ground: Ground) -> None:
    found = judge(ITEMS["accounting-policies"], made, report_on=REPORT, filed_on=FILED, on=TODAY)
    said = reason(ground, given=made.on, deadline=REPORT, precedes=Precedes.AUDIT_REPORT)
    assert found.reasons == (said,)


def test_date_of_the_report_is_not_known_yet() -> None:
    found = judge(ITEMS["draft-report"], given(3, 1), report_on=None, filed_on=None, on=TODAY)
    assert (found.timing, found.deadline) == (Timing.ON_TIME, None)


@pytest.mark.parametrize(
    ("key", "report_on", "filed_on", "on", "timing"),
    [
        # The date itself may still bring it.
        ("uncorrected-misstatements", REPORT, FILED, REPORT, Timing.DUE),
        ("uncorrected-misstatements", REPORT, FILED, date(2027, 3, 9), Timing.NOT_ON_FILE),
        ("critical-policies", REPORT, FILED, date(2027, 3, 9), Timing.DUE),
        ("critical-policies", REPORT, FILED, date(2027, 3, 11), Timing.NOT_ON_FILE),
        # Nothing is missed before the report, and the report is not later than the filing.
        ("uncorrected-misstatements", None, None, TODAY, Timing.DUE),
        ("critical-policies", REPORT, None, TODAY, Timing.DUE),
        ("uncorrected-misstatements", None, FILED, TODAY, Timing.NOT_ON_FILE),
    ],
)
def test_what_is_never_given(
    key: str, report_on: date | None, filed_on: date | None, on: date, timing: Timing
) -> None:
    found = judge(ITEMS[key], None, report_on=report_on, filed_on=filed_on, on=on)
    missed = timing == Timing.NOT_ON_FILE
    assert (found.timing, found.is_open_item) == (timing, missed)
    expected = Ground.NOT_GIVEN_BY if missed else Ground.NOT_GIVEN
    assert grounds(found.reasons) == (expected,)


TOLD = date(2026, 8, 3)
MW, SD = "material-weakness-letter", "significant-deficiency-letter"


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        (Finding(TOLD, Severity.MATERIAL), {MW}),
        (Finding(TOLD, Severity.SIGNIFICANT), {SD}),
        (Finding(TOLD, Severity.DEFICIENCY), set()),
        (Finding(TOLD), set()),
        # Found while the audit is finished, and after it.
        (Finding(REPORT, Severity.MATERIAL), {MW}),
        (Finding(date(2027, 3, 9), Severity.MATERIAL), set()),
        # Closed or remediated by the year's end, or after it.
        (Finding(TOLD, Severity.MATERIAL, closed_on=date(2026, 12, 31)), set()),
        (Finding(TOLD, Severity.MATERIAL, closed_on=date(2027, 1, 1)), {MW}),
        (Finding(TOLD, Severity.MATERIAL, steps=dict.fromkeys(Step, date(2026, 12, 18))), set()),
        (Finding(TOLD, Severity.MATERIAL, steps=dict.fromkeys(Step, date(2027, 1, 8))), {MW}),
    ],
)
def test_letters_on_findings_are_asked_for(finding: Finding, expected: set[str]) -> None:
    assert arisen([finding], year_ends_on=date(2026, 12, 31), by=REPORT) == expected


def test_late_and_oral_are_both_said() -> None:
    late = judge(
        ITEMS["draft-report"],
        given(3, 9, in_writing=False),
        report_on=REPORT,
        filed_on=FILED,
        on=TODAY,
    )
    assert grounds(late.reasons) == (Ground.GIVEN_LATE, Ground.GIVEN_ORALLY)


def test_items_that_arise_are_asked_for_where_they_arose() -> None:
    plain = checklist({}, report_on=REPORT, filed_on=FILED, on=TODAY)
    assert [each.item for each in plain] == [item for item in CHECKLIST if not item.is_event]
    arisen = checklist(
        {"second-opinions": given(3, 1)},
        report_on=REPORT,
        filed_on=FILED,
        on=TODAY,
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
