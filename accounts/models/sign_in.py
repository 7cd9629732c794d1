"""How people are let in, and let in again: invitations, and second factors that were lost."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Checked, Invited, Outcome
from accounts.models.people import User
from records.models.bases import Versioned

if TYPE_CHECKING:
    from datetime import datetime

# A request for a new second factor that nobody has decided on by then asks for nothing any more.
REQUEST_LASTS = timedelta(days=7)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        """Neither accepted nor replaced; its link may not have been sent yet, or be too old."""
        return self.filter(accepted_at=None, ended_at=None)


class Invitation(models.Model):
    """Somebody is asked in, by a link that works once and for seven days from its mail.

    Of the link only a digest is kept. It is made when the mail is written, and a mail written
    again carries another one.
    """

    user = models.ForeignKey(
        User, models.PROTECT, related_name="invitations", verbose_name=_("person")
    )
    invited_at = models.DateTimeField(_("invited"))
    invited_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("invited by")
    )
    digest = models.CharField(max_length=64, blank=True, editable=False)
    sent_at = models.DateTimeField(_("link made"), null=True)
    expires_at = models.DateTimeField(_("link works until"), null=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    ended_at = models.DateTimeField(_("replaced or taken back"), null=True)

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["invited_at", "pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=Q(digest="", sent_at=None, expires_at=None)
                | (
                    ~Q(digest="")
                    & Q(sent_at__isnull=False, expires_at__isnull=False)
                    & Q(expires_at__gt=F("sent_at"))
                ),
                name="invitation_link_is_whole_or_not_made",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | (Q(ended_at=None) & ~Q(digest="")),
                name="invitation_is_accepted_by_its_link_or_ends",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(accepted_at=None, ended_at=None),
                name="person_has_one_open_invitation",
            ),
            models.UniqueConstraint(
                fields=["digest"], condition=~Q(digest=""), name="invitation_link_is_its_own"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.invited_at:%Y-%m-%d}"

    def state(self, at: datetime) -> Invited:
        if self.accepted_at is not None:
            return Invited.ACCEPTED
        if self.ended_at is not None:
            return Invited.REPLACED
        if self.expires_at is None:
            return Invited.WAITING
        return Invited.SENT if at < self.expires_at else Invited.EXPIRED


class PasswordRequest(models.Model):
    """Somebody typed an address to get a link for a new password. Whether it has an account is asked
    by a worker, later: the page does the same for every address. Gone as soon as that was asked."""

    email = models.EmailField(_("email address"), max_length=320, editable=False)
    asked_at = models.DateTimeField(_("asked"), editable=False)

    objects: ClassVar[models.Manager[PasswordRequest]]

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        verbose_name = _("request for a new password")
        verbose_name_plural = _("requests for a new password")

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"


class KeptForm(models.Model):
    """What somebody typed whose sign-in had ended, encrypted, until they have signed in. Its key stands
    in their session."""

    id = models.CharField(primary_key=True, max_length=32, editable=False)
    kept_at = models.DateTimeField(_("kept"), db_index=True, editable=False)
    size = models.PositiveIntegerField(_("bytes"), editable=False)
    sealed = models.BinaryField()

    objects: ClassVar[models.Manager[KeptForm]]

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        verbose_name = _("form that was typed without a sign-in")
        verbose_name_plural = _("forms that were typed without a sign-in")

    def __str__(self) -> str:
        return self.pk


class FactorResetQuerySet(models.QuerySet["FactorReset"]):
    def open(self, at: datetime) -> FactorResetQuerySet:
        """Neither decided nor lapsed."""
        return self.filter(decided_at=None, asked_at__gt=at - REQUEST_LASTS)


class FactorReset(Versioned):
    """Somebody lost their second factor and asks to set up a new one. A second person decides.

    Decided by nobody, it was approved by the operator.
    """

    locked_after = ("user",)

    user = models.ForeignKey(
        User, models.PROTECT, related_name="factor_resets", verbose_name=_("person")
    )
    asked_at = models.DateTimeField(_("asked"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    outcome = models.CharField(_("outcome"), max_length=20, blank=True, choices=Outcome.choices)
    checked = models.CharField(_("checked"), max_length=20, blank=True, choices=Checked.choices)

    objects: ClassVar[FactorResetQuerySet] = FactorResetQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("request to reset two-step verification")
        verbose_name_plural = _("requests to reset two-step verification")
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, outcome="")
                | (
                    Q(decided_at__isnull=False, outcome__in=Outcome.values)
                    & (Q(decided_by__isnull=False) | Q(outcome=Outcome.APPROVED))
                ),
                name="factor_reset_decision_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.APPROVED, checked__in=Checked.values)
                | (~Q(outcome=Outcome.APPROVED) & Q(checked="")),
                name="factor_reset_is_approved_after_a_check",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("user")),
                name="factor_reset_is_decided_by_a_second_person",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(decided_at=None),
                name="person_asks_for_one_factor_reset_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.asked_at:%Y-%m-%d}"

    def is_open(self, at: datetime) -> bool:
        return self.decided_at is None and at < self.asked_at + REQUEST_LASTS
