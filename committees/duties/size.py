"""The size of the committee: three or more directors, and the cure of a vacancy (M-0)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charters.answers import Lapse
from charters.docket import AsOf
from charters.registry import CONDITIONS, ConditionSource
from charters.rules.terms import Evidence, Holding
from committees import figures
from committees.dossier import as_seat, offering_of
from committees.duties.determinations import annual_meetings, assessments, dossier_of
from committees.models import Membership
from committees.rules.composition import (
    Composition,
    Cure,
    Seat,
    composition,
    first_lapse,
    required_on,
)
from committees.rules.phase_in import Offering, Step
from committees.rules.requirements import Requirement
from records.dates import long_day

MINIMUM_SIZE = "minimum-size"


def seats_of(as_of: AsOf) -> list[Seat]:
    """Every seat on the committee, past and future ones included."""
    dossier = as_of.once(dossier_of)
    if dossier is not None:
        return dossier.seats
    rows = Membership.objects.filter(committee=as_of.committee).select_related("director")
    return [as_seat(membership) for membership in rows]


def offering(as_of: AsOf) -> Offering | None:
    """The initial public offering on record, whose steps ask for fewer members at first."""
    return offering_of(as_of.committee)


def minimum_size(as_of: AsOf) -> Holding:
    """M-0: three or more directors; a vacancy may be cured (Nasdaq 5605(c)(2)(A), (c)(4)(B))."""
    independence = as_of.once(assessments).get(Requirement.INDEPENDENCE)
    found = composition(
        as_of.once(seats_of),
        as_of.day,
        as_of.once(annual_meetings),
        cures=figures.cures_on(as_of.day),
        offering=as_of.once(offering),
        other_cure_is_used=independence is not None and independence.cure is Cure.RUNNING,
    )
    evidence = tuple(
        Evidence(seat.first, seat.first, seat.name, seat.url) for seat in found.members
    )
    return Holding(
        found.holds, _composition_sentence(found), found.deadline if found.holds else None, evidence
    )


def size_ahead(as_of: AsOf) -> Lapse | None:
    """The first recorded change of seats that leaves fewer than three directors."""
    seats = as_of.once(seats_of)
    on = first_lapse(seats, as_of.day, as_of.once(offering))
    if on is None:
        return None
    count = sum(seat.covers(on) for seat in seats)
    # A step of a phase-in asks for more members on a day on which nobody leaves.
    url = next((seat.url for seat in seats if seat.until == on), reverse("committee"))
    sentence = ngettext(
        "From %(day)s %(count)s director sits on the committee; the rules ask for %(required)s.",
        "From %(day)s %(count)s directors sit on the committee; the rules ask for %(required)s.",
        count,
    )
    required = in_words(required_on(on, as_of.once(offering)))
    return Lapse(on, sentence % {"day": long_day(on), "count": count, "required": required}, url)


def in_words(count: int) -> str:
    return {1: _("one"), 2: _("two"), 3: _("three")}[count]


def _composition_sentence(found: Composition) -> str:
    count = len(found.members)
    if found.step:
        return _phase_in_sentence(found, found.step)
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


def _phase_in_sentence(found: Composition, step: Step) -> str:
    """How many sit, how many the phase-in asks for, and by when for more (Nasdaq 5615(b)(1))."""
    count = len(found.members)
    sits = ngettext(
        "%(count)s director sits on the committee.",
        "%(count)s directors sit on the committee.",
        count,
    ) % {"count": count}
    words = {"day": long_day(step.by), "members": in_words(step.members)}
    if found.required:
        words["required"] = in_words(found.required)
        asked = _(
            "The phase-in of a new listing asks for %(required)s now and for %(members)s by "
            "%(day)s (Nasdaq 5615(b)(1))."
        )
    else:
        asked = _(
            "The phase-in of a new listing asks for %(members)s by %(day)s (Nasdaq 5615(b)(1))."
        )
    return f"{sits} {asked % words}"


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
        case Cure.NOT_NOTIFIED:
            return _("No notice to the exchange is on record, and a cure period asks for one.")
        case Cure.AFTER_PHASE_IN:
            return _(
                "On no date of the phase-in did three members sit, so no automatic cure period "
                "runs; a matter for counsel."
            )
        case _other if found.is_other_cure_used:
            return _(
                "No cure period runs for the vacancy while a member stays under Nasdaq "
                "5605(c)(4)(A); a matter for counsel."
            )
        case _other:
            return _("No automatic cure period runs; a matter for counsel.")


CONDITIONS.add(
    ConditionSource("committees.minimum_size", MINIMUM_SIZE, minimum_size, ahead=size_ahead)
)
