"""An attorney's report (RULE-51), and when information counts for an award (RULE-52)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from records import clock
from whistleblower.casefile import Draft
from whistleblower.enums import (
    EntryKind,
    Ladder,
    ResponseKind,
)
from whistleblower.rules import deadlines
from whistleblower.services.desk import Desk
from whistleblower.services.steps import write
from whistleblower.services.writing import OpenCase


def record_attorney(
    desk: Desk, case: str, *, on: date, ladder: Ladder, seen: int, at: datetime
) -> None:
    """An attorney's report, or a notice that the response to it was not appropriate."""

    def make(found: OpenCase) -> Sequence[Draft]:
        refuse_ahead(on, at)
        if ladder == Ladder.NOTICE:
            # The usual notice under 17 CFR 205.3(b)(9) is of a report that had no response at all.
            _refuse_before(
                on, found.state.attorney_on, _("No report is recorded before this date.")
            )
        elif found.state.attorney_on is not None:
            raise ValidationError({"ladder": _("An attorney's report is recorded already.")})
        return [Draft(EntryKind.ATTORNEY, {"on": on.isoformat(), "ladder": ladder})]

    write(desk, case, make, at=at, seen=seen)


def record_response(
    desk: Desk, case: str, *, on: date, kind: ResponseKind, text: str, seen: int, at: datetime
) -> None:
    """What the attorney was told, and when. An inquiry answers nothing."""

    def make(found: OpenCase) -> Sequence[Draft]:
        refuse_ahead(on, at)
        _refuse_before(on, found.state.attorney_on, _("No report is recorded before this date."))
        data = {"on": on.isoformat(), "kind": kind, "text": text}
        return [Draft(EntryKind.RESPONSE, data)]

    write(desk, case, make, at=at, seen=seen)


def record_award(
    desk: Desk,
    case: str,
    *,
    on: date,
    known_before: bool,
    received_on: date | None,
    seen: int,
    at: datetime,
) -> None:
    """When somebody who learned of it by office told it, and from which date it counts."""

    def make(found: OpenCase) -> Sequence[Draft]:
        refuse_ahead(on, at)
        if known_before and received_on is None:
            raise ValidationError(
                {"received_on": _("Give the date on which this person learned of it.")}
            )
        if received_on is not None and received_on > clock.day_of(at):
            raise ValidationError({"received_on": _("This date is in the future.")})
        counts = deadlines.award_counts_from(on, known_before, received_on)
        return [Draft(EntryKind.AWARD, {"on": on.isoformat(), "from": counts.isoformat()})]

    write(desk, case, make, at=at, seen=seen)


def refuse_ahead(on: date, at: datetime) -> None:
    if on > clock.day_of(at):
        raise ValidationError({"on": _("This date is in the future.")})


def _refuse_before(on: date, first: date | None, said: str) -> None:
    if first is None or on < first:
        raise ValidationError({"on": said})
