"""At the WSGI door: nobody's address, browser or sign-in goes past it on the channel's addresses."""

from __future__ import annotations

import io
import logging
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from whistleblower.tests.channels import World
from whistleblower.wrappers import without_traces

PLANTED = "203.0.113.77"
AGENT = "Planted-Browser/4711"
HEADERS = {
    "REMOTE_ADDR": PLANTED,
    "REMOTE_PORT": "40711",
    "HTTP_USER_AGENT": AGENT,
    "HTTP_X_FORWARDED_FOR": PLANTED,
    "HTTP_X_REAL_IP": PLANTED,
    "HTTP_FORWARDED": f"for={PLANTED}",
    "HTTP_ACCEPT_LANGUAGE": "tlh",
    "HTTP_VIA": PLANTED,
    "HTTP_COOKIE": "sessionid=planted; visit=v; csrftoken=c; other=planted",
    "RAW_URI": f"/?from={PLANTED}",
    "QUERY_STRING": f"from={PLANTED}",
}


def environ(path: str, **more: Any) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "443",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(),
        **HEADERS,
        **more,
    }


def seen(path: str) -> dict[str, Any]:
    """What the application behind the door is given."""
    given: list[dict[str, Any]] = []
    without_traces(lambda environ, start: [given.append(dict(environ)), b""][1:])(
        environ(path), None
    )
    return given[0]


@pytest.mark.parametrize("path", ["/concerns", "/concerns/", "/concerns/es/report/", "/desk/"])
def test_address_and_browser_are_removed(path: str) -> None:
    given = str(seen(path))
    assert PLANTED not in given
    assert AGENT not in given
    assert "tlh" not in given


def test_sign_in_is_not_sent_on_to_the_channel_and_is_to_the_desk() -> None:
    assert sorted(seen("/concerns/")["HTTP_COOKIE"].split("; ")) == ["csrftoken=c", "visit=v"]
    assert "sessionid" in seen("/desk/")["HTTP_COOKIE"]


@pytest.mark.parametrize("path", ["/", "/concerned/", "/deskwork/", "/channel/"])
def test_rest_of_the_portal_is_left_alone(path: str) -> None:
    assert seen(path)["REMOTE_ADDR"] == PLANTED


@pytest.mark.django_db
@pytest.mark.parametrize(
    "more",
    [
        {"PATH_INFO": "/concerns/en/" + "a" * 5000},
        {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
            "CONTENT_LENGTH": "5",
        },
        {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": "nonsense"},
        {"HTTP_HOST": "evil.example"},
        {"PATH_INFO": "/concerns/en/nothing/"},
    ],
    ids=["long address", "aborted form", "bad length", "foreign host", "no page"],
)
def test_no_log_holds_address_or_browser(
    world: World, caplog: pytest.LogCaptureFixture, more: dict[str, Any]
) -> None:
    caplog.set_level(logging.DEBUG)
    application = without_traces(WSGIHandler())
    answer = application(
        environ("/concerns/en/report/") | more, lambda status, headers, exc_info=None: None
    )
    b"".join(answer)
    assert PLANTED not in caplog.text
    assert AGENT not in caplog.text


@pytest.mark.django_db
def test_error_says_its_class_and_nothing_of_the_request(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, client: Any
) -> None:
    from whistleblower.views import channel

    def fail(*args: Any, **kwargs: Any) -> None:
        raise ValueError("Quetzalcoatlus")

    monkeypatch.setattr(channel.codes, "new_code", fail)
    page = client.get("/concerns/en/report/")
    assert page.status_code == 500
    assert "Nothing was received" in page.content.decode()
    assert "ValueError" in caplog.text
    assert "Quetzalcoatlus" not in caplog.text


@pytest.mark.django_db
def test_log_names_no_case_and_repeats_no_error(
    world: World, monkeypatch: pytest.MonkeyPatch, client: Any
) -> None:
    from whistleblower.views import desk

    console = next(each for each in logging.getLogger().handlers if each.name == "console")

    def fail(*args: Any, **kwargs: Any) -> None:
        raise ValueError("Quetzalcoatlus")

    def logged(path: str) -> str:
        monkeypatch.setattr(console, "stream", said := io.StringIO())
        client.get(path)
        return said.getvalue()

    client.force_login(world.chair.user)
    client.post("/desk/", {"passphrase": world.chair.passphrase})
    client.raise_request_exception = False
    hidden = logged("/desk/cases/planted/")
    assert "channel or desk 404" in hidden
    assert "planted" not in hidden
    monkeypatch.setattr(desk.desks, "open_cases", fail)
    failed = logged("/desk/")
    assert "channel or desk 500 ValueError" in failed
    assert "Quetzalcoatlus" not in failed
    assert failed.count("\n") == 1
    assert "/deskwork/" in logged("/deskwork/")


def test_process_that_serves_the_desk_gives_its_memory_to_nobody() -> None:
    """As gunicorn starts each worker: no core dump, and no other process reads it."""
    code = (
        "import ctypes, runpy; "
        "runpy.run_path('gunicorn.conf.py')['post_fork'](None, None); "
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "0"
