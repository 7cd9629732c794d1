"""The secretary's days: from a charter's text to a clause that is kept and a report that is issued."""

import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Locator, Page, expect

from charters.rules.catalogue import ENTRIES
from journeys.conftest import SECRETARY
from journeys.portal import Portal, follow, press, reads, sign_in

# At Larkmere Instruments: the secretary, her assistant, and the chief financial officer, who is a
# secretary too.
CHAIR = "Judith Amankwah"
HERSELF, SECOND, IN_MANAGEMENT = "Eleanor Whitcombe", "Tomasz Zieliński", "Grace Nakamura"

CHARTER = """\
# Hollin Bridge Optics, Inc.

# Charter of the Audit Committee

## Purpose

The Board has set up the Audit Committee to assist it in watching over:

- (a) the integrity of the Company's financial statements and internal controls;
- (b) the qualifications and independence of the independent auditor.

## Responsibilities

1. Direct the work of the independent auditor. The Committee shall:
   - appoint the independent auditor every year and evaluate how well it has served;
   - pre-approve all audit services that the independent auditor performs.
2. Review the scope and the plan of the annual audit with the independent auditor.
3. Evaluate its own performance every year and reassess whether this charter is adequate.

## Meetings

The Committee meets at least four times in each fiscal year. It may meet more often. It reports \
regularly to the Board.
"""
PAPER = b"Held in discussion on the prompts of the year; no ballots were taken.\n"
EVALUATE, REASSESS, COMPLIANCE = (
    ENTRIES[key].title for key in ("committee-evaluation", "charter-review", "compliance-report")
)


def test_text_becomes_a_charter_and_a_clause_is_kept(page: Page, empty_portal: Portal) -> None:
    sign_in(page, empty_portal, SECRETARY)
    reads(page, "Setup is not complete.")
    follow(page, "Continue setup")
    follow(page, "Import charter")

    show_what_is_found(page, CHARTER)
    expect(page.get_by_label("Company", exact=True)).to_have_value("Hollin Bridge Optics, Inc.")
    name_the_clause(page, "Review the scope and the plan", "Plan of the audit")
    join_to_the_passage_above(page, "It may meet more often.")
    cite(page, "It reports regularly to the Board.", "MT-2")
    press(page, "Save draft")

    reads(page, "A draft is not in effect until the Board adopts it.")
    expect(clause(page, "MT-1")).to_contain_text("in each fiscal year. It may meet more often.")
    expect(clause(page, "MT-2")).to_contain_text("It reports regularly to the Board.")
    follow(page, "Charter")
    reads(page, "No charter is in effect on this date")

    today = record_the_adoption(page)
    choose_duties(page, but=COMPLIANCE)
    reads(page, f"Adopted by the Board on {in_words(today)}.")
    expect(standing(page, "R-3")).to_have_text("due")

    follow(page, "R-3")
    expect(page.get_by_role("heading", level=1)).to_contain_text("R-3")
    complete(page, EVALUATE, note="Evaluated in discussion.", paper=PAPER)
    reads(page, f"Status of “{EVALUATE}”: on file.")
    follow(page, "Evaluated in discussion.")
    assert what_is_filed(page) == PAPER

    follow(page, "Charter")
    expect(standing(page, "R-3")).to_have_text("due")  # its other duty still waits
    follow(page, "R-3")
    complete(page, REASSESS, note="Read by every member; no change was asked for.")
    follow(page, "Charter")
    expect(standing(page, "R-3")).to_have_text("on file")
    expect(standing(page, "R-2")).to_have_text("due")


@pytest.mark.parametrize("page", [False], ids=["no-scripts"], indirect=True)
def test_open_item_is_closed(page: Page, demo_portal: Portal) -> None:
    sign_in(page, demo_portal, HERSELF)
    follow(page, "Open items")
    reads(page, "Dates without a record, and contradictions in the records.")
    waiting = page.locator("tbody tr").first
    title, address = waiting.get_by_role("link").inner_text(), link_of(waiting)
    waiting.get_by_role("link").click()
    reads(page, "Not closed yet")

    follow(page, "Close item")
    close(page, "Completed late", "The minutes were filed under another month.")
    reads(page, "No record for this period was entered since it ended.")
    close(page, "Not applicable", "No other report was owed for that period.")

    reads(page, "The open item was closed.")
    expect(page.locator(f"tbody a[href='{address}']")).to_have_count(0)
    page.get_by_role("link", name=re.compile("^Closed")).click()
    closed = page.locator("tbody tr").filter(has=page.locator(f"a[href='{address}']"))
    expect(closed).to_contain_text("Not applicable")
    closed.get_by_role("link", name=title).click()
    reads(page, "No other report was owed for that period.", HERSELF)


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
    reads(page, "The chair sent a report to the Board back.")
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


