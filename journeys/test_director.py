"""A director reads on a tablet: what is asked, what proves it, and what was reported."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from charters.rules.catalogue import ENTRIES
from journeys.portal import Portal, follow, press, reads, sign_in

MEMBER = "Henrik Solberg"
TABLET = {"viewport": {"width": 820, "height": 1180}, "is_mobile": True, "has_touch": True}
# Directors read at arm's length.
SMALLEST = 18
# What is the secretary's, and the sentence with which it is refused to a director.
REFUSED = {
    "/charter/import/": "Roles with access: Corporate secretary.",
    "/charter/duties/": "Roles with access: Corporate secretary.",
    "/charter/R-2/note/": "Roles with access: Corporate secretary.",
    "/company/change/": "Roles with access: Corporate secretary.",
    "/directors/add/": "Roles with access: Corporate secretary.",
    "/people/": "Roles with access: Corporate secretary, Administrator.",
    "/reports/new/": "Roles with access: Corporate secretary.",
}


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def tablet(request: pytest.FixtureRequest, new_page: Callable[..., Page]) -> Page:
    return new_page(java_script_enabled=request.param, **TABLET)


def test_director_reads_from_home_to_the_paper_that_proves_it(
    tablet: Page, demo_portal: Portal
) -> None:
    sign_in(tablet, demo_portal, MEMBER)
    reads(tablet, "Your next deadlines and open items", "The charter today", "all clauses")
    assert size_of(tablet.locator("main")) >= SMALLEST

    walk_to(tablet, "Charter")
    reads(tablet, "What the Board asks of the committee")
    assert size_of(tablet.locator(".clause-text").first) >= SMALLEST
    follow(tablet, "R-1g")
    reads(tablet, "Records", "Next dates")
    assert size_of(tablet.locator(".quotation")) >= SMALLEST

    letter = tablet.locator(".dated-line").get_by_role("link", name="Independence letter")
    letter.first.tap()
    reads(tablet, "Dated", "Received on", "Fiscal year")
    paper = tablet.locator(".file").get_by_role("link")
    expect(paper).to_contain_text("Letter on independence")
    assert is_pdf(tablet, paper)

    walk_to(tablet, "Charter")
    follow(tablet, "Year")
    heading = tablet.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Fiscal year")
    this_year = heading.inner_text()
    reads(tablet, ENTRIES["independence-dialogue"].title)
    follow(tablet, "Previous year")
    expect(heading).not_to_have_text(this_year)
    follow(tablet, "Next year")
    expect(heading).to_have_text(this_year)


def test_director_reads_an_issued_report(tablet: Page, demo_portal: Portal) -> None:
    sign_in(tablet, demo_portal, MEMBER)
    walk_to(tablet, "Reports")
    follow(tablet, "No. 1")
    reads(tablet, "Issued on", "Members", "The next 90 days")
    assert size_of(tablet.locator(".report p").first) >= SMALLEST
    assert is_pdf(tablet, tablet.get_by_role("link", name="Open PDF"))
    expect(tablet.get_by_role("link", name="Replace with corrected report")).to_have_count(0)


def test_director_reads_the_charter_as_it_stood(tablet: Page, demo_portal: Portal) -> None:
    sign_in(tablet, demo_portal, MEMBER)
    walk_to(tablet, "Charter")
    counts = tablet.locator(".summary").inner_text()
    day = date.fromisoformat(tablet.get_by_label("As of").input_value()) - timedelta(days=365)
    tablet.get_by_label("As of").fill(day.isoformat())
    press(tablet, "Show")

    reads(tablet, f"Status as of {in_words(day)}.")
    expect(tablet.locator(".summary")).not_to_have_text(counts, use_inner_text=True)
    follow(tablet, "R-1g")
    reads(tablet, f"Status as of {in_words(day)}.")
    tablet.locator(".why").get_by_role("link", name="charter").tap()
    reads(tablet, f"Status as of {in_words(day)}.")
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
    reads(page, "You do not have access", reason)
    follow(page, "Go to the home page")
    reads(page, "Your next deadlines and open items")


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
