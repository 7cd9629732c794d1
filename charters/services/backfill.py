"""What happened before the portal: days on which the committee acted, and the duties they served."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from charters.documents import COMPLETION
from charters.models import Committee, Completion, Duty
from charters.rules.periods import period_served_by_default
from charters.rules.terms import Evidence
from charters.services.completions import record_completion
from charters.services.uploads import Upload
from charters.standing import Docket
from records import rows
from records.acts import act
from records.clock import day_of
from records.dates import long_day
from records.filetypes import DocumentRefused
from records.ledger import Actor
from records.models import Document
from records.services import documents


@dataclass(frozen=True)
class PastDay:
    """A day, what it was, the duties performed on it, and the paper that proves it."""

    on: date
    duties: Sequence[Duty]
    note: str = ""
    paper: Upload | None = None


@dataclass(frozen=True)
class Backfilled:
    """What a sheet came to: the completions it left, and how many were on record before."""

    recorded: tuple[Completion, ...]
    known: int


@act
def backfill(
    committee: Committee, days: Sequence[PastDay], *, by: Actor, at: datetime
) -> Backfilled:
    """Record each ticked duty as completed on its day, oldest first. The paper is filed once for all.

    What is on record for a duty and a day is not recorded twice. Each counts for the period that
    the page of a single completion would offer.
    """
    sheet = _Sheet(committee, by, at)
    for number in sorted(range(len(days)), key=lambda place: days[place].on):
        with rows.row(number):
            sheet.enter(days[number])
    return Backfilled(tuple(sheet.recorded), sheet.known)


class _Sheet:
    """A sheet as it is being recorded: what one day serves is known to the next."""

    def __init__(self, committee: Committee, by: Actor, at: datetime) -> None:
        self.docket, self.by, self.at = Docket(committee, day_of(at)), by, at
        self.evidence: dict[int, list[Evidence]] = defaultdict(list)
        for duty, pieces in self.docket.evidence.items():
            self.evidence[duty] = list(pieces)
        self.recorded: list[Completion] = []
        self.known = 0

    def enter(self, day: PastDay) -> None:
        done = Completion.objects.standing().filter(performed_on=day.on)
        known = set(done.filter(duty__in=day.duties).values_list("duty_id", flat=True))
        self.known += len(known)
        missing = [duty for duty in day.duties if duty.pk not in known]
        if not missing:
            return
        paper = self._filed(day)
        self.recorded += [self._complete(duty, day, paper) for duty in missing]

    def _filed(self, day: PastDay) -> Document | None:
        if day.paper is None:
            return None
        try:
            return documents.file(
                kind=COMPLETION.name,
                title=day.note or _("Document of %(day)s") % {"day": long_day(day.on)},
                content=day.paper.content,
                file_name=day.paper.file_name,
                by=self.by,
                at=self.at,
            )
        except DocumentRefused as refusal:
            raise ValidationError({"paper": refusal}) from refusal

    def _complete(self, duty: Duty, day: PastDay, paper: Document | None) -> Completion:
        period = period_served_by_default(
            duty.terms,
            self.docket.settings,
            day.on,
            self.evidence[duty.pk],
            self.docket.closed_periods(duty),
        )
        self.evidence[duty.pk].insert(0, Evidence(day.on, period.last))
        return record_completion(
            duty,
            performed_on=day.on,
            serves=period.last,
            note=day.note,
            document=paper,
            by=self.by,
            at=self.at,
        )
