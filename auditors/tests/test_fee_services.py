"""Fees entered, billed, withdrawn; the proxy's table computed and issued."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from auditors.enums import (
    EngagementEnd,
    FeeCategory,
    FeeStatus,
    Ground,
    Payer,
    RecipientKind,
    TaxKind,
)
from auditors.models import Engagement, FeeLine, Firm, IssuedFeeTable
from auditors.reports.fees import issued_lines, waiver_words
from auditors.rules.fee_table import changes_since_issue
from auditors.rules.money import Money, Rate
from auditors.rules.reasons import grounds
from auditors.rules.rounding import DOLLARS, THOUSANDS
from auditors.services import approvals, fees, firms
from auditors.tests.factories import (
    FY25,
    FY26,
    SIGNED,
    TODAY,
    a_fee,
    a_firm,
    a_recipient,
    a_request,
    an_engagement,
)
from auditors.tests.factories import waived as a_waiver
from committees.tests.factories import a_company

pytestmark = pytest.mark.django_db

BILLED: dict[str, Any] = {
    "status": FeeStatus.BILLED,
    "invoice_number": "10045",
    "invoiced_on": date(2026, 11, 10),
}
TAX: dict[str, Any] = {
    "service": "us-income-tax-returns",
    "category": FeeCategory.TAX,
    "tax_kind": TaxKind.COMPLIANCE,
    "description": "Returns of 2025",
}


@pytest.fixture(autouse=True)
def _company() -> None:
    a_company()


def totals(**given: Any) -> list[Decimal | None]:
    found = fees.table(a_firm(), year_ends_on=[FY26, FY25], unit=DOLLARS, **given)
    return [column.total.printed for column in found.columns]


def test_bill_replaces_its_estimate() -> None:
    estimate = a_fee("850000")
    a_fee("862500", replaces=estimate, **BILLED)
    assert [line.amount for line in FeeLine.objects.current()] == [Decimal(862_500)]
    assert totals() == [862_500, 0]
    with pytest.raises(ValidationError, match="replaced this one"):
        a_fee("1", replaces=estimate)


def test_withdrawn_fee_no_longer_counts() -> None:
    line = a_fee("850000", **BILLED)
    fees.withdraw_fee(line, **SIGNED)
    assert not FeeLine.objects.current().exists()
    assert FeeLine.objects.count() == 2
    with pytest.raises(ValidationError, match="replaced this one"):
        fees.withdraw_fee(line, **SIGNED)


def test_service_on_an_invoice_is_entered_once() -> None:
    line = a_fee("850000", **BILLED)
    for given in ({}, {"description": " audit  of the YEAR"}):
        with pytest.raises(ValidationError) as refusal:
            a_fee("850000", **(BILLED | given))
        assert refusal.value.message_dict == {
            "invoice_number": [
                "Invoice 10045 is on record for this service: Audit of the year, $850,000. "
                "Replace that line, or describe the other service."
            ]
        }
    assert a_fee("850000", **(BILLED | {"year_ends_on": FY25})).pk
    assert a_fee("860000", replaces=line, **BILLED).pk
    # Another firm numbers its invoices as it likes.
    assert a_fee("850000", firm=a_firm("Elm LLP"), **BILLED).pk


def test_one_invoice_bills_several_services() -> None:
    a_fee("30000", **TAX, **BILLED)
    advice = TAX | {"tax_kind": TaxKind.ADVICE}
    assert a_fee("20000", **advice, **BILLED).pk
    assert a_fee("5000", **(TAX | {"description": "Returns of Birch GmbH"}), **BILLED).pk
    assert totals() == [55_000, 0]


def test_invoice_withdrawn_or_replaced_can_be_entered_again() -> None:
    withdrawn = a_fee("850000", **BILLED)
    fees.withdraw_fee(withdrawn, **SIGNED)
    line = a_fee("862500", **BILLED)
    later = a_fee("862500", replaces=line, **(BILLED | {"invoice_number": "10046"}))
    assert a_fee("1000", **BILLED).pk
    # A correction is not a way around it.
    with pytest.raises(ValidationError, match="on record for this service"):
        a_fee("862500", replaces=later, **BILLED)


@pytest.mark.parametrize(
    "given",
    [
        {"status": FeeStatus.BILLED},
        {"invoice_number": "10045"},
        {"category": FeeCategory.TAX},
        {"tax_kind": TaxKind.ADVICE},
        {"year_ends_on": date(2026, 12, 30)},
        {"service": "anything"},
        {"description": ""},
        {"rate": Rate(Decimal("-1"), TODAY)},
        {"fee": Money(Decimal(1), "euro")},
        {**BILLED, "invoiced_on": date(2026, 11, 21)},
    ],
)
def test_bad_input_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        a_fee(**given)
    assert not FeeLine.objects.exists()


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        # Tax return work of December 2026, billed in February 2027.
        (TAX | {"rendered_on": date(2026, 12, 10), "year_ends_on": FY26}, False),
        (TAX | {"rendered_on": date(2026, 12, 10), "year_ends_on": FY25}, True),
        # The audit of 2025 goes on in 2026.
        ({"rendered_on": date(2026, 2, 10), "year_ends_on": FY25}, False),
        # A consent stands in the audit line and follows the year rendered.
        ({"service": "consent", "rendered_on": date(2026, 2, 10), "year_ends_on": FY25}, True),
        ({"service": "consent", "rendered_on": date(2026, 2, 10), "year_ends_on": FY26}, False),
        ({"service": "", "rendered_on": date(2026, 2, 10), "year_ends_on": FY25}, False),
    ],
)
def test_fee_belongs_to_the_year_audited_or_rendered(given: dict[str, Any], refused: bool) -> None:
    if not refused:
        assert a_fee(**given).pk
        return
    with pytest.raises(ValidationError, match="December 31, 2026") as refusal:
        a_fee(**given)
    assert list(refusal.value.error_dict) == ["year_ends_on"]


def test_approval_of_another_firm_is_refused() -> None:
    asked = a_request(firm=a_firm("Cedar LLP"))
    approval = approvals.approve_by_committee(asked, approved_on=TODAY, **SIGNED)
    with pytest.raises(ValidationError, match="another firm"):
        a_fee(approval=approval)


def test_fee_is_waived_as_its_approval_is() -> None:
    """Item 9(e)(5)(ii): the percentage is that of the fees approved by waiver."""
    advice: dict[str, Any] = TAX | {"service": "sales-tax-advice", "tax_kind": TaxKind.ADVICE}
    plain = approvals.approve_by_committee(a_request(), approved_on=TODAY, **SIGNED)
    assert not a_fee("100", **advice).by_waiver
    assert not a_fee("100", approval=plain, **advice).by_waiver
    given = a_waiver("200")
    assert a_fee("200", approval=given, **advice).by_waiver
    lines = FeeLine.objects.current().with_parties()
    assert waiver_words(lines, FY26, "USD")[1] == "Tax fees approved by de minimis waiver: 50%."
    with pytest.raises(ValidationError) as refusal:
        a_fee("1", approval=given)
    assert list(refusal.value.error_dict) == ["approval"]


def test_consolidated_recipients_stand_in_the_table_whoever_pays() -> None:
    a_fee("100")
    a_fee("20", recipient=a_recipient("401(k) plan", RecipientKind.PLAN), payer=Payer.PLAN)
    a_fee("4000", recipient=a_recipient("Larch Fund", RecipientKind.UNCONSOLIDATED))
    found = fees.table(a_firm(), year_ends_on=[FY26], unit=DOLLARS)
    assert found.columns[0].total.exact == 120
    assert [(each.recipient, each.exact) for each in found.outside] == [("Larch Fund", 4000)]


def test_foreign_fee_is_converted_by_its_rate_and_never_without() -> None:
    a_fee("1000", fee=Money(Decimal(1000), "EUR"), rate=Rate(Decimal("1.085"), TODAY))
    assert totals() == [1085, 0]
    a_fee("1", fee=Money(Decimal(1), "EUR"))
    assert totals() == [None, 0]


def test_table_makes_the_same_queries_for_many_lines(django_assert_num_queries: Any) -> None:
    firm = a_firm()
    for number in range(4):
        a_fee(str(100 + number))
        with django_assert_num_queries(2):
            fees.table(firm, year_ends_on=[FY26, FY25], unit=DOLLARS)


def issue(**given: Any) -> IssuedFeeTable:
    asked = {"year_ends_on": [FY26, FY25], "unit": DOLLARS, "descriptions": {}} | given
    return fees.issue_table(a_firm(), **(asked | SIGNED))


def test_table_is_issued_once_its_lines_are_described() -> None:
    a_fee("850000")
    a_fee("75000", **TAX)
    with pytest.raises(ValidationError) as refusal:
        issue(descriptions={FeeCategory.TAX: " "})
    assert refusal.value.messages == [
        "Describe the nature of the services: Tax fees (Schedule 14A Item 9(e))."
    ]
    issued = issue(descriptions={FeeCategory.TAX: "Preparing federal and state returns."})
    assert issued.amounts.count() == 8
    assert [each.category for each in issued.descriptions.all()] == [FeeCategory.TAX]


def test_issued_table_is_a_snapshot_that_the_next_one_is_compared_with() -> None:
    first = a_fee("3521237", year_ends_on=FY25)
    issued = issue(year_ends_on=[FY25], unit=THOUSANDS)
    a_fee("3543099", year_ends_on=FY25, replaces=first)
    assert issued.as_rule().columns[0].total.exact == Decimal(3_521_237)
    now = fees.table(a_firm(), year_ends_on=[FY26, FY25], unit=DOLLARS)
    (change,) = changes_since_issue(issued.as_rule(), now)
    assert (change.ground, change.facts["difference"]) == (
        Ground.PRIOR_YEAR_CHANGED,
        Decimal(21_862),
    )


def test_issued_table_reads_as_it_was_computed() -> None:
    a_fee("850400")
    a_fee("75450", **TAX)
    issued = issue(unit=THOUSANDS, descriptions={FeeCategory.TAX: "Returns."})
    computed = fees.table(a_firm(), year_ends_on=[FY26, FY25], unit=THOUSANDS)
    assert issued.as_rule().columns == computed.columns
    assert grounds(computed.notes) == (Ground.MAY_NOT_ADD, Ground.INCLUDES_ESTIMATES)


@pytest.mark.parametrize(
    "changes",
    [{"tax_kind": "advice"}, {"by_waiver": True}, {"currency": "usd"}, {"rate_on": TODAY}],
)
def test_database_holds_the_lines_together(changes: dict[str, Any]) -> None:
    line = a_fee()
    with pytest.raises(IntegrityError), transaction.atomic():
        QuerySet.update(FeeLine.objects.filter(pk=line.pk), **changes)


def test_issued_table_keeps_its_waivers_and_the_hours_of_others() -> None:
    """What the proxy states beside the table is kept with it (Item 9(e)(5)(ii), (6))."""
    a_fee("75000", category=FeeCategory.TAX, service="sales-tax-advice", tax_kind=TaxKind.ADVICE)
    given = a_waiver("48000")
    a_fee(
        "48000",
        category=FeeCategory.TAX,
        service="sales-tax-advice",
        tax_kind=TaxKind.ADVICE,
        approval=given,
    )
    issued = issue(descriptions={FeeCategory.TAX: "Advice."}, hours_of_others=Decimal("62.5"))
    kept = issued_lines(issued, None)
    assert kept.waiver[1] == "Tax fees approved by de minimis waiver: 39.02%."
    assert kept.notes[-1].startswith("Persons other than the full-time")
    assert "62.5%" in kept.notes[-1]


def test_table_is_that_of_the_firm_that_reports_on_its_latest_year() -> None:
    """Schedule 14A Item 9(e): a firm appointed for a later year has another table."""
    an_engagement(year_ends_on=FY25, appointed_on=date(2025, 5, 6))
    a_fee("930400", year_ends_on=FY25)
    other = a_firm("Zephyr Audit LLP")
    an_engagement(firm=other, year_ends_on=FY26)
    given: dict[str, Any] = {"year_ends_on": [FY25], "unit": DOLLARS, "descriptions": {}}
    for act in (fees.issue_table, fees.issue_table_as_pdf):
        with pytest.raises(ValidationError, match="Ash & Birch LLP reports on the fiscal year"):
            act(other, **given, **SIGNED)
    assert fees.issue_table(a_firm(), **given, **SIGNED).firm == a_firm()


def reporting_firm(year_ends_on: date) -> Firm | None:
    found = Engagement.objects.reporting_on(year_ends_on)
    return found.firm if found else None


def test_firm_that_reports_is_the_one_whose_report_is_dated() -> None:
    ended = an_engagement(firm=a_firm("Aardvark LLP"), appointed_on=date(2026, 3, 1))
    assert reporting_firm(FY26) == ended.firm
    firms.end_engagement(ended, ended_on=date(2026, 4, 1), how=EngagementEnd.DISMISSED, **SIGNED)
    assert reporting_firm(FY26) == ended.firm
    an_engagement()
    assert reporting_firm(FY26) == a_firm()
    # Ended after its report: the report stands.
    before = an_engagement(firm=a_firm("Aardvark LLP"), year_ends_on=FY25)
    firms.record_audit_dates(before, report_dated=date(2026, 6, 1), **SIGNED)
    firms.end_engagement(before, ended_on=date(2026, 7, 1), how=EngagementEnd.RESIGNED, **SIGNED)
    an_engagement(year_ends_on=FY25, appointed_on=date(2026, 7, 2))
    assert reporting_firm(FY25) == before.firm


def test_table_of_a_firm_without_fees_is_not_issued_while_another_has_some() -> None:
    an_engagement()
    a_fee("850000", firm=a_firm("Aardvark LLP"))
    with pytest.raises(ValidationError, match="No fee of Ash & Birch LLP"):
        issue()
    a_fee("850000")
    assert issue().pk
