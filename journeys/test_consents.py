"""Written consents signed by all and stopped by one; the Board told and its answer recorded."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from journeys.portal import Portal, follow, press, reads, sign_in

SECRETARY, MEMBER = "Eleanor Whitcombe", "Henrik Solberg"
SUCCESSOR = "María Fernanda Villaseñor de Echeverría y Montalbán"
WAITING = "Fee for the review of the new lease accounting"
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture
def phone(new_page: Callable[..., Page]) -> Page:
    return new_page(java_script_enabled=False, **PHONE)


def sign(page: Page, portal: Portal, name: str) -> Page:
    """From the home page, in two steps: read, and sign."""
    sign_in(page, portal, name)
    reads(page, f"A written consent is waiting for your signature: {WAITING}.")
    follow(page, "Read and sign")
    reads(page, "RESOLVED, that the Committee approves an additional audit fee", "Signed by")
    press(page, "Sign")
    reads(page, "Your signature was recorded.")
    return page


def test_a_consent_takes_effect_with_the_last_signature(
    new_page: Callable[..., Page], phone: Page, demo_portal: Portal
) -> None:
    sign(phone, demo_portal, MEMBER)
    reads(phone, "2 of 3 members have signed")
    expect(phone.get_by_role("link", name="Withdraw your signature")).to_be_visible()
    page = sign(new_page(), demo_portal, SUCCESSOR)
    reads(page, "In effect since", "resolution")
    page.get_by_role("link", name="Audit Committee written consent of").click()
    reads(page, "RESOLVED, that the Committee approves an additional audit fee")


def test_one_member_who_declines_stops_it_and_a_meeting_takes_it_over(
    new_page: Callable[..., Page], phone: Page, demo_portal: Portal
) -> None:
    page = sign_in(new_page(), demo_portal, SECRETARY)
    page.goto(f"{demo_portal.url}/consents/")
    follow(page, "Draft a consent")
    page.get_by_label("Title").fill("Travel policy")
    page.get_by_label("Resolution").fill("RESOLVED, that the travel policy is approved.")
    press(page, "Save draft")
    follow(page, "Send for signature")
    page.get_by_role("button").last.click()
    reads(page, "One member who declines ends it.")
    press(page, "Send for signature")
    reads(page, "0 of 3 members have signed")

    sign_in(phone, demo_portal, MEMBER)
    phone.goto(page.url)
    follow(phone, "Decline")
    phone.get_by_label("Reason").fill("At a meeting, please.")
    phone.get_by_role("button").last.click()
    press(phone, "Decline")
    reads(phone, "Not unanimous on", "a member declined")

    page.reload()
    reads(page, "Not unanimous on", "At a meeting, please.")
    follow(page, "Call a special meeting")
    page.get_by_label("Date").fill("2090-01-11")
    page.get_by_label("Start").fill("09:00")
    press(page, "Plan meeting")
    reads(page, "special meeting", "Travel policy")


def test_a_report_to_the_board_and_its_answer(
    new_page: Callable[..., Page], demo_portal: Portal
) -> None:
    page = sign_in(new_page(), demo_portal, SECRETARY)
    page.goto(f"{demo_portal.url}/board/")
    reads(page, "Accepted on", "No answer of the Board is on record")
    follow(page, "Record report")
    page.locator("label.form-check-label").last.click()
    press(page, "Record report")
    reads(page, "The report to the Board was recorded.", "Reported on")

    page.get_by_role("row").filter(has_text="No answer of the Board").get_by_role("link").click()
    follow(page, "Record the Board’s answer")
    page.get_by_label("Answer", exact=True).select_option("rejected")
    page.get_by_label("What the Board changed").fill("The Board asks for a budget by item.")
    press(page, "Record answer")
    reads(page, "Not accepted on", "The Board asks for a budget by item.")
    expect(page.get_by_role("link", name="Record the Board’s answer")).to_have_count(0)
