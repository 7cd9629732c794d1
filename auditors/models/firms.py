"""Firms, what each does for the company in a fiscal year, and who leads the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from auditors.enums import EngagementEnd, FirmRole, PartnerRole, RecipientKind
from auditors.models.bases import KNOWN_CURRENCY, Decided, amount_field, currency_field
from auditors.permissions import OUTSIDE_AUDITORS
from auditors.rules.auditor import reporting
from auditors.rules.figures import Rotation
from auditors.rules.money import ZERO, Money
from auditors.rules.ratification import is_ratified
from auditors.rules.rotation import FirmAssertion as AssertionRule
from auditors.rules.rotation import is_audit_partner
from charters.permissions import READERS
from records.dates import long_day
from records.models import Document
from records.models.bases import ImmutableQuerySet, Recorded, Salted, Versioned

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class FirmQuerySet(models.QuerySet["Firm"]):
    def visible_to(self, user: User | AnonymousUser) -> FirmQuerySet:
        """All for the committee's readers; people of a firm see their own."""
        if not user.is_authenticated:
            return self.none()
        if user.roles_today & READERS:
            return self
        if user.roles_today & OUTSIDE_AUDITORS:
            return self.filter(contacts=user)
        return self.none()


class Firm(Salted, Versioned):
    """A firm of accountants, or one that tests controls."""

    name = models.CharField(_("name"), max_length=150, unique=True)
    auditor_since = models.PositiveSmallIntegerField(_("auditor since"), null=True, blank=True)
    since_basis = models.CharField(
        _("counted from"),
        max_length=200,
        blank=True,
        help_text=_("For example: at the former parent, or at the company itself."),
    )
    contacts = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="+",
        blank=True,
        verbose_name=_("people of the firm who sign in"),
    )

    objects: ClassVar[FirmQuerySet] = FirmQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("name",)

    class Meta:
        ordering = ["name"]
        verbose_name = _("firm")
        verbose_name_plural = _("firms")
        constraints = [
            models.CheckConstraint(
                condition=Q(auditor_since=None) | ~Q(since_basis=""),
                name="firm_tenure_has_its_basis",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("firm", args=[self.pk])


class Recipient(Salted):
    """Who receives services: the company, a subsidiary, a plan, an affiliate."""

    name = models.CharField(_("name"), max_length=150, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=RecipientKind.choices)

    sealed = ("name",)

    class Meta:
        ordering = ["kind", "name"]
        verbose_name = _("recipient of services")
        verbose_name_plural = _("recipients of services")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=RecipientKind.values), name="recipient_kind_is_known"
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind=RecipientKind.COMPANY),
                name="one_recipient_is_the_company",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_of_the_issuer(self) -> bool:
        """The company or a subsidiary, whose committee approves the services (10A(i)(1)(A))."""
        return self.kind in (RecipientKind.COMPANY, RecipientKind.SUBSIDIARY)

    @property
    def is_in_fee_table(self) -> bool:
        """Consolidated, or a plan: its fees stand in the proxy's table, whoever pays."""
        return self.kind != RecipientKind.UNCONSOLIDATED


class EngagementQuerySet(ImmutableQuerySet["Engagement"]):
    def of_auditors(self) -> EngagementQuerySet:
        return self.filter(role=FirmRole.AUDITOR)

    def reporting_on(self, year_ends_on: date) -> Engagement | None:
        """The auditor's engagement whose report is on a fiscal year: it is dated, or to come from
        the firm appointed last that has not left."""
        rows = self.of_auditors().filter(year_ends_on=year_ends_on)
        return reporting(rows.select_related("firm"))

    def visible_to(self, user: User | AnonymousUser) -> EngagementQuerySet:
        """Those of the firms that a person may see."""
        return self.filter(firm__in=Firm.objects.visible_to(user))

    def open(self, day: date) -> EngagementQuerySet:
        """Those agreed by a date and not ended by then."""
        return self.filter(appointed_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))


