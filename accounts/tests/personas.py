"""The people every test knows, as fixtures named by what they are.

Each holds one role and nothing else, save the secretary in management, who shows that rights add
up and restrictions do not. The chair and the member are directors; a committee seats them.
"""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.enums import Role
from accounts.models import RoleTerm, User
from records.tests.browser import Browser

LONG_AGO = date(2015, 1, 1)

# The order in which tables of expectations name them.
PERSONAS = (
    "anonymous",
    "outsider",
    "chair",
    "member",
    "secretary",
    "secretary_in_management",
    "management",
    "internal_auditor",
    "external_auditor",
    "company_counsel",
    "independent_counsel",
    "administrator",
)


def make_person(name: str, *roles: Role, since: date = LONG_AGO, **fields: object) -> User:
    """An account with roles, and without a password: tests sign in by `client_of`."""
    email = f"{name.lower().replace(' ', '.')}@example.com"
    user = User.objects.create_user(**{"email": email, "name": name} | fields)
    RoleTerm.objects.bulk_create(RoleTerm(user=user, role=role, starts_on=since) for role in roles)
    return user


@pytest.fixture
def anonymous() -> AnonymousUser:
    return AnonymousUser()


@pytest.fixture
def outsider(db: None) -> User:
    """Signed in and without any role."""
    return make_person("Otto Outsider")


@pytest.fixture
def chair(db: None) -> User:
    return make_person("Clara Chair", Role.DIRECTOR)


@pytest.fixture
def member(db: None) -> User:
    return make_person("Max Member", Role.DIRECTOR)


@pytest.fixture
def secretary(db: None) -> User:
    return make_person("Sara Secretary", Role.SECRETARY)


@pytest.fixture
def secretary_in_management(db: None) -> User:
    """One person with two roles: the usual case in a small company."""
    return make_person("Simon Twohats", Role.SECRETARY, Role.MANAGEMENT)


@pytest.fixture
def management(db: None) -> User:
    return make_person("Mona Manager", Role.MANAGEMENT)


@pytest.fixture
def internal_auditor(db: None) -> User:
    return make_person("Ines Internal", Role.INTERNAL_AUDITOR)


@pytest.fixture
def external_auditor(db: None) -> User:
    return make_person("Emil External", Role.EXTERNAL_AUDITOR)


@pytest.fixture
def company_counsel(db: None) -> User:
    return make_person("Cora Counsel", Role.COMPANY_COUNSEL)


@pytest.fixture
def independent_counsel(db: None) -> User:
    return make_person("Iris Independent", Role.INDEPENDENT_COUNSEL)


@pytest.fixture
def administrator(db: None) -> User:
    return make_person("Adam Administrator", Role.ADMINISTRATOR)


@pytest.fixture
def client_of() -> Callable[..., Client]:
    """A browser in which this person has signed in; `client_of(anonymous)` is a stranger's."""

    def sign_in(user: User | AnonymousUser, **options: object) -> Client:
        client = Browser(**options)
        if user.is_authenticated:
            client.force_login(user)
        return client

    return sign_in
