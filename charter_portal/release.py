"""Who issues a report to the Board: the chair, unless a recorded decision leaves it to the secretary
or the chair cannot sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from charter_portal.models import ReleaseDelegation
from charters.models import Committee
from charters.registry import members_of
from records.dates import long_day

READERS = "charter_portal.view_report"


@dataclass(frozen=True)
class Release:
    """Who issues on a day: `chair` where it is the chair; `said` is what the report says of it."""

    chair: User | None = None
    said: str = ""


def release_on(committee: Committee, day: date) -> Release:
    """The chair. The secretary where the committee or the Board decided so by then, or where no
    chair has an account that opens reports."""
    if delegation := ReleaseDelegation.objects.in_force(committee, day):
        decided = long_day(delegation.decision.decided_on)
        sentence = _("Issued by the secretary, as decided on %(day)s.")
        return Release(said=sentence % {"day": decided})
    chairs = [member for member in members_of(committee, day) if member.is_chair]
    if not chairs:
        return Release(said=_("Issued by the secretary, because no chair is on record."))
    user = chairs[0].user
    if user and User.objects.able_to(READERS, day).filter(pk=user.pk).exists():
        return Release(chair=user)
    return Release(said=_("Issued by the secretary, because the chair does not use this portal."))
