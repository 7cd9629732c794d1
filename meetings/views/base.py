"""What the pages of meetings share."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.restriction import mark
from accounts.withheld import who_acts_instead
from charters.views.base import audit_committee, has_committee
from meetings.models import AgendaItem, Meeting, MeetingQuerySet
from records.confirm import ActView
from records.views.base import PageView

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

MAY_CHANGE = "meetings.change_meeting"


def nothing_yet(view: PageView) -> HttpResponse:
    return render(view.request, "charters/nothing_yet.html")


def meetings_open_to(user: User, on: date) -> MeetingQuerySet:
    return Meeting.objects.visible_to(user, on=on).select_related(
        "body", "recorded_by", "presided_by"
    )


def items_known_to(user: User, on: date) -> QuerySet[AgendaItem]:
    """What a person may see, and the items they are recused from: of those the page says so."""
    readable = AgendaItem.objects.visible_to(user, on=on)
    if user.has_perm("meetings.view_meeting"):
        readable |= AgendaItem.objects.filter(restricted_people__contains=mark(user.pk))
    return readable.select_related("meeting__body", "preparer")


def denial_of_recused(user: User, item: AgendaItem) -> str | None:
    if user.pk in item.restricted_people:
        said = _("You are recused from this item.")
        if not item.has_source_record:
            return said
        source = _("The record that it came from is restricted as well.")
        return f"{said} {source} {who_acts_instead(user)}"
    return None


def may_be_recused(user: User, item: AgendaItem) -> bool:
    """Whether a page offers a recusal from the item."""
    return user.has_perm("meetings.recuse") and item.is_standing and not item.outcome


class MeetingsPage(PageView):
    """A page about meetings, once the company and its audit committee are set up."""

    permission_required = "meetings.view_meeting"
    is_ready = property(has_committee)
    committee = cached_property(audit_committee)
    instead = nothing_yet


class MeetingActView(ActView):
    """One act on a meeting: a form, one service, and back to the meeting."""

    permission_required = MAY_CHANGE

    def get_queryset(self) -> QuerySet[Meeting]:
        return meetings_open_to(self.user, self.today)

    def get_cancel_url(self) -> str:
        return str(self.object.get_absolute_url())


class ItemActView(ActView):
    """One act on an agenda item: a form, one service, and back to the item."""

    permission_required = MAY_CHANGE

    def get_queryset(self) -> QuerySet[AgendaItem]:
        return items_known_to(self.user, self.today)

    def get_denial(self) -> str | None:
        return denial_of_recused(self.user, self.object)

    def get_cancel_url(self) -> str:
        return str(self.object.get_absolute_url())
