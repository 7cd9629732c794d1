"""How long a case is kept: legal holds, and the deletion that a reader approves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from records import clock
from records.dates import long_day
from whistleblower.casefile import Draft
from whistleblower.enums import (
    Country,
    EntryKind,
    Status,
)
from whistleblower.models import Case
from whistleblower.rules import retention
from whistleblower.services import deletions
from whistleblower.services.desk import Desk
from whistleblower.services.steps import write
from whistleblower.services.writing import OpenCase
from whistleblower.state import State


def hold(desk: Desk, case: str, *, reason: str, seen: int, at: datetime) -> None:
    """A legal hold: nothing of the case is deleted while it lasts."""
    draft = Draft(EntryKind.HOLD, {"reason": reason})
    with transaction.atomic():
        deletions.keep(write(desk, case, lambda found: [draft], at=at, seen=seen).case)


def lift_hold(desk: Desk, case: str, *, reason: str, seen: int, at: datetime) -> None:
    """Two people lift a hold: the first proposes it, the second confirms it."""

    def make(found: OpenCase) -> Sequence[Draft]:
        if not found.state.is_held:
            raise ValidationError(_("The case is not under a legal hold."))
        lifting = found.state.lifting
        if lifting is None:
            return [Draft(EntryKind.HOLD_LIFT, {"reason": reason})]
        if lifting.by == desk.uid:
            raise ValidationError(_("A second reader confirms that the hold is lifted."))
        return [Draft(EntryKind.HOLD_LIFTED, {"reason": reason})]

    write(desk, case, make, at=at, seen=seen)


def retention_of(state: State, today: date) -> retention.Retention:
    """RULE-42. A hold over the whole portal is not told here: it stops the nightly run alone."""
    held = state.is_held
    if state.is_line_test:
        return retention.line_test(today, closed_on=state.closed_on, is_held=held)
    return retention.retention(
        state.country,
        today,
        closed_on=state.closed_on,
        outcome_on=state.outcome_on,
        is_held=held,
        longer_until=state.longer_until,
    )


def may_be_longer(state: State) -> bool:
    """Whether the case has a last date of retention, which a recorded reason can move."""
    return _legal_end(state) is not None and retention.may_be_longer(state.country)


def _legal_end(state: State) -> date | None:
    """The last date of retention without any reason recorded here."""
    if state.closed_on is None:
        return None
    return retention_of(replace(state, longer_until=None), state.closed_on).last_on


def retain_longer(
    desk: Desk, case: str, *, until: date, reason: str, seen: int, at: datetime
) -> None:
    """RULE-42: a reason to retain the case longer than its country says, with the date of the next
    look. A later entry replaces an earlier one, down to the last date under the law."""

    def make(found: OpenCase) -> Sequence[Draft]:
        _refuse_longer(found.state, until, clock.day_of(at))
        return [Draft(EntryKind.LONGER, {"on": until.isoformat(), "reason": reason})]

    with transaction.atomic():
        deletions.keep(write(desk, case, make, at=at, seen=seen).case)


def _refuse_longer(state: State, until: date, today: date) -> None:
    end = _legal_end(state)
    if end is None:
        raise ValidationError(_("This case has no last date of retention."))
    if not may_be_longer(state):
        raise ValidationError(
            _("A recorded reason does not move the last date in this country. Place a legal hold.")
        )
    takes_back = until == end and state.longer_until is not None
    if until <= today or (until <= end and not takes_back):
        said = _(
            "Give a date after today and after the last date of retention under the law, %(day)s."
        )
        raise ValidationError({"until": said % {"day": long_day(end)}})


def approve_deletion(desk: Desk, case: str, *, reason: str, seen: int, at: datetime) -> None:
    """A person's yes. The nightly run deletes."""

    def make(found: OpenCase) -> Sequence[Draft]:
        today = clock.day_of(at)
        if found.state.status is not Status.CLOSED or not (
            retention_of(found.state, today).may_delete
        ):
            raise ValidationError(_("The case may not be deleted yet."))
        if _is_shortened_by(found, desk.uid):
            raise ValidationError(
                _(
                    "You marked the case as a line test or chose its country. "
                    "Another reader approves the deletion."
                )
            )
        return [Draft(EntryKind.DELETION, {"reason": reason})]

    with transaction.atomic():
        found = write(desk, case, make, at=at, seen=seen)
        Case.objects.filter(pk=found.case.pk).update(is_marked_for_deletion=True)


def _is_shortened_by(found: OpenCase, uid: str) -> bool:
    """Whether this reader alone lets the case go sooner: by a mark or a country of their choice."""
    marked = [each.by for each in found.entries if each.kind is EntryKind.LINE_TEST]
    chosen = [each for each in found.entries if each.kind is EntryKind.COUNTRY]
    if found.state.is_line_test:
        return not found.state.report.get("test") and set(marked) == {uid}
    return bool(chosen) and found.state.country is not Country.US and chosen[-1].by == uid


def mark_as_line_test(desk: Desk, case: str, *, seen: int, at: datetime) -> None:
    write(desk, case, lambda found: [Draft(EntryKind.LINE_TEST)], at=at, seen=seen)
