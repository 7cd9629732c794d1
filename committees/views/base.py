"""What pages of committees and their members share."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from charters.permissions import decisions_open_to
from charters.reports.duty import Definition
from charters.views.base import audit_committee, has_committee, nothing_yet
from committees.models import Membership
from records.confirm import ActView
from records.views.base import PageView

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet
    from django.utils.functional import Promise

    from accounts.models import User
    from charters.models import Committee, Decision
    from committees.models import FundingDetermination, Review
    from records.calendar import Calendar, Period


def seats() -> QuerySet[Membership]:
    """Memberships with all that a page says of them, however many there are."""
    rows = Membership.objects.select_related("director", "committee")
    return rows.prefetch_related("chair_terms").order_by("director__sort_name", "starts_on")


class RegisterPage(PageView):
    """A page of one of the committee's registers."""

    permission_required = "committees.view_register"
    is_ready = property(has_committee)
    committee = cached_property(audit_committee)
    instead = nothing_yet

    @property
    def may_change(self) -> bool:
        return self.user.has_perm("committees.change_register")

    @property
    def the_committee(self) -> Committee:
        assert self.committee  # noqa: S101  (dispatch has seen to it)
        return self.committee


class RegisterActView(ActView):
    """An act on one of the committee's registers."""

    permission_required = "committees.change_register"
    is_ready = property(has_committee)
    committee = cached_property(audit_committee)
    instead = nothing_yet

    @property
    def the_committee(self) -> Committee:
        assert self.committee  # noqa: S101  (dispatch has seen to it)
        return self.committee

    def get_title(self) -> str | Promise:
        return f"{self.title}: {self.object}" if self.object else self.title

    def get_cancel_url(self) -> str:
        return str(self.object.get_absolute_url())


def linked(decision: Decision | None, user: User) -> Definition:
    """The decision a record rests on, with its address for who may read it."""
    if decision is None:
        return Definition(_("Decision"), _("To be added once it is on record."))
    is_open = decisions_open_to(user).filter(pk=decision.pk).exists()
    return Definition(_("Decision"), str(decision), decision.get_absolute_url() if is_open else "")


def status_of(entry: Review | FundingDetermination) -> Iterator[Definition]:
    """What became of an entry, and where the later one is; what it corrected, if anything."""
    later = getattr(entry, "correction", None)
    withdrawal = later if later and later.is_withdrawn else entry
    if withdrawal.is_withdrawn:
        yield Definition(_("Status"), _("Withdrawn. It does not count."))
        yield Definition(_("Reason"), withdrawal.reason)
    elif later:
        url = later.get_absolute_url()
        yield Definition(_("Status"), _("Corrected by a later entry. It does not count."), url)
    elif corrected := entry.earlier():
        url = corrected[0].get_absolute_url()
        yield Definition(_("Corrects"), _("An earlier entry, which stays on record"), url)


def years_offered(calendar: Calendar, today: date, count: int = 4) -> list[Period]:
    """The current fiscal year and the last ones, newest first."""
    found = [calendar.year_of(today)]
    while len(found) < count:
        found.append(calendar.year_before(found[-1]))
    return found
