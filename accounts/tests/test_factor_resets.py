"""A lost second factor: a second person checks, then everything of it ends."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client

from accounts import factors, services
from accounts.enums import Checked, Outcome, Role
from accounts.models import FactorReset, User
from accounts.tests.coming_in import NOW, both_shown, mail, with_codes
from accounts.tests.personas import make_person
from records.clock import now
from records.models import LedgerEntry, Notice

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]


@pytest.fixture
def reset(member: User, secretary: User, administrator: User) -> FactorReset:
    with_codes(member)
    return services.ask_for_factor_reset(member, at=NOW)


@time_machine.travel(NOW, tick=False)
def test_keepers_are_told_and_asking_again_adds_nothing(
    reset: FactorReset, member: User, secretary: User, administrator: User
) -> None:
    assert services.ask_for_factor_reset(member, at=NOW) == reset
    told = {(notice.kind, notice.recipient) for notice in Notice.objects.all()}
    assert told == {
        ("accounts.factor_reset_asked", secretary),
        ("accounts.own_factor_reset", member),
    }
    assert (
        "If it was not you, tell the corporate secretary" in mail("accounts.own_factor_reset").text
    )
    assert mail("accounts.factor_reset_asked").url == f"/people/resets/{reset.pk}/"
    assert list(LedgerEntry.objects.values_list("action", flat=True)) == ["factor_reset.asked"]


def test_approval_ends_factors_and_sessions_and_tells_the_person(
    reset: FactorReset, member: User, secretary: User
) -> None:
    client = both_shown(member)
    # The second step was not shown: signed in before the codes were set up.
    client.force_login(member)
    assert client.get("/my/sign-in/").status_code == 200
    services.approve_factor_reset(reset, Checked.BY_CALL, by=secretary, at=NOW)
    assert not factors.of(member).exists()
    assert client.get("/my/sign-in/").url.startswith("/sign-in/")
    told = Notice.objects.get(kind="accounts.factors_removed")
    assert told.recipient == member
    assert "tell the corporate secretary at once" in mail("accounts.factors_removed").text
    assert mail("accounts.factor_reset_asked") is mail("accounts.own_factor_reset") is None
    entry = LedgerEntry.objects.get(action="factor_reset.approved")
    assert entry.facts == {"request": reset.pk, "checked": "by_call"}
    assert entry.subject == f"accounts.User:{member.pk}"


def test_declined_nothing_ends(reset: FactorReset, member: User, administrator: User) -> None:
    services.decline_factor_reset(reset, by=administrator, at=NOW)
    assert factors.has_any(member)
    reset.refresh_from_db()
    assert (reset.outcome, reset.checked) == (Outcome.DECLINED, "")
    with pytest.raises(ValidationError, match="This request was already decided"):
        services.approve_factor_reset(reset, Checked.BY_CALL, by=administrator, at=NOW)


def test_nobody_decides_for_themselves(administrator: User) -> None:
    with_codes(administrator)
    mine = services.ask_for_factor_reset(administrator, at=NOW)
    with pytest.raises(ValidationError, match="your own request"):
        services.approve_factor_reset(mine, Checked.IN_PERSON, by=administrator, at=NOW)
    with pytest.raises(ValidationError, match="your own request"):
        services.decline_factor_reset(mine, by=administrator, at=NOW)
    assert factors.has_any(administrator)


# Whoever can set up the factors of an account has its roles


def test_administrator_lets_nobody_in_again_who_has_papers(
    reset: FactorReset, client_of: ClientOf, member: User, administrator: User
) -> None:
    with pytest.raises(
        ValidationError, match="This person's role gives access to committee documents"
    ):
        services.approve_factor_reset(reset, Checked.BY_CALL, by=administrator, at=NOW)
    assert factors.has_any(member)
    with time_machine.travel(NOW, tick=False):
        page = client_of(administrator).get(f"/people/resets/{reset.pk}/")
    assert page.status_code == 403
    assert "approve_factor_reset" in page.content.decode()


def test_administrator_lets_another_administrator_in_again(
    administrator: User, outsider: User
) -> None:
    other = make_person("Anna Admin", Role.ADMINISTRATOR)
    reset = services.ask_for_factor_reset(other, at=NOW)
    services.approve_factor_reset(reset, Checked.BY_CALL, by=administrator, at=NOW)
    assert services.may_let_in_again(outsider, by=administrator, on=NOW.date())


def test_role_that_begins_later_counts(
    secretary: User, administrator: User, outsider: User
) -> None:
    later = NOW.date() + timedelta(days=90)
    services.give_role(outsider, Role.DIRECTOR, later, by=secretary, at=NOW)
    assert not services.may_let_in_again(outsider, by=administrator, on=NOW.date())
    assert services.may_let_in_again(outsider, by=administrator, on=later) is False


def test_where_nobody_may_decide_the_keepers_are_told(secretary: User, administrator: User) -> None:
    services.ask_for_factor_reset(secretary, at=NOW)
    told = {n.recipient for n in Notice.objects.filter(kind="accounts.factor_reset_asked")}
    assert told == {administrator}


def test_operator_lets_in_again_whom_nobody_may(secretary: User) -> None:
    with_codes(secretary)
    command = ["approve_factor_reset", secretary.email, "--checked", "in_person"]
    with pytest.raises(CommandError, match="has no open request"):
        call_command(*command)
    services.ask_for_factor_reset(secretary, at=now())
    call_command(*command)
    assert not factors.has_any(secretary)
    decided = FactorReset.objects.get()
    assert (decided.outcome, decided.decided_by) == (Outcome.APPROVED, None)
    assert LedgerEntry.objects.get(action="factor_reset.approved").actor == "operator"


def test_request_lapses_after_seven_days_and_begins_again(
    reset: FactorReset, client_of: ClientOf, member: User, secretary: User
) -> None:
    later = NOW + timedelta(days=7)
    with pytest.raises(ValidationError, match="older than seven days"):
        services.approve_factor_reset(reset, Checked.BY_CALL, by=secretary, at=later)
    with time_machine.travel(later, tick=False):
        assert client_of(secretary).get(f"/people/resets/{reset.pk}/").status_code == 404
        assert mail("accounts.factor_reset_asked") is mail("accounts.own_factor_reset") is None
    again = services.ask_for_factor_reset(member, at=later)
    assert Notice.objects.filter(kind="accounts.own_factor_reset").count() == 2
    services.approve_factor_reset(again, Checked.BY_CALL, by=secretary, at=later)


@pytest.mark.parametrize(
    ("by", "outcome", "checked"),
    [
        ("member", Outcome.DECLINED, ""),
        ("secretary", Outcome.APPROVED, ""),
        ("secretary", Outcome.DECLINED, Checked.BY_CALL),
        ("secretary", "", ""),
        (None, Outcome.DECLINED, ""),
    ],
)
def test_database_is_the_last_guard(
    reset: FactorReset,
    member: User,
    secretary: User,
    by: str | None,
    outcome: str,
    checked: str,
) -> None:
    decider = {"member": member, "secretary": secretary, None: None}[by]
    with pytest.raises(IntegrityError):
        FactorReset.objects.filter(pk=reset.pk).update(
            decided_at=NOW, decided_by=decider, outcome=outcome, checked=checked
        )


# What is kept of a secret


def test_secrets_are_encrypted_at_rest(member: User) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    from accounts.tests.coming_in import SEED

    stored = with_codes(member)
    assert SEED not in str(stored.data)
    assert factors.MFAAdapter().decrypt(stored.data["secret"]) == SEED
    codes = RecoveryCodes.activate(member)
    assert len(codes.get_unused_codes()) == 10
    assert factors.MFAAdapter().decrypt(codes.instance.data["seed"]) not in str(codes.instance.data)


@pytest.mark.parametrize("stored", ["", "plain", "AAAA", None])
def test_failed_decryption_is_loud(member: User, stored: str | None, settings: object) -> None:
    sealed = with_codes(member).data["secret"] if stored is None else stored
    settings.MFA_KEY = "another key, of the portal next door"
    with pytest.raises(
        factors.UnreadableSecretError,
        match="A two-step verification secret cannot be decrypted with MFA_KEY",
    ):
        factors.MFAAdapter().decrypt(sealed)


@pytest.mark.parametrize("key", ["short", "the ledger's"])
def test_key_that_does_not_do_fails_the_deployment_check(key: str, settings: object) -> None:
    from accounts.checks import factors_have_a_key_of_their_own

    assert factors_have_a_key_of_their_own() == []
    settings.MFA_KEY = settings.LEDGER_SEAL_KEY if key == "the ledger's" else key
    assert [fault.id for fault in factors_have_a_key_of_their_own()] == ["accounts.E001"]


def test_last_factor_stays(member: User) -> None:
    last = with_codes(member)
    with pytest.raises(ValidationError, match="This is your only way of two-step verification"):
        services.end_factor(last, last.delete, by=member, at=NOW)
    assert factors.has_any(member)
