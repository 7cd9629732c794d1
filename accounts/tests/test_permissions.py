"""The access table: what it grants, what it refuses to grant, and that its print is true."""

from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from accounts import permissions
from accounts.backends import RoleBackend
from accounts.enums import Role
from accounts.models import RoleTerm, User
from accounts.permissions import PERMISSIONS, Permission
from accounts.tests.personas import make_person

pytestmark = pytest.mark.django_db


def test_permission_comes_from_the_role(secretary: User, member: User) -> None:
    assert secretary.has_perm("records.change_company")
    assert not member.has_perm("records.change_company")


def test_rights_of_several_roles_add_up() -> None:
    with PERMISSIONS.temporarily(
        Permission("records.a", frozenset({Role.SECRETARY})),
        Permission("records.b", frozenset({Role.MANAGEMENT})),
    ):
        both = make_person("Bea Both", Role.SECRETARY, Role.MANAGEMENT)
        assert both.has_perms(["records.a", "records.b"])
        single = make_person("Sol Single", Role.SECRETARY)
        assert not single.has_perms(["records.a", "records.b"])


def test_unknown_permission_is_denied_to_everybody() -> None:
    everything = make_person("Eve Everything", *Role)
    assert not everything.has_perm("records.no_such_thing")
    assert not everything.has_perm("")


def test_inactive_person_may_nothing(secretary: User) -> None:
    secretary.is_active = False
    assert not secretary.has_perm("records.change_company")
    assert not secretary.has_module_perms("records")


def test_permission_on_one_object_is_not_answered_by_the_table(secretary: User) -> None:
    assert not secretary.has_perm("records.change_company", secretary)


def test_there_is_no_superuser_and_no_permission_of_ones_own() -> None:
    names = {field.name for field in User._meta.get_fields()}
    assert not names & {"is_superuser", "is_staff", "groups", "user_permissions"}
    assert RoleBackend().get_user_permissions(make_person("Ann Any", *Role)) == set()


def test_administrator_has_accounts_and_settings_and_nothing_of_the_committee() -> None:
    apps = {permission.partition(".")[0] for permission in permissions.of([Role.ADMINISTRATOR])}
    assert apps == {"accounts", "records"}
    assert not permissions.is_granted("records.change_company", [Role.ADMINISTRATOR])


@pytest.mark.parametrize("app", ["committees", "meetings", "auditors", "whistleblower"])
def test_permission_that_gives_the_administrator_a_paper_stops_the_start(app: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="administrator"):
        Permission(f"{app}.view_paper", frozenset({Role.ADMINISTRATOR}))


def test_a_permission_is_granted_once() -> None:
    with pytest.raises(ValueError, match="registered already"):
        PERMISSIONS.add(Permission("records.view_company", frozenset({Role.DIRECTOR})))


def test_refusal_names_the_roles_that_may() -> None:
    assert permissions.reason_for_refusal("accounts.change_user") == (
        "Roles with access: Corporate secretary, Administrator."
    )
    assert permissions.reason_for_refusal("a.b") == "No role has access."


def printed(*options: str) -> str:
    out = StringIO()
    call_command("permissions", *options, stdout=out)
    return out.getvalue()


def test_command_prints_who_may() -> None:
    line = next(one for one in printed().splitlines() if one.startswith("accounts.change_user"))
    assert line.split(maxsplit=1)[1] == "Corporate secretary, Administrator"


def test_access_document_holds_the_table_as_it_is() -> None:
    document = (Path(settings.BASE_DIR) / "docs" / "access.md").read_text()
    assert printed("--markdown").strip() in document, (
        "docs/access.md is out of date: put the output of `manage.py permissions --markdown` there."
    )


def test_who_is_able_to_is_asked_of_a_day(
    secretary: User, administrator: User, member: User
) -> None:
    day = date(2026, 8, 5)
    gone = make_person("Gone Before", Role.SECRETARY)
    RoleTerm.objects.filter(user=gone).update(ends_on=day)
    closed = make_person("Closed Account", Role.SECRETARY, is_active=False)

    def able(permission: str, on: date) -> set[User]:
        return set(User.objects.able_to(permission, on))

    assert able("records.mend_ledger", day) == {secretary, administrator}
    assert able("records.mend_ledger", day - timedelta(days=1)) == {secretary, administrator, gone}
    assert able("records.unheard_of", day) == set()
    assert closed not in able("records.mend_ledger", day)
