"""To whom the demo answers."""

import os
import subprocess
import sys
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import pytest

from charter_portal.local import REFUSAL, local_only

pytestmark = pytest.mark.any_database

ROOT = Path(__file__).resolve().parents[2]


def answer(**environ: str) -> bytes:
    def portal(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        return [b"the portal"]

    given = {"HTTP_HOST": "localhost"} | environ
    return b"".join(local_only(portal)(given, lambda *args: None))


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_answered(peer: str) -> None:
    assert answer(REMOTE_ADDR=peer) == b"the portal"


@pytest.mark.parametrize(
    "peer", ["10.0.0.7", "203.0.113.9", "2001:db8::1", "::ffff:203.0.113.9", "0.0.0.0", "", "unix:"]
)
def test_another_machine_is_refused_whatever_host_it_names(peer: str) -> None:
    assert answer(REMOTE_ADDR=peer, HTTP_HOST="localhost") == REFUSAL


@pytest.mark.parametrize(
    "header",
    [
        "HTTP_X_FORWARDED_FOR",
        "HTTP_X_FORWARDED_HOST",
        "HTTP_X_FORWARDED_PROTO",
        "HTTP_FORWARDED",
        "HTTP_VIA",
        "HTTP_X_REAL_IP",
        "HTTP_CF_CONNECTING_IP",
        "HTTP_CF_RAY",
        "HTTP_CDN_LOOP",
        "HTTP_FASTLY_CLIENT_IP",
        "HTTP_FLY_REGION",
        "HTTP_PROXY_CONNECTION",
        "HTTP_TAILSCALE_USER_LOGIN",
        "HTTP_TRUE_CLIENT_IP",
        "HTTP_WL_PROXY_CLIENT_IP",
        "HTTP_X_AMZN_TRACE_ID",
        "HTTP_X_APPENGINE_COUNTRY",
        "HTTP_X_AZURE_CLIENTIP",
        "HTTP_X_CLOUD_TRACE_CONTEXT",
        "HTTP_X_CLUSTER_CLIENT_IP",
        "HTTP_X_HOST",
        "HTTP_X_ORIGINAL_URL",
        "HTTP_X_REMOTE_ADDR",
        "HTTP_X_SCHEME",
        "HTTP_X_VARNISH",
        "HTTP_X_REQUEST_ID",
        "HTTP_X_BLUECOAT_VIA",
        "HTTP_X_GOOG_IAP_JWT_ASSERTION",
        "HTTP_X_SSL_CLIENT_CERT",
        "HTTP_X_CSRFTOKEN_X",
        "HTTP_AKAMAI_ORIGIN_HOP",
        "HTTP_NGROK_AUTH",
        "HTTP_SURROGATE_CAPABILITY",
        "HTTP_TRACEPARENT",
        "HTTP_DISGUISED_HOST",
    ],
)
def test_a_proxy_on_this_machine_is_refused(header: str) -> None:
    assert answer(REMOTE_ADDR="127.0.0.1", **{header: "127.0.0.1"}) == REFUSAL


def test_a_browser_is_answered_with_all_that_it_sends() -> None:
    """As Chromium and Firefox ask, with htmx."""
    sent = (
        "ACCEPT ACCEPT_ENCODING ACCEPT_LANGUAGE CACHE_CONTROL CONNECTION CONTENT_LENGTH COOKIE DNT "
        "HX_BOOSTED HX_CURRENT_URL HX_REQUEST HX_TARGET IF_MODIFIED_SINCE ORIGIN PRAGMA PRIORITY "
        "RANGE REFERER SEC_CH_UA SEC_CH_UA_MOBILE SEC_CH_UA_PLATFORM SEC_FETCH_DEST SEC_FETCH_MODE "
        "SEC_FETCH_SITE SEC_FETCH_USER SEC_GPC TE UPGRADE_INSECURE_REQUESTS USER_AGENT "
        "X_CSRFTOKEN X_REQUESTED_WITH"
    )
    headers = {f"HTTP_{name}": "x" for name in sent.split()}
    assert answer(REMOTE_ADDR="127.0.0.1", **headers) == b"the portal"


@pytest.mark.parametrize("demo", ["0", "1"])
def test_the_demo_alone_asks_who_the_peer_is(tmp_path: Path, demo: str) -> None:
    """In its own process, because the settings say so when they are read."""
    ask = (
        "from charter_portal.wsgi import application as portal\n"
        "given = {'REQUEST_METHOD': 'GET', 'PATH_INFO': '/', 'SERVER_NAME': 'localhost',"
        " 'SERVER_PORT': '80', 'REMOTE_ADDR': '203.0.113.9', 'HTTP_HOST': 'localhost',"
        " 'wsgi.input': None, 'wsgi.url_scheme': 'http'}\n"
        "portal(given, lambda status, headers: print(status))\n"
    )
    names = ("SECRET_KEY", "LEDGER_SEAL_KEY", "MFA_KEY", "DESK_KEY")
    secrets = {name: token_urlsafe(64) for name in names}
    environment = {"PATH": os.environ["PATH"], "DEMO": demo, "VAR_DIR": str(tmp_path), **secrets}
    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.stdout.startswith("403 Forbidden") == (demo == "1"), done.stderr
