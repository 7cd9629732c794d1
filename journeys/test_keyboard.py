"""By the keyboard alone, on a phone's width, and with the text at twice its size."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from journeys.portal import Portal, reads, sign_in

SECRETARY, CHAIR = "Eleanor Whitcombe", "Judith Amankwah"
PHONE = {"viewport": {"width": 390, "height": 844}}
# A phone, and a window of 1280 at a zoom of 200 % and of 400 %.
NARROW = (PHONE["viewport"], {"width": 640, "height": 450}, {"width": 320, "height": 256})
# Each kind of page: words, a table, a text with its margin, a map, forms.
STOPS = ("/", "/charter/", "/charter/R-1f/", "/year/", "/open-items/", "/reports/new/", "/company/")
WIDE = (
    *STOPS,
    "/charter/versions/",
    "/charter/import/",
    "/charter/duties/",
    "/charter/R-2/duty/",
    "/committee/",
    "/directors/1/",
    "/reports/",
    "/reports/1/",
    "/company/change/",
    "/company/holidays/",
    "/people/",
    "/people/1/",
    "/ledger/",
    "/demo/people/",
    "/nowhere/",
)
# Fields of a day have stops of their own within; the browser keeps those.
REACHABLE = """
    () => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
        .filter(it => it.type !== "hidden" && !it.disabled && it.checkVisibility({
            visibilityProperty: true,
        }))
        .filter(it => it.type !== "radio" || it.checked
            || !document.querySelector(`input[name="${it.name}"]:checked`))
        .length
"""
FOCUSED = """
    () => {
        const it = document.activeElement;
        if (!it || it === document.body) return null;
        window.stops ??= [];
        if (!window.stops.includes(it)) window.stops.push(it);
        const style = getComputedStyle(it);
        const line = it.getClientRects()[0], before = window.stops.at(-2);
        const top = line && document.elementFromPoint(
            line.left + line.width / 2, line.top + line.height / 2,
        );
        return {
            place: window.stops.indexOf(it),
            name: `${it.tagName} ${it.name || it.innerText || it.href}`.trim(),
            outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
            shown: !!top && (it.contains(top) || top.contains(it) || top.control === it),
            in_order: !before || before === it
                || !!(before.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING),
        };
    }
"""


@dataclass(frozen=True)
class Stop:
    """Where the focus is: its number among the stops, and whether a person can see it."""

    place: int
    name: str
    outline: float
    shown: bool
    in_order: bool

    @property
    def fault(self) -> str:
        if not self.shown:
            return f"{self.name}: out of sight"
        if self.outline < 2:
            return f"{self.name}: focus is not seen"
        return "" if self.in_order else f"{self.name}: out of order"


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def opened(
    request: pytest.FixtureRequest, demo_portal: Portal, new_page: Callable[..., Page]
) -> Callable[..., Page]:
    """Opens the portal for a person, in a window of some size."""

    def open_page(name: str, **look: object) -> Page:
        return sign_in(new_page(java_script_enabled=request.param, **look), demo_portal, name)

    return open_page


def test_skip_link_leads_over_the_menu(opened: Callable[..., Page]) -> None:
    page = opened(CHAIR)
    tab(page)
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    tab(page)
    expect(page.locator("main :focus")).to_have_count(1)


@pytest.mark.parametrize("path", ["/sign-in/", *STOPS])
def test_every_stop_is_seen_and_reached_in_order(
    path: str, demo_portal: Portal, new_page: Callable[..., Page]
) -> None:
    page = new_page(reduced_motion="reduce")
    if path != "/sign-in/":
        sign_in(page, demo_portal, SECRETARY)
    page.goto(demo_portal.url + path)
    stops = walk(page)
    assert [stop.fault for stop in stops if stop.fault] == []
    assert len(stops) == page.evaluate(REACHABLE)


def test_menu_of_a_phone_is_opened_by_keyboard(opened: Callable[..., Page]) -> None:
    page = opened(CHAIR, **PHONE)
    menu = page.get_by_role("navigation", name="Pages")
    expect(menu).to_be_hidden()
    tab_to(page, "Menu")
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    tab_to(page, "Charter")
    page.keyboard.press("Enter")
    reads(page, "What the Board asks of the committee")
    expect(menu).to_be_hidden()


def test_duty_is_completed_by_keyboard(
    opened: Callable[..., Page], demo_portal: Portal, request: pytest.FixtureRequest
) -> None:
    note = f"Evaluated in discussion, {request.node.name}."
    page = opened(CHAIR)
    page.goto(f"{demo_portal.url}/charter/R-7/")
    tab_to(page, "Record completion")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Performed on")).to_be_visible()
    tab_to(page, "serves")
    page.keyboard.press("Home")
    tab_to(page, "note")
    page.keyboard.type(note)
    tab_to(page, "Record")
    page.keyboard.press("Enter")
    reads(page, "The completion was recorded", note)


def test_summary_of_errors_takes_to_the_field(
    opened: Callable[..., Page], demo_portal: Portal
) -> None:
    page = opened(SECRETARY)
    page.goto(f"{demo_portal.url}/charter/R-2/note/")
    tab_to(page, "Add note")
    page.keyboard.press("Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Nothing was recorded.")
    tab(page)
    expect(summary.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Enter")
    field = page.get_by_label("As applied today")
    expect(field).to_be_focused()
    page.keyboard.type("As the Committee reads it today.")
    tab_to(page, "source")
    page.keyboard.type("Minutes of the year")
    tab_to(page, "Add note")
    page.keyboard.press("Enter")
    reads(page, "Recorded.", "As the Committee reads it today.")


def test_no_page_scrolls_sideways(opened: Callable[..., Page], demo_portal: Portal) -> None:
    page = opened(SECRETARY)
    wider = []
    for path in WIDE:
        page.goto(demo_portal.url + path)
        for size in NARROW:
            page.set_viewport_size(size)
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > size["width"]:
                wider.append(f"{path}: {width} at {size['width']}")
    assert wider == []


def tab(page: Page) -> Stop | None:
    page.keyboard.press("Tab")
    found = page.evaluate(FOCUSED)
    return Stop(**found) if found else None


def tab_to(page: Page, name: str) -> None:
    """Tab on until the focus is on the link, button or field of that name."""
    for _ in range(200):
        stop = tab(page)
        if stop and stop.name.partition(" ")[2].startswith(name):
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def walk(page: Page) -> list[Stop]:
    """Every stop from the first to the last, as the focus comes to it."""
    stops: dict[int, Stop] = {}
    while (stop := tab(page)) and not (stop.place == 0 and len(stops) > 1):
        stops.setdefault(stop.place, stop)
    return list(stops.values())
