"""What answers carry that belong to no route; the walk reads the headers of all the others."""

import os
import subprocess
import sys
from pathlib import Path
from secrets import token_urlsafe

import pytest
from django.conf import settings
from django.test import Client

from accounts.tasks import answer_password_requests
from charter_portal.tests.walking import header_faults
from records import clock
from records.services import deliveries

pytestmark = pytest.mark.django_db


def test_page_that_is_not_there_carries_the_headers(client: Client) -> None:
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert header_faults(response) == []


def test_refused_form_carries_the_headers() -> None:
    response = Client(enforce_csrf_checks=True).post("/sign-in/", {})
    assert response.status_code == 403
    assert header_faults(response) == []


@pytest.mark.parametrize("name", ["login", "password_reset", "logout"])
def test_no_page_has_anything_inline(client: Client, name: str) -> None:
    paths = {"login": "/sign-in/", "password_reset": "/password/forgotten/", "logout": "/sign-out/"}
    page = client.get(paths[name], follow=True).content.decode().lower()
    for inline in ("<style", " style=", " onclick=", " onload=", "javascript:"):
        assert inline not in page
    assert "<script>" not in page


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "evil.example:80"])
def test_another_host_is_not_answered(host: str) -> None:
    response = Client(headers={"host": host}).get("/sign-in/")
    assert response.status_code == 400


def test_forwarded_host_is_not_believed(client: Client, secretary: object) -> None:
    from django.core import mail

    client.post(
        "/password/forgotten/",
        {"email": "sara.secretary@example.com"},
        headers={"x-forwarded-host": "evil.example"},
    )
    answer_password_requests()
    deliveries.sweep(clock.now)
    assert "evil" not in mail.outbox[0].body


def test_cookies_stay_on_this_site_and_out_of_scripts(client: Client, member: object) -> None:
    client.get("/sign-in/")
    client.post("/demo/view-as/", {"person": "max.member@example.com", "next": "/password/"})
    for name in ("sessionid", "csrftoken"):
        cookie = client.cookies[name]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["domain"] == ""


@pytest.mark.any_database
def test_outside_the_demo_the_settings_pass_the_deployment_check(tmp_path: Path) -> None:
    """Secure cookies, HTTPS and HSTS, as Django's own check reads them."""
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "Sq2v8YtLw0mZr5Kc7Hd1Xn4Bf6Jg9Pa3Ue_secret-of-this-test-only-01234",
        "LEDGER_SEAL_KEY": token_urlsafe(64),
        "MFA_KEY": token_urlsafe(64),
        "DESK_KEY": token_urlsafe(64),
        "VAR_DIR": str(tmp_path),
        "ALLOWED_HOSTS": "portal.example.com",
        "EMAIL_URL": "smtp://localhost:25",
        "DEMO": "0",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.any_database
def test_demo_refuses_to_be_reachable_from_elsewhere(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "DEMO": "1",
            "VAR_DIR": str(tmp_path),
            "ALLOWED_HOSTS": "portal.example.com",
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert "local hosts only" in done.stderr
