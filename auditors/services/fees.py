"""Fees by line, and the proxy's table as it is issued (R-1b)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from auditors import documents
from auditors.enums import (
    ApprovingBody,
    Basis,
    FeeCategory,
    FeeStatus,
    Payer,
    RequestState,
    TaxKind,
)
from auditors.models import (
    Approval,
    Engagement,
    FeeLine,
    Firm,
    IssuedAmount,
    IssuedDescription,
    IssuedFeeTable,
    Recipient,
    ServiceRequest,
)
from auditors.reports import fees as reports
from auditors.rules.catalogue import SERVICES
from auditors.rules.fee_table import FeeTable, fee_table, objections_to_issue
from auditors.rules.fees import year_of
from auditors.rules.money import ZERO, Money, Rate
from auditors.rules.rounding import Unit
from auditors.rulings import reporting_currency
from auditors.services.checks import (
    checked,
    refuse,
    refuse_ahead,
    refuse_blank,
    refuse_kind,
    refuse_no_year_end,
)
from auditors.services.invoices import refuse_entered_twice
from charters.models import Committee
from records import ledger, pdf, texts
from records.acts import act
from records.clock import day_of
from records.dates import long_day
from records.facts import recorded
from records.ledger import Action, Actor
from records.models import Company, Document
from records.services import documents as filing

FEE_ENTERED = ledger.action("fee.entered", lazy("entered the fee %(record)s"))
FEE_WITHDRAWN = ledger.action("fee.withdrawn", lazy("withdrew the fee %(record)s"))
FEE_TABLE_ISSUED = ledger.action("fee_table.issued", lazy("issued the fee table of %(record)s"))


@act
def enter_fee(
    firm: Firm,
    *,
    recipient: Recipient,
    service: str,
    description: str,
    year_ends_on: date,
    category: FeeCategory,
    status: FeeStatus,
    fee: Money,
    rendered_on: date,
    by: Actor,
    at: datetime,
    rate: Rate | None = None,
    tax_kind: TaxKind | None = None,
    payer: Payer = Payer.COMPANY,
    body: ApprovingBody = ApprovingBody.COMMITTEE,
    is_net_of_tax: bool = False,
    invoice_number: str = "",
    invoiced_on: date | None = None,
    approval: Approval | None = None,
    replaces: FeeLine | None = None,
) -> FeeLine:
    """Enter a fee of a fiscal year, expected or billed. With `replaces` it replaces an
    estimate or of a line entered wrongly. Whether it was waived is read from its approval."""
    refuse_no_year_end("year_ends_on", year_ends_on)
    refuse_ahead("invoiced_on", invoiced_on, at)
    if service and service not in SERVICES:
        raise ValidationError({"service": _("Choose a service from the list, or none.")})
    _refuse_other_year(service, category, rendered_on, year_ends_on)
    _refuse_other_approval(firm, approval)
    by_waiver = approval is not None and approval.basis == Basis.WAIVER
    if by_waiver and category == FeeCategory.AUDIT:
        raise ValidationError(
            {"approval": _("A de minimis waiver is for a non-audit service. Choose another line.")}
        )
    line = FeeLine(
        firm=firm,
        recipient=recipient,
        service=service,
        description=refuse_blank("description", description),
        year_ends_on=year_ends_on,
        category=category,
        status=status,
        amount=fee.amount,
        currency=fee.currency,
        rate=rate.value if rate else None,
        rate_on=rate.on if rate else None,
        rendered_on=rendered_on,
        tax_kind=tax_kind or "",
        payer=payer,
        body=body,
        is_net_of_tax=is_net_of_tax,
        invoice_number=invoice_number.strip(),
        invoiced_on=invoiced_on,
        approval=approval,
        by_waiver=by_waiver,
        replaces=_current(replaces) if replaces else None,
        **recorded(by, at),
    )
    refuse_entered_twice(line)
    checked(line)
    _record(FEE_ENTERED, line, by, at, category=category, status=status, approval=approval)
    return line


@act
def withdraw_fee(line: FeeLine, *, by: Actor, at: datetime) -> FeeLine:
    """Withdraw a fee entered in error; it stays on record and no longer counts."""
    earlier = _current(line)
    copied: dict[str, Any] = {
        field.attname: getattr(earlier, field.attname)
        for field in FeeLine._meta.concrete_fields
        if field.name not in ("id", "replaces", "is_withdrawn", "salt")
    }
    later = FeeLine(**(copied | recorded(by, at)), replaces=earlier, is_withdrawn=True)
    checked(later)
    _record(FEE_WITHDRAWN, later, by, at)
    return later


def _current(line: FeeLine) -> FeeLine:
    """The line under a lock, refused where a later one has replaced it."""
    earlier = FeeLine.objects.select_for_update().get(pk=line.pk)
    if earlier.is_withdrawn or FeeLine.objects.filter(replaces=earlier).exists():
        raise ValidationError(_("A later entry has replaced this one. Correct that one instead."))
    return earlier


def _refuse_other_year(
    service: str, category: FeeCategory, rendered_on: date, year_ends_on: date
) -> None:
    """A fee for an audit names the year audited; every other fee belongs to the year rendered."""
    listed, company = SERVICES.get(service), Company.objects.current()
    by_year_audited = listed.by_year_audited if listed else category == FeeCategory.AUDIT
    if company is None or by_year_audited:
        return
    year = year_of(by_year_audited=False, rendered_on=rendered_on, calendar=company.calendar)
    if year.last != year_ends_on:
        raise ValidationError(
            {
                "year_ends_on": _(
                    "Only a fee for the audit belongs to the year audited. This one belongs to the "
                    "fiscal year in which it was rendered, ending %(last)s."
                )
                % {"last": long_day(year.last)}
            }
        )


def _refuse_other_approval(firm: Firm, approval: Approval | None) -> None:
    """The approval is the firm's own, and stands: under its lock, so that it is not withdrawn."""
    if approval is None:
        return
    request = ServiceRequest.objects.select_for_update().get(pk=approval.request_id)
    if request.firm_id != firm.pk:
        raise ValidationError({"approval": _("This approval is for another firm.")})
    if request.state != RequestState.APPROVED:
        raise ValidationError({"approval": _("This service was withdrawn.")})


