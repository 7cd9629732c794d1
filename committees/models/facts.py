"""What is on record of a director that independence turns on.

Each is entered from counsel's signed questionnaire or from the company's books. Days are inclusive:
`last_on` is the last day, since look-backs are counted from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.enums import OrganizationRole, PaymentKind, RelativeKind, Tie
from committees.models.entries import AmountMixin, Entry, EntryQuerySet
from committees.models.people import Director
from committees.rules import facts as rules
from committees.rules.family import Relative
from committees.rules.look_back import Span
from committees.rules.requirements import LostIndependence
from records.facts import label
from records.models import Document
from records.models.bases import Salted, Versioned

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

M = TypeVar("M", bound=Entry)

LAST_IS_NOT_BEFORE_FIRST = Q(last_on=None) | Q(last_on__gte=F("starts_on"))
OF_THE_DIRECTOR = Q(relative=RelativeKind.SELF)


def inverted(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=LAST_IS_NOT_BEFORE_FIRST,
        name=name,
        violation_error_message=_("The last day comes before the first."),
    )


def of_nobody_else(name: str) -> models.CheckConstraint:
    """The director's own facts name no relative."""
    return models.CheckConstraint(
        condition=(Q(relative__in=RelativeKind.values) & ~OF_THE_DIRECTOR)
        | (OF_THE_DIRECTOR & Q(relative_name="", is_minor=False, shares_home=False)),
        name=name,
        violation_error_message=_(
            "A name, age or home is entered for a relative only, and the relation must be known."
        ),
    )


def in_dollars(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(currency="USD"),
        name=name,
        violation_error_message=_(
            "The limits are in US dollars. Enter the amount in US dollars (USD)."
        ),
    )


class FactQuerySet(EntryQuerySet[M]):
    def visible_to(self, user: User | AnonymousUser) -> FactQuerySet[M]:
        """Secretaries and counsel see all; a director sees what is on record of themselves."""
        if user.has_perm("committees.view_relationship"):
            return self.all()
        return self.filter(director__user=user.pk)


class Questionnaire(Entry):
    """A questionnaire that a director signed, as counsel sent it."""

    belongs_to = "director"
    day_field = "signed_on"

    director = models.ForeignKey(Director, models.PROTECT, related_name="questionnaires")
    signed_on = models.DateField(_("signed on"))
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("form")
    )

    objects: ClassVar[FactQuerySet[Questionnaire]] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Entry.Meta):
        ordering = ["signed_on", "pk"]
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")

    def __str__(self) -> str:
        return f"{self.director} ({self.signed_on.isoformat()})"


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

    def __str__(self) -> str:
        return self.name

    def as_rule(self) -> rules.Organization:
        return rules.Organization(self.name, self.gives_advice, Tie(self.tie))


class Fact(Entry):
    """A fact about a director, entered from a questionnaire or from the company's books."""

    belongs_to = "director"

    director = models.ForeignKey(Director, models.PROTECT, related_name="%(class)s_facts")
    questionnaire = models.ForeignKey(
        Questionnaire,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("transcribed from"),
    )

    class Meta(Entry.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}: {self.director}"

    def as_rule(self) -> Any:
        """The fact as the tests of independence ask for it."""
        raise NotImplementedError


class OfRelative(models.Model):
    """Whose fact it is."""

    relative = models.CharField(
        _("of"), max_length=20, choices=RelativeKind.choices, default=RelativeKind.SELF
    )
    relative_name = models.CharField(_("relative's name"), max_length=150, blank=True)
    is_minor = models.BooleanField(_("is a minor"), default=False)
    shares_home = models.BooleanField(_("shares the director's home"), default=False)

    class Meta:
        abstract = True

    @property
    def who(self) -> Relative:
        return Relative(
            RelativeKind(self.relative), self.relative_name, self.shares_home, self.is_minor
        )


class Employment(OfRelative, Fact):
    """Work for the company, its parent or a subsidiary."""

    day_field = "starts_on"

    starts_on = models.DateField(_("from"))
    last_on = models.DateField(_("last day"), null=True, blank=True)
    is_executive = models.BooleanField(_("as an executive officer"), default=False)
    is_interim = models.BooleanField(
        _("for the time being"),
        default=False,
        help_text=_("Interim service as an executive officer (IM-5605)."),
    )

    objects: ClassVar[FactQuerySet[Employment]] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Fact.Meta):
        ordering = ["starts_on", "pk"]
        verbose_name = _("employment")
        verbose_name_plural = _("employments")
        constraints = [
            *Entry.Meta.constraints,
            inverted("employment_ends_after_it_starts"),
            of_nobody_else("employment_names_a_relative_or_nobody"),
            models.CheckConstraint(
                condition=Q(is_interim=False) | (Q(is_executive=True) & OF_THE_DIRECTOR),
                name="interim_service_is_the_directors_as_an_executive",
                violation_error_message=_(
                    "Interim service is the director's own, as an executive officer."
                ),
            ),
        ]

    def as_rule(self) -> rules.Employment:
        span = Span(self.starts_on, self.last_on)
        return rules.Employment(span, self.who, self.is_executive, self.is_interim, label(self))


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
                violation_error_message=_("Enter an amount above zero."),
            ),
            in_dollars("payment_is_in_the_currency_of_the_limits"),
        ]

    def as_rule(self) -> rules.Payment:
        return rules.Payment(self.on, self.amount, PaymentKind(self.kind), self.who, label(self))


