"""What the auditor gave: received, discussed, decided on (R-1f, R-1g, R-1h, R-2, R-3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from auditors import documents
from auditors.enums import LetterKind
from auditors.models import (
    Discussion,
    ExceptionDecision,
    Firm,
    Letter,
    LetterException,
    ServiceRequest,
)
from auditors.rules.communications import ITEMS
from auditors.services.checks import (
    checked,
    refuse_ahead,
    refuse_blank,
    refuse_kind,
    refuse_no_year_end,
)
from charters.models import Decision
from records import ledger
from records.acts import act
from records.facts import recorded
from records.ledger import Actor
from records.models import Document

LETTER_RECEIVED = ledger.action("letter.received", lazy("recorded the receipt of %(record)s"))
LETTER_DISCUSSED = ledger.action("letter.discussed", lazy("recorded the discussion of %(record)s"))
EXCEPTION_DECIDED = ledger.action(
    "exception.decided", lazy("recorded a decision on an item in %(record)s")
)


@act
def receive(
    firm: Firm,
    *,
    kind: LetterKind,
    dated: date,
    received_on: date,
    serves: date,
    by: Actor,
    at: datetime,
    document: Document | None = None,
    item: str = "",
    in_writing: bool = True,
    came_first: bool = False,
    exceptions: Sequence[str] = (),
    describes: Sequence[ServiceRequest] = (),
) -> Letter:
    """Record a paper that a firm gave, for a fiscal year named by its last date.

    An independence letter lists what it excepts; each item then needs a decision. A description
    names the requests that it describes.
    """
    refuse_ahead("dated", dated, at)
    refuse_ahead("received_on", received_on, at)
    if received_on < dated:
        raise ValidationError({"received_on": _("The letter is dated after this date.")})
    refuse_no_year_end("serves", serves)
    refuse_kind("document", document, documents.LETTER)
    if item and item not in ITEMS:
        raise ValidationError({"item": _("Choose an item of the checklist.")})
    if exceptions and kind != LetterKind.INDEPENDENCE:
        raise ValidationError({"exceptions": _("Only an independence letter excepts items.")})
    _refuse_described(kind, describes, firm)
    letter = Letter(
        firm=firm,
        kind=kind,
        item=item,
        dated=dated,
        received_on=received_on,
        serves=serves,
        in_writing=in_writing,
        came_first=came_first,
        document=document,
        **recorded(by, at),
    )
    checked(letter)
    letter.describes.set(describes)
    for label in exceptions:
        label = refuse_blank("exceptions", label)
        checked(LetterException(letter=letter, label=label, **recorded(by, at)))
    ledger.record(
        LETTER_RECEIVED,
        subject=letter,
        by=by,
        at=at,
        firm=firm,
        kind=kind,
        dated=dated,
        received_on=received_on,
        serves=serves,
        document=document,
        exceptions=len(exceptions),
        describes=[each.pk for each in describes],
    )
    return letter


def _refuse_described(kind: LetterKind, requests: Sequence[ServiceRequest], firm: Firm) -> None:
    """A description names requests of its own firm; no other paper names any."""
    is_description = kind == LetterKind.DESCRIPTION
    if is_description and not requests:
        raise ValidationError({"describes": _("Choose the requests that it describes.")})
    if requests and not is_description:
        raise ValidationError({"describes": _("Only a description of a service names requests.")})
    if any(request.firm_id != firm.pk for request in requests):
        raise ValidationError({"describes": _("Choose requests of the firm that gave the paper.")})


@act
def discuss(letter: Letter, *, held_on: date, by: Actor, at: datetime) -> Discussion:
    """Record that the committee discussed a letter, or reviewed a report or a plan."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    refuse_ahead("held_on", held_on, at)
    if held_on < letter.dated:
        raise ValidationError({"held_on": _("The letter is dated after this date.")})
    discussion = Discussion(letter=letter, held_on=held_on, **recorded(by, at))
    checked(discussion)
    ledger.record(LETTER_DISCUSSED, subject=letter, by=by, at=at, held_on=held_on)
    return discussion


@act
def decide_exception(
    exception: LetterException,
    *,
    decided_on: date,
    text: str,
    by: Actor,
    at: datetime,
    decision: Decision | None = None,
) -> ExceptionDecision:
    """Record what the committee decided on an excepted item (R-1h)."""
    exception = LetterException.objects.select_for_update().get(pk=exception.pk)
    refuse_ahead("decided_on", decided_on, at)
    if decided_on < exception.letter.dated:
        raise ValidationError({"decided_on": _("The letter is dated after this date.")})
    decided = ExceptionDecision(
        exception=exception,
        decided_on=decided_on,
        text=refuse_blank("text", text),
        decision=decision,
        **recorded(by, at),
    )
    checked(decided)
    ledger.record(
        EXCEPTION_DECIDED,
        subject=exception.letter,
        by=by,
        at=at,
        exception=exception,
        decided_on=decided_on,
        text=ledger.digest(decided.text, decided.salt),
        decision=decision,
    )
    return decided
