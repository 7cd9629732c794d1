"""What the verbs on committees and seats share."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.urls import reverse

from accounts.access import PermitMixin
from committees.models import Membership
from records import clock
from records.confirm import ConfirmView

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


def seats() -> QuerySet[Membership]:
    """Memberships with all that a page says of them, however many there are."""
    rows = Membership.objects.select_related("director", "committee")
    return rows.prefetch_related("chair_terms").order_by("director__sort_name", "starts_on")


class CommitteeActView(PermitMixin, ConfirmView):
    """A verb on committees and seats: the form, the page to confirm, the record."""

    permission_required = "committees.change_committee"

    def get_cancel_url(self) -> str:
        return reverse("committee")

    @cached_property
    def today(self) -> date:
        return clock.today()
