"""Notices that are owed to people, and the mails that carry them."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records import closed, notice_kinds
from records.enums import DeliveryState, NoticeState, Rhythm, Setback, Withdrawal
from records.models.bases import Salted, Versioned
from records.rules.notices import FOR_A_PERSON, IN_NOBODYS_HAND, KEPT_FOR, STALE_AFTER

if TYPE_CHECKING:
    from datetime import datetime

ENDED = (NoticeState.WITHDRAWN, NoticeState.CANCELLED)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, at: datetime) -> DeliveryQuerySet:
        """The mails whose turn has come, the longest waiting first."""
        return self.filter(state=DeliveryState.WAITING, due_at__lte=at).order_by("due_at", "pk")

    def stale(self, at: datetime) -> DeliveryQuerySet:
        """Claimed so long ago that nobody is sending them any more."""
        return self.filter(state=DeliveryState.CLAIMED, claimed_at__lte=at - STALE_AFTER)


class Delivery(models.Model):
    """One mail to one person, carrying one or many notices. Its text is kept nowhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=DeliveryState.choices,
        default=DeliveryState.WAITING,
        db_index=True,
    )
    gathered_at = models.DateTimeField(_("gathered at"))
    due_at = models.DateTimeField(_("next try at"))
    tries = models.PositiveIntegerField(_("tries"), default=0)
    claimed_at = models.DateTimeField(_("claimed at"), null=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True)
    # Without a mail server: nobody has got it.
    is_to_folder = models.BooleanField(_("written to a folder"), default=False)
    setback = models.CharField(
        _("what the last try met with"), max_length=20, blank=True, choices=Setback.choices
    )

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-gathered_at", "pk"]
        default_permissions = ()
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="delivery_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(is_to_folder=False) | Q(state=DeliveryState.DELIVERED),
                name="delivery_to_a_folder_is_over",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[DeliveryState.CLAIMED, DeliveryState.UNCERTAIN],
                    claimed_at__isnull=False,
                )
                | (
                    ~Q(state__in=[DeliveryState.CLAIMED, DeliveryState.UNCERTAIN])
                    & Q(claimed_at=None)
                ),
                name="delivery_has_a_claim_while_it_is_open",
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.DELIVERED, delivered_at__isnull=False)
                | (~Q(state=DeliveryState.DELIVERED) & Q(delivered_at=None)),
                name="delivery_was_made_at_an_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.FAILED, setback=""),
                name="delivery_that_was_not_accepted_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[DeliveryState.WAITING, DeliveryState.VOID]) | Q(tries__gt=0),
                name="delivery_was_tried",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.get_state_display()}"

    @property
    def is_for_a_person(self) -> bool:
        """Whether it can be sent again, by a person alone."""
        return self.state in FOR_A_PERSON


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, reader: Any) -> NoticeQuerySet:
        """The notices whose existence this reader may know: none of an unknown kind, and none about
        a record that the reader may not see."""
        seen = {kind.name: kind.seen_by(reader) for kind in notice_kinds.NOTICE_KINDS}
        opened = Q(kind__in=[name for name, those in seen.items() if those is True])
        for name, those in seen.items():
            if isinstance(those, Q):
                # In a subquery, so that a condition on many related rows doubles nothing.
                mine = Notice.objects.filter(those, kind=name)
                opened |= Q(pk__in=mine.order_by().values("pk"))
        return closed.without_restricted(reader, self.filter(opened), "records.Notice")

    def ripe(self, at: datetime) -> NoticeQuerySet:
        """Owed, of a known kind, and not to be kept back any longer."""
        known = [kind.name for kind in notice_kinds.NOTICE_KINDS]
        return self.filter(
            Q(not_before=None) | Q(not_before__lte=at), state=NoticeState.OWED, kind__in=known
        )

    def on_the_way(self) -> NoticeQuerySet:
        """Still to be delivered, by the portal alone."""
        return self.filter(
            Q(state=NoticeState.OWED)
            | Q(
                state=NoticeState.CARRIED,
                delivery__state__in=[DeliveryState.WAITING, DeliveryState.CLAIMED],
            )
        )

    def for_a_person(self) -> NoticeQuerySet:
        """The portal does nothing for these until a person has decided."""
        return self.filter(state=NoticeState.CARRIED, delivery__state__in=FOR_A_PERSON)

    def delivered(self) -> NoticeQuerySet:
        return self._sent(is_to_folder=False)

    def written_to_a_folder(self) -> NoticeQuerySet:
        """Written where no mail server was set up: nobody received them."""
        return self._sent(is_to_folder=True)

    def _sent(self, *, is_to_folder: bool) -> NoticeQuerySet:
        return self.filter(
            state=NoticeState.CARRIED,
            delivery__state=DeliveryState.DELIVERED,
            delivery__is_to_folder=is_to_folder,
        )

    def come_to_nothing(self) -> NoticeQuerySet:
        return self.filter(state__in=ENDED)

    def over(self, at: datetime) -> NoticeQuerySet:
        """Delivered, or ended without an email, so long ago that they are no longer retained. The
        same is true of what was gathered for an email that nobody has decided on since."""
        until = at - KEPT_FOR
        unjudged = Q(delivery__state__in=FOR_A_PERSON, delivery__gathered_at__lte=until)
        return self.filter(
            Q(ended_at__lte=until)
            | Q(state=NoticeState.CARRIED) & (Q(delivery__delivered_at__lte=until) | unjudged)
        )


