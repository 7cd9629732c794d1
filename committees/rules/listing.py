"""Test A: independence under Nasdaq 5605(a)(2), line by line (RULE-02, RULE-03, RULE-04).

The Board's opinion comes on top of these lines. Where a line bars, no opinion can help.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from committees.enums import OrganizationRole, PaymentKind
from committees.rules.facts import Association, BusinessPayment, Employment, Facts, Payment
from committees.rules.family import Relative, is_family_member
from committees.rules.findings import Finding, Line, Outcome, Why, weightiest
from committees.rules.limits import IndependenceLimits
from committees.rules.look_back import (
    Span,
    covers,
    first_clear_date,
    joined,
    window_ends,
)
from records.calendar import DAY, Calendar, Period

# Whoever is one of these at an organization is reached by line (D).
OWNING = frozenset(
    {
        OrganizationRole.PARTNER,
        OrganizationRole.MANAGING_MEMBER,
        OrganizationRole.CONTROLLING_HOLDER,
        OrganizationRole.EXECUTIVE_OFFICER,
    }
)
# The fiscal years before the current one that line (D) reaches.
YEARS_BACK = 3


def employed(facts: Facts, day: date, limits: IndependenceLimits) -> Finding:
    """RULE-03, line (A): employed by the company now or within three years.

    Interim service as an executive officer that has ended bars only if it lasted more than a year.
    """
    short = _short_interim_service(facts)
    return weightiest(
        Line.EMPLOYED,
        (
            _of_employment(employment, short, day, limits)
            for employment in facts.employments
            if employment.who.is_director and employment.span.is_reached(day, limits.years)
        ),
    )


def _of_employment(
    employment: Employment, short: Iterable[Span], day: date, limits: IndependenceLimits
) -> Finding:
    span = employment.span
    said = {"first": span.first, "last": span.last}
    clear_on = span.clear_on(limits.years)
    if employment.is_interim:
        whole = next((service for service in short if service.covers(span.first)), None)
        if whole and whole.has_ended(day):
            return Finding(
                Line.EMPLOYED, Outcome.PASSES, Why.INTERIM_SERVICE, said, (employment.record,)
            )
        clear_on = _day_after(whole) if whole else clear_on
    why = Why.EMPLOYMENT_ENDED if span.has_ended(day) else Why.EMPLOYED
    return _barred(Line.EMPLOYED, why, said, employment.record, clear_on)


def _interim_service(facts: Facts) -> list[Span]:
    """Terms that follow each other without a day between are one service."""
    return list(
        joined(one.span for one in facts.employments if one.who.is_director and one.is_interim)
    )


def _short_interim_service(facts: Facts) -> list[Span]:
    """Interim service with an end that lasts a year at most (IM-5605)."""
    return [span for span in _interim_service(facts) if span.is_at_most_a_year]


def compensation(facts: Facts, day: date, limits: IndependenceLimits) -> Finding:
    """RULE-02, line (B): more than $120,000 in any twelve months within three years.

    Each person's payments are added up by themselves, as the rule reads. What the director and
    family took together over the limit is left to the Board.
    """
    counted = _counted(facts.payments, facts, day, limits)
    people = dict.fromkeys(payment.who for payment in counted)
    each = [
        _over_in_a_window([one for one in counted if one.who == who], who, facts, day, limits)
        for who in people
    ]
    found = [finding for finding in each if finding]
    if not found and (largest := largest_window(counted)) and largest[1] > limits.compensation:
        first, total = largest
        said = {"first": first, "last": window_ends(first), "total": total}
        records = tuple(payment.record for payment in counted)
        found = [
            Finding(Line.COMPENSATION, Outcome.JUDGMENT, Why.COMPENSATION_TOGETHER, said, records)
        ]
    return weightiest(Line.COMPENSATION, found)


def counts_as_compensation(payment: Payment, facts: Facts, day: date) -> bool:
    """RULE-02: what line (B) counts; pay for short interim service is exempt (IM-5605)."""
    who = payment.who
    if not (who.is_director or is_family_member(who)):
        return False
    match payment.kind:
        case PaymentKind.BOARD_FEE | PaymentKind.RETIREMENT | PaymentKind.NON_DISCRETIONARY:
            return False
        case PaymentKind.EMPLOYEE_PAY:
            return who.is_director
        case PaymentKind.INTERIM_PAY:
            return not _is_for_short_interim_service(payment, facts, day)
    return True


def _is_for_short_interim_service(payment: Payment, facts: Facts, day: date) -> bool:
    """Whether the last service that had begun when it was paid is short, and over by `day`."""
    begun = [span for span in _interim_service(facts) if span.first <= payment.on]
    return (
        payment.who.is_director
        and bool(begun)
        and begun[-1].is_at_most_a_year
        and begun[-1].has_ended(day)
    )


def largest_window(payments: Iterable[Payment]) -> tuple[date, Decimal] | None:
    """The twelve-month window, opened by a payment, with the largest sum; the earliest of them."""
    listed = sorted(payments, key=lambda payment: payment.on)
    sums = [
        (opens.on, sum((one.amount for one in listed if _within_window(one, opens)), Decimal()))
        for opens in listed
    ]
    return max(sums, key=lambda window: window[1], default=None)


def _within_window(payment: Payment, opens: Payment) -> bool:
    return opens.on <= payment.on <= window_ends(opens.on)


def _over_in_a_window(
    payments: list[Payment], who: Relative, facts: Facts, day: date, limits: IndependenceLimits
) -> Finding | None:
    largest = largest_window(payments)
    if largest is None or largest[1] <= limits.compensation:
        return None
    first, total = largest
    said = {
        "first": first,
        "last": window_ends(first),
        "total": total,
        "limit": limits.compensation,
        "who": who,
    }
    records = tuple(one.record for one in payments if first <= one.on <= window_ends(first))
    return Finding(
        Line.COMPENSATION,
        Outcome.BARRED,
        Why.COMPENSATION_OVER,
        said,
        records,
        _compensation_clear_on(payments, facts, day, limits),
    )


def _compensation_clear_on(
    payments: list[Payment], facts: Facts, day: date, limits: IndependenceLimits
) -> date:
    """The first day on which what the look-back still reaches makes no window over the limit."""
    changes = {first_clear_date(payment.on, limits.years) for payment in payments}
    changes |= {span.last + DAY for span in _short_interim_service(facts) if span.last}
    return next(
        later
        for later in sorted(changes)
        if later > day and not _is_over(_counted(payments, facts, later, limits), limits)
    )


def _counted(
    payments: Iterable[Payment], facts: Facts, day: date, limits: IndependenceLimits
) -> list[Payment]:
    return [
        payment
        for payment in payments
        if covers(payment.on, day, limits.years) and counts_as_compensation(payment, facts, day)
    ]


def _is_over(payments: list[Payment], limits: IndependenceLimits) -> bool:
    largest = largest_window(payments)
    return largest is not None and largest[1] > limits.compensation


def family_officer(facts: Facts, day: date, limits: IndependenceLimits) -> Finding:
    """RULE-03, line (C): a family member is an executive officer, or was within three years."""
    return weightiest(
        Line.FAMILY_OFFICER,
        (
            _barred(
                Line.FAMILY_OFFICER,
                Why.FAMILY_OFFICE_ENDED if one.span.has_ended(day) else Why.FAMILY_OFFICER,
                {"who": one.who, "first": one.span.first, "last": one.span.last},
                one.record,
                one.span.clear_on(limits.years),
            )
            for one in facts.employments
            if one.is_executive
            and is_family_member(one.who)
            and one.span.is_reached(day, limits.years)
        ),
    )


def business(facts: Facts, day: date, calendar: Calendar, limits: IndependenceLimits) -> Finding:
    """RULE-04, line (D): payments to or from an organization in this or the last three fiscal years.

    Over the greater of $200,000 and 5% of the recipient's revenue of that year they bar who is a
    partner, controlling shareholder or executive officer there today. After the director or family
    member has left, and in other roles, the payments are the Board's to weigh (FAQ 138).
    """
    return weightiest(
        Line.BUSINESS,
        (
            finding
            for association in facts.associations
            if _is_reached_by_line_d(association, day)
            for finding in _of_association(association, facts.business, day, calendar, limits)
        ),
    )


def _is_reached_by_line_d(association: Association, day: date) -> bool:
    who = association.who
    return association.span.first <= day and (who.is_director or is_family_member(who))


def _of_association(
    association: Association,
    payments: Iterable[BusinessPayment],
    day: date,
    calendar: Calendar,
    limits: IndependenceLimits,
) -> Iterator[Finding]:
    mine = [
        payment
        for payment in payments
        if payment.organization == association.organization.name
        and payment.on <= day
        and not payment.is_excluded
    ]
    for year in years_reached(day, calendar):
        for is_received in (False, True):
            of_year = [one for one in mine if one.on in year and one.is_received is is_received]
            total = sum((payment.amount for payment in of_year), Decimal())
            if total > limits.payments:
                yield from _of_year(association, of_year, total, year, day, calendar, limits)


def years_reached(day: date, calendar: Calendar) -> list[Period]:
    """The current fiscal year and the three before it, the latest first.

    A transition period between two fiscal year ends is reached and not counted as one of the three.
    """
    years = [calendar.year_of(day)]
    while sum(not year.is_transition for year in years[1:]) < YEARS_BACK:
        years.append(calendar.year_before(years[-1]))
    return years


def _of_year(
    association: Association,
    payments: list[BusinessPayment],
    total: Decimal,
    year: Period,
    day: date,
    calendar: Calendar,
    limits: IndependenceLimits,
) -> Iterator[Finding]:
    records = (association.record, *(payment.record for payment in payments))
    revenue = min((one.revenue for one in payments if one.revenue is not None), default=None)
    limit = payment_limit(revenue, limits)
    said = {
        "organization": association.organization.name,
        "who": association.who,
        "role": association.role,
        "year": year,
        "total": total,
        "is_received": payments[0].is_received,
        "limit": limit,
        "left_on": association.span.last,
    }
    if revenue is not None and total <= limit:
        return
    if association.span.has_ended(day):
        yield Finding(Line.BUSINESS, Outcome.JUDGMENT, Why.PAYMENTS_OVER_BEFORE, said, records)
    elif association.role not in OWNING:
        yield Finding(Line.BUSINESS, Outcome.JUDGMENT, Why.PAYMENTS_OVER_OTHER_ROLE, said, records)
    elif revenue is None:
        yield Finding(Line.BUSINESS, Outcome.UNANSWERED, Why.REVENUE_MISSING, said, records)
    else:
        clear_on = _business_clear_on(association, year, calendar)
        yield Finding(Line.BUSINESS, Outcome.BARRED, Why.PAYMENTS_OVER, said, records, clear_on)


def payment_limit(revenue: Decimal | None, limits: IndependenceLimits) -> Decimal:
    """RULE-04: the greater of $200,000 and 5% of the recipient's gross revenue of that year."""
    share = limits.revenue_share * revenue if revenue is not None else Decimal()
    return max(limits.payments, share)


