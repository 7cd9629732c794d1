"""Acts on the same people at the same time take turns, and never wait for each other."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import connection

from accounts import factors, services
from accounts.enums import Checked
from accounts.models import User
from accounts.tests.coming_in import NOW, invited, newest, with_codes
from records import clock

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

Meanwhile = Callable[[Callable[[], object]], Future[object]]


@pytest.fixture
def meanwhile() -> Iterator[Meanwhile]:
    """Runs an act on a connection of its own, which waits for no lock longer than two seconds."""

    def apart(verb: Callable[[], object]) -> object:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
            return verb()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as pool:
        yield lambda verb: pool.submit(apart, verb)


def until_somebody_waits() -> None:
    end = clock.now() + timedelta(seconds=2)
    with connection.cursor() as cursor:
        while clock.now() < end:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return


def test_person_is_named_by_others_while_they_change(
    meanwhile: Meanwhile, secretary: User, administrator: User, member: User
) -> None:
    """Two keepers who ask at once owe each other a notice."""
    ask = lambda: services.ask_for_factor_reset(member, at=NOW)  # noqa: E731
    services.add_factor(
        secretary,
        factors.Type.TOTP,
        lambda: meanwhile(ask).result(timeout=10),
        by=secretary,
        at=NOW,
    )
    assert member.factor_resets.count() == 1


def test_link_is_made_while_its_person_changes(meanwhile: Meanwhile, secretary: User) -> None:
    """The mail takes the invitation alone: who accepts it holds the person and waits for it."""
    person = invited(secretary)
    minted = services.add_factor(
        person,
        factors.Type.TOTP,
        lambda: meanwhile(lambda: services.mint_link(newest(), at=NOW)).result(timeout=10),
        by=person,
        at=NOW,
    )
    assert minted


def test_factor_ends_while_the_request_for_new_ones_is_approved(
    meanwhile: Meanwhile, secretary: User, member: User
) -> None:
    with_codes(member)
    codes = RecoveryCodes.activate(member).instance
    reset = services.ask_for_factor_reset(member, at=NOW)
    approving: list[Future[object]] = []

    def take_away() -> None:
        approve = services.approve_factor_reset
        approving.append(meanwhile(lambda: approve(reset, Checked.BY_CALL, by=secretary, at=NOW)))
        until_somebody_waits()
        codes.delete()

    services.end_factor(codes, take_away, by=member, at=NOW)
    approving[0].result(timeout=10)
    assert not factors.of(member).exists()
