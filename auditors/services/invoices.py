"""What an invoice bills, each service once."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from auditors.models import FeeLine, Firm
from auditors.rules.money import Money
from auditors.sentences import amount


def refuse_entered_twice(line: FeeLine) -> None:
    """One invoice may bill several services; each of them is entered once. A line replaced or
    withdrawn no longer counts. Under a lock on the firm, so that two at once are told apart."""
    if not line.invoice_number:
        return
    Firm.objects.select_for_update().get(pk=line.firm_id)
    rows = FeeLine.objects.current().filter(
        firm=line.firm,
        invoice_number=line.invoice_number,
        year_ends_on=line.year_ends_on,
        category=line.category,
        tax_kind=line.tax_kind,
        recipient=line.recipient,
    )
    for row in rows:
        if row.pk != line.replaces_id and _same_words(row.description, line.description):
            words = {
                "invoice": row.invoice_number,
                "description": row.description,
                "amount": amount(Money(row.amount, row.currency)),
            }
            told = _(
                "Invoice %(invoice)s is on record for this service: %(description)s, %(amount)s. "
                "Replace that line, or describe the other service."
            )
            raise ValidationError({"invoice_number": told % words})


def _same_words(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()
