"""Items closed to a role or a person: no other role opens them (law 9)."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st

from accounts.closure import is_closed_to, kinds_closed_to, open_to
from accounts.enums import Role
from accounts.models import RoleTerm, User
from accounts.tests.personas import make_person

DAY = date(2026, 3, 2)
MANAGEMENT = frozenset({Role.MANAGEMENT})
some_roles = st.frozensets(st.sampled_from(Role))


@dataclass(frozen=True)
class Holder:
    """A person whose roles are given, so that the properties need no database."""

    held: frozenset[Role]
    pk: int = 1
    is_authenticated: bool = True

    def roles(self, on: date) -> frozenset[Role]:
        return self.held


@given(held=some_roles, closed=some_roles)
def test_one_closed_role_is_enough_whatever_else_is_held(
    held: frozenset[Role], closed: frozenset[Role]
) -> None:
    assert is_closed_to(Holder(held), closed, on=DAY) == bool(held & closed)


@given(held=some_roles, more=some_roles, closed=some_roles)
def test_another_role_never_opens_what_is_closed(
    held: frozenset[Role], more: frozenset[Role], closed: frozenset[Role]
) -> None:
    if is_closed_to(Holder(held), closed, on=DAY):
        assert is_closed_to(Holder(held | more), closed, on=DAY)


@given(held=some_roles, closed=some_roles)
def test_the_named_person_is_barred_by_name_alone(
    held: frozenset[Role], closed: frozenset[Role]
) -> None:
    person, other = Holder(held, pk=7), Holder(held, pk=8)
    assert is_closed_to(person, closed, [7], on=DAY)
    assert is_closed_to(person, (), [person], on=DAY)
    assert is_closed_to(other, closed, [7], on=DAY) == is_closed_to(other, closed, on=DAY)


@given(held=some_roles)
def test_nothing_closed_is_open_to_who_is_signed_in_and_to_nobody_else(
    held: frozenset[Role],
) -> None:
    assert not is_closed_to(Holder(held), (), on=DAY)
    assert is_closed_to(AnonymousUser(), (), on=DAY)


def test_report_for_independent_directors_is_closed_to_a_secretary_in_management(
    secretary: User, secretary_in_management: User
) -> None:
    closures = {"full_board": frozenset[Role](), "independent": MANAGEMENT}
    assert kinds_closed_to(secretary_in_management, closures, on=DAY) == ["independent"]
    assert kinds_closed_to(secretary, closures, on=DAY) == []


def test_closure_follows_the_days_on_which_the_role_is_held(secretary: User) -> None:
    RoleTerm.objects.create(user=secretary, role=Role.MANAGEMENT, starts_on=DAY)
    assert not is_closed_to(secretary, MANAGEMENT, on=DAY - timedelta(days=1))
    assert is_closed_to(secretary, MANAGEMENT, on=DAY)


@pytest.mark.django_db
def test_open_to_keeps_rows_without_a_closed_role_person_or_kind(
    secretary: User, secretary_in_management: User, management: User
) -> None:
    """Role terms stand in for closures: rows with a role, a person and a kind."""
    make_person("Nora Nobody", Role.DIRECTOR)
    rows = RoleTerm.objects.all()

    def seen(user: User, **lookups: object) -> set[str]:
        return {row.role for row in rows.filter(open_to(user, on=DAY, **lookups))}

    assert seen(management, role="role") == {Role.DIRECTOR, Role.SECRETARY}
    assert seen(secretary_in_management, role="role") == {Role.DIRECTOR}
    assert seen(management, person="user") == {Role.DIRECTOR, Role.SECRETARY, Role.MANAGEMENT}
    assert rows.filter(open_to(management, on=DAY, person="user")).count() == rows.count() - 1
    closures = {"director": MANAGEMENT, "secretary": frozenset({Role.SECRETARY})}
    assert seen(management, kind="role", closures=closures) == {Role.SECRETARY, Role.MANAGEMENT}
    assert not rows.filter(open_to(AnonymousUser(), on=DAY)).exists()


@pytest.mark.django_db
def test_open_to_looks_at_every_closure_beside_a_row(secretary_in_management: User) -> None:
    """A person with two role rows is out if either of them is closed."""
    director = make_person("Dora Director", Role.DIRECTOR)
    open_people = User.objects.filter(
        open_to(secretary_in_management, on=DAY, role="roleterm__role")
    )
    assert list(open_people) == [director]


def test_role_held_when_the_item_was_issued_bars_as_one_held_today(
    secretary_in_management: User,
) -> None:
    me = secretary_in_management
    me.roleterm_set.filter(role=Role.MANAGEMENT).update(ends_on=DAY)
    me.forget_roles()
    before = DAY - timedelta(days=1)
    assert not is_closed_to(me, MANAGEMENT, on=DAY)
    assert is_closed_to(me, MANAGEMENT, on=DAY, issued_on=before)
    assert is_closed_to(me, MANAGEMENT, on=before, issued_on=DAY)
    assert not is_closed_to(me, MANAGEMENT, on=DAY, issued_on=DAY)
    assert not is_closed_to(me, (), on=before, issued_on=before)
