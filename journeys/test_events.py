"""Friday afternoon: something happened. An event, its deadlines, one sheet, and who sees nothing of it."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from journeys.portal import Portal, faults_of, follow, press, reads, sign_in

SECRETARY, CONTROLLER, COUNSEL = "Eleanor Whitcombe", "Luís Ferreira Braga", "Beatrix Oyelaran"
PHONE = {"viewport": {"width": 390, "height": 844}}
TITLE = "The auditor asks for a meeting without management"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_secretary_enters_what_happened_and_its_deadline_runs(
    demo_portal: Portal, new_page: Callable[..., Page], scripts: bool
) -> None:
    page = sign_in(new_page(java_script_enabled=scripts, **PHONE), demo_portal, SECRETARY)
    title = f"{TITLE} ({'with' if scripts else 'without'} scripts)"
    page.goto(f"{demo_portal.url}/events/")
    reads(page, "Comment letter received")
    follow(page, "Add event")
    page.get_by_label("What happened").fill(title)
    page.get_by_label("What was learned").fill("By telephone, to the chair.")
    page.get_by_label("Owner").select_option(label=COUNSEL)
    page.get_by_text("Restrict from management").click()
    press(page, "Add event")
    reads(page, "It is restricted from management.", "No deadlines")

    follow(page, "Add deadline")
    page.get_by_label("What must be done").fill("Name a day to the auditor")
    page.get_by_label("Number of days").fill("2")
    press(page, "Add deadline")
    reads(page, "2 business days from", "day 2 is")
    event = page.url
    with page.expect_download() as sheet:
        follow(page, "One-page summary (PDF)")
    assert sheet.value.suggested_filename.startswith("event-")

    page.goto(f"{demo_portal.url}/deadlines/")
    reads(page, COUNSEL, "Name a day to the auditor", "Every business day until it is done.")
    listed = json.loads(demo_portal.command("deadlines", "--json"))
    mine = [row for row in listed if row["what"] == "Name a day to the auditor"]
    assert mine
    assert {row["person"].partition("@")[0] for row in mine} == {"oyelaran"}
    assert date.fromisoformat(mine[0]["on"]) <= date.fromisoformat(mine[0]["due_on"])

    elsewhere = sign_in(new_page(java_script_enabled=scripts), demo_portal, CONTROLLER)
    assert elsewhere.goto(event).status == 404
    elsewhere.goto(f"{demo_portal.url}/events/")
    expect(elsewhere.locator("main")).not_to_contain_text(TITLE)

    page.goto(event)
    page.locator(".event-deadline-actions").get_by_role("link", name="Done").click()
    press(page, "Record completion")
    reads(page, "done on")
    follow(page, "Close event")
    page.get_by_label("Reason").fill("The meeting was held.")
    press(page, "Review")
    reads(page, "You cannot change or reopen an event after it is closed")
    press(page, "Close event")
    reads(page, "closed on", "The meeting was held.")
    page.goto(f"{demo_portal.url}/deadlines/")
    expect(page.locator("main")).not_to_contain_text("Name a day to the auditor")


def test_events_and_deadlines_are_accessible_and_fit(
    demo_portal: Portal, new_page: Callable[..., Page]
) -> None:
    page = sign_in(new_page(bypass_csp=True, **PHONE), demo_portal, SECRETARY)
    faults = []
    for path in ("/deadlines/?show=all", "/events/", "/events/1/", "/events/new/charters.blank/"):
        page.goto(demo_portal.url + path)
        faults += faults_of(page)
    assert faults == []


def test_deadlines_print_without_their_filters(
    demo_portal: Portal, new_page: Callable[..., Page]
) -> None:
    page = sign_in(new_page(), demo_portal, SECRETARY)
    page.goto(f"{demo_portal.url}/deadlines/")
    page.emulate_media(media="print")
    expect(page.locator(".filter")).to_be_hidden()
    expect(page.get_by_role("heading", name="Deadlines")).to_be_visible()