def _business_clear_on(association: Association, year: Period, calendar: Calendar) -> date:
    """The first day on which the year is out of reach, or the association over if that is sooner."""
    after = calendar.year_after(year)
    while year in years_reached(after.first, calendar):
        after = calendar.year_after(after)
    last = association.span.last
    return min(after.first, last + DAY) if last else after.first


def interlock(facts: Facts, day: date, limits: IndependenceLimits) -> Finding:
    """RULE-03, line (E): an executive officer of an entity whose compensation committee had one of
    the company's executive officers within three years. The director's office must be current."""
    return weightiest(
        Line.INTERLOCK,
        (
            _barred(
                Line.INTERLOCK,
                Why.INTERLOCK,
                {"organization": one.organization, "who": office.who},
                one.record,
                _earlier(_day_after(office.span), one.span.clear_on(limits.years)),
            )
            for one in facts.interlocks
            if one.span.is_reached(day, limits.years)
            for office in facts.associations
            if office.organization.name == one.organization
            and office.role is OrganizationRole.EXECUTIVE_OFFICER
            and (office.who.is_director or is_family_member(office.who))
            and office.span.covers(day)
        ),
    )


def auditor(facts: Facts, day: date, limits: IndependenceLimits) -> Finding:
    """RULE-03, line (F): a current partner of the outside auditor, or work on the company's audit
    there within three years. Leaving the firm ends the first and not the second."""
    findings: list[Finding] = []
    for tie in facts.auditor:
        if not (tie.who.is_director or is_family_member(tie.who)):
            continue
        said = {"who": tie.who, "last_worked_on": tie.last_worked_on}
        worked = tie.last_worked_on
        if worked and covers(worked, day, limits.years):
            clear_on = first_clear_date(worked, limits.years)
            findings.append(_barred(Line.AUDITOR, Why.AUDITOR_WORK, said, tie.record, clear_on))
        if tie.partner and tie.partner.covers(day):
            after = _day_after(tie.partner)
            findings.append(_barred(Line.AUDITOR, Why.AUDITOR_PARTNER, said, tie.record, after))
    return weightiest(Line.AUDITOR, findings)


def _barred(
    line: Line, why: Why, said: Mapping[str, object], record: str, clear_on: date | None
) -> Finding:
    return Finding(line, Outcome.BARRED, why, said, (record,), clear_on)


def _day_after(span: Span) -> date | None:
    return span.last + DAY if span.last else None


def _earlier(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)


def listing_independence(
    facts: Facts, day: date, calendar: Calendar, limits: IndependenceLimits
) -> tuple[Finding, ...]:
    """Test A: every line, in the order of the rule."""
    by_span: tuple[Callable[[Facts, date, IndependenceLimits], Finding], ...] = (
        employed,
        compensation,
        family_officer,
    )
    return (
        *(line(facts, day, limits) for line in by_span),
        business(facts, day, calendar, limits),
        interlock(facts, day, limits),
        auditor(facts, day, limits),
    )
