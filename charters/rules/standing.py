"""Where a duty stands on a day, and why: one table for every kind of duty.

Pure: no database and no clock. The day, the calendar, the evidence and the company's settings
are arguments. "Annually" is read per fiscal year unless the company chose the strict reading.
"""

from collections.abc import Iterator
from dataclasses import replace

from charters.enums import Cadence, DutyKind, Reason, Standing
from charters.rules.holdings import judge_condition, judge_event
from charters.rules.periods import judge_periods, period_gaps
from charters.rules.spans import judge_months, month_gaps
from charters.rules.terms import Gap, Question, Ruling


def judge(question: Question) -> Ruling:
    """Where the duty stands. The one entrance to the table."""
    terms, day = question.terms, question.day
    question = replace(
        question,
        evidence=sorted(
            (e for e in question.evidence if e.on <= day), key=lambda e: e.on, reverse=True
        ),
    )
    if terms.kind == DutyKind.AUTHORITY:
        return Ruling(
            Standing.NOT_APPLICABLE,
            Reason.AUTHORITY,
            None,
            tuple(question.evidence),
            {"uses": len(question.evidence)},
        )
    declared = next((span for span in terms.inapplicable if span.covers(day)), None)
    if declared:
        facts = {"since": declared.first, "reason": declared.reason}
        return Ruling(Standing.NOT_APPLICABLE, Reason.DECLARED_NOT_APPLICABLE, None, (), facts)
    if question.occurrences is not None:
        return judge_event(question)
    if question.holding is not None and not (
        question.holding.holds and terms.kind == DutyKind.PROCEDURE
    ):
        return judge_condition(question, question.holding)
    if terms.cadence == Cadence.MONTHS:
        return judge_months(question)
    return judge_periods(question)


def gaps(question: Question) -> Iterator[Gap]:
    """Closed periods on record that were owed and not served in time, oldest first.

    Only duties judged by period or by months have gaps. A period served after its last day is
    a gap that names the evidence which served it since.
    """
    if question.terms.kind == DutyKind.AUTHORITY or question.occurrences is not None:
        return
    if question.holding is not None and question.terms.kind != DutyKind.PROCEDURE:
        return
    facts = [e for e in question.evidence if e.on <= question.day]
    yield from (month_gaps if question.terms.cadence == Cadence.MONTHS else period_gaps)(
        question, facts
    )
