"""Unanimous written consents: an act without a meeting, signed by every member (DGCL 141(f))."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Restricted, RestrictedQuerySet
from charters.models import Committee, Decision, Duty
from committees.models import Director
from meetings.enums import ConsentStatus, HowSigned, Stopped
from records.models import Document
from records.models.bases import Attributed, ImmutableQuerySet, Recorded, Salted, Versioned

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class WrittenConsentQuerySet(RestrictedQuerySet["WrittenConsent"]):
    def visible_to(self, user: User | AnonymousUser, *, on: date) -> WrittenConsentQuerySet:
        """The consents a person may read on a day; drafts are the secretary's."""
        if not user.has_perm("meetings.view_consent"):
            return self.none()
        seen = self.open_to(user, on=on)
        return seen if user.has_perm("meetings.change_consent") else seen.exclude(sent_at=None)

    def waiting(self) -> WrittenConsentQuerySet:
        """Sent, and neither in effect nor ended without effect."""
        return self.filter(sent_at__isnull=False, effective_on=None, stopped_at=None)

    def in_effect(self, day: date) -> WrittenConsentQuerySet:
        return self.filter(effective_on__lte=day)

    def with_signatures(self) -> WrittenConsentQuerySet:
        """Everything that pages show, in as many queries for one as for a hundred."""
        return self.select_related("body", "decision", "recorded_by").prefetch_related(
            "members__director__user",
            "signatures__director",
            "signatures__document",
            "refusals__director",
            "attachments__document",
            "duties",
        )

    def with_rulings(self) -> WrittenConsentQuerySet:
        """With the seats and the rules of each body, which say where a consent stands."""
        return self.with_signatures().prefetch_related("body__memberships", "body__meeting_rules")


class WrittenConsent(Restricted, Salted, Attributed, Versioned):
    """The text members are asked to sign, and what became of it.

    It changes until the first signature. The number is given when it takes effect.
    """

    body = models.ForeignKey(
        Committee, models.PROTECT, related_name="written_consents", verbose_name=_("body")
    )
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("resolution"))
    duties = models.ManyToManyField(
        Duty, blank=True, related_name="written_consents", verbose_name=_("responsibilities served")
    )
    serves = models.DateField(_("for the fiscal year that ends on"), null=True, blank=True)
    sign_by = models.DateField(_("sign by"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    members_on = models.DateField(_("members of"), null=True, blank=True)
    effective_on = models.DateField(_("in effect since"), null=True, blank=True)
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="consent"
    )
    stopped_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    stopped_as = models.CharField(_("why"), max_length=20, choices=Stopped.choices, blank=True)

    objects: ClassVar[WrittenConsentQuerySet] = WrittenConsentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("written consent")
        verbose_name_plural = _("written consents")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="consent_has_its_text"),
            models.CheckConstraint(
                condition=Q(effective_on=None, decision=None)
                | Q(effective_on__isnull=False, decision__isnull=False, sent_at__isnull=False),
                name="consent_in_effect_was_sent_and_is_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None, stopped_as="")
                | Q(stopped_at__isnull=False, stopped_as__in=Stopped.values, effective_on=None),
                name="consent_without_effect_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("consent", args=[self.pk])

    @property
    def status(self) -> ConsentStatus:
        if self.effective_on:
            return ConsentStatus.EFFECTIVE
        if self.stopped_at:
            return ConsentStatus.STOPPED
        return ConsentStatus.WAITING if self.sent_at else ConsentStatus.DRAFT

    @property
    def is_waiting(self) -> bool:
        return self.status is ConsentStatus.WAITING

    def signed_content(self) -> str:
        """The SHA-256 of what a member signs: the text and each attachment, in their order."""
        attached = [(each.title, each.document.sha256) for each in self.attachments.all()]
        shown = json.dumps([self.title, self.text, attached], ensure_ascii=False)
        return hashlib.sha256(shown.encode()).hexdigest()


class ConsentAttachment(models.Model):
    """A paper that is signed together with the text."""

    consent = models.ForeignKey(WrittenConsent, models.PROTECT, related_name="attachments")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attachment of a consent")
        verbose_name_plural = _("attachments of consents")

    def __str__(self) -> str:
        return self.title


class ConsentMember(models.Model):
    """A member who is asked to sign. One with an interest signs too, and says so."""

    consent = models.ForeignKey(WrittenConsent, models.PROTECT, related_name="members")
    director = models.ForeignKey(Director, models.PROTECT, related_name="+")
    is_interested = models.BooleanField(_("has an interest"), default=False)

    class Meta:
        ordering = ["director__sort_name", "director__name"]
        verbose_name = _("member asked to sign")
        verbose_name_plural = _("members asked to sign")
        constraints = [
            models.UniqueConstraint(fields=["consent", "director"], name="member_is_asked_once")
        ]

    def __str__(self) -> str:
        return str(self.director)


class ConsentSignature(Recorded):
    """A member's signature, with the digest of what was signed."""

    may_gain = frozenset({"withdrawn_at"})

    consent = models.ForeignKey(WrittenConsent, models.PROTECT, related_name="signatures")
    director = models.ForeignKey(Director, models.PROTECT, related_name="+")
    how = models.CharField(_("how"), max_length=20, choices=HowSigned.choices)
    signed_at = models.DateTimeField(_("signed at"))
    takes_effect_at = models.DateTimeField(
        _("takes effect at"),
        null=True,
        help_text=_("Later than signed: with the seat that begins then."),
    )
    recites_interest = models.BooleanField(_("states the interest"), default=False)
    content = models.CharField(_("SHA-256 of what was signed"), max_length=64)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, related_name="+", verbose_name=_("signed paper")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    objects: ClassVar[ImmutableQuerySet[ConsentSignature]] = ImmutableQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["signed_at", "pk"]
        verbose_name = _("signature of a consent")
        verbose_name_plural = _("signatures of consents")
        constraints = [
            models.UniqueConstraint(fields=["consent", "director"], name="member_signs_once"),
            models.CheckConstraint(
                condition=Q(how=HowSigned.HERE, document=None)
                | Q(how=HowSigned.ON_PAPER, document__isnull=False),
                name="signature_on_paper_has_its_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.director}, {self.consent}"


class ConsentRefusal(Recorded):
    """A member declined. The reason is for the chair and the corporate secretary."""

    consent = models.ForeignKey(WrittenConsent, models.PROTECT, related_name="refusals")
    director = models.ForeignKey(Director, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("declined at"))
    reason = models.TextField(_("reason"), blank=True)

    objects: ClassVar[ImmutableQuerySet[ConsentRefusal]] = ImmutableQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("reason",)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("refusal of a consent")
        verbose_name_plural = _("refusals of consents")

    def __str__(self) -> str:
        return f"{self.director}, {self.consent}"
