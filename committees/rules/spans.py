"""Duties to be done again within so many months of the last time (C5)."""

from collections.abc import Iterator, Sequence
from datetime import date

from committees.enums import Reason, Standing
from committees.rules.periods import NEAR
from committees.rules.terms import Evidence, Gap, Question, Ruling
from records.calendar import Period, plus_months


def judge_months(question: Question) -> Ruling:
    terms, day = question.terms, question.day
    begin = max(terms.first, question.settings.records_begin)
    if day < question.settings.records_begin and not question.evidence:
        return Ruling(
            Standing.BEFORE_RECORD,
            Reason.BEFORE_RECORD,
            _plus(begin, terms.months),
            (),
            {"months": terms.months},
        )
    last = question.evidence[0].on if question.evidence else None
    # What is not on record gives the first full span from the day the records begin.
    due = max(
        _plus(last or begin, terms.months),
        _plus(begin, terms.months) if last is None or last < begin else date.min,
    )
    facts = {"last": last, "months": terms.months, "due": due}
    shown = tuple(question.evidence[:1])
    if day > due:
        return Ruling(Standing.NO_RECORD, Reason.MONTHS_PASSED, due, shown, facts)
    if last is not None and due - day > NEAR:
        return Ruling(Standing.KEPT, Reason.WITHIN_MONTHS, due, shown, facts)
    return Ruling(Standing.DUE, Reason.WITHIN_MONTHS, due, shown, facts)


def month_gaps(question: Question, facts: Sequence[Evidence]) -> Iterator[Gap]:
    terms = question.terms
    begin = max(terms.first, question.settings.records_begin)
    if begin == date.min:
        return
    last = begin
    for piece in sorted(facts, key=lambda e: e.on):
        due = _plus(last, terms.months)
        if piece.on > due and due >= begin:
            yield Gap(
                f"BY{due.isoformat()}", Period(last, due, f"BY{due.isoformat()}"), due, (piece,)
            )
        last = max(last, piece.on)


def _plus(day: date, months: int) -> date:
    return plus_months(day, months) if day > date.min else date.max
