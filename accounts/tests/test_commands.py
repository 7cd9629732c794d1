"""The command that makes the first person of an installation."""

from datetime import UTC, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from accounts.enums import Role
from accounts.models import User
from records import clock
from records.enums import SystemActor
from records.models import LedgerEntry
from records.services.company import set_up

pytestmark = pytest.mark.django_db


def create(*arguments: str, stdin: str = "", monkeypatch: pytest.MonkeyPatch | None = None) -> str:
    out = StringIO()
    if monkeypatch:
        monkeypatch.setattr("sys.stdin", StringIO(stdin))
    call_command("create_person", *arguments, stdout=out)
    return out.getvalue()


def test_first_person_enters_an_installation_without_accounts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = create(
        "ruth@example.com",
        "--name=Ruth Feld",
        "--role=secretary",
        "--role=management",
        "--password-stdin",
        stdin="quiet river of stones\n",
        monkeypatch=monkeypatch,
    )
    person = User.objects.get()
    assert person.check_password("quiet river of stones")
    assert person.roles(clock.today()) == {Role.SECRETARY, Role.MANAGEMENT}
    assert said.strip() == (
        "Ruth Feld can sign in as ruth@example.com: Corporate secretary, Management."
    )
    assert LedgerEntry.objects.first().actor == "operator"


@time_machine.travel(datetime(2026, 8, 5, 2, tzinfo=UTC), tick=False)
def test_first_person_holds_the_role_in_the_evening_on_which_the_company_is_set_up() -> None:
    create("ruth@example.com", "--name=Ruth Feld", "--role=secretary", "--no-password")
    set_up(name="Larch Instruments, Inc.", by=SystemActor.OPERATOR, at=clock.now())
    assert User.objects.get().roles_today == {Role.SECRETARY}


def test_weak_password_is_refused_and_nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="too short"):
        create(
            "ruth@example.com",
            "--name=Ruth",
            "--password-stdin",
            stdin="short\n",
            monkeypatch=monkeypatch,
        )
    assert not User.objects.exists()


def test_without_terminal_the_command_says_what_to_give(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="--password-stdin or --no-password"):
        create("ruth@example.com", "--name=Ruth", monkeypatch=monkeypatch)


def test_by_names_who_acts(secretary: User) -> None:
    create("ruth@example.com", "--name=Ruth", "--no-password", f"--by={secretary.email}")
    actors = set(LedgerEntry.objects.values_list("actor", flat=True))
    assert actors == {f"user:{secretary.pk} roles=secretary"}


def test_by_somebody_unknown_is_refused() -> None:
    with pytest.raises(CommandError, match="No open account"):
        create("ruth@example.com", "--name=Ruth", "--no-password", "--by=who@example.com")


def test_second_account_for_an_address_is_refused(secretary: User) -> None:
    with pytest.raises(CommandError, match="an account with this address"):
        create(secretary.email, "--name=Again", "--no-password")


def test_there_is_no_superuser_to_create() -> None:
    with pytest.raises(CommandError, match="create_person"):
        call_command("createsuperuser")


def end(*arguments: str) -> str:
    out = StringIO()
    call_command("end_role", *arguments, stdout=out)
    return out.getvalue()


def test_operator_ends_a_role_in_the_past(management: User) -> None:
    said = end(management.email, "management", "--on=2026-01-31")
    assert said.strip() == "Mona Manager: Management is not held from January 31, 2026 on."
    assert management.roleterm_set.get().ends_on.isoformat() == "2026-01-31"
    assert LedgerEntry.objects.get().actor == "operator"


def test_who_acts_by_name_ends_no_role_in_the_past(management: User, secretary: User) -> None:
    with pytest.raises(CommandError, match="Enter today or a later date"):
        end(management.email, "management", "--on=2020-01-31", f"--by={secretary.email}")
    with pytest.raises(CommandError, match="your own role"):
        end(secretary.email, "secretary", f"--by={secretary.email}")


def test_role_that_was_never_held_cannot_end(management: User) -> None:
    with pytest.raises(CommandError, match="never held the role director"):
        end(management.email, "director")


def give(*arguments: str) -> str:
    out = StringIO()
    call_command("give_role", *arguments, stdout=out)
    return out.getvalue()


def test_operator_gives_a_role_in_the_past(outsider: User) -> None:
    said = give(outsider.email, "management", "--from=2026-01-31")
    assert said.strip() == f"{outsider}: Management is held from January 31, 2026 on."
    assert outsider.roleterm_set.get().starts_on.isoformat() == "2026-01-31"


def test_who_acts_by_name_gives_no_role_in_the_past(outsider: User, secretary: User) -> None:
    with pytest.raises(CommandError, match="Enter today or a later date"):
        give(outsider.email, "management", "--from=2020-01-31", f"--by={secretary.email}")
    with pytest.raises(CommandError, match="Nobody signs in as"):
        give("nobody@example.com", "management")
