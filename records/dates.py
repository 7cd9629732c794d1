"""Days in words, in the order of the company's locale. Never 08/04."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.utils import translation
from django.utils.formats import date_format

from records.models import Company


def long_day(day: date) -> str:
    """August 4, 2026."""
    return date_format(day, "DATE_FORMAT")


def short_day(day: date) -> str:
    """Aug 4, 2026: for tables and margins."""
    return date_format(day, "SHORT_DATE_FORMAT")


def weekday(day: date) -> str:
    """Tuesday, August 4, 2026."""
    return f"{date_format(day, 'l')}, {long_day(day)}"


@contextmanager
def written_for(company: Company | None) -> Iterator[None]:
    """Write days as the company does, in a command, a task or a PDF."""
    with translation.override(company.locale if company else None):
        yield
