"""Drafts come and go: filed, superseded, held back by counsel, and deleted once the hold is lifted."""

from playwright.sync_api import Locator, Page, expect

from journeys.portal import Portal, follow, press, reads, sign_in

SECRETARY, COUNSEL, ADMINISTRATOR = "Eleanor Whitcombe", "Beatrix Oyelaran", "Wren Castellano"
TITLE = "Plan of the audit, comments of the chair"
MATTER = "Preserve all drafts in the matter of the warranty."
# Nobody waits for thirty days: the drafts are made older.
A_MONTH_PASSES = (
    "from datetime import timedelta; from django.db.models import F; "
    "from records.models import Document; "
    "Document.objects.filter(kind='records.draft').update(filed_at=F('filed_at') - timedelta(days=31))"
)


def test_a_hold_keeps_what_a_delete_would_take(page: Page, demo_portal: Portal) -> None:
    sign_in(page, demo_portal, SECRETARY)
    file_a_draft_and_its_next_version(page)
    follow(page, "All documents")
    expect(line(page, TITLE).first).to_contain_text("version 2")
    demo_portal.command("shell", "--command", A_MONTH_PASSES)

    as_another(page, demo_portal, COUNSEL)
    open_documents(page)
    expect(page.get_by_role("link", name=TITLE)).to_have_count(0)
    follow(page, "Legal holds")
    follow(page, "Place legal hold")
    page.get_by_label("Reason").fill(MATTER)
    press(page, "Place legal hold")
    reads(page, "The legal hold was placed. Nothing is deleted.", MATTER)

    as_another(page, demo_portal, ADMINISTRATOR)
    page.goto(f"{demo_portal.url}/ledger/")
    expect(page.locator("tbody tr").first).to_contain_text("that you cannot see")
    expect(page.locator("tbody")).not_to_contain_text("the hold")
    reads_nothing_of_holds(page, demo_portal)

    as_another(page, demo_portal, SECRETARY)
    see_what_is_over(page)
    reads(page, "A legal hold is open", "Retention ended, under legal hold")
    expect(line(page, "version 1, superseded by version 2")).to_have_count(1)
    expect(page.get_by_role("button", name="Delete")).to_have_count(0)

    lift_the_hold(page, demo_portal)
    see_what_is_over(page)
    press(page, "Delete document")
    reads(page, "1 document was deleted.")
    see_what_is_over(page)
    reads(page, "No documents to delete")
    what_is_left_is_a_row(page)


def file_a_draft_and_its_next_version(page: Page) -> None:
    open_documents(page)
    follow(page, "File draft")
    page.get_by_label("Title").fill(TITLE)
    give(page, "plan.exe", b"MZ\x90\x00")
    press(page, "File draft")
    reads(page, "Nothing was recorded.", "The portal cannot read this type of file.")
    expect(page.get_by_label("Title")).to_have_value(TITLE)
    give(page, "plan.txt", b"Comments of the chair.\n")
    press(page, "File draft")
    reads(page, f"“{TITLE}” was filed.", "30 days, as a draft")

    follow(page, "File later version")
    give(page, "plan.txt", b"More comments of the chair.\n")
    press(page, "File version")
    reads(page, "Versions", "this version")


def see_what_is_over(page: Page) -> None:
    open_documents(page)
    follow(page, "Retention periods")
    reads(page, "Report to the Board", "also kept permanently")
    follow(page, "Documents to delete")


def lift_the_hold(page: Page, portal: Portal) -> None:
    """Counsel proposes it, the secretary confirms it."""
    as_another(page, portal, COUNSEL)
    open_documents(page)
    follow(page, "Legal holds")
    page.get_by_role("link", name="Propose to lift").click()
    page.get_by_label("Reason").fill("The matter was settled.")
    press(page, "Review")
    reads(page, MATTER, "The legal hold stays open until another person confirms it.")
    press(page, "Propose to lift legal hold")
    reads(page, "You proposed to lift the legal hold.")

    as_another(page, portal, SECRETARY)
    see_what_is_over(page)
    page.locator("main").get_by_role("link", name="Legal holds").click()
    page.get_by_role("link", name="Confirm").click()
    page.get_by_label("Reason").fill("Counsel has closed the matter.")
    press(page, "Review")
    reads(page, MATTER, "No other legal hold is open.")
    press(page, "Lift legal hold")
    reads(page, "The legal hold was lifted.", "Counsel has closed the matter.")


def what_is_left_is_a_row(page: Page) -> None:
    open_documents(page)
    expect(line(page, TITLE).first).to_contain_text("version 2")
    follow(page, "Deleted")
    page.get_by_role("link", name="a deleted document").first.click()
    reads(page, "The file, title and digest were deleted under the retention policy.", "a draft.")
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
