"""A portal as it runs for people: gunicorn, a folder of its own, and what a visitor does in it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).resolve().parent.parent
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
# Collected once by `make journeys`; in a bare pytest each worker collects for itself.
OWN_STATIC = ROOT / "var" / "gathered" / f"journeys-{WORKER}"
STATIC = Path(os.environ.get("STATIC_ROOT") or OWN_STATIC).resolve()
OPEN_AT = re.compile(r"open at (http://localhost:\d+)")
# So many seconds a slow machine may take for a page, a mail or a task.
PATIENCE = 90
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Without preloading: axe would look for imported style sheets beside the page. What passes is not
# reported: writing that down takes longer than the examination.
EXAMINED = {"runOnly": RULES, "preload": False, "reporter": "no-passes"}

# A name that is kept on one line would be a column of its own there.
TORN = """[...document.querySelectorAll(".unbroken")]
    .map(name => name.parentElement)
    .filter(parent => /flex|grid/.test(getComputedStyle(parent).display))
    .map(parent => parent.textContent)"""


@dataclass(frozen=True)
class Portal:
    """Where it is, and the folder with its database, broker and mails."""

    url: str
    var: Path

    def command(self, *words: str) -> str:
        """What a management command prints on this portal's database."""
        return manage(self.var, *words)


def surroundings(var: Path) -> dict[str, str]:
    foreign = {"MEDIA_ROOT", "EMAIL_URL", "PORTAL_URL"}
    inherited = {name: value for name, value in os.environ.items() if name not in foreign}
    return inherited | {
        "DEMO": "1",
        "VAR_DIR": str(var),
        "DATABASE_URL": f"sqlite:///{var}/portal.sqlite3",
        "REDIS_URL": "",
        "ALLOWED_HOSTS": "localhost",
        "STATIC_ROOT": str(STATIC),
        "PORT": str(8100 + 100 * WORKER),
        "WEB_CONCURRENCY": "1",
        "PYTHONUNBUFFERED": "1",
    }


def manage(var: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=surroundings(var),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"manage.py {' '.join(words)} failed:\n{done.stdout}{done.stderr}"
    return done.stdout


@contextmanager
def serving(var: Path) -> Iterator[Portal]:
    """Gunicorn on the folder's database, by the first free port, until the block ends."""
    log = var / "gunicorn.log"
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "charter_portal.wsgi"],
            cwd=ROOT,
            env=surroundings(var),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as gunicorn,
    ):
        assert gunicorn.stdout
        found = next(filter(None, map(OPEN_AT.search, gunicorn.stdout)), None)
        assert found, f"The portal did not start:\n{log.read_text()}"
        try:
            yield Portal(found[1], var)
        finally:
            gunicorn.terminate()
    # A refusal is logged as a warning, with its trace.
    assert not re.search(r"\bERROR\b", log.read_text()), log.read_text()


def sign_in(page: Page, portal: Portal, name: str) -> Page:
    """Become a person of the demo, by the name on the sign-in page."""
    page.goto(f"{portal.url}/sign-in/")
    page.get_by_role("button", name=f"View as {name}").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def follow(page: Page, words: str) -> None:
    """Go by the first link of these words."""
    page.get_by_role("link", name=words, exact=True).first.click()


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def reads(page: Page, *words: str) -> None:
    """The page says so, sooner or later."""
    for sentence in words:
        expect(page.locator("main")).to_contain_text(sentence)


def recorded(page: Page, term: str) -> Locator:
    """What a page to confirm says will be recorded, by its term."""
    exactly = page.get_by_text(term, exact=True)
    return page.locator(".confirm dl > div").filter(has=exactly).locator("dd")


def link_of(place: Page | Locator, name: str = "") -> str:
    link = place.get_by_role("link", name=name, exact=True) if name else place.get_by_role("link")
    return link.get_attribute("href") or ""


def url_of(page: Page, link: Locator) -> str:
    return link.evaluate("link => link.href")


def breaches(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA, a line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(options)", EXAMINED)["violations"]
    return [
        f"{page.url}: {breach['id']}, {breach['help']}: {node['target']}"
        for breach in found
        for node in breach["nodes"]
    ]


def faults_of(page: Page) -> list[str]:
    """What axe finds, whether the page is wider than its screen, and whether words were torn apart."""
    # A phone makes its window as wide as the page (`innerWidth`); the root stays as wide as the screen.
    is_wide = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    torn = page.evaluate(TORN)
    return [
        *breaches(page),
        *([f"{page.url}: wider than the screen"] if is_wide else []),
        *(f"{page.url}: a name stands apart from its sentence: {words}" for words in torn),
    ]
