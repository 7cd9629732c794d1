"""The initial public offering: recorded, corrected and withdrawn."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.models import Committee
from committees.models import Listing
from committees.services.entries import corrected, put, withdrawn
from records import ledger
from records.acts import act
from records.facts import Fact
from records.ledger import Actor

LISTING_RECORDED = ledger.action(
    "listing.recorded", lazy("recorded the initial public offering: %(record)s")
)
LISTING_CORRECTED = ledger.action(
    "listing.corrected", lazy("corrected the initial public offering: %(record)s")
)
LISTING_WITHDRAWN = ledger.action(
    "listing.withdrawn", lazy("withdrew the initial public offering: %(record)s")
)


@act
def record_listing(
    committee: Committee,
    *,
    effective_on: date,
    listed_on: date,
    by: Actor,
    at: datetime,
    was_reporting: bool = False,
) -> Listing:
    """Record the dates from which the phase-in of a new listing is counted (5615(b)(1))."""
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    if committee.listings.standing().exists():
        raise ValidationError(_("An initial public offering is on record. Correct that entry."))
    listing = Listing(
        committee=committee,
        effective_on=effective_on,
        listed_on=listed_on,
        was_reporting=was_reporting,
    )
    return put(listing, LISTING_RECORDED, by=by, at=at, **_facts(listing))


@act
def correct_listing(listing: Listing, later: Listing, *, by: Actor, at: datetime) -> Listing:
    """Correct the dates by a later entry; the first one stays on record."""
    return corrected(listing, later, LISTING_CORRECTED, by=by, at=at, **_facts(later))


@act
def withdraw_listing(listing: Listing, *, reason: str, by: Actor, at: datetime) -> Listing:
    """Withdraw an offering that was entered in error: no phase-in is counted."""
    return withdrawn(listing, LISTING_WITHDRAWN, reason=reason, by=by, at=at)


def _facts(listing: Listing) -> dict[str, Fact]:
    return {
        "effective_on": listing.effective_on,
        "listed_on": listing.listed_on,
        "was_reporting": listing.was_reporting,
    }
