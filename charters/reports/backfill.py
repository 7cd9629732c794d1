"""The sheet of what happened before, as rows of duties with a box for each day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from charters.enums import DutyKind
from charters.forms.backfill import TICKS, PastDayForm
from charters.standing import Docket
from charters.values import DutyRecord, DutyStanding, Practice
from records.dates import short_day

# A condition is found to hold, an authority is used: neither is performed.
NOT_PERFORMED = {DutyKind.CONDITION, DutyKind.AUTHORITY}


@dataclass(frozen=True)
class Box:
    """A box of the sheet: was this duty performed on that day."""

    name: str
    value: int
    label: str
    is_ticked: bool


@dataclass(frozen=True)
class SheetRow:
    reference: str
    title: str
    known: str
    boxes: tuple[Box, ...]


def performable(docket: Docket) -> list[DutyStanding | Practice]:
    """The duties and practices that somebody performs, in the order of the charter."""
    found: list[DutyStanding | Practice] = []
    for clause in docket.reading().clauses:
        found += [*clause.duties, *clause.practices]
    return [row for row in found if row.duty.kind not in NOT_PERFORMED]


def sheet(
    docket: Docket, rows: Iterable[DutyStanding | Practice], forms: Sequence[PastDayForm]
) -> list[SheetRow]:
    ticked = [set(map(str, form[TICKS].value() or ())) for form in forms]
    return [
        SheetRow(
            reference=row.clause.reference,
            title=row.duty.title,
            known=_known(docket, row.duty),
            boxes=tuple(
                Box(
                    name=form.add_prefix(TICKS),
                    value=row.duty.pk,
                    label=_("day %(number)s") % {"number": number},
                    is_ticked=str(row.duty.pk) in ticks,
                )
                for number, (form, ticks) in enumerate(zip(forms, ticked, strict=True), start=1)
            ),
        )
        for row in rows
    ]


def _known(docket: Docket, duty: DutyRecord) -> str:
    """On which days of the running fiscal year it is on record already."""
    year = docket.settings.calendar.year_of(docket.day)
    days = sorted({piece.on for piece in docket.shown(duty) if piece.on in year})
    if not days:
        return ""
    return _("on record: %(days)s") % {"days": ", ".join(map(short_day, days))}
