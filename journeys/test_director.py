"""A director reads on a tablet: what is asked, what proves it, and what was reported."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from committees.rules.catalogue import ENTRIES
from journeys.portal import Portal, follow, press, reads, sign_in

MEMBER = "Henrik Solberg"
TABLET = {"viewport": {"width": 820, "height": 1180}, "is_mobile": True, "has_touch": True}
# Directors read at arm's length.
SMALLEST = 18
# What is the secretary's, and the sentence with which it is refused to a director.
REFUSED = {
    "/charter/import/": "This is open to: Corporate secretary.",
    "/charter/duties/": "This is open to: Corporate secretary.",
    "/charter/R-2/note/": "This is open to: Corporate secretary.",
    "/company/change/": "Only the corporate secretary changes what the portal knows of the company.",
    "/directors/add/": "This is open to: Corporate secretary.",
    "/people/": "This is open to: Corporate secretary, Administrator.",
    "/reports/new/": "This is open to: Corporate secretary.",
}


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def tablet(request: pytest.FixtureRequest, new_page: Callable[..., Page]) -> Page:
    return new_page(java_script_enabled=request.param, **TABLET)


def test_director_reads_from_home_to_the_paper_that_proves_it(
    tablet: Page, demo_portal: Portal
) -> None:
    sign_in(tablet, demo_portal, MEMBER)
    reads(tablet, "What is next for the committee", "The charter today", "all clauses")
    assert size_of(tablet.locator("main")) >= SMALLEST

    walk_to(tablet, "Charter")
    reads(tablet, "What the Board has asked of the committee")
    assert size_of(tablet.locator(".clause-text").first) >= SMALLEST
    follow(tablet, "R-1g")
    reads(tablet, "What proves it", "What comes next")
    assert size_of(tablet.locator(".quotation")) >= SMALLEST

    tablet.locator(".dated-line").get_by_role("link").first.tap()
    reads(tablet, "Performed on", "Counts for", "Recorded by")
    paper = tablet.locator(".file").get_by_role("link")
    expect(paper).to_contain_text("Letter on independence")
    assert is_pdf(tablet, paper)

    walk_to(tablet, "Year")
    heading = tablet.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Fiscal year")
    this_year = heading.inner_text()
    reads(tablet, ENTRIES["independence-dialogue"].title)
    follow(tablet, "The year before")
    expect(heading).not_to_have_text(this_year)
    follow(tablet, "The year after")
    expect(heading).to_have_text(this_year)


def test_director_reads_an_issued_report(tablet: Page, demo_portal: Portal) -> None:
    sign_in(tablet, demo_portal, MEMBER)
    walk_to(tablet, "Reports")
    follow(tablet, "No. 1")
    reads(tablet, "It stands as it was issued.", "The charter at a glance", "Appendix")
    assert size_of(tablet.locator(".report-lead")) >= SMALLEST
    assert is_pdf(tablet, tablet.get_by_role("link", name="Open the PDF"))
    expect(tablet.get_by_role("link", name="Replace it by a corrected one")).to_have_count(0)


def test_director_reads_the_charter_as_it_stood(tablet: Page, demo_portal: Portal) -> None:
    sign_in(tablet, demo_portal, MEMBER)
    walk_to(tablet, "Charter")
    counts = tablet.locator(".summary").inner_text()
    day = date.fromisoformat(tablet.get_by_label("As of").input_value()) - timedelta(days=365)
    tablet.get_by_label("As of").fill(day.isoformat())
    press(tablet, "Show")

    reads(tablet, f"You read it as of {in_words(day)}.")
    expect(tablet.locator(".summary")).not_to_have_text(counts, use_inner_text=True)
    follow(tablet, "R-1g")
    reads(tablet, f"Read as of {in_words(day)}.")
    tablet.locator(".why").get_by_role("link", name="charter").tap()
    reads(tablet, f"You read it as of {in_words(day)}.")
    follow(tablet, "Back to today")
    expect(tablet.locator(".summary")).to_have_text(counts, use_inner_text=True)


@pytest.mark.parametrize(("path", "reason"), REFUSED.items(), ids=REFUSED)
def test_what_is_the_secretarys_is_refused_with_its_reason_and_the_way_out(
    path: str, reason: str, demo_portal: Portal, new_page: Callable[..., Page]
) -> None:
    page = new_page(java_script_enabled=False, **TABLET)
    sign_in(page, demo_portal, MEMBER)
    answer = page.goto(demo_portal.url + path)
    assert answer
    assert answer.status == 403
    reads(page, "This is not open to you", reason)
    follow(page, "Go to the first page")
    reads(page, "What is next for the committee")


def test_nothing_that_is_the_secretarys_is_offered(tablet: Page, demo_portal: Portal) -> None:
    sign_in(tablet, demo_portal, MEMBER)
    for path in ("/", "/charter/", "/charter/R-2/", "/committee/", "/company/", "/reports/"):
        tablet.goto(demo_portal.url + path)
        offered = tablet.locator("a[href]").evaluate_all("links => links.map(a => a.pathname)")
        assert REFUSED.keys().isdisjoint(offered)


def walk_to(page: Page, place: str) -> None:
    """By the words of the menu, which a tablet keeps folded."""
    page.get_by_text("Menu", exact=True).tap()
    page.get_by_role("navigation", name="Pages").get_by_role("link", name=place).tap()
    expect(page.locator("nav [aria-current=page]")).to_have_text(place)


def size_of(place: Locator) -> float:
    return float(place.evaluate("it => parseFloat(getComputedStyle(it).fontSize)"))


def is_pdf(page: Page, link: Locator) -> bool:
    answer = page.request.get(link.evaluate("link => link.href"))
    return answer.headers["content-type"] == "application/pdf" and answer.body()[:4] == b"%PDF"


def in_words(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
