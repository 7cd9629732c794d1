"""The form of a report to the Board: what is said aloud, what stands apart, what comes at its end."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
import time_machine

from charter_portal.reports import (
    BoardReportData,
    compose,
    from_json,
    render_html,
    render_paper_html,
    to_json,
)
from charter_portal.reports.report import Ahead
from charter_portal.tests.reporting import BEGIN, BY, NOW, World, make_world, whole
from charters import services
from charters.enums import ClosedAs, DutyKind, Layer

pytestmark = pytest.mark.django_db

EVENT = "Decide on a change of auditor"
GAP = "Look at the insurance programme"
SPRING = {"period_to": date(2026, 2, 28), "as_of": date(2026, 2, 28)}


@pytest.fixture
def world() -> World:
    return make_world()


def composed(world: World, **terms: object) -> BoardReportData:
    return compose(world.committee, world.scope(**terms), company=world.company, on=NOW.date())


def shown(report: BoardReportData) -> str:
    """The report's words, without tags."""
    html = whole(report).replace("\u00a0", " ")
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def add(world: World, reference: str, title: str, *days: date, **terms: object) -> None:
    clause = world.version.clauses.get(reference=reference)
    duty = services.add_duty(clause, title=title, in_force_from=BEGIN, by=BY, at=NOW, **terms)
    for day in days:
        services.record_completion(duty, performed_on=day, serves=day, note="", by=BY, at=NOW)


def between(text: str, first: str, last: str) -> str:
    return text.partition(first)[2].partition(last)[0]


# What was done, and what was only considered


def test_event_that_was_considered_is_not_told_as_a_deed(world: World) -> None:
    add(world, "R-1a", EVENT, date(2026, 5, 6), kind=DutyKind.EVENT)
    report = composed(world)
    (considered,) = [work for part in report.work for work in part.work if work.considered]
    assert considered.duty == EVENT
    body = between(shown(report), "What was done in the period", "The charter at a glance")
    deeds, __, rest = body.partition("Considered whether anything arose")
    assert EVENT not in deeds
    assert f"May 6, 2026: {EVENT} (R-1a)." in rest


def test_matrix_says_of_an_event_that_it_was_considered(world: World) -> None:
    add(world, "R-1a", EVENT, date(2026, 5, 6), kind=DutyKind.EVENT)
    rows = [row for part in composed(world).matrix for row in part.rows if row.duty == EVENT]
    assert [(row.standing, row.because) for row in rows] == [
        ("on_file", "Considered on May 6, 2026 whether anything arose.")
    ]


def test_duties_of_a_clause_that_share_their_days_share_a_line(world: World) -> None:
    add(world, "R-1a", "Agree the engagement letter", date(2026, 3, 3))
    add(world, "R-1a", "Appoint the auditor", date(2026, 5, 6))
    text = shown(composed(world))
    assert (
        "R-1a The auditor. March 3, 2026: Evaluate the independent auditor; Agree the engagement letter. "
        "May 6, 2026: Appoint the auditor." in text
    )
    # Alone under its clause a duty needs no name of the clause before it.
    assert "R-1g March 3, 2026: Discuss the auditor&#x27;s independence with the auditor." in text


def test_words_of_the_catalogue_flow_within_the_sentence(world: World) -> None:
    title = "Adopt the committee's report for the proxy statement"
    add(world, "P-a", title, date(2026, 4, 17), catalogue_key="committee-report")
    said = "The Committee adopted its report for the proxy statement on April 17, 2026."
    assert said in shown(composed(world))


def test_good_practice_has_no_line_in_a_report(world: World) -> None:
    add(world, "P-a", "Look at treasury", date(2026, 5, 6), layer=Layer.GOOD_PRACTICE)
    report = composed(world)
    assert "Look at treasury" not in shown(report)
    assert "treasury" not in json.dumps(to_json(report))


# Where it stands


