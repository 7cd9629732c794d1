"""How many sit on the committee, and whether a vacancy may still be cured.

Nasdaq 5605(c)(2)(A): at least three members. 5605(c)(4)(B): one vacancy may be filled until the
earlier of the next annual meeting and one year from the event, or, where that meeting comes
within 180 days of the event, until 180 days from it. Cure dates are calendar days; none rolls.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from records.calendar import plus_months

MINIMUM = 3
FLOOR = timedelta(days=180)


class Cure(Enum):
    """Whether a shortfall is within a cure period, and if not, why not."""

    NOT_NEEDED = "not needed"
    RUNNING = "running"
    ENDED = "ended"
    NOT_NOTIFIED = "exchange not notified"
    NONE = "no automatic cure"


@dataclass(frozen=True)
class Seat:
    """A director's time on the committee. `until` is the first day out of office.

    `director` tells people of one name apart; without it the name does.
    """

    name: str
    first: date
    until: date | None = None
    exchange_notified_on: date | None = None
    url: str = ""
    director: int = 0

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.until is None or day < self.until)

    @property
    def person(self) -> tuple[int, str]:
        return (self.director, "" if self.director else self.name)


@dataclass(frozen=True)
class Composition:
    """Who sits on a day. With fewer than three: since when, and the cure with its last day.

    `ever`: somebody has sat by then; an empty table says nothing of the committee.
    """

    members: tuple[Seat, ...]
    cure: Cure = Cure.NOT_NEEDED
    short_since: date | None = None
    deadline: date | None = None
    notified_on: date | None = None
    ever: bool = True

    @property
    def holds(self) -> bool:
        """Compliant on that day, if only by cure."""
        return self.cure in (Cure.NOT_NEEDED, Cure.RUNNING)


def vacancy_deadline(event: date, next_meeting: date | None) -> date:
    """The last day to fill one vacancy (RULE-09)."""
    a_year_on = plus_months(event, 12)
    if next_meeting is None:
        return a_year_on
    if next_meeting <= event + FLOOR:
        return event + FLOOR
    return min(next_meeting, a_year_on)


def composition(
    seats: Sequence[Seat], day: date, annual_meetings: Iterable[date] = ()
) -> Composition:
    """Who sits on `day`, and where fewer than three do, whether a cure period runs."""
    members = tuple(seat for seat in seats if seat.covers(day))
    if len(members) >= MINIMUM:
        return Composition(members)
    event = _short_since(seats, day)
    if event is None:
        return Composition(members, Cure.NONE, ever=any(seat.first <= day for seat in seats))
    sitting = {seat.person for seat in members}
    # Who was re-appointed on the day a term ended has left no vacancy.
    vacated = [
        seat
        for seat in seats
        if seat.until is not None and event <= seat.until <= day and seat.person not in sitting
    ]
    if len(members) < MINIMUM - 1 or len(vacated) != 1:
        return Composition(members, Cure.NONE, event)
    notified_on = vacated[0].exchange_notified_on
    deadline = vacancy_deadline(
        event, min((on for on in annual_meetings if on > event), default=None)
    )
    if notified_on is None or notified_on > day:
        return Composition(members, Cure.NOT_NOTIFIED, event, deadline)
    state = Cure.RUNNING if day <= deadline else Cure.ENDED
    return Composition(members, state, event, deadline, notified_on)


def _short_since(seats: Sequence[Seat], day: date) -> date | None:
    """The day on which the committee fell below three, or None where it never had three."""
    changes = sorted({d for seat in seats for d in (seat.first, seat.until) if d and d <= day})
    counts = [(change, sum(seat.covers(change) for seat in seats)) for change in changes]
    short_since = None
    for change, count in reversed(counts):
        if count >= MINIMUM:
            return short_since
        short_since = change
    return None
