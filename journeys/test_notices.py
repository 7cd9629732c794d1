"""A mail server that accepts nothing: the secretary sees it, and sends again once it is back."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import Page

from journeys.portal import (
    PATIENCE,
    ROOT,
    Portal,
    breaches,
    follow,
    manage,
    press,
    reads,
    serving,
    sign_in,
    surroundings,
)
from records.tests.mail_server import HOST, Answers, Desk, mail_server

SECRETARY = "Sara Secretary"
WORKER = "--quiet --app journeys.notices_clock worker --beat --pool solo --loglevel ERROR".split()


@contextmanager
def working(var: Path, port: int) -> Iterator[None]:
    """A worker and its scheduler, whose mail goes to a port of this machine."""
    with (
        (var / "worker.log").open("a") as log,
        subprocess.Popen(
            [sys.executable, "-m", "celery", *WORKER, "--schedule", str(var / "beat")],
            cwd=ROOT,
            env=surroundings(var) | {"EMAIL_URL": f"smtp://{HOST}:{port}"},
            stdout=log,
            stderr=log,
        ) as worker,
    ):
        try:
            yield
        finally:
            worker.terminate()


def tamper(var: Path) -> None:
    """As somebody would who owns the database: past the guards, and past the portal."""
    with closing(sqlite3.connect(var / "portal.sqlite3", timeout=PATIENCE)) as database, database:
        triggers = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?",
            ["records_ledgerentry"],
        )
        for (name,) in triggers.fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE records_ledgerentry SET action = 'role.taken' WHERE sequence = 1")


def wait_until(page: Page, words: str) -> None:
    """Look at the page again and again, as somebody does who waits."""
    until = time.monotonic() + PATIENCE
    while words not in page.locator("main").inner_text() and time.monotonic() < until:
        page.reload()
    reads(page, words)


def mails(desk: Desk) -> list[tuple[str, str]]:
    return [(str(mail["To"]), str(mail["Subject"])) for mail in desk.taken]


def test_secretary_sends_again_what_the_mail_server_refused(
    own_var: Path, new_page: Callable[..., Page]
) -> None:
    account = ["secretary@example.com", "--name", SECRETARY, "--role", "secretary"]
    manage(own_var, "create_person", *account, "--no-password")
    tamper(own_var)
    with (
        mail_server(Answers(recipient="550 Not here")) as (desk, port),
        working(own_var, port),
        serving(own_var) as portal,
    ):
        page = sign_in(new_page(), portal, SECRETARY)
        find_the_mail(page, portal)
        assert mails(desk) == []

        desk.answers = Answers()
        page.get_by_role("link", name="Send again").click()
        reads(page, "The email is sent again within one minute.")
        assert breaches(page) == []
        press(page, "Send again")
        reads(page, "The email will be sent again.")
        page.goto(f"{portal.url}/notices/?state=delivered")
        wait_until(page, "Accepted by the mail server:")
        assert mails(desk) == [("secretary@example.com", "Charter portal: you have one item")]
        letter = desk.taken[0].get_body(("plain",)).get_content()
        assert "The nightly integrity check of the activity log needs your attention." in letter


def find_the_mail(page: Page, portal: Portal) -> None:
    page.goto(f"{portal.url}/notices/")
    wait_until(page, "not accepted")
    reads(page, SECRETARY, "The mail server did not accept the recipient's address.")
    assert breaches(page) == []
    follow(page, "Needs attention")
    reads(page, "The nightly integrity check found something")
