"""Where a person can go: at most eight words. An app adds its own in its module `navigation.py`.

NAVIGATION.add(
    Place("charters.deadlines", _("Deadlines"), "deadlines", "charters.view_deadlines", order=40)
)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse

from records.registry import ExtensionPoint

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
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return ""

    def is_open_to(self, request: HttpRequest) -> bool:
        may = not self.permission or request.user.has_perm(self.permission)
        return bool(may and (self.shown is None or self.shown(request)) and self.url)


@dataclass(frozen=True)
class Word:
    """One word of the menu."""

    label: str
    url: str
    is_current: bool


NAVIGATION: ExtensionPoint[Place] = ExtensionPoint("navigation", module="navigation")


def menu(request: HttpRequest) -> list[Word]:
    """The words for this person, in their order."""
    places = [place for place in in_order() if not place.group and place.is_open_to(request)]
    return [Word(str(place.label), place.url, _leads_to(place, request.path)) for place in places]


def led_to(name: str, request: HttpRequest) -> list[Word]:
    """The pages that a place leads to, for this person: its own page lists them."""
    places = [place for place in in_order(name) if place.is_open_to(request)]
    return [Word(str(place.label), place.url, is_current=False) for place in places]


def in_order(group: str | None = None) -> list[Place]:
    """Every place, or those of a group, in their order."""
    found = (place for place in NAVIGATION if group is None or place.group == group)
    return sorted(found, key=lambda place: place.order)


def _leads_to(place: Place, path: str) -> bool:
    """Whether a path is the place, lies under it, or is a page that it leads to."""
    return any(is_current(path, each.url) for each in (place, *_behind(place)))


def _behind(place: Place) -> Iterable[Place]:
    return (each for each in NAVIGATION if each.group == place.name)


def is_current(path: str, url: str) -> bool:
    """Whether a path is the page or lies under it; home is only itself."""
    return path == url or (url not in ("", "/") and path.startswith(url))
