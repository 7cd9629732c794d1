"""Whether the committee as a whole meets what is required of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from committees.rules import expertise
from committees.rules.composition import Cure, Seat
from committees.rules.requirements import Assessment, LostIndependence, Meets, Requirement
from records.dates import long_day

_CITATIONS = {
    Requirement.INDEPENDENCE: "Nasdaq 5605(c)(2)(A)",
    Requirement.LITERACY: expertise.LITERACY_CITATION,
    Requirement.SOPHISTICATION: expertise.SOPHISTICATION_CITATION,
    Requirement.EXPERT: expertise.EXPERT_CITATION,
}


def of_requirement(found: Assessment) -> str:
    """Whether the committee has what a requirement asks for, with its citation."""
    said = _REQUIREMENTS[found.requirement](found)
    return f"{said} ({_CITATIONS[found.requirement]})"


def _names(found: Assessment) -> str:
    return get_text_list([seat.name for seat in found.lacking], _("and"))


def _of_independence(found: Assessment) -> str:
    if found.meets is Meets.MEETS:
        return _("The Board has determined that every member is independent.")
    if found.meets is Meets.UNTIL and found.until and not found.lacking:
        return _("A member serves under exceptional circumstances until %(until)s.") % {
            "until": long_day(found.until)
        }
    if not found.lacking:
        return _("No member is on record.")
    if found.lost:
        return " ".join(_of_lost_independence(found))
    lacking = _undetermined(found.lacking)
    if found.cure is not Cure.PHASE_IN or found.until is None:
        return lacking
    phase_in = _(
        "The phase-in of a new listing allows that; its next date is %(day)s (Nasdaq 5615(b)(1))."
    ) % {"day": long_day(found.until)}
    return f"{lacking} {phase_in}"


def _undetermined(seats: Iterable[Seat]) -> str:
    names = get_text_list([seat.name for seat in seats], _("and"))
    return _("No determination of independence stands for %(names)s.") % {"names": names}


def _of_lost_independence(found: Assessment) -> Iterator[str]:
    """The events, who else lacks a determination, and whether a cure period runs (Nasdaq
    5605(c)(4)(A)). Why somebody ceased to be independent is for fewer readers than the status."""
    told = [seat for seat, _event in found.lost]
    for seat, event in found.lost:
        yield _("%(name)s ceased to be independent on %(day)s.") % {
            "name": seat.name,
            "day": long_day(event.on),
        }
    if others := [seat for seat in found.lacking if seat not in told]:
        yield _undetermined(others)
    yield _cure(found, found.lost[0][1])


def _cure(found: Assessment, lost: LostIndependence) -> str:
    match found.cure:
        case Cure.RUNNING if found.until and lost.exchange_notified_on:
            return _(
                "The member may stay until %(until)s (Nasdaq 5605(c)(4)(A)); the exchange was "
                "notified on %(notified)s."
            ) % {
                "until": long_day(found.until),
                "notified": long_day(lost.exchange_notified_on),
            }
        case Cure.ENDED if found.until:
            return _("The cure period ended on %(until)s (Nasdaq 5605(c)(4)(A)).") % {
                "until": long_day(found.until)
            }
        case Cure.NOT_NOTIFIED:
            return _(
                "No notice to the exchange is on record, and the cure period asks for one (Nasdaq "
                "5605(c)(4)(A))."
            )
        case Cure.AFTER_PHASE_IN:
            return _(
                "On no date of the phase-in was every member independent, so no automatic cure "
                "period runs; a matter for counsel."
            )
        case _other:
            return _("No automatic cure period runs; a matter for counsel.")


def _of_literacy(found: Assessment) -> str:
    if found.meets is Meets.MEETS:
        return _("The Board has found that every member is financially literate.")
    if not found.lacking:
        return _("No member is on record.")
    return _("No finding of financial literacy is on file for %(names)s.") % {
        "names": _names(found)
    }


def _of_sophistication(found: Assessment) -> str:
    if found.meets is Meets.MEETS:
        return _("The Board has found that a member is financially sophisticated.")
    return _("No finding that a member is financially sophisticated is on file.")


def _of_expert(found: Assessment) -> str:
    if found.meets is Meets.MEETS:
        return _("The Board has determined that a member is an audit committee financial expert.")
    return _(
        "No member is designated as an audit committee financial expert; the annual report "
        "discloses that and says why."
    )


_REQUIREMENTS: dict[Requirement, Callable[[Assessment], str]] = {
    Requirement.INDEPENDENCE: _of_independence,
    Requirement.LITERACY: _of_literacy,
    Requirement.SOPHISTICATION: _of_sophistication,
    Requirement.EXPERT: _of_expert,
}
