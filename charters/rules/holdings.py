"""Duties judged on what holds or on what arose, rather than on a period."""

from charters.enums import Reason, Standing
from charters.rules.terms import Holding, Question, Ruling


def judge_condition(question: Question, holding: Holding) -> Ruling:
    facts = {"sentence": holding.sentence}
    if question.day < question.settings.records_begin:
        return Ruling(
            Standing.BEFORE_RECORDS_BEGIN,
            Reason.BEFORE_RECORDS_BEGIN,
            None,
            holding.evidence,
            facts,
        )
    if not holding.holds:
        standing = Standing.OPEN
    elif holding.deadline is not None:
        standing = Standing.DUE
    else:
        standing = Standing.ON_FILE
    return Ruling(standing, Reason.CONDITION, holding.deadline, holding.evidence, facts)


def judge_event(question: Question) -> Ruling:
    day = question.day
    year = question.calendar.year_of(day)
    seen = [o for o in question.occurrences or () if o.on <= day]
    mine = [o for o in seen if o.is_open(day) or o.on in year or o.dealt_on in year]
    waiting = [o for o in mine if o.is_open(day)]
    begin = question.settings.records_begin
    past = [o for o in waiting if o.due_on is not None and o.due_on < day]
    overdue = [o for o in past if o.due_on is not None and o.due_on >= begin]
    evidence = tuple(o.as_evidence(day) for o in sorted(mine, key=lambda o: o.on, reverse=True))
    facts = {"arose": len(mine), "open": len(waiting), "overdue": len(overdue), "period": year}
    due_on = min((o.due_on for o in waiting if o.due_on and o.due_on >= begin), default=None)
    facts["due"] = due_on
    if overdue:
        return Ruling(Standing.NOT_ON_FILE, Reason.OPEN_PAST_DAY, due_on, evidence, facts)
    if waiting and len(past) == len(waiting):
        return Ruling(
            Standing.BEFORE_RECORDS_BEGIN, Reason.BEFORE_RECORDS_BEGIN, None, evidence, facts
        )
    if waiting:
        return Ruling(Standing.DUE, Reason.OPEN_IN_TIME, due_on, evidence, facts)
    if mine:
        return Ruling(Standing.ON_FILE, Reason.ALL_DEALT_WITH, None, evidence, facts)
    return Ruling(Standing.NOT_APPLICABLE, Reason.NOTHING_AROSE, None, (), facts)
