"""Corrected dates, as entries of a page's history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from auditors.models import DateCorrection
from charters.answers import DatedEntry
from records.clock import day_of
from records.dates import long_day
from records.models.bases import Recorded

if TYPE_CHECKING:
    from records.models import Company


# In the order of the pages.
OF_LETTER = ("dated", "received_on")
OF_ENGAGEMENT = ("evaluated_on", "letter_dated", "work_from", "report_dated", "ended_on")
OF_REVIEW = ("reviewed_on", "discussed_on", "recommended_on", "brought_down_on", "filed_on")
# With an engagement letter goes its date, with an end how it ended.
NEEDED = frozenset({"letter_dated", "ended_on"})


@dataclass(frozen=True)
class Standing:
    """A date on record, by its field. One that is not needed can be removed."""

    name: str
    label: str
    on: date
    is_needed: bool


def standing(row: Recorded | None, names: Sequence[str]) -> Iterator[Standing]:
    """The dates of a record that can be corrected: those on record."""
    for name in names:
        if row is not None and (day := getattr(row, name)):
            field = row._meta.get_field(name)
            is_needed = not field.null or name in NEEDED
            yield Standing(name, capfirst(str(field.verbose_name)), day, is_needed)  # type: ignore[union-attr]


def entries(rows: Iterable[DateCorrection], company: Company | None) -> list[DatedEntry]:
    """The newest first, by the dates on which they were recorded."""
    found = [
        DatedEntry(day_of(row.recorded_at, company), corrected_words(row), detail=row.reason)
        for row in rows
    ]
    return found[::-1]


def corrected_words(row: DateCorrection) -> str:
    """Received on: corrected from May 4, 2026 to May 5, 2026."""
    said = {"what": capfirst(str(row)), "before": long_day(row.before)}
    if row.after is None:
        return _("%(what)s: %(before)s was removed.") % said
    return _("%(what)s: corrected from %(before)s to %(after)s.") % (
        said | {"after": long_day(row.after)}
    )
