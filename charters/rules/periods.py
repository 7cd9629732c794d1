"""Duties judged by fiscal year or quarter: each period for itself."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from charters.enums import Cadence, DutyKind, Reason, Standing
from charters.rules.terms import Evidence, Gap, Question, Ruling, Settings, Terms
from records.calendar import DAY, Calendar, Period, plus_months

# Within this many days of its day a duty is due rather than kept by its last period.
NEAR = timedelta(days=60)
# The year just ended is offered while the new year is at most this old.
GRACE = timedelta(days=90)
# A good-practice hint when so many months have passed since the last time.
HINT_MONTHS = 15
# A transition period shorter than this needs no annual report (Exchange Act Rule 13a-10).
SHORTEST_YEAR = 6
MONTHS_IN_A_YEAR = 12


def period_of(terms: Terms, calendar: Calendar, day: date) -> Period:
    """The fiscal year or quarter by which the duty is judged on a day."""
    return calendar.quarter_of(day) if terms.cadence == Cadence.QUARTERLY else calendar.year_of(day)


def due_day(terms: Terms, period: Period) -> date:
    """The day within a period on which the duty falls due."""
    return period.day_in_month(min(terms.due_month, period.months), terms.due_day)


def times_in(terms: Terms, period: Period, evidence: Sequence[Evidence]) -> int:
    """How often the period was served: pieces of evidence on different days."""
    return len({e.on for e in evidence if e.serves in period})


def wanted(terms: Terms, settings: Settings, period: Period) -> int:
    """How often the period asks for it; 0: not at all.

    Several times a year are asked for in proportion, rounded down, where only a part of the year
    counts: a transition period, a duty in force for part of the year, a year that was under way
    when the records began. Once a year is asked for in full, but not in a transition period too
    short to have an annual report.
    """
    if terms.cadence != Cadence.TIMES:
        return 1
    if terms.times == 1:
        return 1 if period.months >= SHORTEST_YEAR else 0
    first = max(period.first, terms.first, settings.records_begin)
    last = min(period.last, terms.until or period.last)
    months = Period(first, last, "").months if first <= last else 0
    return terms.times * months // MONTHS_IN_A_YEAR


def is_owed(terms: Terms, due: date) -> bool:
    """Whether the duty was in force, and applicable, on the day it fell due."""
    in_force = terms.first <= due and (terms.until is None or due <= terms.until)
    return in_force and not any(span.covers(due) for span in terms.inapplicable)


def until_when(terms: Terms, day: date) -> dict[str, date | None]:
    """What ends a duty before it is due again: its last date, or a span in which it does not apply."""
    starts = [span.first for span in terms.inapplicable if span.first > day]
    return {"until": terms.until, "inapplicable_from": min(starts, default=None)}


def is_served(
    terms: Terms, settings: Settings, period: Period, evidence: Sequence[Evidence]
) -> bool:
    """Whether the period has evidence, and as many pieces as it asks for."""
    return times_in(terms, period, evidence) >= max(1, wanted(terms, settings, period))


def due_days(terms: Terms, settings: Settings, year: Period) -> Iterator[tuple[Period, date]]:
    """The periods of a fiscal year in which the duty is owed, each with its day."""
    quarterly = terms.cadence == Cadence.QUARTERLY
    for period in settings.calendar.quarters_of(year) if quarterly else (year,):
        due = due_day(terms, period)
        if is_owed(terms, due) and wanted(terms, settings, period):
            yield period, due


def period_served_by_default(
    terms: Terms,
    settings: Settings,
    performed_on: date,
    evidence: Sequence[Evidence],
    closed: frozenset[str] = frozenset(),
) -> Period:
    """The period to offer for a new completion.

    The year just ended while it is owed, on record, unserved and not closed, and the new year is
    at most 90 days old; else the year (or quarter) in which the day falls.
    """
    calendar = settings.calendar
    period = period_of(terms, calendar, performed_on)
    before = period_of(terms, calendar, period.first - DAY)
    due = due_day(terms, before)
    offers = (
        terms.cadence == Cadence.TIMES
        and performed_on - period.first <= GRACE
        and is_owed(terms, due)
        and due >= settings.records_begin
        and before.key not in closed
        and not is_served(terms, settings, before, evidence)
    )
    return before if offers else period


def next_due(terms: Terms, settings: Settings, after: Period) -> tuple[Period, date] | None:
    """The next period in which the duty is owed, with its day, within the next eight."""
    period = after
    for _ in range(8):
        period = period_of(terms, settings.calendar, period.last + DAY)
        due = due_day(terms, period)
        if is_owed(terms, due) and wanted(terms, settings, period):
            return period, due
    return None


def judge_periods(question: Question) -> Ruling:
    """The table's row for recurring duties and purposes, and for reviews of procedures."""
    terms, settings, day = question.terms, question.settings, question.day
    running = period_of(terms, settings.calendar, day)
    due = due_day(terms, running)
    mine = tuple(e for e in question.evidence if e.serves in running)
    count, want = times_in(terms, running, mine), wanted(terms, settings, running)
    facts: dict[str, Any] = {"period": running, "count": count, "wanted": want, "due": due}
    if count >= max(1, want):
        return _kept_by(question, running, mine, facts)
    if not want or not is_owed(terms, due):
        return _judge_unowed(question, running, mine, facts)
    if due < settings.records_begin:
        return Ruling(
            Standing.BEFORE_RECORDS_BEGIN,
            Reason.BEFORE_RECORDS_BEGIN,
            _day_after(question, running),
            mine,
            facts | {"is_ahead": due > day},
        )
    due = facts["due"] = _strict_deadline(question, running, due)
    if day > due:
        return Ruling(Standing.NOT_ON_FILE, Reason.DAY_PASSED, due, mine, facts)
    before = _period_before(question, running)
    if _is_gap(question, before):
        return _without_record(question, before, due, mine, facts)
    served = tuple(e for e in question.evidence if e.serves in before)
    is_kept = is_served(terms, settings, before, served) and not _is_near(question, running, due)
    if is_kept:
        facts |= {"before": before, "last": served[0].on}
        return Ruling(Standing.ON_FILE, Reason.SERVED_BEFORE, due, served, facts)
    return Ruling(Standing.DUE, Reason.DUE_BY, due, mine, facts | _hint(question))


