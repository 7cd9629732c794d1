"""Days in words, for templates."""

from datetime import date

from django import template

from records import dates

register = template.Library()


@register.filter(expects_localtime=True)
def long_day(day: date | None) -> str:
    return dates.long_day(day) if day else ""


@register.filter(expects_localtime=True)
def short_day(day: date | None) -> str:
    """For margins and tables: it does not break between month and day."""
    return dates.unbroken_day(day) if day else ""


@register.filter(expects_localtime=True)
def weekday(day: date | None) -> str:
    return dates.weekday(day) if day else ""
