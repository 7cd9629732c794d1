"""The committee: a determination refused and then made, a member who resigns, the charter revised,
the auditor's folder of minutes."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pypdf
from playwright.sync_api import Page, expect

from journeys.portal import Portal, follow, press, reads, sign_in

SECRETARY, CHAIR, MEMBER = "Eleanor Whitcombe", "Judith Amankwah", "Henrik Solberg"


def test_determination_is_refused_with_its_reason_and_then_made(
    page: Page, demo_portal: Portal
) -> None:
    sign_in(page, demo_portal, SECRETARY)
    follow(page, "Committee")
    page.locator("main").get_by_role("link", name=MEMBER, exact=True).first.click()
    follow(page, "Independence")
    independence = page.url
    page.get_by_role("link", name="Employment by the company", exact=True).click()
    page.get_by_label("From", exact=True).fill(in_days(-400))
    page.get_by_label("Last day").fill(in_days(-300))
    press(page, "Record fact")

    page.goto(independence)
    page.get_by_role("link", name=re.compile("^Record ?: Independence")).click()
    press(page, "Review")
    reads(page, "Nasdaq 5605(a)(2)(A)")
    expect(page.get_by_role("button", name="Record determination")).to_have_count(0)

    page.goto(independence)
    page.get_by_role("link", name=re.compile("^Withdraw ?: .*mploy")).click()
    page.get_by_label("Reason").fill("Another person of the same name.")
    press(page, "Withdraw fact")
    page.goto(independence)
    page.get_by_role("link", name=re.compile("^Record ?: Independence")).click()
    press(page, "Review")
    press(page, "Record determination")
    reads(page, f"Recorded: The Board determined that {MEMBER} is independent")


def test_member_resigns_and_home_and_deadlines_say_so(
    new_page: Callable[..., Page], demo_portal: Portal
) -> None:
    page = new_page(java_script_enabled=False)
    sign_in(page, demo_portal, SECRETARY)
    follow(page, "Committee")
    page.locator("main").get_by_role("link", name=MEMBER, exact=True).first.click()
    page.get_by_role("link", name=re.compile("^End the membership.*Audit Committee")).click()
    page.get_by_label("Until", exact=True).fill(in_days(20))
    page.get_by_label("Why it ends").select_option("resigned")
    press(page, "Review")
    press(page, "Record the end")
    page.goto(f"{demo_portal.url}/")
    reads(page, "Have at least three directors on the committee: about to lapse")
    page.goto(f"{demo_portal.url}/deadlines/")
    reads(page, "2 directors sit on the committee; the rules ask for three.")


def test_charter_revised_is_read_by_a_director_with_its_changes(
    page: Page, demo_portal: Portal
) -> None:
    sign_in(page, demo_portal, CHAIR)
    page.goto(f"{demo_portal.url}/charter/versions/")
    page.get_by_role("link", name="proposed").first.click()
    reads(page, "A draft is not in effect until the Board adopts it.")
    follow(page, "Compare with the version in effect")
    reads(page, "New words are underlined")
    expect(page.locator("ins").first).to_be_visible()
    expect(page.locator("del").first).to_be_visible()
    with page.expect_download() as download:
        follow(page, "Comparison as PDF")
    text = "".join(leaf.extract_text() for leaf in pypdf.PdfReader(download.value.path()).pages)
    assert "New words are underlined" in text


def test_folder_of_minutes_holds_them_with_drafts_named(page: Page, demo_portal: Portal) -> None:
    sign_in(page, demo_portal, SECRETARY)
    follow(page, "Reports")
    follow(page, "Minutes folder for the auditor")
    with page.expect_download() as download:
        page.locator("main").get_by_role("button").first.click()
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as folder:
        names = folder.namelist()
        assert any("-minutes-" in name for name in names)
        assert b"Minutes and written consents" in folder.read("minutes/contents.txt")


def in_days(days: int) -> str:
    return (datetime.now(ZoneInfo("America/Chicago")).date() + timedelta(days=days)).isoformat()
