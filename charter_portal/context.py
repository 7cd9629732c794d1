"""What every page needs beside its own content: where a person can go, and whose portal this is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from records.navigation import Word, menu


def navigation(request: HttpRequest) -> list[Word]:
    """The words of the menu; none for who is not signed in."""
    user = getattr(request, "user", None)
    return menu(request) if user is not None and user.is_authenticated else []


def portal(request: HttpRequest) -> dict[str, Any]:
    """The navigation is lazy: a page that shows none asks for no permission."""
    return {
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "company": getattr(request, "company", None),
        "demo": settings.DEMO,
    }
