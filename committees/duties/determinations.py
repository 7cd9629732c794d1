"""What the Board determined of the members: independence, literacy, expertise (M-1 to M-3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from charters.answers import Lapse
from charters.docket import AsOf
from charters.models import Duty
from charters.registry import CONDITIONS, EVIDENCE, ConditionSource, EvidenceSource
from charters.rules.terms import Evidence, Holding
from committees import sentences
from committees.dossier import Dossier
from committees.enums import DeterminationKind as Kind
from committees.models import Determination
from committees.rules.requirements import Assessment, Meets, Requirement
from records.clock import day_of
from records.dates import long_day

INDEPENDENCE, LITERACY = "independent-members", "financial-literacy"
SOPHISTICATION, EXPERT = "financial-sophistication", "financial-expert"
REQUIREMENTS = {
    INDEPENDENCE: Requirement.INDEPENDENCE,
    LITERACY: Requirement.LITERACY,
    SOPHISTICATION: Requirement.SOPHISTICATION,
}
# Which determinations show which duty of the catalogue.
SHOWS = {
    INDEPENDENCE: {Kind.INDEPENDENT, Kind.EXCEPTION},
    LITERACY: {Kind.LITERATE},
    SOPHISTICATION: {Kind.SOPHISTICATED, Kind.EXPERT},
    EXPERT: {Kind.EXPERT},
}


def dossier_of(as_of: AsOf) -> Dossier | None:
    """What is on record of the directors; None before the first determination is on record."""
    dossier = Dossier(as_of.committee, as_of.settings.calendar)
    return dossier if dossier.has_determinations(as_of.day) else None


def annual_meetings(as_of: AsOf) -> list[date]:
    return list(as_of.company.annual_meetings.values_list("on", flat=True))


def assessments(as_of: AsOf) -> dict[Requirement, Assessment]:
    """The four requirements on the date; empty before the first determination is on record."""
    dossier = as_of.once(dossier_of)
    if dossier is None:
        return {}
    found = dossier.assess(as_of.day, as_of.once(annual_meetings))
    return {one.requirement: one for one in found}


def holding_of(key: str, as_of: AsOf) -> Holding | None:
    dossier = as_of.once(dossier_of)
    found = as_of.once(assessments).get(REQUIREMENTS[key])
    if dossier is None or found is None:
        return None
    members = {member.seat.director for member in dossier.members(as_of.day)}
    pieces = tuple(
        evidence_of(made, as_of)
        for made in dossier.latest(members, SHOWS[key], as_of.day)
        if made.is_met
    )
    until = found.until if found.meets is Meets.UNTIL else None
    return Holding(found.holds, sentences.of_requirement(found), until, pieces)


def evidence_of(made: Determination, as_of: AsOf) -> Evidence:
    return Evidence(
        made.determined_on,
        made.determined_on,
        sentences.of_determination(made),
        made.get_absolute_url(),
        recorded_on=day_of(made.recorded_at, as_of.company),
    )


def ahead(key: str, as_of: AsOf) -> Lapse | None:
    """The first date on which, as recorded by now, the requirement would no longer hold."""
    dossier, requirement = as_of.once(dossier_of), REQUIREMENTS[key]
    if dossier is None:
        return None
    meetings = as_of.once(annual_meetings)
    on = dossier.first_day_without(requirement, as_of.day, meetings)
    if on is None:
        return None
    found = next(one for one in dossier.assess(on, meetings) if one.requirement is requirement)
    words = {"day": long_day(on), "reason": sentences.of_requirement(found)}
    url = next((seat.url for seat in found.lacking), reverse("committee"))
    return Lapse(on, _("From %(day)s: %(reason)s") % words, url)


def made_by(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    """Every determination by the date, for each duty that it shows."""
    rows = Determination.objects.standing().by(as_of.day).select_related("director")
    seated = set(as_of.committee.memberships.values_list("director_id", flat=True))
    for made in rows:
        for duty in duties:
            if made.director_id in seated and made.kind in SHOWS[duty.catalogue_key]:
                yield duty.pk, evidence_of(made, as_of)


EVIDENCE.add(EvidenceSource("committees.determinations", made_by, frozenset(SHOWS)))
# By key of the duty: whether it holds.
HOLDINGS: dict[str, Callable[[AsOf], Holding | None]] = {
    key: partial(holding_of, key) for key in REQUIREMENTS
}
CONDITIONS.add_all(
    ConditionSource(
        "committees.independence",
        INDEPENDENCE,
        HOLDINGS[INDEPENDENCE],
        ahead=partial(ahead, INDEPENDENCE),
    ),
    ConditionSource(
        "committees.literacy",
        LITERACY,
        HOLDINGS[LITERACY],
        ahead=partial(ahead, LITERACY),
    ),
    ConditionSource(
        "committees.sophistication",
        SOPHISTICATION,
        HOLDINGS[SOPHISTICATION],
        ahead=partial(ahead, SOPHISTICATION),
    ),
)
