"""Decisions of the Board, its committees and the stockholders: recorded once, then only read."""

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.enums import Role
from accounts.models import User
from charters.documents import DECISION
from charters.enums import HowDecided
from charters.models import Committee, Decision
from charters.services.uploads import Upload, filed, refuse_other_kind
from records import ledger
from records.acts import act
from records.clock import day_of
from records.facts import Actor, recorded
from records.models import Document

DECISION_RECORDED = ledger.action("decision.recorded", lazy("recorded the decision: %(record)s"))
DECISION_RESTRICTED = ledger.action(
    "decision.restricted", lazy("restricted the decision from an account: %(record)s")
)


@act
def record_decision(
    body: Committee | None,
    *,
    decided_on: date,
    how: HowDecided,
    text: str,
    by: Actor,
    at: datetime,
    number: str = "",
    document: Document | None = None,
    upload: Upload | None = None,
    restricted_roles: Collection[Role] = (),
    restricted_people: Collection[int] = (),
) -> Decision:
    """Record what a body decided; without a body, the stockholders.

    `number` is the one the minutes give it. A restriction counts since the date of the decision.
    """
    decision = Decision(
        body=body,
        decided_on=decided_on,
        how=how,
        number=number.strip(),
        text=text.strip(),
        restricted_roles=frozenset(restricted_roles),
        restricted_people=frozenset(restricted_people),
        restricted_since=decided_on,
        **recorded(by, at),
    )
    _check(decision, by, at)
    refuse_other_kind(document, DECISION)
    title = str(decision)
    decision.document = filed(upload, kind=DECISION, title=title, by=by, at=at) or document
    _save(decision)
    ledger.record(
        DECISION_RECORDED,
        subject=decision,
        by=by,
        at=at,
        body=body,
        decided_on=decided_on,
        how=how,
        number=ledger.digest(f"number:{decision.number}", decision.salt),
        text=ledger.digest(f"text:{decision.text}", decision.salt),
        document=decision.document,
        **decision.restriction_facts,
    )
    return decision


@act
def restrict_decision(decision: Decision, *, user: User, by: Actor, at: datetime) -> Decision:
    """Restrict a decision from one more account: of somebody who was recused from it."""
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    decision.restricted_people = decision.restricted_people | {user.pk}
    # What was decided is immutable; from whom it is restricted only grows.
    rows: models.QuerySet[Decision] = models.QuerySet(Decision).filter(pk=decision.pk)
    rows.update(restricted_people=decision.restricted_people)
    ledger.record(DECISION_RESTRICTED, subject=decision, by=by, at=at, user=user)
    return decision


def _check(decision: Decision, by: Actor, at: datetime) -> None:
    """Refuse what cannot have been decided so, and what the recorder could not read."""
    if decision.decided_on > day_of(at):
        raise ValidationError(
            {"decided_on": _("This date is in the future. Record the decision once it is made.")}
        )
    if decision.how == HowDecided.ANNUAL_MEETING and decision.body is not None:
        raise ValidationError(
            {"how": _("Only stockholders hold an annual meeting. Choose “Meeting”.")}
        )
    if not decision.text:
        raise ValidationError({"text": _("Enter what was decided.")})
    if not decision.number and _is_on_record(decision):
        raise ValidationError(
            _("This decision is already on record for that date. If there were two, number them.")
        )
    if isinstance(by, User) and decision.restriction.bars(by, on=day_of(at)):
        raise ValidationError(
            {
                "restricted_roles": _(
                    "You have or had a management role, so this restriction would apply to "
                    "you. Ask another secretary to record the decision."
                )
            }
        )


def _is_on_record(decision: Decision) -> bool:
    compared = (
        "body",
        "decided_on",
        "how",
        "number",
        "text",
        "restricted_roles",
        "restricted_people",
    )
    return Decision.objects.filter(**{name: getattr(decision, name) for name in compared}).exists()


def _save(decision: Decision) -> None:
    try:
        with transaction.atomic():
            decision.save()
    except IntegrityError as taken:
        raise ValidationError(
            {"number": _("A decision with this number is already on record for that date.")}
        ) from taken
