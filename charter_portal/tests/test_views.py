"""Every page stands on the one base, and no chain of view classes is long."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.views.generic import View

from records.views.base import PageView

LONGEST = 4
ROOT = Path(settings.BASE_DIR)
# What the sign-in library serves by itself: functions of its own.
LIBRARY = "allauth"


def patterns(found: list[URLPattern | URLResolver] | None = None) -> Iterator[URLPattern]:
    for pattern in get_resolver().url_patterns if found is None else found:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns)
        else:
            yield pattern


def views() -> dict[str, type[View]]:
    """The class behind every address, by the address's name."""
    return {
        str(pattern.name): pattern.callback.view_class
        for pattern in patterns()
        if hasattr(pattern.callback, "view_class")
    }


def ours(view: type[View]) -> list[str]:
    """The classes of our packages that a view passes through, itself first."""
    packages = {app.name for app in apps.get_app_configs() if Path(app.path).parent == ROOT}
    return [each.__name__ for each in view.__mro__ if each.__module__.partition(".")[0] in packages]


def is_public(pattern: URLPattern) -> bool:
    return not getattr(pattern.callback, "login_required", True)


def is_of_the_library(view: type[View]) -> bool:
    return any(each.__module__.startswith(LIBRARY) for each in view.__mro__)


def test_every_page_for_the_signed_in_stands_on_the_base() -> None:
    astray = [
        name
        for name, pattern in ((str(one.name), one) for one in patterns())
        if (view := views().get(name))
        and not (issubclass(view, PageView) or is_public(pattern) or is_of_the_library(view))
    ]
    assert astray == []


def test_only_the_librarys_views_are_functions() -> None:
    functions = {
        pattern.callback.__module__.partition(".")[0]
        for pattern in patterns()
        if str(pattern.name) not in views()
    }
    assert functions <= {LIBRARY}


@pytest.mark.parametrize("name", sorted(views()))
def test_no_view_passes_through_more_than_four_classes_of_ours(name: str) -> None:
    chain = ours(views()[name])
    assert len(chain) <= LONGEST, " > ".join(chain)
