"""What a report to the Board says, and what it leaves out."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from charter_portal.enums import Audience
from charter_portal.reports import (
    Ask,
    BoardReportData,
    compose,
    from_json,
    render_html,
    render_paper_html,
    to_json,
)
from charter_portal.reports import open_items as left_out
from charter_portal.reports.plain import fingerprint
from charter_portal.reports.scope import Scope, default_as_of, default_period
from charter_portal.tests.reporting import BY, FIRST, LAST, NOW, World, make_world, resign, whole
from charters import services
from charters.enums import ClosedAs
from committees import services as seating
from records.calendar import Calendar, YearEnd
from records.dates import long_day
from records.enums import Locale, PaperSize

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
CALENDAR = Calendar((YearEnd(date.min, 12, 31),))
GAP = "Look at the insurance programme"


@pytest.fixture
def world() -> World:
    return make_world()


def composed(world: World, **terms: object) -> BoardReportData:
    return compose(world.committee, world.scope(**terms), company=world.company, on=TODAY)


def said(report: BoardReportData) -> str:
    return json.dumps(to_json(report)) + shown(report)


def shown(report: BoardReportData) -> str:
    return whole(report).replace("\u00a0", " ")


def matrix(report: BoardReportData) -> dict[str, tuple[str, str]]:
    return {row.duty: (row.standing, row.because) for part in report.matrix for row in part.rows}


# From whom, about what


def test_report_comes_from_the_chair_of_that_day(world: World) -> None:
    assert composed(world).chair == "Clara Chair"
    seating.designate_chair(world.members[1], starts_on=date(2026, 7, 1), by=BY, at=NOW)
    assert composed(world).chair == "Max Member"
    assert composed(world, period_to=date(2026, 6, 30), as_of=date(2026, 6, 30)).chair == (
        "Clara Chair"
    )


def test_report_without_a_chair_says_so(world: World) -> None:
    term = world.members[0].chair_terms.get()
    seating.end_chair(term, ends_on=date(2026, 4, 1), by=BY, at=NOW)
    report = composed(world)
    assert report.chair == ""
    assert "no chair on record on September 30, 2026" in render_html(report)


def test_report_names_the_members_of_the_day_and_the_changes_of_the_period(world: World) -> None:
    report = composed(world)
    assert [(member.name, member.is_chair) for member in report.members] == [
        ("Clara Chair", True),
        ("Max Member", False),
        ("Nora Newcomer", False),
    ]
    assert [(change.on, change.sentence) for change in report.changes] == [
        (date(2026, 5, 20), "Leo Leaver left the committee (term ended, not elected again)."),
        (date(2026, 5, 20), "Nora Newcomer joined the committee."),
    ]


def test_report_tells_what_was_done_in_the_period_by_section(world: World) -> None:
    report = composed(world)
    told = {
        part.heading: [(work.reference, [deed.on for deed in work.deeds]) for work in part.work]
        for part in report.work
    }
    assert told == {
        "Purpose": [("P-a", [date(2026, 5, 6)])],
        "Responsibilities": [("R-1a", [date(2026, 3, 3)]), ("R-1g", [date(2026, 3, 3)])],
        "Meetings": [("MT-1", [date(2026, 3, 3), date(2026, 5, 6), date(2026, 8, 4)])],
    }
    assert "March 3, May 6 and August 4, 2026: Meet in every quarter." in shown(report)


def test_both_days_of_the_period_are_in_it(world: World) -> None:
    day = date(2026, 5, 6)
    assert [
        part.heading for part in composed(world, period_from=day, period_to=day, as_of=day).work
    ] == [
        "Purpose",
        "Meetings",
    ]


def test_deed_after_the_day_of_the_standings_is_not_told(world: World) -> None:
    report = composed(world, as_of=date(2026, 5, 31))
    assert date(2026, 8, 4) not in {
        deed.on for part in report.work for work in part.work for deed in work.deeds
    }


def test_glance_counts_clauses_and_agrees_with_the_charter_page(world: World) -> None:
    report = composed(world)
    summary = world.docket().reading().summary
    assert {count.standing: count.clauses for count in report.glance} == {
        standing.value: clauses for standing, clauses in summary.items()
    }
    assert report.clauses == 7


def test_next_ninety_days_are_by_date_and_end_there(world: World) -> None:
    report = composed(
        world, period_to=date(2025, 12, 31), period_from=date(2025, 1, 1), as_of=date(2025, 12, 31)
    )
    days = [line.on for line in report.ahead]
    assert days == sorted(days)
    assert days
    assert all(report.as_of < day <= report.as_of + timedelta(days=90) for day in days)


def test_matrix_has_every_clause_in_the_charters_order(world: World) -> None:
    references = [row.reference for part in composed(world).matrix for row in part.rows]
    assert list(dict.fromkeys(references)) == ["P-a", "M-0", "R-1a", "R-1g", "R-6", "MT-1", "MT-3"]


def test_report_uses_neutral_words(world: World) -> None:
    text = whole(composed(world)).lower()
    assert not [word for word in ("broken", "violat", "failed", "breach") if word in text]
    assert "the portal&#x27;s reading of its records, not a legal determination" in text or (
        "the portal's reading of its records, not a legal determination" in text
    )


def test_report_names_the_ledgers_head_and_how_to_check_it(world: World) -> None:
    report = composed(world)
    assert report.head_sequence > 0
    html = render_paper_html(report).replace("<wbr>", "")
    assert f"manage.py verify_ledger --anchor {report.head_sequence}:{report.head_hash}" in html


# What it leaves out


def test_open_item_without_closing_is_in_no_text(world: World) -> None:
    report = composed(world)
    assert report.matters == ()
    assert "No record was found for fiscal year 2025" not in said(report)
    scope = world.scope()
    found = left_out(world.committee, scope, company=world.company, on=TODAY)
    assert {piece.title for piece in found} == {
        GAP,
        "Discuss the auditor's independence with the auditor",
    }


def test_matrix_shows_the_standing_of_an_open_open_item_without_its_reason(
    world: World,
) -> None:
    spring = {"period_to": date(2026, 2, 28), "as_of": date(2026, 2, 28)}
    title = "Discuss the auditor's independence with the auditor"
    assert matrix(composed(world, **spring))[title] == (
        "not_on_file",
        "Was due March 31, 2026.",
    )
    world.close(title, "FY2025", ClosedAs.UNDER_REVIEW, "Counsel has the letter.")
    standing, because = matrix(composed(world, **spring))[title]
    assert standing == "not_on_file"
    assert because.startswith("No record was found for fiscal year 2025.")


def test_open_item_is_reported_with_its_closing(world: World) -> None:
    world.close(GAP, "FY2025", ClosedAs.NOT_APPLICABLE, "Not insured then.")
    (matter,) = composed(world).matters
    assert (matter.title, matter.closing, matter.reason, matter.layer) == (
        GAP,
        "Not applicable",
        "Not insured then.",
        "CH",
    )
    assert matter.closed_on == TODAY


def test_what_is_with_counsel_is_said_without_counsels_words(world: World) -> None:
    world.close(GAP, "FY2025", ClosedAs.UNDER_REVIEW, "Counsel thinks that we should")
    report = composed(world)
    assert [matter.closing for matter in report.matters] == ["Under review"]
    assert "Counsel thinks" not in said(report)
    html = whole(report)
    assert f"It has been under review since {long_day(TODAY)}." in html
    assert "was closed on" not in html


def test_old_matter_that_was_closed_before_the_period_is_not_repeated(world: World) -> None:
    world.close(GAP, "FY2025", ClosedAs.NOT_APPLICABLE, "Not insured then.")
    later = date(2026, 10, 6)
    scope = world.scope(period_from=later, period_to=later, as_of=later)
    assert compose(world.committee, scope, company=world.company, on=later).matters == ()


def test_private_words_of_a_completion_are_for_the_independent_directors(world: World) -> None:
    assert "Private words" not in said(composed(world))
    assert "Private words of March" in said(composed(world, audience=Audience.INDEPENDENT))


def test_report_for_the_independent_directors_says_so_on_every_page(world: World) -> None:
    html = render_html(composed(world, audience=Audience.INDEPENDENT))
    assert '<p class="report-state">Draft · Independent directors only</p>' in html
    assert "<h1>Report to the independent directors</h1>" in html


def test_empty_parts_are_left_out_or_say_so(world: World) -> None:
    day = date(2026, 9, 29)
    report = composed(world, period_from=day, period_to=day, as_of=day)
    html = whole(report)
    assert 'id="asks"' not in html
    assert 'id="matters"' not in html
    assert "No records are dated in the period." in html
    assert report.changes == ()


def test_report_without_a_charter_is_refused(world: World) -> None:
    day = date(2024, 6, 1)
    with pytest.raises(ValidationError, match="No charter of the Audit Committee is in effect"):
        composed(world, period_from=day, period_to=day, as_of=day)


# What it asks


def test_nothing_is_asked_where_nothing_is_open(world: World) -> None:
    assert composed(world).asks == ()


def test_vacancy_is_put_to_the_board_with_its_day(world: World) -> None:
    resign(world, "Nora Newcomer", date(2026, 9, 1))
    (ask,) = composed(world).asks
    assert ask.heading == "Fill the vacancy on the committee by September 1, 2027"
    assert ask.resolution.startswith("RESOLVED, that ________, a director")


def test_draft_charter_is_asked_for_once_the_board_can_read_it(world: World) -> None:
    from charter_portal.tests.reporting import passages

    draft = services.draft(
        world.committee, title="Charter of 2027", text="x", passages=passages(), by=BY, at=NOW
    )
    assert composed(world).asks == ()
    services.put_before_board(draft, by=BY, at=NOW)
    (ask,) = composed(world).asks
    assert "“Charter of 2027”, in the form presented" in ask.resolution


def test_what_the_secretary_wrote_takes_the_place_of_what_was_found(world: World) -> None:
    resign(world, "Nora Newcomer", date(2026, 9, 1))
    asks = (Ask("Approve the plan", "RESOLVED, that the plan is approved."),)
    assert composed(world, asks=asks).asks == asks
    assert composed(world, asks=()).asks == ()
    assert "RESOLVED, that the plan is approved." in render_html(composed(world, asks=asks))


# Plain values


def test_report_survives_json(world: World) -> None:
    world.close(GAP, "FY2025", ClosedAs.NOT_APPLICABLE, "Not insured then.")
    resign(world, "Nora Newcomer", date(2026, 9, 1))
    report = replace(composed(world), number=3, issued_on=TODAY, issued_at=NOW, replaces=2)
    assert from_json(json.loads(json.dumps(to_json(report)))) == report


def test_report_of_an_earlier_form_takes_defaults_for_what_it_lacks(world: World) -> None:
    stored = to_json(composed(world))
    del stored["matters"], stored["replaced_by"]
    assert from_json(stored).matters == ()


def test_fingerprint_is_of_what_the_preview_showed(world: World) -> None:
    report = composed(world)
    issued = replace(report, number=1, issued_on=TODAY, issued_at=NOW, head_sequence=9)
    assert fingerprint(issued) == fingerprint(report)
    assert fingerprint(replace(report, chair="Somebody else")) != fingerprint(report)


def test_days_and_paper_are_the_companys(world: World) -> None:
    world.company.locale, world.company.paper_size = Locale.UK, PaperSize.A4
    world.company.save()
    html = shown(composed(world))
    assert "1 January 2026 to 30 September 2026" in html
    assert "3 March, 6 May and 4 August 2026: Meet in every quarter." in html
    assert 'href="css/document-a4.css"' in html
    assert '<html lang="en-gb">' in html


def test_html_needs_neither_database_nor_language_of_the_process(
    world: World, django_assert_num_queries: object
) -> None:
    from django.utils import translation

    report = composed(world)
    html = render_html(report)
    with translation.override("en-gb"), django_assert_num_queries(0):
        assert render_html(report) == html


def test_composing_asks_as_many_questions_for_one_year_as_for_many(world: World) -> None:
    duty = world.duties["Evaluate the independent auditor"]
    asked = []
    for years in (range(2024, 2025), range(2005, 2024)):
        for year in years:
            services.record_completion(
                duty, performed_on=date(year, 3, 1), serves=date(year, 3, 1), by=BY, at=NOW
            )
        with CaptureQueriesContext(connection) as queries:
            composed(world)
        asked.append(len(queries))
    # About one for each table that a report can speak of.
    # The first time asks for what a process keeps.
    assert asked[1] <= asked[0] <= 83


# The days it covers

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(first=DAYS, last=DAYS, as_of=DAYS, today=DAYS)
def test_only_days_that_have_come_are_reported_on(
    first: date, last: date, as_of: date, today: date
) -> None:
    scope = Scope(first, last, as_of)
    is_true = first <= last <= today and first <= as_of <= today
    if is_true:
        scope.refuse_what_is_false(today)
    else:
        with pytest.raises(ValidationError):
            scope.refuse_what_is_false(today)


@given(last=st.none() | DAYS, today=DAYS)
def test_offered_period_is_always_one_to_report_on(last: date | None, today: date) -> None:
    first, until = default_period(last, CALENDAR, today)
    Scope(first, until, default_as_of(until, today)).refuse_what_is_false(today)


def test_period_offered_begins_after_the_last_report_or_with_the_fiscal_year() -> None:
    assert default_period(None, CALENDAR, TODAY) == (FIRST, TODAY)
    assert default_period(date(2026, 6, 30), CALENDAR, TODAY) == (date(2026, 7, 1), TODAY)
    assert default_period(TODAY, CALENDAR, TODAY) == (TODAY, TODAY)
    assert default_as_of(LAST, TODAY) == LAST
    assert default_as_of(date(2026, 12, 31), TODAY) == TODAY
