"""How people are let in, and let in again: invitations, second factors, sessions."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_lazy as lazy

from accounts import factors, permissions
from accounts.enums import Checked, Invited, Outcome, Way
from accounts.models import FactorReset, Invitation, PasswordRequest, User
from records import ledger, notices
from records.acts import act
from records.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from enum import Enum

    from allauth.mfa.models import Authenticator
    from allauth.usersessions.models import UserSession

    from records.enums import SystemActor

PERSON_INVITED = ledger.action("person.invited", lazy("invited %(record)s"))
INVITATION_ACCEPTED = ledger.action(
    "invitation.accepted", lazy("accepted the invitation: %(record)s")
)
FACTOR_RESET_ASKED = ledger.action(
    "factor_reset.asked", lazy("asked to reset two-step verification: %(record)s")
)
FACTOR_RESET_APPROVED = ledger.action(
    "factor_reset.approved", lazy("approved a reset of two-step verification for %(record)s")
)
FACTOR_RESET_DECLINED = ledger.action(
    "factor_reset.declined", lazy("declined a reset of two-step verification for %(record)s")
)
SESSION_ENDED = ledger.action("session.ended", lazy("ended a session of %(record)s"))
SESSIONS_ENDED = ledger.action("sessions.ended", lazy("ended every session of %(record)s"))
FACTOR_ADDED = ledger.action(
    "factor.added", lazy("added a way of two-step verification for %(record)s")
)
FACTOR_ENDED = ledger.action(
    "factor.ended", lazy("removed a way of two-step verification of %(record)s")
)

T = TypeVar("T")

# From the mail on.
INVITATION_LASTS = timedelta(days=7)

NOT_THEIRS_TO_LET_IN = _(
    "This person's role gives access to committee documents. A corporate secretary decides, "
    "or the operator with the command approve_factor_reset."
)


@act
def invite(user: User, *, by: User | SystemActor, at: datetime) -> Invitation:
    """Ask somebody in by mail. Asked again, the mail before opens nothing any more."""
    user = User.objects.locked().get(pk=user.pk)
    if not user.is_active:
        raise ValidationError(_("This account is not open. Open it first."))
    if user.has_usable_password() or factors.has_any(user):
        raise ValidationError(
            _("This person can already sign in. A forgotten password is reset by email.")
        )
    end_invitation(user, at=at)
    invitation = Invitation.objects.create(user=user, invited_at=at, invited_by=ledger.person(by))
    user.move_on()
    ledger.record(PERSON_INVITED, subject=user, by=by, at=at, invitation=invitation.pk)
    notices.owe(
        "accounts.invitation", to=user, key=f"invitation:{invitation.pk}", at=at, subject=invitation
    )
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
        raise ValidationError(_("The invitation was accepted or replaced, or has expired."))
    if not user.is_active:
        raise ValidationError(_("The account is closed."))
    # First of all: a first password would end what is not accepted.
    stored.accepted_at = at
    stored.save(update_fields=["accepted_at"])
    ledger.record(INVITATION_ACCEPTED, subject=user, by=user, at=at, way=way)
    return set_up(user)


def note_password_request(email: str, *, at: datetime) -> None:
    """Somebody asks for a link to set a new password, for an address with or without an account.

    Not an act: nothing is decided by it. Nothing is looked up either, so that the page takes as long
    for every address.
    """
    PasswordRequest.objects.create(email=email.strip().lower(), asked_at=at)
    transaction.on_commit(partial(notices.wake, "accounts.tasks.answer_password_requests"))


def answer_password_requests(*, at: datetime) -> None:
    """Owe the link to each address that has an account, and forget every request."""
    for key in PasswordRequest.objects.values_list("pk", flat=True):
        _answer_password_request(key, at=at)


@act
def _answer_password_request(key: int, *, at: datetime) -> None:
    request = PasswordRequest.objects.select_for_update().filter(pk=key).first()
    if request is None:
        return
    request.delete()
    if user := User.objects.active().filter(email=request.email).first():
        ask_for_password(user, at=at)


@act
def ask_for_password(user: User, *, at: datetime) -> None:
    """Somebody asks for a link to set a new password, which goes to the person's address alone.

    While one is on its way, asking adds nothing. It leaves no line in the ledger: nobody knows
    who asked, and nothing is decided by it.
    """
    user = User.objects.locked().get(pk=user.pk)
    if (
        user.is_active
        and not user.notices.on_the_way().filter(kind="accounts.password_link").exists()
    ):
        notices.owe("accounts.password_link", to=user, key=f"{user.pk}:{at.isoformat()}", at=at)


@act
def ask_for_factor_reset(user: User, *, at: datetime) -> FactorReset:
    """Somebody who has shown the password lost the rest. Asked again, nothing is added; after a
    request has lapsed it starts again. The person is told as well: it may not be they who ask."""
    user = User.objects.locked().get(pk=user.pk)
    reset = FactorReset.objects.filter(user=user, decided_at=None).first()
    if reset is not None and reset.is_open(at):
        return reset
    reset = reset or FactorReset(user=user)
    reset.asked_at = at
    reset.save()
    ledger.record(FACTOR_RESET_ASKED, subject=user, by=user, at=at, request=reset.pk)
    key = f"reset:{reset.pk}:{at.isoformat()}"
    notices.owe("accounts.own_factor_reset", to=user, key=key, at=at, subject=reset)
    for keeper in _deciders(user, day_of(at)):
        notices.owe("accounts.factor_reset_asked", to=keeper, key=key, at=at, subject=reset)
    return reset


def _deciders(user: User, on: date) -> list[User]:
    """Who may decide; where nobody may, every keeper: they know the operator."""
    keepers = [one for one in User.objects.able_to("accounts.change_user", on) if one != user]
    return [one for one in keepers if may_let_in_again(user, by=one, on=on)] or keepers


def may_let_in_again(user: User, *, by: User | SystemActor, on: date) -> bool:
    """Only who could give every role that the person holds: whoever can set up the factors of an
    account, a mailbox in hand, has its roles."""
    return not isinstance(by, User) or permissions.may_give_all(by.roles(on), user.roles_from(on))


@act
def approve_factor_reset(
    reset: FactorReset, checked: Checked, *, by: User | SystemActor, at: datetime
) -> FactorReset:
    """A second person has made sure who is asking. Every factor ends, and so does every session;
    the person signs in with the password and sets up again."""
    reset, checked = _to_decide(reset, by=by, at=at), Checked(checked)
    if not may_let_in_again(reset.user, by=by, on=day_of(at)):
        raise ValidationError(NOT_THEIRS_TO_LET_IN)
    _decide(reset, Outcome.APPROVED, by=by, at=at, checked=checked)
    ledger.record(
        FACTOR_RESET_APPROVED,
        subject=reset.user,
        by=by,
        at=at,
        request=reset.pk,
        checked=checked,
    )
    factors.of(reset.user).delete()
    end_sessions(reset.user, by=by, at=at)
    notices.owe(
        "accounts.factors_removed", to=reset.user, key=f"reset:{reset.pk}", at=at, subject=reset
    )
    return reset


@act
def decline_factor_reset(reset: FactorReset, *, by: User, at: datetime) -> FactorReset:
    """The factors stay as they are."""
    reset = _to_decide(reset, by=by, at=at)
    _decide(reset, Outcome.DECLINED, by=by, at=at)
    ledger.record(FACTOR_RESET_DECLINED, subject=reset.user, by=by, at=at, request=reset.pk)
    return reset


def _to_decide(reset: FactorReset, *, by: User | SystemActor, at: datetime) -> FactorReset:
    # The person first, as every act on their factors does.
    User.objects.locked().get(pk=reset.user_id)
    reset = (
        FactorReset.objects.select_for_update(of=("self",)).select_related("user").get(pk=reset.pk)
    )
    if by == reset.user:
        raise ValidationError(
            _("You cannot decide on your own request. Ask another secretary or administrator.")
        )
    if reset.decided_at is not None:
        raise ValidationError(_("This request was already decided."))
    if not reset.is_open(at):
        raise ValidationError(
            _("This request is older than seven days. Ask the person to send a new one.")
        )
    return reset


def _decide(
    reset: FactorReset,
    outcome: Outcome,
    *,
    by: User | SystemActor,
    at: datetime,
    checked: Checked | None = None,
) -> None:
    reset.outcome, reset.checked = outcome, checked or ""
    reset.decided_by, reset.decided_at = ledger.person(by), at
    reset.save(update_fields=["outcome", "checked", "decided_by", "decided_at"])


@act
def end_sessions(user: User, *, by: User | SystemActor, at: datetime) -> User:
    """Every session of the person ends by this; who asks for it in one may start that one again."""
    stored = User.objects.locked().get(pk=user.pk)
    stored.sessions_ended = user.sessions_ended = stored.sessions_ended + 1
    stored.save(update_fields=["sessions_ended"])
    ledger.record(SESSIONS_ENDED, subject=stored, by=by, at=at)
    return user


@act
def end_session(session: UserSession, *, by: User, at: datetime) -> None:
    """A person signs out on another device."""
    ledger.record(SESSION_ENDED, subject=session.user, by=by, at=at)
    session.end()


@act
def add_factor(user: User, kind: Enum, set_up: Callable[[], T], *, by: User, at: datetime) -> T:
    """A person sets up a second factor, or makes new recovery codes, in the library's own way."""
    User.objects.locked().get(pk=user.pk)
    done = set_up()
    ledger.record(FACTOR_ADDED, subject=user, by=by, at=at, kind=kind)
    return done


@act
def end_factor(factor: Authenticator, take_away: Callable[[], T], *, by: User, at: datetime) -> T:
    """A person no longer uses a second factor; one always stays."""
    user = User.objects.locked().get(pk=factor.user_id)
    factors.refuse_to_end_the_last(factor)
    kind, done = factors.Type(factor.type), take_away()
    ledger.record(FACTOR_ENDED, subject=user, by=by, at=at, kind=kind)
    return done
