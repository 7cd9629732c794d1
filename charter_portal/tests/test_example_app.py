"""A whole app by one entry in INSTALLED_APPS, and how often its record type has to be named."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from records.registry import ExtensionPoint, portal_apps

pytestmark = pytest.mark.any_database

EXAMPLE = "charter_portal.tests.letters"
FOLDER = Path(__file__).parent / "letters"
SOURCES = sorted(path for path in FOLDER.glob("*.py") if path.name != "checks.py")
AT_MOST = 12


def places(text: str) -> list[str]:
    """The lines that name the record type, imports aside."""
    named = re.compile(r"\bLetter\b")
    return [
        line for line in text.splitlines() if named.search(line) and not line.startswith("from ")
    ]


def inherited() -> dict[str, str]:
    """The environment without what makes pytest-django start before conftest.py, or xdist a worker."""
    left_out = ("DJANGO_SETTINGS_MODULE", "PYTEST_", "REDIS_URL")
    return {name: value for name, value in os.environ.items() if not name.startswith(left_out)}


def test_the_example_works_by_being_installed() -> None:
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-n",
            "0",
            FOLDER / "checks.py",
        ],
        cwd=settings.BASE_DIR,
        env=inherited() | {"EXTRA_APPS": EXAMPLE, "DATABASE_URL": "sqlite://:memory:"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-4000:]


def test_its_record_type_is_named_in_few_places_and_in_no_lower_layer() -> None:
    found = {path.name: places(path.read_text(encoding="utf-8")) for path in SOURCES}
    assert sum(map(len, found.values())) <= AT_MOST, found
    root = Path(settings.BASE_DIR)
    elsewhere = [
        path
        for app in (config.name for config in portal_apps())
        for path in (root / app).rglob("*.py")
        if "tests" not in path.parts and EXAMPLE in path.read_text(encoding="utf-8")
    ]
    assert elsewhere == []


def test_it_registers_with_every_extension_point() -> None:
    """By name: a point that the example leaves out has no example in CONTRIBUTING."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    used = {path.stem for path in SOURCES}
    modules = {point.module for point in ExtensionPoint.declared.values()}
    assert modules <= used, modules - used
    for point in ("EVIDENCE", "OCCURRENCES", "CONDITIONS", "OPEN_ITEMS", "DEADLINES", "AGENDA",
                  "HOME", "REPORT_PARTS", "MEMBERS", "ACCOUNTS", "AUDIT_FIRMS", "EVENT_TEMPLATES", "EVENT_OFFERS",
                  "PERMISSIONS", "DOCUMENT_KINDS", "SUBJECTS", "NAVIGATION", "SCHEDULE"):  # fmt: skip
        assert f"{point}.add" in text, point
