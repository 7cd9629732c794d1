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


def test_member_resigns_and_home_deadlines_and_charter_say_so(
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
    page.goto(f"{demo_portal.url}/charter/")
    clause = page.locator("#M-0")
    expect(clause).to_contain_text("on file")
    expect(clause).to_contain_text("About to lapse.")
    expect(clause).to_contain_text("2 directors sit on the committee; the rules ask for three.")
    page.goto(f"{demo_portal.url}/charter/?as_of={in_days(19)}")
    expect(page.locator("#M-0")).to_contain_text("on file")
    page.goto(f"{demo_portal.url}/charter/?as_of={in_days(20)}")
    reads(page, "2 directors sit on the committee since", "No notice to the exchange is on record")
    expect(page.locator("#M-0")).to_contain_text("open")


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


def test_charter_is_reviewed_kept_then_revised_and_posted(
    new_page: Callable[..., Page], demo_portal: Portal
) -> None:
    """The yearly review: the discussion with its actions, a version kept, the next one adopted."""
    page = new_page(java_script_enabled=False)
    sign_in(page, demo_portal, SECRETARY)
    follow(page, "Committee")
    follow(page, "Charter review and evaluation")
    reviews = page.url

    follow(page, "Record the charter review")
    note = "The committee discussed each clause with counsel."
    page.get_by_label("Held on").fill(in_days(0))
    page.get_by_label("Conclusion").select_option("adequate")
    page.get_by_role("textbox", name="Note (optional)").fill(note)
    press(page, "Record review")
    reads(page, "The review is recorded.", "reviewed its charter and found it adequate", note)
    review = page.url
    follow(page, "Add action")
    page.get_by_label("What is to be done").fill("Ask counsel about the attestation clause")
    page.get_by_label("Name, without an account").fill("Outside counsel")
    page.get_by_label("Due date").fill(in_days(30))
    press(page, "Add action")
    reads(page, "The action was added.", "Ask counsel about the attestation clause")

    page.goto(reviews)
    before = in_effect(page, demo_portal)
    reads(page, "Draft")

    page.get_by_role("link", name=re.compile("proposed")).first.click()
    proposed = page.get_by_role("heading", level=1).inner_text()
    follow(page, "Record adoption")
    page.get_by_label("How the Board decided").select_option(label="Meeting")
    page.get_by_label("Resolution number").fill("41")
    press(page, "Review")
    press(page, "Record adoption")
    reads(page, "The adoption was recorded.")
    after = in_effect(page, demo_portal)
    assert (before != after, after in proposed or proposed in after) == (True, True)
    expect(page.locator("tbody tr", has_text=before)).to_have_count(1)

    page.goto(reviews)
    follow(page, "Record the posting")
    page.get_by_label("How").select_option("website")
    page.get_by_label("Date").fill(in_days(0))
    page.get_by_label("Address").fill("https://investors.larkmere.example/charter-2026")
    press(page, "Record posting")
    reads(page, "The posting is recorded.", "https://investors.larkmere.example/charter-2026")
    page.goto(review)
    reads(page, note)
    page.goto(f"{demo_portal.url}/charter/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(after)


def in_effect(page: Page, portal: Portal) -> str:
    """The title of the version in effect, from the list of versions."""
    page.goto(f"{portal.url}/charter/versions/")
    row = page.locator("tbody tr", has=page.get_by_text("In effect", exact=True))
    expect(row).to_have_count(1)
    return row.locator("th a").inner_text()


def test_folder_of_minutes_holds_them_with_drafts_named(page: Page, demo_portal: Portal) -> None:
    sign_in(page, demo_portal, SECRETARY)
    follow(page, "Reports")
    follow(page, "Minutes folder for the auditor")
    with page.expect_download() as download:
        page.locator("main").get_by_role("button").first.click()
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as folder:
        names = folder.namelist()
        assert any("-minutes-" in name for name in names)
        listed = folder.read("minutes/contents.txt").decode()
    assert "Minutes and written consents" in listed
    lines = re.findall(r"^    (.*)\n    (.*-\d+.*)$", listed, re.MULTILINE)
    states = {name: state for state, name in lines}
    drafts = {name for name in states if "-draft." in name}
    assert any("-minutes-" in name for name in drafts), "the last minutes are not approved"
    for name, state in states.items():
        is_draft = "Not approved" in state or state.startswith("Draft, not in effect")
        assert is_draft is (name in drafts), (name, state)


def in_days(days: int) -> str:
    return (datetime.now(ZoneInfo("America/Chicago")).date() + timedelta(days=days)).isoformat()
