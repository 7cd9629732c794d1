"""Letters of regulators: received, due, answered, closed (clause P-b).

A comment letter of the SEC's staff asks for an answer within ten business days, or for word on when
one will come. The letter's own date prevails.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from records.calendar import Calendar

COMMENT_LETTER_DAYS = 10


class LetterProgress(Enum):
    """Where a letter is on a day."""

    NOT_RECEIVED = "not received"
    IN_TIME = "in time"
    PAST_DUE_DATE = "past its due date"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True)
class Letter:
    """A letter with its dates. `extensions`: the day each was agreed, and the new due date."""

    received_on: date
    due_on: date | None = None
    extensions: Sequence[tuple[date, date]] = ()
    answered_on: date | None = None
    closed_on: date | None = None

    def due(self, day: date) -> date | None:
        """The due date as it is known on `day`: that of the last extension agreed by then."""
        agreed = [entry for entry in self.extensions if entry[0] <= day]
        return max(agreed)[1] if agreed else self.due_on


def usual_due_date(received_on: date, calendar: Calendar) -> date:
    """Ten business days after receipt, offered where a comment letter names no date."""
    return calendar.business_days_after(received_on, COMMENT_LETTER_DAYS)


def progress(letter: Letter, day: date) -> LetterProgress:
    """Where a letter is on `day`. On its due date it is still in time."""
    if letter.received_on > day:
        return LetterProgress.NOT_RECEIVED
    if letter.closed_on and letter.closed_on <= day:
        return LetterProgress.CLOSED
    if letter.answered_on and letter.answered_on <= day:
        return LetterProgress.ANSWERED
    due = letter.due(day)
    return LetterProgress.PAST_DUE_DATE if due and day > due else LetterProgress.IN_TIME


def was_answered_late(letter: Letter) -> bool:
    """Whether the answer came after the due date known on its day."""
    answered = letter.answered_on
    due = letter.due(answered) if answered else None
    return bool(answered and due and answered > due)
