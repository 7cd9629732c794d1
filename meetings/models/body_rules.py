"""What the bylaws say of a body's meetings, from a date on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from charters.models import Committee
from charters.rules.voting import Bylaws, Counted, bylaws_on
from meetings.enums import CountedVotes
from records.models.bases import Versioned
from records.rule_data import TABLE


class BodyRulesQuerySet(models.QuerySet["BodyRules"]):
    def of(self, body: Committee | int) -> BodyRulesQuerySet:
        return self.filter(body=body)

    def in_force(self, body: Committee, day: date) -> BodyRules:
        """What the bylaws say of a body on a date; the statute alone before the first entry."""
        return rules_on(self.of(body), day) or BodyRules(body=body, effective_on=day)


class BodyRules(Versioned):
    """What the bylaws, or a resolution of the Board, say of a body's notice, quorum and majority.

    In effect from `effective_on` until the next entry of the body. A meeting or consent is judged by
    those in force on its date, so that a change never touches what came before it.
    """

    body = models.ForeignKey(Committee, models.PROTECT, related_name="meeting_rules")
    effective_on = models.DateField(_("in effect from"))
    notice_days = models.PositiveSmallIntegerField(
        _("days of notice for a special meeting"), null=True, blank=True
    )
    notice_citation = models.CharField(_("where the bylaws say it"), max_length=100, blank=True)
    quorum_part = models.PositiveSmallIntegerField(_("quorum: this many"), default=1)
    quorum_of = models.PositiveSmallIntegerField(_("of"), default=2)
    counted = models.CharField(
        _("a majority of"),
        max_length=20,
        choices=CountedVotes.choices,
        default=CountedVotes.PRESENT,
    )
    citation = models.CharField(
        _("where the bylaws set quorum or majority"), max_length=100, blank=True
    )
    seats = models.PositiveSmallIntegerField(
        _("seats of the Board"),
        null=True,
        blank=True,
        help_text=_("All seats, vacant ones too. A committee counts its members."),
    )
    forbids_consents = models.BooleanField(_("no written consents"), default=False)
    consents_citation = models.CharField(
        _("where the bylaws limit written consents"), max_length=100, blank=True
    )
    first_number = models.PositiveIntegerField(
        _("first resolution number"), default=1, validators=[MinValueValidator(1)]
    )
    first_number_year = models.CharField(
        _("in the fiscal year"),
        max_length=10,
        blank=True,
        help_text=_("For example FY2026. Every other year begins with 1."),
    )

    objects: ClassVar[BodyRulesQuerySet] = BodyRulesQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["body", "effective_on"]
        verbose_name = _("meeting rules of a body")
        verbose_name_plural = _("meeting rules of bodies")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "effective_on"], name="body_has_one_set_of_rules_from_a_date"
            ),
            models.CheckConstraint(
                condition=Q(forbids_consents=False) | ~Q(consents_citation=""),
                name="limit_on_consents_has_its_citation",
            ),
            models.CheckConstraint(
                condition=Q(quorum_part__gte=1) & Q(quorum_of__gte=F("quorum_part")),
                name="quorum_is_a_part_of_the_members",
            ),
            models.CheckConstraint(
                condition=Q(counted__in=CountedVotes.values), name="counted_votes_are_known"
            ),
            models.CheckConstraint(
                condition=~Q(citation="")
                | (Q(counted=CountedVotes.PRESENT) & Q(quorum_of=F("quorum_part") * 2)),
                name="quorum_of_bylaws_has_its_citation",
            ),
            models.CheckConstraint(
                condition=Q(notice_days=None) | ~Q(notice_citation=""),
                name="notice_of_bylaws_has_its_citation",
            ),
            models.CheckConstraint(
                condition=Q(first_number=1) | ~Q(first_number_year=""),
                name="first_resolution_number_is_of_a_year",
            ),
        ]

    def __str__(self) -> str:
        return str(self.body)

    def bylaws(self, day: date) -> Bylaws:
        """What decides a vote on a date. Raises VotingError for a quorum the statute forbids."""
        return bylaws_on(
            day,
            TABLE,
            quorum=Fraction(self.quorum_part, self.quorum_of),
            counted=Counted(self.counted),
            citation=self.citation,
        )


def rules_on(entries: Iterable[BodyRules], day: date) -> BodyRules | None:
    """Of a body's entries, the one in force on a date."""
    begun = [each for each in entries if each.effective_on <= day]
    return max(begun, key=lambda each: each.effective_on, default=None)
