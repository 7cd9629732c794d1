"""RULE-17: policy lines, their caps and their room; properties over requests and withdrawals."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditors.enums import Ground
from auditors.rules.catalogue import SERVICES
from auditors.rules.money import CurrencyMismatchError, Money
from auditors.rules.particular_work import names_particular_work
from auditors.rules.policy import (
    PolicyLine,
    Use,
    admit,
    objections_to_line,
    over_period,
    period_from_act,
)
from auditors.rules.reasons import grounds
from auditors.tests.rules.amounts import usd

MARCH = date(2026, 3, 10)
COMPANY = frozenset({"company"})
LINE = PolicyLine(
    key="Consents",
    service="consent",
    work="Comfort letters and consents for FY2026 registration statements",
    recipients=COMPANY,
    first=date(2026, 1, 1),
    last=date(2026, 12, 31),
    cap=usd("60,000"),
    used_by=frozenset({"cfo"}),
    uses=(Use(usd("42,000"), date(2026, 2, 1)),),
)


def bars(line: PolicyLine, fee: Money | None, **given: object) -> list[Ground]:
    asked = {"starts_on": MARCH, "recipients": COMPANY} | given
    return list(grounds(admit(line, fee=fee, **asked).bars))


@pytest.mark.parametrize(
    ("fee", "expected"),
    [
        ("17,999.99", []),
        ("18,000.00", []),  # exactly what is left
        ("18,000.01", [Ground.OVER_PERIOD_CAP]),
        ("20,000", [Ground.OVER_PERIOD_CAP]),
    ],
)
def test_period_cap(fee: str, expected: list[Ground]) -> None:
    assert bars(LINE, usd(fee)) == expected


@pytest.mark.parametrize(
    ("fee", "expected"),
    [
        ("18,000.00", []),
        ("18,000.01", [Ground.OVER_PERIOD_CAP]),
        (None, [Ground.RATE_MISSING]),
    ],
)
def test_limit_of_the_period_counts_whatever_line_was_used(
    fee: str | None, expected: list[Ground]
) -> None:
    """The limit per engagement is that of the line that was used, and is not asked again."""
    line = replace(LINE, cap_per_engagement=usd("10,000"))
    if fee is None:
        line = replace(line, uses=(Use(None, MARCH),))
    assert list(grounds(over_period(line, usd(fee or "1")))) == expected


def test_refusal_says_by_how_much() -> None:
    (bar,) = admit(LINE, fee=usd("20,000"), starts_on=MARCH, recipients=COMPANY).bars
    facts = {name: bar.facts[name] for name in ("limit", "used", "total", "over")}
    assert facts == {
        "limit": usd("60,000"),
        "used": usd("42,000"),
        "total": usd("62,000"),
        "over": usd("2,000"),
    }


@pytest.mark.parametrize(
    ("fee", "expected"),
    [
        ("200,000.00", []),
        ("200,000.01", [Ground.OVER_ENGAGEMENT_CAP]),
        ("500,000.00", [Ground.OVER_ENGAGEMENT_CAP]),
        ("500,000.01", [Ground.OVER_ENGAGEMENT_CAP, Ground.OVER_PERIOD_CAP]),
    ],
)
def test_caps_are_tested_together(fee: str, expected: list[Ground]) -> None:
    line = replace(LINE, cap=usd("500,000"), cap_per_engagement=usd("200,000"), uses=())
    assert bars(line, usd(fee)) == expected


def test_tightest_cap_comes_first() -> None:
    line = replace(LINE, cap_per_engagement=usd("25,000"))
    assert [cap.ground for cap in line.caps()] == [
        Ground.OVER_PERIOD_CAP,  # 18,000 left
        Ground.OVER_ENGAGEMENT_CAP,
    ]
    roomy = replace(line, uses=())
    assert [cap.left for cap in roomy.caps()] == [usd("25,000"), usd("60,000")]


def test_withdrawn_use_gives_its_room_back() -> None:
    line = replace(LINE, uses=(Use(usd("42,000"), MARCH, is_withdrawn=True),))
    assert line.used == usd(0)
    assert bars(line, usd("60,000")) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"starts_on": date(2026, 1, 1)}, []),
        ({"starts_on": date(2026, 12, 31)}, []),
        ({"starts_on": date(2025, 12, 31)}, [Ground.OUTSIDE_PERIOD]),
        ({"starts_on": date(2027, 1, 1)}, [Ground.OUTSIDE_PERIOD]),
        ({"recipients": frozenset({"company", "gmbh"})}, [Ground.RECIPIENT_OUTSIDE_LINE]),
        ({"user": "cfo"}, []),
        ({"user": "controller"}, [Ground.NOT_A_LINE_USER]),
        (
            {"user": "controller", "starts_on": date(2027, 1, 1)},
            [Ground.OUTSIDE_PERIOD, Ground.NOT_A_LINE_USER],
        ),
    ],
)
def test_scope(given: dict[str, object], expected: list[Ground]) -> None:
    assert bars(LINE, usd("1,000"), **given) == expected


@pytest.mark.parametrize(
    ("line", "fee"),
    [
        (LINE, None),
        (LINE, Money(Decimal(100), "EUR")),
        (replace(LINE, uses=(Use(None, MARCH),)), usd(1)),
    ],
)
def test_missing_rate_is_never_one_to_one(line: PolicyLine, fee: Money | None) -> None:
    assert bars(line, fee) == [Ground.RATE_MISSING]
    late = bars(line, fee, starts_on=date(2027, 1, 1))
    assert late == [Ground.OUTSIDE_PERIOD, Ground.RATE_MISSING]


def test_currencies_never_mix() -> None:
    with pytest.raises(CurrencyMismatchError):
        usd(1) + Money(Decimal(1), "EUR")


@pytest.mark.parametrize(
    ("act_on", "months", "last"),
    [
        (date(2026, 3, 10), 12, date(2027, 3, 9)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(2026, 8, 31), 6, date(2027, 2, 27)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
    ],
)
def test_period_from_the_act(act_on: date, months: int, last: date) -> None:
    assert period_from_act(act_on, months) == (act_on, last)


@pytest.mark.parametrize(
    ("text", "is_particular"),
    [
        # A category or a sum.
        ("tax compliance services, 60,000", False),
        ("general non-audit services, 50,000", False),
        ("audit-related services", False),
        ("any services up to $250,000", False),
        ("Other permitted services FY2026", False),
        ("Federal, state and local tax planning and advice", False),
        ("", False),
        ("$40,000", False),
        # Nobody but management could say what falls under it.
        ("Accounting services as needed", False),
        ("Such other services as the chief financial officer may request", False),
        ("Any services that are not prohibited by law", False),
        ("Ad hoc projects during the fiscal year", False),
        ("Tax services deemed necessary or appropriate by management", False),
        ("All audit services required of the auditor in each quarter", False),
        ("Whatever the CFO deems necessary", False),
        ("Routine questions from day to day", False),
        ("Up to one hundred thousand dollars", False),
        ("Due diligence services on mergers and acquisitions", False),
        ("Audits of the Company's subsidiaries for fiscal year 2026", False),
        ("Tax compliance for Larch Instruments GmbH", False),
        ("any services below $250,000", False),
        ("services worth 5k", False),
        ("services under a quarter million dollars", False),
        ("any engagement up to $250,000", False),
        ("ANY SERVICES UP TO ONE MILLION", False),
        ("tax compliance engagements", False),
        ("tax services of every description", False),
        ("all tax matters arising in FY2026", False),
        ("recurring tax services", False),
        ("Recurring Tax Services", False),
        ("accounting consultations", False),
        ("any tax filing", False),
        ("other permitted non-audit services not otherwise prohibited", False),
        ("Services permitted under the PCAOB's rules until December", False),
        ("audit-related assurance and related consultations", False),
        ("tax services for subsidiaries", False),
        ("All tax services approved in advance by the audit committee chair", False),
        ("any services the company may want", False),
        # Words that no list of vague words holds.
        ("tax work of whatever hue the controller fancies", False),
        ("services rendered pursuant to the budget in connection with growth", False),
        ("advice sought by employees in any country", False),
        # Words of prohibited services name no work that may be approved.
        ("fairness and appraisal of whatever comes up", False),
        # A single letter, the first word's capital, and a text all in capitals are no names.
        ("services of category B", False),
        ("Zork services", False),
        ("USUAL SERVICES FOR ZORK", False),
        # A name.
        ("ZORK services", True),
        ("services for Zork", True),
        ("services for ZORK", True),
        ("services for Bo", True),
        # A particular service.
        ("Review of the controls of the warehouse system before it goes live", True),
        ("Audit of the closing balance sheet of the optics business", True),
        ("Accounting consultation on a proposed spin-off", True),
        ("Consultation on ASC 842", True),
        ("Agreed-upon procedures for the lender", True),
        ("Reading of the 10-Q before it is filed", True),
        ("state franchise tax in Delaware", True),
        ("Report on greenhouse gas emissions in 2026", True),
        ("Due diligence on the purchase of Cedar Optics", True),
        ("Audit of the Larch Instruments plan", True),
        ("replies to SEC comment letters on Exchange Act filings, 25,000", True),
        ("preliminary look at the accounting of a possible acquisition, 40,000", True),
        (
            "US federal and state income tax returns FY2026 of the company and two named "
            "subsidiaries, 60,000",
            True,
        ),
        ("comfort letter and consents, FY2026 registration statements", True),
        ("statutory audit FY2026 of Larch Instruments GmbH", True),
        ("one year of the firm's accounting research library", True),
        ("Accounting consultation on the new lease standard for the Company", True),
        ("Audit of the 401(k) plan for the plan year 2026, Form 11-K", True),
        ("Advice on sales-tax registration in Ohio and Texas", True),
        ("Transfer pricing documentation FY2026 of Larch GmbH", True),
    ],
)
def test_line_names_particular_work(text: str, is_particular: bool) -> None:
    recipients = ("Larch Instruments, Inc.", "Larch Instruments GmbH")
    assert names_particular_work(text, recipients) is is_particular


@pytest.mark.parametrize(
    ("changes", "service", "expected"),
    [
        ({}, "consent", []),
        ({"work": "Tax services"}, "consent", [Ground.LINE_NAMES_NO_SERVICE]),
        ({"work": "Statutory audit of {German subsidiary}"}, "consent", [Ground.LINE_HAS_BLANK]),
        ({"work": "Statutory audit of ____"}, "consent", [Ground.LINE_HAS_BLANK]),
        ({}, None, [Ground.NOT_IN_CATALOGUE]),
        ({}, "bookkeeping", [Ground.LINE_SERVICE_PROHIBITED]),
        ({}, "annual-audit", [Ground.LINE_SPECIFIC_ONLY]),
        ({"cap": usd(0)}, "consent", [Ground.LINE_CAP_MISSING]),
        ({"cap": usd("0.01")}, "consent", []),
        ({"cap_per_engagement": usd(-1)}, "consent", [Ground.LINE_CAP_MISSING]),
        ({"first": date(2026, 12, 31)}, "consent", []),  # a line of one day
        ({"last": date(2025, 12, 31)}, "consent", [Ground.LINE_PERIOD_REVERSED]),
        (
            {"work": "", "cap": usd(0)},
            "legal-services",
            [
                Ground.LINE_SERVICE_PROHIBITED,
                Ground.LINE_NAMES_NO_SERVICE,
                Ground.LINE_CAP_MISSING,
            ],
        ),
    ],
)
def test_adoption(changes: dict[str, object], service: str | None, expected: list[Ground]) -> None:
    line = replace(LINE, **changes)
    found = objections_to_line(line, SERVICES[service] if service else None)
    assert list(grounds(found)) == expected


CENTS = st.integers(1, 10_000_000).map(lambda cents: Decimal(cents) / 100)
ASK = st.tuples(st.just("ask"), CENTS)
WITHDRAW = st.tuples(st.just("withdraw"), st.integers(0, 50))


@given(CENTS, CENTS | st.none(), st.lists(ASK | WITHDRAW, max_size=40))
def test_no_order_of_requests_and_withdrawals_exceeds_a_cap(
    cap: Decimal, per_engagement: Decimal | None, steps: list[tuple[str, Decimal | int]]
) -> None:
    """Every request that the line admits is used at once; withdrawals come in any order."""
    limit = None if per_engagement is None else Money(per_engagement, "USD")
    line = replace(LINE, cap=Money(cap, "USD"), cap_per_engagement=limit, uses=())
    for verb, value in steps:
        uses = list(line.uses)
        if verb == "withdraw" and uses:
            index = int(value) % len(uses)
            uses[index] = replace(uses[index], is_withdrawn=True)
        elif verb == "ask":
            fee = Money(Decimal(value), "USD")
            left = cap - sum((use.fee.amount for use in uses if not use.is_withdrawn), Decimal(0))
            may = fee.amount <= left and (per_engagement is None or fee.amount <= per_engagement)
            admission = admit(line, fee=fee, starts_on=MARCH, recipients=COMPANY)
            assert admission.is_open is may
            uses += [Use(fee, MARCH)] if may else []
        line = replace(line, uses=tuple(uses))
        live = [use.fee.amount for use in line.uses if not use.is_withdrawn]
        assert sum(live, Decimal(0)) <= cap
        assert all(per_engagement is None or amount <= per_engagement for amount in live)
