"""Every page a person can walk to, looked at by axe, on a desk and on a phone."""

from collections.abc import Callable, Iterator

import pytest
from django.urls import resolve
from playwright.sync_api import Page, Response

from journeys.portal import Portal, breaches

# So many pages of one kind are looked at: the clauses differ in their words, not in their form.
EACH = 2
DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "is_mobile": True}
LINKS = "links => links.map(link => link.href)"
# What leads out of the page: files, and the door.
APART = {"document", "event_sheet", "kit_word", "kit_pdf", "account_logout"}


def walk(page: Page, portal: Portal) -> Iterator[Response]:
    """Go wherever the links lead, at most so many times to a kind of page."""
    waiting, seen, kinds = [f"{portal.url}/"], set(), {}
    while waiting:
        url = waiting.pop(0)
        kind = resolve(url.removeprefix(portal.url).partition("?")[0]).url_name
        if url in seen or kind in APART or kinds.get(kind, 0) >= EACH:
            continue
        seen.add(url)
        kinds[kind] = kinds.get(kind, 0) + 1
        yield page.goto(url)
        links = page.locator("a[href]").evaluate_all(LINKS)
        waiting += [link.partition("#")[0] for link in links if link.startswith(portal.url)]


@pytest.mark.parametrize(
    ("role", "look"),
    [
        pytest.param("Corporate secretary", DESK, id="secretary-desk"),
        pytest.param("Corporate secretary", PHONE, id="secretary-phone"),
        pytest.param("Director", PHONE, id="director-phone"),
        pytest.param("Management", DESK, id="management-desk"),
    ],
)
def test_every_page_is_accessible_and_fits(
    role: str, look: dict[str, object], demo_portal: Portal, new_page: Callable[..., Page]
) -> None:
    page = new_page(**look)
    page.goto(f"{demo_portal.url}/sign-in/")
    page.locator("tr").filter(has_text=role).first.get_by_role("button").click()
    # axe sets styles to measure contrast, which our policy forbids: it looks from a page beside.
    examined = new_page(bypass_csp=True, storage_state=page.context.storage_state(), **look)
    faults = []
    for answer in walk(page, demo_portal):
        if answer.status != 200:
            faults.append(f"{answer.url}: {answer.status}")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            faults.append(f"{answer.url}: wider than the screen")
        examined.goto(answer.url)
        faults += breaches(examined)
    assert faults == []


def test_door_is_accessible(demo_portal: Portal, new_page: Callable[..., Page]) -> None:
    page = new_page(bypass_csp=True, **PHONE)
    page.goto(f"{demo_portal.url}/sign-in/")
    assert breaches(page) == []
