"""How many sit on the committee, and whether a vacancy may still be cured.

Nasdaq 5605(c)(2)(A): at least three members. 5605(c)(4)(B): one vacancy may be filled until the
earlier of the next annual meeting and one year from the event, or, where that meeting comes
within 180 days of the event, until 180 days from it. 5605(c)(4)(A): a member who lost independence
for a reason beyond their control may stay until the earlier of the two. 5615(b)(1): a newly listed
company comes to three in steps, and has no cure period after them where it never came to three in time.
Cure and phase-in dates are calendar days; none rolls.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from committees.rules.limits import CurePeriods
from committees.rules.phase_in import (
    Offering,
    Step,
    members_required,
    next_size_step,
    size_steps,
)
from records.calendar import DAY, plus_months

MINIMUM = 3


class Cure(Enum):
    """Whether a shortfall is within a cure period, and if not, why not."""

    NOT_NEEDED = "not needed"
    RUNNING = "running"
    PHASE_IN = "phase-in"
    ENDED = "ended"
    NOT_NOTIFIED = "exchange not notified"
    NONE = "no automatic cure"
    AFTER_PHASE_IN = "no automatic cure after a phase-in in which the requirement was never met"


@dataclass(frozen=True)
class Seat:
    """A director's time on the committee. `until` is the first day out of office.

    `director` tells people of one name apart; without it the name does. `failed_on`: the director
    lost independence while in the seat, and had not regained it at its end.
    """

    name: str
    first: date
    until: date | None = None
    exchange_notified_on: date | None = None
    url: str = ""
    director: int = 0
    failed_on: date | None = None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.until is None or day < self.until)

    @property
    def person(self) -> tuple[int, str]:
        return (self.director, "" if self.director else self.name)


@dataclass(frozen=True)
class Composition:
    """Who sits on a day. With fewer than three: since when, and the cure with its last day.

    `ever`: somebody has sat by then; an empty table says nothing of the committee. `required`: how
    many members are asked for on the day; during a phase-in `step` is the next one.
    """

    members: tuple[Seat, ...]
    cure: Cure = Cure.NOT_NEEDED
    short_since: date | None = None
    deadline: date | None = None
    notified_on: date | None = None
    ever: bool = True
    required: int = MINIMUM
    step: Step | None = None
    is_other_cure_used: bool = False

    @property
    def holds(self) -> bool:
        """Enough on that day, if only by cure or phase-in."""
        return self.cure in (Cure.NOT_NEEDED, Cure.RUNNING, Cure.PHASE_IN)


def vacancy_deadline(event: date, next_meeting: date | None, cures: CurePeriods) -> date:
    """RULE-09: the last day to fill one vacancy."""
    at_least = event + timedelta(days=cures.vacancy_days)
    if next_meeting and next_meeting <= at_least:
        return at_least
    return lost_independence_deadline(event, next_meeting, cures)


def lost_independence_deadline(event: date, next_meeting: date | None, cures: CurePeriods) -> date:
    """RULE-10: the last day for a member who lost independence beyond their control to stay."""
    at_most = plus_months(event, 12 * cures.years)
    return min(next_meeting, at_most) if next_meeting else at_most


def composition(
    seats: Sequence[Seat],
    day: date,
    annual_meetings: Iterable[date] = (),
    *,
    cures: CurePeriods,
    offering: Offering | None = None,
    other_cure_is_used: bool = False,
) -> Composition:
    """RULE-01, RULE-11: who sits on `day`, and where fewer than three do, whether a cure runs.

    `other_cure_is_used`: a member stays on under 5605(c)(4)(A); then no vacancy is cured. The cure
    of a vacancy left by a member who had lost independence is counted from that loss.
    """
    members = tuple(seat for seat in seats if seat.covers(day))
    if len(members) >= MINIMUM:
        return Composition(members)
    step = next_size_step(offering, day) if offering else None
    if offering and step:
        return _phasing_in(members, members_required(offering, day), step, ever=bool(seats))
    event = _short_since(seats, day)
    if event is None:
        return Composition(members, Cure.NONE, ever=any(seat.first <= day for seat in seats))
    left = vacated(seats, event)
    if most_vacancies(seats, event, day) != 1 or other_cure_is_used:
        return Composition(members, Cure.NONE, event, is_other_cure_used=other_cure_is_used)
    if offering and was_never_met(seats, offering):
        return Composition(members, Cure.AFTER_PHASE_IN, event)
    notices = [seat.exchange_notified_on for seat in left if seat.exchange_notified_on]
    notified_on = min(notices, default=None)
    counted_from = min(event, *(seat.failed_on or event for seat in left))
    meeting = next_meeting_after(counted_from, annual_meetings)
    deadline = vacancy_deadline(counted_from, meeting, cures)
    if notified_on is None or notified_on > day:
        return Composition(members, Cure.NOT_NOTIFIED, event, deadline)
    state = Cure.RUNNING if day <= deadline else Cure.ENDED
    return Composition(members, state, event, deadline, notified_on)


def vacated(seats: Sequence[Seat], event: date) -> list[Seat]:
    """The seats that ended on the day of the event, left by who did not sit on that day."""
    sitting = {seat.person for seat in seats if seat.covers(event)}
    return [seat for seat in seats if seat.until == event and seat.person not in sitting]


def most_vacancies(seats: Sequence[Seat], event: date, day: date) -> int:
    """RULE-11: the most seats that stood empty on a day from `event` through `day`.

    A member who is succeeded on the day of leaving leaves none, and who is appointed again on that
    day has not left. Of four who become two at once two have left, though one is missing to three.
    """
    before = {seat.person for seat in seats if seat.covers(event - DAY)}
    changes = {on for seat in seats for on in (seat.first, seat.until) if on}
    counts = (
        len({seat.person for seat in seats if seat.covers(on)})
        for on in changes
        if event <= on <= day
    )
    return len(before) - min(counts, default=len(before))


def _phasing_in(members: tuple[Seat, ...], required: int, step: Step, *, ever: bool) -> Composition:
    """RULE-13: until three are required, a step asks for fewer; no vacancy is cured meanwhile."""
    is_enough = len(members) >= required
    return Composition(
        members,
        Cure.PHASE_IN if is_enough else Cure.NONE,
        deadline=step.by if is_enough else None,
        ever=ever,
        required=required,
        step=step,
    )


def was_never_met(seats: Sequence[Seat], offering: Offering) -> bool:
    """RULE-11: three members sat on no day of the phase-in, its last date included.

    Where no seat on record reaches back to the phase-in, nothing is known of it.
    """
    end = size_steps(offering)[-1].by
    if all(seat.first > end for seat in seats):
        return False
    days = {max(seat.first, offering.listed_on) for seat in seats if seat.first <= end}
    return all(sum(seat.covers(day) for seat in seats) < MINIMUM for day in days)


def required_on(day: date, offering: Offering | None) -> int:
    """RULE-01, RULE-13: how many members the rules ask for on a day."""
    if offering is None or next_size_step(offering, day) is None:
        return MINIMUM
    return members_required(offering, day)


def first_lapse(seats: Sequence[Seat], day: date, offering: Offering | None = None) -> date | None:
    """The first date after `day` from which the committee would be without the members it needs,
    from the seats that are recorded; None where it holds for as far as they say.

    A shortfall that a cure period covers is found as well: a vacancy is to be filled, not awaited.
    """
    changes = {on for seat in seats for on in (seat.first, seat.until) if on}
    changes |= {step.by for step in size_steps(offering)} if offering else set()
    ahead = sorted(on for on in changes if on > day)
    return next(
        (on for on in ahead if sum(seat.covers(on) for seat in seats) < required_on(on, offering)),
        None,
    )


def next_meeting_after(event: date, annual_meetings: Iterable[date]) -> date | None:
    return min((on for on in annual_meetings if on > event), default=None)


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
