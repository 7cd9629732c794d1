"""Duties to be done again within so many months of the last time."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from charters.enums import Reason, Standing
from charters.rules.periods import NEAR, is_owed, until_when
from charters.rules.terms import Evidence, Gap, Question, Ruling, Terms
from records.calendar import Period, plus_months


def judge_months(question: Question) -> Ruling:
    """Due so many months after the last time; where nothing is on record, after its first day.

    When it was last done before the records begin and nobody has entered it, nothing is missing
    until a whole span has passed on record: before the record.
    """
    terms, day, begin = question.terms, question.day, question.settings.records_begin
    last = question.evidence[0].on if question.evidence else None
    base = max(last, terms.first) if last else max(terms.first, begin)
    due = _due_after(terms, base)
    is_known = last is not None or terms.first > begin
    if due < begin or not is_known:
        upcoming = max(due, _due_after(terms, begin))
        facts: dict[str, Any] = {"months": terms.months}
        if day <= upcoming:
            shown = tuple(question.evidence[:1])
            return Ruling(
                Standing.BEFORE_RECORDS_BEGIN,
                Reason.SPAN_BEFORE_RECORDS_BEGIN,
                None if upcoming == date.max else upcoming,
                shown,
                facts,
            )
        due = upcoming
    facts = {"last": last, "months": terms.months, "due": due}
    shown = tuple(question.evidence[:1])
    if due == date.max or (terms.until is not None and due > terms.until):
        if last is not None:
            return Ruling(
                Standing.ON_FILE, Reason.WITHIN_MONTHS, None, shown, facts | {"due": None}
            )
        facts |= until_when(terms, day)
        return Ruling(Standing.NOT_APPLICABLE, Reason.ENDS_BEFORE_DUE, None, shown, facts)
    if day > due:
        return Ruling(Standing.NOT_ON_FILE, Reason.MONTHS_PASSED, due, shown, facts)
    if last is not None and due - day > NEAR:
        return Ruling(Standing.ON_FILE, Reason.WITHIN_MONTHS, due, shown, facts)
    return Ruling(Standing.DUE, Reason.WITHIN_MONTHS, due, shown, facts)


def month_gaps(question: Question, facts: Sequence[Evidence]) -> Iterator[Gap]:
    """Spans on record that ran out before it was done again; the last one may still be open."""
    terms, begin = question.terms, question.settings.records_begin
    first = max(terms.first, begin)
    days = sorted({e.on for e in facts})
    reaches_in = any(day <= first and _due_after(terms, day) >= begin for day in days)
    for start in days if reaches_in else [first, *days]:
        yield from _gap(question, max(start, terms.first), facts)


def _gap(question: Question, last: date, facts: Sequence[Evidence]) -> Iterator[Gap]:
    """The span that began on `last`, if it ran out by the day that is asked for."""
    due = _due_after(question.terms, last)
    is_on_record = question.settings.records_begin <= due < question.day
    later = sorted((e for e in facts if e.on > last), key=lambda e: e.on)
    in_time = bool(later) and later[0].on <= due
    if is_on_record and not in_time and is_owed(question.terms, due):
        key = f"BY{due.isoformat()}"
        yield Gap(key, Period(last, due, key), due, tuple(later[:1]))


def _due_after(terms: Terms, day: date) -> date:
    """So many months after a day; pushed past a span in which the duty does not apply.

    The last date there is, where no end of that span is known.
    """
    if day == date.min:
        return date.max
    due = plus_months(day, terms.months)
    for span in terms.inapplicable:
        if span.covers(due):
            due = span.until or date.max
    return due
