"""What every service of this app refuses, and how its refusals read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from auditors.enums import Beneficiary
from auditors.rules.reasons import Reason
from auditors.sentences import sentence
from committees.models import Director
from records.clock import day_of
from records.document_kinds import DocumentKind
from records.models import Company, Document
from records.models.bases import Recorded


def refuse_ahead(field: str, day: date | None, at: datetime) -> None:
    if day is not None and day > day_of(at):
        raise ValidationError({field: _("This date is in the future.")})


def refuse_blank(field: str, text: str) -> str:
    """The text without surrounding blanks; refused where nothing is left."""
    if not text.strip():
        raise ValidationError({field: _("Fill in this field.")})
    return text.strip()


def refuse(reasons: Iterable[Reason], field: str | None = None) -> None:
    """Refuse with each reason as a sentence, beside the field it is about."""
    sentences = [sentence(each) for each in reasons]
    if sentences:
        raise ValidationError({field: sentences} if field else sentences)


def refuse_kind(field: str, document: Document | None, kind: DocumentKind) -> None:
    """A document of another kind has readers of its own."""
    if document is not None and document.kind != kind.name:
        raise ValidationError({field: _("This document was filed for another purpose.")})


def refuse_no_year_end(field: str, day: date) -> None:
    """A fiscal year is named by its last date."""
    company = Company.objects.current()
    if company is not None and company.calendar.year_of(day).last != day:
        raise ValidationError({field: _("This is not the last date of a fiscal year.")})


def objection_to_director(beneficiary: Beneficiary, director: Director | None) -> str:
    """Why work names no director or the wrong one: whoever it is done for does not decide on it."""
    if beneficiary == Beneficiary.BOARD_ONLY and director is None:
        return _("Choose the director for whom it is done.")
    if beneficiary == Beneficiary.COMPANY and director is not None:
        return _("The work is for the company. Choose None, or change for whom it is done.")
    return ""


def checked(row: Model) -> None:
    """Save a new row once its fields and constraints hold."""
    row.full_clean()
    row.save()


def gain(row: Recorded, **values: Any) -> None:
    """Add facts that were not known when the row was recorded; each once."""
    for name, value in values.items():
        if getattr(row, name):
            raise ValidationError({name: _("This is on record already.")})
        setattr(row, name, value)
    row.full_clean()
    row.save(update_fields=sorted(values))
