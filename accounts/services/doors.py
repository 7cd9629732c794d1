"""How people are let in, and let in again: invitations, second factors, sessions."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import factors, permissions
from accounts.enums import Checked, Invited, Outcome, Way
from accounts.models import FactorReset, Invitation, User
from records import ledger, notices
from records.acts import act
from records.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from enum import Enum

    from allauth.mfa.models import Authenticator
    from allauth.usersessions.models import UserSession

    from records.enums import Office

T = TypeVar("T")

# From the mail on.
INVITATION_LASTS = timedelta(days=7)

NOT_THEIRS_TO_LET_IN = _(
    "This person holds a role that opens papers: a corporate secretary decides, or the operator, by "
    "the command approve_factor_reset."
)


@act
def invite(user: User, *, by: User | Office, at: datetime) -> Invitation:
    """Ask somebody in by mail. Asked again, the mail before opens nothing any more."""
    user = User.objects.locked().get(pk=user.pk)
    if not user.is_active:
        raise ValidationError(_("This account is not open. Open it first."))
    if user.has_usable_password() or factors.has_any(user):
        raise ValidationError(
            _("This person can sign in already. A forgotten password is set anew by mail.")
        )
    end_invitation(user, at=at)
    invitation = Invitation.objects.create(user=user, invited_at=at, invited_by=ledger.person(by))
    ledger.record("person.invited", subject=user, by=by, at=at, invitation=invitation.pk)
    notices.owe("invitation", to=user, key=f"invitation:{invitation.pk}", at=at, subject=invitation)
    return invitation


def end_invitation(user: User, *, at: datetime) -> None:
    """Within an act that has made an open invitation pointless."""
    Invitation.objects.filter(user=user).open().update(ended_at=at)


def mint_link(invitation: Invitation, *, at: datetime) -> str | None:
    """The secret of a link, told once: to the mail that is being written. None if it is over.

    Not an act: nothing is decided by it, and the row says when.
    """
    with transaction.atomic():
        # The invitation alone: who accepts it has locked the person first, and waits for it.
        open_ones = Invitation.objects.open().select_for_update(of=("self",))
        stored = open_ones.filter(pk=invitation.pk, user__is_active=True).first()
        if stored is None:
            return None
        secret = secrets.token_urlsafe(32)
        stored.digest, stored.sent_at = digest_of(secret), at
        stored.expires_at = at + INVITATION_LASTS
        stored.save(update_fields=["digest", "sent_at", "expires_at"])
    return secret


def digest_of(secret: str) -> str:
    """Long and random, so that it needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find_invitation(digest: str) -> Invitation | None:
    """Whose link it is, by the digest of its secret; also of one that works no longer."""
    if not digest:
        return None
    return Invitation.objects.select_related("user").filter(digest=digest).first()


@act
def accept_invitation(
    invitation: Invitation, way: Way, set_up: Callable[[User], T], *, at: datetime
) -> T:
    """The invited person sets up how they sign in. The link has done its work, once."""
    user = User.objects.locked().get(pk=invitation.user_id)
    stored = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if stored.state(at) != Invited.SENT or stored.digest != invitation.digest:
        raise ValidationError(_("The invitation was accepted, replaced or is too old."))
    if not user.is_active:
        raise ValidationError(_("The account is closed."))
    # First of all: a first password would end what is not accepted.
    stored.accepted_at = at
    stored.save(update_fields=["accepted_at"])
    ledger.record("invitation.accepted", subject=user, by=user, at=at, way=way)
    return set_up(user)


@act
def ask_for_password(user: User, *, at: datetime) -> None:
    """Somebody asks for a link to set a new password, which goes to the person's address alone.

    While one is on its way, asking adds nothing. It leaves no line in the ledger: nobody knows
    who asked, and nothing is decided by it.
    """
    user = User.objects.locked().get(pk=user.pk)
    if user.is_active and not user.notices.on_the_way().filter(kind="password_link").exists():
        notices.owe("password_link", to=user, key=f"{user.pk}:{at.isoformat()}", at=at)


@act
def ask_for_factor_reset(user: User, *, at: datetime) -> FactorReset:
    """Somebody who has shown the password lost the rest. Asked again, nothing is added; after a
    request has lapsed it begins anew. The person is told as well: it may not be they who ask."""
    user = User.objects.locked().get(pk=user.pk)
    reset = FactorReset.objects.filter(user=user, decided_at=None).first()
    if reset is not None and reset.is_open(at):
        return reset
    reset = reset or FactorReset(user=user)
    reset.asked_at = at
    reset.save()
    ledger.record("factor_reset.asked", subject=user, by=user, at=at, request=reset.pk)
    key = f"reset:{reset.pk}:{at.isoformat()}"
    notices.owe("own_factor_reset", to=user, key=key, at=at, subject=reset)
    for keeper in _deciders(user, day_of(at)):
        notices.owe("factor_reset_asked", to=keeper, key=key, at=at, subject=reset)
    return reset


