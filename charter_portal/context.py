"""What every page needs beside its own content: where a person can go, and whose portal this is."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from charter_portal.setup.steps import is_open
from records.models import Company


@dataclass(frozen=True)
class Place:
    """One word to go to."""

    label: str
    url: str
    is_current: bool


# The name of the page, its word, and the permission that opens it (none: every signed-in person).
# At most eight at a time: what is needed less often stands behind one of them (`BEHIND`).
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
)

# The pages that a place leads on to, which have addresses of their own.
BEHIND = {
    "clocks": ("events",),
    "company": ("people", "ledger", "notices", "kit", "setup"),
    "reports": ("documents",),
}


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
    hidden = hidden_from(user, getattr(request, "company", None))
    places = [
        (name, str(label), url)
        for name, label, needed in PLACES
        if (not needed or user.has_perm(needed)) and name != hidden and (url := address(name))
    ]
    here = request.path
    return [
        Place(label, url, is_current(here, url) or leads_to(name, here))
        for name, label, url in places
    ]


def hidden_from(user: User, company: Company | None) -> str:
    """The guide is a place to go to until there is a duty to live by, and then the exceptions."""
    may_set_up = user.has_perm("charter_portal.set_up")
    return "exceptions" if may_set_up and is_open(company) else "setup"


def is_current(path: str, url: str) -> bool:
    """Whether this path is the place or lies under it; home is only itself."""
    return path == url or (url not in ("", address("home")) and path.startswith(url))


def leads_to(name: str, path: str) -> bool:
    """Whether this path is a page behind the place."""
    return any(is_current(path, address(page)) for page in BEHIND.get(name, ()))


def portal(request: HttpRequest) -> dict[str, Any]:
    """The navigation is lazy: a page that shows none asks for no permission."""
    return {
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "company": getattr(request, "company", None),
        "demo": settings.DEMO,
    }