class Association(OfRelative, Fact):
    """What a director or a relative is at another organization."""

    day_field = "starts_on"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="associations")
    role = models.CharField(_("as"), max_length=20, choices=OrganizationRole.choices)
    starts_on = models.DateField(_("from"))
    last_on = models.DateField(_("last day"), null=True, blank=True)

    objects: ClassVar[FactQuerySet[Association]] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Fact.Meta):
        ordering = ["starts_on", "pk"]
        verbose_name = _("role at an organization")
        verbose_name_plural = _("roles at organizations")
        constraints = [
            *Entry.Meta.constraints,
            inverted("association_ends_after_it_starts"),
            of_nobody_else("association_names_a_relative_or_nobody"),
            models.CheckConstraint(
                condition=Q(role__in=OrganizationRole.values), name="association_role_is_known"
            ),
        ]

    def as_rule(self) -> rules.Association:
        return rules.Association(
            self.organization.as_rule(),
            OrganizationRole(self.role),
            Span(self.starts_on, self.last_on),
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
                violation_error_message=_("The last day comes before the first."),
            ),
            models.CheckConstraint(
                condition=Q(partner_last_on=None) | Q(partner_from__isnull=False),
                name="partnership_has_its_first_day",
                violation_error_message=_("Say from which date the person was a partner."),
            ),
            models.CheckConstraint(
                condition=Q(partner_from__isnull=False) | Q(last_worked_on__isnull=False),
                name="auditor_tie_is_a_partnership_or_work",
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
                violation_error_message=_("Nobody owns more shares than are outstanding."),
            ),
        ]

    def as_rule(self) -> rules.Holding:
        return rules.Holding(
            self.share_class, self.shares, self.outstanding, self.as_of, label(self)
        )


class Preparation(Fact):
    """A director's part in preparing the statements of the company or a current subsidiary."""

    day_field = "starts_on"

    starts_on = models.DateField(_("from"))
    last_on = models.DateField(_("last day"), null=True, blank=True)

    objects: ClassVar[FactQuerySet[Preparation]] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Fact.Meta):
        ordering = ["starts_on", "pk"]
        verbose_name = _("part in preparing statements")
        verbose_name_plural = _("parts in preparing statements")
        constraints = [
            *Entry.Meta.constraints,
            inverted("preparation_ends_after_it_starts"),
        ]

    def as_rule(self) -> rules.Preparation:
        return rules.Preparation(Span(self.starts_on, self.last_on), label(self))


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
        help_text=_("The date the exchange was told. The cure period asks for prompt notice."),
    )

    objects: ClassVar[FactQuerySet[LossOfIndependence]] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Fact.Meta):
        ordering = ["lost_on", "pk"]
        verbose_name = _("loss of independence")
        verbose_name_plural = _("losses of independence")

    def as_rule(self) -> LostIndependence:
        return LostIndependence(self.lost_on, self.is_within_control, self.exchange_notified_on)


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
        _("paid on"), help_text=_("For a sum, the last day of the time it covers.")
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
                violation_error_message=_("Enter an amount above zero, and no negative revenue."),
            ),
            in_dollars("business_payment_is_in_the_currency_of_the_limits"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} ({self.on.isoformat()})"

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


class Interlock(Entry):
    """An executive officer of the company serves on another entity's compensation committee."""

    belongs_to = "organization"
    day_field = "starts_on"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="interlocks")
    starts_on = models.DateField(_("from"))
    last_on = models.DateField(_("last day"), null=True, blank=True)

    objects: ClassVar[BookQuerySet[Interlock]] = BookQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Entry.Meta):
        ordering = ["starts_on", "pk"]
        verbose_name = _("service on another compensation committee")
        verbose_name_plural = _("services on other compensation committees")
        constraints = [
            *Entry.Meta.constraints,
            inverted("interlock_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} ({self.starts_on.isoformat()})"

    def as_rule(self) -> rules.Interlock:
        span = Span(self.starts_on, self.last_on)
        return rules.Interlock(self.organization.name, span, label(self))