def _kept_by(
    question: Question, running: Period, mine: tuple[Evidence, ...], facts: dict[str, Any]
) -> Ruling:
    """Served: kept, unless the strict reading asks for the next one within twelve months."""
    upcoming = next_due(question.terms, question.settings, running)
    facts = facts | {
        "last": mine[0].on,
        "wanted": max(1, facts["wanted"]),
        "late": is_owed(question.terms, facts["due"]) and mine[-1].on > facts["due"],
    }
    if upcoming is None:
        return Ruling(Standing.ON_FILE, Reason.SERVED, None, mine, facts)
    period, due = upcoming
    # A year that was served asks for nothing more before it ends.
    deadline = max(_strict_deadline(question, period, due), running.last)
    if deadline < due and deadline - question.day <= NEAR:
        facts |= {"period": period, "due": deadline, "count": 0}
        return Ruling(Standing.DUE, Reason.DUE_BY, deadline, mine, facts)
    return Ruling(Standing.ON_FILE, Reason.SERVED, deadline, mine, facts)


def _judge_unowed(
    question: Question, running: Period, mine: tuple[Evidence, ...], facts: dict[str, Any]
) -> Ruling:
    """The running period asks for nothing: its day lies outside the duty's time, or it is short."""
    terms, settings = question.terms, question.settings
    before = _period_before(question, running)
    upcoming = _day_after(question, running)
    if _is_gap(question, before):
        return _without_record(question, before, upcoming, mine, facts | {"due": None})
    served = tuple(e for e in question.evidence if e.serves in before)
    if is_served(terms, settings, before, served):
        facts |= {"before": before, "last": served[0].on, "due": upcoming}
        return Ruling(Standing.ON_FILE, Reason.SERVED_BEFORE, upcoming, served, facts)
    if upcoming is None:
        facts |= until_when(terms, question.day)
        return Ruling(Standing.NOT_APPLICABLE, Reason.ENDS_BEFORE_DUE, None, mine, facts)
    facts |= {"due": upcoming, "first": terms.first}
    begin = settings.records_begin
    if begin > max(running.first, terms.first):
        reason = Reason.PARTLY_BEFORE_RECORDS_BEGIN
        if begin > running.last:
            reason, facts["due"] = Reason.BEFORE_RECORDS_BEGIN, None
        return Ruling(Standing.BEFORE_RECORDS_BEGIN, reason, upcoming, mine, facts)
    return Ruling(Standing.DUE, Reason.FIRST_DUE, upcoming, mine, facts)