def _deciders(user: User, on: date) -> list[User]:
    """Who may decide; where nobody may, every keeper: they know the operator."""
    keepers = [one for one in User.objects.able_to("accounts.change_user", on) if one != user]
    return [one for one in keepers if may_let_in_again(user, by=one, on=on)] or keepers


def may_let_in_again(user: User, *, by: User | Office, on: date) -> bool:
    """Only who could give every role that the person holds: whoever can set up the factors of an
    account, a mailbox in hand, has its roles."""
    return not isinstance(by, User) or permissions.may_give_all(by.roles(on), user.roles_from(on))


@act
def approve_factor_reset(
    reset: FactorReset, checked: Checked, *, by: User | Office, at: datetime
) -> FactorReset:
    """A second person has made sure who is asking. Every factor ends, and so does every session;
    the person signs in with the password and sets up anew."""
    reset, checked = _to_decide(reset, by=by, at=at), Checked(checked)
    if not may_let_in_again(reset.user, by=by, on=day_of(at)):
        raise ValidationError(NOT_THEIRS_TO_LET_IN)
    _decide(reset, Outcome.APPROVED, by=by, at=at, checked=checked)
    ledger.record(
        "factor_reset.approved",
        subject=reset.user,
        by=by,
        at=at,
        request=reset.pk,
        checked=checked,
    )
    factors.of(reset.user).delete()
    end_sessions(reset.user, by=by, at=at)
    notices.owe("factors_removed", to=reset.user, key=f"reset:{reset.pk}", at=at, subject=reset)
    return reset


@act
def decline_factor_reset(reset: FactorReset, *, by: User, at: datetime) -> FactorReset:
    """The factors stay as they are."""
    reset = _to_decide(reset, by=by, at=at)
    _decide(reset, Outcome.DECLINED, by=by, at=at)
    ledger.record("factor_reset.declined", subject=reset.user, by=by, at=at, request=reset.pk)
    return reset


def _to_decide(reset: FactorReset, *, by: User | Office, at: datetime) -> FactorReset:
    # The person first, as every act on their factors does.
    User.objects.locked().get(pk=reset.user_id)
    reset = (
        FactorReset.objects.select_for_update(of=("self",)).select_related("user").get(pk=reset.pk)
    )
    if by == reset.user:
        raise ValidationError(
            _("Nobody decides on their own request: ask another secretary or administrator.")
        )
    if reset.decided_at is not None:
        raise ValidationError(_("This request is decided already."))
    if not reset.is_open(at):
        raise ValidationError(_("This request is older than seven days. The person asks again."))
    return reset


def _decide(
    reset: FactorReset,
    outcome: Outcome,
    *,
    by: User | Office,
    at: datetime,
    checked: Checked | None = None,
) -> None:
    reset.outcome, reset.checked = outcome, checked or ""
    reset.decided_by, reset.decided_at = ledger.person(by), at
    reset.save(update_fields=["outcome", "checked", "decided_by", "decided_at"])


@act
def end_sessions(user: User, *, by: User | Office, at: datetime) -> User:
    """Every session of the person ends by this; who asks for it in one may begin that one anew."""
    stored = User.objects.locked().get(pk=user.pk)
    stored.sessions_ended = user.sessions_ended = stored.sessions_ended + 1
    stored.save(update_fields=["sessions_ended"])
    ledger.record("sessions.ended", subject=stored, by=by, at=at)
    return user


@act
def end_session(session: UserSession, *, by: User, at: datetime) -> None:
    """A person signs out on another device."""
    ledger.record("session.ended", subject=session.user, by=by, at=at)
    session.end()


@act
def add_factor(user: User, kind: Enum, set_up: Callable[[], T], *, by: User, at: datetime) -> T:
    """A person sets up a second factor, or makes new recovery codes, in the library's own way."""
    User.objects.locked().get(pk=user.pk)
    done = set_up()
    ledger.record("factor.added", subject=user, by=by, at=at, kind=kind)
    return done


@act
def end_factor(factor: Authenticator, take_away: Callable[[], T], *, by: User, at: datetime) -> T:
    """A person no longer uses a second factor; one always stays."""
    user = User.objects.locked().get(pk=factor.user_id)
    factors.refuse_to_end_the_last(factor)
    kind, done = factors.Type(factor.type), take_away()
    ledger.record("factor.ended", subject=user, by=by, at=at, kind=kind)
    return done
