"""The secretary plans a year, builds an agenda from what falls due, and sends it with a late paper."""

import io
import re

import pypdf
from playwright.sync_api import Page, expect

from journeys.portal import Portal, follow, press, reads, sign_in
from meetings.tests.factories import a_pdf
from records import clock

HERSELF = "Eleanor Whitcombe"


def test_from_the_plan_of_a_year_to_the_pack(page: Page, demo_portal: Portal) -> None:
    sign_in(page, demo_portal, HERSELF)
    follow(page, "Meetings")
    open_a_year_to_plan(page, demo_portal)
    press(page, "Review")
    reads(page, "Audit Committee, before the annual report")
    press(page, "Plan these meetings")
    reads(page, "12 meetings were planned.")

    page.get_by_role("link", name=re.compile(r"^Audit Committee ?, March")).click()
    follow(page, "Build agenda")
    reads(page, "Responsibilities due before the next meeting", "Can wait until")
    press(page, "Add selected items")
    reads(page, "Draft agenda", "Concerns", "Executive session with management")

    page.locator("table.list a").first.click()
    add(page, "Report.pdf", b"PK no PDF")
    reads(page, "Report.pdf could not be read as a PDF. Export it again.")
    page.get_by_label("File").set_input_files(
        {"name": "Report.pdf", "mimeType": "application/pdf", "buffer": a_pdf("First draft")}
    )
    press(page, "Add paper")
    reads(page, "The paper was added.")

    follow(page, "Back to the meeting")
    follow(page, "Send agenda and papers")
    reads(page, "By email", "From now on every item keeps its number.")
    press(page, "Send agenda and papers")
    reads(page, "Version 1 was sent.")

    pack = page.get_by_role("link", name="Version 1 (PDF)")
    answer = page.request.get(pack.evaluate("link => link.href"))
    labels = pypdf.PdfReader(io.BytesIO(answer.body())).page_labels
    assert labels[-1].endswith("-1")
    expect(page.get_by_role("heading", name="Agenda", exact=True)).to_be_visible()


def add(page: Page, name: str, content: bytes) -> None:
    follow(page, "Add paper")
    page.get_by_label("File").set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": content}
    )
    press(page, "Add paper")


def open_a_year_to_plan(page: Page, portal: Portal) -> None:
    """The first one that no journey has planned yet."""
    for ahead in (2, 3):
        page.goto(f"{portal.url}/meetings/years/FY{clock.now().year + ahead}/plan/")
        if page.get_by_role("button", name="Review", exact=True).count():
            return
