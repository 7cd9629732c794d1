"""Duties judged by fiscal year or quarter: each period for itself."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from committees.enums import Cadence, DutyKind, Reason, Standing
from committees.rules.terms import Evidence, Gap, Question, Ruling, Terms
from records.calendar import DAY, Calendar, Period, plus_months

# Within this many days of its day a duty is due rather than kept by its last period.
NEAR = timedelta(days=60)
# The year just ended is offered while the new year is at most this old.
GRACE = timedelta(days=90)
# A good-practice hint when so many months have passed since the last time.
HINT_MONTHS = 15


def period_of(terms: Terms, calendar: Calendar, day: date) -> Period:
    """The fiscal year or quarter by which the duty is judged on a day."""
    return calendar.quarter_of(day) if terms.cadence == Cadence.QUARTERLY else calendar.year_of(day)


def due_day(terms: Terms, period: Period) -> date:
    """The day within a period on which the duty falls due."""
    return period.day_in_month(min(terms.due_month, period.months), terms.due_day)


def times_in(terms: Terms, period: Period, evidence: Sequence[Evidence]) -> int:
    """How often the period was served: pieces of evidence on different days."""
    return len({e.on for e in evidence if e.serves in period})


def wanted(terms: Terms) -> int:
    return terms.times if terms.cadence == Cadence.TIMES else 1


def is_owed(terms: Terms, due: date) -> bool:
    """Whether the duty was in force, and applicable, on the day it fell due."""
    in_force = terms.first <= due and (terms.until is None or due <= terms.until)
    return in_force and not any(span.covers(due) for span in terms.inapplicable)


def is_served(terms: Terms, period: Period, evidence: Sequence[Evidence]) -> bool:
    """Whether the period has as many pieces of evidence as it asks for."""
    return times_in(terms, period, evidence) >= wanted(terms)


def due_days(terms: Terms, calendar: Calendar, year: Period) -> Iterator[tuple[Period, date]]:
    """The periods of a fiscal year in which the duty is owed, each with its day."""
    quarterly = terms.cadence == Cadence.QUARTERLY
    for period in calendar.quarters_of(year) if quarterly else (year,):
        if is_owed(terms, due := due_day(terms, period)):
            yield period, due


def period_served_by_default(
    terms: Terms, calendar: Calendar, performed_on: date, evidence: Sequence[Evidence]
) -> Period:
    """The period to offer for a new attestation.

    The year just ended while it is unserved and the new year is at most 90 days old, else the
    year (or quarter) in which the day falls.
    """
    period = period_of(terms, calendar, performed_on)
    before = period_of(terms, calendar, period.first - DAY)
    is_young = performed_on - period.first < GRACE
    is_unserved = times_in(terms, before, evidence) < wanted(terms)
    was_owed = terms.cadence == Cadence.TIMES and is_owed(terms, due_day(terms, before))
    return before if is_young and is_unserved and was_owed else period


def next_due(terms: Terms, calendar: Calendar, after: Period) -> date | None:
    """The next day on which the duty is owed after a period, within the next two years."""
    period = after
    for _ in range(8):
        period = period_of(terms, calendar, period.last + DAY)
        if is_owed(terms, due := due_day(terms, period)):
            return due
    return None


def judge_periods(question: Question) -> Ruling:
    terms, calendar, day = question.terms, question.calendar, question.day
    running = period_of(terms, calendar, day)
    due = due_day(terms, running)
    mine = tuple(e for e in question.evidence if e.serves in running)
    count, want = times_in(terms, running, mine), wanted(terms)
    facts: dict[str, Any] = {"period": running, "count": count, "wanted": want, "due": due}
    if count >= want:
        return _kept_by(question, running, mine, facts)
    if not is_owed(terms, due):
        return _judge_unowed(question, running, mine, facts)
    if due < question.settings.records_begin:
        upcoming = next_due(terms, calendar, running)
        return Ruling(Standing.BEFORE_RECORD, Reason.BEFORE_RECORD, upcoming, mine, facts)
    due = facts["due"] = _strict_deadline(question, running, due)
    if day > due:
        return Ruling(Standing.NO_RECORD, Reason.DAY_PASSED, due, mine, facts)
    before = _period_before(question, running)
    if _is_gap(question, before):
        return Ruling(
            Standing.NO_RECORD, Reason.PERIOD_WITHOUT_RECORD, due, mine, {**facts, "before": before}
        )
    served = tuple(e for e in question.evidence if e.serves in before)
    if times_in(terms, before, served) >= want and not _is_near(question, running, due):
        facts |= {"before": before, "last": served[0].on}
        return Ruling(Standing.KEPT, Reason.SERVED_BEFORE, due, served, facts)
    return Ruling(Standing.DUE, Reason.DUE_BY, due, mine, facts | _hint(question))


def _kept_by(
    question: Question, running: Period, mine: tuple[Evidence, ...], facts: dict[str, Any]
) -> Ruling:
    """Served: kept, unless the strict reading asks for the next one within twelve months."""
    upcoming = next_due(question.terms, question.calendar, running)
    facts = facts | {"last": mine[0].on}
    if upcoming is None:
        return Ruling(Standing.KEPT, Reason.SERVED, None, mine, facts)
    deadline = _strict_deadline(question, running, upcoming)
    if deadline < upcoming and deadline - question.day <= NEAR:
        facts["due"] = deadline
        return Ruling(Standing.DUE, Reason.DUE_BY, max(deadline, question.day), mine, facts)
    return Ruling(Standing.KEPT, Reason.SERVED, deadline, mine, facts)


def _judge_unowed(
    question: Question, running: Period, mine: tuple[Evidence, ...], facts: dict[str, Any]
) -> Ruling:
    """The running period's day lies outside the time in which the duty is in force."""
    before = _period_before(question, running)
    if _is_gap(question, before):
        return Ruling(
            Standing.NO_RECORD,
            Reason.PERIOD_WITHOUT_RECORD,
            None,
            mine,
            {**facts, "before": before},
        )
    upcoming = next_due(question.terms, question.calendar, running)
    served = tuple(e for e in question.evidence if e.serves in before)
    if times_in(question.terms, before, served) >= facts["wanted"]:
        facts |= {"before": before, "last": served[0].on, "due": upcoming}
        return Ruling(Standing.KEPT, Reason.SERVED_BEFORE, upcoming, served, facts)
    if upcoming is None:
        return Ruling(
            Standing.NOT_APPLICABLE,
            Reason.ENDS_BEFORE_DUE,
            None,
            mine,
            {**facts, "until": question.terms.until},
        )
    return Ruling(
        Standing.DUE,
        Reason.FIRST_DUE,
        upcoming,
        mine,
        {**facts, "due": upcoming, "first": question.terms.first},
    )


