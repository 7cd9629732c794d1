"""The auditor, end to end: checked, asked for, approved on a phone, heard, found, reported."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from journeys.portal import Portal, faults_of, follow, press, reads, sign_in

SECRETARY, CHAIR, CONTROLLER = "Eleanor Whitcombe", "Judith Amankwah", "Luís Ferreira Braga"
OFFICER = "Grace Nakamura"
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
NOW = datetime.now(ZoneInfo("America/Chicago")).date()
TODAY = NOW.isoformat()
LATER = (NOW + timedelta(days=40)).isoformat()


@pytest.fixture
def plain(new_page: Callable[..., Page]) -> Page:
    """A page without JavaScript."""
    return new_page(java_script_enabled=False)


def fill(page: Page, **typed: str) -> None:
    """Fields by the names that the form gives them."""
    for name, value in typed.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def test_management_checks_then_asks_and_learns_why(plain: Page, demo_portal: Portal) -> None:
    page = sign_in(plain, demo_portal, CONTROLLER)
    follow(page, "Auditor services")
    follow(page, "Check before you ask")
    fill(page, service="payroll", amount="18000", starts_on=LATER)
    press(page, "Check")
    reads(page, "The auditor may not provide this service", "Reg. S-X 2-01(c)(4)(i)")
    reads(page, "Another firm may provide it")
    fill(page, service="consent", amount="14500")
    press(page, "Check")
    reads(page, "above the limit", "The committee or its delegate may approve this service.")
    follow(page, "Ask for this service")
    fill(page, subject="Consent for a prospectus supplement")
    press(page, "Ask")
    reads(page, "The request is recorded.", "Waiting for a decision")
    expect(page.get_by_role("link", name="Approve as delegate")).to_have_count(0)


def test_line_is_used_up_and_the_next_request_goes_to_the_committee(
    plain: Page, demo_portal: Portal
) -> None:
    page = sign_in(plain, demo_portal, OFFICER)

    def asked(amount: str, subject: str) -> None:
        page.goto(f"{demo_portal.url}/auditor/check/")
        fill(page, service="sec-comments", amount=amount, starts_on=LATER)
        press(page, "Check")
        follow(page, "Ask for this service")
        fill(page, subject=subject)
        press(page, "Ask")
        reads(page, "The request is recorded.")

    asked("24000", "Replies to the staff's comments on the annual report")
    follow(page, "Use a policy line")
    press(page, "Record use")
    reads(page, "The use of the line is recorded. The committee is informed.")
    asked("9000", "Replies to the staff's second letter")
    reads(page, "Waiting for a decision", "above the limit")
    expect(page.get_by_role("link", name="Use a policy line", exact=True)).to_have_count(0)


def test_chair_approves_on_a_phone_and_presents_it_at_the_next_meeting(
    new_page: Callable[..., Page], demo_portal: Portal
) -> None:
    page = sign_in(new_page(**PHONE), demo_portal, CHAIR)
    page.goto(f"{demo_portal.url}/auditor/requests/")
    follow(page, "Consent for the Form S-3 shelf registration")
    follow(page, "Approve as delegate")
    reads(page, "The committee or its delegate may approve this service.", "$50,000", "$14,000")
    press(page, "Approve")
    reads(page, "You approved the service.", f"{CHAIR} as delegate", "scheduled meeting")
    address = page.url
    page = sign_in(new_page(), demo_portal, SECRETARY)
    page.goto(address)
    reads(page, "Present it at the scheduled meeting on")
    follow(page, "Record presentation")
    # No meeting of the committee is on record on this date, so it is not a scheduled one.
    fill(page, meeting_on=TODAY)
    page.locator("label[for=id_is_scheduled]").click()
    press(page, "Record presentation")
    reads(page, "No meeting of the committee is on record on this date.")
    page.locator("label[for=id_is_scheduled]").click()
    press(page, "Record presentation")
    reads(page, "The presentation is recorded.", "Presented at a special meeting.")
    reads(page, "Present it at the scheduled meeting on")


def test_letter_received_and_discussed_is_a_record_of_its_clause(
    plain: Page, demo_portal: Portal
) -> None:
    page = sign_in(plain, demo_portal, SECRETARY)
    page.goto(f"{demo_portal.url}/auditor/letters/receive/")
    fill(page, kind="independence", dated=TODAY)
    page.locator("[name=document]").set_input_files(
        {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"We are independent."}
    )
    press(page, "Record receipt")
    reads(page, "The receipt is recorded.", "Discussion not on file")
    address, clause = page.url, f"{demo_portal.url}/charter/R-1g/"
    words = f"{NOW:%B} {NOW.day}, {NOW.year}"
    record = f"Independence letter of Calloway Finch LLP dated {words}, discussed on {words}"
    page.goto(clause)
    expect(page.get_by_text(record)).to_have_count(0)
    page.goto(address)
    follow(page, "Record discussion")
    fill(page, held_on=TODAY)
    press(page, "Record discussion")
    reads(page, "Discussed on")
    page.goto(clause)
    expect(page.get_by_text(record)).not_to_have_count(0)
    path = address.removeprefix(demo_portal.url)
    expect(page.locator(f'a[href="{path}"]')).not_to_have_count(0)


def test_finding_from_the_first_word_to_closure(plain: Page, demo_portal: Portal) -> None:
    page = sign_in(plain, demo_portal, SECRETARY)
    page.goto(f"{demo_portal.url}/auditor/findings/add/")
    fill(page, title="Count of inventory at sites", told_on=TODAY, owner_name="Ida Torres")
    press(page, "Enter finding")
    reads(page, "Under evaluation")
    address = page.url
    page.goto(f"{address}rate/")
    fill(page, severity="significant", rated_on=TODAY, rated_by="Grace Nakamura")
    press(page, "Record severity")
    page.goto(f"{address}plan/")
    fill(page, text="Count twice a year.", target_on=LATER, set_on=TODAY)
    press(page, "Record plan")
    page.goto(f"{address}close/")
    fill(page, closed_on=TODAY)
    press(page, "Record closure")
    reads(page, "No date is on file for this step: Tested")
    for step in ("designed", "operating", "tested", "concluded"):
        page.goto(f"{address}step/")
        by = "Anneke Vos" if step == "tested" else "Ida Torres"
        fill(page, step=step, done_on=TODAY, done_by=by, evidence_dated=TODAY)
        press(page, "Record step")
    page.goto(f"{address}close/")
    fill(page, closed_on=TODAY)
    press(page, "Record closure")
    reads(page, "The closure is recorded.", "Closed by the committee")


def test_committee_report_is_refused_then_issued(plain: Page, demo_portal: Portal) -> None:
    page = sign_in(plain, demo_portal, SECRETARY)
    page.goto(f"{demo_portal.url}/auditor/years/")
    page.locator("main table a").first.click()
    reads(page, "The report cannot be issued yet:", "No date is on file")
    address = page.url
    follow(page, "Add facts")
    letter = page.locator("[name=letter] option").nth(1).get_attribute("value") or ""
    fill(page, reviewed_on=TODAY, discussed_on=TODAY, recommended_on=TODAY, letter=letter)
    press(page, "Add facts")
    reads(page, "Its statements and names stand.")
    follow(page, "Issue committee report")
    fill(page, proxy_on=TODAY, adopted_on=TODAY)
    press(page, "Review")
    reads(page, "reviewed and discussed with management", f"{CHAIR}, Chair")
    press(page, "Issue report")
    page.goto(address)
    reads(page, "Named under it", "Committee report, fiscal year")


def test_pages_about_the_auditor_are_accessible_and_fit(
    demo_portal: Portal, new_page: Callable[..., Page]
) -> None:
    page = sign_in(new_page(bypass_csp=True, **PHONE), demo_portal, SECRETARY)
    faults = []
    for path in (
        "/auditor/",
        "/auditor/firms/1/",
        "/auditor/engagements/1/",
        "/auditor/policy/",
        "/auditor/check/",
        "/auditor/requests/?show=all",
        "/auditor/requests/1/",
        "/auditor/requests/add/",
        "/auditor/fees/",
        "/auditor/fees/add/",
        "/auditor/fees/table/",
        "/auditor/letters/",
        "/auditor/letters/1/",
        "/auditor/letters/receive/",
        "/auditor/findings/?show=all",
        "/auditor/findings/1/",
        "/auditor/years/",
    ):
        page.goto(demo_portal.url + path)
        faults += faults_of(page)
    assert faults == []