def _record(action: Action, line: FeeLine, by: Actor, at: datetime, **more: Any) -> None:
    ledger.record(
        action,
        subject=line,
        by=by,
        at=at,
        firm=line.firm,
        year_ends_on=line.year_ends_on,
        amount=line.amount,
        **texts.digests(line),
        replaces=line.replaces,
        **more,
    )


def table(
    firm: Firm,
    *,
    year_ends_on: Sequence[date],
    unit: Unit,
    predecessors: Sequence[Firm] = (),
) -> FeeTable:
    """The fee table of a firm for fiscal years given newest first, from the lines that count."""
    currency = reporting_currency()
    lines = FeeLine.objects.current().filter(year_ends_on__in=year_ends_on).with_parties()
    return fee_table(
        [line.as_rule(currency) for line in lines],
        years=[day.isoformat() for day in year_ends_on],
        firm=firm.name,
        currency=currency,
        unit=unit,
        predecessors=[each.name for each in predecessors],
    )


@act
def issue_table(
    firm: Firm,
    *,
    year_ends_on: Sequence[date],
    unit: Unit,
    descriptions: Mapping[FeeCategory, str],
    by: Actor,
    at: datetime,
    hours_of_others: Decimal | None = None,
    predecessors: Sequence[Firm] = (),
    document: Document | None = None,
) -> IssuedFeeTable:
    """Keep the table as the proxy prints it. Refused where a line that is not zero has no
    description (Item 9(e)(2)-(4)) or an amount no rate."""
    _refuse_other_firm(firm, max(year_ends_on))
    computed = table(firm, year_ends_on=year_ends_on, unit=unit, predecessors=predecessors)
    refuse(objections_to_issue(computed, descriptions))
    refuse_kind("document", document, documents.ISSUED)
    issued = IssuedFeeTable(
        firm=firm,
        year_ends_on=max(year_ends_on),
        issued_on=day_of(at),
        currency=computed.currency,
        scale=unit.scale,
        places=unit.places,
        hours_of_others=hours_of_others,
        document=document,
        **recorded(by, at),
    )
    checked(issued)
    _keep(issued, computed, [firm, *predecessors], descriptions, by, at)
    ledger.record(
        FEE_TABLE_ISSUED,
        subject=issued,
        by=by,
        at=at,
        firm=firm,
        year_ends_on=issued.year_ends_on,
        document=document,
    )
    return issued


