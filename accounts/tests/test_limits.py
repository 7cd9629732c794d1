"""Limits are counted for all processes alike: two of them share one count, and a wait ends."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.cache import caches
from django.test import Client

from accounts.models import User
from accounts.tests.coming_in import PASSWORD, password_shown, with_codes, with_password

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
# A second process of the portal: its own connections, its own memory.
TRY = """
import sys
import django
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
django.setup()
from django.test import Client
if sys.argv[1] == "prepare":
    from accounts.models import User
    User.objects.create_user("ruth@example.com", "Ruth", "quiet river of stones")
    sys.exit()
for password in sys.argv[1:]:
    given = {"login": "ruth@example.com", "password": password}
    print(Client().post("/sign-in/", given).content.decode())
"""


def process(folder: Path, database: str, *words: str) -> str:
    environment = {
        "PATH": os.environ["PATH"],
        "DEMO": "1",
        "VAR_DIR": str(folder),
        "DATABASE_URL": database,
        "REDIS_URL": os.environ["REDIS_URL"],
        "ALLOWED_HOSTS": "localhost,testserver",
        "DJANGO_SETTINGS_MODULE": "charter_portal.settings",
        "LOG_LEVEL": "ERROR",
    }
    done = subprocess.run(
        [sys.executable, "-c", TRY, *words],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_guesses_in_one_process_delay_another(tmp_path: Path, own_database: str) -> None:
    process(tmp_path, own_database, "prepare")
    wrong = process(tmp_path, own_database, *["wrong"] * 5)
    assert wrong.count("Nothing was recorded") == 5
    right = process(tmp_path, own_database, "quiet river of stones")
    assert "Try again in five minutes" in right


def test_cache_is_one_that_processes_share() -> None:
    backend = settings.CACHES["default"]["BACKEND"]
    assert backend.endswith(("db.DatabaseCache", "redis.RedisCache"))
    caches["default"].set("counted", 1)
    assert caches.create_connection("default").get("counted") == 1


@pytest.fixture
def ruth(secretary: User) -> User:
    return with_password(secretary)


def test_reset_requests_are_slowed_and_the_wait_ends(client: Client, ruth: User) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        answers = [client.post("/password/forgotten/", {"email": ruth.email}) for _ in range(6)]
        assert answers[-1].status_code == 429
        assert "Please wait one minute" in answers[-1].content.decode()
        clock.shift(timedelta(minutes=1, seconds=1))
        assert client.post("/password/forgotten/", {"email": ruth.email}).status_code == 302


def test_guesses_at_the_second_step_do_not_count_for_another_person(
    ruth: User, member: User
) -> None:
    with_codes(ruth)
    with_codes(member)
    guesser, other = password_shown(ruth), password_shown(member)
    for _ in range(6):
        waits = guesser.post("/sign-in/second-step/", {"code": "000000"})
    assert "five minutes" in waits.content.decode()
    page = other.post("/sign-in/second-step/", {"code": "000000"})
    assert "five minutes" not in page.content.decode()


def test_nothing_is_ever_locked_for_good(ruth: User) -> None:
    """However often somebody guesses, the right password works once the wait is over."""
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(10):
            for _ in range(7):
                Client().post("/sign-in/", {"login": ruth.email, "password": "wrong"})
            clock.shift(timedelta(minutes=5, seconds=1))
        client = Client()
        client.post("/sign-in/", {"login": ruth.email, "password": PASSWORD})
        assert client.get("/my/sign-in/").status_code == 200
