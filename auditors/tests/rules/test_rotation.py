"""RULE-22 to RULE-25: partner rotation, beside a slow reference that lives through every year."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditors.enums import Ground, PartnerRole
from auditors.rules.figures import rotation_on, waiver_share_on
from auditors.rules.reasons import grounds, reason
from auditors.rules.rotation import (
    Career,
    FirmAssertion,
    counted_audits,
    is_audit_partner,
    is_counted,
    may_serve,
    outlook,
    small_firm,
)
from records.calendar import Calendar, Period, YearEnd
from records.rule_data import TABLE, read

FIGURES = rotation_on(date(2026, 12, 31), TABLE)
LEAD, REVIEWER, OTHER = PartnerRole.LEAD, PartnerRole.REVIEWER, PartnerRole.OTHER
RELATIONSHIP = PartnerRole.RELATIONSHIP


def years(first: int, last: int, role: PartnerRole) -> dict[int, PartnerRole]:
    return dict.fromkeys(range(first, last + 1), role)


@pytest.mark.parametrize(
    ("career", "role", "year", "allowed", "back_in"),
    [
        # Lead for five years: the fifth is allowed, five years out, back in 2032.
        (years(2022, 2025, LEAD), LEAD, 2026, True, None),
        (years(2022, 2026, LEAD), LEAD, 2027, False, 2032),
        (years(2022, 2026, LEAD), LEAD, 2031, False, 2032),
        (years(2022, 2026, LEAD), LEAD, 2032, True, None),
        # In the time-out, off the engagement in every role.
        (years(2022, 2026, LEAD), OTHER, 2028, False, 2032),
        (years(2022, 2026, LEAD), REVIEWER, 2032, True, None),
        # Lead and reviewer years add up.
        (years(2022, 2023, REVIEWER) | years(2024, 2026, LEAD), LEAD, 2027, False, 2032),
        (years(2022, 2023, REVIEWER) | years(2024, 2025, LEAD), LEAD, 2026, True, None),
        # A lead of either of the two audits before is no reviewer.
        (years(2023, 2024, LEAD), REVIEWER, 2025, False, 2027),
        (years(2023, 2024, LEAD), REVIEWER, 2026, False, 2027),
        (years(2023, 2024, LEAD), REVIEWER, 2027, True, None),
        (years(2023, 2024, REVIEWER), LEAD, 2025, True, None),
        (years(2022, 2026, LEAD), REVIEWER, 2027, False, 2032),
        # Other audit partners: seven years, two out.
        (years(2019, 2024, OTHER), OTHER, 2025, True, None),
        (years(2019, 2025, OTHER), OTHER, 2026, False, 2028),
        (years(2019, 2025, OTHER), OTHER, 2027, False, 2028),
        (years(2019, 2025, OTHER), OTHER, 2028, True, None),
        (years(2019, 2025, OTHER), LEAD, 2026, False, 2028),
        (years(2019, 2025, RELATIONSHIP), RELATIONSHIP, 2026, False, 2028),
        (years(2019, 2022, OTHER) | years(2023, 2025, RELATIONSHIP), OTHER, 2026, False, 2028),
        # A break shorter than the time-out does not start the count again.
        (years(2020, 2022, LEAD) | years(2024, 2025, LEAD), LEAD, 2026, False, 2031),
        (years(2020, 2022, LEAD) | years(2024, 2024, LEAD), LEAD, 2025, True, None),
        (years(2014, 2017, LEAD) | years(2022, 2022, LEAD), LEAD, 2023, False, 2028),
        (years(2014, 2017, LEAD) | years(2023, 2026, LEAD), LEAD, 2027, True, None),
        (years(2014, 2019, OTHER) | years(2021, 2021, OTHER), OTHER, 2022, False, 2024),
        (years(2014, 2019, OTHER) | years(2022, 2022, OTHER), OTHER, 2023, True, None),
        # Years in another role are not years away.
        (years(2015, 2018, LEAD) | years(2019, 2024, OTHER), LEAD, 2025, True, None),
        (years(2014, 2018, LEAD) | years(2019, 2024, OTHER), LEAD, 2025, False, 2030),
        # Years away are not years served.
        (years(2015, 2018, OTHER) | years(2020, 2021, OTHER), OTHER, 2022, True, None),
        # What comes after the audit, and the audit itself, is not before it.
        (years(2018, 2022, LEAD) | years(2026, 2026, OTHER), LEAD, 2023, False, 2028),
        (years(2018, 2023, LEAD), LEAD, 2023, False, 2028),
        # A first year.
        ({}, LEAD, 2026, True, None),
        ({}, REVIEWER, 2026, True, None),
    ],
)
def test_may_serve(
    career: Career, role: PartnerRole, year: int, allowed: bool, back_in: int | None
) -> None:
    found = may_serve(career, role, year, FIGURES)
    assert (found.may_serve, found.back_in) == (allowed, back_in)


def test_ruling_names_its_grounds() -> None:
    led = years(2022, 2026, LEAD)
    assert grounds(may_serve(led, LEAD, 2027, FIGURES).reasons) == (Ground.YEARS_USED,)
    assert grounds(may_serve(led, OTHER, 2027, FIGURES).reasons) == (Ground.IN_TIME_OUT,)
    assert grounds(may_serve(led, REVIEWER, 2028, FIGURES).reasons) == (
        Ground.IN_TIME_OUT,
        Ground.REVIEWER_LED_RECENTLY,
    )


@pytest.mark.parametrize(
    ("career", "role", "audit", "year", "facts"),
    [
        ({}, LEAD, 2026, 1, {"year": 1, "most": 5, "role": LEAD}),
        (years(2022, 2024, LEAD), LEAD, 2025, 4, {"year": 4, "most": 5, "role": LEAD}),
        (years(2022, 2024, OTHER), OTHER, 2025, 4, {"year": 4, "most": 7, "role": OTHER}),
        (years(2022, 2024, LEAD), OTHER, 2025, 1, {"year": 1, "most": 7, "role": OTHER}),
        (years(2022, 2026, LEAD), LEAD, 2027, 6, {"count": 5, "most": 5, "last": 2026, "back": 2032}),
        (years(2019, 2025, OTHER), LEAD, 2027, 1, {"count": 7, "most": 7, "last": 2025, "back": 2028}),
        (years(2023, 2024, LEAD), REVIEWER, 2025, 3, {"last": 2024, "back": 2027}),
        ({2023: LEAD, 2024: REVIEWER}, REVIEWER, 2025, 3, {"last": 2023, "back": 2026}),
    ],
)  # fmt: skip
def test_ruling_says_the_year_and_its_facts(
    career: Career, role: PartnerRole, audit: int, year: int, facts: dict[str, object]
) -> None:
    found = may_serve(career, role, audit, FIGURES)
    [why] = found.reasons
    assert (found.year_of_service, why.facts) == (year, facts)
    assert (why.ground is Ground.MAY_SERVE) is found.may_serve


@pytest.mark.parametrize(
    ("career", "year", "of_service", "last", "barred_from", "back_in", "speaks"),
    [
        # Four companies' statements in their proxies of 2024.
        (years(2019, 2023, LEAD), 2023, 5, 2023, 2024, 2029, True),
        (years(2021, 2024, LEAD), 2024, 4, 2025, 2026, 2031, True),
        (years(2022, 2024, LEAD), 2024, 3, 2026, 2027, 2032, False),
        (years(2022, 2022, LEAD), 2022, 1, 2026, 2027, 2032, False),
        # The outlook speaks from the start of year 4.
        (years(2022, 2025, LEAD), 2025, 4, 2026, 2027, 2032, True),
        (years(2019, 2021, OTHER), 2021, 3, 2025, 2026, 2028, False),
        (years(2019, 2022, OTHER), 2022, 4, 2025, 2026, 2028, True),
        # A sixth year as lead is a fact: it is the last all the same.
        (years(2021, 2026, LEAD), 2026, 6, 2026, 2027, 2032, True),
    ],
)
def test_outlook(
    career: Career,
    year: int,
    of_service: int,
    last: int,
    barred_from: int,
    back_in: int,
    speaks: bool,
) -> None:
    found = outlook(career, year, FIGURES)
    assert found is not None
    assert (found.year_of_service, found.last) == (of_service, last)
    assert (found.barred_from, found.back_in, found.speaks) == (barred_from, back_in, speaks)
    assert found.reason == reason(
        Ground.LAST_YEAR_AHEAD,
        year=of_service,
        most=found.most,
        last=last,
        barred=barred_from,
        back=back_in,
    )


def test_who_does_not_serve_has_no_outlook() -> None:
    assert outlook(years(2022, 2024, LEAD), 2025, FIGURES) is None


@pytest.mark.parametrize(
    ("role", "hours", "share", "counts"),
    [
        (LEAD, "0", "0", True),
        (REVIEWER, "3", "0", True),
        (RELATIONSHIP, "0", "0", True),
        (OTHER, "10.0", "0", False),
        (OTHER, "10.5", "0", True),
        (PartnerRole.SUBSIDIARY_LEAD, "0", "0.20", True),
        (PartnerRole.SUBSIDIARY_LEAD, "0", "0.1999", False),
        (PartnerRole.SUBSIDIARY_LEAD, "11", "0.01", True),
        (OTHER, "1", "0.50", False),
    ],
)
def test_who_is_an_audit_partner(role: PartnerRole, hours: str, share: str, counts: bool) -> None:
    found = is_audit_partner(role, FIGURES, hours=Decimal(hours), subsidiary_share=Decimal(share))
    assert found is counts


TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("clients", "partners", "reviewed", "exempt"),
    [
        (4, 9, date(2024, 6, 1), True),
        (4, 9, date(2023, 11, 20), True),  # three years, both ends in
        (4, 9, date(2023, 11, 19), False),
        (4, 9, date(2023, 11, 1), False),
        (4, 9, date(2026, 11, 20), True),
        (4, 9, date(2026, 11, 21), False),
        (4, 9, None, False),
        (5, 9, date(2024, 6, 1), False),
        (4, 10, date(2024, 6, 1), False),
    ],
)
def test_small_firm(clients: int, partners: int, reviewed: date | None, exempt: bool) -> None:
    assertion = FirmAssertion(date(2026, 10, 1), clients, partners, reviewed)
    found, why = small_firm(assertion, FIGURES, on=TODAY)
    assert found is exempt
    assert why.ground == (Ground.SMALL_FIRM_EXEMPT if exempt else Ground.SMALL_FIRM_NOT_EXEMPT)
    assert why.facts == {
        "clients": clients,
        "partners": partners,
        "reviewed": reviewed,
        "since": date(2023, 11, 20),
        "stated": date(2026, 10, 1),
    }


@pytest.mark.parametrize(
    ("new_end", "keys"),
    [
        # From December to June: a transition period of six months counts as a year.
        (YearEnd(date(2026, 6, 30), 6, 30), ["FY2025", "FY2026T", "FY2027"]),
        # From December to March: three months do not.
        (YearEnd(date(2026, 3, 31), 3, 31), ["FY2025", "FY2027"]),
    ],
)
def test_transition_period(new_end: YearEnd, keys: list[str]) -> None:
    calendar = Calendar((YearEnd(date(1900, 1, 1), 12, 31), new_end))
    found = counted_audits(reversed([*calendar.years(date(2025, 1, 1), date(2027, 3, 1))]))
    assert [year.key for year in found] == keys


@pytest.mark.parametrize(
    ("first", "last", "counts"),
    [
        (date(2026, 1, 1), date(2026, 6, 30), True),
        (date(2026, 1, 1), date(2026, 6, 29), False),
        # Five months and sixteen days.
        (date(2026, 1, 1), date(2026, 6, 16), False),
        (date(2025, 9, 1), date(2026, 2, 28), True),
        (date(2025, 9, 1), date(2026, 2, 27), False),
        (date(2026, 1, 1), date(2026, 12, 31), True),
        # From the Saturday nearest to December 31 to the one nearest to June 30: 25 weeks.
        (date(2026, 1, 4), date(2026, 6, 27), True),
        (date(2026, 1, 4), date(2026, 7, 4), True),
        (date(2026, 1, 4), date(2026, 6, 20), False),
        (date(2026, 1, 4), date(2026, 6, 28), False),
        # A year of 52 weeks.
        (date(2026, 1, 4), date(2027, 1, 2), True),
    ],
)
def test_period_of_six_months_counts_as_a_year(first: date, last: date, counts: bool) -> None:
    assert is_counted(Period(first, last, "FY2026T")) is counts


class Reference:
    """The rule lived through year by year: two counters, and one for the years away."""

    def __init__(self) -> None:
        self.leading = self.other = 0
        self.away = {5: 0, 2: 0}
        self.led: list[int] = []

    def bars(self, role: PartnerRole, year: int) -> bool:
        cooling = role == REVIEWER and bool({year - 1, year - 2} & set(self.led))
        return self.leading >= 5 or self.other >= 7 or cooling

    def live(self, role: PartnerRole | None, year: int) -> None:
        if role is None:
            self.away = {out: years + 1 for out, years in self.away.items()}
            self.leading = 0 if self.away[5] >= 5 else self.leading
            self.other = 0 if self.away[2] >= 2 else self.other
            return
        self.away = dict.fromkeys(self.away, 0)
        if role in (LEAD, REVIEWER):
            self.leading += 1
        else:
            self.other += 1
        self.led += [year] if role == LEAD else []


CAREERS = st.lists(
    st.sampled_from([None, None, LEAD, LEAD, REVIEWER, OTHER, RELATIONSHIP]), max_size=40
)


@given(CAREERS)
def test_random_careers_agree_with_the_reference(roles: list[PartnerRole | None]) -> None:
    career: dict[int, PartnerRole] = {}
    reference = Reference()
    for year, role in enumerate(roles, start=2000):
        for asked in PartnerRole:
            ruled = may_serve(career, asked, year, FIGURES)
            assert ruled.may_serve is not reference.bars(asked, year)
        reference.live(role, year)
        if role:
            career[year] = role


@given(CAREERS, st.sampled_from(list(PartnerRole)))
def test_back_in_is_the_first_year_allowed(
    roles: list[PartnerRole | None], asked: PartnerRole
) -> None:
    career = {year: role for year, role in enumerate(roles, start=2000) if role}
    year = 2000 + len(roles)
    found = may_serve(career, asked, year, FIGURES)
    if found.back_in is not None:
        allowed = [
            each
            for each in range(year, year + 10)
            if may_serve(career, asked, each, FIGURES).may_serve
        ]
        assert allowed[0] == found.back_in


@given(st.integers(1, 12), st.integers(1, 12))
def test_figures_are_arguments(most: int, out: int) -> None:
    figures = replace(FIGURES, lead_years=most, lead_time_out=out)
    career = years(2000, 2000 + most - 1, LEAD)
    found = may_serve(career, LEAD, 2000 + most, figures)
    assert (found.may_serve, found.back_in) == (False, 2000 + most + out)


def test_figures_are_those_of_the_year_audited() -> None:
    text = """
        group = "Auditor"
        [[rule]]
        key = "auditor.waiver_percent"
        title = "Waiver"
        unit = "percent"
        looked_up_by = "the day the service begins"
        [[rule.value]]
        from = 2003-05-06
        until = 2026-12-31
        amount = 5
        citation = "Reg. S-X 2-01(c)(7)(i)(C)(1)"
        [[rule.value]]
        from = 2027-01-01
        amount = 3
        citation = "A later rule"
    """
    table = read(text)
    shares = [
        waiver_share_on(day, table)
        for day in (date(1999, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    ]
    assert shares == [Decimal("0.05"), Decimal("0.05"), Decimal("0.03")]
