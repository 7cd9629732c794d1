"""Every page a person can walk to, checked by axe, on a large screen and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from journeys.portal import Portal, breaches
from journeys.walking import walk

DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "is_mobile": True}


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
