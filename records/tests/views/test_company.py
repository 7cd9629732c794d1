"""The company's page, its dated rows and its holidays."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from accounts.models import User
from records import clock
from records.enums import NewAccounts, SystemActor
from records.models import AnnualMeeting, Company, FilerStatus, FiscalYearEnd, Holiday, LedgerEntry
from records.services import company as services

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
SIGNED: dict[str, Any] = {"by": SystemActor.OPERATOR, "at": datetime(2026, 1, 5, 12, tzinfo=UTC)}
YEAR_END = {
    "effective_from": "2030-01-01",
    "month": "3",
    "day": "31",
    "rule": "date",
    "weekday": "",
}


@pytest.fixture
def company() -> Company:
    return services.set_up(name="Larch Instruments, Inc.", **SIGNED)


@pytest.fixture
def client(client_of: ClientOf, secretary: User, company: Company) -> Client:
    return client_of(secretary)


def settings_of(company: Company, **changed: str) -> dict[str, str]:
    """What the form of the settings posts."""
    names = (
        "name ticker exchange state time_zone currency locale paper_size annually new_accounts"
    ).split()
    given = {name: getattr(company, name) for name in names}
    return given | {"records_begin": company.records_begin.isoformat()} | changed


# Before there is a company.


@pytest.mark.parametrize("role", ["secretary", "administrator"])
def test_company_is_set_up_by_who_keeps_the_accounts(
    role: str, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(role))
    assert "/company/set-up/" in client.get("/company/").content.decode()
    given = {
        "name": "Larch Instruments, Inc.",
        "ticker": "lrch",
        "exchange": "nasdaq",
        "state": "Nevada",
        "time_zone": "America/Denver",
        "records_begin": "2026-01-01",
    }
    page = client.post("/company/set-up/", given, follow=True)
    company = Company.objects.get()
    assert (company.ticker, company.state, company.currency) == ("LRCH", "Nevada", "USD")
    assert "is set up" in page.content.decode()
    assert "state" not in company.to_confirm
    assert "currency" in company.to_confirm


def test_who_may_only_read_is_told_who_sets_it_up(client_of: ClientOf, member: User) -> None:
    page = client_of(member).get("/company/").content.decode()
    assert "No company yet" in page
    assert "/company/set-up/" not in page


def test_set_up_company_is_not_set_up_again(client: Client) -> None:
    assert client.get("/company/set-up/").headers["Location"] == "/company/"
    assert client.post("/company/set-up/", {"name": "Another"}).status_code == 302
    assert Company.objects.count() == 1


def test_set_up_keeps_what_was_typed(client_of: ClientOf, secretary: User) -> None:
    page = client_of(secretary).post("/company/set-up/", {"name": "", "ticker": "LRCH"})
    assert page.context["form"]["ticker"].value() == "LRCH"
    assert "name" in page.context["form"].errors


# The page.


def test_page_lists_what_is_assumed_with_its_words(client: Client) -> None:
    page = client.get("/company/")
    assumed = {setting.value: words for setting, words in page.context["to_confirm"]}
    assert assumed["fiscal_year_end"] == "December 31"
    assert assumed["filer_status"] == "Non-accelerated filer, smaller reporting company"
    assert assumed["ticker"] == ""


def test_who_may_not_change_sees_no_act(
    client_of: ClientOf, member: User, company: Company
) -> None:
    page = client_of(member).get("/company/").content.decode()
    assert "Larch Instruments" in page
    assert "<form" not in page.split('<main class="page"')[1]
    assert "Correct" not in page


def test_page_shows_the_fiscal_years_around_today(client: Client) -> None:
    this = clock.today().year
    years = client.get("/company/").context["years"]
    assert [line.name for line in years] == [f"Fiscal year {y}" for y in range(this - 1, this + 3)]
    assert [line.is_running for line in years] == [False, True, False, False]
    assert years[1].quarters == "Mar 31, Jun 30, Sep 30, Dec 31"


def test_page_makes_as_many_queries_with_one_row_as_with_many(
    client: Client, company: Company
) -> None:
    services.record_annual_meeting(company, on=date(2025, 5, 1), **SIGNED)
    client.get("/company/")
    with CaptureQueriesContext(connection) as few:
        client.get("/company/")
    for n in range(1, 25):
        AnnualMeeting.objects.create(company=company, on=date(1990 + n, 5, 1))
        FilerStatus.objects.create(
            company=company, category="accelerated", effective_from=date(1990 + n, 1, 1)
        )
        FiscalYearEnd.objects.create(company=company, effective_from=date(1990 + n, 1, 1))
    with CaptureQueriesContext(connection) as many:
        assert client.get("/company/").status_code == 200
    assert len(many) == len(few)


def test_one_default_is_confirmed_from_the_page(client: Client) -> None:
    page = client.post("/company/confirm/", {"setting": "state"}, follow=True)
    assert "state" not in Company.objects.get().to_confirm
    assert "Recorded: confirmed." in page.content.decode()
    assert LedgerEntry.objects.order_by("sequence").last().facts == {"confirmed": ["state"]}


def test_all_defaults_are_confirmed_at_once(client: Client) -> None:
    client.post("/company/confirm/", {"all": "1"})
    assert Company.objects.get().to_confirm == []
    assert "Assumed" not in client.get("/company/").content.decode()


# Settings.


def test_change_shows_only_what_changes_beside_what_was(client: Client, company: Company) -> None:
    page = client.post("/company/change/", settings_of(company, state="Nevada"))
    lines = [(str(line.term), line.text, line.lines) for line in page.context["recorded"]]
    assert lines == [("State of incorporation", "Nevada", ("before: Delaware",))]
    client.post("/company/change/", settings_of(company, state="Nevada") | {"confirmed": "1"})
    assert Company.objects.get().state == "Nevada"


def test_change_of_nothing_is_said_and_not_recorded(client: Client, company: Company) -> None:
    entries = LedgerEntry.objects.count()
    page = client.post("/company/change/", settings_of(company), follow=True)
    assert "Nothing was changed." in page.content.decode()
    assert LedgerEntry.objects.count() == entries


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("currency", "dollars"),
        ("time_zone", "Mars/Olympus"),
        ("records_begin", "soon"),
        ("name", ""),
    ],
)
def test_wrong_setting_is_refused_beside_its_field(
    field: str, value: str, client: Client, company: Company
) -> None:
    page = client.post("/company/change/", settings_of(company, **{field: value}))
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"][field].value() == value


# The fiscal year end.


def test_fiscal_year_end_shows_its_consequence_before_it_counts(client: Client) -> None:
    today = clock.today()
    soon = date(today.year + 1, 1, 1)
    given = YEAR_END | {"effective_from": soon.isoformat()}
    page = client.post("/company/fiscal-year-ends/add/", given)
    then = [line.name for line in page.context["years_then"]]
    now = [line.name for line in page.context["years_now"]]
    assert f"Transition period {soon.year}" in then
    assert f"Fiscal year {soon.year}" in now
    assert FiscalYearEnd.objects.count() == 1
    client.post("/company/fiscal-year-ends/add/", given | {"confirmed": "1"})
    assert FiscalYearEnd.objects.count() == 2


def test_year_of_52_or_53_weeks_needs_its_weekday(client: Client) -> None:
    given = YEAR_END | {"rule": "nearest_weekday"}
    page = client.post("/company/fiscal-year-ends/add/", given)
    assert list(page.context["form"].errors) == ["weekday"]
    page = client.post("/company/fiscal-year-ends/add/", given | {"weekday": "5"})
    assert page.context["recorded"][1].text == "the Saturday nearest to March 31"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"month": "2", "day": "31"}, "the last day of February"),
        ({"month": "6", "day": "30"}, "June 30"),
        ({"month": "6", "day": "31"}, "the last day of June"),
        ({"month": "9", "rule": "last_weekday", "weekday": "5"}, "the last Saturday of September"),
    ],
)
def test_fiscal_year_end_reads_as_a_sentence(
    given: dict[str, str], words: str, client: Client, company: Company
) -> None:
    end = company.fiscal_year_ends.get()
    address = f"/company/fiscal-year-ends/{end.pk}/change/"
    page = client.post(address, YEAR_END | {"effective_from": "1990-01-01"} | given)
    assert page.context["recorded"][1].text == words


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"month": "2", "day": "30"}, "day"),
        ({"weekday": "4"}, "weekday"),
        ({"effective_from": "1990-01-01"}, "effective_from"),
    ],
)
def test_rule_that_cannot_be_is_refused_beside_its_field(
    given: dict[str, str], field: str, client: Client
) -> None:
    page = client.post("/company/fiscal-year-ends/add/", YEAR_END | given)
    assert list(page.context["form"].errors) == [field]


@pytest.mark.parametrize("day", ["0001-01-01", "1989-12-31", "2101-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    ("page", "field", "given"),
    [
        ("change", "records_begin", {}),
        ("fiscal-year-ends/add", "effective_from", YEAR_END),
        ("filer-statuses/add", "effective_from", {"category": "accelerated"}),
        ("annual-meetings/add", "on", {}),
        ("holidays/add", "on", {"name": "Founder's Day"}),
    ],
)
def test_day_out_of_reach_is_refused_beside_its_field(
    page: str, field: str, given: dict[str, str], day: str, client: Client
) -> None:
    for confirmed in ({}, {"confirmed": "1"}):
        answer = client.post(f"/company/{page}/", given | {field: day} | confirmed)
        assert answer.context["form"].errors[field] == ["Enter a date in the years 1990 to 2100."]


@pytest.mark.parametrize("typed", ["3/4/2026", "04.03.2026", "2026-3-", "20260304"])
def test_day_is_read_in_one_way_only(typed: str, client: Client) -> None:
    page = client.post("/company/annual-meetings/add/", {"on": typed})
    assert page.context["form"].errors["on"] == ["Enter a valid date."]


def test_rule_is_taken_out_after_its_consequence_was_shown(
    client: Client, company: Company
) -> None:
    end = services.add_fiscal_year_end(
        company, effective_from=date(2026, 1, 1), month=6, day=30, **SIGNED
    )
    address = f"/company/fiscal-year-ends/{end.pk}/remove/"
    assert "Fiscal years after the change" in client.get(address).content.decode()
    client.post(address, {"confirmed": "1"})
    assert FiscalYearEnd.objects.count() == 1


# Filer status and annual meetings.


def test_filer_status_is_set_corrected_and_taken_out(client: Client) -> None:
    given = {"category": "accelerated", "effective_from": "2026-01-01", "confirmed": "1"}
    client.post("/company/filer-statuses/add/", given)
    status = FilerStatus.objects.last()
    assert (status.category, status.is_smaller_reporting) == ("accelerated", False)
    given |= {"is_smaller_reporting": "on"}
    client.post(f"/company/filer-statuses/{status.pk}/change/", given)
    assert FilerStatus.objects.last().is_smaller_reporting
    client.post(f"/company/filer-statuses/{status.pk}/remove/", {"confirmed": "1"})
    assert FilerStatus.objects.count() == 1


def test_annual_meeting_is_corrected(client: Client, company: Company) -> None:
    meeting = services.record_annual_meeting(company, on=date(2026, 5, 20), **SIGNED)
    given = {"on": "2026-05-21", "confirmed": "1"}
    client.post(f"/company/annual-meetings/{meeting.pk}/change/", given)
    assert AnnualMeeting.objects.get().on == date(2026, 5, 21)


def test_meeting_that_lies_ahead_is_planned(client: Client, company: Company) -> None:
    ahead = clock.today() + timedelta(days=30)
    services.record_annual_meeting(company, on=ahead, **SIGNED)
    assert "planned" in client.get("/company/").content.decode()


# Holidays.


def test_holidays_are_listed_by_year(client: Client) -> None:
    page = client.get("/company/holidays/?year=2024")
    assert {holiday.on.year for holiday in page.context["rows"]} == {2024}
    assert "Friday, November 29" not in page.content.decode()
    assert "Thursday, November 28, 2024" in page.content.decode()


def test_unknown_year_shows_the_running_one(client: Client) -> None:
    assert client.get("/company/holidays/?year=soon").context["year"] == clock.today().year


def test_empty_year_says_what_follows(client: Client) -> None:
    Holiday.objects.all().delete()
    assert "No holiday is listed" in client.get("/company/holidays/").content.decode()


def test_holidays_of_a_year_are_shown_and_then_filled_in(client: Client) -> None:
    given = {"first_year": "2031", "last_year": "2031"}
    page = client.post("/company/holidays/fill/", given)
    assert "December 25, 2031" in [line.term for line in page.context["recorded"]]
    assert not Holiday.objects.filter(on__year=2031).exists()
    page = client.post("/company/holidays/fill/", given | {"confirmed": "1"}, follow=True)
    assert page.context["year"] == 2031
    page = client.post("/company/holidays/fill/", given)
    assert list(page.context["form"].errors) == ["last_year"]


def test_holiday_is_added_corrected_and_taken_out_by_hand(client: Client) -> None:
    client.post("/company/holidays/add/", {"on": "2026-04-03", "name": "Good Friday"})
    holiday = Holiday.objects.get(on=date(2026, 4, 3))
    page = client.post("/company/holidays/add/", {"on": "2026-04-03", "name": "Again"})
    assert page.context["form"].errors["on"] == ["That date is already in the list."]
    given = {"on": "2026-04-06", "name": "Easter Monday"}
    client.post(f"/company/holidays/{holiday.pk}/change/", given)
    holiday.refresh_from_db()
    assert holiday.on == date(2026, 4, 6)
    page = client.post(f"/company/holidays/{holiday.pk}/remove/", {"confirmed": "1"}, follow=True)
    assert page.context["year"] == 2026
    assert not Holiday.objects.filter(pk=holiday.pk).exists()


# A second person to end that new accounts take a second person.


@pytest.fixture
def by_two(company: Company) -> Company:
    services.change_company(company, new_accounts=NewAccounts.BY_TWO, **SIGNED)
    return Company.objects.get()


def asked(client: Client, company: Company) -> Company:
    given = settings_of(company, new_accounts="at_once", state="Nevada", confirmed="1")
    assert client.post("/company/change/", given).status_code == 302
    return Company.objects.get()


def test_accounts_open_at_once_only_when_a_second_person_confirms(
    client: Client, by_two: Company, secretary: User, administrator: User, client_of: ClientOf
) -> None:
    found = asked(client, by_two)
    assert (found.new_accounts, found.state) == (NewAccounts.BY_TWO, "Nevada")
    assert "asked that new accounts open" in client.get("/company/").content.decode()
    mine = client.get("/company/accounts-at-once/")
    assert mine.status_code == 403
    assert "You asked for this yourself" in mine.content.decode()

    second = client_of(administrator)
    second.post("/company/accounts-at-once/", {"confirmed": "1"})
    found.refresh_from_db()
    assert (found.new_accounts, found.at_once_asked_by) == (NewAccounts.AT_ONCE, None)
    assert [entry.action for entry in LedgerEntry.objects.filter(action__contains="at_once")] == [
        "accounts_at_once.asked",
        "accounts_at_once.confirmed",
    ]


def test_request_can_be_taken_back_and_is_made_once(
    client: Client, by_two: Company, secretary: User
) -> None:
    found = asked(client, by_two)
    with pytest.raises(ValidationError, match="asked for already"):
        services.change_company(
            found, new_accounts=NewAccounts.AT_ONCE, by=secretary, at=SIGNED["at"]
        )
    client.post("/company/accounts-by-two/", {"confirmed": "1"})
    found.refresh_from_db()
    assert (found.new_accounts, found.at_once_asked_at) == (NewAccounts.BY_TWO, None)
    assert client.get("/company/accounts-by-two/").status_code == 404


def test_operator_ends_it_alone(by_two: Company) -> None:
    call_command("open_accounts_at_once", stdout=StringIO())
    assert Company.objects.get().new_accounts == NewAccounts.AT_ONCE


@pytest.mark.parametrize("url", ["/company/change/", "/company/accounts-at-once/"])
def test_settings_and_their_confirmation_need_a_fresh_sign_in(url: str) -> None:
    assert resolve(url).func.view_class.needs_fresh_sign_in