# The charter.


def show_what_is_found(page: Page, text: str) -> None:
    paper = {"name": "charter.md", "mimeType": "text/markdown", "buffer": text.encode()}
    page.get_by_label("File").set_input_files(paper)
    press(page, "Review clauses")
    reads(page, "Every passage of the text, in order")


def passage(page: Page, words: str) -> Locator:
    return page.locator("li.passage").filter(has_text=words)


def name_the_clause(page: Page, words: str, name: str) -> None:
    passage(page, words).get_by_label("Short name").fill(name)


def join_to_the_passage_above(page: Page, words: str) -> None:
    passage(page, words).get_by_label("This is").select_option("Part of the passage above")


def cite(page: Page, words: str, reference: str) -> None:
    passage(page, words).get_by_label("Reference").fill(reference)


def clause(page: Page, reference: str) -> Locator:
    return page.locator(f".clause[id='{reference}']")


def standing(page: Page, reference: str) -> Locator:
    """The word of its mark."""
    return clause(page, reference).locator(".annotation .standing-word")


def record_the_adoption(page: Page) -> date:
    """From the page of the charter, where only a draft is; the Board acted today."""
    follow(page, "All versions")
    expect(page.locator("tbody tr")).to_contain_text("Draft")
    follow(page, "Charter of the Audit Committee")
    follow(page, "Record adoption")
    today = date.fromisoformat(page.get_by_label("Adopted by the Board on").input_value())
    page.get_by_label("How the Board decided").select_option(label="Meeting")
    page.get_by_label("Resolution number").fill("4")
    press(page, "Review")

    reads(page, "Nothing is recorded yet.", "You cannot change an adopted version")
    expect(recorded(page, "Version")).to_have_text("Charter of the Audit Committee")
    expect(recorded(page, "Adopted by the Board on")).to_have_text(in_words(today))
    expect(recorded(page, "In effect from")).to_have_text(in_words(today))
    cited = f"Board meeting of {in_words(today)}, resolution 4"
    expect(recorded(page, "Decision of the Board")).to_have_text(cited)
    press(page, "Record adoption")
    reads(page, "The adoption was recorded.")
    return today


def choose_duties(page: Page, but: str) -> None:
    """All that are proposed, each on the clause proposed for it, but for one."""
    page.get_by_label(but).select_option("do not add")
    press(page, "Add responsibilities")
    reads(page, "The responsibilities were added.")


def complete(page: Page, duty: str, note: str, paper: bytes = b"") -> None:
    """From the page of the clause: done today, for the running fiscal year."""
    page.locator(".duty").filter(has_text=duty).get_by_text("Record completion").click()
    page.get_by_label("Period").select_option(index=0)
    page.get_by_role("textbox", name="Note").fill(note)
    if paper:
        file = {"name": "evaluation.txt", "mimeType": "text/plain", "buffer": paper}
        page.get_by_label("Document").set_input_files(file)
    press(page, "Record")
    reads(page, note)


def what_is_filed(page: Page) -> bytes:
    """The document of a completion."""
    return page.request.get(url_of(page, page.locator(".file").get_by_role("link"))).body()


def close(page: Page, closing: str, reason: str) -> None:
    page.get_by_text(closing, exact=True).click()
    page.get_by_label("Explanation").fill(reason)
    press(page, "Close item")


# The reports.


def numbers(page: Page) -> list[int]:
    """The numbers of the listed reports, the newest first."""
    reads(page, "Reports of the committee to the Board")
    names = page.locator("tbody tr").get_by_role("rowheader").get_by_role("link").all_inner_texts()
    return [int(re.sub(r"\D", "", name)) for name in names]


def row(page: Page, name: str) -> Locator:
    return page.locator("tbody tr").filter(has=page.get_by_role("link", name=name, exact=True))


def recorded(page: Page, term: str) -> Locator:
    """What a page to confirm says will be recorded, by its term."""
    exactly = page.get_by_text(term, exact=True)
    return page.locator(".confirm dl > div").filter(has=exactly).locator("dd")


def link_of(place: Page | Locator, name: str = "") -> str:
    link = place.get_by_role("link", name=name, exact=True) if name else place.get_by_role("link")
    return link.get_attribute("href") or ""


def url_of(page: Page, link: Locator) -> str:
    return link.evaluate("link => link.href")


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


def in_words(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
