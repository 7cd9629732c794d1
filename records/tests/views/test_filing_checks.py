"""Pages that say what the rules make of figures and of a late report (RULE-31, RULE-32)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from records.enums import FilerCategory, SystemActor
from records.models import LedgerEntry
from records.services import company as services

pytestmark = pytest.mark.django_db

SIGNED: dict[str, Any] = {"by": SystemActor.OPERATOR, "at": datetime(2026, 1, 5, 12, tzinfo=UTC)}


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(datetime(2027, 4, 5, 15, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def client(client_of: Callable[..., Client], secretary: User) -> Client:
    company = services.set_up(name="Larch Instruments, Inc.", **SIGNED)
    services.set_filer_status(
        company,
        category=FilerCategory.ACCELERATED,
        is_smaller_reporting=False,
        effective_from=date(2026, 1, 1),
        **SIGNED,
    )
    return client_of(secretary)


def told(client: Client, path: str, **asked: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    page = client.get(path, asked)
    assert page.status_code == 200
    assert not page.context["form"].errors
    return {str(each.term): (str(each.text), each.lines) for each in page.context["found"]}


@pytest.mark.parametrize(
    ("public_float", "revenue", "lost", "category"),
    [
        ("92000000", "54000000", {}, "Non-accelerated filer"),
        ("59900000", "130000000", {}, "Non-accelerated filer"),
        ("300000000", "90000000", {"lost_revenue": "104000000"}, "Accelerated filer"),
        ("710000000", "400000000", {}, "Large accelerated filer"),
    ],
    ids=["by revenue", "float leaves", "lost at 104 million", "enters large"],
)
def test_filer_status_of_an_accelerated_filer(
    client: Client, public_float: str, revenue: str, lost: dict[str, str], category: str
) -> None:
    asked = {"on": "2026-12-31", "public_float": public_float, "revenue": revenue} | lost
    found = told(client, "/company/filer-statuses/check/", is_seasoned="on", **asked)
    assert found["Filer status"][0].startswith(category)
    needs = "Not required" if category.startswith("Non") else "Required"
    assert found["Auditor's attestation of internal control"][0] == needs
    assert found["Public float is taken on"][0] == "June 30, 2026"


def test_figures_of_a_date_before_the_rules_are_refused_beside_the_date(client: Client) -> None:
    page = client.get("/company/filer-statuses/check/", {"on": "2019-12-31", "revenue": "1"})
    assert "Choose a later one." in page.context["form"].errors["on"][0]
    assert not page.context["found"]


@pytest.mark.parametrize(
    ("filed", "form", "timely"),
    [
        ("2027-03-16", {}, "Yes"),
        ("2027-03-31", {"form_filed_on": "2027-03-17"}, "Yes"),
        ("2027-04-01", {"form_filed_on": "2027-03-17"}, "No"),
        ("2027-03-31", {"form_filed_on": "2027-03-18"}, "No"),
        ("2027-03-31", {}, "No"),
        ("", {}, "No"),
    ],
    ids=[
        "on its due date",
        "within the extension",
        "a day after it",
        "form a day late",
        "no form",
        "not filed",
    ],
)
def test_late_annual_report(client: Client, filed: str, form: dict[str, str], timely: str) -> None:
    """RULE-31: 10-K due March 16, 2027, form by March 17, extended to March 31."""
    said = {"says_unavoidable": "on", "says_will_file_in_time": "on"}
    found = told(client, "/company/late-report/", report="FY2026", filed_on=filed, **(form | said))
    assert found["Timely"][0] == timely
    assert "March 31, 2027" in found["Extension"][0]


def test_report_filed_a_business_day_late_can_still_be_timely(client: Client) -> None:
    with time_machine.travel(datetime(2027, 3, 17, 15, tzinfo=UTC), tick=False):
        found = told(client, "/company/late-report/", report="FY2026", filed_on="2027-03-17")
    assert found["Timely"] == (
        "Filed after its due date. It is timely if a Form 12b-25 that meets every condition is filed "
        "by March 17, 2027.",
        (),
    )
    assert found["Short-form registration"][0] == "Closed from March 17, 2027"


def test_reports_are_named_by_form_and_period(client: Client) -> None:
    form = client.get("/company/late-report/").context["form"]
    assert ("FY2026", "Form 10-K for fiscal year 2026") in form.fields["report"].choices


def test_a_date_ahead_is_refused_beside_its_field(client: Client) -> None:
    page = client.get("/company/late-report/", {"report": "FY2026", "filed_on": "2027-04-06"})
    assert page.context["form"].errors["filed_on"] == ["This date is in the future."]


def test_checking_stores_nothing_and_is_found_from_the_company(client: Client) -> None:
    before = LedgerEntry.objects.count()
    told(client, "/company/filer-statuses/check/", on="2026-12-31", revenue="1")
    assert LedgerEntry.objects.count() == before
    page = client.get("/company/").content.decode()
    assert "/company/filer-statuses/check/" in page
    assert "/company/late-report/" in page


def test_before_the_company_is_set_up_the_pages_lead_there(
    client_of: Callable[..., Client], secretary: User
) -> None:
    for path in ("/company/filer-statuses/check/", "/company/late-report/"):
        assert client_of(secretary).get(path).url == "/company/"  # type: ignore[attr-defined]
