"""Contradictions in what the auditor told the committee on a year's audit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from auditors.reports.cycle import Cycle, cycles
from auditors.sentences import sentence
from charters.answers import OpenItem
from charters.enums import Layer
from records.calendar import DAY

if TYPE_CHECKING:
    from auditors.rules.communications import ItemRuling
    from charters.docket import AsOf
    from charters.registry import Asked


def communications_late(as_of: AsOf, asked: Asked = None) -> Iterator[OpenItem]:
    """Required communications given after the date they had to precede, orally, or not at all."""
    for cycle in cycles(as_of.day, as_of.settings.records_begin):
        for ruled in cycle.checklist:
            if ruled.is_open_item:
                yield _open_item(cycle, ruled)


def _open_item(cycle: Cycle, ruled: ItemRuling) -> OpenItem:
    letter, year = cycle.given.get(ruled.item.key), cycle.year_ends_on.isoformat()
    missed = (ruled.deadline or cycle.year_ends_on) + DAY
    return OpenItem(
        subject=f"communication-{letter.pk if letter else ruled.item.key}",
        period=year,
        title=ruled.item.title,
        because=" ".join(sentence(each) for each in ruled.reasons),
        layer=Layer.LAW,
        on=letter.dated if letter else missed,
        url=letter.get_absolute_url() if letter else reverse("audit_year", args=[year]),
    )
