"""What a director, or a relative of theirs, is, was and was paid.

Days are inclusive: `last_on` is the last day, since look-backs are counted from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.enums import OrganizationRole, PaymentKind
from committees.models.entries import AmountMixin, Entry
from committees.models.facts.bases import (
    OF_THE_DIRECTOR,
    Fact,
    FactQuerySet,
    Lasting,
    OfRelative,
    in_dollars,
    of_nobody_else,
)
from committees.models.facts.business import Organization
from committees.rules import facts as rules
from committees.rules.look_back import Span
from committees.rules.requirements import LostIndependence
from committees.rules.seats import Seats
from records.facts import label

if TYPE_CHECKING:
    from datetime import date


class Employment(Lasting, OfRelative, Fact):
    """Work for the company, its parent or a subsidiary."""

    is_executive = models.BooleanField(_("as an executive officer"), default=False)
    is_interim = models.BooleanField(
        _("for the time being"),
        default=False,
        help_text=_("Interim service as an executive officer (IM-5605)."),
    )

    objects: ClassVar[FactQuerySet[Employment]] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Lasting.Meta):
        verbose_name = _("employment")
        verbose_name_plural = _("employments")
        constraints = [
            *Lasting.Meta.constraints,
            of_nobody_else("employment_names_a_relative_or_nobody"),
            models.CheckConstraint(
                condition=Q(is_interim=False) | (Q(is_executive=True) & OF_THE_DIRECTOR),
                name="interim_service_is_the_directors_as_an_executive",
                violation_error_code="is_interim",
                violation_error_message=_(
                    "Interim service is the director's own, as an executive officer."
                ),
            ),
        ]

    def as_rule(self) -> rules.Employment:
        return rules.Employment(
            self.span, self.who, self.is_executive, self.is_interim, label(self)
        )


class CompanyPayment(OfRelative, AmountMixin, Fact):
    """What the company, its parent or a subsidiary paid a director or a relative."""

    day_field = "on"

    on = models.DateField(_("accepted on"))
    kind = models.CharField(_("for"), max_length=20, choices=PaymentKind.choices)

    objects: ClassVar[FactQuerySet[CompanyPayment]] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Fact.Meta):
        ordering = ["on", "pk"]
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints = [
            *Entry.Meta.constraints,
            of_nobody_else("payment_names_a_relative_or_nobody"),
            models.CheckConstraint(
                condition=Q(kind__in=PaymentKind.values), name="payment_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="payment_is_of_an_amount",
                violation_error_code="amount",
                violation_error_message=_("Enter an amount above zero."),
            ),
            in_dollars("payment_is_in_the_currency_of_the_limits"),
        ]

    def as_rule(self) -> rules.Payment:
        return rules.Payment(self.on, self.amount, PaymentKind(self.kind), self.who, label(self))


class Association(Lasting, OfRelative, Fact):
    """What a director or a relative is at another organization."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="associations")
    role = models.CharField(_("as"), max_length=20, choices=OrganizationRole.choices)

    objects: ClassVar[FactQuerySet[Association]] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Lasting.Meta):
        verbose_name = _("role at an organization")
        verbose_name_plural = _("roles at organizations")
        constraints = [
            *Lasting.Meta.constraints,
            of_nobody_else("association_names_a_relative_or_nobody"),
            models.CheckConstraint(
                condition=Q(role__in=OrganizationRole.values), name="association_role_is_known"
            ),
        ]

    def as_rule(self) -> rules.Association:
        return rules.Association(
            self.organization.as_rule(),
            OrganizationRole(self.role),
            self.span,
            self.who,
            label(self),
        )


