"""RULE-18: delegates, their limits, and presenting at the next scheduled meeting."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from auditors.enums import FeeCategory, Ground, Timing
from auditors.rules.catalogue import SERVICES
from auditors.rules.delegation import (
    Delegate,
    Delegation,
    bars,
    conflict,
    objections_to_delegation,
)
from auditors.rules.money import Money
from auditors.rules.presenting import (
    Meeting,
    due_on,
    is_scheduled,
    not_told,
    presentation,
    tell_by,
)
from auditors.rules.reasons import Reason, grounds, reason
from auditors.tests.rules.amounts import usd
from records.calendar import Calendar, YearEnd

CHAIR = Delegate("chair", "Ngozi Okafor")
SECOND = Delegate("second", "Li Wei")
CFO = Delegate("cfo", "Mona Manager", is_member=False, is_independent=False, is_officer=True)
LIMITED = Delegation((CHAIR,), limit_per_service=usd("50,000"))
ADVICE = SERVICES["sales-tax-advice"]


@pytest.mark.parametrize(
    ("fee", "expected"),
    [
        ("35,000", []),
        ("50,000.00", []),
        ("50,000.01", [Ground.OVER_DELEGATE_LIMIT]),
    ],
)
def test_limit_per_service(fee: str, expected: list[Ground]) -> None:
    assert list(grounds(bars(LIMITED, ADVICE, usd(fee)))) == expected


@pytest.mark.parametrize(
    ("awaiting", "fee", "expected"),
    [
        ([], "100,000", []),
        (["60,000", "20,000"], "20,000", []),
        (["60,000", "20,000"], "20,000.01", [Ground.OVER_DELEGATE_TOTAL]),
    ],
)
def test_total_between_scheduled_meetings(
    awaiting: list[str], fee: str, expected: list[Ground]
) -> None:
    delegation = Delegation(
        (CHAIR,),
        limit_between_meetings=usd("100,000"),
        awaiting=tuple(usd(each) for each in awaiting),
    )
    assert list(grounds(bars(delegation, ADVICE, usd(fee)))) == expected


@pytest.mark.parametrize(
    ("delegation", "service", "fee", "expected"),
    [
        # The law sets no sum: a delegation without an amount decides on any.
        (Delegation((CHAIR,)), "sales-tax-advice", usd("9,000,000"), []),
        (Delegation((CHAIR,)), "sales-tax-advice", None, []),
        (LIMITED, "sales-tax-advice", None, [Ground.RATE_MISSING]),
        (LIMITED, "sales-tax-advice", Money(usd(1).amount, "EUR"), [Ground.RATE_MISSING]),
        (LIMITED, "annual-audit", usd(1), [Ground.SPECIFIC_ONLY]),
        (
            replace(LIMITED, categories=frozenset({FeeCategory.TAX})),
            "due-diligence",
            usd(1),
            [Ground.KIND_NOT_DELEGATED],
        ),
        (
            replace(LIMITED, includes_internal_control=False),
            "controls-review",
            usd(1),
            [Ground.INTERNAL_CONTROL_NOT_DELEGATED],
        ),
        (LIMITED, "controls-review", usd(1), []),
        (
            replace(LIMITED, waiver_only=True),
            "training",
            usd(1),
            [Ground.WAIVER_DELEGATED_ONLY],
        ),
        (
            Delegation((replace(CHAIR, is_member=False),)),
            "training",
            usd(1),
            [Ground.NO_DELEGATE_IN_OFFICE],
        ),
        (Delegation((replace(CHAIR, is_member=False), SECOND)), "training", usd(1), []),
    ],
)
def test_bars(
    delegation: Delegation, service: str, fee: Money | None, expected: list[Ground]
) -> None:
    assert list(grounds(bars(delegation, SERVICES[service], fee))) == expected


@pytest.mark.parametrize(
    ("delegates", "expected"),
    [
        ([CHAIR], []),
        ([CHAIR, SECOND], []),
        ([CFO], [Ground.DELEGATE_IS_OFFICER]),
        ([CHAIR, CFO], [Ground.DELEGATE_IS_OFFICER]),
        ([replace(SECOND, is_member=False)], [Ground.DELEGATE_NOT_MEMBER]),
        ([replace(SECOND, is_independent=False)], [Ground.DELEGATE_NOT_INDEPENDENT]),
        ([], [Ground.DELEGATES_MISSING]),
    ],
)
def test_adoption(delegates: list[Delegate], expected: list[Ground]) -> None:
    found = objections_to_delegation(Delegation(tuple(delegates)))
    assert list(grounds(found)) == expected


GRANTED = date(2026, 5, 14)
AUGUST, NOVEMBER = Meeting(date(2026, 8, 4)), Meeting(date(2026, 11, 3))
SPECIAL = Meeting(date(2026, 6, 10), is_scheduled=False)
MEETINGS = (Meeting(date(2026, 5, 5)), SPECIAL, AUGUST, NOVEMBER)


@pytest.mark.parametrize(
    ("presented", "on", "timing"),
    [
        ([], date(2026, 5, 14), Timing.DUE),
        ([], date(2026, 8, 4), Timing.DUE),
        ([], date(2026, 8, 5), Timing.NOT_ON_FILE),
        ([AUGUST], date(2026, 8, 4), Timing.ON_TIME),
        ([AUGUST], date(2026, 8, 3), Timing.DUE),  # not yet held
        # A special meeting heard of it: the scheduled one is still asked.
        ([SPECIAL], date(2026, 6, 11), Timing.DUE),
        ([SPECIAL], date(2026, 8, 5), Timing.NOT_ON_FILE),
        ([SPECIAL, AUGUST], date(2026, 8, 5), Timing.ON_TIME),
        ([NOVEMBER], date(2026, 11, 3), Timing.LATE),
    ],
)
def test_presented_at_the_next_scheduled_meeting(
    presented: list[Meeting], on: date, timing: Timing
) -> None:
    found = presentation(GRANTED, presented, MEETINGS, on=on)
    assert (found.timing, found.due_on) == (timing, date(2026, 8, 4))
    if timing in (Timing.DUE, Timing.NOT_ON_FILE):
        waits = timing == Timing.DUE
        ground = Ground.PRESENTATION_DUE if waits else Ground.PRESENTATION_NOT_ON_FILE
        assert found.reason == reason(ground, decided=GRANTED, due=date(2026, 8, 4))


def test_decision_on_the_date_of_a_meeting_may_be_presented_at_it() -> None:
    found = presentation(AUGUST.on, [AUGUST], MEETINGS, on=AUGUST.on)
    assert found.timing == Timing.ON_TIME


def test_no_meeting_is_scheduled() -> None:
    found = presentation(date(2026, 12, 1), [], MEETINGS, on=date(2026, 12, 31))
    assert (found.timing, found.due_on) == (Timing.DUE, None)
    facts = {"decided": date(2026, 12, 1), "due": None}
    assert found.reason == reason(Ground.NO_MEETING_SCHEDULED, **facts)
    assert found.reason.ground == Ground.NO_MEETING_SCHEDULED


def test_decision_is_due_at_the_next_scheduled_meeting_after_it() -> None:
    days = [date(2026, 5, 5), date(2026, 8, 3), date(2026, 8, 4), date(2026, 11, 3)]
    assert [due_on(day, MEETINGS) for day in days] == [AUGUST.on, AUGUST.on, NOVEMBER.on, None]


def test_first_of_two_meetings_that_were_shown_the_decision_counts() -> None:
    for presented in ([AUGUST, NOVEMBER], [NOVEMBER, AUGUST]):
        found = presentation(GRANTED, presented, MEETINGS, on=NOVEMBER.on)
        assert (found.timing, found.reason) == (
            Timing.ON_TIME,
            reason(Ground.PRESENTED, on=AUGUST.on),
        )


def test_decision_shown_at_the_last_scheduled_meeting_is_in_time() -> None:
    found = presentation(NOVEMBER.on, [NOVEMBER], MEETINGS, on=NOVEMBER.on)
    assert (found.timing, found.due_on) == (Timing.ON_TIME, None)


def test_total_cannot_be_computed_where_a_decision_has_no_rate() -> None:
    delegation = Delegation((CHAIR,), limit_between_meetings=usd(100_000), awaiting=(None,))
    assert grounds(bars(delegation, SERVICES["training"], usd(1))) == (Ground.RATE_MISSING,)
    unlimited = replace(delegation, limit_between_meetings=None)
    assert bars(unlimited, SERVICES["training"], usd(1)) == ()


OKAFOR = Delegate("chair", "Ngozi Okafor", user="7")


@pytest.mark.parametrize(
    ("asked_by", "concerns", "expected"),
    [
        pytest.param("9", "", None, id="somebody else asked"),
        pytest.param("", "", None, id="recorded by the portal's operator"),
        pytest.param("7", "", Ground.DELEGATE_ASKED, id="the delegate asked"),
        pytest.param("9", "chair", Ground.DELEGATE_CONCERNED, id="it is done for the delegate"),
        pytest.param("9", "second", None, id="it is done for another director"),
        pytest.param("7", "chair", Ground.DELEGATE_ASKED, id="both: the first is said"),
    ],
)
def test_nobody_decides_in_their_own_matter(
    asked_by: str, concerns: str, expected: Ground | None
) -> None:
    found = conflict(OKAFOR, asked_by=asked_by, concerns=concerns)
    assert (found.ground if found else None) == expected


def test_delegate_without_an_account_asked_for_nothing() -> None:
    assert conflict(CHAIR, asked_by="", concerns="") is None


HELD = (Meeting(date(2026, 11, 3)), Meeting(date(2026, 6, 10), is_scheduled=False))
BEGIN = date(2025, 1, 1)


@pytest.mark.parametrize(
    ("day", "meetings", "said", "expected"),
    [
        (date(2026, 11, 3), HELD, True, True),
        (date(2026, 11, 3), HELD, False, True),
        # A special meeting stays special, whatever is said.
        (date(2026, 6, 10), HELD, True, False),
        # A Saturday without any meeting.
        (date(2026, 10, 24), HELD, True, None),
        (date(2026, 10, 24), HELD, False, False),
        (BEGIN, HELD, True, None),
        (BEGIN - timedelta(days=1), HELD, True, True),
        (date(2026, 10, 24), (), True, True),
        # A scheduled meeting and a special one on the same date.
        (date(2026, 11, 3), (Meeting(date(2026, 11, 3), is_scheduled=False), *HELD), True, True),
    ],
)
def test_meeting_is_what_the_record_says(
    day: date, meetings: tuple[Meeting, ...], said: bool, expected: bool | None
) -> None:
    assert is_scheduled(day, meetings, said=said, records_begin=BEGIN) is expected


THANKSGIVING = Calendar((YearEnd(date(1900, 1, 1), 12, 31),), frozenset({date(2026, 11, 26)}))


@pytest.mark.parametrize(
    ("decided_on", "due"),
    [
        (date(2026, 11, 17), date(2026, 11, 18)),
        # A Friday, and the day before a holiday.
        (date(2026, 11, 20), date(2026, 11, 23)),
        (date(2026, 11, 25), date(2026, 11, 27)),
    ],
)
def test_other_members_are_told_by_the_next_business_day(decided_on: date, due: date) -> None:
    after = due + timedelta(days=1)
    words = reason(Ground.OTHERS_NOT_TOLD, decided=decided_on, due=due)
    assert tell_by(decided_on, THANKSGIVING) == due
    for told_on, on, expected in (
        (None, due, None),
        (None, after, words),
        (after, after, None),
        (after + timedelta(days=1), after, words),
    ):
        assert not_told(decided_on, told_on, THANKSGIVING, on=on) == expected


@pytest.mark.parametrize(
    ("is_member", "is_independent", "is_officer", "may"),
    [
        (True, True, False, True),
        (False, True, False, False),
        (True, False, False, False),
        (True, True, True, False),
    ],
)
def test_who_may_decide(is_member: bool, is_independent: bool, is_officer: bool, may: bool) -> None:
    who = Delegate("x", "X", is_member, is_independent, is_officer)
    assert who.may_decide is may
    assert Delegation((CHAIR, who, SECOND)).in_office == (
        (CHAIR, who, SECOND) if may else (CHAIR, SECOND)
    )


EUROS = Money(Decimal(40_000), "EUR")


@pytest.mark.parametrize(
    ("per_service", "between", "currency"),
    [(None, None, ""), (EUROS, None, "EUR"), (None, EUROS, "EUR"), (EUROS, usd("1"), "EUR")],
)
def test_currency_of_the_limits(
    per_service: Money | None, between: Money | None, currency: str
) -> None:
    assert Delegation((CHAIR,), per_service, between).currency == currency


def test_used_between_meetings_is_known_only_where_each_rate_is() -> None:
    known = Delegation((CHAIR,), limit_between_meetings=usd("9"), awaiting=(usd("1"), usd("2")))
    assert known.used == usd("3")
    assert replace(known, awaiting=(usd("1"), None)).used is None
    assert replace(known, limit_between_meetings=None).used is None


@pytest.mark.parametrize(
    ("delegation", "fee", "expected"),
    [
        (LIMITED, "50,001", [reason(Ground.OVER_DELEGATE_LIMIT, limit=usd("50,000"), over=usd("1"))]),
        (
            Delegation((CHAIR,), limit_between_meetings=usd("100"), awaiting=(usd("60"), usd("30"))),
            "12",
            [reason(Ground.OVER_DELEGATE_TOTAL, limit=usd("100"), used=usd("90"), over=usd("2"))],
        ),
        (
            Delegation((CHAIR,), usd("10"), usd("100"), awaiting=(usd("95"),)),
            "12",
            [
                reason(Ground.OVER_DELEGATE_LIMIT, limit=usd("10"), over=usd("2")),
                reason(Ground.OVER_DELEGATE_TOTAL, limit=usd("100"), used=usd("95"), over=usd("7")),
            ],
        ),
        # One of the two limits is in another currency than the fee.
        (Delegation((CHAIR,), usd("10"), EUROS), "1", [reason(Ground.RATE_MISSING)]),
        (Delegation((CHAIR,), EUROS, usd("10")), "1", [reason(Ground.RATE_MISSING)]),
        (Delegation((CHAIR,)), None, []),
        (Delegation((CHAIR,), usd("10")), None, [reason(Ground.RATE_MISSING)]),
    ],
)  # fmt: skip
def test_limits_with_their_facts(
    delegation: Delegation, fee: str | None, expected: list[Reason]
) -> None:
    assert list(bars(delegation, ADVICE, usd(fee) if fee else None)) == expected


def test_nobody_is_no_delegate_whom_it_concerns() -> None:
    nameless = Delegate("", "Not yet known")
    assert conflict(nameless, asked_by="", concerns="") is None
