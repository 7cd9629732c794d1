"""Signing in: from an invitation to a passkey and the first page; back in when a factor is lost."""

import re
import time
from collections.abc import Callable

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from journeys.conftest import SECRETARY
from journeys.portal import Portal, breaches, follow, press, reads, sign_in

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True}
INVITED, EMAIL, PASSWORD = "Ruth Feld", "ruth@example.com", "a lamp beside the ledger"
SWEEP = "from records.tasks import deliver_notices; deliver_notices()"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def newest_mail(portal: Portal, to: str, *words: str) -> str:
    """What the portal has last sent to a person, and that it says so."""
    portal.command("shell", "--command", SWEEP)
    files = sorted((portal.var / "mail").iterdir(), key=lambda file: file.stat().st_mtime_ns)
    mails = [file.read_text().replace("=\n", "").replace("=3D", "=") for file in files]
    text = next(mail for mail in reversed(mails) if f"To: {to}" in mail)
    assert all(word in " ".join(text.split()) for word in words), text
    return text


def invite(page: Page, portal: Portal) -> str:
    """The secretary adds a person; the link is in that person's mail."""
    sign_in(page, portal, SECRETARY)
    page.goto(f"{portal.url}/people/add/")
    page.get_by_label("Name").fill(INVITED)
    page.get_by_label("Email address").fill(EMAIL)
    press(page, "Add person")
    reads(page, f"{INVITED} was invited by email")
    found = re.search(r"/invitation/[\w-]+/", newest_mail(portal, EMAIL))
    assert found
    return portal.url + found[0]


def give_a_key(page: Page) -> None:
    """A device with a passkey's place in it, whose owner is always there."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def test_from_the_invitation_to_a_passkey_and_the_first_page(
    empty_portal: Portal, new_page: Callable[..., Page]
) -> None:
    desk = new_page()
    link = invite(desk, empty_portal)
    phone = new_page(**PHONE)
    give_a_key(phone)
    phone.goto(link)
    reads(phone, f"Welcome, {INVITED}")
    assert phone.url.removeprefix(empty_portal.url) == "/invitation/"
    phone.get_by_label("Name of this passkey").fill("My phone")
    press(phone, "Set up passkey")
    reads(phone, "Your recovery codes")
    assert phone.locator(".codes li").count() == 10
    follow(phone, "Go to the home page")
    expect(phone.locator("h1")).to_be_visible()
    assert phone.url == f"{empty_portal.url}/"

    phone.goto(f"{empty_portal.url}/sign-out/")
    press(phone, "Sign out")
    phone.goto(f"{empty_portal.url}/my/sign-in/")
    phone.get_by_text("Sign in with your email address and password").click()
    follow(phone, "Sign in with a passkey")
    press(phone, "Use passkey")
    reads(phone, "Sign-in and security", "My phone")

    desk.goto(f"{empty_portal.url}/people/")
    reads(desk, "accepted")
    desk.goto(link)
    reads(desk, "The invitation was accepted")


def test_passkey_page_says_what_it_needs(
    empty_portal: Portal, new_page: Callable[..., Page]
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{empty_portal.url}/sign-in/passkey/")
    reads(page, "A passkey needs JavaScript")
    looked_at = new_page(bypass_csp=True, **PHONE)
    looked_at.goto(f"{empty_portal.url}/sign-in/passkey/")
    assert breaches(looked_at) == []


def test_lost_second_factor_is_set_up_again_once_a_second_person_approves(
    page: Page, empty_portal: Portal, new_page: Callable[..., Page]
) -> None:
    desk = new_page()
    page.goto(invite(desk, empty_portal))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password again").fill(PASSWORD)
    press(page, "Set password")
    set_up_codes(page)
    page.goto(f"{empty_portal.url}/sign-out/")
    press(page, "Sign out")

    by_password(page, empty_portal)
    reads(page, "Two-step verification")
    follow(page, "I lost my passkey, app and recovery codes")
    press(page, "Ask to set it up again")
    reads(page, "Your request was sent")

    mail = newest_mail(empty_portal, "secretary@example.com", "needs your approval")
    found = re.search(r"/people/resets/\d+/", mail)
    assert found
    desk.goto(empty_portal.url + found[0])
    desk.get_by_text("I called back at a number I already had").click()
    press(desk, "Approve and remove the old methods")
    reads(desk, "was removed")
    newest_mail(empty_portal, EMAIL, "Your two-step verification was removed at your request")

    by_password(page, empty_portal)
    set_up_codes(page)
    follow(page, "Go to the home page")
    assert page.url == f"{empty_portal.url}/"


def by_password(page: Page, portal: Portal) -> None:
    page.goto(f"{portal.url}/sign-in/")
    page.get_by_text("Sign in with your email address and password").click()
    page.get_by_label("Email address").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")


def set_up_codes(page: Page) -> None:
    reads(page, "Set up two-step verification")
    follow(page, "Set up app codes")
    seed = page.locator(".code-letters").inner_text()
    now = format_hotp_value(hotp_value(seed, int(time.time()) // 30))
    page.get_by_label("The code your app shows now").fill(now)
    press(page, "Set up app codes")
    reads(page, "Your recovery codes")