class AuditorTie(OfRelative, Fact):
    """A director or a relative at the firm that audits the company."""

    partner_from = models.DateField(_("partner from"), null=True, blank=True)
    partner_last_on = models.DateField(_("last day as a partner"), null=True, blank=True)
    last_worked_on = models.DateField(
        _("last worked on the company's audit"), null=True, blank=True
    )

    objects: ClassVar[FactQuerySet[AuditorTie]] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Fact.Meta):
        ordering = ["pk"]
        verbose_name = _("tie to the auditor")
        verbose_name_plural = _("ties to the auditor")
        constraints = [
            *Entry.Meta.constraints,
            of_nobody_else("auditor_tie_names_a_relative_or_nobody"),
            models.CheckConstraint(
                condition=Q(partner_last_on=None) | Q(partner_last_on__gte=F("partner_from")),
                name="partnership_ends_after_it_starts",
                violation_error_code="partner_last_on",
                violation_error_message=_("The last date is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(partner_last_on=None) | Q(partner_from__isnull=False),
                name="partnership_has_its_first_day",
                violation_error_code="partner_from",
                violation_error_message=_("Say from which date the person was a partner."),
            ),
            models.CheckConstraint(
                condition=Q(partner_from__isnull=False) | Q(last_worked_on__isnull=False),
                name="auditor_tie_is_a_partnership_or_work",
                violation_error_code="partner_from",
                violation_error_message=_(
                    "Enter when the person was a partner, or last worked on the company's audit."
                ),
            ),
        ]

    def happened_on(self) -> date | None:
        return max(day for day in (self.partner_from, self.last_worked_on) if day)

    def as_rule(self) -> rules.AuditorTie:
        partner = Span(self.partner_from, self.partner_last_on) if self.partner_from else None
        return rules.AuditorTie(partner, self.last_worked_on, self.who, label(self))


class Shareholding(Fact):
    """Shares of a class of voting stock that a director beneficially owns, as of a day."""

    day_field = "as_of"

    share_class = models.CharField(_("class of stock"), max_length=100)
    shares = models.PositiveBigIntegerField(_("shares"))
    outstanding = models.PositiveBigIntegerField(_("shares outstanding"))
    as_of = models.DateField(_("as of"))

    objects: ClassVar[FactQuerySet[Shareholding]] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Fact.Meta):
        ordering = ["as_of", "pk"]
        verbose_name = _("shareholding")
        verbose_name_plural = _("shareholdings")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(outstanding__gt=0) & Q(shares__lte=F("outstanding")),
                name="shares_are_a_part_of_those_outstanding",
                violation_error_code="shares",
                violation_error_message=_("Nobody owns more shares than are outstanding."),
            ),
        ]

    def as_rule(self) -> rules.Holding:
        return rules.Holding(
            self.share_class, self.shares, self.outstanding, self.as_of, label(self)
        )


class Preparation(Lasting, Fact):
    """A director's part in preparing the statements of the company or a current subsidiary."""

    objects: ClassVar[FactQuerySet[Preparation]] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Lasting.Meta):
        verbose_name = _("part in preparing statements")
        verbose_name_plural = _("parts in preparing statements")

    def as_rule(self) -> rules.Preparation:
        return rules.Preparation(self.span, label(self))


class PublicSeats(Fact):
    """On how many boards and audit committees of public companies a director sits, as of a day.

    It matters for no test of independence: a company may ask for a note of the Board (RULE-14).
    """

    day_field = "as_of"

    boards = models.PositiveSmallIntegerField(
        _("boards of public companies"), help_text=_("This company counts.")
    )
    audit_committees = models.PositiveSmallIntegerField(
        _("audit committees of public companies"),
        help_text=_("This company’s counts, where the director sits on it."),
    )
    as_of = models.DateField(_("as of"))

    objects: ClassVar[FactQuerySet[PublicSeats]] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Fact.Meta):
        ordering = ["as_of", "pk"]
        verbose_name = _("seats at public companies")
        verbose_name_plural = _("seats at public companies")
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(boards__gt=0) & Q(audit_committees__lte=F("boards")),
                name="audit_committees_are_of_boards_that_are_counted",
                violation_error_code="boards",
                violation_error_message=_(
                    "Count this company’s Board, and at most one audit committee for each board."
                ),
            ),
        ]

    def as_rule(self) -> Seats:
        return Seats(self.boards, self.audit_committees)


class LossOfIndependence(Fact):
    """A director whom the Board had determined independent ceased to be (Nasdaq 5605(c)(4)(A)).

    A later determination of the Board restores the independence.
    """

    day_field = "lost_on"
    not_ahead = ("exchange_notified_on",)

    lost_on = models.DateField(_("independence ended on"))
    is_within_control = models.BooleanField(
        _("for a reason within the director's reasonable control"),
        default=False,
        help_text=_("Then no cure period runs (Nasdaq 5605(c)(4)(A))."),
    )
    exchange_notified_on = models.DateField(
        _("exchange notified on"),
        null=True,
        blank=True,
        help_text=_(
            "The date on which the exchange was notified. The cure period requires prompt notice."
        ),
    )

    objects: ClassVar[FactQuerySet[LossOfIndependence]] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Fact.Meta):
        ordering = ["lost_on", "pk"]
        verbose_name = _("loss of independence")
        verbose_name_plural = _("losses of independence")

    def as_rule(self) -> LostIndependence:
        return LostIndependence(self.lost_on, self.is_within_control, self.exchange_notified_on)
