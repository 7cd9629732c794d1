"""Several at once: a policy line and a delegation keep their limits on PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from accounts.enums import Role
from accounts.tests.personas import make_person
from auditors.models import Approval, ServiceRequest
from auditors.rules.money import Money
from auditors.services import approvals
from auditors.tests.factories import AT, SIGNED, TODAY, a_delegation, a_line, a_request
from committees.tests.factories import a_company, a_director, a_seat

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

AT_ONCE, FEE, LIMIT = 8, "3000", Decimal(10_000)


def at_once(approve: Callable[[ServiceRequest], Any], asked: list[ServiceRequest]) -> list[bool]:
    """Whether each was approved, all of them asked for at the same time."""

    def attempt(request: ServiceRequest) -> bool:
        try:
            approve(request)
        except ValidationError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(attempt, asked))


@pytest.fixture
def asked(transactional_db: None) -> list[ServiceRequest]:
    a_company()
    return [a_request(FEE) for _ in range(AT_ONCE)]


def test_uses_at_once_keep_the_cap(asked: list[ServiceRequest]) -> None:
    officer = make_person("Mona Manager", Role.MANAGEMENT)
    line = a_line(used_by=[officer], cap=LIMIT)

    def use(request: ServiceRequest) -> Approval:
        return approvals.use_line(request, line, used_by=officer, used_on=TODAY, by=officer, at=AT)

    assert sum(at_once(use, asked)) == 3
    assert sum(each.amount for each in Approval.objects.live()) == Decimal(9_000)


def test_uses_of_a_line_and_of_its_change_at_once_keep_the_later_limit(
    asked: list[ServiceRequest],
) -> None:
    """Half of them are recorded afterwards, under the line that was changed since."""
    officer = make_person("Mona Manager", Role.MANAGEMENT)
    first = a_line(used_by=[officer])
    second = a_line(used_by=[officer], cap=LIMIT, adopted_on=date(2026, 6, 1), replaces=first)

    def use(request: ServiceRequest) -> Approval:
        line, day = (first, date(2026, 5, 4)) if request.pk % 2 else (second, TODAY)
        return approvals.use_line(request, line, used_by=officer, used_on=day, by=officer, at=AT)

    assert sum(at_once(use, asked)) == 3


def test_decisions_at_once_keep_the_total(asked: list[ServiceRequest]) -> None:
    director = a_seat(a_director("Clara Chair", make_person("Clara", Role.DIRECTOR))).director
    a_delegation(director, limit_between_meetings=LIMIT)

    def approve(request: ServiceRequest) -> Approval:
        return approvals.approve_by_delegate(
            request, director, approved_on=TODAY, by=director.user, at=AT
        )

    assert sum(at_once(approve, asked)) == 3


def test_first_waivers_at_once_keep_the_share(transactional_db: None) -> None:
    """None is on record yet that the others could wait for: the firm's row is what they lock."""
    a_company()
    begun = {"service": "sales-tax-advice", "starts_on": date(2026, 11, 1)}
    asked = [a_request(FEE, **begun) for _ in range(AT_ONCE)]
    paid = Money(LIMIT * 20, "USD")

    def waive(request: ServiceRequest) -> Approval:
        return approvals.approve_by_waiver(
            request,
            approved_on=TODAY,
            recognized_later=True,
            promptly_brought=True,
            paid_in_year=paid,
            **SIGNED,
        )

    assert sum(at_once(waive, asked)) == 3


def test_a_request_is_approved_once(asked: list[ServiceRequest]) -> None:
    def approve(request: ServiceRequest) -> Approval:
        return approvals.approve_by_committee(request, approved_on=TODAY, **SIGNED)

    assert sum(at_once(approve, [asked[0]] * AT_ONCE)) == 1
