"""What came by letter, by telephone or in person, recorded by a reader at the desk.

The case is like any other: sealed to who may read it, with a code that is handed to the reporter.
"""

from __future__ import annotations

from collections.abc import Mapping
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


def record(
    desk: Desk, code: str, *, arrival: Arrival, received_on: date, at: datetime, **given: Any
) -> Selection:
    """Store it as of the date on which it was received, and answer who reads it. Sent again it is
    stored once. `given` is what a report holds."""
    if desk.roster is None:
        raise ValidationError(
            _("The list of readers does not verify, so that no keys can be given.")
        )
    if received_on > clock.day_of(at):
        raise ValidationError({"received_on": _("This date is in the future.")})
    how: Mapping[str, str] = {"arrival": arrival, "received": received_on.isoformat()}
    report = Report(**given, more=how)
    try:
        return submission.send(code, report, desk.roster, on=clock.day_of(at), by=desk.uid)
    except CodeTakenError:
        raise ValidationError(
            _("Another text was recorded with this form. Open the form again for a new case.")
        ) from None
