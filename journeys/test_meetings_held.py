"""A past meeting is entered and turns a clause; minutes are changed and circulated; a director on a
tablet is recused from an item."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from journeys.portal import Portal, follow, press, reads, sign_in

SECRETARY, MEMBER = "Eleanor Whitcombe", "Henrik Solberg"
TABLET = {"viewport": {"width": 820, "height": 1180}, "is_mobile": True, "has_touch": True}
MATTER = "Lease of the Ashland plant"
# Each way of reading the page changes the paragraph.
ENDINGS = iter(("It adjourned at noon.", "It adjourned at 12 p.m."))


def add_item(page: Page, title: str, kind: str) -> None:
    follow(page, "Add item")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Kind").select_option(label=kind)
    press(page, "Add item")


def test_minutes_are_changed_circulated_and_read(page: Page, demo_portal: Portal) -> None:
    sign_in(page, demo_portal, SECRETARY)
    page.goto(f"{demo_portal.url}/minutes/")
    page.get_by_role("link", name="circulated").first.click()
    page.get_by_role("link", name=re.compile("Change.*Adjournment")).click()
    text = page.get_by_label("Text")
    text.fill(next(ENDINGS))
    press(page, "Save paragraph")
    reads(page, "The paragraph was saved.", "adjourned at")
    follow(page, "Circulate")
    press(page, "Circulate")
    reads(page, "The minutes were circulated.")


def test_director_declares_a_recusal_on_a_tablet(
    new_page: Callable[..., Page], page: Page, demo_portal: Portal
) -> None:
    sign_in(page, demo_portal, SECRETARY)
    page.goto(f"{demo_portal.url}/meetings/")
    page.get_by_role("row").filter(has_text="Next meeting").filter(
        has_text="Audit Committee"
    ).get_by_role("link").first.click()
    meeting = page.url
    add_item(page, MATTER, "Decide")

    tablet = new_page(**TABLET)
    sign_in(tablet, demo_portal, MEMBER)
    tablet.goto(meeting)
    follow(tablet, MATTER)
    item = tablet.url
    follow(tablet, "Record a recusal")
    press(tablet, "Review")
    reads(tablet, MATTER, "Leaves the room", "A recusal is not lifted.")
    press(tablet, "Record recusal")
    reads(tablet, "The recusal was recorded.", "Restricted item")
    expect(tablet.get_by_text(MATTER)).to_have_count(0)

    page.goto(meeting)
    reads(page, MATTER)
    answer = tablet.request.get(item)
    assert answer.status == 403
    assert "You are recused from this item." in answer.text()
    assert MATTER not in answer.text()


def due_duty(portal: Portal) -> str:
    """A responsibility that falls due and that nothing on record shows yet."""
    rows = json.loads(portal.command("standing", "--json"))
    return next(row["duty"] for row in rows if row["duty"].startswith("Hear from the auditor"))


def standing_of(portal: Portal, duty: str) -> tuple[str, list[str]]:
    rows = json.loads(portal.command("standing", "--json"))
    [row] = [row for row in rows if row["duty"] == duty]
    return row["standing"], [piece["source"] for piece in row["evidence"]]


def test_past_meeting_with_its_minutes_turns_a_clause(
    new_page: Callable[..., Page], demo_portal: Portal
) -> None:
    """Once for both ways of reading: a responsibility turns once."""
    page = new_page(java_script_enabled=False)
    duty = due_duty(demo_portal)
    assert standing_of(demo_portal, duty) == ("due", [])
    sign_in(page, demo_portal, SECRETARY)
    page.goto(f"{demo_portal.url}/meetings/past/")
    today = datetime.now(ZoneInfo("America/Chicago")).date()
    held_on = today - timedelta(days=6)
    page.get_by_label("Date", exact=True).fill(held_on.isoformat())
    page.locator("summary", has_text="R-1f").click()
    page.locator("label", has_text=duty).click()
    page.get_by_label("Approved minutes").set_input_files(
        {"name": "minutes.txt", "mimeType": "text/plain", "buffer": b"The firm explained it."}
    )
    page.get_by_label("Minutes approved on").fill(today.isoformat())
    press(page, "Enter meeting")
    reads(page, "was entered.")
    assert standing_of(demo_portal, duty) == ("on_file", ["meetings.items"])
    page.goto(f"{demo_portal.url}/charter/")
    page.get_by_role("link", name=re.compile("^R-1f")).first.click()
    reads(page, duty, "Completed on")
