"""How each act on a case is made: under its lock, refused where somebody wrote since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from records import clock
from whistleblower.casefile import Draft
from whistleblower.enums import (
    Step,
)
from whistleblower.models import Case
from whistleblower.rules import statuses
from whistleblower.services import desk as desks
from whistleblower.services import remaining, writing
from whistleblower.services.desk import Desk
from whistleblower.services.writing import OpenCase
from whistleblower.state import State

Made = Callable[[OpenCase], Sequence[Draft]]


class GoneError(LookupError):
    """The desk does not hold this case."""


class OvertakenError(Exception):
    """Somebody wrote to the case after the page was opened."""


def write(desk: Desk, case: str, make: Made, *, at: datetime, seen: int | None = None) -> OpenCase:
    """Open the case under its lock, check how far it was seen, and attach what `make` answers."""
    with transaction.atomic():
        if case not in desk.cases:
            raise GoneError
        row = Case.objects.select_for_update().filter(pk=case).first()
        found = desks.open_case(desk, case, at=at, is_whole=True) if row else None
        if found is None:
            raise GoneError
        if seen is not None and found.last != seen:
            raise OvertakenError
        drafts = make(found)
        before, keys = remaining.go_on(found, desk.roster)
        writing.append(found.case, keys, [*before, *drafts], by=desk.uid, on=clock.day_of(at))
    return found


def step(state: State, step: Step) -> None:
    try:
        statuses.step(state.status, step)
    except statuses.IllegalStepError:
        raise ValidationError(_("The case is in another state by now.")) from None