def test_clauses_that_are_not_kept_are_named_after_the_counts(world: World) -> None:
    report = composed(world, **SPRING)
    assert [(one.reference, one.name, one.standing) for one in report.named] == [
        (row.clause.reference, row.clause.heading, row.standing)
        for standing in ("due", "not_on_file", "open", "not_applicable", "before_records_begin")
        for row in world.docket(SPRING["as_of"]).reading().clauses
        if row.standing == standing
    ]
    lead = between(shown(report), "clauses on", "The committee Members")
    assert "R-1g Independence." in lead.partition("not on file: ")[2]
    assert "not applicable: R-6 Advisers." in lead


def test_report_says_how_many_matters_it_leaves_out(world: World) -> None:
    report = composed(world)
    assert report.left_out == 2
    assert "2 open items are not closed and are not in the report." in shown(report)
    world.close(GAP, "FY2025", ClosedAs.NOT_APPLICABLE, "Not insured then.")
    assert "1 open item is not closed and is not in the report." in shown(composed(world))
    title = "Discuss the auditor's independence with the auditor"
    world.close(title, "FY2025", ClosedAs.UNDER_REVIEW, "With counsel.")
    assert "not in the report" not in shown(composed(world))


def test_year_that_is_reported_after_its_end_shows_what_was_closed_since(world: World) -> None:
    year = {"period_from": date(2025, 1, 1), "period_to": date(2025, 12, 31)}
    world.close(GAP, "FY2025", ClosedAs.NOT_APPLICABLE, "Not insured then.")
    assert composed(world, **year, as_of=date(2025, 12, 31)).matters == ()
    (matter,) = composed(world, **year, as_of=NOW.date()).matters
    assert (matter.title, matter.closing) == (GAP, "Not applicable")


def test_form_offers_standings_of_today(world: World, secretary: object, client_of: object) -> None:
    with time_machine.travel(NOW, tick=False):
        page = client_of(secretary).get("/reports/new/").content.decode()
    assert 'name="as_of" value="2026-10-05"' in page


# Its form


def test_report_has_no_counts_marks_or_hashes(world: World) -> None:
    add(world, "R-1a", EVENT, date(2026, 5, 6), kind=DutyKind.EVENT)
    report = composed(world, **SPRING)
    html = render_html(report)
    assert html.index("Members") < html.index("The next 90 days")
    words = ("not on file", "clauses", "standing", "left out", "verify_ledger", "R-1", EVENT)
    assert [word for word in words if word in html] == []
    assert report.head_hash not in html
    assert report.head_hash in render_paper_html(report).replace("<wbr>", "")


def test_ledgers_head_is_at_the_end(world: World) -> None:
    html = render_paper_html(composed(world))
    assert html.index('id="matrix"') < html.index("Verification")
    assert html.index("Verification") < html.index("manage.py verify_ledger")


def test_number_and_day_are_parted_by_a_comma(world: World) -> None:
    assert "Draft, as of September 30, 2026" in shown(composed(world))


def test_days_of_evidence_are_parted(world: World) -> None:
    assert "Mar 3, 2026; May 6, 2026; Aug 4, 2026" in shown(composed(world))


def test_what_falls_due_on_one_day_is_one_row_with_a_list(world: World) -> None:
    days = [date(2026, 12, 1), date(2026, 12, 31), date(2026, 12, 31)]
    ahead = tuple(Ahead(day, f"Review {n}", f"R-{n}", "charter") for n, day in enumerate(days))
    html = render_html(replace(composed(world), ahead=ahead))
    table = between(html, '<table class="list report-ahead">', "</table>")
    assert table.count('<th scope="row"') == 2
    assert re.findall("<li>(.*?)</li>", table) == ["Review 0", "Review 1", "Review 2"]


def test_report_of_an_earlier_form_is_set_without_what_it_lacks(world: World) -> None:
    plain = to_json(composed(world))
    del plain["named"], plain["left_out"]
    for part in plain["work"]:
        for work in part["work"]:
            del work["clause"], work["words"], work["considered"]
    assert "March 3, 2026: Evaluate the independent auditor." in shown(from_json(plain))
