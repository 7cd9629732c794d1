"""Who gets in where: signing in, people and roles."""

from accounts.tests.walk import (
    ADMINISTRATORS,
    EVERYBODY,
    NOBODY,
    SECRETARIES,
    SIGNED_IN,
    Cast,
    Door,
)

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


DOORS = {
    # Signing in.
    "account_login": Door(get=EVERYBODY, post=EVERYBODY, query=ONWARD),
    "account_logout": Door(get=EVERYBODY, post=EVERYBODY),
    "account_inactive": Door(get=EVERYBODY),
    "account_reauthenticate": Door(get=SIGNED_IN, post=SIGNED_IN),
    "account_change_password": Door(get=SIGNED_IN, post=SIGNED_IN),
    "account_set_password": Door(get=SIGNED_IN, post=SIGNED_IN),
    "account_reset_password": Door(get=EVERYBODY, post=EVERYBODY),
    "account_reset_password_done": Door(get=EVERYBODY),
    "account_reset_password_from_key": Door(get=EVERYBODY, post=EVERYBODY, kwargs=a_reset_link),
    "account_reset_password_from_key_done": Door(get=EVERYBODY),
    # The demonstration.
    "personas": Door(get=EVERYBODY),
    "view_as": Door(get=NOBODY, post=EVERYBODY, data=a_persona),
    # People.
    "people": Door(get=KEEPERS),
    "person": Door(get=KEEPERS, kwargs=a_person),
    "person_add": Door(get=KEEPERS, post=KEEPERS),
    "account_close": Door(get=KEEPERS, post=KEEPERS, kwargs=a_person),
    "account_open": Door(get=KEEPERS, post=KEEPERS, kwargs=a_person),
    "role_give": Door(get=KEEPERS, post=KEEPERS, kwargs=a_person),
    "role_end": Door(get=KEEPERS, post=KEEPERS, kwargs=a_term),
}
