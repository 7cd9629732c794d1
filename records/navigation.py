"""Where a person can go: at most eight words. An app adds its own in its module `navigation.py`.

NAVIGATION.add(
    Place("charters.deadlines", _("Deadlines"), "deadlines", "charters.view_deadlines", order=40)
)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.urls import (
    NoReverseMatch,
    Resolver404,
    ResolverMatch,
    get_script_prefix,
    resolve,
    reverse,
)

from records.registry import ExtensionPoint
from records.views.base import SIGNED_IN

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import Promise


@dataclass(frozen=True)
class Place:
    """A page to go to.

    label, url_name   its word, and the name of its address
    permission        what opens it; left out, it is open to every signed-in person
    order             among the others of its group, the lowest first
    group             the name of the place that leads to it; left out, it stands in the menu
    shown             asked with the request, whether it stands there now
    """

    name: str
    label: str | Promise
    url_name: str
    permission: str = ""
    order: int = 50
    group: str = ""
    shown: Callable[[Any], bool] | None = None

    @property
    def url(self) -> str:
        """Its address, or nothing while no such page exists."""
        return _address(self.url_name, get_script_prefix())

    def is_open_to(self, request: HttpRequest) -> bool:
        may = not self.permission or request.user.has_perm(self.permission)
        return bool(may and (self.shown is None or self.shown(request)) and self.url)


@cache
def _address(url_name: str, prefix: str) -> str:
    """The address of a name under the prefix in use; every page asks for those of all places."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class Word:
    """One word of the menu."""

    label: str
    url: str
    is_current: bool


# The pages of one's own sign-in, email and calendar; and the words, which are every page's.
UNDER_NONE = ("/my", "/glossary/")

NAVIGATION: ExtensionPoint[Place] = ExtensionPoint("navigation", module="navigation")


def menu(request: HttpRequest) -> list[Word]:
    """The words for this person, in their order."""
    places = [place for place in in_order() if not place.group and place.is_open_to(request)]
    current = _current(places, request)
    return [Word(str(place.label), place.url, place is current) for place in places]


def led_to(name: str, request: HttpRequest) -> list[Word]:
    """The pages that a place leads to, for this person: its own page lists them."""
    places = [place for place in in_order(name) if place.is_open_to(request)]
    return [Word(str(place.label), place.url, is_current=False) for place in places]


def opens(url: str, user: Any) -> bool:
    """Whether a page of the portal is for a person, as far as its permission says: no link is
    offered that would answer only who may read."""
    permission = _permission_at(urlsplit(url).path, get_script_prefix())
    if permission is None:
        return False
    return permission in ("", SIGNED_IN) or bool(user.has_perm(permission))


@lru_cache(maxsize=2_048)
def _permission_at(path: str, prefix: str) -> str | None:
    """What opens the page at a path; None where there is no page."""
    try:
        view = resolve(path).func
    except Resolver404:
        return None
    return str(getattr(getattr(view, "view_class", view), "permission_required", ""))


def in_order(group: str | None = None) -> list[Place]:
    """Every place, or those of a group, in their order."""
    found = (place for place in NAVIGATION if group is None or place.group == group)
    return sorted(found, key=lambda place: place.order)


def _current(places: Sequence[Place], request: HttpRequest) -> Place | None:
    """The word under which a page lies: by its address, or that of a page which the word leads to,
    the longest of them; else the first of its app; some lie under none."""
    by_name = {place.name: place for place in places}
    near = [
        (len(each.url), by_name[each.group or each.name])
        for each in NAVIGATION
        if is_current(request.path, each.url)
        and (each.group or each.name) in by_name
        and (not each.group or each.is_open_to(request))
    ]
    if near:
        return max(near, key=itemgetter(0))[1]
    if request.resolver_match is None or request.path.startswith(UNDER_NONE):
        return None
    mine = _app(request.resolver_match)
    return next((each for each in places if each.url != "/" and _app_at(each.url) == mine), None)


def _app(found: ResolverMatch) -> str:
    """The package whose view answers an address."""
    return getattr(found.func, "view_class", found.func).__module__.partition(".")[0]


@cache
def _app_at(url: str) -> str:
    return _app(resolve(url))


def is_current(path: str, url: str) -> bool:
    """Whether a path is the page or lies under it; home is only itself."""
    return path == url or (url not in ("", "/") and path.startswith(url))
