"""What every page needs beside its own content: where a person can go, and whose portal this is."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from charter_portal.setup.steps import is_open


@dataclass(frozen=True)
class Place:
    """One word to go to."""

    label: str
    url: str
    is_current: bool


# The name of the page, its word, and the permission that opens it (none: every signed-in person).
PLACES = (
    ("home", _("Home"), ""),
    ("setup", _("Setting up"), "charter_portal.set_up"),
    ("charter", _("Charter"), "committees.view_charter"),
    ("year", _("Year"), "committees.view_standing"),
    ("clocks", _("Clocks"), "committees.view_clocks"),
    ("exceptions", _("Exceptions"), "committees.view_standing"),
    ("committee", _("Committee"), "committees.view_committee"),
    ("reports", _("Reports"), "charter_portal.view_report"),
    ("company", _("Company"), "records.view_company"),
    ("people", _("People"), "accounts.view_user"),
)


def address(name: str) -> str:
    """The page's address, or nothing while no such page exists."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def navigation(request: HttpRequest) -> list[Place]:
    """The places this person may go to; none for who is not signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    places = [
        (str(label), address(name))
        for name, label, needed in PLACES
        if (not needed or user.has_perm(needed)) and is_shown(name, request)
    ]
    return [Place(label, url, is_current(request.path, url)) for label, url in places if url]


def is_shown(name: str, request: HttpRequest) -> bool:
    """The guide is a place to go to until there is a duty to live by."""
    return name != "setup" or is_open(getattr(request, "company", None))


def is_current(path: str, url: str) -> bool:
    """Whether this path is the place or lies under it; home is only itself."""
    return path == url or (url != address("home") and path.startswith(url))


def portal(request: HttpRequest) -> dict[str, Any]:
    """The navigation is lazy: a page that shows none asks for no permission."""
    return {
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "company": getattr(request, "company", None),
        "demo": settings.DEMO,
    }
