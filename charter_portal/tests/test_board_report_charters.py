"""A report over a period in which the charter was replaced: records under both of them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from charter_portal.reports import BoardReportData, compose
from charter_portal.tests.reporting import BY, CLAUSES, LAST, NOW, World, make_world, passages
from charters import services
from charters.enums import HowDecided

pytestmark = pytest.mark.django_db

CHANGED = date(2026, 6, 1)
KEPT = ("P-a", "M-0", "MT-1")


@pytest.fixture
def world() -> World:
    """From June on the charter has three clauses. The evaluation of the auditor is none of them, and
    the meetings, which come last, stand in a section of another name."""
    world = make_world()
    found = [
        passage
        for passage in passages()
        if passage.reference in KEPT or passage.text in {"Purpose", "Membership", "Meetings"}
    ]
    draft = services.draft(
        world.committee,
        title="Charter of the Audit Committee, as revised",
        text="\n".join(passage.text for passage in found),
        passages=found,
        headings={ref: heading for __, ref, heading, __ in CLAUSES if ref in KEPT},
        by=BY,
        at=NOW,
    )
    carried = {
        duty.pk: draft.clauses.get(reference=reference)
        for __, reference, __, duties in CLAUSES
        if reference in KEPT
        for duty in [world.duties[title] for title, __, __ in duties]
    }
    services.adopt(
        draft,
        adopted_on=date(2026, 5, 12),
        effective_on=CHANGED,
        how=HowDecided.MEETING,
        number="5",
        carried=carried,
        by=BY,
        at=NOW,
    )
    return world


def composed(world: World, **terms: object) -> BoardReportData:
    return compose(world.committee, world.scope(**terms), company=world.company, on=NOW.date())


def told(report: BoardReportData) -> list[tuple[str, list[tuple[str, str, list[date]]]]]:
    return [
        (part.heading, [(one.reference, one.duty, [d.on for d in one.deeds]) for one in part.work])
        for part in report.work
    ]


PURPOSE = ("P-a", "Keep the integrity of the financial statements in view", [date(2026, 5, 6)])
EVALUATION = ("R-1a", "Evaluate the independent auditor", [date(2026, 3, 3)])
DISCUSSION = ("R-1g", "Discuss the auditor's independence with the auditor", [date(2026, 3, 3)])
BEFORE = [date(2026, 3, 3), date(2026, 5, 6)]


def test_work_under_an_earlier_clause_stands_last(world: World) -> None:
    found = told(composed(world))
    meetings = ("MT-1", "Meet in every quarter", [*BEFORE, date(2026, 8, 4)])
    earlier = [("", duty, days) for __, duty, days in (EVALUATION, DISCUSSION)]
    assert found[:2] == [("Purpose", [PURPOSE]), ("Meetings", [meetings])]
    assert [(heading, sorted(work)) for heading, work in found[2:]] == [
        ("Clauses of an earlier charter", sorted(earlier))
    ]


def test_report_as_of_the_date_before_the_change_follows_the_earlier_charter(world: World) -> None:
    day = date(2026, 5, 31)
    report = composed(world, period_to=day, as_of=day)
    meetings = ("MT-1", "Meet in every quarter", BEFORE)
    assert told(report) == [
        ("Purpose", [PURPOSE]),
        ("Responsibilities", [EVALUATION, DISCUSSION]),
        ("Meetings", [meetings]),
    ]
    assert report.clauses == len(CLAUSES)


def test_report_as_of_the_date_of_the_change_follows_the_new_one(world: World) -> None:
    report = composed(world, period_to=CHANGED, as_of=CHANGED)
    assert report.clauses == len(KEPT)
    assert [part.heading for part in report.work][-1] == "Clauses of an earlier charter"
    assert {row.reference for part in report.matrix for row in part.rows} == set(KEPT)


def test_period_before_the_change_with_standings_after_it(world: World) -> None:
    """What was done is of the period; where it stands is as of the later date."""
    report = composed(world, period_to=date(2026, 5, 31), as_of=LAST)
    assert dict(told(report))["Meetings"] == [("MT-1", "Meet in every quarter", BEFORE)]
    assert report.clauses == len(KEPT)


def test_no_report_before_the_first_charter(world: World) -> None:
    day = date(2024, 12, 31)
    with pytest.raises(ValidationError, match="Adopt one first"):
        composed(world, period_from=day, period_to=day, as_of=day)
