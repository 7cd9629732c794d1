"""Every page a person can walk to, checked by axe, on a large screen and on a phone."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import CDPSession, Page

from journeys.portal import Portal, faults_of, sign_in
from journeys.walking import walk

# The controller is management and nothing else; the chief financial officer is a secretary, too.
SECRETARY, MEMBER, CONTROLLER = "Eleanor Whitcombe", "Henrik Solberg", "Luís Ferreira Braga"


@dataclass(frozen=True)
class Look:
    """A screen and its colors."""

    name: str
    width: int
    height: int
    is_mobile: bool
    colors: str


DESK = Look("desk", 1280, 900, is_mobile=False, colors="light")
PHONE = Look("phone", 390, 844, is_mobile=True, colors="dark")


@pytest.mark.parametrize(
    ("name", "look"),
    [
        pytest.param(SECRETARY, DESK, id="secretary-at-a-desk"),
        pytest.param(SECRETARY, PHONE, id="secretary-on-a-phone"),
        pytest.param(MEMBER, PHONE, id="director-on-a-phone"),
        pytest.param(CONTROLLER, DESK, id="management-at-a-desk"),
    ],
)
def test_every_page_is_accessible_and_fits(
    name: str, look: Look, demo_portal: Portal, new_page: Callable[..., Page]
) -> None:
    # Colors that fade into others would be measured on the way.
    page = new_page(reduced_motion="reduce")
    sign_in(page, demo_portal, name)
    turn(page, page.context.new_cdp_session(page), look)
    faults = []
    for answer in walk(page, demo_portal):
        if answer.status != 200:
            faults.append(f"{answer.url}: {answer.status}")
        faults += [f"{look.name}: {fault}" for fault in faults_of(page)]
    assert faults == []


def test_door_is_accessible(demo_portal: Portal, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(f"{demo_portal.url}/sign-in/")
    turn(page, page.context.new_cdp_session(page), PHONE)
    assert faults_of(page) == []


def turn(page: Page, screen: CDPSession, look: Look) -> None:
    """Show the page on another screen, without loading it again."""
    size = {"width": look.width, "height": look.height, "deviceScaleFactor": 1}
    screen.send("Emulation.setDeviceMetricsOverride", {**size, "mobile": look.is_mobile})
    page.emulate_media(color_scheme=look.colors)