class Notice(Salted):
    """What is owed to whom, and why. No prose: its sentence is composed when it goes out."""

    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("key"), max_length=200)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices", verbose_name=_("to")
    )
    subject = models.CharField(_("on"), max_length=100, blank=True)
    facts = models.JSONField(_("facts"), default=dict)
    owed_at = models.DateTimeField(_("owed at"))
    not_before = models.DateTimeField(_("not before"), null=True)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=NoticeState.choices,
        default=NoticeState.OWED,
        db_index=True,
    )
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="notices")
    ended_at = models.DateTimeField(_("ended at"), null=True)
    withdrawn_because = models.CharField(
        _("withdrawn because"), max_length=20, blank=True, choices=Withdrawal.choices
    )
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    cancelled_because = models.CharField(_("canceled because"), max_length=300, blank=True)

    objects: ClassVar[NoticeQuerySet] = NoticeQuerySet.as_manager()  # type: ignore[assignment]

    sealed = ("cancelled_because",)

    class Meta:
        ordering = ["-owed_at", "-pk"]
        default_permissions = ("view", "change")
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "recipient", "key"], name="notice_is_owed_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=NoticeState.values), name="notice_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(state=NoticeState.OWED, delivery=None)
                | Q(state=NoticeState.CARRIED, delivery__isnull=False)
                | Q(state__in=ENDED),
                name="notice_is_carried_by_a_delivery",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_at__isnull=False)
                | (~Q(state__in=ENDED) & Q(ended_at=None)),
                name="notice_that_came_to_nothing_ended_at_an_instant",
            ),
            models.CheckConstraint(
                condition=(Q(state=NoticeState.WITHDRAWN) & ~Q(withdrawn_because=""))
                | (~Q(state=NoticeState.WITHDRAWN) & Q(withdrawn_because="")),
                name="notice_that_is_withdrawn_says_why",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=NoticeState.CANCELLED, cancelled_by__isnull=False)
                    & ~Q(cancelled_because="")
                )
                | (~Q(state=NoticeState.CANCELLED) & Q(cancelled_by=None, cancelled_because="")),
                name="notice_that_is_cancelled_says_by_whom_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def is_warning(self) -> bool:
        return notice_kinds.is_warning(self.kind)

    @property
    def may_be_cancelled(self) -> bool:
        """Owed, or in a mail that no worker has in hand and that was not delivered; no warning."""
        if self.is_warning:
            return False
        if self.delivery is None or self.state != NoticeState.CARRIED:
            return self.state == NoticeState.OWED
        return self.delivery.state in IN_NOBODYS_HAND

    @property
    def subject_key(self) -> str:
        """The key of the record it is about, as text."""
        return self.subject.partition(":")[2]

    @property
    def due_on(self) -> date | None:
        """The date of which it reminds, if it reminds of one."""
        told = self.facts.get("due_on")
        return date.fromisoformat(told) if isinstance(told, str) else None

    @property
    def ready_at(self) -> datetime:
        """The instant from which it may go out."""
        return max(self.owed_at, self.not_before) if self.not_before else self.owed_at


class MailRhythm(Versioned):
    """How often a person wants the portal's mail. Who has not chosen gets it as by default."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="mail_rhythm"
    )
    rhythm = models.CharField(_("emails arrive"), max_length=20, choices=Rhythm.choices)

    objects: ClassVar[models.Manager[MailRhythm]]

    class Meta:
        default_permissions = ()
        verbose_name = _("email frequency")
        verbose_name_plural = _("email frequencies")
        constraints = [
            models.CheckConstraint(
                condition=Q(rhythm__in=Rhythm.values), name="mail_rhythm_is_a_known_one"
            )
        ]

    def __str__(self) -> str:
        return self.get_rhythm_display()
