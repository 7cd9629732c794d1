"""A browser before a page that was just opened: what it sends carries the version of the record."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth import SESSION_KEY, get_user_model
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import Resolver404, resolve

from records.confirm import ActView
from records.models import Company
from records.stale import VERSION


class Browser(Client):
    """Tests that say nothing of versions send a form as it stands on the page now."""

    def post(self, path: str, data: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
        if data is None or (isinstance(data, dict) and VERSION not in data):
            version = version_now(path, self.session.get(SESSION_KEY))
            data = {**(data or {}), **({} if version is None else {VERSION: version})}
        return super().post(path, data, *args, **kwargs)


def version_now(path: str, key: str | None) -> str | None:
    """What a form at this address would carry, were it opened now; None where it carries nothing."""
    page = page_at(path, key)
    if page is None:
        return None
    try:
        page.load()
    except Http404:
        return None
    return page.get_version()


def page_at(path: str, key: str | None) -> ActView | None:
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return None
    if key is None or not issubclass(getattr(match.func, "view_class", object), ActView):
        return None
    request = RequestFactory().get(path)
    request.user = get_user_model().objects.get(pk=key)
    request.company = Company.objects.current()
    page = match.func.view_class(**match.func.view_initkwargs)
    page.setup(request, *match.args, **match.kwargs)
    return page if page.is_ready else None
