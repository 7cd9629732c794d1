"""Setting the company up and changing it, with what the ledger is told."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from records.enums import Annually, FilerCategory, Setting, SystemActor, YearEndRule
from records.models import AnnualMeeting, Company, FilerStatus, FiscalYearEnd, Holiday, LedgerEntry
from records.services import company as services

pytestmark = pytest.mark.django_db

# Late in the evening of New Year's Eve in New York, already the new year elsewhere.
AT = datetime(2026, 1, 1, 3, tzinfo=UTC)
SIGNED: dict[str, Any] = {"by": SystemActor.OPERATOR, "at": AT}


@pytest.fixture
def company() -> Company:
    return services.set_up(name="Larch Instruments, Inc.", **SIGNED)


def last_entry() -> LedgerEntry:
    return LedgerEntry.objects.order_by("sequence").last()


def errors_of(refusal: pytest.ExceptionInfo[ValidationError]) -> list[str]:
    return list(refusal.value.error_dict)


def test_set_up_takes_the_defaults_and_lists_them(company: Company) -> None:
    stored = Company.objects.get()
    assert (stored.state, stored.currency, stored.records_begin) == (
        "Delaware",
        "USD",
        date(2025, 12, 31),
    )
    assert stored.to_confirm == [
        s for s in Setting if s not in (Setting.NAME, Setting.NEW_ACCOUNTS)
    ]
    status = stored.filer_statuses.get()
    assert (status.category, status.is_smaller_reporting) == ("non_accelerated", True)
    assert stored.calendar.year_of(date(1950, 6, 1)).last == date(1950, 12, 31)


def test_set_up_fills_in_the_holidays_of_three_years_back_and_one_ahead(company: Company) -> None:
    years = {day.year for day in Holiday.objects.dates("on", "year")}
    assert years == {2022, 2023, 2024, 2025, 2026}


def test_calendar_reads_the_holidays_once_and_only_when_asked(
    company: Company, django_assert_num_queries: Any
) -> None:
    services.add_holiday(on=date(2026, 4, 3), name="Good Friday", **SIGNED)
    calendar = Company.objects.get().calendar
    with django_assert_num_queries(0):
        assert calendar.year_of(date(2026, 4, 3)).key == "FY2026"
        assert not calendar.is_business_day(date(2026, 4, 4))
    with django_assert_num_queries(1):
        assert not calendar.is_business_day(date(2026, 4, 3))
        assert calendar.business_day_on_or_before(date(2026, 4, 5)) == date(2026, 4, 2)


def test_what_is_given_is_not_to_be_confirmed() -> None:
    company = services.set_up(name="Larch", ticker="LRCH", records_begin=date(2024, 1, 1), **SIGNED)
    assert not {"ticker", "records_begin"} & set(company.to_confirm)
    assert "state" in company.to_confirm


def test_record_begins_today_at_the_latest(company: Company) -> None:
    for day, sentence in (
        (date(2026, 1, 1), "Records begin today or earlier"),
        (date(9999, 12, 31), "1990 to 2100"),
        (date(1, 1, 1), "1990 to 2100"),
    ):
        with pytest.raises(ValidationError, match=sentence) as refusal:
            services.change_company(company, records_begin=day, **SIGNED)
        assert errors_of(refusal) == ["records_begin"]
    services.change_company(company, records_begin=date(2025, 12, 31), **SIGNED)


def test_company_whose_record_begins_in_time_to_come_is_not_set_up() -> None:
    with pytest.raises(ValidationError, match="today or earlier"):
        services.set_up(name="Larch", records_begin=date(2026, 1, 1), **SIGNED)
    assert not Company.objects.exists()


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1989, 12, 31), date(9999, 12, 31)])
def test_day_that_no_calendar_reaches_is_refused(company: Company, day: date) -> None:
    entries = LedgerEntry.objects.count()
    for verb in (
        lambda: services.add_fiscal_year_end(
            company, effective_from=day, month=6, day=30, **SIGNED
        ),
        lambda: services.set_filer_status(
            company,
            category=FilerCategory.ACCELERATED,
            is_smaller_reporting=False,
            effective_from=day,
            **SIGNED,
        ),
        lambda: services.record_annual_meeting(company, on=day, **SIGNED),
        lambda: services.add_holiday(on=day, name="Founder's Day", **SIGNED),
    ):
        with pytest.raises(ValidationError, match="1990 to 2100"):
            verb()
    assert LedgerEntry.objects.count() == entries


def test_second_company_is_refused(company: Company) -> None:
    with pytest.raises(ValidationError, match="already"):
        services.set_up(name="Another", **SIGNED)
    assert Company.objects.count() == 1


def test_set_up_is_all_or_nothing() -> None:
    with pytest.raises(ValidationError):
        services.set_up(name="", **SIGNED)
    assert not Holiday.objects.exists()
    assert not LedgerEntry.objects.exists()


def test_change_names_the_fields_and_tells_no_text(company: Company) -> None:
    services.change_company(
        company, name="Alder", annually=Annually.TWELVE_MONTHS, state="Delaware", **SIGNED
    )
    entry = last_entry()
    assert entry.action == "company.changed"
    assert entry.facts == {"changed": ["name", "annually"], "annually": "twelve_months"}


def test_changed_setting_is_no_default_any_more(company: Company) -> None:
    stored = services.change_company(company, state="Nevada", **SIGNED)
    assert "state" not in stored.to_confirm
    assert "currency" in stored.to_confirm


def test_change_of_nothing_leaves_no_line(company: Company) -> None:
    before = LedgerEntry.objects.count()
    services.change_company(company, name=company.name, **SIGNED)
    assert LedgerEntry.objects.count() == before


def test_unknown_time_zone_is_refused_beside_its_field(company: Company) -> None:
    with pytest.raises(ValidationError) as refusal:
        services.change_company(company, time_zone="Mars/Olympus", **SIGNED)
    assert errors_of(refusal) == ["time_zone"]


def test_one_default_is_confirmed_or_all(company: Company) -> None:
    services.confirm_defaults(company, ["state", "no_such_setting"], **SIGNED)
    assert last_entry().facts == {"confirmed": ["state"]}
    assert "state" not in company.to_confirm
    services.confirm_defaults(company, **SIGNED)
    assert Company.objects.get().to_confirm == []


def test_confirming_nothing_leaves_no_line(company: Company) -> None:
    before = LedgerEntry.objects.count()
    services.confirm_defaults(company, [], **SIGNED)
    assert LedgerEntry.objects.count() == before


def test_new_fiscal_year_end_makes_a_transition_period(company: Company) -> None:
    services.add_fiscal_year_end(
        company, effective_from=date(2026, 1, 1), month=6, day=30, **SIGNED
    )
    year = company.calendar.year_of(date(2026, 3, 1))
    assert (year.key, year.last) == ("FY2026T", date(2026, 6, 30))
    assert "fiscal_year_end" not in Company.objects.get().to_confirm
    assert last_entry().facts == {
        "effective_from": "2026-01-01",
        "month": 6,
        "day": 30,
        "rule": "date",
        "weekday": None,
    }


def test_fiscal_year_longer_than_53_weeks_is_refused(company: Company) -> None:
    with pytest.raises(ValidationError, match="53 weeks") as refusal:
        services.add_fiscal_year_end(
            company, effective_from=date(2026, 7, 1), month=6, day=30, **SIGNED
        )
    assert errors_of(refusal) == ["effective_from"]
    assert FiscalYearEnd.objects.count() == 1


def test_53_weeks_are_not_too_long(company: Company) -> None:
    end = company.fiscal_year_ends.get()
    services.correct_fiscal_year_end(
        end,
        effective_from=end.effective_from,
        month=9,
        day=30,
        rule=YearEndRule.LAST_WEEKDAY,
        weekday=5,
        **SIGNED,
    )
    assert company.fiscal_year_ends.get().as_rule().in_year(2026) == date(2026, 9, 26)
    assert last_entry().action == "fiscal_year_end.corrected"


def test_weekday_without_its_rule_is_refused(company: Company) -> None:
    with pytest.raises(ValidationError):
        services.add_fiscal_year_end(
            company, effective_from=date(2026, 1, 1), month=6, day=30, weekday=4, **SIGNED
        )


def test_second_rule_from_the_same_day_is_refused(company: Company) -> None:
    with pytest.raises(ValidationError, match="already") as refusal:
        services.add_fiscal_year_end(
            company, effective_from=services.SINCE_EVER, month=6, day=30, **SIGNED
        )
    assert errors_of(refusal) == ["effective_from"]


def test_fiscal_year_end_is_taken_out_but_the_last_one(company: Company) -> None:
    end = services.add_fiscal_year_end(
        company, effective_from=date(2026, 1, 1), month=6, day=30, **SIGNED
    )
    services.remove_fiscal_year_end(end, **SIGNED)
    assert last_entry().facts == {"effective_from": "2026-01-01"}
    with pytest.raises(ValidationError, match="only rule"):
        services.remove_fiscal_year_end(FiscalYearEnd.objects.get(), **SIGNED)


def test_filer_status_is_set_corrected_and_taken_out(company: Company) -> None:
    status = services.set_filer_status(
        company,
        category=FilerCategory.ACCELERATED,
        is_smaller_reporting=False,
        effective_from=date(2026, 1, 1),
        **SIGNED,
    )
    assert last_entry().facts == {
        "category": "accelerated",
        "is_smaller_reporting": False,
        "effective_from": "2026-01-01",
    }
    services.correct_filer_status(
        status,
        category=FilerCategory.ACCELERATED,
        is_smaller_reporting=True,
        effective_from=date(2027, 1, 1),
        **SIGNED,
    )
    assert FilerStatus.objects.last().effective_from == date(2027, 1, 1)
    services.remove_filer_status(status, **SIGNED)
    with pytest.raises(ValidationError, match="only filer status"):
        services.remove_filer_status(FilerStatus.objects.get(), **SIGNED)


def test_annual_meeting_is_recorded_corrected_and_taken_out(company: Company) -> None:
    meeting = services.record_annual_meeting(company, on=date(2026, 5, 20), **SIGNED)
    with pytest.raises(ValidationError) as refusal:
        services.record_annual_meeting(company, on=date(2026, 5, 20), **SIGNED)
    assert errors_of(refusal) == ["on"]
    services.correct_annual_meeting(meeting, on=date(2026, 5, 21), **SIGNED)
    assert AnnualMeeting.objects.get().on == date(2026, 5, 21)
    services.remove_annual_meeting(AnnualMeeting.objects.get(), **SIGNED)
    assert (last_entry().action, last_entry().facts) == (
        "annual_meeting.removed",
        {"on": "2026-05-21"},
    )


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2026, [date(2026, 7, 3), date(2026, 7, 4)]),  # a Saturday: observed the Friday before
        (2027, [date(2027, 7, 4), date(2027, 7, 5)]),  # a Sunday: the Monday after
        (2028, [date(2028, 7, 4)]),
    ],
)
def test_holidays_carry_the_day_on_which_they_are_observed(year: int, expected: list[date]) -> None:
    listed = services.federal_holidays([year])
    assert [on for on, name in listed.items() if name.startswith("Independence")] == expected


def test_new_years_day_observed_the_day_before_stays_in_its_own_year() -> None:
    assert date(2027, 12, 31) in services.federal_holidays([2027])
    assert min(services.federal_holidays([2028])) == date(2028, 1, 1)


def test_filling_in_again_adds_only_what_is_missing(company: Company) -> None:
    removed = Holiday.objects.get(on=date(2025, 12, 25))
    services.change_holiday(
        Holiday.objects.get(on=date(2025, 11, 27)),
        on=date(2025, 11, 27),
        name="Turkey Day",
        **SIGNED,
    )
    services.remove_holiday(removed, **SIGNED)
    added = services.seed_holidays([2025], **SIGNED)
    assert [holiday.on for holiday in added] == [removed.on]
    assert Holiday.objects.filter(name="Turkey Day").exists()
    assert last_entry().facts == {"days": ["2025-12-25"]}
    assert services.seed_holidays([2025], **SIGNED) == []


def test_holiday_is_added_once_and_its_name_stays_out_of_the_ledger(company: Company) -> None:
    services.add_holiday(on=date(2026, 4, 3), name="Good Friday", **SIGNED)
    assert last_entry().facts == {"on": "2026-04-03"}
    with pytest.raises(ValidationError) as refusal:
        services.add_holiday(on=date(2026, 4, 3), name="Again", **SIGNED)
    assert errors_of(refusal) == ["on"]


def test_moved_holiday_tells_both_days(company: Company) -> None:
    holiday = services.add_holiday(on=date(2026, 4, 3), name="Good Friday", **SIGNED)
    services.change_holiday(holiday, on=date(2026, 4, 6), name="Easter Monday", **SIGNED)
    assert last_entry().facts == {"on": "2026-04-06", "was": "2026-04-03"}


def test_due_dates_of_a_year_follow_the_filer_status_on_record(company: Company) -> None:
    def due() -> list[str]:
        stored = Company.objects.get()
        year = stored.calendar.year_of(date(2026, 6, 30))
        return [str(each.due_on) for each in stored.due_dates(year)]

    services.seed_holidays(range(2026, 2028), **SIGNED)
    assert due() == ["2026-05-15", "2026-08-14", "2026-11-16", "2027-03-31", "2027-04-30"]
    services.set_filer_status(
        company,
        category=FilerCategory.ACCELERATED,
        is_smaller_reporting=True,
        effective_from=date(2027, 1, 1),
        **SIGNED,
    )
    assert due() == ["2026-05-15", "2026-08-14", "2026-11-16", "2027-03-16", "2027-04-30"]
