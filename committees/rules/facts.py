"""What is known of a director, as the tests of independence ask for it.

Days are inclusive. `record` names the record a fact was read from. A fact counts as of a day if it
happened on or before that day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from committees.enums import OrganizationRole, PaymentKind, Tie
from committees.rules.family import SELF, Relative
from committees.rules.look_back import Span
from records.calendar import DAY


@dataclass(frozen=True)
class Employment:
    """Work for the company, its parent or a subsidiary.

    `is_interim`: service as an executive officer for the time being.
    """

    span: Span
    who: Relative = SELF
    is_executive: bool = False
    is_interim: bool = False
    record: str = ""


@dataclass(frozen=True)
class Payment:
    """What the company, its parent or a subsidiary paid a person; the day is that of acceptance."""

    on: date
    amount: Decimal
    kind: PaymentKind = PaymentKind.COMPENSATION
    who: Relative = SELF
    record: str = ""


@dataclass(frozen=True)
class Organization:
    """Another organization. `gives_advice`: accounting, consulting, legal, investment banking or
    financial advisory services (Rule 10A-3(e)(8))."""

    name: str
    gives_advice: bool = False
    tie: Tie = Tie.NONE


@dataclass(frozen=True)
class Association:
    """What somebody is at an organization."""

    organization: Organization
    role: OrganizationRole
    span: Span
    who: Relative = SELF
    record: str = ""


@dataclass(frozen=True)
class BusinessPayment:
    """What the company paid to an organization, or received from it.

    on           the day, or the last day of the time for which the amount is a sum
    revenue      the recipient's consolidated gross revenue of that fiscal year
    is_excluded  it arose from investing in the company's securities, or is a gift under a
                 non-discretionary matching program (Nasdaq 5605(a)(2)(D)(i), (ii))
    """

    organization: str
    on: date
    amount: Decimal
    revenue: Decimal | None = None
    is_received: bool = False
    is_excluded: bool = False
    record: str = ""


@dataclass(frozen=True)
class Interlock:
    """An executive officer of the company serves on the compensation committee of another entity."""

    organization: str
    span: Span
    record: str = ""


@dataclass(frozen=True)
class AuditorTie:
    """Somebody at the firm that audits the company.

    partner         when a partner of the firm, if at all
    last_worked_on  the last day of work on the company's audit there, if any
    """

    partner: Span | None = None
    last_worked_on: date | None = None
    who: Relative = SELF
    record: str = ""


@dataclass(frozen=True)
class Holding:
    """Shares of a class of voting stock that the director beneficially owns, as of a day."""

    share_class: str
    shares: int
    outstanding: int
    as_of: date
    record: str = ""


@dataclass(frozen=True)
class Preparation:
    """Part in preparing the financial statements of the company or a current subsidiary."""

    span: Span
    record: str = ""


@dataclass(frozen=True)
class Facts:
    """Everything known of a director. `serving_since`: the first day of the present service on the
    committee; `not_affiliated_on`: when the Board last found that the director is no affiliate."""

    employments: tuple[Employment, ...] = ()
    payments: tuple[Payment, ...] = ()
    associations: tuple[Association, ...] = ()
    business: tuple[BusinessPayment, ...] = ()
    interlocks: tuple[Interlock, ...] = ()
    auditor: tuple[AuditorTie, ...] = ()
    holdings: tuple[Holding, ...] = ()
    preparations: tuple[Preparation, ...] = ()
    serving_since: date | None = None
    not_affiliated_on: date | None = None


def fact_days(facts: Facts) -> Iterator[date | None]:
    """Every day on which what is known of a director changes an answer of the tests.

    A role, an employment, a tie begins and ends; a payment is accepted, a holding reported. What is
    looked back on for years stops counting later, and bars nobody from then on.
    """
    spans = [
        *(one.span for one in facts.employments),
        *(one.span for one in facts.associations),
        *(one.span for one in facts.interlocks),
        *(one.span for one in facts.preparations),
        *(tie.partner for tie in facts.auditor if tie.partner),
    ]
    for span in spans:
        yield from (span.first, span.last and span.last + DAY)
    yield from (payment.on for payment in facts.payments)
    yield from (payment.on for payment in facts.business)
    yield from (tie.last_worked_on for tie in facts.auditor)
    yield from (holding.as_of for holding in facts.holdings)
