"""Facts about directors: entered, corrected and withdrawn, each with its source."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.services.uploads import Upload, filed
from committees.documents import QUESTIONNAIRE
from committees.enums import Tie
from committees.models import (
    BusinessPayment,
    Director,
    Fact,
    Interlock,
    Organization,
    Questionnaire,
)
from committees.services.entries import corrected, put, refuse_twice, text_digests, withdrawn
from records import ledger
from records.acts import act
from records.ledger import Actor

QUESTIONNAIRE_RECORDED = ledger.action(
    "questionnaire.recorded", lazy("recorded the questionnaire of %(record)s")
)
QUESTIONNAIRE_WITHDRAWN = ledger.action(
    "questionnaire.withdrawn", lazy("withdrew the questionnaire of %(record)s")
)
FACT_ENTERED = ledger.action("fact.entered", lazy("entered a fact on independence: %(record)s"))
FACT_CORRECTED = ledger.action(
    "fact.corrected", lazy("corrected a fact on independence: %(record)s")
)
FACT_WITHDRAWN = ledger.action(
    "fact.withdrawn", lazy("withdrew a fact on independence: %(record)s")
)
ORGANIZATION_ADDED = ledger.action("organization.added", lazy("added the organization %(record)s"))
ORGANIZATION_CHANGED = ledger.action(
    "organization.changed", lazy("changed what is known of the organization %(record)s")
)

AnyFact = Fact | BusinessPayment | Interlock


@act
def record_questionnaire(
    director: Director, *, signed_on: date, by: Actor, at: datetime, form: Upload | None = None
) -> Questionnaire:
    """Record that a director signed counsel's questionnaire, with the signed form."""
    director = Director.objects.select_for_update().get(pk=director.pk)
    if director.questionnaires.standing().filter(signed_on=signed_on).exists():
        raise ValidationError({"signed_on": _("A questionnaire of this date is on record.")})
    title = _("Questionnaire of %(director)s") % {"director": director}
    document = filed(form, kind=QUESTIONNAIRE, title=title, by=by, at=at)
    questionnaire = Questionnaire(director=director, signed_on=signed_on, document=document)
    return put(
        questionnaire,
        QUESTIONNAIRE_RECORDED,
        by=by,
        at=at,
        director=director,
        signed_on=signed_on,
        document=document,
    )


@act
def withdraw_questionnaire(
    questionnaire: Questionnaire, *, reason: str, by: Actor, at: datetime
) -> Questionnaire:
    """Withdraw a questionnaire that was recorded in error; facts transcribed from it stay."""
    return withdrawn(questionnaire, QUESTIONNAIRE_WITHDRAWN, reason=reason, by=by, at=at)


@act
def enter_fact(fact: AnyFact, *, by: Actor, at: datetime) -> AnyFact:
    """Enter a fact that independence turns on; the record itself is given, not yet saved."""
    _refuse_foreign_source(fact)
    refuse_twice(fact)
    return put(fact, FACT_ENTERED, by=by, at=at, **_source(fact))


@act
def correct_fact(fact: AnyFact, later: AnyFact, *, by: Actor, at: datetime) -> AnyFact:
    """Correct a fact by a later entry; the first one stays on record."""
    _refuse_foreign_source(later)
    return corrected(fact, later, FACT_CORRECTED, by=by, at=at, **_source(later))


@act
def withdraw_fact(fact: AnyFact, *, reason: str, by: Actor, at: datetime) -> AnyFact:
    """Withdraw a fact that was entered in error."""
    return withdrawn(fact, FACT_WITHDRAWN, reason=reason, by=by, at=at)


def _source(fact: AnyFact) -> dict[str, Questionnaire | None]:
    return {"questionnaire": fact.questionnaire} if isinstance(fact, Fact) else {}


def _refuse_foreign_source(fact: AnyFact) -> None:
    source = fact.questionnaire if isinstance(fact, Fact) else None
    if isinstance(fact, Fact) and source and source.director_id != fact.director_id:
        raise ValidationError(
            {"questionnaire": _("This questionnaire is another director's. Choose the right one.")}
        )


@act
def add_organization(
    *, name: str, by: Actor, at: datetime, gives_advice: bool = False, tie: Tie = Tie.NONE
) -> Organization:
    """Put another organization on record, by the name under which it is entered from here on."""
    organization = Organization(name=" ".join(name.split()), gives_advice=gives_advice, tie=tie)
    organization.full_clean()
    organization.save()
    ledger.record(
        ORGANIZATION_ADDED,
        subject=organization,
        by=by,
        at=at,
        gives_advice=gives_advice,
        tie=tie,
        **text_digests(organization, "name"),
    )
    return organization


@act
def change_organization(
    organization: Organization, *, gives_advice: bool, tie: Tie, by: Actor, at: datetime
) -> Organization:
    """Record what an organization does, or how it stands to the company's stock, as it is now."""
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    before = (organization.gives_advice, Tie(organization.tie))
    if before == (gives_advice, tie):
        raise ValidationError(_("Nothing is different from what is on record."))
    organization.gives_advice, organization.tie = gives_advice, tie
    organization.save(update_fields=["gives_advice", "tie"])
    ledger.record(
        ORGANIZATION_CHANGED,
        subject=organization,
        by=by,
        at=at,
        gives_advice=[before[0], gives_advice],
        tie=[before[1], tie],
    )
    return organization
