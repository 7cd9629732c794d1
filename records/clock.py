"""The company's clock. Read in views, tasks and commands only; rules are told the time."""

from datetime import date, datetime

from django.utils import timezone

from records.models import Company


def now() -> datetime:
    return timezone.now()


def day_of(at: datetime, company: Company | None = None) -> date:
    """The legal day of an instant: the day in the company's time zone.

    Before there is a company it is the day in the zone that one is set up with: a role that begins
    then, late in the day, is held when the company comes into being.
    """
    company = company or Company.objects.current() or Company()
    return at.astimezone(company.zone).date()


def today(company: Company | None = None) -> date:
    return day_of(now(), company)