class Engagement(Decided):
    """A firm's work for one fiscal year. The appointment and the fee are two acts.

    The fiscal year is named by its last date. What is not known at first is added once.
    """

    may_gain = Decided.may_gain | {
        "evaluated_on",
        "letter_dated",
        "letter",
        "work_from",
        "report_dated",
        "ended_on",
        "ended_how",
    }
    may_correct = frozenset(
        {"evaluated_on", "letter_dated", "work_from", "report_dated", "ended_on"}
    )
    date_field = "appointed_on"

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="engagements")
    role = models.CharField(_("role"), max_length=20, choices=FirmRole.choices)
    year_ends_on = models.DateField(_("fiscal year ending"))
    scope = models.TextField(_("scope and terms"), blank=True)
    appointed_on = models.DateField(_("appointed on"))
    evaluated_on = models.DateField(_("auditor evaluated on"), null=True, blank=True)
    letter_dated = models.DateField(_("engagement letter dated"), null=True, blank=True)
    letter = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    work_from = models.DateField(_("audit work from"), null=True, blank=True)
    report_dated = models.DateField(_("auditor's report dated"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_how = models.CharField(
        _("how it ended"), max_length=20, choices=EngagementEnd.choices, blank=True
    )

    objects: ClassVar[EngagementQuerySet] = EngagementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-year_ends_on", "firm__name", "pk"]
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "role", "year_ends_on"], name="one_engagement_of_a_firm_in_a_year"
            ),
            models.CheckConstraint(
                condition=Q(role__in=FirmRole.values), name="engagement_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_how="")
                | Q(ended_on__isnull=False, ended_how__in=EngagementEnd.values),
                name="engagement_end_says_how",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("appointed_on")),
                name="engagement_never_ends_before_the_appointment",
            ),
            models.CheckConstraint(
                condition=Q(letter=None) | Q(letter_dated__isnull=False),
                name="engagement_letter_has_its_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm}, {long_day(self.year_ends_on)}"

    def get_absolute_url(self) -> str:
        return reverse("engagement", args=[self.pk])

    def approved_fee(self, day: date | None = None) -> Money | None:
        """The fees approved so far, or by a date, change orders included; None while it is due."""
        fees = [fee for fee in self.fees.all() if day is None or fee.approved_on <= day]
        if not fees:
            return None
        return Money(sum((fee.amount for fee in fees), ZERO), fees[0].currency)


class EngagementFee(Decided):
    """A fee of an engagement that the committee set, or a change order it approved (R-1b)."""

    date_field = "approved_on"

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="fees")
    amount = amount_field(_("amount"))
    currency = currency_field()
    approved_on = models.DateField(_("approved on"))
    note = models.CharField(_("what for"), max_length=200, blank=True)

    class Meta:
        ordering = ["approved_on", "pk"]
        verbose_name = _("fee of an engagement")
        verbose_name_plural = _("fees of engagements")
        constraints = [
            models.CheckConstraint(condition=KNOWN_CURRENCY, name="engagement_fee_has_a_currency")
        ]

    def __str__(self) -> str:
        return f"{self.engagement}: {self.amount} {self.currency}"


class Ratification(Recorded):
    """The stockholders' advisory vote on an appointment: a later fact, never its end."""

    engagement = models.OneToOneField(Engagement, models.PROTECT, related_name="ratification")
    voted_on = models.DateField(_("voted on"))
    votes_for = models.PositiveBigIntegerField(_("for"))
    votes_against = models.PositiveBigIntegerField(_("against"))
    votes_abstain = models.PositiveBigIntegerField(_("abstain"))

    class Meta:
        verbose_name = _("ratification vote")
        verbose_name_plural = _("ratification votes")

    def __str__(self) -> str:
        return f"{self.engagement}: {long_day(self.voted_on)}"

    @property
    def is_ratified(self) -> bool | None:
        return is_ratified(self.votes_for, self.votes_against, self.votes_abstain)


class Partner(Salted):
    """A partner of a firm. Years follow the person across firms and offices."""

    name = models.CharField(_("name"), max_length=150)

    sealed = ("name",)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return self.name


class PartnerYear(Recorded):
    """A partner's role in one audit, as the firm stated it on a date."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="years")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="partner_years")
    role = models.CharField(_("role"), max_length=20, choices=PartnerRole.choices)
    stated_on = models.DateField(_("stated by the firm on"))
    hours = models.DecimalField(_("hours"), max_digits=8, decimal_places=1, null=True, blank=True)
    subsidiary_share = models.DecimalField(
        _("share of consolidated assets or revenue"),
        max_digits=5,
        decimal_places=4,
        null=True,
        blank=True,
    )

    class Meta:
        ordering = ["engagement__year_ends_on", "pk"]
        verbose_name = _("partner's year")
        verbose_name_plural = _("partners' years")
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "engagement"], name="partner_has_one_role_in_an_audit"
            ),
            models.CheckConstraint(
                condition=Q(role__in=PartnerRole.values), name="partner_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(subsidiary_share=None) | Q(subsidiary_share__range=(0, 1)),
                name="subsidiary_share_is_a_fraction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}, {self.engagement}"

    def counts(self, figures: Rotation) -> bool:
        """Whether the year counts for rotation."""
        return is_audit_partner(
            PartnerRole(self.role),
            figures,
            hours=self.hours or ZERO,
            subsidiary_share=self.subsidiary_share or ZERO,
        )


class FirmAssertion(Recorded):
    """What only the firm knows of itself, as it stated it on a date (Reg. S-X 2-01(c)(6)(ii))."""

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="assertions")
    stated_on = models.DateField(_("stated on"))
    issuer_clients = models.PositiveIntegerField(_("issuer clients"))
    partners = models.PositiveIntegerField(_("partners"))
    reviewed_on = models.DateField(_("engagement reviewed by the PCAOB on"), null=True, blank=True)

    class Meta:
        ordering = ["-stated_on", "-pk"]
        verbose_name = _("firm's statement of its size")
        verbose_name_plural = _("firms' statements of their size")

    def __str__(self) -> str:
        return f"{self.firm}: {long_day(self.stated_on)}"

    def as_rule(self) -> AssertionRule:
        return AssertionRule(self.stated_on, self.issuer_clients, self.partners, self.reviewed_on)
