"""Facts of a director, and the signed questionnaire that they are transcribed from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.enums import RelativeKind
from committees.models.entries import Entry, EntryQuerySet
from committees.models.people import Director
from committees.rules.family import Relative
from committees.rules.look_back import Span
from records.dates import long_day
from records.models import Document

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

M = TypeVar("M", bound=Entry)

OF_THE_DIRECTOR = Q(relative=RelativeKind.SELF)


def of_nobody_else(name: str) -> models.CheckConstraint:
    """The director's own facts name no relative."""
    return models.CheckConstraint(
        condition=(Q(relative__in=RelativeKind.values) & ~OF_THE_DIRECTOR)
        | (OF_THE_DIRECTOR & Q(relative_name="", is_minor=False, shares_home=False)),
        name=name,
        violation_error_code="relative",
        violation_error_message=_(
            "A name, age or home is entered for a relative only, and the relation must be known."
        ),
    )


def in_dollars(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(currency="USD"),
        name=name,
        violation_error_code="amount",
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
        return f"{self.director} ({long_day(self.signed_on)})"


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


class Lasting(models.Model):
    """What lasts from a day to a last day, both included."""

    day_field = "starts_on"

    starts_on = models.DateField(_("from"))
    last_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["starts_on", "pk"]
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(last_on=None) | Q(last_on__gte=F("starts_on")),
                name="%(class)s_ends_after_it_starts",
                violation_error_message=_("The last date is before the first."),
            ),
        ]

    @property
    def span(self) -> Span:
        return Span(self.starts_on, self.last_on)
