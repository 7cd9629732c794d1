"""Every change to people and their roles leaves its line, and what is void is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts import services
from accounts.enums import Role
from accounts.models import RoleTerm, User
from accounts.restriction import Restriction
from records.enums import SystemActor
from records.models import LedgerEntry

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def actions() -> list[str]:
    return list(LedgerEntry.objects.values_list("action", flat=True))


def test_register_makes_an_account_that_has_no_password_and_no_role(secretary: User) -> None:
    person = services.register_person(" Ruth@Example.COM ", "Ruth Feld", by=secretary, at=NOW)
    assert (person.email, person.name) == ("ruth@example.com", "Ruth Feld")
    assert not person.has_usable_password()
    assert person.roles(TODAY) == frozenset()
    assert actions() == ["person.registered", "person.invited"]


def test_ledger_names_people_by_key_and_never_by_name(secretary: User) -> None:
    person = services.register_person("ruth@example.com", "Ruth Feld", by=secretary, at=NOW)
    services.give_role(person, Role.DIRECTOR, TODAY, by=secretary, at=NOW)
    for entry in LedgerEntry.objects.all():
        written = f"{entry.subject} {entry.facts} {entry.actor}".lower()
        assert "ruth" not in written
        assert f"accounts.User:{person.pk}" in written or f"accounts.user:{person.pk}" in written


@pytest.mark.parametrize("email", ["sara.secretary@example.com", "Sara.Secretary@EXAMPLE.com"])
def test_register_refuses_a_second_account_for_an_address(secretary: User, email: str) -> None:
    with pytest.raises(ValidationError, match="an account with this address"):
        services.register_person(email, "Sara Again", by=secretary, at=NOW)
    assert actions() == []


@pytest.mark.parametrize("email", ["", "no address", "a@b\nBcc: c@d.example", "a@b@c.example"])
def test_register_refuses_what_is_no_address(secretary: User, email: str) -> None:
    with pytest.raises(ValidationError):
        services.register_person(email, "Ruth Feld", by=secretary, at=NOW)


def test_give_role_opens_from_its_first_day(secretary: User, outsider: User) -> None:
    outsider.roles(TODAY)
    services.give_role(outsider, Role.DIRECTOR, TODAY, by=secretary, at=NOW)
    assert outsider.roles(TODAY) == {Role.DIRECTOR}
    assert outsider.roles(TODAY - timedelta(days=1)) == frozenset()
    assert actions() == ["role.given"]


def test_give_role_twice_is_refused_with_the_way_out(secretary: User, member: User) -> None:
    with pytest.raises(ValidationError, match="End it first"):
        services.give_role(member, Role.DIRECTOR, TODAY, by=secretary, at=NOW)
    assert actions() == []


def test_nobody_gives_a_role_to_themselves(administrator: User) -> None:
    with pytest.raises(ValidationError, match="give yourself"):
        services.give_role(administrator, Role.SECRETARY, TODAY, by=administrator, at=NOW)
    assert administrator.roles(TODAY) == {Role.ADMINISTRATOR}


def test_end_role_keeps_the_term_on_record(secretary: User, member: User) -> None:
    term = services.end_role(member.roleterm_set.get(), TODAY, by=secretary, at=NOW)
    assert term.ends_on == TODAY
    member.forget_roles()
    assert member.roles(TODAY) == frozenset()
    assert member.roles(TODAY - timedelta(days=1)) == {Role.DIRECTOR}
    assert actions() == ["role.ended"]


def test_role_taken_back_on_its_first_day_was_never_held(secretary: User, outsider: User) -> None:
    term = services.give_role(outsider, Role.MANAGEMENT, TODAY, by=secretary, at=NOW)
    services.end_role(term, TODAY, by=secretary, at=NOW)
    outsider.forget_roles()
    assert outsider.roles(TODAY) == frozenset()
    services.give_role(outsider, Role.MANAGEMENT, TODAY, by=secretary, at=NOW)


@pytest.mark.parametrize("role", Role)
def test_role_given_in_the_past_is_for_the_operator(
    secretary: User, outsider: User, role: Role
) -> None:
    """It would close permanently what was issued meanwhile and is restricted from the role."""
    before = TODAY - timedelta(days=1)
    with pytest.raises(ValidationError, match="Enter today or a later date"):
        services.give_role(outsider, role, before, by=secretary, at=NOW)
    with pytest.raises(ValidationError, match="Enter today or a later date"):
        services.admit("ruth@example.com", "Ruth", [role], before, by=secretary, at=NOW)
    assert actions() == []

    services.give_role(outsider, role, before, by=SystemActor.OPERATOR, at=NOW)
    assert actions() == ["role.given"]


@pytest.mark.parametrize("days_ahead", [0, 30])
def test_role_given_by_mistake_is_taken_back_from_its_first_day(
    secretary: User, outsider: User, days_ahead: int
) -> None:
    starts_on = TODAY + timedelta(days=days_ahead)
    restriction = Restriction(frozenset({Role.MANAGEMENT}), since=TODAY)
    term = services.give_role(outsider, Role.MANAGEMENT, starts_on, by=secretary, at=NOW)
    services.end_role(term, starts_on, by=secretary, at=NOW)
    outsider.forget_roles()

    assert not restriction.bars(outsider, on=TODAY)
    assert not restriction.bars(outsider, on=starts_on + timedelta(days=400))


def test_end_role_twice_is_refused(secretary: User, member: User) -> None:
    term = services.end_role(member.roleterm_set.get(), TODAY, by=secretary, at=NOW)
    with pytest.raises(ValidationError, match="The role already ended by that date"):
        services.end_role(term, TODAY + timedelta(days=9), by=secretary, at=NOW)


def test_admit_is_all_or_nothing(secretary: User) -> None:
    with pytest.raises(ValidationError):
        services.admit(
            secretary.email, "Again", [Role.DIRECTOR], TODAY, by=SystemActor.OPERATOR, at=NOW
        )
    person = services.admit(
        "ruth@example.com",
        "Ruth Feld",
        [Role.DIRECTOR, Role.DIRECTOR, Role.ADMINISTRATOR],
        TODAY,
        by=SystemActor.OPERATOR,
        at=NOW,
    )
    assert person.roles(TODAY) == {Role.DIRECTOR, Role.ADMINISTRATOR}
    assert actions() == ["person.registered", "role.given", "role.given"]
    assert set(LedgerEntry.objects.values_list("actor", flat=True)) == {"operator"}


def test_database_is_the_last_guard(member: User) -> None:
    with pytest.raises(IntegrityError):
        RoleTerm.objects.create(user=member, role=Role.DIRECTOR, starts_on=TODAY)


def test_database_refuses_a_role_that_does_not_exist(member: User) -> None:
    with pytest.raises(IntegrityError):
        RoleTerm.objects.create(user=member, role="emperor", starts_on=TODAY)


def test_database_refuses_an_address_in_capitals() -> None:
    with pytest.raises(IntegrityError):
        User.objects.bulk_create([User(email="Ruth@example.com", name="Ruth")])


def test_people_with_roles_cannot_be_deleted(member: User) -> None:
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        member.delete()


def test_closed_account_keeps_its_roles_and_opens_again(secretary: User, member: User) -> None:
    services.close_account(member, by=secretary, at=NOW)
    member.refresh_from_db()
    assert not member.is_active
    assert member.roles(TODAY) == {Role.DIRECTOR}
    assert not member.has_perm("records.view_company")
    services.open_account(member, by=secretary, at=NOW)
    assert User.objects.get(pk=member.pk).has_perm("records.view_company")
    assert actions() == ["account.closed", "account.opened"]


def test_nobody_closes_their_own_account(secretary: User) -> None:
    with pytest.raises(ValidationError, match="You cannot close your own account"):
        services.close_account(secretary, by=secretary, at=NOW)


def test_account_closes_and_opens_once(secretary: User, member: User) -> None:
    with pytest.raises(ValidationError, match="already open"):
        services.open_account(member, by=secretary, at=NOW)
    services.close_account(member, by=secretary, at=NOW)
    with pytest.raises(ValidationError, match="The account is already closed"):
        services.close_account(member, by=secretary, at=NOW)


def test_nobody_ends_a_role_of_their_own(secretary_in_management: User) -> None:
    me = secretary_in_management
    term = me.roleterm_set.get(role=Role.MANAGEMENT)
    for day in (TODAY, TODAY - timedelta(days=400), TODAY + timedelta(days=400)):
        with pytest.raises(ValidationError, match="You cannot end your own role"):
            services.end_role(term, day, by=me, at=NOW)
    assert me.roles(TODAY) == {Role.SECRETARY, Role.MANAGEMENT}
    assert actions() == []


def test_no_role_ends_before_today_but_by_the_operator(secretary: User, management: User) -> None:
    term, yesterday = management.roleterm_set.get(), TODAY - timedelta(days=1)
    with pytest.raises(ValidationError, match="command end_role"):
        services.end_role(term, yesterday, by=secretary, at=NOW)
    services.end_role(term, yesterday, by=SystemActor.OPERATOR, at=NOW)
    assert RoleTerm.objects.get(pk=term.pk).ends_on == yesterday


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_administrator_gives_no_role_that_opens_papers(
    administrator: User, outsider: User, role: Role
) -> None:
    with pytest.raises(ValidationError, match="This role gives access to committee documents"):
        services.give_role(outsider, role, TODAY, by=administrator, at=NOW)
    assert not outsider.roleterm_set.exists()


def test_administrator_gives_the_role_of_another(administrator: User, outsider: User) -> None:
    services.give_role(outsider, Role.ADMINISTRATOR, TODAY, by=administrator, at=NOW)
    assert outsider.roles(TODAY) == {Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("giver", ["secretary", "operator"])
def test_secretary_and_operator_give_every_role(
    secretary: User, outsider: User, role: Role, giver: str
) -> None:
    by = secretary if giver == "secretary" else SystemActor.OPERATOR
    services.give_role(outsider, role, TODAY, by=by, at=NOW)
    assert outsider.roles(TODAY) == {role}