@act
def issue_table_as_pdf(
    firm: Firm,
    *,
    year_ends_on: Sequence[date],
    unit: Unit,
    descriptions: Mapping[FeeCategory, str],
    by: Actor,
    at: datetime,
    hours_of_others: Decimal | None = None,
    predecessors: Sequence[Firm] = (),
) -> IssuedFeeTable:
    """Issue the table with its PDF, filed in the same act; without it where none can be made."""
    _refuse_other_firm(firm, max(year_ends_on))
    computed = table(firm, year_ends_on=year_ends_on, unit=unit, predecessors=predecessors)
    refuse(objections_to_issue(computed, descriptions))
    company, committee = Company.objects.current(), Committee.objects.audit()
    document, currency = None, reporting_currency()
    if company is not None and pdf.is_available():
        lines = reports.table_lines(
            computed,
            company.calendar,
            changed=reports.changes(firm, computed),
            waiver=reports.waiver_words(_latest(firm, year_ends_on), max(year_ends_on), currency),
            hours=hours_of_others,
            descriptions=descriptions,
        )
        document = filing.file(
            kind=documents.ISSUED.name,
            title=_("Fee table, %(firm)s") % {"firm": firm},
            content=reports.table_pdf(
                lines, company, str(committee), issued=long_day(day_of(at, company))
            ),
            file_name=f"fee-table-{max(year_ends_on).year}.pdf",
            by=by,
            at=at,
        )
    return issue_table(
        firm,
        year_ends_on=year_ends_on,
        unit=unit,
        descriptions=descriptions,
        hours_of_others=hours_of_others,
        predecessors=predecessors,
        document=document,
        by=by,
        at=at,
    )


def _refuse_other_firm(firm: Firm, year_ends_on: date) -> None:
    """The proxy states the fees of the firm that reports on the latest year, which has some."""
    engagement = Engagement.objects.reporting_on(year_ends_on)
    if engagement is not None and engagement.firm != firm:
        raise ValidationError(
            _("%(firm)s reports on the fiscal year ending %(last)s. The table states its fees.")
            % {"firm": engagement.firm, "last": long_day(year_ends_on)}
        )
    lines = FeeLine.objects.current().filter(year_ends_on=year_ends_on)
    if lines.exclude(firm=firm).exists() and not lines.filter(firm=firm).exists():
        raise ValidationError(
            _("No fee of %(firm)s is on record for the fiscal year ending %(last)s.")
            % {"firm": firm, "last": long_day(year_ends_on)}
        )


def _latest(firm: Firm, year_ends_on: Sequence[date]) -> list[FeeLine]:
    """The lines of the latest year, whose waivers the proxy states."""
    rows = FeeLine.objects.current().filter(year_ends_on=max(year_ends_on), firm=firm)
    return list(rows.with_parties())


def _keep(
    issued: IssuedFeeTable,
    computed: FeeTable,
    firms: Sequence[Firm],
    descriptions: Mapping[FeeCategory, str],
    by: Actor,
    at: datetime,
) -> None:
    named = {firm.name: firm for firm in firms}
    latest = issued.year_ends_on.isoformat()
    _fees, waived = reports.waived_of(
        _latest(issued.firm, [issued.year_ends_on]), issued.year_ends_on, issued.currency
    )
    none = Money(ZERO, issued.currency)
    IssuedAmount.objects.bulk_create(
        IssuedAmount(
            table=issued,
            firm=named[column.firm],
            year_ends_on=date.fromisoformat(column.year),
            category=category,
            amount=cell.exact or ZERO,
            waived=waived.get(category, none).amount
            if column.year == latest and column.firm == issued.firm.name
            else ZERO,
            **recorded(by, at),
        )
        for column in computed.columns
        for category, cell in column.cells.items()
    )
    IssuedDescription.objects.bulk_create(
        IssuedDescription(table=issued, category=category, text=text.strip(), **recorded(by, at))
        for category, text in descriptions.items()
        if text.strip()
    )
