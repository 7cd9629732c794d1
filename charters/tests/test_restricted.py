"""The condition that finds the rows open to a person says the same as each row's restriction."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.db.models import Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.enums import Role
from accounts.models import RoleTerm, User
from charters.enums import CommitteeKind
from charters.models import Committee, Event
from charters.tests.charters import AT

pytestmark = pytest.mark.django_db

FIRST = date(2026, 3, 2)
# Few days and few roles, so that terms and restrictions meet, touch and miss each other.
days = st.integers(0, 6).map(lambda number: FIRST + timedelta(days=number))
roles = st.sampled_from([Role.MANAGEMENT, Role.SECRETARY, Role.DIRECTOR])


@dataclass(frozen=True)
class Held:
    role: Role
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Item:
    roles: frozenset[Role]
    names_the_person: bool
    since: date


held = st.builds(Held, roles, days, st.none() | days).filter(
    lambda term: term.ends_on is None or term.starts_on <= term.ends_on
)
items = st.builds(Item, st.frozensets(roles), st.booleans(), days)


def terms_of(user: User, held: list[Held]) -> None:
    """Any terms at all, also such as no service would give."""
    user.role_terms = [
        RoleTerm(user=user, role=one.role, starts_on=one.starts_on, ends_on=one.ends_on)
        for one in held
    ]


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("pat@example.com", "Pat")


@pytest.mark.parametrize("grows", [True, False])
@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(held=st.lists(held, max_size=4), items=st.lists(items, min_size=1, max_size=8), on=days)
def test_rows_found_are_those_whose_restriction_does_not_bar(
    user: User, grows: bool, held: list[Held], items: list[Item], on: date
) -> None:
    terms_of(user, held)
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(Event, "restriction_grows", grows)
        rows = stored(items, user)
        found = set(Event.objects.open_to(user, on=on))
        assert found == {row for row in rows if not row.restriction.bars(user, on=on)}
        assert not Event.objects.open_to(AnonymousUser(), on=on).exists()
        transaction.set_rollback(True)


def stored(items: list[Item], user: User) -> list[Event]:
    committee, _made = Committee.objects.get_or_create(name="Audit", kind=CommitteeKind.AUDIT)
    return [
        Event.objects.create(
            committee=committee,
            template="blank",
            restricted_roles=item.roles,
            restricted_people=frozenset({user.pk} if item.names_the_person else {user.pk * 10 + 1}),
            restricted_since=item.since,
            entered_at=AT,
        )
        for item in items
    ]


def test_database_refuses_a_role_nobody_knows(user: User) -> None:
    event, *_rest = stored([Item(frozenset(), False, FIRST)], user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(restricted_roles=Value(",nobody,"))


def test_list_takes_one_query_for_any_number_of_rows(user: User, django_assert_num_queries) -> None:
    terms_of(user, [Held(Role.MANAGEMENT, FIRST, None)])
    stored(
        [Item(frozenset({Role.MANAGEMENT}), False, FIRST), *[Item(frozenset(), False, FIRST)] * 9],
        user,
    )
    with django_assert_num_queries(1):
        rows = list(Event.objects.open_to(user, on=FIRST))
        assert not any(row.restriction.bars(user, on=FIRST) for row in rows)
    assert len(rows) == 9
