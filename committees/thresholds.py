"""The threshold above which a related-party transaction is disclosed, from what is on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from committees import figures
from committees.models import TotalAssets
from committees.rules.related_parties import YEAR_ENDS, Threshold, threshold

if TYPE_CHECKING:
    from datetime import date

    from charters.docket import AsOf
    from records.calendar import Calendar


def year_ends(calendar: Calendar, day: date) -> list[date]:
    """The ends of the last completed fiscal years, the earliest first; a transition period is none."""
    year, found = calendar.year_of(day), []
    for __ in range(YEAR_ENDS):
        year = calendar.full_year_before(year)
        found.append(year.last)
    return sorted(found)


def threshold_on(as_of: AsOf) -> Threshold:
    """As of the date: by the filer status in force, and total assets at the last two year-ends."""
    statuses = as_of.company.filer_statuses.filter(effective_from__lte=as_of.day)
    status = statuses.order_by("-effective_from").first()
    rows = TotalAssets.objects.standing().filter(committee=as_of.committee)
    assets = rows.at_ends(year_ends(as_of.settings.calendar, as_of.day))
    return threshold(
        figures.related_parties_on(as_of.day),
        is_smaller=status is not None and status.is_smaller_reporting,
        total_assets=[row.amount for row in assets],
    )
