"""What the records of this app share: money, and the decision they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from auditors.rules.money import Money, Rate, in_currency
from charters.enums import CommitteeKind
from charters.models import Decision
from records.models.bases import Recorded

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

KNOWN_CURRENCY = Q(currency__regex=r"^[A-Z]{3}$")
# A comparison with NULL is unknown, and a check passes what is unknown: ask for the rate first.
RATE_HAS_ITS_DATE = Q(rate=None, rate_on=None) | Q(
    rate__isnull=False, rate__gt=0, rate_on__isnull=False
)


def amount_field(label: Any, *, optional: bool = False) -> models.DecimalField[Any, Any]:
    return models.DecimalField(
        label, max_digits=16, decimal_places=2, null=optional, blank=optional
    )


def currency_field() -> models.CharField[Any, Any]:
    return models.CharField(_("currency"), max_length=3, default="USD")


class InMoney(models.Model):
    """An amount with its currency, and the rate where it is not the reporting currency."""

    amount = amount_field(_("amount"))
    currency = currency_field()
    rate = models.DecimalField(
        _("exchange rate"),
        max_digits=14,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("Units of the reporting currency for one unit."),
    )
    rate_on = models.DateField(_("rate of"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)

    @property
    def exchange(self) -> Rate | None:
        return rate_or_none(self.rate, self.rate_on)

    def reported(self, currency: str) -> Money | None:
        """The amount in the reporting currency; None where its rate is missing."""
        return in_currency(self.money, currency, self.exchange)


def rate_or_none(value: Decimal | None, on: date | None) -> Rate | None:
    return None if value is None or on is None else Rate(value, on)


def money_or_none(amount: Decimal | None, currency: str) -> Money | None:
    return None if amount is None else Money(amount, currency)


class Decided(Recorded):
    """A record that rests on an act of the audit committee, or of the Board in its place.

    A decision that is not known at first is added once. `date_field` is the date of the act; empty
    where the decision may have been taken on another date.
    """

    may_gain = frozenset({"decision"})
    date_field: ClassVar[str] = "adopted_on"

    decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decision"),
    )

    class Meta:
        abstract = True

    @property
    def acted_on(self) -> date | None:
        """The date of the act, which is that of its decision; None where it may differ."""
        day: date | None = getattr(self, self.date_field) if self.date_field else None
        return day

    @property
    def barred(self) -> tuple[frozenset[Role], frozenset[int]]:
        """The roles and people to whom the record itself is not shown: nobody, as a rule."""
        return frozenset(), frozenset()

    def clean(self) -> None:
        """Refuse a decision of another body or date, and one that a reader of the record may not
        read."""
        super().clean()
        if self.decision is None:
            return
        body = self.decision.body
        decides = body is not None and body.kind in (CommitteeKind.AUDIT, CommitteeKind.BOARD)
        if not decides or self.acted_on not in (None, self.decision.decided_on):
            words = (
                _now("Choose a decision of the audit committee or the Board of the same date.")
                if self.acted_on
                else _now("Choose a decision of the audit committee or the Board.")
            )
            raise ValidationError({"decision": words})
        roles, people = self.barred
        read_by_all = self.decision.restricted_roles <= roles
        if not read_by_all or not self.decision.restricted_people <= people:
            raise ValidationError(
                {
                    "decision": _now(
                        "This decision is restricted. Choose one that every reader may see."
                    )
                }
            )
