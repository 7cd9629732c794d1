"""What the Board determines of a director. A statement without its ground is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.enums import CommitteeKind
from charters.models import Committee, Decision
from committees import figures, sentences
from committees.dossier import Dossier
from committees.enums import DeterminationKind as Kind
from committees.enums import ExpertAttribute, ExpertRoute, SophisticationGround
from committees.models import Determination, Director
from committees.rules.exceptional import exception_objections, last_day
from committees.rules.expertise import expert_objections, is_sophisticated, missing_attributes
from committees.rules.findings import Line, Outcome, barring
from committees.services.entries import (
    add_decision,
    put,
    refuse_ahead,
    refuse_other_decision,
    withdrawn,
)
from records import ledger
from records.acts import act
from records.dates import long_day
from records.ledger import Actor
from records.models import Company

DETERMINATION_MADE = ledger.action(
    "determination.made", lazy("recorded the Board's determination on %(record)s")
)
DETERMINATION_COMPLETED = ledger.action(
    "determination.completed", lazy("added the Board's decision to the determination on %(record)s")
)
DETERMINATION_WITHDRAWN = ledger.action(
    "determination.withdrawn", lazy("withdrew a determination on %(record)s")
)

Ground = ExpertRoute | SophisticationGround


@act
def determine(
    director: Director,
    kind: Kind,
    *,
    determined_on: date,
    by: Actor,
    at: datetime,
    is_met: bool = True,
    considered: str = "",
    grounds: Sequence[Ground] = (),
    attributes: Sequence[ExpertAttribute] = (),
    listing: str = "",
    ends_on: date | None = None,
    decision: Decision | None = None,
) -> Determination:
    """Record what the Board determined of a director on a day.

    That a director is *not* something needs no ground. Refused is a statement that a line of the
    law bars on that day, with the line, the reason and the way out. It rests on a decision of the
    Board, which `complete_determination` adds where it is not known yet.
    """
    director = Director.objects.select_for_update().get(pk=director.pk)
    refuse_ahead("determined_on", determined_on, at)
    determination = Determination(
        director=director,
        kind=kind,
        is_met=is_met,
        determined_on=determined_on,
        considered=considered.strip(),
        grounds=[ground.value for ground in grounds],
        listing=listing.strip(),
        decision=decision,
    )
    if is_met:
        _refuse_without_ground(determination, attributes, ends_on)
    refuse_other_decision(decision, CommitteeKind.BOARD, determined_on)
    return put(determination, DETERMINATION_MADE, by=by, at=at, **_facts(determination, grounds))


@act
def complete_determination(
    determination: Determination, decision: Decision, *, by: Actor, at: datetime
) -> Determination:
    """Add the Board's decision to a determination that was recorded without it."""
    refuse_other_decision(decision, CommitteeKind.BOARD, determination.determined_on)
    return add_decision(determination, decision, DETERMINATION_COMPLETED, by=by, at=at)


@act
def withdraw_determination(
    determination: Determination, *, reason: str, by: Actor, at: datetime
) -> Determination:
    """Withdraw a determination that was entered in error; the Board did not make it."""
    return withdrawn(determination, DETERMINATION_WITHDRAWN, reason=reason, by=by, at=at)


def _facts(determination: Determination, grounds: Sequence[Ground]) -> dict[str, Any]:
    return {
        "director": determination.director,
        "kind": Kind(determination.kind),
        "is_met": determination.is_met,
        "determined_on": determination.determined_on,
        "grounds": list(grounds),
        "ends_on": determination.ends_on,
        "decision": determination.decision,
    }


def _refuse_without_ground(
    determination: Determination, attributes: Sequence[ExpertAttribute], ends_on: date | None
) -> None:
    match Kind(determination.kind):
        case Kind.INDEPENDENT:
            _refuse_unless_independent(determination)
        case Kind.NOT_AFFILIATED:
            _refuse_an_affiliate(determination)
        case Kind.SOPHISTICATED:
            _refuse_without_sophistication(determination)
        case Kind.EXPERT:
            _refuse_unless_expert(determination, attributes)
        case Kind.EXCEPTION:
            _grant_exception(determination, ends_on)
        case Kind.LITERATE:
            pass


