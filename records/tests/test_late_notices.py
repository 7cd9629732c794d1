"""A Form 12b-25 that was filed: recorded, and what it makes of the due date (RULE-31)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from records.enums import FilerCategory, SystemActor
from records.filing_sentences import due_words
from records.models import Company, LateNotice, LedgerEntry
from records.services import company as services

pytestmark = pytest.mark.django_db

APRIL = datetime(2027, 4, 2, 15, tzinfo=UTC)
SIGNED: dict[str, Any] = {"by": SystemActor.OPERATOR, "at": APRIL}
IN_ORDER = {"says_unavoidable": True, "says_will_file_in_time": True}


@pytest.fixture
def company() -> Company:
    services.set_up(name="Larch Instruments, Inc.", **SIGNED)
    found = Company.objects.get()
    services.set_filer_status(
        found,
        category=FilerCategory.ACCELERATED,
        is_smaller_reporting=False,
        effective_from=date(2025, 1, 1),
        **SIGNED,
    )
    return Company.objects.get()


def due_on(company: Company, period: str) -> date:
    calendar = company.calendar
    year = calendar.year_of(date(int(period[2:6]), 6, 30))
    dues = Company.objects.get().due_dates(year)
    return next(due.due_on for due in dues if due.period.key == period and due.form != "Part III")


@pytest.mark.parametrize(
    ("period", "filed_on", "says", "expected"),
    [
        # RULE-31: 10-K due March 16, 2027, form by March 17, extended to March 31.
        ("FY2026", date(2027, 3, 17), IN_ORDER, date(2027, 3, 31)),
        ("FY2026", date(2027, 3, 18), IN_ORDER, date(2027, 3, 16)),
        ("FY2026", date(2027, 3, 17), {"says_unavoidable": True}, date(2027, 3, 16)),
        ("FY2026", date(2027, 3, 17), {"says_will_file_in_time": True}, date(2027, 3, 16)),
        ("FY2026", date(2027, 3, 17), IN_ORDER | {"auditor_is_cause": True}, date(2027, 3, 16)),
        (
            "FY2026",
            date(2027, 3, 17),
            IN_ORDER | {"auditor_is_cause": True, "has_auditor_statement": True},
            date(2027, 3, 31),
        ),
        # 10-Q due November 9, 2026: day 5 is Saturday, November 14.
        ("FY2026Q3", date(2026, 11, 10), IN_ORDER, date(2026, 11, 16)),
        # 10-Q due August 10, 2026: day 5 is Saturday, August 15.
        ("FY2026Q2", date(2026, 8, 10), IN_ORDER, date(2026, 8, 17)),
    ],
)
def test_due_date_is_extended_where_the_form_meets_every_condition(
    company: Company, period: str, filed_on: date, says: dict[str, bool], expected: date
) -> None:
    others = {key: due_on(company, key) for key in ("FY2026Q1", "FY2026Q2", "FY2026Q3", "FY2026")}
    services.record_late_notice(company, period=period, filed_on=filed_on, **says, **SIGNED)
    now = {key: due_on(company, key) for key in others}
    assert now == others | {period: expected}


def test_part_iii_is_not_extended(company: Company) -> None:
    services.record_late_notice(
        company, period="FY2026", filed_on=date(2027, 3, 17), **IN_ORDER, **SIGNED
    )
    year = company.calendar.year_of(date(2026, 6, 30))
    *_, annual, part_iii = Company.objects.get().due_dates(year)
    assert part_iii.due_on == date(2027, 4, 30)
    assert due_words(annual) == (
        "Form 10-K for fiscal year 2026 is due on March 31, 2027: a Form 12b-25 extended the due "
        "date of March 16, 2027."
    )
    assert "12b-25" in annual.citation


def test_correcting_and_removing_it_moves_the_date_back(company: Company) -> None:
    notice = services.record_late_notice(
        company, period="FY2026", filed_on=date(2027, 3, 17), **IN_ORDER, **SIGNED
    )
    services.correct_late_notice(notice, filed_on=date(2027, 3, 19), **IN_ORDER, **SIGNED)
    assert due_on(company, "FY2026") == date(2027, 3, 16)
    services.correct_late_notice(notice, filed_on=date(2027, 3, 16), **IN_ORDER, **SIGNED)
    assert due_on(company, "FY2026") == date(2027, 3, 31)
    services.remove_late_notice(LateNotice.objects.get(), **SIGNED)
    assert due_on(company, "FY2026") == date(2027, 3, 16)
    actions = LedgerEntry.objects.filter(action__startswith="late_notice").order_by("pk")
    assert [each.action.partition(".")[2] for each in actions] == [
        *("recorded", "corrected", "corrected", "removed")
    ]


@pytest.mark.parametrize(
    ("field", "period", "filed_on"),
    [
        ("filed_on", "FY2026", date(2027, 4, 3)),
        ("filed_on", "FY2026", date(2026, 12, 31)),
        ("period", "FY1999", date(2027, 3, 17)),
        ("period", "", date(2027, 3, 17)),
    ],
    ids=["ahead", "before the period ended", "of another time", "none"],
)
def test_what_cannot_be_is_refused(
    company: Company, field: str, period: str, filed_on: date
) -> None:
    with pytest.raises(ValidationError) as refused:
        services.record_late_notice(company, period=period, filed_on=filed_on, **SIGNED)
    assert field in refused.value.message_dict


def test_a_second_form_for_a_report_is_refused(company: Company) -> None:
    terms = {"period": "FY2026", "filed_on": date(2027, 3, 17)}
    services.record_late_notice(company, **terms, **SIGNED)
    with pytest.raises(ValidationError, match="is on record"):
        services.record_late_notice(company, **terms, **SIGNED)


def test_secretary_records_it_and_sees_what_it_gains(
    company: Company, client_of: Callable[..., Client], secretary: User
) -> None:
    path = reverse("late_notice_add")
    typed = {"period": "FY2026", "filed_on": "2027-03-17"} | dict.fromkeys(IN_ORDER, "on")
    with time_machine.travel(APRIL, tick=False):
        client = client_of(secretary)
        review = client.post(path, typed)
        assert review.context["consequence"] == (
            "Due on March 31, 2027 instead of March 16, 2027 (15 calendar days)."
        )
        lacking = client.post(path, {**typed, "says_unavoidable": ""})
        assert lacking.context["consequence"].startswith("Due on March 16, 2027, not extended. ")
        assert client.post(path, typed | {"confirmed": "1"}).status_code == 302
        [line] = client.get(reverse("company")).context["late_notices"].lines
        assert line.head == "Form 10-K for fiscal year 2026"
        assert line.cells == ["March 17, 2027", review.context["consequence"]]
        again = client.post(path, typed)
        assert "Correct it" in again.context["form"].errors["period"][0]
