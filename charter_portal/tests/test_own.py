"""A portal of one's own on this machine: its secrets, its settings and its first secretary."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from secrets import token_urlsafe

import pytest
from django.core.management import CommandError, call_command

from accounts.enums import Role
from accounts.models import User
from charter_portal import own
from records import clock

pytestmark = pytest.mark.any_database

ROOT = Path(__file__).resolve().parents[2]
LIVE = {"DEMO": "0", "LOCAL": "1"} | {name: token_urlsafe(64) for name in own.NAMES}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_secrets_are_written_once_and_for_the_owner_alone(folder: Path) -> None:
    file = folder / ".env"
    assert own.main() == 0
    first = file.read_text()
    values = dict(line.split("=", 1) for line in first.splitlines() if not line.startswith("#"))
    assert all(len(values[name]) >= 50 for name in own.NAMES)
    assert len({values[name] for name in own.NAMES}) == len(own.NAMES)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert own.main() == 0
    assert file.read_text() == first


def test_settings_of_another_installation_are_left_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / ".env"
    file.write_text("SECRET_KEY=\n")
    assert own.main() == 1
    assert file.read_text() == "SECRET_KEY=\n"
    assert "another installation" in capsys.readouterr().err


def asked(tmp_path: Path, **given: str) -> subprocess.CompletedProcess[str]:
    ask = (
        "from charter_portal import settings as s\n"
        "print(s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.DEMO,"
        " s.PORTAL_URL, s.EMAIL_BACKEND.rpartition('.')[0].rpartition('.')[2])"
    )
    environment = LIVE | {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)} | given
    return subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, env=environment, capture_output=True, text=True
    )


def test_it_speaks_plainly_on_this_machine_and_is_no_demo(tmp_path: Path) -> None:
    done = asked(tmp_path)
    assert done.stdout == "False False 0 False http://localhost:8000 filebased\n", done.stderr


def test_it_is_refused_on_a_host_that_others_reach(tmp_path: Path) -> None:
    done = asked(tmp_path, ALLOWED_HOSTS="portal.example.com")
    assert "LOCAL=1 speaks without TLS" in done.stderr


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is typed, one after the other, on a terminal."""
    given: list[str] = []
    monkeypatch.setattr("builtins.input", lambda question: given.pop(0))
    monkeypatch.setattr("getpass.getpass", lambda question: given.pop(0))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    yield given
    assert given == []


@pytest.mark.django_db
def test_first_secretary_is_asked_until_each_answer_can_be_used(answers: list[str]) -> None:
    password = "quiet river of stones"
    answers += ["", "Sara Secretary", "nonsense", "sara@example.com"]
    answers += ["short", password, "another one typed", password, password]
    call_command("first_secretary", stdout=StringIO())
    person = User.objects.get()
    assert (person.name, person.email) == ("Sara Secretary", "sara@example.com")
    assert person.check_password(password)
    assert person.roles(clock.today()) == {Role.SECRETARY, Role.ADMINISTRATOR}
    call_command("first_secretary", stdout=StringIO())


@pytest.mark.django_db
def test_without_a_terminal_the_command_says_what_to_use() -> None:
    with pytest.raises(CommandError, match="create_person"):
        call_command("first_secretary", stdout=StringIO())


def test_the_procfile_needs_no_virtual_environment_on_the_path() -> None:
    lines = (ROOT / "Procfile").read_text().splitlines()
    assert all('exec "${PYTHON:-.venv/bin/python}" -m' in line for line in lines)


def test_the_senders_name_keeps_its_space_where_honcho_reads_it(tmp_path: Path) -> None:
    from honcho.environ import parse

    text = (ROOT / ".env.example").read_text()
    assert parse(text)["DEFAULT_FROM_EMAIL"] == "Charter portal <portal@example.com>"
