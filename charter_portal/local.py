"""The demo, and a portal of one's own without TLS, answer only to a browser on this machine.

The address that a request names is not asked, because a proxy may rewrite it.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from records.wsgi import Application, Environ

# What proxies, load balancers and networks in front of a server add. A browser sends none of it; of
# all headers that begin with X-, the portal's own pages send two.
FORWARDING = re.compile(
    r"""HTTP_(
        .*(FORWARD|PROXY|CLIENT_?IP|REMOTE|CONNECTING_IP|ORIGINAL|REAL_?IP|URL_SCHEME).*
        | VIA | B3 | TRACEPARENT | TRACESTATE | X_(?!(CSRFTOKEN|REQUESTED_WITH)$).*
        | (AKAMAI|CF|CDN|ALI_CDN|DISGUISED|FASTLY|FLY|INCAP|NGROK|SURROGATE|TAILSCALE|TRUE|WAS)_.*
    )""",
    re.VERBOSE,
)
REFUSAL = (
    b"This portal runs without TLS. It answers only to a browser on this machine, and to no proxy."
)


def local_only(application: Application) -> Application:
    def door(environ: Environ, start_response: Any) -> Iterable[bytes]:
        if is_local(environ):
            return application(environ, start_response)
        start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
        return [REFUSAL]

    return door


def is_local(environ: Environ) -> bool:
    """Whether the peer is this machine, and speaks for nobody else."""
    if any(FORWARDING.fullmatch(name) for name in environ):
        return False
    try:
        peer = ip_address(environ.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return (getattr(peer, "ipv4_mapped", None) or peer).is_loopback
