"""The secretary's days: from a charter's text to a clause that is kept; an open item that is closed."""

import re
from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from charters.rules.catalogue import ENTRIES
from journeys.conftest import SECRETARY
from journeys.portal import Portal, follow, link_of, press, reads, recorded, sign_in, url_of

# At Larkmere Instruments.
HERSELF = "Eleanor Whitcombe"

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


def in_words(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
