"""Long lists, the newest row first: the newest are open, and the earlier ones are folded by year."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

R = TypeVar("R")
# So many rows of a list are open at once.
NEWEST = 10


@dataclass(frozen=True)
class Fold(Generic[R]):
    """Rows of a list. `words` head those that are folded; they are empty for the rows that are not."""

    words: str
    rows: Sequence[R]


def folded(rows: Sequence[R], day_of: Callable[[R], date]) -> tuple[Sequence[R], list[Fold[R]]]:
    """The newest rows, and a fold for each year of the others."""
    newest, others = rows[:NEWEST], rows[NEWEST:]
    last = day_of(newest[-1]).year if newest else 0
    folds = []
    for year, group in groupby(others, key=lambda row: day_of(row).year):
        mine = list(group)
        words = _("Earlier in %(year)s: %(count)s") if year == last else _("%(year)s: %(count)s")
        folds.append(Fold(words % {"year": year, "count": len(mine)}, mine))
    return newest, folds
