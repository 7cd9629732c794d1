"""An exception as a line of a list, of a page or of a report."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from committees.reports.charter import DatedEntry, evidence_entries
from committees.standing import PortalException


@dataclass(frozen=True)
class ExceptionLine:
    key: str
    url: str
    reference: str
    title: str
    because: str
    layer: str
    on: date
    disposition: str
    reason: str
    decided_on: date | None
    duty_url: str
    late: tuple[DatedEntry, ...] = ()


def exception_line(piece: PortalException) -> ExceptionLine:
    settled = piece.disposition
    return ExceptionLine(
        key=piece.key,
        url=reverse("exception", args=[piece.key]),
        reference=piece.clause.reference if piece.clause else "",
        title=piece.title,
        because=piece.because,
        layer=str(piece.layer.label),
        on=piece.on,
        disposition=str(settled.get_kind_display()) if settled else "",
        reason=settled.reason if settled else "",
        decided_on=settled.decided_on if settled else None,
        duty_url=piece.duty.get_absolute_url() if piece.duty else "",
        late=tuple(evidence_entries(piece.late)),
    )
