"""What the committee as a whole must have: RULE-08, RULE-10, RULE-13."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from committees.rules.composition import Cure, Seat
from committees.rules.phase_in import Offering
from committees.rules.requirements import (
    Assessment,
    LostIndependence,
    Meets,
    Member,
    Requirement,
    assess,
    cure_days,
    expert,
    first_day_without,
    independence,
    literacy,
    sole_experts,
    sophistication,
)
from committees.tests.rules.figures import CURES, PHASE_IN, TODAY, day, on

FIRST = date(2020, 1, 1)
A, B, C = (Member(Seat(name, FIRST), is_eligible=True, is_literate=True) for name in "ABC")
EVENT = date(2026, 11, 20)


def not_eligible(**lost: object) -> Member:
    event = {"on": EVENT, "is_within_control": False, "exchange_notified_on": EVENT} | lost
    return replace(C, is_eligible=False, lost=LostIndependence(**event))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("case", "members", "as_of", "meetings", "meets", "until"),
    [
        ("all are eligible", [A, B, C], "2026-11-20", [], Meets.MEETS, None),
        ("nobody sits", [], "2026-11-20", [], Meets.NOT, None),
        ("one is not, and nothing is known", [A, B, replace(C, is_eligible=False)], "2026-11-20", [], Meets.NOT, None),
        ("beyond control: one year", [A, B, not_eligible()], "2026-11-20", [], Meets.UNTIL, "2027-11-20"),
        ("its last day", [A, B, not_eligible()], "2027-11-20", [], Meets.UNTIL, "2027-11-20"),
        ("the day after", [A, B, not_eligible()], "2027-11-21", [], Meets.NOT, "2027-11-20"),
        ("the annual meeting ends it, without 180 days", [A, B, not_eligible()], "2026-11-20", ["2027-03-10"], Meets.UNTIL, "2027-03-10"),
        ("a meeting beyond a year does not", [A, B, not_eligible()], "2026-11-20", ["2027-12-15"], Meets.UNTIL, "2027-11-20"),
        ("a meeting on the day of the event is past", [A, B, not_eligible()], "2026-11-20", ["2026-11-20"], Meets.UNTIL, "2027-11-20"),
        ("within control", [A, B, not_eligible(is_within_control=True)], "2026-11-20", [], Meets.NOT, None),
        ("exchange not notified", [A, B, not_eligible(exchange_notified_on=None)], "2026-11-20", [], Meets.NOT, None),
        ("exchange notified tomorrow", [A, B, not_eligible(exchange_notified_on=date(2026, 11, 21))], "2026-11-20", [], Meets.NOT, None),
        ("two at once", [A, replace(not_eligible(), seat=B.seat), not_eligible()], "2026-11-20", [], Meets.NOT, None),
        ("under the exception", [A, B, replace(C, exception_ends=date(2028, 3, 2))], "2026-11-20", [], Meets.UNTIL, "2028-03-02"),
    ],
)  # fmt: skip
def test_independence_of_the_committee(
    case: str,
    members: list[Member],
    as_of: str,
    meetings: list[str],
    meets: Meets,
    until: str | None,
) -> None:
    found = independence(members, day(as_of), [day(one) for one in meetings], cures=CURES)
    assert (found.meets, found.until) == (meets, on(until)), case


@pytest.mark.parametrize(
    ("eligible", "as_of", "meets", "until"),
    [
        (1, "2026-06-10", Meets.UNTIL, "2026-09-07"),
        (0, "2026-06-10", Meets.NOT, None),
        (1, "2026-09-07", Meets.NOT, None),
        (2, "2026-09-07", Meets.UNTIL, "2027-06-09"),
        (2, "2027-06-09", Meets.NOT, None),
        (3, "2027-06-09", Meets.MEETS, None),
    ],
)
def test_independence_during_the_phase_in(
    eligible: int, as_of: str, meets: Meets, until: str | None
) -> None:
    offering = Offering(date(2026, 6, 9), date(2026, 6, 10), PHASE_IN)
    members = [
        replace(member, is_eligible=place < eligible) for place, member in enumerate((A, B, C))
    ]
    found = independence(members, day(as_of), (), cures=CURES, offering=offering)
    assert (found.meets, found.until) == (meets, on(until))


LOSING, UNKNOWN = not_eligible(), replace(C, is_eligible=False)
TOO_EARLY = not_eligible(exchange_notified_on=date(2026, 11, 21))
EXCEPTED = [replace(each, exception_ends=day(f"2028-03-0{n}")) for n, each in ((2, A), (1, B))]
LISTED = Offering(date(2026, 6, 9), date(2026, 6, 10), PHASE_IN)
INDEPENDENCE = Requirement.INDEPENDENCE


@pytest.mark.parametrize(
    ("members", "as_of", "offering", "expected"),
    [
        ([], "2026-11-20", None, Assessment(INDEPENDENCE, Meets.NOT)),
        ([A, B, C], "2026-11-20", None, Assessment(INDEPENDENCE, Meets.MEETS)),
        # Of two exceptions the one that ends first.
        ([*EXCEPTED, C], "2026-11-20", None, Assessment(INDEPENDENCE, Meets.UNTIL, (), day("2028-03-01"))),
        ([A, B, UNKNOWN], "2026-06-10", LISTED, Assessment(INDEPENDENCE, Meets.UNTIL, (C.seat,), day("2026-09-07"), Cure.PHASE_IN)),
        ([A, B, UNKNOWN], "2026-11-20", None, Assessment(INDEPENDENCE, Meets.NOT, (C.seat,), None, Cure.NONE)),
        ([A, B, LOSING], "2026-11-20", None, Assessment(INDEPENDENCE, Meets.UNTIL, (C.seat,), day("2027-11-20"), Cure.RUNNING, ((C.seat, LOSING.lost),))),
        ([A, B, LOSING], "2027-11-21", None, Assessment(INDEPENDENCE, Meets.NOT, (C.seat,), day("2027-11-20"), Cure.ENDED, ((C.seat, LOSING.lost),))),
        ([A, B, TOO_EARLY], "2026-11-20", None, Assessment(INDEPENDENCE, Meets.NOT, (C.seat,), None, Cure.NOT_NOTIFIED, ((C.seat, TOO_EARLY.lost),))),
    ],
)  # fmt: skip
def test_whole_assessment_of_independence(
    members: list[Member], as_of: str, offering: Offering | None, expected: Assessment
) -> None:
    assert independence(members, day(as_of), (), cures=CURES, offering=offering) == expected


def test_days_on_which_a_loss_changes_an_answer() -> None:
    lost = LostIndependence(EVENT, False, date(2026, 11, 23))
    assert cure_days(lost, [], CURES) == (EVENT, date(2026, 11, 23), date(2027, 11, 21))
    assert cure_days(lost, [date(2027, 3, 10)], CURES)[2] == date(2027, 3, 11)


def test_no_cure_follows_a_phase_in_in_which_not_all_were_ever_independent() -> None:
    found = independence([A, B, not_eligible()], EVENT, cures=CURES, was_never_met=True)
    assert (found.meets, found.cure) == (Meets.NOT, Cure.AFTER_PHASE_IN)
    assert (found.requirement, found.lacking, found.until) == (INDEPENDENCE, (C.seat,), None)
    assert [seat for seat, _event in found.lost] == [C.seat]
    # Who was never independent has no cure in the first place.
    members = [A, B, replace(C, is_eligible=False)]
    assert independence(members, EVENT, cures=CURES, was_never_met=True).cure is Cure.NONE


def test_who_is_not_eligible_or_not_literate_is_named() -> None:
    other = replace(B, is_literate=False, is_eligible=False)
    assert independence([A, other, C], TODAY, cures=CURES).lacking == (B.seat,)
    assert literacy([A, other, C]).lacking == (B.seat,)
    assert literacy([A, other, C]).meets is Meets.NOT
    assert literacy([A, B, C]).meets is Meets.MEETS
    assert literacy([]).meets is Meets.NOT


@pytest.mark.parametrize(
    ("sophisticated", "is_expert", "sophistication_meets", "expert_meets"),
    [
        (False, False, Meets.NOT, Meets.EXPLAIN),
        (True, False, Meets.MEETS, Meets.EXPLAIN),
        (False, True, Meets.MEETS, Meets.MEETS),
        (True, True, Meets.MEETS, Meets.MEETS),
    ],
)
def test_sophistication_and_expert(
    sophisticated: bool, is_expert: bool, sophistication_meets: Meets, expert_meets: Meets
) -> None:
    members = [A, replace(B, is_sophisticated=sophisticated, is_expert=is_expert)]
    assert sophistication(members).meets is sophistication_meets
    assert expert(members).meets is expert_meets
    assert expert(members).holds  # an absence is explained, and is no bar


def test_only_the_sole_expert_is_named() -> None:
    expert_b, sophisticated_c = replace(B, is_expert=True), replace(C, is_sophisticated=True)
    assert sole_experts([A, expert_b, C]) == (B.seat,)
    assert sole_experts([A, expert_b, sophisticated_c]) == ()
    assert sole_experts([A, B, C]) == ()


def test_requirements_are_assessed_in_the_order_of_the_rule() -> None:
    assert [one.requirement for one in assess([A, B, C], TODAY, cures=CURES)] == list(Requirement)


def test_first_day_without_looks_at_days_ahead_only() -> None:
    changes = [TODAY - timedelta(1), TODAY, TODAY + timedelta(30), TODAY + timedelta(10)]
    assert first_day_without(lambda on: False, changes, TODAY) == TODAY + timedelta(10)
    assert first_day_without(lambda on: on.month == 11, changes, TODAY) == TODAY + timedelta(30)
    assert first_day_without(lambda on: True, changes, TODAY) is None
