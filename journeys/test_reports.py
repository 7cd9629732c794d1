"""The reports to the Board: prepared by the secretary, issued by the chair, replaced, restricted."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pypdf
from playwright.sync_api import Locator, Page, expect

from journeys.portal import Portal, follow, link_of, press, reads, recorded, sign_in, url_of

CHAIR = "Judith Amankwah"
# The secretary, her assistant, and the chief financial officer, who is a secretary too.
HERSELF, SECOND, IN_MANAGEMENT = "Eleanor Whitcombe", "Tomasz Zieliński", "Grace Nakamura"


def test_report_is_read_drafted_issued_and_replaced(page: Page, demo_portal: Portal) -> None:
    sign_in(page, demo_portal, HERSELF)
    follow(page, "Reports")
    before = numbers(page)
    follow(page, "Prepare report")
    today = page.get_by_label("To", exact=True).input_value()
    page.get_by_label("From", exact=True).fill(f"{today[:4]}-01-01")
    page.get_by_label("Request 1").fill("Reappoint the Auditor")
    press(page, "Review report")
    reads(page, "Nothing is recorded yet.", "Reappoint the Auditor", "The next 90 days")
    press(page, "Change report")
    expect(page.get_by_label("Request 1")).to_have_value("Reappoint the Auditor")
    press(page, "Review report")

    draft = download(page, "Draft as PDF")
    assert "Draft" in text_of(draft)
    press(page, "Continue to send to the chair")
    number = max(before) + 1
    expect(recorded(page, "To be issued by")).to_have_text(CHAIR)
    expect(recorded(page, "Audience")).to_have_text("Full Board")
    expect(recorded(page, "Prepared by")).to_have_text(HERSELF)
    expect(recorded(page, "Requests")).to_contain_text("Reappoint the Auditor")
    press(page, "Send to the chair")
    reads(page, f"The report was sent to {CHAIR}.", "waiting for")

    become(page, demo_portal, CHAIR)
    reads(page, "A report to the Board is waiting for you to issue it.")
    follow(page, "Read and issue")
    reads(page, "Reappoint the Auditor", "You issue it exactly as it stands here")
    follow(page, "Send back")
    page.get_by_label("What should change").fill("Say it in full.")
    press(page, "Send back")
    reads(page, "The report was sent back.")

    become(page, demo_portal, HERSELF)
    reads(page, "The chair sent a Board report back to you.")
    follow(page, "Read the note")
    follow(page, "Prepare again")
    reads(page, "Say it in full.")
    expect(page.get_by_label("Request 1")).to_have_value("Reappoint the Auditor")
    send_to_the_chair(page)
    issue_as_chair(page, demo_portal)
    reads(page, f"Report no. {number} was issued.")
    issued = opened(page, "Open PDF")
    assert_is_tagged_pdf(issued, f"no. {number}")
    assert f"No. {number}" in text_of(issued)
    assert "Reappoint the Auditor" in text_of(issued)
    assert_is_composed_from_all_apps_on_two_pages(issued)
    follow(page, "All reports")
    assert numbers(page) == [number, *before]

    become(page, demo_portal, HERSELF)
    follow(page, "Reports")
    follow(page, f"No. {number}")
    follow(page, "Replace with corrected report")
    reads(page, "The earlier report stays on record, marked with the number of the new one")
    page.get_by_label("Request 1").fill("Reappoint the Auditor for the coming year")
    send_to_the_chair(page)
    issue_as_chair(page, demo_portal)
    reads(page, f"Report no. {number + 1} was issued.")
    assert_is_tagged_pdf(opened(page, "Open PDF"), f"no. {number + 1}")
    follow(page, f"Replaces no. {number}")
    reads(page, f"Replaced by no. {number + 1}.")
    assert opened(page, "Open PDF as issued") == issued
    marked = download(page, "PDF marked as replaced", role="link")
    assert f"eplaced by no. {number + 1}" in text_of(marked)
    follow(page, "All reports")
    expect(row(page, f"No. {number}")).to_contain_text(f"replaced by no. {number + 1}")


def test_report_for_the_independent_directors_is_restricted_from_a_secretary_in_management(
    page: Page, demo_portal: Portal, new_page: Callable[..., Page]
) -> None:
    sign_in(page, demo_portal, SECOND)
    follow(page, "Reports")
    closed = page.locator("tbody tr").filter(has_text="Independent directors only").first
    address = link_of(closed.get_by_role("rowheader"))
    closed.get_by_role("link").first.click()
    reads(page, "Issued by")
    paper = link_of(page, "Open PDF")
    assert page.request.get(demo_portal.url + paper).headers["content-type"] == "application/pdf"

    page.goto(f"{demo_portal.url}/demo/people/")
    press(page, f"View as {IN_MANAGEMENT}")
    follow(page, "Reports")
    expect(page.locator("tbody tr").filter(has_text="Full Board").first).to_be_visible()
    expect(page.locator("tbody tr").filter(has_text="Independent directors only")).to_have_count(0)
    for path in (address, paper):
        answer = page.goto(demo_portal.url + path)
        assert answer
        assert answer.status == 404
        reads(page, "Page not found")
    page.goto(f"{demo_portal.url}/reports/new/")
    reads(page, "A report to the independent directors is restricted from management.")
    expect(page.get_by_label("Full Board")).to_be_checked()
    expect(page.get_by_label("Independent directors only")).to_have_count(0)


def become(page: Page, portal: Portal, name: str) -> None:
    """Another person of the demo, at home."""
    page.goto(f"{portal.url}/demo/people/")
    press(page, f"View as {name}")
    page.goto(f"{portal.url}/")


def send_to_the_chair(page: Page) -> None:
    press(page, "Review report")
    press(page, "Continue to send to the chair")
    press(page, "Send to the chair")
    reads(page, f"The report was sent to {CHAIR}.")


def issue_as_chair(page: Page, portal: Portal) -> None:
    """One tap on the page of the report."""
    become(page, portal, CHAIR)
    follow(page, "Read and issue")
    press(page, "Issue report")


def numbers(page: Page) -> list[int]:
    """The numbers of the listed reports, the newest first."""
    reads(page, "Reports of the committee to the Board")
    names = page.locator("tbody tr").get_by_role("rowheader").get_by_role("link").all_inner_texts()
    return [int(re.sub(r"\D", "", name)) for name in names]


def row(page: Page, name: str) -> Locator:
    return page.locator("tbody tr").filter(has=page.get_by_role("link", name=name, exact=True))


def opened(page: Page, words: str) -> bytes:
    """The file behind a link."""
    answer = page.request.get(url_of(page, page.get_by_role("link", name=words, exact=True)))
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def download(page: Page, words: str, role: str = "button") -> bytes:
    with page.expect_download() as saving:
        page.get_by_role(role, name=words, exact=True).click()
    assert saving.value.suggested_filename.endswith(".pdf")
    return Path(saving.value.path()).read_bytes()


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


# A heading and a sentence that each app gives the report on the demo's year.
COMPOSED = (
    ("Members", "is independent for service on the Committee"),
    ("Meetings and attendance", "It met in executive session with the independent auditor on"),
    ("Reporting and filings", "the Committee reviewed the quarterly statements before the 10-Q"),
    ("Independent auditor", "The stockholders ratified the appointment of"),
    ("Related parties and regulators", "the Committee reviewed and approved a transaction with"),
    ("Concerns", "Matters are reported orally"),
    ("The next 90 days", "What is due"),
)


def assert_is_composed_from_all_apps_on_two_pages(pdf: bytes) -> None:
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 2
    text = text_of(pdf)
    places = [text.find(heading) for heading, _sentence in COMPOSED]
    assert places == sorted(places)
    for heading, sentence in COMPOSED:
        assert heading in text
        assert sentence in text


def assert_is_tagged_pdf(pdf: bytes, number: str) -> None:
    """PDF/UA, in a language, with bookmarks, and named by its title and number."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"].lower() == "en-us"
    assert reader.outline
    assert number in reader.metadata.title
    assert "Larkmere Instruments, Inc." in reader.metadata.title
