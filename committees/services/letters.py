"""Letters of regulators: received, and every step after that."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.models import Committee
from charters.services.uploads import Upload, filed
from committees.documents import COMMITTEE_RECORD
from committees.enums import LetterStepKind, Regulator
from committees.models import LetterStep, RegulatorLetter
from committees.services.entries import (
    put,
    refuse_ahead,
    refuse_twice,
    text_digests,
    withdrawn,
)
from records import ledger
from records.acts import act
from records.facts import Actor, recorded

LETTER_RECEIVED = ledger.action(
    "regulator_letter.received", lazy("recorded the regulator's letter %(record)s")
)
LETTER_STEP_RECORDED = ledger.action(
    "letter_step.recorded", lazy("recorded a step on the regulator's letter %(record)s")
)
LETTER_STEP_WITHDRAWN = ledger.action(
    "letter_step.withdrawn", lazy("withdrew a step on the regulator's letter %(record)s")
)


@act
def receive_letter(
    committee: Committee,
    *,
    regulator: Regulator,
    matter: str,
    dated_on: date,
    received_on: date,
    by: Actor,
    at: datetime,
    due_on: date | None = None,
    upload: Upload | None = None,
) -> RegulatorLetter:
    """Record a letter that the company received; `due_on` is the date that the letter names."""
    refuse_ahead("received_on", received_on, at)
    letter = RegulatorLetter(
        committee=committee,
        regulator=regulator,
        matter=matter.strip(),
        dated_on=dated_on,
        received_on=received_on,
        due_on=due_on,
        **recorded(by, at),
    )
    letter.full_clean(exclude=["recorded_by"])
    letter.document = filed(upload, kind=COMMITTEE_RECORD, title=letter.matter, by=by, at=at)
    letter.save()
    ledger.record(
        LETTER_RECEIVED,
        subject=letter,
        by=by,
        at=at,
        regulator=regulator,
        dated_on=dated_on,
        received_on=received_on,
        due_on=due_on,
        document=letter.document,
        **text_digests(letter, "matter"),
    )
    return letter


@act
def record_letter_step(
    letter: RegulatorLetter,
    kind: LetterStepKind,
    *,
    on: date,
    by: Actor,
    at: datetime,
    due_on: date | None = None,
    note: str = "",
    upload: Upload | None = None,
) -> LetterStep:
    """Record that a due date was moved, the auditor consulted, the letter answered or closed."""
    letter = RegulatorLetter.objects.select_for_update().get(pk=letter.pk)
    if on < letter.received_on:
        raise ValidationError({"on": _("The letter was received after that date.")})
    step = LetterStep(letter=letter, kind=kind, on=on, due_on=due_on, note=note.strip())
    refuse_twice(step)
    step.document = filed(upload, kind=COMMITTEE_RECORD, title=letter.matter, by=by, at=at)
    return put(
        step,
        LETTER_STEP_RECORDED,
        by=by,
        at=at,
        letter=letter,
        kind=kind,
        on=on,
        due_on=due_on,
        document=step.document,
    )


@act
def withdraw_letter_step(step: LetterStep, *, reason: str, by: Actor, at: datetime) -> LetterStep:
    """Withdraw a step that was entered in error."""
    return withdrawn(step, LETTER_STEP_WITHDRAWN, reason=reason, by=by, at=at)
