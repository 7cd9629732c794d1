"""RULE-39: service deadlines of a case. Good practice after Directive (EU) 2019/1937, Art. 9.

RULE-51: an attorney's report up the ladder (17 CFR 205.3(b)). RULE-52: when a report of somebody
who learned of it by office counts for an SEC award (17 CFR 240.21F-4(b)(4)).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from whistleblower.enums import CORE, Category

ACKNOWLEDGE_WITHIN = timedelta(days=7)
FEEDBACK_WITHIN = relativedelta(months=3)
RESPONSE_WITHIN = timedelta(days=30)
AWARD_AFTER = timedelta(days=120)


@dataclass(frozen=True)
class Service:
    """Both dates of a case. What was done is not due any more."""

    acknowledge_by: date
    feedback_by: date


def service(received_on: date, acknowledged: Sequence[date] = ()) -> Service:
    """Acknowledge within seven days; feedback within three months of the first acknowledgment, or of
    the end of the seven days if none was sent. A second acknowledgment moves nothing."""
    acknowledge_by = received_on + ACKNOWLEDGE_WITHIN
    begins = min(acknowledged, default=acknowledge_by)
    return Service(acknowledge_by, begins + FEEDBACK_WITHIN)


def unseen_by_members(
    category: Category | None,
    known_on: date,
    meetings: Sequence[date],
    presented_on: date | None,
    today: date,
) -> date | None:
    """The date of the scheduled meeting at which a core concern should have been presented and was
    not; None where nothing is amiss."""
    if category not in CORE:
        return None
    next_meeting = min((on for on in meetings if on >= known_on), default=None)
    if next_meeting is None or next_meeting >= today:
        return None
    return None if presented_on is not None and presented_on <= next_meeting else next_meeting


@dataclass(frozen=True)
class AttorneyReport:
    """RULE-51. `is_slow`: still no dated response after 30 days, which is good practice, not law."""

    answered: bool
    days: int
    is_slow: bool


def attorney_report(
    received_on: date,
    today: date,
    responded_on: date | None = None,
    reopened_on: date | None = None,
) -> AttorneyReport:
    """Answered only by a dated response; an inquiry is none. A notice under (b)(9) reopens."""
    begins = reopened_on or received_on
    answered = responded_on is not None and responded_on >= begins
    until = responded_on if answered and responded_on else today
    days = (until - begins).days
    return AttorneyReport(answered, days, not answered and days > RESPONSE_WITHIN.days)


def award_counts_from(
    told_on: date, known_before: bool = False, received_on: date | None = None
) -> date:
    """RULE-52: the first date from which the information counts for an award. `told_on` is when the
    committee, the chief legal or compliance officer or the supervisor was told; where those knew
    already, the date of receipt counts. Never a bar on going to the SEC."""
    begins = received_on if known_before and received_on else told_on
    return begins + AWARD_AFTER
