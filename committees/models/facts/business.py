"""Other organizations, and what the company's books say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.enums import Tie
from committees.models.entries import AmountMixin, Entry, EntryQuerySet
from committees.models.facts.bases import Lasting, in_dollars
from committees.rules import facts as rules
from records.dates import long_day
from records.facts import label
from records.models.bases import Salted, Versioned

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

M = TypeVar("M", bound=Entry)


class Organization(Salted, Versioned):
    """Another organization with which a director, or a relative, has to do."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    gives_advice = models.BooleanField(
        _("gives professional advice"),
        default=False,
        help_text=_("Accounting, consulting, legal, investment banking or financial advice."),
    )
    tie = models.CharField(
        _("holds of the company"), max_length=20, choices=Tie.choices, default=Tie.NONE
    )

    objects: ClassVar[models.Manager[Organization]]

    class Meta:
        ordering = ["name"]
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        constraints = [
            models.CheckConstraint(
                condition=Q(tie__in=Tie.values), name="organization_tie_is_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="organization_has_a_name"),
        ]

    sealed = ("name",)

    def __str__(self) -> str:
        return self.name

    def as_rule(self) -> rules.Organization:
        return rules.Organization(self.name, self.gives_advice, Tie(self.tie))


class BookQuerySet(EntryQuerySet[M]):
    def visible_to(self, user: User | AnonymousUser) -> BookQuerySet[M]:
        """What the company's books say of an organization is for secretaries and counsel."""
        return self.all() if user.has_perm("committees.view_relationship") else self.none()


class BusinessPayment(AmountMixin, Entry):
    """What the company paid to an organization, or received from it."""

    belongs_to = "organization"
    day_field = "on"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="payments")
    on = models.DateField(
        _("paid on"), help_text=_("For a sum, the last date of the time it covers.")
    )
    is_received = models.BooleanField(_("received by the company"), default=False)
    recipient_revenue = models.DecimalField(
        _("recipient's gross revenue of that fiscal year"),
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
    )
    is_excluded = models.BooleanField(
        _("from investing in the company's securities, or a matching gift"), default=False
    )

    objects: ClassVar[BookQuerySet[BusinessPayment]] = BookQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Entry.Meta):
        ordering = ["on", "pk"]
        verbose_name = _("payment to or from an organization")
        verbose_name_plural = _("payments to or from organizations")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount__gt=0)
                & (Q(recipient_revenue=None) | Q(recipient_revenue__gte=0)),
                name="business_payment_is_of_an_amount",
                violation_error_code="amount",
                violation_error_message=_("Enter an amount above zero, and no negative revenue."),
            ),
            in_dollars("business_payment_is_in_the_currency_of_the_limits"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} ({long_day(self.on)})"

    def as_rule(self) -> rules.BusinessPayment:
        return rules.BusinessPayment(
            self.organization.name,
            self.on,
            self.amount,
            self.recipient_revenue,
            self.is_received,
            self.is_excluded,
            label(self),
        )


class Interlock(Lasting, Entry):
    """An executive officer of the company serves on another entity's compensation committee."""

    belongs_to = "organization"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="interlocks")

    objects: ClassVar[BookQuerySet[Interlock]] = BookQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Lasting.Meta):
        verbose_name = _("service on another compensation committee")
        verbose_name_plural = _("services on other compensation committees")

    def __str__(self) -> str:
        return f"{self.organization} ({long_day(self.starts_on)})"

    def as_rule(self) -> rules.Interlock:
        return rules.Interlock(self.organization.name, self.span, label(self))
