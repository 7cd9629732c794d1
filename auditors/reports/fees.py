"""Fees by line, approved against billed, and the proxy's table as page, PDF and workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from auditors.enums import FeeCategory, FeeStatus
from auditors.models import FeeLine, Firm, IssuedFeeTable, ServiceRequest
from auditors.reports.words import year
from auditors.reports.xlsx import Value, workbook
from auditors.rules.de_minimis import DISCLOSED, disclosed_shares
from auditors.rules.fee_table import (
    Cell,
    Column,
    FeeTable,
    Shown,
    changes_since_issue,
    hours_of_others,
)
from auditors.rules.fees import notes, ratio
from auditors.rules.money import ZERO, Money
from auditors.rules.reasons import Reason
from auditors.sentences import amount, sentence
from charters.sentences import period_name
from records import pdf
from records.dates import long_day, written_for

if TYPE_CHECKING:
    from accounts.models import User
    from auditors.rules.rounding import Unit
    from records.calendar import Calendar
    from records.models import Company


@dataclass(frozen=True)
class FeeRow:
    pk: int
    description: str
    detail: str
    category: str
    amount: str
    status: str
    invoice: str
    notes: tuple[str, ...] = ()
    is_restricted: bool = False


def fee_row(row: FeeLine, currency: str, reader: User) -> FeeRow:
    """A fee of a service that is withheld from the reader is a sum without a word: the total stays
    true."""
    if row.approval and reader.withheld.holds(ServiceRequest, row.approval.request_id):
        return FeeRow(
            pk=row.pk,
            description=_("Restricted item"),
            detail="",
            category=str(FeeCategory(row.category).label),
            amount=amount(row.money),
            status="",
            invoice="",
            is_restricted=True,
        )
    invoice = ""
    if row.invoiced_on:
        words = {"number": row.invoice_number, "on": long_day(row.invoiced_on)}
        invoice = _("Invoice %(number)s of %(on)s") % words
    return FeeRow(
        pk=row.pk,
        description=row.description,
        detail=f"{row.firm}, {row.recipient}",
        category=str(FeeCategory(row.category).label),
        amount=amount(row.money),
        status=str(FeeStatus(row.status).label),
        invoice=invoice,
        notes=tuple(sentence(each) for each in notes(row.as_rule(currency))),
    )


def ratio_words(
    lines: Iterable[FeeLine], year_ends_on: date, currency: str, firm: Firm | None
) -> str:
    """The proxy adviser's ratio of the auditor's fees for a year, and its note. While no auditor is
    on record, of the one firm that has fees."""
    ruled = [line.as_rule(currency) for line in lines]
    firms = {str(firm)} if firm else {line.firm for line in ruled}
    if len(firms) != 1:
        return ""
    found = ratio(ruled, year_ends_on.isoformat(), firm=firms.pop())
    if found is None:
        return _("The ratio cannot be computed: rate missing.")
    warned = ""
    if why := found.warning:
        sums = {name: Money(value, currency) for name, value in why.facts.items()}
        warned = sentence(Reason(why.ground, sums))
    if found.percentage is None:
        return warned
    words = _("Other fees are %(percent)s%% of audit, audit-related and tax compliance fees.") % {
        "percent": found.percentage
    }
    return f"{words} {warned}" if warned else words


# The proxy's table


@dataclass(frozen=True)
class Head:
    year: str
    firm: str


@dataclass(frozen=True)
class Line:
    """A line of the table: a cell for each column."""

    label: str
    cells: tuple[str, ...]
    is_total: bool = False


@dataclass(frozen=True)
class TableLines:
    """The table as it is printed, with the sentences under it."""

    title: str
    unit: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    outside: tuple[str, ...]
    notes: tuple[str, ...]
    waiver: tuple[str, ...]
    descriptions: tuple[tuple[str, str], ...] = ()


def cell_words(cell: Cell, unit: Unit) -> str:
    """1,007; none; under 1; a rate is missing."""
    match cell.shown:
        case Shown.NONE:
            return _("none")
        case Shown.UNDER_ONE:
            return _("under %(step)s") % {"step": unit.step / unit.scale}
        case Shown.CANNOT_BE_COMPUTED:
            return _("rate missing")
    return f"{cell.printed:,}"


def unit_words(currency: str, unit: Unit) -> str:
    scales = {
        Decimal(1): _("in %(currency)s"),
        Decimal(1_000): _("in thousands of %(currency)s"),
        Decimal(1_000_000): _("in millions of %(currency)s"),
    }
    return scales[unit.scale] % {"currency": currency}


def table_lines(
    table: FeeTable,
    calendar: Calendar | None,
    *,
    changed: Iterable[Reason] = (),
    waiver: tuple[str, ...] = (),
    hours: Decimal | None = None,
    descriptions: Mapping[FeeCategory, str] | None = None,
) -> TableLines:
    described = descriptions or {}
    return TableLines(
        title=_("Fees of the independent auditor"),
        unit=unit_words(table.currency, table.unit),
        heads=tuple(_head(column, calendar) for column in table.columns),
        lines=(
            *(
                Line(
                    str(category.label),
                    tuple(
                        cell_words(column.cells[category], table.unit) for column in table.columns
                    ),
                )
                for category in FeeCategory
            ),
            Line(
                _("Total"),
                tuple(cell_words(column.total, table.unit) for column in table.columns),
                is_total=True,
            ),
        ),
        outside=tuple(
            _("%(firm)s, %(recipient)s: %(amount)s, outside the table")
            % {
                "firm": each.firm,
                "recipient": each.recipient,
                "amount": amount(Money(each.exact, table.currency))
                if each.exact is not None
                else _("rate missing"),
            }
            for each in table.outside
        ),
        notes=(
            *(sentence(each) for each in table.notes),
            *(sentence(_with_year_words(each, calendar)) for each in changed),
            *(sentence(each) for each in hours_of_others(hours)),
        ),
        waiver=waiver,
        descriptions=tuple(
            (str(category.label), described[category])
            for category in DISCLOSED
            if described.get(category)
        ),
    )


def _head(column: Column, calendar: Calendar | None) -> Head:
    firm = column.firm
    if column.is_predecessor:
        firm = _("%(firm)s (predecessor)") % {"firm": firm}
    return Head(year(date.fromisoformat(column.year), calendar), firm)


def _with_year_words(why: Reason, calendar: Calendar | None) -> Reason:
    """The year of a change in words; the rule names it by its last date."""
    if "year" not in why.facts or calendar is None:
        return why
    ends = date.fromisoformat(str(why.facts["year"]))
    return Reason(why.ground, {**why.facts, "year": period_name(calendar.year_of(ends))})


Sums = dict[FeeCategory, Money]


def waived_of(lines: Sequence[FeeLine], year_ends_on: date, currency: str) -> tuple[Sums, Sums]:
    """For each line of the table, the fees of a year and what of them was approved by waiver."""
    fees: Sums = {}
    waived: Sums = {}
    none = Money(ZERO, currency)
    for line in lines:
        ruled = line.as_rule(currency)
        if line.year_ends_on != year_ends_on or ruled.reported is None or not ruled.in_table:
            continue
        fees[ruled.category] = fees.get(ruled.category, none) + ruled.reported
        if ruled.by_waiver:
            waived[ruled.category] = waived.get(ruled.category, none) + ruled.reported
    return fees, waived


def waiver_words(lines: Sequence[FeeLine], year_ends_on: date, currency: str) -> tuple[str, ...]:
    """For each line but Audit, the percentage approved by waiver (Item 9(e)(5)(ii))."""
    return _shares(*waived_of(lines, year_ends_on, currency))


def _shares(fees: Sums, waived: Sums) -> tuple[str, ...]:
    return tuple(
        _("%(line)s approved by de minimis waiver: %(share)s.")
        % {
            "line": category.label,
            "share": _("none") if share is None else f"{share.normalize():f}%",
        }
        for category, share in disclosed_shares(fees, waived).items()
    )


def issued_waivers(issued: IssuedFeeTable) -> tuple[str, ...]:
    """The percentages of the latest year, as they were issued."""
    rows = [
        row
        for row in issued.amounts.all()
        if row.year_ends_on == issued.year_ends_on and row.firm_id == issued.firm_id
    ]
    currency = issued.currency
    return _shares(
        {FeeCategory(row.category): Money(row.amount, currency) for row in rows},
        {FeeCategory(row.category): Money(row.waived, currency) for row in rows},
    )


def changes(firm: Firm, table: FeeTable) -> tuple[Reason, ...]:
    """What differs from the table issued last."""
    last = firm.issued_tables.prefetch_related("amounts__firm").first()
    return changes_since_issue(last.as_rule(), table) if last else ()


def issued_lines(issued: IssuedFeeTable, calendar: Calendar | None) -> TableLines:
    """An issued table as it was issued: never computed again."""
    described = {FeeCategory(each.category): each.text for each in issued.descriptions.all()}
    return table_lines(
        issued.as_rule(),
        calendar,
        waiver=issued_waivers(issued),
        hours=issued.hours_of_others,
        descriptions=described,
    )


def table_html(lines: TableLines, company: Company, committee: str, *, issued: str = "") -> str:
    with written_for(company):
        return render_to_string(
            "auditors/fee_table_document.html",
            {
                "table": lines,
                "company": company,
                "committee": committee,
                "issued": issued,
            },
        )


def table_pdf(lines: TableLines, company: Company, committee: str, *, issued: str = "") -> bytes:
    """The table as a PDF. Raises PdfUnavailable where none can be made."""
    return pdf.render(table_html(lines, company, committee, issued=issued))


def table_xlsx(table: FeeTable, lines: TableLines) -> bytes:
    """The table as a workbook: values only, exact amounts as printed in the unit."""
    rows: list[list[Value]] = [
        [lines.title, lines.unit],
        ["", *(f"{head.year}, {head.firm}" for head in lines.heads)],
    ]
    for category in FeeCategory:
        cells = [column.cells[category] for column in table.columns]
        rows.append([str(category.label), *(_value(cell) for cell in cells)])
    rows.append([_("Total"), *(_value(column.total) for column in table.columns)])
    described = [f"{label}: {text}" for label, text in lines.descriptions]
    rows += [[line] for line in (*lines.outside, *lines.notes, *lines.waiver, *described)]
    return workbook(lines.title, rows)


def _value(cell: Cell) -> Value:
    return _("rate missing") if cell.printed is None else cell.printed
