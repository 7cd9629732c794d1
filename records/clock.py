"""The company's clock. Read in views, tasks and commands only; rules are told the time."""

from datetime import date, datetime

from django.utils import timezone

from records.models import Company


def now() -> datetime:
    return timezone.now()


def day_of(at: datetime, company: Company | None = None) -> date:
    """The legal day of an instant: the day in the company's time zone."""
    company = company or Company.objects.current()
    return at.astimezone(company.zone).date() if company else at.date()


def today(company: Company | None = None) -> date:
    return day_of(now(), company)
