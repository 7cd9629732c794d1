"""Friday afternoon: something happened. A card, its clocks, one sheet, and who sees nothing of it."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from journeys.portal import Portal, breaches, follow, press, reads, sign_in

SECRETARY, CONTROLLER, COUNSEL = "Eleanor Whitcombe", "Luís Ferreira Braga", "Beatrix Oyelaran"
PHONE = {"viewport": {"width": 390, "height": 844}}
TITLE = "The auditor asks for a meeting without management"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_secretary_enters_what_happened_and_its_clock_runs(
    demo_portal: Portal, new_page: Callable[..., Page], scripts: bool
) -> None:
    page = sign_in(new_page(java_script_enabled=scripts, **PHONE), demo_portal, SECRETARY)
    title = f"{TITLE} ({'with' if scripts else 'without'} scripts)"
    page.goto(f"{demo_portal.url}/events/")
    reads(page, "Comment letter received")
    follow(page, "Enter what happened")
    page.get_by_label("What happened").fill(title)
    page.get_by_label("What was learned").fill("By telephone, to the chair.")
    page.get_by_label("Who follows it up").select_option(label=COUNSEL)
    page.get_by_text("Close this card to management").click()
    press(page, "Enter it on a card")
    reads(page, "It is closed to management.", "No clock runs")

    follow(page, "Add a clock")
    page.get_by_label("What must be done").fill("Name a day to the auditor")
    page.get_by_label("Number of days").fill("2")
    press(page, "Add the clock")
    reads(page, "2 business days from", "day 2 is")
    card = page.url
    with page.expect_download() as sheet:
        follow(page, "One sheet, PDF")
    assert sheet.value.suggested_filename.startswith("event-card-")

    page.goto(f"{demo_portal.url}/clocks/")
    reads(page, COUNSEL, "Name a day to the auditor", "Every business day until it is done.")
    listed = json.loads(demo_portal.command("clocks", "--json"))
    mine = [row for row in listed if row["what"] == "Name a day to the auditor"]
    assert mine
    assert {row["person"].partition("@")[0] for row in mine} == {"oyelaran"}
    assert date.fromisoformat(mine[0]["on"]) <= date.fromisoformat(mine[0]["due_on"])

    elsewhere = sign_in(new_page(java_script_enabled=scripts), demo_portal, CONTROLLER)
    assert elsewhere.goto(card).status == 404
    elsewhere.goto(f"{demo_portal.url}/events/")
    expect(elsewhere.locator("main")).not_to_contain_text(TITLE)

    page.goto(card)
    page.locator(".event-clock-actions").get_by_role("link", name="Done").click()
    press(page, "Record that it was done")
    reads(page, "done on")
    follow(page, "Close the card")
    page.get_by_label("Reason").fill("The meeting was held.")
    press(page, "Look it over")
    reads(page, "A closed card takes no more entries")
    press(page, "Close the card")
    reads(page, "closed on", "The meeting was held.")
    page.goto(f"{demo_portal.url}/clocks/")
    expect(page.locator("main")).not_to_contain_text("Name a day to the auditor")


def test_cards_and_clocks_are_accessible_and_fit(
    demo_portal: Portal, new_page: Callable[..., Page]
) -> None:
    page = sign_in(new_page(bypass_csp=True, **PHONE), demo_portal, SECRETARY)
    faults = []
    for path in ("/clocks/?show=all", "/events/", "/events/1/", "/events/new/blank/"):
        page.goto(demo_portal.url + path)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            faults.append(f"{path}: wider than the screen")
        faults += breaches(page)
    assert faults == []


def test_clocks_print_without_their_filters(
    demo_portal: Portal, new_page: Callable[..., Page]
) -> None:
    page = sign_in(new_page(), demo_portal, SECRETARY)
    page.goto(f"{demo_portal.url}/clocks/")
    page.emulate_media(media="print")
    expect(page.locator(".filter")).to_be_hidden()
    expect(page.get_by_role("heading", name="Clocks")).to_be_visible()
