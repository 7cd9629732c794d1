"""Resolutions are numbered by body and fiscal year, without gap or double."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from charters.enums import HowDecided
from charters.models import Committee
from charters.services import record_decision
from committees.tests.factories import a_board, a_company, an_audit_committee
from committees.tests.recording import NOW
from meetings.models import BodyRules, ResolutionSequence
from meetings.services.numbering import next_number

DAY = date(2026, 8, 4)


def numbers(body: Committee, *days: date) -> list[str]:
    with transaction.atomic():
        return [next_number(body, day) for day in days]


@pytest.mark.django_db
def test_each_body_and_fiscal_year_has_a_sequence_of_its_own() -> None:
    a_company()
    committee, board = an_audit_committee(), a_board()
    assert numbers(committee, DAY, date(2025, 12, 31), DAY, date(2026, 12, 31)) == [
        "2026-01",
        "2025-01",
        "2026-02",
        "2026-03",
    ]
    assert numbers(board, DAY) == ["2026-01"]


@pytest.mark.django_db
def test_a_number_that_was_entered_by_hand_is_passed_over() -> None:
    a_company()
    committee = an_audit_committee()
    record_decision(
        committee, decided_on=DAY, how=HowDecided.MEETING, text="RESOLVED.", number="2026-01", **NOW
    )
    assert numbers(committee, DAY) == ["2026-02"]


@pytest.mark.django_db
def test_the_rules_of_a_body_say_where_a_year_begins() -> None:
    a_company()
    committee = an_audit_committee()
    BodyRules.objects.create(
        body=committee, effective_on=date(2026, 3, 1), first_number=7, first_number_year="FY2026"
    )
    assert numbers(committee, DAY, DAY, date(2025, 8, 4)) == ["2026-07", "2026-08", "2025-01"]


@pytest.mark.django_db
def test_a_resolution_that_fails_leaves_no_gap() -> None:
    a_company()
    committee = an_audit_committee()
    with transaction.atomic():
        assert next_number(committee, DAY) == "2026-01"
        transaction.set_rollback(True)
    assert numbers(committee, DAY) == ["2026-01"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_secretaries_at_once_get_different_numbers_without_a_gap() -> None:
    a_company()
    committee = an_audit_committee()

    def number(_: int) -> str:
        try:
            return numbers(committee, DAY)[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        given = sorted(threads.map(number, range(12)))
    assert given == [f"2026-{count:02}" for count in range(1, 13)]
    assert ResolutionSequence.objects.get().last == 12
