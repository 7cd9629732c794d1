"""Fees by line, expected or billed, and the proxy's fee tables as they were issued (R-1b)."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from auditors.enums import ApprovingBody, FeeCategory, FeeStatus, Payer, TaxKind
from auditors.models.bases import (
    KNOWN_CURRENCY,
    RATE_HAS_ITS_DATE,
    InMoney,
    currency_field,
)
from auditors.models.firms import Firm, Recipient
from auditors.models.requests import Approval
from auditors.rules.catalogue import SERVICES
from auditors.rules.fee_table import Cell, Column, FeeTable
from auditors.rules.fees import FeeLine as LineRule
from auditors.rules.money import ZERO
from auditors.rules.rounding import Unit
from records.dates import long_day
from records.models import Document
from records.models.bases import ImmutableQuerySet, Recorded

BILLED_HAS_ITS_INVOICE = Q(status=FeeStatus.ESTIMATED, invoiced_on=None, invoice_number="") | (
    Q(status=FeeStatus.BILLED, invoiced_on__isnull=False) & ~Q(invoice_number="")
)


class FeeLineQuerySet(ImmutableQuerySet["FeeLine"]):
    def current(self) -> FeeLineQuerySet:
        """Those that count: not replaced by a later one, and not withdrawn."""
        return self.filter(replaced_by=None, is_withdrawn=False)

    def with_parties(self) -> FeeLineQuerySet:
        return self.select_related("firm", "recipient", "approval")


class FeeLine(Recorded, InMoney):
    """One fee of a fiscal year. A bill replaces its estimate, a correction its line."""

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="fee_lines")
    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="fee_lines")
    payer = models.CharField(
        _("paid by"), max_length=20, choices=Payer.choices, default=Payer.COMPANY
    )
    body = models.CharField(
        _("approved by"),
        max_length=30,
        choices=ApprovingBody.choices,
        default=ApprovingBody.COMMITTEE,
    )
    service = models.CharField(_("service"), max_length=40, blank=True)
    description = models.CharField(_("description"), max_length=300)
    year_ends_on = models.DateField(_("fiscal year ending"))
    category = models.CharField(_("line"), max_length=20, choices=FeeCategory.choices)
    tax_kind = models.CharField(
        _("kind of tax service"), max_length=20, choices=TaxKind.choices, blank=True
    )
    status = models.CharField(_("status"), max_length=20, choices=FeeStatus.choices)
    is_net_of_tax = models.BooleanField(_("net of sales tax"), default=False)
    rendered_on = models.DateField(_("rendered on"))
    invoice_number = models.CharField(_("invoice number"), max_length=60, blank=True)
    invoiced_on = models.DateField(_("invoice dated"), null=True, blank=True)
    approval = models.ForeignKey(
        Approval, models.PROTECT, null=True, blank=True, related_name="fee_lines"
    )
    by_waiver = models.BooleanField(_("approved by de minimis waiver"), default=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", editable=False
    )
    is_withdrawn = models.BooleanField(default=False, editable=False)

    objects: ClassVar[FeeLineQuerySet] = FeeLineQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("description", "invoice_number")

    class Meta:
        ordering = ["-year_ends_on", "category", "pk"]
        verbose_name = _("fee line")
        verbose_name_plural = _("fee lines")
        constraints = [
            models.CheckConstraint(
                condition=Q(category=FeeCategory.TAX, tax_kind__in=TaxKind.values)
                | (~Q(category=FeeCategory.TAX) & Q(tax_kind="")),
                name="tax_fee_says_its_kind",
            ),
            models.CheckConstraint(
                condition=BILLED_HAS_ITS_INVOICE, name="billed_fee_has_its_invoice"
            ),
            models.CheckConstraint(
                condition=Q(by_waiver=False) | ~Q(category=FeeCategory.AUDIT),
                name="audit_fee_is_never_waived",
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawn=False) | Q(replaces__isnull=False),
                name="withdrawal_of_a_fee_names_the_fee",
            ),
            models.CheckConstraint(
                condition=Q(category__in=FeeCategory.values)
                & Q(payer__in=Payer.values)
                & Q(body__in=ApprovingBody.values),
                name="fee_words_are_known",
            ),
            models.CheckConstraint(condition=KNOWN_CURRENCY, name="fee_has_a_currency"),
            models.CheckConstraint(condition=RATE_HAS_ITS_DATE, name="fee_rate_has_its_date"),
        ]

    def __str__(self) -> str:
        return self.description

    def as_rule(self, currency: str) -> LineRule:
        service = SERVICES.get(self.service)
        return LineRule(
            firm=str(self.firm),
            year=self.year_ends_on.isoformat(),
            category=FeeCategory(self.category),
            reported=self.reported(currency),
            status=FeeStatus(self.status),
            in_table=self.recipient.is_in_fee_table,
            recipient=str(self.recipient),
            payer=Payer(self.payer),
            tax_kind=TaxKind(self.tax_kind) if self.tax_kind else None,
            by_waiver=self.by_waiver,
            usually_audit=service is not None and service.may_be_audit_related,
        )


class IssuedFeeTable(Recorded):
    """The fee table as a proxy printed it: a snapshot, never computed again."""

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="issued_tables")
    year_ends_on = models.DateField(_("latest fiscal year ending"))
    issued_on = models.DateField(_("issued on"))
    currency = currency_field()
    scale = models.DecimalField(_("printed in units of"), max_digits=10, decimal_places=0)
    places = models.PositiveSmallIntegerField(_("decimals"), default=0)
    hours_of_others = models.DecimalField(
        _("audit hours of people other than full-time employees, in percent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
    )
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-year_ends_on", "-pk"]
        verbose_name = _("issued fee table")
        verbose_name_plural = _("issued fee tables")
        constraints = [
            models.CheckConstraint(
                condition=Q(scale__in=[Decimal(1), Decimal(1_000), Decimal(1_000_000)])
                & Q(places__lte=2),
                name="fee_table_unit_is_known",
            ),
            models.CheckConstraint(condition=KNOWN_CURRENCY, name="fee_table_has_a_currency"),
            models.CheckConstraint(
                condition=Q(hours_of_others=None) | Q(hours_of_others__range=(0, 100)),
                name="fee_table_hours_are_a_percentage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm}, {long_day(self.year_ends_on)}"

    def get_absolute_url(self) -> str:
        return reverse("fee_table_issued", args=[self.pk])

    def as_rule(self) -> FeeTable:
        """The table as it was issued, to be compared with one computed today."""
        unit = Unit(self.scale, self.places)
        amounts: dict[tuple[str, str, bool], dict[FeeCategory, Decimal]] = {}
        for row in self.amounts.all():
            head = (row.year_ends_on.isoformat(), row.firm.name, row.firm_id != self.firm_id)
            amounts.setdefault(head, {})[FeeCategory(row.category)] = row.amount
        columns = tuple(
            Column(
                *head,
                cells={c: _cell(cells.get(c, ZERO), unit) for c in FeeCategory},
                total=_cell(sum(cells.values(), ZERO), unit),
            )
            for head, cells in amounts.items()
        )
        return FeeTable(self.currency, unit, columns, (), ())


def _cell(amount: Decimal, unit: Unit) -> Cell:
    return Cell(amount, unit.round(amount))


class IssuedAmount(Recorded):
    """One exact amount of an issued table."""

    table = models.ForeignKey(IssuedFeeTable, models.PROTECT, related_name="amounts")
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+")
    year_ends_on = models.DateField(_("fiscal year ending"))
    category = models.CharField(_("line"), max_length=20, choices=FeeCategory.choices)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    waived = models.DecimalField(
        _("approved by de minimis waiver"), max_digits=16, decimal_places=2, default=ZERO
    )

    class Meta:
        ordering = ["table", "-year_ends_on", "pk"]
        verbose_name = _("amount of an issued table")
        verbose_name_plural = _("amounts of issued tables")
        constraints = [
            models.UniqueConstraint(
                fields=["table", "firm", "year_ends_on", "category"],
                name="issued_table_has_one_amount_in_a_cell",
            )
        ]

    def __str__(self) -> str:
        return f"{self.table_id}: {self.category}"


class IssuedDescription(Recorded):
    """The nature of the services of a line, as an issued table gave it (Item 9(e)(2)-(4))."""

    table = models.ForeignKey(IssuedFeeTable, models.PROTECT, related_name="descriptions")
    category = models.CharField(_("line"), max_length=20, choices=FeeCategory.choices)
    text = models.TextField(_("nature of the services"))

    class Meta:
        ordering = ["table", "pk"]
        verbose_name = _("description in an issued table")
        verbose_name_plural = _("descriptions in issued tables")
        constraints = [
            models.UniqueConstraint(
                fields=["table", "category"], name="issued_line_is_described_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.table_id}: {self.category}"
