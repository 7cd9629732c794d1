"""Firms, engagements, partners; the policy, its lines and the delegation."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts.models import User
from auditors.enums import EngagementEnd, FeeCategory, FirmRole, PartnerRole, RecipientKind
from auditors.models import Delegation, Engagement, Policy, PolicyLine, Recipient
from auditors.reports.rotation import partner_rows, rotation
from auditors.rules.figures import rotation_on
from auditors.rules.money import Money
from auditors.services import firms, policy
from auditors.tests.factories import (
    FY25,
    FY26,
    SIGNED,
    TODAY,
    a_delegation,
    a_firm,
    a_line,
    a_paper,
    an_engagement,
    the_company,
)
from committees import services as committees
from committees.enums import AdviserRole
from committees.tests.factories import a_company, a_director, a_seat, an_audit_committee
from records.calendar import Calendar, YearEnd
from records.models import LedgerEntry
from records.models.bases import ImmutableError
from records.rule_data import TABLE

pytestmark = pytest.mark.django_db
CALENDAR = Calendar((YearEnd(date(1900, 1, 1), 12, 31),))


@pytest.fixture(autouse=True)
def _company() -> None:
    a_company()


def last_entry() -> LedgerEntry:
    return LedgerEntry.objects.order_by("sequence").last()


def test_names_stay_out_of_the_ledger() -> None:
    a_firm("Ash & Birch LLP")
    firms.add_partner(name="Paula Partner", **SIGNED)
    told = json.dumps(list(LedgerEntry.objects.values_list("facts", flat=True)))
    assert "Ash" not in told
    assert "Paula" not in told


def test_tenure_has_its_basis() -> None:
    with pytest.raises(ValidationError):
        firms.add_firm(name="Ash & Birch LLP", auditor_since=2006, **SIGNED)
    firm = firms.add_firm(
        name="Ash & Birch LLP",
        auditor_since=2006,
        since_basis="At the former parent",
        **SIGNED,
    )
    assert firm.auditor_since == 2006


def test_appointment_comes_before_the_fee() -> None:
    engagement = an_engagement()
    assert engagement.approved_fee() is None
    for amount, day in (("850000", date(2026, 6, 2)), ("25000", date(2026, 9, 1))):
        firms.set_fee(engagement, amount=Decimal(amount), currency="USD", approved_on=day, **SIGNED)
    assert engagement.approved_fee() == Money(Decimal(875_000), "USD")
    assert last_entry().facts == {
        "amount": "25000",
        "approved_on": "2026-09-01",
        "decision": None,
    }


@pytest.mark.parametrize(
    ("amount", "currency", "field"), [("0", "USD", "amount"), ("5", "EUR", "currency")]
)
def test_fee_that_is_refused(amount: str, currency: str, field: str) -> None:
    engagement = an_engagement()
    given: dict[str, Any] = {"approved_on": TODAY} | SIGNED
    firms.set_fee(engagement, amount=Decimal(1), currency="USD", **given)
    with pytest.raises(ValidationError) as refusal:
        firms.set_fee(engagement, amount=Decimal(amount), currency=currency, **given)
    assert list(refusal.value.error_dict) == [field]


@pytest.mark.parametrize("year_ends_on", [date(2026, 12, 30), date(2026, 6, 30)])
def test_fiscal_year_is_named_by_its_last_date(year_ends_on: date) -> None:
    with pytest.raises(ValidationError) as refusal:
        an_engagement(year_ends_on=year_ends_on)
    assert list(refusal.value.error_dict) == ["year_ends_on"]


def test_firm_has_one_engagement_of_a_role_in_a_year() -> None:
    an_engagement()
    with pytest.raises(ValidationError):
        an_engagement()
    assert an_engagement(role=FirmRole.COMPONENT).pk
    assert an_engagement(year_ends_on=FY25).pk


def test_letter_and_dates_are_added_once() -> None:
    engagement = an_engagement()
    paper = a_paper("auditors.engagement")
    firms.record_engagement_letter(engagement, dated=date(2026, 5, 5), document=paper, **SIGNED)
    firms.record_audit_dates(engagement, work_from=date(2026, 8, 17), **SIGNED)
    engagement.refresh_from_db()
    assert (engagement.letter, engagement.work_from) == (paper, date(2026, 8, 17))
    with pytest.raises(ValidationError, match="on record already"):
        firms.record_engagement_letter(engagement, dated=TODAY, **SIGNED)
    with pytest.raises(ValidationError, match="at least one date"):
        firms.record_audit_dates(engagement, **SIGNED)


def test_engagement_ends_in_one_stored_way() -> None:
    engagement = an_engagement()
    firms.end_engagement(engagement, ended_on=TODAY, how=EngagementEnd.RESIGNED, **SIGNED)
    assert not Engagement.objects.open(TODAY).exists()
    assert Engagement.objects.open(date(2026, 11, 19)).exists()
    with pytest.raises(ValidationError, match="on record already"):
        firms.end_engagement(engagement, ended_on=TODAY, how=EngagementEnd.DISMISSED, **SIGNED)


def test_engagement_is_never_changed() -> None:
    engagement = an_engagement()
    engagement.appointed_on = TODAY
    with pytest.raises(ImmutableError):
        engagement.save(update_fields=["appointed_on"])
    with pytest.raises(ImmutableError):
        Engagement.objects.update(appointed_on=TODAY)


@pytest.mark.parametrize(
    "changes",
    [
        {"ended_on": TODAY},
        {"ended_how": "resigned"},
        {"ended_on": date(2026, 5, 4), "ended_how": "resigned"},
        {"role": "friend"},
    ],
)
def test_database_holds_the_engagement_together(changes: dict[str, Any]) -> None:
    engagement = an_engagement()
    with pytest.raises(IntegrityError), transaction.atomic():
        QuerySet.update(Engagement.objects.filter(pk=engagement.pk), **changes)


@pytest.mark.parametrize(
    ("votes_for", "votes_against", "ratified"), [(900, 100, True), (100, 100, False)]
)
def test_vote_is_a_later_fact(votes_for: int, votes_against: int, ratified: bool) -> None:
    engagement = an_engagement()
    found = firms.record_ratification(
        engagement,
        voted_on=date(2026, 5, 20),
        votes_for=votes_for,
        votes_against=votes_against,
        votes_abstain=3,
        **SIGNED,
    )
    assert found.is_ratified is ratified
    assert Engagement.objects.open(TODAY).get() == engagement


def test_years_of_a_partner_follow_the_person_across_firms() -> None:
    partner = firms.add_partner(name="Paula Partner", **SIGNED)
    for year in range(2022, 2026):
        firm = a_firm("Ash & Birch LLP" if year < 2025 else "Cedar LLP")
        engagement = an_engagement(firm=firm, year_ends_on=date(year, 12, 31))
        firms.record_partner_year(
            partner, engagement, role=PartnerRole.LEAD, stated_on=TODAY, **SIGNED
        )
    (line,) = rotation(a_firm("Cedar LLP"), CALENDAR, TODAY).partners
    assert (line.sentence, line.last, line.speaks) == (
        "Year 4 of at most 5.",
        "Fiscal year 2026",
        True,
    )


def test_audit_names_the_partner_whom_rotation_bars() -> None:
    partner = firms.add_partner(name="Paula Partner", **SIGNED)
    for year in range(2021, 2027):
        audit = an_engagement(year_ends_on=date(year, 12, 31))
        firms.record_partner_year(partner, audit, role=PartnerRole.LEAD, stated_on=TODAY, **SIGNED)
    assert [row.text for row in partner_rows(audit, CALENDAR)] == [
        "Paula Partner, stated by the firm on November 20, 2026. 5 years are used of at most 5. "
        "May serve again from fiscal year 2031 (Reg. S-X 2-01(c)(6))."
    ]


def test_partner_under_ten_hours_does_not_count() -> None:
    partner = firms.add_partner(name="Paula Partner", **SIGNED)
    year = firms.record_partner_year(
        partner,
        an_engagement(),
        role=PartnerRole.OTHER,
        stated_on=TODAY,
        hours=Decimal("10.0"),
        **SIGNED,
    )
    assert not year.counts(rotation_on(FY26, TABLE))


def test_one_recipient_is_the_company() -> None:
    the_company()
    with pytest.raises(ValidationError):
        firms.add_recipient(name="Another", kind=RecipientKind.COMPANY, **SIGNED)
    assert Recipient.objects.count() == 1


# The policy


def test_policy_adopted_last_is_in_force() -> None:
    for day, months in ((date(2025, 1, 10), 6), (date(2026, 1, 15), 12)):
        policy.adopt_policy(adopted_on=day, currency="USD", max_age_months=months, **SIGNED)
    in_force = Policy.objects.in_force
    assert in_force(date(2025, 1, 9)) is None
    assert in_force(date(2026, 1, 14)).max_age_months == 6
    assert in_force(date(2026, 1, 15)).max_age_months == 12


def test_policy_as_the_rules_read_it() -> None:
    found = policy.adopt_policy(
        adopted_on=TODAY,
        currency="USD",
        closed_categories=[FeeCategory.ALL_OTHER],
        tolerance_share=Decimal("0.05"),
        **SIGNED,
    )
    found.refresh_from_db()
    assert found.as_rule().closed_categories == {FeeCategory.ALL_OTHER}
    approved = Money(Decimal(400_000), "USD")
    assert found.tolerance.of(approved) == Money(Decimal("20000.0000"), "USD")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"work": "Tax compliance services, 60,000"}, "names a category or an amount"),
        ({"work": "Audit of {the 401(k) plan}"}, "still has a blank"),
        ({"service": "bookkeeping"}, "no line can allow it"),
        ({"service": "annual-audit"}, "never under a line"),
        ({"service": ""}, "not in the list"),
        ({"cap": Decimal(0)}, "above zero"),
        ({"last_on": date(2025, 12, 31)}, "ends before it begins"),
        ({"recipients": []}, "at least one recipient"),
        ({"title": " "}, "Fill in"),
        ({"adopted_on": date(2026, 11, 21)}, "in the future"),
        ({"currency": "dollar"}, "characters"),
    ],
)
def test_line_that_is_not_adopted(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        a_line(**given)
    assert not PolicyLine.objects.exists()


def test_line_ends_once_and_for_later_dates_only(management: User) -> None:
    line = a_line(used_by=[management])
    assert list(PolicyLine.objects.adopted(date(2026, 1, 14))) == []
    policy.end_line(line, ended_on=TODAY, **SIGNED)
    assert list(PolicyLine.objects.adopted(date(2026, 11, 19))) == [line]
    assert list(PolicyLine.objects.adopted(TODAY)) == []
    with pytest.raises(ValidationError, match="on record already"):
        policy.end_line(line, ended_on=TODAY, **SIGNED)


def test_last_delegation_is_in_force_until_it_is_revoked() -> None:
    first, second = a_seat(a_director("Clara Chair")), a_seat(a_director("Max Member"))
    a_delegation(first.director, adopted_on=date(2025, 1, 10))
    last = a_delegation(first.director, second.director)
    in_force = Delegation.objects.in_force
    assert in_force(TODAY) == last
    assert [each.director for each in last.delegates.all()] == [first.director, second.director]
    policy.revoke_delegation(last, revoked_on=TODAY, **SIGNED)
    assert in_force(date(2026, 11, 19)).pk == last.pk
    assert in_force(TODAY) is None


def test_delegation_names_somebody() -> None:
    with pytest.raises(ValidationError, match="at least one delegate"):
        a_delegation()


def test_engagement_of_auditors() -> None:
    audit = an_engagement()
    an_engagement(firm=a_firm("Test House LLC"), role=FirmRole.TESTER)
    assert list(Engagement.objects.of_auditors()) == [audit]
    assert str(audit) == "Ash & Birch LLP, December 31, 2026"


def test_objection_to_a_line_stands_beside_its_field() -> None:
    with pytest.raises(ValidationError) as refusal:
        a_line(service="payroll", work="Other services", last_on=date(2025, 1, 1))
    assert list(refusal.value.error_dict) == ["service", "work", "last_on"]


@pytest.mark.parametrize(
    ("adviser", "day", "is_refused"),
    [
        ("{name}", date(2026, 5, 5), True),
        ("The {name}, L.L.P.", date(2026, 5, 5), True),
        ("{name}", date(2026, 5, 4), False),
        ("{name} Advisory", date(2026, 5, 5), False),
    ],
)
def test_firm_that_audits_the_company_is_no_adviser_of_the_committee(
    adviser: str, day: date, is_refused: bool
) -> None:
    """RULE-43: known by its name, whether or not somebody says on the form that it audits."""
    engagement = an_engagement()
    name = engagement.firm.name.removesuffix(" LLP")

    def engage() -> None:
        committees.engage(
            an_audit_committee(),
            adviser=adviser.format(name=name),
            role=AdviserRole.ACCOUNTING,
            scope="A valuation.",
            engaged_on=day,
            **SIGNED,
        )

    if not is_refused:
        engage()
        return
    with pytest.raises(ValidationError) as error:
        engage()
    assert list(error.value.error_dict) == ["adviser"]
