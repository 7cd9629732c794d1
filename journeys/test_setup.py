"""Setting up: from nothing at all to a charter with its standings, left and resumed on the way."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import SECRETARY
from journeys.portal import ROOT, Portal, breaches, follow, press, reads, sign_in

# A published charter where one is named, and else the demo's own.
CHARTER = Path(os.environ.get("REAL_CHARTER") or ROOT / "charter_portal" / "demo" / "charter.md")
SINCE = "2021-05-12"
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_from_nothing_to_a_charter_with_standings(
    scripts: bool, empty_portal: Portal, new_page: Callable[..., Page]
) -> None:
    page = new_page(java_script_enabled=scripts)
    sign_in(page, empty_portal, SECRETARY)
    follow(page, "Continue setup")
    reads(page, "0 of 8 required steps are done.", "after: The company")

    follow(page, "Set up company")
    page.get_by_label("Name", exact=True).fill("Hollin Bridge Optics, Inc.")
    page.get_by_label("Currency").fill("dollars")
    press(page, "Save and continue")
    reads(page, "Enter three letters, such as USD.")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Hollin Bridge Optics, Inc.")
    page.get_by_label("Currency").fill("USD")
    press(page, "Save and continue")
    reads(page, "1 of 8 required steps are done.")

    follow(page, "Set up calendar")
    reads(page, "Default value.")
    press(page, "Save and continue")
    follow(page, "Set where records begin")
    press(page, "Save and continue")

    phone = new_page(java_script_enabled=scripts, **PHONE)
    sign_in(phone, empty_portal, SECRETARY)
    phone.goto(f"{empty_portal.url}/setup/")
    reads(phone, "3 of 8 required steps are done.")
    add_the_people(phone)
    reads(phone, "4 of 8 required steps are done.")

    page.goto(f"{empty_portal.url}/setup/")
    follow(page, "Add directors")
    seat(page, 0, "Judith Amankwah", chairs=True)
    seat(page, 1, "Henrik Solberg")
    seat(page, 2, "Priya Raghunathan")
    press(page, "Record members")
    reads(page, "5 of 8 required steps are done.")

    follow(page, "Import charter")
    page.get_by_label("File").set_input_files(CHARTER)
    press(page, "Review clauses")
    press(page, "Save draft")
    follow(page, "Record adoption")
    adopted_on = page.get_by_label("Adopted by the Board on")
    today = date.fromisoformat(adopted_on.input_value())
    adopted_on.fill(today.replace(month=1, day=1).isoformat())
    press(page, "Review")
    press(page, "Record adoption")
    press(page, "Add responsibilities")

    page.goto(f"{empty_portal.url}/setup/")
    reads(page, "7 of 8 required steps are done.", "Status")
    follow(page, "Enter past work")
    tick_the_past(page, today)
    reads(page, "2 completions were recorded.")
    page.goto(f"{empty_portal.url}/setup/")
    follow(page, "Send test email")
    press(page, "Send test email")
    reads(page, "It will be sent within two minutes")

    page.goto(f"{empty_portal.url}/charter/")
    expect(page.locator(".standing-on-file").first).to_be_visible()


def test_every_page_of_the_guide_fits_a_phone_and_is_accessible(
    empty_portal: Portal, new_page: Callable[..., Page]
) -> None:
    page = new_page(**PHONE)
    sign_in(page, empty_portal, SECRETARY)
    found = []
    for path in ("", "company/", "people/", "committee/", "mail/"):
        page.goto(f"{empty_portal.url}/setup/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url
        found += breaches(page)
    for path in ("kit/", "kit/complaints/"):
        page.goto(f"{empty_portal.url}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url
        found += breaches(page)
    assert found == []


def add_the_people(page: Page) -> None:
    follow(page, "Add people")
    row = page.get_by_role("group", name="Chair of the committee")
    row.get_by_label("Name").fill("Judith Amankwah")
    row.get_by_label("Email address").fill("judith@example.com")
    press(page, "Add people")


def seat(page: Page, number: int, name: str, *, chairs: bool = False) -> None:
    row = page.get_by_role("group", name=f"Director {number + 1}", exact=True)
    row.get_by_label("Director").fill(name)
    row.get_by_label("On the Board since").fill(SINCE)
    row.get_by_label("On the committee since").fill(SINCE)
    if chairs:
        row.get_by_label("Chair since").fill(SINCE)


def tick_the_past(page: Page, on: date) -> None:
    """Two duties performed on one day, with its paper."""
    day = page.get_by_role("group", name="Date 1", exact=True)
    day.locator("[type=date]").fill(on.isoformat())
    day.get_by_label("Occasion").fill("Regular meeting")
    minutes = {"name": "minutes.txt", "mimeType": "text/plain", "buffer": b"Minutes."}
    day.get_by_label("Document").set_input_files(minutes)
    for row in page.locator(".sheet-ticks tbody tr").all()[:2]:
        row.get_by_role("checkbox").first.check()
    press(page, "Record completions")
