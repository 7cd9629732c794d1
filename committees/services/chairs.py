"""Who chairs a committee. One at a time, a member, and never one under exceptional circumstances."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.models import Committee
from committees.enums import DeterminationKind
from committees.models import ChairTerm, Membership
from records import ledger
from records.acts import act
from records.dates import long_day
from records.ledger import Actor

CHAIR_DESIGNATED = ledger.action("chair.designated", lazy("recorded the chair: %(record)s"))
CHAIR_CORRECTED = ledger.action(
    "chair.corrected", lazy("corrected the term of the chair %(record)s")
)
CHAIR_ENDED = ledger.action("chair.ended", lazy("ended the term of the chair %(record)s"))


@act
def designate_chair(
    membership: Membership,
    *,
    starts_on: date,
    by: Actor,
    at: datetime,
    ends_on: date | None = None,
) -> ChairTerm:
    """Make a member the chair from a day on; whoever chairs then ceases to.

    A past chair is recorded with the end of the term. The chair ends with the seat at the latest.
    """
    Committee.objects.select_for_update().get(pk=membership.committee_id)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if not membership.covers(starts_on):
        raise ValidationError({"starts_on": _("The chair must sit on the committee on that date.")})
    _refuse_under_exception(membership, starts_on)
    if ends_on is not None and ends_on <= starts_on:
        raise ValidationError({"ends_on": _("A term ends after the date it began.")})
    if ends_on and membership.ends_on and membership.ends_on < ends_on:
        raise ValidationError({"ends_on": _("The chair ends with the seat at the latest.")})
    last = ends_on or membership.ends_on
    terms = ChairTerm.objects.select_for_update().filter(
        membership__committee=membership.committee_id
    )
    for term in terms.select_related("membership__director"):
        if overlap(starts_on, last, term):
            _give_way(term, starts_on, ends_on, by, at)
    term = ChairTerm.objects.create(membership=membership, starts_on=starts_on, ends_on=last)
    membership.move_on()
    ledger.record(
        CHAIR_DESIGNATED,
        subject=term,
        by=by,
        at=at,
        membership=membership,
        starts_on=starts_on,
        ends_on=last,
    )
    return term


def _refuse_under_exception(membership: Membership, starts_on: date) -> None:
    """Who serves under exceptional circumstances does not chair (RULE-13)."""
    made = membership.director.determinations.standing().by(starts_on)
    latest = made.of_kind(DeterminationKind.EXCEPTION).last()
    if latest and latest.ends_on and starts_on <= latest.ends_on:
        raise ValidationError(
            {
                "starts_on": _(
                    "%(name)s serves under exceptional circumstances until %(day)s and does not "
                    "chair the committee until then (Nasdaq 5605(c)(2)(B))."
                )
                % {"name": membership.director, "day": long_day(latest.ends_on)}
            }
        )


def _give_way(
    term: ChairTerm, starts_on: date, ends_on: date | None, by: Actor, at: datetime
) -> None:
    """End a term where the next begins; refused where more of it than its end would be lost."""
    words = {"name": term.membership.director, "day": long_day(term.starts_on)}
    if starts_on <= term.starts_on:
        raise ValidationError(
            {
                "starts_on": _(
                    "The present chair began on or after that date: %(name)s, on %(day)s. "
                    "For an earlier term, enter the date on which it ended."
                )
                % words
            }
        )
    if ends_on is not None and (term.ends_on is None or ends_on < term.ends_on):
        raise ValidationError(
            {
                "starts_on": _(
                    "%(name)s chairs since %(day)s, before this term and after it. "
                    "End that term first."
                )
                % words
            }
        )
    stop_chairing(term, starts_on, by, at)


@act
def end_chair(term: ChairTerm, *, ends_on: date, by: Actor, at: datetime) -> ChairTerm:
    """End a chair's term; the seat on the committee stays."""
    Committee.objects.select_for_update().get(pk=term.membership.committee_id)
    term = ChairTerm.objects.select_for_update().get(pk=term.pk)
    if term.ends_on is not None:
        raise ValidationError({"ends_on": _("This term as chair has its end on record already.")})
    if ends_on <= term.starts_on:
        raise ValidationError({"ends_on": _("A term ends after the date it began.")})
    stop_chairing(term, ends_on, by, at)
    return term


def stop_chairing(term: ChairTerm, ends_on: date, by: Actor, at: datetime) -> None:
    term.ends_on = ends_on
    term.save(update_fields=["ends_on"])
    term.membership.move_on()
    ledger.record(CHAIR_ENDED, subject=term, by=by, at=at, ends_on=ends_on)


def fit_chair(
    term: ChairTerm, old_end: date | None, membership: Membership, by: Actor, at: datetime
) -> None:
    """Keep a chair's term within its seat. One that lies outside is left without a day."""
    starts_on, ends_on = max(term.starts_on, membership.starts_on), term.ends_on
    if ends_on is not None and ends_on == old_end and not _chaired_by_another(term, membership):
        ends_on = membership.ends_on
    elif membership.ends_on is not None:
        ends_on = min(ends_on or membership.ends_on, membership.ends_on)
    if ends_on is not None and ends_on <= starts_on:
        starts_on = ends_on = term.starts_on
    if (starts_on, ends_on) == (term.starts_on, term.ends_on):
        return
    before = [term.starts_on, term.ends_on]
    term.starts_on, term.ends_on = starts_on, ends_on
    term.save(update_fields=["starts_on", "ends_on"])
    membership.move_on()
    ledger.record(
        CHAIR_CORRECTED,
        subject=term,
        by=by,
        at=at,
        starts_on=[before[0], starts_on],
        ends_on=[before[1], ends_on],
    )


def _chaired_by_another(term: ChairTerm, membership: Membership) -> bool:
    """Whether another chairs between the term's end and the seat's new one."""
    if term.ends_on is None:
        return False
    others = ChairTerm.objects.filter(membership__committee=membership.committee_id)
    return any(
        overlap(term.ends_on, membership.ends_on, other) for other in others.exclude(pk=term.pk)
    )


def overlap(starts_on: date, ends_on: date | None, other: Membership | ChairTerm) -> bool:
    """Whether a span shares a day with a seat or a term; ends are the first day out."""
    if other.starts_on == other.ends_on:
        return False
    begins_before_its_end = other.ends_on is None or starts_on < other.ends_on
    return begins_before_its_end and (ends_on is None or other.starts_on < ends_on)
