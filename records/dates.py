"""Days in words, in the order of the company's locale. Never 08/04."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import lru_cache
from itertools import groupby

from django.utils import translation
from django.utils.formats import date_format, time_format
from django.utils.text import get_text_list
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from records.models import Company


@lru_cache(maxsize=4_096)
def _written(day: date, form: str, language: str | None) -> str:
    """A day in the language in use. A page writes the same few hundred days over and over."""
    return date_format(day, form)


def long_day(day: date) -> str:
    """August 4, 2026."""
    return _written(day, "DATE_FORMAT", get_language())


def short_day(day: date) -> str:
    """Aug 4, 2026: for tables and margins."""
    return _written(day, "SHORT_DATE_FORMAT", get_language())


@lru_cache(maxsize=4_096)
def _unbroken(day: date, language: str | None) -> str:
    return short_day(day).replace(" ", "\N{NO-BREAK SPACE}")


def unbroken_day(day: date) -> str:
    """The same, not broken between month and day."""
    return _unbroken(day, get_language())


@lru_cache(maxsize=1_440)
def _hour(hour: int, minute: int, language: str | None) -> str:
    return time_format(time(hour, minute), "TIME_FORMAT")


def hour(at: datetime) -> str:
    """9:30 a.m.: the hour of an instant in its own zone."""
    return _hour(at.hour, at.minute, get_language())


def long_days(days: Iterable[date]) -> str:
    """May 5, August 4 and November 3, 2026: in order, each once, the year with its last."""
    words: list[str] = []
    for __, of_year in groupby(sorted(set(days)), key=lambda day: day.year):
        *others, last = of_year
        words += [date_format(day, "MONTH_DAY_FORMAT") for day in others]
        words.append(long_day(last))
    return get_text_list(words, _("and"))


def weekday(day: date) -> str:
    """Tuesday, August 4, 2026."""
    return f"{_written(day, 'l', get_language())}, {long_day(day)}"


@contextmanager
def written_for(company: Company | None) -> Iterator[None]:
    """Write days as the company does, in a command, a task or a PDF."""
    with translation.override(company.locale if company else None):
        yield
