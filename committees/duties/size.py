"""The size of the committee: three or more directors, and the cure of a vacancy (M-0)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charters.answers import Lapse
from charters.docket import AsOf
from charters.registry import CONDITIONS, ConditionSource
from charters.rules.terms import Evidence, Holding
from committees.models import Membership
from committees.rules.composition import (
    Composition,
    Cure,
    Seat,
    composition,
    first_lapse,
)
from records.dates import long_day

MINIMUM_SIZE = "minimum-size"


def seats_of(as_of: AsOf) -> list[Seat]:
    """Every seat on the committee, past and future ones included."""
    rows = Membership.objects.filter(committee=as_of.committee).select_related("director")
    return [
        Seat(
            name=str(membership.director),
            first=membership.starts_on,
            until=membership.ends_on,
            exchange_notified_on=membership.exchange_notified_on,
            url=membership.director.get_absolute_url(),
            director=membership.director_id,
        )
        for membership in rows
    ]


def minimum_size(as_of: AsOf) -> Holding:
    """M-0: three or more directors; a vacancy may be cured (Nasdaq 5605(c)(2)(A), (c)(4)(B))."""
    meetings = as_of.company.annual_meetings.values_list("on", flat=True)
    found = composition(as_of.once(seats_of), as_of.day, meetings)
    evidence = tuple(
        Evidence(seat.first, seat.first, seat.name, seat.url) for seat in found.members
    )
    return Holding(
        found.holds, _composition_sentence(found), found.deadline if found.holds else None, evidence
    )


def size_ahead(as_of: AsOf) -> Lapse | None:
    """The first recorded change of seats that leaves fewer than three directors."""
    seats = as_of.once(seats_of)
    on = first_lapse(seats, as_of.day)
    if on is None:
        return None
    count = sum(seat.covers(on) for seat in seats)
    leaving = next(seat for seat in seats if seat.until == on)
    sentence = ngettext(
        "From %(day)s %(count)s director sits on the committee; three are required.",
        "From %(day)s %(count)s directors sit on the committee; three are required.",
        count,
    )
    return Lapse(on, sentence % {"day": long_day(on), "count": count}, leaving.url)


def _composition_sentence(found: Composition) -> str:
    count = len(found.members)
    if not found.ever:
        return _("No member is on record yet; three are required.")
    if found.cure is Cure.NOT_NEEDED:
        return ngettext(
            "%(count)s director sits on the committee.",
            "%(count)s directors sit on the committee.",
            count,
        ) % {"count": count}
    if found.short_since is None:
        return _("Fewer than three directors have sat on the committee so far: %(count)s.") % {
            "count": count
        }
    short = ngettext(
        "%(count)s director sits on the committee since %(since)s; three are required.",
        "%(count)s directors sit on the committee since %(since)s; three are required.",
        count,
    ) % {"count": count, "since": long_day(found.short_since)}
    return f"{short} {_cure_sentence(found)}"


def _cure_sentence(found: Composition) -> str:
    match found.cure:
        case Cure.RUNNING if found.deadline and found.notified_on:
            return _(
                "The vacancy may be filled until %(deadline)s (Nasdaq 5605(c)(4)(B)); "
                "the exchange was notified on %(notified)s."
            ) % {"deadline": long_day(found.deadline), "notified": long_day(found.notified_on)}
        case Cure.ENDED if found.deadline:
            return _("The cure period ended on %(deadline)s.") % {
                "deadline": long_day(found.deadline)
            }
        case Cure.PHASE_IN if found.deadline:
            return _("The phase-in of a new listing allows that until %(deadline)s.") % {
                "deadline": long_day(found.deadline)
            }
        case Cure.NOT_NOTIFIED:
            return _("No notice to the exchange is on record, and a cure period asks for one.")
        case _other:
            return _("No automatic cure period runs; a matter for counsel.")


CONDITIONS.add(
    ConditionSource("committees.minimum_size", MINIMUM_SIZE, minimum_size, ahead=size_ahead)
)
