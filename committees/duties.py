"""What this app offers to the charter: attestations, the condition of size, gaps of past periods."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.enums import Layer
from committees.models import Attestation, Duty
from committees.registry import registry
from committees.rules.composition import Composition, Cure, Seat, composition
from committees.rules.terms import Evidence, Gap, Holding
from committees.sentences import period_name
from committees.standing import ATTESTATION, GAP, Docket, PortalException, subject_of
from records.dates import long_day


@registry.source(ATTESTATION)
def attestations(docket: Docket, duties: Sequence[Duty]) -> Iterable[tuple[int, Evidence]]:
    """Attestations that count, whenever they were recorded."""
    unsaid = _("Attested as performed")
    zone, page = docket.company.zone, reverse("attestation", args=[0]).removesuffix("0/")
    rows = (
        Attestation.objects.standing()
        .filter(duty__in=duties, performed_on__lte=docket.day)
        .values_list("pk", "duty_id", "performed_on", "serves", "note", "recorded_at")
    )
    for pk, duty, on, serves, note, recorded_at in rows:
        yield (
            duty,
            Evidence(
                on=on,
                serves=serves,
                label=Truncator(note).chars(160) if note else unsaid,
                url=f"{page}{pk}/",
                source=ATTESTATION,
                recorded_on=recorded_at.astimezone(zone).date(),
            ),
        )


@registry.condition("minimum-size")
def minimum_size(docket: Docket) -> Holding:
    """M-0: three or more directors; a vacancy may be cured (Nasdaq 5605(c)(2)(A), (c)(4)(B))."""
    seats = [
        Seat(
            name=str(membership.director),
            first=membership.starts_on,
            until=membership.ends_on,
            exchange_notified_on=membership.exchange_notified_on,
            url=membership.director.get_absolute_url(),
            director=membership.director_id,
        )
        for membership in docket.committee.memberships.select_related("director")
    ]
    meetings = docket.company.annual_meetings.values_list("on", flat=True)
    found = composition(seats, docket.day, meetings)
    evidence = tuple(
        Evidence(seat.first, seat.first, seat.name, seat.url, "committees.membership")
        for seat in found.members
    )
    return Holding(
        found.holds, _composition_sentence(found), found.deadline if found.holds else None, evidence
    )


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
        case Cure.NOT_NOTIFIED:
            return _("No notice to the exchange is on record, and a cure period asks for one.")
        case _other:
            return _("No automatic cure period runs; a matter for counsel.")


@registry.check(GAP)
def gaps(docket: Docket) -> Iterable[PortalException]:
    """Closed periods on record without evidence in time."""
    for duty in docket.duties:
        for gap in docket.gaps(duty):
            yield PortalException(
                rule=GAP,
                subject=subject_of(duty),
                period=gap.key,
                title=duty.title,
                because=_gap_sentence(gap),
                layer=Layer(duty.layer),
                on=gap.due_on,
                clause=docket.clause_of.get(duty.pk),
                duty=duty,
                late=gap.late,
                disposition=docket.settled(GAP, subject_of(duty), gap.key),
            )


def _gap_sentence(gap: Gap) -> str:
    period = period_name(gap.period) if gap.key.startswith("FY") else long_day(gap.due_on)
    if gap.late:
        return _("Performed for %(period)s on %(late)s, after %(last)s.") % {
            "period": period,
            "late": long_day(gap.late[-1].on),
            "last": long_day(gap.period.last),
        }
    if gap.count:
        return _("%(count)s of %(wanted)s on record for %(period)s, due by %(due)s.") % {
            "count": gap.count,
            "wanted": gap.wanted,
            "period": period,
            "due": long_day(gap.due_on),
        }
    return _("No record was found for %(period)s, due by %(due)s.") % {
        "period": period,
        "due": long_day(gap.due_on),
    }
