"""An exception as a line of a list, of a page or of a report."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from committees.enums import Layer
from committees.reports.charter import DatedEntry, evidence_entries
from committees.standing import Docket, PortalException, subject_of


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


def past_exception(docket: Docket, key: str) -> PortalException | None:
    """An exception that was settled once and that the record does not show any more."""
    settled = docket.committee.dispositions.of(key).last()
    if settled is None:
        return None
    duty = next((duty for duty in docket.duties if subject_of(duty) == settled.subject), None)
    return PortalException(
        rule=settled.rule,
        subject=settled.subject,
        period=settled.period,
        title=duty.title if duty else _("An exception that was settled"),
        because=_("What was entered since serves it: the record shows no exception any more."),
        layer=Layer(duty.layer) if duty else Layer.CHARTER,
        on=settled.decided_on,
        clause=docket.clause_of.get(duty.pk) if duty else None,
        duty=duty,
        disposition=settled,
    )
