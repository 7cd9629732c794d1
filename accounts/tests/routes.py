"""Who gets in where: signing in, people and roles."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession

from accounts.factors import Type
from accounts.models import FactorReset, User
from accounts.services import ask_for_factor_reset
from accounts.tests.personas import make_person
from accounts.tests.walk import (
    ADMINISTRATORS,
    EVERYBODY,
    NOBODY,
    SECRETARIES,
    SIGNED_IN,
    Cast,
    Route,
)
from records import clock

KEEPERS = SECRETARIES | ADMINISTRATORS
ONWARD = "next=/password/"


def a_person(cast: Cast) -> dict[str, object]:
    return {"pk": cast["outsider"].pk}


def a_term(cast: Cast) -> dict[str, object]:
    return {"pk": cast["member"].roleterm_set.get().pk}


def a_reset_link(cast: Cast) -> dict[str, object]:
    return {"uidb36": "1", "key": "set-password"}


def a_persona(cast: Cast) -> dict[str, object]:
    return {"person": cast["member"].email, "next": "/password/"}


# Whose passkey, app, codes and session the walk tries: nobody else finds them.
OWNER = frozenset({"member"})


def a_passkey(cast: Cast) -> dict[str, object]:
    factor, _new = Authenticator.objects.get_or_create(
        user=cast["member"], type=Type.WEBAUTHN, data={"name": "Laptop", "credential": {}}
    )
    return {"pk": factor.pk}


def an_app(cast: Cast) -> dict[str, object]:
    TOTP.activate(cast["member"], "JBSWY3DPEHPK3PXP")
    return {}


def some_recovery_codes(cast: Cast) -> dict[str, object]:
    RecoveryCodes.activate(cast["member"])
    return {}


def a_session(cast: Cast) -> dict[str, object]:
    session, _new = UserSession.objects.get_or_create(
        session_key="elsewhere", user=cast["member"], ip="127.0.0.1", user_agent="Firefox"
    )
    return {"pk": session.pk}


def a_secret(cast: Cast) -> dict[str, object]:
    return {"secret": "a-secret-that-opens-nothing"}


def somebody_who_waits(cast: Cast) -> dict[str, object]:
    person = User.objects.filter(awaits_confirmation=True).first() or make_person(
        "Wanda Waiting",
        is_active=False,
        awaits_confirmation=True,
        registered_by=cast["outsider"],
    )
    return {"pk": person.pk}


def a_request(cast: Cast) -> dict[str, object]:
    reset = FactorReset.objects.filter(user=cast["outsider"]).first()
    return {"pk": (reset or ask_for_factor_reset(cast["outsider"], at=clock.now())).pk}


ROUTES = {
    # Signing in.
    "account_login": Route(get=EVERYBODY, post=EVERYBODY, query=ONWARD),
    "account_logout": Route(get=EVERYBODY, post=EVERYBODY),
    "account_inactive": Route(get=EVERYBODY),
    "account_reauthenticate": Route(get=SIGNED_IN, post=SIGNED_IN),
    "account_change_password": Route(get=SIGNED_IN, post=SIGNED_IN),
    "account_set_password": Route(get=SIGNED_IN, post=SIGNED_IN),
    "account_reset_password": Route(get=EVERYBODY, post=EVERYBODY),
    "account_reset_password_done": Route(get=EVERYBODY),
    "account_reset_password_from_key": Route(get=EVERYBODY, post=EVERYBODY, kwargs=a_reset_link),
    "account_reset_password_from_key_done": Route(get=EVERYBODY),
    "mfa_login_webauthn": Route(get=EVERYBODY, post=EVERYBODY, query=ONWARD),
    "mfa_authenticate": Route(get=EVERYBODY, post=EVERYBODY),
    "mfa_reauthenticate_webauthn": Route(get=SIGNED_IN, post=SIGNED_IN),
    "factor_lost": Route(get=EVERYBODY, post=EVERYBODY),
    "invitation": Route(get=EVERYBODY, post=EVERYBODY),
    "invitation_link": Route(get=EVERYBODY, kwargs=a_secret),
    # One's own second factors and sessions.
    "mfa_index": Route(get=SIGNED_IN),
    "mfa_add_webauthn": Route(get=SIGNED_IN, post=SIGNED_IN),
    "mfa_edit_webauthn": Route(get=OWNER, post=OWNER, kwargs=a_passkey),
    "mfa_remove_webauthn": Route(get=OWNER, post=OWNER, kwargs=a_passkey),
    "mfa_activate_totp": Route(get=SIGNED_IN, post=SIGNED_IN),
    "mfa_deactivate_totp": Route(get=OWNER, post=OWNER, kwargs=an_app),
    "mfa_view_recovery_codes": Route(get=OWNER, kwargs=some_recovery_codes),
    "mfa_generate_recovery_codes": Route(get=SIGNED_IN, post=SIGNED_IN),
    "usersessions_list": Route(get=SIGNED_IN, post=SIGNED_IN),
    "session_end": Route(post=OWNER, kwargs=a_session),
    # The demonstration.
    "personas": Route(get=EVERYBODY),
    "view_as": Route(get=NOBODY, post=EVERYBODY, data=a_persona),
    # People.
    "people": Route(get=KEEPERS),
    "person": Route(get=KEEPERS, kwargs=a_person),
    "person_add": Route(get=KEEPERS, post=KEEPERS),
    "person_invite": Route(get=KEEPERS, post=KEEPERS, kwargs=a_person),
    "account_confirm": Route(get=KEEPERS, post=KEEPERS, kwargs=somebody_who_waits),
    "factor_reset": Route(get=KEEPERS, post=KEEPERS, kwargs=a_request),
    "factor_reset_decline": Route(get=KEEPERS, post=KEEPERS, kwargs=a_request),
    "account_close": Route(get=KEEPERS, post=KEEPERS, kwargs=a_person),
    "account_open": Route(get=KEEPERS, post=KEEPERS, kwargs=a_person),
    "role_give": Route(get=KEEPERS, post=KEEPERS, kwargs=a_person),
    "role_end": Route(get=KEEPERS, post=KEEPERS, kwargs=a_term),
}
