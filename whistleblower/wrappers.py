"""On the addresses of the channel and the desk nobody's network address, browser or sign-in reaches
Django: they are removed at the WSGI door, before any other code could log or store them."""

from __future__ import annotations

from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Any

from records.wsgi import WRAPPERS, Application, Environ, Wrapper
from whistleblower.doors import is_channel, is_private

# No address to listen on.
NOWHERE = "0.0.0.0"  # noqa: S104  # nosec B104
# What a request may keep. Everything else that begins with HTTP_ is dropped.
KEPT = frozenset(
    {
        "HTTP_HOST",
        "HTTP_COOKIE",
        "HTTP_ORIGIN",
        "HTTP_REFERER",
        "HTTP_SEC_FETCH_SITE",
        "HTTP_X_FORWARDED_PROTO",
        "HTTP_CONTENT_LENGTH",
        "HTTP_CONTENT_TYPE",
        "HTTP_TRANSFER_ENCODING",
    }
)
DROPPED = ("REMOTE_ADDR", "REMOTE_PORT", "REMOTE_HOST", "REMOTE_USER", "RAW_URI", "QUERY_STRING")
# What tells who asks. The proxy of the sample sends none of it on these addresses.
TELLING = {
    "HTTP_X_FORWARDED_FOR": "X-Forwarded-For",
    "HTTP_FORWARDED": "Forwarded",
    "HTTP_X_REAL_IP": "X-Real-IP",
    "HTTP_VIA": "Via",
    "HTTP_USER_AGENT": "User-Agent",
}
# The names of those that came, without what they said.
CAME = "concerns.came"
# The channel's own cookies. A sign-in to the portal is not sent on: no session is read or written.
COOKIES = frozenset({"visit", "closed", "csrftoken"})


def without_traces(application: Application) -> Application:
    def door(environ: Environ, start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if is_private(path):
            strip(environ, is_channel=is_channel(path))
        return application(environ, start_response)

    return door


def strip(environ: Environ, *, is_channel: bool) -> None:
    """Remove what tells who asks. At the desk the sign-in stays."""
    environ[CAME] = tuple(said for name, said in TELLING.items() if environ.get(name))
    for name in list(environ):
        if (name.startswith("HTTP_") and name not in KEPT) or name in DROPPED:
            del environ[name]
    environ["REMOTE_ADDR"] = NOWHERE
    environ["QUERY_STRING"] = ""
    environ.pop("gunicorn.socket", None)
    if is_channel and "HTTP_COOKIE" in environ:
        environ["HTTP_COOKIE"] = own_cookies(environ["HTTP_COOKIE"])


def own_cookies(text: str) -> str:
    try:
        found = SimpleCookie(text)
    except CookieError:
        return ""
    return "; ".join(f"{name}={found[name].coded_value}" for name in COOKIES if name in found)


WRAPPERS.add(Wrapper("whistleblower.anonymous", without_traces))
