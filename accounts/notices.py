"""Notices about invitations and signing in. All are urgent: somebody waits to sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts import services
from accounts.models import FactorReset, Invitation, User
from records import clock
from records.notice_kinds import NOTICE_KINDS, EmailLine, NoticeKind

if TYPE_CHECKING:
    from typing import Any

    from records.models import Notice


def _invitation(notice: Notice, reader: Any) -> EmailLine | None:
    """The link's secret is made here, and stands nowhere but in the mail."""
    invitation = Invitation.objects.filter(pk=notice.subject_key).first()
    secret = services.mint_link(invitation, at=clock.now()) if invitation else None
    if secret is None:
        return None
    sentence = _(
        "You are invited to the charter portal. The link works once, for seven days, and only for "
        "you."
    )
    return EmailLine(sentence, reverse("invitation_link", args=[secret]))


def _password_link(notice: Notice, reader: Any) -> EmailLine | None:
    """The link is made here and kept nowhere. It works until the password changes, for an hour."""
    token = default_token_generator.make_token(reader)
    made = {"uidb36": user_pk_to_url_str(reader), "key": token}
    sentence = _(
        "Somebody asked for a link to set a new password for your account. It works once, "
        "for one hour. If you did not ask for it, ignore this email. Your password does not "
        "change."
    )
    return EmailLine(sentence, reverse("account_reset_password_from_key", kwargs=made))


def _account_waits(notice: Notice, reader: Any) -> EmailLine | None:
    user = User.objects.filter(pk=notice.subject_key, awaits_confirmation=True).first()
    if user is None or not reader.has_perm("accounts.change_user"):
        return None
    return EmailLine(
        _("A new account needs a second person's confirmation."), user.get_absolute_url()
    )


def _factor_reset_asked(notice: Notice, reader: Any) -> EmailLine | None:
    reset = FactorReset.objects.open(clock.now()).filter(pk=notice.subject_key).first()
    if reset is None or not reader.has_perm("accounts.change_user"):
        return None
    sentence = _("A person asks to set up two-step verification again and needs your approval.")
    return EmailLine(sentence, reverse("factor_reset", args=[reset.pk]))


def _own_factor_reset(notice: Notice, reader: Any) -> EmailLine | None:
    if not FactorReset.objects.open(clock.now()).filter(pk=notice.subject_key).exists():
        return None
    sentence = _(
        "Somebody asked in your name to set up two-step verification again. If it was not "
        "you, tell the corporate secretary at once and set a new password."
    )
    return EmailLine(sentence, reverse("account_reset_password"))


def _factors_removed(notice: Notice, reader: Any) -> EmailLine | None:
    sentence = _(
        "Your two-step verification was removed at your request. If you did not ask, tell "
        "the corporate secretary at once. If you did, sign in and set it up again."
    )
    return EmailLine(sentence, reverse("account_login"))


NOTICE_KINDS.add(
    NoticeKind(
        "accounts.invitation",
        lazy("Somebody was invited to the portal"),
        _invitation,
        is_urgent=True,
    )
)
NOTICE_KINDS.add(
    NoticeKind(
        "accounts.password_link",
        lazy("Somebody asked to set a new password"),
        _password_link,
        is_urgent=True,
    )
)
NOTICE_KINDS.add(
    NoticeKind(
        "accounts.account_waits",
        lazy("A new account needs confirmation"),
        _account_waits,
        is_urgent=True,
    )
)
NOTICE_KINDS.add(
    NoticeKind(
        "accounts.factor_reset_asked",
        lazy("A person asks to reset two-step verification"),
        _factor_reset_asked,
        is_urgent=True,
    )
)
NOTICE_KINDS.add(
    NoticeKind(
        "accounts.own_factor_reset",
        lazy("A reset of two-step verification was requested"),
        _own_factor_reset,
        is_urgent=True,
        is_warning=True,
    )
)
NOTICE_KINDS.add(
    NoticeKind(
        "accounts.factors_removed",
        lazy("Two-step verification was removed"),
        _factors_removed,
        is_urgent=True,
        is_warning=True,
    )
)
