"""Drafts come and go: filed, superseded, held back by counsel, and purged once the hold is lifted."""

from playwright.sync_api import Locator, Page, expect

from journeys.portal import Portal, follow, press, reads, sign_in

SECRETARY, COUNSEL, ADMINISTRATOR = "Eleanor Whitcombe", "Beatrix Oyelaran", "Wren Castellano"
TITLE = "Plan of the audit, comments of the chair"
MATTER = "Preserve all drafts in the matter of the warranty."
# Nobody waits for thirty days: the drafts are made older.
A_MONTH_PASSES = (
    "from datetime import timedelta; from django.db.models import F; "
    "from records.models import Document; "
    "Document.objects.filter(kind='draft').update(filed_at=F('filed_at') - timedelta(days=31))"
)


def test_a_hold_keeps_what_a_purge_would_take(page: Page, demo_portal: Portal) -> None:
    sign_in(page, demo_portal, SECRETARY)
    file_a_draft_and_its_next_version(page)
    follow(page, "All documents")
    expect(line(page, TITLE).first).to_contain_text("version 2")
    demo_portal.command("shell", "--command", A_MONTH_PASSES)

    as_another(page, demo_portal, COUNSEL)
    open_documents(page)
    expect(page.get_by_role("link", name=TITLE)).to_have_count(0)
    follow(page, "Holds")
    follow(page, "Place a hold")
    page.get_by_label("Reason").fill(MATTER)
    press(page, "Place the hold")
    reads(page, "Recorded: the hold is open. Nothing is purged.", MATTER)

    as_another(page, demo_portal, ADMINISTRATOR)
    page.goto(f"{demo_portal.url}/ledger/")
    expect(page.locator("tbody tr").first).to_contain_text("An act that is closed to you")
    expect(page.locator("tbody")).not_to_contain_text("the hold")
    reads_nothing_of_holds(page, demo_portal)

    as_another(page, demo_portal, SECRETARY)
    see_what_is_over(page)
    reads(page, "A hold is open", "Over, and held back")
    expect(line(page, "version 1, superseded by version 2")).to_have_count(1)
    expect(page.get_by_role("button", name="Purge")).to_have_count(0)

    lift_the_hold(page)
    see_what_is_over(page)
    press(page, "Purge this document")
    reads(page, "Recorded: 1 document is purged.")
    see_what_is_over(page)
    reads(page, "Nothing is over")
    what_is_left_is_a_row(page)


def file_a_draft_and_its_next_version(page: Page) -> None:
    open_documents(page)
    follow(page, "File a draft")
    page.get_by_label("Title").fill(TITLE)
    give(page, "plan.exe", b"MZ\x90\x00")
    press(page, "File the draft")
    reads(page, "Nothing was recorded yet.", "This is none of them.")
    expect(page.get_by_label("Title")).to_have_value(TITLE)
    give(page, "plan.txt", b"Comments of the chair.\n")
    press(page, "File the draft")
    reads(page, f"Filed: “{TITLE}”.", "30 days, as a draft")

    follow(page, "File a later version")
    give(page, "plan.txt", b"More comments of the chair.\n")
    press(page, "File the version")
    reads(page, "Versions", "this one")


def see_what_is_over(page: Page) -> None:
    open_documents(page)
    follow(page, "What is kept how long")
    reads(page, "Report to the Board", "kept for good too")
    follow(page, "See what is over")


def lift_the_hold(page: Page) -> None:
    page.locator("main").get_by_role("link", name="Holds").click()
    page.get_by_role("link", name="Lift it").click()
    page.get_by_label("Why it is lifted").fill("Counsel has closed the matter.")
    press(page, "Look it over")
    reads(page, MATTER, "No other hold is open.")
    press(page, "Record that it is lifted")
    reads(page, "Recorded: the hold is lifted.", "Counsel has closed the matter.")


def what_is_left_is_a_row(page: Page) -> None:
    open_documents(page)
    expect(line(page, TITLE).first).to_contain_text("version 2")
    follow(page, "Purged")
    page.get_by_role("link", name="a purged document").first.click()
    reads(page, "That it was there stays on record.", "a draft.")
    expect(page.get_by_role("heading", level=1)).not_to_contain_text(TITLE)


def reads_nothing_of_holds(page: Page, portal: Portal) -> None:
    answer = page.goto(f"{portal.url}/documents/holds/")
    assert answer
    assert answer.status == 403


def open_documents(page: Page) -> None:
    follow(page, "Reports")
    follow(page, "All documents")


def as_another(page: Page, portal: Portal, name: str) -> None:
    page.goto(f"{portal.url}/demo/people/")
    press(page, f"View as {name}")


def give(page: Page, name: str, content: bytes) -> None:
    paper = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_label("File").set_input_files(paper)


def line(page: Page, words: str) -> Locator:
    return page.locator("tbody tr").filter(has_text=words)
