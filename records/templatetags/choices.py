"""Choices of a form, for templates."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def any_chosen(options: Iterable[Mapping[str, Any]]) -> bool:
    """Whether one of the options of a group is chosen."""
    return any(option["selected"] for option in options)
