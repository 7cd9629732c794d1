"""Who uses the channel is found nowhere: gunicorn as it is shipped, with a planted network address, a
planted browser and rare words, well-formed requests and broken ones."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from bench.concerns import HIDDEN
from journeys.conftest import copy
from journeys.portal import PATIENCE, ROOT, Portal, manage, surroundings
from whistleblower.crypto import codes

# The portal sees this address as the client's own: it is one of this machine.
ADDRESS, FORWARDED = "127.0.0.77", "203.0.113.77"
AGENT, WORD, LANGUAGE = "Planted-Browser/4711", "Quetzalcoatlus", "tlh-KX"
PLANTED = (ADDRESS, FORWARDED, AGENT, WORD, LANGUAGE)
HEADERS = (
    f"User-Agent: {AGENT}",
    "X-Forwarded-Proto: https",
    f"X-Forwarded-For: {FORWARDED}",
    f"X-Real-IP: {FORWARDED}",
    f"Forwarded: for={FORWARDED}",
    f"Accept-Language: {LANGUAGE}",
    f"Referer: http://localhost/{WORD}",
    "Connection: close",
)


SECRETS = ("SECRET_KEY", "LEDGER_SEAL_KEY", "MFA_KEY", "DESK_KEY")
FINGERPRINT = (
    "from whistleblower.crypto import roster; from whistleblower.models import RosterList; "
    "print(roster.fingerprint(RosterList.objects.first().text))"
)


@pytest.fixture
def portal(demo_var: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The company of the demonstration on a portal that runs as it does behind a proxy. It listens
    before it runs, so that nobody has to wait for it."""
    var = copy(demo_var, tmp_path_factory)
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        own = {name: f"demo-only-{name.lower()}-" + "0" * 40 for name in SECRETS} | {
            "DEMO": "0",
            "BEHIND_PROXY": "1",
            "EMAIL_URL": "",
            "CONCERNS_FINGERPRINT": manage(var, "shell", "-v", "0", "-c", FINGERPRINT).strip(),
        }
        listening = ["--bind", f"fd://{server.fileno()}"]
        with (
            (var / "gunicorn.log").open("w") as log,
            subprocess.Popen(
                [sys.executable, "-m", "gunicorn", *listening, "charter_portal.wsgi"],
                cwd=ROOT,
                env=surroundings(var) | own,
                stdout=log,
                stderr=log,
                pass_fds=[server.fileno()],
            ) as gunicorn,
        ):
            try:
                yield Portal(f"http://localhost:{server.getsockname()[1]}", var)
            finally:
                gunicorn.terminate()


def ask(portal: Portal, first: str, *more: str, body: bytes = b"", is_cut: bool = False) -> str:
    """Send bytes from the planted address, and answer what comes back."""
    port = urlsplit(portal.url).port or 80
    head = "\r\n".join([first, f"Host: localhost:{port}", *HEADERS, *more, "", ""])
    with socket.create_connection(("127.0.0.1", port), source_address=(ADDRESS, 0)) as line:
        line.settimeout(PATIENCE)
        line.sendall(head.encode("latin-1") + body)
        if is_cut:
            return ""
        found = b""
        try:
            while more_bytes := line.recv(65536):
                found += more_bytes
        except ConnectionError:
            pass
    return found.decode(errors="replace")


def get(portal: Portal, path: str) -> str:
    return ask(portal, f"GET {path} HTTP/1.1")


def post(portal: Portal, path: str, given: list[tuple[str, str]]) -> str:
    body = urlencode(given).encode()
    return ask(
        portal,
        f"POST {path} HTTP/1.1",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        body=body,
    )


def carried(page: str) -> list[tuple[str, str]]:
    return [(name, unescape(value)) for name, value in HIDDEN.findall(page)]


def report(portal: Portal) -> str:
    """Send a report through all its pages; its code."""
    path = "/concerns/en/report/"
    page = get(portal, path)
    page = post(portal, path, [*carried(page), ("saved", "1")])
    page = post(portal, path, [*carried(page), ("others", WORD)])
    given = carried(page)
    page = post(portal, path, [*given, ("what", f"{WORD} signed it."), ("name", WORD)])
    assert "Your report was received" in page
    return dict(given)["code"]


def broken(portal: Portal) -> Iterator[str]:
    """What goes wrong: each answers something, and none of it is written down."""
    path = "/concerns/en/report/"
    form = "Content-Type: application/x-www-form-urlencoded"
    yield get(portal, "/concerns/en/" + WORD + "a" * 5_000)
    yield get(portal, f"/concerns/en/report/?{WORD}={ADDRESS}")
    yield ask(portal, f"GET {path} HTTP/1.1", f"Bad Header {WORD}: x")
    yield ask(portal, f"GET {path} HTTP/9.9")
    yield ask(portal, f"{WORD} {path} HTTP/1.1")
    yield ask(portal, f"POST {path} HTTP/1.1", form, "Content-Length: nonsense")
    yield ask(
        portal,
        f"POST {path} HTTP/1.1",
        f"Content-Type: multipart/form-data; boundary={WORD}",
        "Content-Length: 20",
        body=WORD.encode()[:14] + b"\r\n\r\n\r\n",
    )
    ask(
        portal,
        f"POST {path} HTTP/1.1",
        form,
        "Content-Length: 900",
        body=WORD.encode(),
        is_cut=True,
    )
    # More fields, and more bytes, than the portal reads.
    yield post(portal, path, [(f"f{n}", WORD) for n in range(6_000)])
    yield post(portal, path, [("what", WORD * 400_000)])
    yield post(portal, path, [("what", WORD * 2_000_000)])
    yield post(portal, "/concerns/en/return/", [("step", "open"), ("code", f"{WORD} \x00 {WORD}")])
    yield post(portal, "/desk/", [("passphrase", WORD)])
    yield get(portal, f"/desk/cases/{WORD.lower()}/")
    for _ in range(30):
        yield post(portal, "/concerns/en/return/", [("step", "open"), ("code", WORD)])


def places(var: Path) -> list[str]:
    return [
        f"{word} in {path.relative_to(var)}"
        for path in var.rglob("*")
        if path.is_file()
        for word in PLANTED
        if word.encode() in path.read_bytes()
    ]


def test_neither_address_nor_browser_nor_a_word_is_found_anywhere(portal: Portal) -> None:
    before = places(portal.var)
    code = report(portal)
    answers = list(broken(portal))
    assert all(answer.startswith("HTTP/1.1 ") for answer in answers)
    assert not any(" 500 " in answer.splitlines()[0] for answer in answers)
    # The night writes the rows again and names what is in the log of the worker.
    portal.command("shell", "-c", "from whistleblower.tasks import run_the_night as n; n()")
    found = places(portal.var)
    assert found == before == []
    everything = b"".join(path.read_bytes() for path in portal.var.rglob("*") if path.is_file())
    assert codes.locator(code) in everything
    assert code.encode() not in everything
