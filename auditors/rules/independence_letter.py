"""The independence letter and its discussion (RULE-27).

PCAOB Rule 3526; Reg. S-K 407(d)(3)(i)(C). A letter says independent, or independent except for
listed items, and is never reduced to yes or no.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from auditors.enums import Ground, Timing
from auditors.rules.reasons import Reason, reason
from records.calendar import Calendar, plus_months


@dataclass(frozen=True)
class ExceptFor:
    """An item the firm excepts. It is open until the committee has decided what to do."""

    label: str
    decided_on: date | None = None


@dataclass(frozen=True)
class Letter:
    """`discussed_on` is when the committee discussed it with the firm."""

    dated: date
    discussed_on: date | None = None
    exceptions: tuple[ExceptFor, ...] = ()

    @property
    def completed_on(self) -> date | None:
        """When both dates are on record: only then is the letter a record of the year."""
        return None if self.discussed_on is None else max(self.dated, self.discussed_on)


@dataclass(frozen=True)
class YearRuling:
    """`hint_from`: good practice, so many months after the last complete one."""

    timing: Timing
    reasons: tuple[Reason, ...]
    due_on: date
    hint_from: date | None = None


def judge(
    letters: Iterable[Letter],
    *,
    on: date,
    calendar: Calendar,
    twelve_months: bool,
    hint_months: int,
) -> YearRuling:
    """Where the year's letter stands as of a date: once in each fiscal year, or with
    `twelve_months` also within twelve months of the last one (C8)."""
    year = calendar.year_of(on)
    known = sorted((each for each in letters if each.dated <= on), key=lambda each: each.dated)
    done = [day for each in known if (day := each.completed_on) and day <= on]
    last = max(done, default=None)
    due, hint = year.last, None
    if last is not None:
        due = plus_months(last, 12) if twelve_months else due
        hint = plus_months(last, hint_months)
        if last in year:
            due = due if twelve_months else calendar.year_after(year).last
            return YearRuling(Timing.ON_TIME, (reason(Ground.LETTER_COMPLETE, on=last),), due, hint)
    timing = Timing.DUE if on <= due else Timing.NOT_ON_FILE
    # None of this year's letters had been discussed by then.
    undiscussed = tuple(
        reason(Ground.LETTER_NOT_DISCUSSED, dated=each.dated)
        for each in known
        if each.dated in year
    )
    return YearRuling(timing, undiscussed or (reason(Ground.NOT_GIVEN),), due, hint)


def before_acceptance(letter_dated: date | None, accepted_on: date) -> tuple[Timing, Reason]:
    """A new firm's letter comes before its acceptance (Rule 3526(a))."""
    facts = {"dated": letter_dated, "accepted": accepted_on}
    if letter_dated is None:
        return Timing.NOT_ON_FILE, reason(Ground.NOT_GIVEN)
    if letter_dated > accepted_on:
        return Timing.LATE, reason(Ground.LETTER_AFTER_ACCEPTANCE, **facts)
    timing = Timing.SAME_DATE if letter_dated == accepted_on else Timing.ON_TIME
    return timing, reason(Ground.LETTER_BEFORE_ACCEPTANCE, **facts)


def undecided(letter: Letter, *, on: date, open_days: int) -> tuple[Reason, ...]:
    """Items that wait for the committee's decision. `is_aged` past so many days (good practice)."""
    limit = letter.dated + timedelta(days=open_days)
    return tuple(
        reason(Ground.EXCEPTION_UNDECIDED, dated=letter.dated, label=each.label, is_aged=on > limit)
        for each in letter.exceptions
        if each.decided_on is None or each.decided_on > on
    )
