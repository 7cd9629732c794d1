"""The committee report in the proxy: refused until its statements and names stand (RULE-33).

Reg. S-K 407(d)(3)(i)(A)-(D), (ii). Statements may be printed in any order; B names no standard.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from auditors.enums import Ground, ReportStatement
from auditors.rules.reasons import Reason, reason

ORDER = tuple(ReportStatement)


@dataclass(frozen=True)
class ReportMember:
    """A member on the proxy date. `joined_on` is the first date of the present seat."""

    key: str
    name: str
    sort_name: str
    joined_on: date
    is_chair: bool = False


@dataclass(frozen=True)
class ReportFacts:
    """The dates behind the four statements, of the fiscal year the report is on.

    `letter_firm` gave the letter, for the fiscal year that ends on `letter_serves`; `auditor`
    reports on the statements. Empty: not on record. `letter_years` are the last dates of the
    fiscal years whose letter serves the report.
    `subject_to_changes`: the recommendation waits for a bring-down on a date, by a person.
    """

    reviewed_on: date | None
    discussed_on: date | None
    letter_dated: date | None
    letter_discussed_on: date | None
    recommended_on: date | None
    filed_on: date | None
    subject_to_changes: bool = False
    brought_down_on: date | None = None
    brought_down_by: str = ""
    letter_firm: str = ""
    auditor: str = ""
    letter_serves: date | None = None
    letter_years: tuple[date, ...] = ()


@dataclass(frozen=True)
class ReportRuling:
    """`objections` refuse the report. `footnotes` are offered; `names` are in printed order."""

    objections: tuple[Reason, ...]
    footnotes: tuple[Reason, ...]
    names: tuple[str, ...]


def rule(
    facts: ReportFacts,
    members: Sequence[ReportMember],
    named: Iterable[str] | None = None,
    *,
    adopted_on: date | None = None,
) -> ReportRuling:
    """Rule on issuing the report. `named` are the keys of those named under it; None: all members.

    What the report states was done by its adoption, where that date is known.

    Every member on the proxy date is named, also one who joined after the recommendation.
    """
    ordered = in_order(members)
    keys = {member.key for member in ordered} if named is None else set(named)
    objections = (
        *_undated(facts),
        *letter_objections(facts),
        *_recommendation(facts),
        *_ahead(facts, adopted_on),
        *_names(ordered, keys),
    )
    return ReportRuling(
        objections,
        tuple(_joined_after(facts, ordered)),
        tuple(member.name for member in ordered if member.key in keys),
    )


def in_order(members: Iterable[ReportMember]) -> list[ReportMember]:
    """The chair first, then by family name."""
    return sorted(members, key=lambda member: (not member.is_chair, member.sort_name.casefold()))


def _undated(facts: ReportFacts) -> Iterable[Reason]:
    dates = {
        ReportStatement.REVIEWED: facts.reviewed_on,
        ReportStatement.DISCUSSED: facts.discussed_on,
        ReportStatement.RECOMMENDED: facts.recommended_on,
    }
    for statement in ORDER:
        if statement == ReportStatement.INDEPENDENCE:
            if facts.letter_dated is None:
                yield reason(Ground.LETTER_WITHOUT_DATE)
            if facts.letter_discussed_on is None:
                yield reason(Ground.LETTER_WITHOUT_DISCUSSION)
        elif dates[statement] is None:
            yield reason(Ground.STATEMENT_WITHOUT_DATE, statement=statement)


def letter_objections(facts: ReportFacts) -> Iterable[Reason]:
    """The letter is that of the independent accountant (Reg. S-K 407(d)(3)(i)(C)), given for the
    year of the statements or, as the year's audit is finished in it, for the next one."""
    firms = {facts.letter_firm, facts.auditor} - {""}
    if len(firms) > 1:
        yield reason(Ground.LETTER_OF_OTHER_FIRM, firm=facts.letter_firm, auditor=facts.auditor)
    if facts.letter_serves and facts.letter_serves not in (
        facts.letter_years or (facts.letter_serves,)
    ):
        yield reason(Ground.LETTER_OF_OTHER_YEAR, serves=facts.letter_serves)


def _recommendation(facts: ReportFacts) -> Iterable[Reason]:
    recommended, filed, confirmed = facts.recommended_on, facts.filed_on, facts.brought_down_on
    if recommended and filed and recommended > filed:
        yield reason(Ground.RECOMMENDED_AFTER_FILING, recommended=recommended, filed=filed)
    if not facts.subject_to_changes:
        return
    if confirmed is None or not facts.brought_down_by:
        yield reason(Ground.BRING_DOWN_MISSING)
    elif recommended and confirmed < recommended:
        dates = {"confirmed": confirmed, "recommended": recommended}
        yield reason(Ground.BRING_DOWN_BEFORE_RECOMMENDATION, **dates)
    elif filed and confirmed > filed:
        yield reason(Ground.BRING_DOWN_AFTER_FILING, confirmed=confirmed, filed=filed)


def _ahead(facts: ReportFacts, adopted_on: date | None) -> Iterable[Reason]:
    """A report cannot state on a date what was done after it, nor that a letter was discussed, or
    had been received, before it was written."""
    dated, discussed = facts.letter_dated, facts.letter_discussed_on
    if dated and discussed and dated > discussed:
        yield reason(Ground.LETTER_AFTER_DISCUSSION, dated=dated, discussed=discussed)
    if dated and adopted_on and dated > adopted_on:
        yield reason(Ground.LETTER_AFTER_ADOPTION, dated=dated, adopted=adopted_on)
    done = {
        ReportStatement.REVIEWED: facts.reviewed_on,
        ReportStatement.DISCUSSED: facts.discussed_on,
        ReportStatement.INDEPENDENCE: facts.letter_discussed_on,
        ReportStatement.RECOMMENDED: facts.recommended_on,
    }
    for statement, day in done.items():
        if day and adopted_on and day > adopted_on:
            yield reason(Ground.STATEMENT_AHEAD, statement=statement, done=day, adopted=adopted_on)


def _names(members: Sequence[ReportMember], keys: set[str]) -> Iterable[Reason]:
    for member in members:
        if member.key not in keys:
            yield reason(Ground.NAME_MISSING, name=member.name)
    for key in sorted(keys - {member.key for member in members}):
        yield reason(Ground.NAME_NOT_A_MEMBER, name=key)


def _joined_after(facts: ReportFacts, members: Iterable[ReportMember]) -> Iterable[Reason]:
    recommended = facts.recommended_on
    for member in members:
        if recommended and member.joined_on > recommended:
            yield reason(
                Ground.JOINED_AFTER_RECOMMENDATION, name=member.name, joined=member.joined_on
            )
