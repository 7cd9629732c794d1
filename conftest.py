"""What every test run stands on: its own environment, its own folder, and the lanes it can run."""

import functools
import gc
import os
import shutil
import sqlite3
import tempfile
import unittest
from collections.abc import Iterator
from contextlib import closing
from ctypes.util import find_library
from datetime import datetime
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent
REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"
# Held for the whole run: the folder goes when the process ends.
RUN = tempfile.TemporaryDirectory(prefix="charter-portal-tests-", ignore_cleanup_errors=True)

pytest_plugins = ["accounts.tests.personas"]


def own_redis(url: str) -> str:
    """The Redis database of this worker, counted on from the one in the address.

    A test empties its cache, and must not empty its neighbour's.
    """
    server, _, number = url.rpartition("/")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return f"{server}/{int(number) + int(worker)}"


def set_the_stage() -> None:
    """Prepare Django before any plugin or test imports a model.

    Values of the environment are kept, those of a developer's `.env` are not: tests run on what
    they were given, and never in the folder of a portal that is in use.
    """
    var = Path(RUN.name)
    (var / "static").mkdir()
    os.environ |= {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "charter_portal.settings"}
    os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or "sqlite://:memory:"
    os.environ["REDIS_URL"] = url = os.environ.get("REDIS_URL", "")
    if url:
        os.environ["REDIS_URL"] = own_redis(url)
    for name, value in {
        "DEMO": "1",
        "LOCAL": "0",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    }.items():
        os.environ.setdefault(name, value)

    import django
    from django.conf import settings

    # An app that a test installs: nothing but its name is needed.
    extra = os.environ.get("EXTRA_APPS", "").split()
    settings.INSTALLED_APPS = [settings.INSTALLED_APPS[0], *extra, *settings.INSTALLED_APPS[1:]]

    # Argon2 costs 50 ms a password, by design; a test signs in without needing that.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Pages are tested without collecting static files first.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    django.setup()


set_the_stage()


def lift_guards_around_flush() -> None:
    """A `TransactionTestCase` empties every table afterwards; the ledger's guards refuse that.

    It forgets the cache's table, which is no model's: what a rolled back test leaves behind is
    nothing, what this one leaves are the limits of sign-in.
    """
    from django.core.cache import cache
    from django.db import connection
    from django.test import TransactionTestCase

    from records import guards

    flush = TransactionTestCase._fixture_teardown

    def flush_without_guards(case: TransactionTestCase) -> None:
        with guards.lifted(connection):
            flush(case)
        cache.clear()

    TransactionTestCase._fixture_teardown = flush_without_guards


lift_guards_around_flush()


def draw_each_pdf_once() -> None:
    """The same HTML at the same time is the same PDF (`records/tests/test_pdf.py`): many tests issue
    the same report, and drawing it takes a second."""
    from records import pdf

    drawn: dict[tuple[str, datetime | None], bytes] = {}

    @functools.wraps(pdf.render)
    def render(html: str, *, created: datetime | None = None) -> bytes:
        key = (html, created)
        if key not in drawn or not pdf.is_available():
            drawn[key] = render.__wrapped__(html, created=created)
        return drawn[key]

    pdf.render = render


draw_each_pdf_once()

# The same examples in every run of CI; new ones, and a memory for failures, on a developer's machine.
hypothesis.settings.register_profile(
    "ci", derandomize=True, deadline=None, database=None, print_blob=True
)
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")


def missing_lanes() -> dict[str, str]:
    """The markers that cannot run here, each with its reason."""
    reasons = {}
    is_postgres = os.environ["DATABASE_URL"].startswith("postgres")
    if is_postgres:
        reasons["any_database"] = "with SQLite it says the same"
    if not (find_library("pango-1.0") and find_library("pangoft2-1.0")):
        reasons["pdf"] = "Pango is missing"
    if not is_postgres:
        reasons["postgres"] = "DATABASE_URL names no PostgreSQL"
    if not os.environ["REDIS_URL"]:
        reasons["redis"] = "REDIS_URL names no Redis"
    return reasons


def pytest_configure(config: pytest.Config) -> None:
    # A worker process inherits this environment; with the name in it, pytest-django would load the
    # settings there before the worker has a folder and a Redis database of its own.
    if config.getoption("numprocesses", None):
        del os.environ["DJANGO_SETTINGS_MODULE"]
    reason = missing_lanes().get("pdf")
    if REQUIRE_ALL and reason:
        raise pytest.UsageError(f"REQUIRE_ALL=1, but the PDF tests cannot run: {reason}.")


def is_the_same_on_every_database(item: pytest.Item) -> bool:
    """Whether a test asks no database, or an SQLite file of its own."""
    fixtures = set(getattr(item, "fixturenames", ()))
    if "own_database" in fixtures:
        return True
    asks = any(item.get_closest_marker(name) for name in ("django_db", "postgres", "redis"))
    is_case = issubclass(getattr(item, "cls", None) or object, unittest.TestCase)  # Django's own
    return not (asks or is_case or fixtures & {"db", "transactional_db"})


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if is_the_same_on_every_database(item):
            item.add_marker("any_database")
    missing = missing_lanes().keys()
    left_out = [item for item in items if any(item.get_closest_marker(lane) for lane in missing)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: Python need not look through it for garbage, which takes a
    sixth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    # What needs a service has a lane of its own; only PDFs are missed in this one.
    if reason := missing_lanes().get("pdf"):
        terminalreporter.write_line(f"PDF tests were left out: {reason}.")


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Redis rolls nothing back: no test inherits another's tries to sign in."""
    yield
    if os.environ["REDIS_URL"]:
        from django.core.cache import cache

        cache.clear()


@pytest.fixture(autouse=True)
def _no_snapshot() -> None:
    """Nothing that another test has computed is at hand."""
    from charters import snapshots
    from records import kept

    snapshots.forget()
    kept.forget()


@pytest.fixture(scope="session")
def empty_tables(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with every table and no row, for tests that start processes of their own."""
    from django.core.management import call_command
    from django.db import connection

    file = tmp_path_factory.mktemp("tables") / "portal.sqlite3"
    request.getfixturevalue("django_db_setup")
    blocker = request.getfixturevalue("django_db_blocker")
    with blocker.unblock(), closing(sqlite3.connect(file)) as copy:
        # Where no test of the run asks for the database, it has no tables yet.
        if not connection.introspection.table_names():
            call_command("migrate", run_syncdb=True, verbosity=0)
        connection.connection.backup(copy)
    return file


@pytest.fixture
def own_database(empty_tables: Path, tmp_path: Path) -> str:
    """The address of an SQLite database of this test alone, which any process can open."""
    file = tmp_path / "portal.sqlite3"
    shutil.copy(empty_tables, file)
    return f"sqlite:///{file}"


@pytest.fixture(scope="session")
def real_charter() -> Path:
    """A published charter that is not ours to copy: the file that REAL_CHARTER names."""
    name = os.environ.get("REAL_CHARTER")
    if name:
        return (ROOT / name).resolve(strict=True)
    if REQUIRE_ALL:
        pytest.fail("REQUIRE_ALL=1, but REAL_CHARTER names no file.")
    pytest.skip("REAL_CHARTER names no file")