def dossier_of(director: Director) -> Dossier:
    """What is on record of a director as a member, or a nominee, of the audit committee."""
    company, committee = Company.objects.current(), Committee.objects.audit()
    if company is None or committee is None:
        raise ValidationError(_("Set up the company and its audit committee first."))
    return Dossier(committee, company.calendar, directors=[director])


def _refuse_unless_independent(determination: Determination) -> None:
    """RULE-02 to RULE-07: no line bars, and what is left to the Board was considered by it."""
    dossier = dossier_of(determination.director)
    found = dossier.findings(determination.director_id, determination.determined_on)
    if bars := barring(found):
        raise ValidationError({"kind": sentences.independence_refused(bars)})
    weighed = [finding for finding in found if finding.outcome is Outcome.JUDGMENT]
    if weighed and not determination.considered:
        reasons = " ".join(map(sentences.because, weighed))
        raise ValidationError(
            {
                "considered": _("Say what the Board considered (Item 407(a)(3)): %(reasons)s")
                % {"reasons": reasons}
            }
        )


def _refuse_an_affiliate(determination: Determination) -> None:
    """RULE-06: no finding of the Board helps whom the rule deems an affiliate."""
    dossier = dossier_of(determination.director)
    found = dossier.findings(determination.director_id, determination.determined_on)
    bars = [finding for finding in barring(found) if finding.line is Line.AFFILIATE]
    if bars:
        raise ValidationError({"kind": " ".join(map(sentences.because, bars))})


def _refuse_without_sophistication(determination: Determination) -> None:
    """RULE-08: one of the grounds, or the designation as an expert."""
    dossier = dossier_of(determination.director)
    is_expert = dossier.is_found(
        determination.director_id, Kind.EXPERT, determination.determined_on
    )
    grounds = [SophisticationGround(ground) for ground in determination.grounds]
    if not is_sophisticated(grounds, is_expert=is_expert):
        raise ValidationError(
            {"grounds": _("Say what the finding rests on (Nasdaq 5605(c)(2)(A)).")}
        )


def _refuse_unless_expert(
    determination: Determination, attributes: Sequence[ExpertAttribute]
) -> None:
    """RULE-08: five attributes, one way to have acquired them, and a listing where that is other."""
    routes = [ExpertRoute(ground) for ground in determination.grounds]
    objections = expert_objections(attributes, routes, determination.listing)
    if objections:
        missing = missing_attributes(attributes)
        raise ValidationError({"kind": sentences.expert_refused(objections, missing)})


def _grant_exception(determination: Determination, ends_on: date | None) -> None:
    """RULE-13: Test A alone, one member, not the chair, two years at most, reasons given."""
    director, day = determination.director_id, determination.determined_on
    dossier = dossier_of(determination.director)
    objections = exception_objections(
        dossier.facts(director, day),
        dossier.findings(director, day),
        day,
        dossier.position(director, day),
    )
    if objections:
        raise ValidationError({"kind": sentences.exception_refused(objections)})
    if not determination.considered:
        raise ValidationError(
            {"considered": _("Give the relationship and the Board's reasons (Item 407(d)(2)).")}
        )
    granted = dossier.exceptions(director, day)
    latest = last_day(day, figures.exception_years_on(day), granted)
    if latest < day:
        raise ValidationError({"kind": sentences.exception_used_up(latest)})
    if ends_on is not None and not day <= ends_on <= latest:
        raise ValidationError({"ends_on": _exception_ends_by(latest, is_again=bool(granted))})
    determination.ends_on = ends_on or latest


def _exception_ends_by(latest: date, *, is_again: bool) -> str:
    if is_again:
        return _(
            "The exception lasts two years at most, counted from when it was first granted. "
            "Enter a date up to %(day)s."
        ) % {"day": long_day(latest)}
    return _("The exception lasts two years at most.")
