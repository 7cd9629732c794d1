"""A good practice has no standing: only its last record and its next date.

Pure: no database and no clock.
"""

from datetime import date

from charters.enums import Cadence, DutyKind
from charters.rules.periods import due_day, is_owed, is_served, next_due, period_of, wanted
from charters.rules.terms import Evidence, Question
from records.calendar import plus_months

# Kinds that have no date of their own.
UNDATED = frozenset({DutyKind.CONDITION, DutyKind.EVENT, DutyKind.AUTHORITY})


def last(question: Question) -> Evidence | None:
    """The newest record of it by the date."""
    seen = [piece for piece in question.evidence if piece.on <= question.day]
    return max(seen, key=lambda piece: piece.on, default=None)


def next_on(question: Question) -> date | None:
    """The next date on which it would be done, never one in the past; None where it has none."""
    terms, day = question.terms, question.day
    if terms.kind in UNDATED or any(span.covers(day) for span in terms.inapplicable):
        return None
    found = _by_months(question) if terms.cadence == Cadence.MONTHS else _by_period(question)
    return None if found and terms.until and found > terms.until else found


def _by_months(question: Question) -> date:
    """So many months after the last time; where that date has passed, the next in the series."""
    terms, newest = question.terms, last(question)
    start = newest.on if newest else max(terms.first, question.settings.records_begin)
    times = 1
    while plus_months(start, terms.months * times) < question.day:
        times += 1
    return plus_months(start, terms.months * times)


def _by_period(question: Question) -> date | None:
    """The due date of the period, where it lies ahead and is not served; else of the next one."""
    terms, settings = question.terms, question.settings
    period = period_of(terms, settings.calendar, question.day)
    due = due_day(terms, period)
    evidence = [piece for piece in question.evidence if piece.on <= question.day]
    is_asked = is_owed(terms, due) and wanted(terms, settings, period) > 0
    if is_asked and due >= question.day and not is_served(terms, settings, period, evidence):
        return due
    following = next_due(terms, settings, period)
    return following[1] if following else None