def _period_before(question: Question, running: Period) -> Period:
    return period_of(question.terms, question.calendar, running.first - DAY)


def _is_gap(question: Question, period: Period) -> bool:
    """Whether a closed period is on record, was owed, and has neither evidence nor disposition."""
    terms, due = question.terms, due_day(question.terms, period)
    return (
        due >= question.settings.records_begin
        and is_owed(terms, due)
        and times_in(terms, period, question.evidence) < wanted(terms)
        and period.key not in question.settled
    )


def _is_near(question: Question, running: Period, due: date) -> bool:
    """Whether the running period must speak for itself already."""
    if question.terms.kind == DutyKind.PURPOSE:
        return (
            question.day
            >= question.calendar.quarters_of(question.calendar.year_of(running.first))[-1].first
        )
    return due - question.day <= NEAR


def _strict_deadline(question: Question, running: Period, due: date) -> date:
    """Under the strict reading of "annually", also within twelve months of the last time.

    It binds where the last time is on record and its period was not settled otherwise.
    """
    terms = question.terms
    if not question.settings.twelve_months or terms.cadence != Cadence.TIMES or terms.times != 1:
        return due
    last = next(iter(question.evidence), None)
    if last is None or last.on < question.settings.records_begin:
        return due
    if _period_before(question, running).key in question.settled:
        return due
    return min(due, plus_months(last.on, 12))


def _hint(question: Question) -> dict[str, Any]:
    """A good-practice hint: fifteen months have passed since the last time."""
    last = next(iter(question.evidence), None)
    if last is None or question.terms.cadence != Cadence.TIMES or question.terms.times != 1:
        return {}
    return {"hint_since": last.on} if question.day >= plus_months(last.on, HINT_MONTHS) else {}


def period_gaps(question: Question, facts: Sequence[Evidence]) -> Iterator[Gap]:
    terms, calendar = question.terms, question.calendar
    first = max(terms.first, question.settings.records_begin)
    if first == date.min:
        first = min((e.serves for e in facts), default=question.day)
    each = calendar.quarters if terms.cadence == Cadence.QUARTERLY else calendar.years
    for period in each(first, question.day):
        due = due_day(terms, period)
        if period.last >= question.day or due < first or not is_owed(terms, due):
            continue
        served = sorted((e for e in facts if e.serves in period), key=lambda e: e.on)
        in_time = [e for e in served if e.on <= period.last]
        if times_in(terms, period, in_time) < wanted(terms):
            is_served = times_in(terms, period, served) >= wanted(terms)
            yield Gap(
                period.key,
                period,
                due,
                tuple(e for e in served if e.on > period.last) if is_served else (),
            )
