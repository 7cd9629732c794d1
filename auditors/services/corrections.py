"""Dates that were entered in error: put right with a reason, and what stood there stays on record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from auditors.models import AnnualReview, DateCorrection, Discussion, Engagement, Letter
from auditors.services.checks import checked, refuse_ahead, refuse_blank
from records import ledger
from records.acts import act
from records.facts import Fact, recorded
from records.ledger import Action, Actor
from records.models.bases import Recorded

R = TypeVar("R", bound=Recorded)

LETTER_CORRECTED = ledger.action("letter.corrected", lazy("corrected a date of %(record)s"))
ENGAGEMENT_CORRECTED = ledger.action(
    "engagement.corrected", lazy("corrected a date of the engagement %(record)s")
)
ANNUAL_REVIEW_CORRECTED = ledger.action(
    "annual_review.corrected",
    lazy("corrected a date in the review of the statements of %(record)s"),
)

Dates = Mapping[str, date | None]
# A record, what a correction calls it, and its dates that differ.
Change = tuple[Recorded, str, dict[str, date | None]]


@act
def correct_letter(
    letter: Letter,
    *,
    dates: Dates,
    reason: str,
    by: Actor,
    at: datetime,
    discussed: Mapping[int, date] | None = None,
) -> Letter:
    """Correct the dates of a paper, and those of its discussions by their keys."""
    letter = _locked(letter)
    held = {each: (discussed or {}).get(each.pk, each.held_on) for each in _discussions(letter)}
    changes: list[Change] = [(letter, "letter", _changed(letter, dates, at))]
    changes += [
        (each, "discussion", _changed(each, {"held_on": day}, at, field=f"held_on_{each.pk}"))
        for each, day in held.items()
    ]
    _refuse_out_of_order(letter, dates.get("dated") or letter.dated, dates, held)
    _put_right(changes, LETTER_CORRECTED, letter, reason=reason, by=by, at=at)
    return letter


@act
def correct_engagement(
    engagement: Engagement, *, dates: Dates, reason: str, by: Actor, at: datetime
) -> Engagement:
    """Correct dates that were added to an engagement. An empty one was entered in error."""
    engagement = _locked(engagement)
    ended_on = dates.get("ended_on")
    if ended_on and ended_on < engagement.appointed_on:
        raise ValidationError({"ended_on": _("The firm was appointed after this date.")})
    changes: list[Change] = [(engagement, "engagement", _changed(engagement, dates, at))]
    _put_right(changes, ENGAGEMENT_CORRECTED, engagement, reason=reason, by=by, at=at)
    return engagement


@act
def correct_review(
    review: AnnualReview, *, dates: Dates, reason: str, by: Actor, at: datetime
) -> AnnualReview:
    """Correct dates of a year's review. An empty one was entered in error. A committee report that
    was issued stays as it was issued."""
    review = _locked(review)
    changes: list[Change] = [(review, "review", _changed(review, dates, at))]
    _put_right(changes, ANNUAL_REVIEW_CORRECTED, review, reason=reason, by=by, at=at)
    return review


def _locked(row: R) -> R:
    locked: R = type(row)._default_manager.select_for_update().get(pk=row.pk)  # type: ignore[assignment]
    return locked


def _discussions(letter: Letter) -> list[Discussion]:
    return list(letter.discussions.select_for_update())


def _changed(
    row: Recorded, dates: Dates, at: datetime, *, field: str = ""
) -> dict[str, date | None]:
    """The dates that differ from those on record. `field` is the form's name of the one date."""
    found = {name: day for name, day in dates.items() if day != getattr(row, name)}
    for name, day in found.items():
        if getattr(row, name) is None:
            raise ValidationError({field or name: _("This date is not on record. Add it instead.")})
        if day is None and not row._meta.get_field(name).null:
            raise ValidationError({field or name: _("Fill in this field.")})
        refuse_ahead(field or name, day, at)
    return found


def _refuse_out_of_order(
    letter: Letter, dated: date, dates: Dates, held: Mapping[Discussion, date]
) -> None:
    """A paper is dated before it is received, discussed and decided on."""
    if (dates.get("received_on") or letter.received_on) < dated:
        raise ValidationError({"received_on": _("The letter is dated after this date.")})
    for each, day in held.items():
        if day < dated:
            raise ValidationError({f"held_on_{each.pk}": _("The letter is dated after this date.")})
    if letter.exceptions.filter(decision__decided_on__lt=dated).exists():
        raise ValidationError({"dated": _("An excepted item was decided on before this date.")})


def _put_right(
    changes: Iterable[Change],
    action: Action,
    subject: Recorded,
    *,
    reason: str,
    by: Actor,
    at: datetime,
) -> None:
    reason = refuse_blank("reason", reason)
    given = [change for change in changes if change[2]]
    if not given:
        raise ValidationError(_("Nothing is different from what is on record."))
    for row, about, dates in given:
        for name, day in dates.items():
            before = getattr(row, name)
            entry = DateCorrection(
                field=name, before=before, after=day, reason=reason, **recorded(by, at)
            )
            setattr(entry, about, row)
            checked(entry)
            facts: dict[str, Fact] = {about: row, name: day, "before": before}
            said = ledger.digest(entry.reason, entry.salt)
            ledger.record(action, subject=subject, by=by, at=at, **facts, reason=said)
        row.correct(**dates, **_with(dates))


def _with(dates: Dates) -> dict[str, str]:
    """The name of who confirmed final changes is removed with the date."""
    is_removed = "brought_down_on" in dates and dates["brought_down_on"] is None
    return {"brought_down_by": ""} if is_removed else {}
