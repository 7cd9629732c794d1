"""What came by letter, by telephone or in person, recorded by a reader at the desk.

The case is like any other: sealed to who may read it, with a code. Whoever has the code reads every
answer, so it is shown only to a reader of the case who says that it can be handed to the reporter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from records import clock
from whistleblower.enums import Arrival
from whistleblower.rules.conflicts import Selection
from whistleblower.services import submission
from whistleblower.services.desk import Desk
from whistleblower.services.submission import CodeTakenError, Report


def no_list() -> ValidationError:
    return ValidationError(
        _(
            "The list of readers does not verify, so that no keys can be given. See “Readers” for "
            "the reason, then send again. What you typed is kept."
        )
    )


@dataclass(frozen=True)
class Recorded:
    """Who reads it, and whether the code is shown to the reader who recorded it."""

    chosen: Selection
    is_code_shown: bool


def record(
    desk: Desk,
    code: str,
    *,
    arrival: Arrival,
    received_on: date,
    can_hand_over: bool,
    at: datetime,
    **given: Any,
) -> Recorded:
    """Store it as of the date on which it was received. Sent again it is stored once; another answer
    to `can_hand_over` is another text. `given` is what a report holds."""
    if desk.roster is None:
        raise no_list()
    if received_on > clock.day_of(at):
        raise ValidationError({"received_on": _("This date is in the future.")})
    on = clock.day_of(at)
    chosen = submission.selection(desk.roster, given["ticked"], given["others"], on)
    is_code_shown = can_hand_over and desk.uid in chosen.uids
    how = {
        "arrival": arrival,
        "received": received_on.isoformat(),
        "code_shown": is_code_shown,
    }
    report = Report(**given, more=how)
    try:
        chosen = submission.send(code, report, desk.roster, on=on, by=desk.uid)
    except CodeTakenError:
        raise ValidationError(
            _("Another text was recorded with this form. Open the form again for a new case.")
        ) from None
    return Recorded(chosen, is_code_shown)
