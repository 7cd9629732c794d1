"""What the charter's pages share: the committee, its docket on the page's date, and the way back.

Pages that are read inherit `CharterPage`. Forms inherit `ActView` and take the same from here:

    class DutyActView(ActView):
        committee = cached_property(audit_committee)
        docket = cached_property(docket_of)
        is_ready = property(has_committee)
        instead = nothing_yet
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts.models import User
from charters.docket import as_seen_by
from charters.models import Committee
from charters.permissions import decisions_open_to
from charters.reports.charter import address
from charters.standing import Docket
from records.dates import long_day
from records.views.base import PageView

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from records.models import Company


class Linking(Protocol):
    """A line that may lead somewhere."""

    @property
    def url(self) -> str: ...


Line = TypeVar("Line", bound=Linking)


def with_open_decisions(lines: Iterable[Line], user: User) -> list[Line]:
    """The same lines; a decision that this person may not read is named and has no link."""
    listed, pages = list(lines), reverse("decisions")
    if not any(line.url.startswith(pages) for line in listed):
        return listed
    found = decisions_open_to(user).order_by().values_list("pk", flat=True)
    is_open = {reverse("decision", args=[pk]) for pk in found}
    return [
        replace(line, url="")  # type: ignore[type-var]
        if line.url.startswith(pages) and line.url not in is_open
        else line
        for line in listed
    ]


class OfACommittee(Protocol):
    """A view of the audit committee's charter."""

    request: HttpRequest

    @property
    def company(self) -> Company | None: ...

    @property
    def committee(self) -> Committee | None: ...

    @property
    def as_of(self) -> date: ...

    @property
    def today(self) -> date: ...

    @property
    def user(self) -> User: ...


def audit_committee(view: PageView) -> Committee | None:
    return Committee.objects.audit()


def has_committee(view: OfACommittee) -> bool:
    """Before a company and its committee are set up there is nothing to read."""
    return view.company is not None and view.committee is not None


def nothing_yet(view: OfACommittee) -> HttpResponse:
    return render(view.request, "charters/nothing_yet.html")


def docket_of(view: OfACommittee) -> Docket:
    assert view.committee is not None  # noqa: S101  (`is_ready` has seen to it)
    sees = as_seen_by(view.user, view.today)
    return Docket(view.committee, view.as_of, view.company, sees)


def first_charter_after(view: OfACommittee, day: date) -> date | None:
    """When the first charter on record took effect, if that was after the date."""
    assert view.committee is not None  # noqa: S101  (asked before)
    versions = view.committee.charter_versions.exclude(effective_on=None).order_by("effective_on")
    first = versions.values_list("effective_on", flat=True).first()
    return first if first and first > day else None


class CharterPage(PageView):
    """A page of the audit committee's charter, read as of a date (`?as_of=`, default today)."""

    permission_required = "charters.view_standing"
    committee = cached_property(audit_committee)
    docket = cached_property(docket_of)
    is_ready = property(has_committee)
    instead = nothing_yet

    @property
    def is_dated(self) -> bool:
        return True

    @cached_property
    def as_of(self) -> date:
        """An earlier date is said to lie before any charter, where it does."""
        day = super().as_of
        if day < self.today and self.committee and (first := first_charter_after(self, day)):
            messages.info(
                self.request,
                _(
                    "No charter was in effect on %(day)s. The first on record took effect on %(first)s."
                )
                % {"day": long_day(day), "first": long_day(first)},
            )
        return day


def came_from(request: HttpRequest) -> str:
    """The page that led here and wants the person back (`?next=`); only a path of the portal."""
    path = request.GET.get("next", "")
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours else ""


def onward(request: HttpRequest, url: str) -> str:
    """An address that goes on knowing where the person came from."""
    return address(url, next=came_from(request))


def leading_back(request: HttpRequest, sentence: str) -> str:
    """The notice of what was recorded, with the way back."""
    if not (back := came_from(request)):
        return sentence
    label = _("Back to where you were")
    return format_html('{} <a href="{}">{}</a>', sentence, back, label)
