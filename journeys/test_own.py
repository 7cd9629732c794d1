"""`make own`, typed on a terminal: from an empty folder to a report of one's own charter to the Board."""

import os
import pty
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email import message_from_string, policy
from pathlib import Path
from select import select

import pytest
from playwright.sync_api import Page, expect

from journeys.portal import (
    OPEN_AT,
    PATIENCE,
    ROOT,
    WORKER,
    Portal,
    faults_of,
    follow,
    press,
    reads,
)
from journeys.test_doors import set_up_codes
from journeys.test_setup import CHARTER, SINCE, seat

CHAIR, CHAIR_EMAIL = "Judith Amankwah", "judith@example.com"
SECRETARY, EMAIL, PASSWORD = "Sara Secretary", "sara@example.com", "quiet river of stones"
# Each answer, and the words at whose end it is asked for.
TYPED = [
    ("Name: ", SECRETARY),
    ("Email: ", "nonsense"),
    ("Email: ", EMAIL),
    ("characters): ", "short"),
    ("characters): ", PASSWORD),
    ("again: ", "another one typed"),
    ("characters): ", PASSWORD),
    ("again: ", PASSWORD),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The portal as somebody fetched it, with its virtual environment and nothing entered."""
    files = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    for name in filter(None, files):
        if (source := ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, tmp_path / name)
    (tmp_path / ".venv").symlink_to((ROOT / ".venv").resolve())
    return tmp_path


@contextmanager
def make_own(folder: Path, answers: list[tuple[str, str]]) -> Iterator[Portal]:
    """`make own` at a terminal, until the block ends with Ctrl-C."""
    child, terminal = pty.fork()
    if child == 0:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        os.chdir(folder)
        os.execvpe("make", ["make", "own", f"PORT={8150 + 100 * WORKER}"], kept)
    said = ""
    try:
        while not (found := OPEN_AT.search(said)):
            said += os.read(terminal, 4096).decode()
            if answers and said.endswith(answers[0][0]):
                os.write(terminal, f"{answers.pop(0)[1]}\n".encode())
                said += "\0"
        assert answers == [], said
        assert "Warning" not in said, said
        yield Portal(found[1], folder / "var")
    finally:
        os.write(terminal, b"\x03")
        with suppress(OSError):
            while last := os.read(terminal, 4096):
                said += last.decode()
        os.waitpid(child, 0)
    assert "Traceback" not in said, said


def test_from_an_empty_folder_to_a_report_to_the_board(
    folder: Path, new_page: Callable[..., Page]
) -> None:
    secrets = folder / ".env"
    with make_own(folder, list(TYPED)) as portal:
        page = new_page()
        enter(page, portal, EMAIL)
        set_up_codes(page)
        follow(page, "Go to the home page")
        follow(page, "Continue setup")
        set_up(page, portal)
        report(page)
        written = secrets.read_text()
    with make_own(folder, []) as portal:
        assert secrets.read_text() == written
        chair = new_page()
        accept(chair, portal)
        reads(chair, "A report to the Board is waiting for you to issue it.")
        follow(chair, "Read and issue")
        reads(chair, "Ratify the appointment of the auditor")
        assert faults_of(chair) == []
        press(chair, "Issue report")
        reads(chair, "Report no. 1 was issued.")
        assert faults_of(chair) == []


def enter(page: Page, portal: Portal, email: str) -> None:
    page.goto(f"{portal.url}/")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")


def set_up(page: Page, portal: Portal) -> None:
    """The guide, from its first step to the last, always by its own links."""
    follow(page, "Set up company")
    page.get_by_label("Name", exact=True).fill("One Stop Systems, Inc.")
    press(page, "Save and continue")
    follow(page, "Set up calendar")
    press(page, "Save and continue")
    follow(page, "Set where records begin")
    expect(page.locator("main")).to_contain_text("For example")
    press(page, "Save and continue")
    follow(page, "Add people")
    row = page.get_by_role("group", name="Chair of the committee")
    row.get_by_label("Name").fill(CHAIR)
    row.get_by_label("Email address").fill(CHAIR_EMAIL)
    press(page, "Add people")
    follow(page, "Add directors")
    seat(page, 0, CHAIR, chairs=True)
    seat(page, 1, "Henrik Solberg")
    seat(page, 2, "Priya Raghunathan")
    press(page, "Record members")
    follow(page, "Import charter")
    page.get_by_label("File").set_input_files(CHARTER)
    press(page, "Review clauses")
    press(page, "Save draft")
    follow(page, "Record adoption")
    page.get_by_label("Adopted by the Board on").fill(SINCE)
    press(page, "Review")
    reads(page, "Notes as applied today")
    press(page, "Record adoption")
    press(page, "Add responsibilities")
    page.goto(f"{portal.url}/setup/")
    follow(page, "Give owners")
    page.get_by_label("All others").select_option(
        label=f"{SECRETARY} (Administrator and Corporate secretary)"
    )
    press(page, "Save owners")
    page.goto(f"{portal.url}/setup/")
    follow(page, "Send test email")
    press(page, "Send test email")
    reads(page, "It will be sent within two minutes")


def report(page: Page) -> None:
    follow(page, "Reports")
    follow(page, "Prepare report")
    page.get_by_label("Request 1").fill("Ratify the appointment of the auditor")
    press(page, "Review report")
    press(page, "Continue to send to the chair")
    press(page, "Send to the chair")
    reads(page, f"The report was sent to {CHAIR}.")


def accept(page: Page, portal: Portal) -> None:
    """The chair's invitation and the request to issue, both by email."""
    page.goto(
        re.search(r"http\S+/invitation/\S+", email_to(portal, CHAIR_EMAIL, "/invitation/"))[0]
    )
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password again").fill(PASSWORD)
    press(page, "Set password")
    set_up_codes(page)
    follow(page, "Go to the home page")


def email_to(portal: Portal, person: str, words: str) -> str:
    """The text of an email with these words, sooner or later."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for file in sorted((portal.var / "mail").glob("*")):
            for sent in file.read_text().split("-" * 79):
                mail = message_from_string(sent.strip(), policy=policy.default)
                body = mail.get_body(("plain",)) if mail["To"] else None
                if body and person in mail["To"] and words in body.get_content():
                    return str(body.get_content())
        select([], [], [], 1)
    raise AssertionError(f"No email to {person} says {words}.")
