"""Wrappers around the WSGI application: what happens before Django sees a request.

An app adds its own in its module `wrappers.py`:

    WRAPPERS.add(Wrapper("whistleblower.anonymous", without_traces))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from records.registry import ExtensionPoint

Environ: TypeAlias = "dict[str, Any]"
Application: TypeAlias = "Callable[[Environ, Any], Iterable[bytes]]"


@dataclass(frozen=True)
class Wrapper:
    """`wrap` takes the application and answers one in its place."""

    name: str
    wrap: Callable[[Application], Application]


WRAPPERS: ExtensionPoint[Wrapper] = ExtensionPoint("wrappers", module="wrappers")


def wrapped(application: Application) -> Application:
    """The application within every wrapper that an app has registered."""
    for each in WRAPPERS:
        application = each.wrap(application)
    return application
