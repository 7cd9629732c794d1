"""An open item as a line of a list, of a page or of a report."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _

from charters.answers import DatedEntry, OpenItem
from charters.enums import Layer
from charters.reports.charter import evidence_entries
from charters.standing import Docket, subject_of
from charters.values import ClauseRecord, ClosingRecord, DutyRecord


@dataclass(frozen=True)
class OpenItemRow:
    key: str
    url: str
    reference: str
    title: str
    because: str
    layer: str
    on: date
    closing: str
    reason: str
    decided_on: date | None
    duty_url: str
    late: tuple[DatedEntry, ...] = ()


@lru_cache(maxsize=4_096)
def _address(key: str, prefix: str) -> str:
    """The page of an open item under the prefix in use. A list asks for the same hundred each time."""
    return reverse("open_item", args=[key])


def open_item_row(piece: OpenItem) -> OpenItemRow:
    closed = piece.closing
    return OpenItemRow(
        key=piece.key,
        url=_address(piece.key, get_script_prefix()),
        reference=piece.clause.reference if piece.clause else "",
        title=piece.title,
        because=piece.because,
        layer=str(piece.layer.label),
        on=piece.on,
        closing=str(closed.kind.label) if closed else "",
        reason=closed.reason if closed else "",
        decided_on=closed.decided_on if closed else None,
        duty_url=piece.duty.get_absolute_url() if piece.duty else "",
        late=tuple(evidence_entries(piece.late)),
    )


def past_open_item(docket: Docket, key: str) -> OpenItem | None:
    """An open item that was closed once and that the record does not show any more."""
    closed = docket.committee.closings.of(key).filter(decided_on__lte=docket.day).last()
    if closed is None or docket.withholds(key):
        return None
    about = (each for each in docket.duties if subject_of(each) == closed.subject)
    duty = next(map(DutyRecord.of, about), None)
    clause = docket.clause_of.get(duty.pk) if duty else None
    return OpenItem(
        rule=closed.rule,
        subject=closed.subject,
        period=closed.period,
        title=duty.title if duty else _("Closed item"),
        because=_("A later entry resolved this item. It is no longer open."),
        layer=duty.layer if duty else Layer.CHARTER,
        on=closed.decided_on,
        clause=ClauseRecord.of(clause) if clause else None,
        duty=duty,
        closing=ClosingRecord.of(closed),
    )
