"""The time now, and the company's date. Read in views, tasks and commands only; rules are told the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from records.models import Company

_zone: ContextVar[ZoneInfo | None] = ContextVar("company_zone", default=None)


def now() -> datetime:
    return timezone.now()


def day_of(at: datetime, company: Company | None = None) -> date:
    """The legal day of an instant: the day in the company's time zone.

    Before there is a company it is the day in the zone that one is set up with: a role that begins
    then, late in the day, is held when the company comes into being.
    """
    return at.astimezone(company.zone if company else zone()).date()


def zone() -> ZoneInfo:
    """The zone whose days are the legal ones."""
    return _zone.get() or (Company.objects.current() or Company()).zone


def today(company: Company | None = None) -> date:
    return day_of(now(), company)


@contextmanager
def in_zone_of(company: Company) -> Iterator[None]:
    """While it lasts (a request), the company's day is known without asking the database again."""
    token = _zone.set(company.zone)
    try:
        with timezone.override(company.zone):
            yield
    finally:
        _zone.reset(token)
