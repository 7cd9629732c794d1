"""Journeys through a portal that runs as it does for people, in Chromium.

A module gets a portal of its own, `demo_portal` with the example company, and a test that begins
with nothing an `empty_portal`, so that what one journey enters no other finds.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from journeys.portal import PATIENCE, STATIC, Portal, manage, serving

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
SWITCHES = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Chromium's sandbox refuses to run as root.
SANDBOX = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
SECRETARY = "Sara Secretary"

# An expectation has a limit of its own, of five seconds unless it is told.
expect.set_options(timeout=PATIENCE * 1000)


def pytest_configure(config: pytest.Config) -> None:
    if not CHROMIUM:
        raise pytest.UsageError(
            "The journeys need Chromium: apt-get install chromium, or name it in CHROMIUM."
        )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
    # The longest first: the other worker does the rest meanwhile.
    items.sort(key=lambda item: item.path.name != "test_every_page.py")


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of a run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def empty_var(run_folder: Path) -> Path:
    return made_once(run_folder / "empty", make_empty)


@pytest.fixture(scope="session")
def demo_var(run_folder: Path, empty_var: Path) -> Path:
    def make(var: Path) -> None:
        shutil.copytree(empty_var, var, dirs_exist_ok=True)
        manage(var, "demo")

    return made_once(run_folder / "demo", make)


@pytest.fixture(scope="session")
def secretary_var(run_folder: Path, empty_var: Path) -> Path:
    """No company yet, and one person: the secretary who is about to import a charter."""

    def make(var: Path) -> None:
        shutil.copytree(empty_var, var, dirs_exist_ok=True)
        account = ["secretary@example.com", "--name", SECRETARY, "--role", "secretary"]
        manage(var, "create_person", *account, "--no-password")

    return made_once(run_folder / "secretary", make)


def made_once(var: Path, make: Callable[[Path], None]) -> Path:
    """The folder of a portal that the first worker makes, and for which the others wait."""
    with var.with_suffix(".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not var.exists():
            making = var.with_suffix(".making")
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            make(making)
            making.rename(var)
    return var


def make_empty(var: Path) -> None:
    manage(var, "migrate")
    manage(var, "createcachetable")


@pytest.fixture(scope="session", autouse=True)
def _static_files(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Collected by `make journeys`; in a bare pytest each worker collects for itself."""
    if not (STATIC / "staticfiles.json").exists():
        manage(tmp_path_factory.mktemp("static"), "collectstatic", "--noinput")


def copy(var: Path, folders: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(var, folders.mktemp("portal"), dirs_exist_ok=True))


@pytest.fixture
def own_var(empty_var: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a migrated, empty portal that is not running."""
    return copy(empty_var, tmp_path_factory)


@pytest.fixture(scope="module")
def demo_portal(demo_var: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The example company, as `make demo` shows it."""
    with serving(copy(demo_var, tmp_path_factory)) as portal:
        yield portal


@pytest.fixture
def empty_portal(secretary_var: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """No company yet, and one person: the secretary who is about to import a charter."""
    with serving(copy(secretary_var, tmp_path_factory)) as portal:
        yield portal


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES + SANDBOX)
        yield chromium
        chromium.close()


def is_wrong(said: ConsoleMessage) -> bool:
    refused = said.text.startswith("Failed to load resource: the server responded")
    at_home = said.page is not None and said.location["url"] == said.page.url
    return said.type == "error" and not (refused and at_home)


def told(said: ConsoleMessage) -> str:
    return f"{said.location['url']}: {said.text}"


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page in a fresh profile; options are those of Playwright's `new_context`.

    Whatever the page complains of in its console fails the test: a script error, a file that is
    missing, a breach of the Content-Security-Policy. What the portal answers to the page's own
    address is for the test to judge.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(**options: object) -> Page:
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: is_wrong(said) and complaints.append(told(said)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert sorted(set(complaints)) == []


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def page(request: pytest.FixtureRequest, new_page: Callable[..., Page]) -> Page:
    """A page with JavaScript, and again without."""
    return new_page(java_script_enabled=request.param)
