"""The parts of a long list: `{% parts as all_parts %}`."""

from typing import Any

from django import template
from django.template import Context

from records.folds import Fold

register = template.Library()


@register.simple_tag(takes_context=True)
def parts(context: Context) -> list[Fold[Any]]:
    """The rows that are open, and after them those that are folded, where the page folds any."""
    folds: list[Fold[Any]] = context.get("folds") or []
    return [Fold("", context["rows"]), *folds]
