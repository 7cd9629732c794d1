"""The demo, and a portal of one's own without TLS, answer only to a browser on this machine.

The address that a request names is not asked, because a proxy may rewrite it.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from records.wsgi import Application, Environ

# What proxies add. A browser sends none of it.
FORWARDING = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED",
    "HTTP_VIA",
    "HTTP_X_REAL_IP",
    "HTTP_CLIENT_IP",
    "HTTP_X_CLIENT_IP",
    "HTTP_X_CLUSTER_CLIENT_IP",
    "HTTP_X_ORIGINAL",
    "HTTP_TRUE_CLIENT_IP",
    "HTTP_CF_",
    "HTTP_X_ENVOY_",
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
    if any(name.startswith(FORWARDING) for name in environ):
        return False
    try:
        peer = ip_address(environ.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return (getattr(peer, "ipv4_mapped", None) or peer).is_loopback
