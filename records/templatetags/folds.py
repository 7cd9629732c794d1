"""The parts of a long list: `{% for part in rows|parted:folds %}`."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template

from records.folds import Fold

register = template.Library()


@register.filter
def parted(rows: Sequence[Any], folds: Iterable[Fold[Any]] | None) -> list[Fold[Any]]:
    """What is open, and after it what is folded."""
    return [Fold("", rows), *(folds or ())]