def _without_record(
    question: Question,
    before: Period,
    due: date | None,
    mine: tuple[Evidence, ...],
    facts: dict[str, Any],
) -> Ruling:
    facts = facts | {
        "before": before,
        "before_count": times_in(question.terms, before, question.evidence),
        "before_wanted": wanted(question.terms, question.settings, before),
    }
    return Ruling(Standing.NOT_ON_FILE, Reason.PERIOD_WITHOUT_RECORD, due, mine, facts)


def _day_after(question: Question, running: Period) -> date | None:
    upcoming = next_due(question.terms, question.settings, running)
    return upcoming[1] if upcoming else None


def _period_before(question: Question, running: Period) -> Period:
    """The period before; a transition period that asks for nothing is passed over."""
    terms, calendar = question.terms, question.settings.calendar
    before = period_of(terms, calendar, running.first - DAY)
    is_transition = before.months < SHORTEST_YEAR and terms.cadence == Cadence.TIMES
    return period_of(terms, calendar, before.first - DAY) if is_transition else before


def _is_on_record(question: Question, period: Period) -> bool:
    """Whether a period was owed, and fell due once the records had begun."""
    due = due_day(question.terms, period)
    return (
        due >= question.settings.records_begin
        and is_owed(question.terms, due)
        and wanted(question.terms, question.settings, period) > 0
    )


def _is_gap(question: Question, period: Period) -> bool:
    """Whether a closed period is on record and has neither evidence nor closing."""
    return (
        _is_on_record(question, period)
        and not is_served(question.terms, question.settings, period, question.evidence)
        and period.key not in question.closed
    )


def _is_near(question: Question, running: Period, due: date) -> bool:
    """Whether the running period must speak for itself already."""
    if question.terms.kind == DutyKind.PURPOSE:
        year = question.calendar.year_of(running.first)
        return question.day >= question.calendar.quarters_of(year)[-1].first
    return due - question.day <= NEAR


def _strict_deadline(question: Question, period: Period, due: date) -> date:
    """Under the strict reading of "annually", also within twelve months of the last time.

    It binds where the last time is on record and the period before was owed and not closed
    otherwise: nobody is held to an anniversary of a year that asked for nothing.
    """
    terms = question.terms
    if not question.settings.twelve_months or terms.cadence != Cadence.TIMES or terms.times != 1:
        return due
    last = next(iter(question.evidence), None)
    before = _period_before(question, period)
    binds = _is_on_record(question, before) and before.key not in question.closed
    if last is None or not binds or last.on < max(question.settings.records_begin, terms.first):
        return due
    return min(due, plus_months(last.on, MONTHS_IN_A_YEAR))


def _hint(question: Question) -> dict[str, Any]:
    """A good-practice hint: fifteen months have passed since the last time."""
    last = next(iter(question.evidence), None)
    if last is None or question.terms.cadence != Cadence.TIMES or question.terms.times != 1:
        return {}
    return {"hint_since": last.on} if question.day >= plus_months(last.on, HINT_MONTHS) else {}


def period_gaps(question: Question, facts: Sequence[Evidence]) -> Iterator[Gap]:
    """Closed periods on record that were not served by their last day, oldest first."""
    terms, settings = question.terms, question.settings
    first = max(terms.first, settings.records_begin)
    if first == date.min:
        first = min((e.serves for e in facts), default=question.day)
    calendar = settings.calendar
    each = calendar.quarters if terms.cadence == Cadence.QUARTERLY else calendar.years
    for period in each(first, question.day):
        due = due_day(terms, period)
        if period.last >= question.day or not _is_on_record(question, period):
            continue
        served = sorted((e for e in facts if e.serves in period), key=lambda e: e.on)
        in_time = [e for e in served if e.on <= period.last]
        if not is_served(terms, settings, period, in_time):
            is_late = is_served(terms, settings, period, served)
            yield Gap(
                key=period.key,
                period=period,
                due_on=due,
                late=tuple(e for e in served if e.on > period.last) if is_late else (),
                count=times_in(terms, period, in_time),
                wanted=wanted(terms, settings, period),
            )
