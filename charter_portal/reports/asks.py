"""What the records themselves ask of the Board: a charter to adopt, a seat to fill."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from charter_portal.reports.report import Ask
from committees.models import CharterVersion
from committees.rules.composition import MINIMUM
from committees.standing import Docket
from records.clock import day_of
from records.dates import long_day


def asks_of(docket: Docket, on: date) -> tuple[Ask, ...]:
    """What is open on the day of composing: a draft charter, a committee below three members."""
    drafts = docket.committee.charter_versions.drafts().order_by("recorded_at", "pk")
    open_drafts = [v for v in drafts if day_of(v.recorded_at, docket.company) <= on]
    return (*(_adopt(draft) for draft in open_drafts[-1:]), *_fill(docket, on))


def _adopt(draft: CharterVersion) -> Ask:
    words = {"title": draft.title, "committee": draft.committee}
    return Ask(
        _("Adopt the charter as revised: %(title)s") % words,
        _(
            "RESOLVED, that the charter of the %(committee)s, “%(title)s”, in the form presented "
            "to this meeting, is adopted and takes effect on the day of this resolution."
        )
        % words,
    )


def _fill(docket: Docket, on: date) -> Iterator[Ask]:
    """Nasdaq 5605(c)(2)(A) and (c)(4)(B). Where nobody was ever seated there is no vacancy."""
    seats = list(docket.committee.memberships.all())
    sitting = sum(seat.covers(on) for seat in seats)
    if not seats or sitting >= MINIMUM:
        return
    holding = docket.holdings.get("minimum-size")
    until = holding.deadline if holding and holding.deadline and holding.deadline >= on else None
    heading = (
        _("Fill the vacancy on the committee by %(day)s") % {"day": long_day(until)}
        if until
        else _("Fill the vacancy on the committee")
    )
    resolution = _(
        "RESOLVED, that ________, a director whom the Board finds to meet the tests of the "
        "charter, is appointed a member of the %(committee)s with effect from ________."
    )
    yield Ask(heading, resolution % {"committee": docket.committee})
