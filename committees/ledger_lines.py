"""How the acts of this app read in the ledger, and who may see what they were done to."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _now

from accounts.models import User
from accounts.withheld import unless_withheld
from charters.ledger_lines import quoted, reads_standings
from committees.models import (
    Association,
    AuditorTie,
    BusinessPayment,
    ChairTerm,
    CompanyPayment,
    Employment,
    Interlock,
    LetterStep,
    LossOfIndependence,
    Membership,
    Preparation,
    PublicSeats,
    Questionnaire,
    RegulatorLetter,
    RelatedPartyTransaction,
    Shareholding,
    TransactionReview,
)
from committees.permissions import engagements_open_to
from records.ledger_words import SUBJECTS, Subject

OF_DIRECTORS: tuple[type[Any], ...] = (
    Association,
    AuditorTie,
    CompanyPayment,
    Employment,
    LossOfIndependence,
    Preparation,
    PublicSeats,
    Questionnaire,
    Shareholding,
)
OF_ORGANIZATIONS: tuple[type[Any], ...] = (BusinessPayment, Interlock)


def seat(membership: Membership) -> str:
    said = {"director": membership.director, "committee": membership.committee}
    return _now("%(director)s on the %(committee)s") % said


def chair(term: ChairTerm) -> str:
    return str(term.membership.director)


def facts(model: type[Any]) -> Callable[[User], QuerySet[Any]]:
    """Whoever may see a fact may see what was done to it."""
    return lambda user: model.objects.visible_to(user)


def knows_relationships(user: User) -> bool:
    return user.has_perm("committees.view_relationship")


def of_record(model: type[Any], field: str = "pk") -> Callable[[User], bool | QuerySet[Any]]:
    """A record that an agenda item can come from, and what belongs to it."""
    return unless_withheld(model, reads_standings, field)


def letter_of(step: LetterStep) -> str:
    return quoted(step.letter)


def transaction_of(review: TransactionReview) -> str:
    return str(review.transaction)


SUBJECTS.add_all(
    Subject("committees.*", reads_standings),
    Subject("committees.Director", title=str),
    Subject("committees.Membership", title=seat, related=("director", "committee")),
    Subject("committees.ChairTerm", title=chair, related=("membership__director",)),
    Subject("committees.Officer", title=str),
    Subject("committees.Listing", title=str, related=("committee",)),
    Subject("committees.Filing", title=str, related=("committee",)),
    Subject("committees.Organization", knows_relationships, title=str),
    Subject("committees.Determination", title=str, related=("director",)),
    Subject("committees.Review", title=str),
    Subject("committees.Posting", title=str),
    Subject("committees.AdviserEngagement", engagements_open_to, title=str),
    Subject("committees.FundingDetermination", title=str),
    Subject("committees.FundingObjection", title=str, related=("determination",)),
    Subject("committees.RelatedPartyTransaction", of_record(RelatedPartyTransaction), title=str),
    Subject(
        "committees.TransactionReview",
        of_record(TransactionReview, "transaction"),
        title=transaction_of,
        related=("transaction",),
    ),
    Subject("committees.TotalAssets", title=str),
    Subject("committees.RegulatorLetter", of_record(RegulatorLetter), title=quoted),
    Subject(
        "committees.LetterStep",
        of_record(LetterStep, "letter"),
        title=letter_of,
        related=("letter",),
    ),
)
for model in OF_DIRECTORS:
    SUBJECTS.add(Subject(model._meta.label, facts(model), title=str, related=("director",)))
for model in OF_ORGANIZATIONS:
    SUBJECTS.add(Subject(model._meta.label, facts(model), title=str, related=("organization",)))
