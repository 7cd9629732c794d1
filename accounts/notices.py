"""What people are owed on the way in. All of it is urgent: somebody stands before a door."""

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
from records.notice_kinds import Line, register

if TYPE_CHECKING:
    from typing import Any

    from records.models import Notice


def _invitation(notice: Notice, reader: Any) -> Line | None:
    """The link's secret is made here, and stands nowhere but in the mail."""
    invitation = Invitation.objects.filter(pk=notice.subject_key).first()
    secret = services.mint_link(invitation, at=clock.now()) if invitation else None
    if secret is None:
        return None
    sentence = _("You are invited. The link works once, for seven days, and is for you alone.")
    return Line(sentence, reverse("invitation_link", args=[secret]))


def _password_link(notice: Notice, reader: Any) -> Line | None:
    """The link is made here and kept nowhere. It works until the password changes, for an hour."""
    token = default_token_generator.make_token(reader)
    made = {"uidb36": user_pk_to_url_str(reader), "key": token}
    sentence = _(
        "Somebody, most likely you, asked for a link to set a new password. It works once, for one "
        "hour. If you did not ask for it, do nothing: your password stays as it is."
    )
    return Line(sentence, reverse("account_reset_password_from_key", kwargs=made))


def _account_waits(notice: Notice, reader: Any) -> Line | None:
    user = User.objects.filter(pk=notice.subject_key, awaits_confirmation=True).first()
    if user is None or not reader.has_perm("accounts.change_user"):
        return None
    return Line(
        _("A new account waits for a second person to confirm it."), user.get_absolute_url()
    )


def _factor_reset_asked(notice: Notice, reader: Any) -> Line | None:
    reset = FactorReset.objects.open(clock.now()).filter(pk=notice.subject_key).first()
    if reset is None or not reader.has_perm("accounts.change_user"):
        return None
    sentence = _("Somebody lost their second factor and asks for a second person's approval.")
    return Line(sentence, reverse("factor_reset", args=[reset.pk]))


def _own_factor_reset(notice: Notice, reader: Any) -> Line | None:
    if not FactorReset.objects.open(clock.now()).filter(pk=notice.subject_key).exists():
        return None
    sentence = _(
        "Somebody asked under your name for a new second factor. If it was not you, tell the "
        "corporate secretary at once, and set a new password."
    )
    return Line(sentence, reverse("account_reset_password"))


def _factors_removed(notice: Notice, reader: Any) -> Line | None:
    sentence = _(
        "Your second factors were removed, as asked for under your name. If you did not ask, tell "
        "the corporate secretary at once; if you did, sign in and set up new ones."
    )
    return Line(sentence, reverse("account_login"))


register("invitation", lazy("Somebody was invited to the portal"), _invitation, urgent=True)
register("password_link", lazy("Somebody asked to set a new password"), _password_link, urgent=True)
register("account_waits", lazy("A new account waits"), _account_waits, urgent=True)
register(
    "factor_reset_asked",
    lazy("Somebody asks for a new second factor"),
    _factor_reset_asked,
    urgent=True,
)
register(
    "own_factor_reset",
    lazy("A new second factor was asked for under somebody's name"),
    _own_factor_reset,
    urgent=True,
    warning=True,
)
register(
    "factors_removed",
    lazy("Somebody's second factors were removed"),
    _factors_removed,
    urgent=True,
    warning=True,
)
