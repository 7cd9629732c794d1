"""Presenting to the committee what a delegate decided or what used a policy line (RULE-18).

Exchange Act s. 10A(i)(3): at each scheduled meeting. A special meeting may hear of it and the
next scheduled one is still asked. The decision stands as it was given.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from auditors.enums import Ground, Timing
from auditors.rules.reasons import Reason, reason
from records.calendar import Calendar


@dataclass(frozen=True)
class Meeting:
    on: date
    is_scheduled: bool = True


@dataclass(frozen=True)
class PresentationRuling:
    timing: Timing
    reason: Reason
    due_on: date | None


def due_on(decided_on: date, meetings: Iterable[Meeting]) -> date | None:
    """The next scheduled meeting after a decision; None while none is scheduled."""
    later = (each.on for each in meetings if each.is_scheduled and each.on > decided_on)
    return min(later, default=None)


def tell_by(decided_on: date, calendar: Calendar) -> date:
    """The last date of a notice to the other members at once: the next business day."""
    return calendar.business_days_after(decided_on, 1)


def not_told(
    decided_on: date, told_on: date | None, calendar: Calendar, *, on: date
) -> Reason | None:
    """The words for a decision that the other members were to be told of at once, where no notice
    is on file by a date; None where one is, or is not due yet."""
    due = tell_by(decided_on, calendar)
    if on <= due or (told_on is not None and told_on <= on):
        return None
    return reason(Ground.OTHERS_NOT_TOLD, decided=decided_on, due=due)


def is_scheduled(
    day: date, meetings: Sequence[Meeting], *, said: bool, records_begin: date
) -> bool | None:
    """Whether a meeting on a date counts as scheduled: as the meetings on record say. What is said
    of it counts before the records begin, where no meeting is on record at all, and where it is
    said to be none; None where it is said and no meeting on record bears it out."""
    found = [each.is_scheduled for each in meetings if each.on == day]
    if found:
        return any(found)
    if not said:
        return False
    return None if meetings and day >= records_begin else True


def presentation(
    decided_on: date, presented: Iterable[Meeting], meetings: Iterable[Meeting], *, on: date
) -> PresentationRuling:
    """Judge as of a date; `presented` are the meetings that were shown the decision by then."""
    due = due_on(decided_on, meetings)
    shown = [each.on for each in presented if each.is_scheduled and decided_on <= each.on <= on]
    if shown:
        first = min(shown)
        late = due is not None and first > due
        timing = Timing.LATE if late else Timing.ON_TIME
        return PresentationRuling(timing, reason(Ground.PRESENTED, on=first), due)
    facts = {"decided": decided_on, "due": due}
    if due is None:
        return PresentationRuling(Timing.DUE, reason(Ground.NO_MEETING_SCHEDULED, **facts), due)
    if on > due:
        ground = reason(Ground.PRESENTATION_NOT_ON_FILE, **facts)
        return PresentationRuling(Timing.NOT_ON_FILE, ground, due)
    return PresentationRuling(Timing.DUE, reason(Ground.PRESENTATION_DUE, **facts), due)
