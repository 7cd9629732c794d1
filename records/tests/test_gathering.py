"""Two workers gather at once: what one has put into an email the other leaves alone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import monotonic

import pytest
from django.db import connection, transaction

from accounts.models import User
from records.enums import NoticeState
from records.models import Delivery, Notice
from records.services import deliveries
from records.tests.owing import AT, a_kind, owe

LATER = AT + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _kind() -> Iterator[None]:
    with a_kind():
        yield


def bundled() -> list[tuple[int, list[str]]]:
    """Each email, with how many notices it carries and their states."""
    return [
        (each.notices.count(), sorted(set(each.notices.values_list("state", flat=True))))
        for each in Delivery.objects.order_by("gathered_at", "pk")
    ]


@pytest.mark.django_db
def test_worker_that_read_earlier_takes_nothing_over(secretary: User) -> None:
    """It asks for what was owed when it looked; another has carried one of the two meanwhile."""
    owe(secretary)
    first = Notice.objects.get()
    deliveries.gather(None, at=AT)
    owe(secretary, key="paper:2", at=AT)
    second = Notice.objects.exclude(pk=first.pk).get()

    deliveries._bundle(secretary.pk, [first.pk], at=LATER)
    assert bundled() == [(1, [NoticeState.CARRIED])], "no email for nothing"

    mine = Delivery.objects.get()
    deliveries._bundle(secretary.pk, [first.pk, second.pk], at=LATER)
    assert bundled() == [(1, [NoticeState.CARRIED]), (1, [NoticeState.CARRIED])]
    assert Notice.objects.get(pk=first.pk).delivery == mine
    assert Notice.objects.get(pk=second.pk).delivery != mine


def until_somebody_waits() -> bool:
    """Whether another connection waits within ten seconds for a lock that this one holds."""
    until = monotonic() + 10
    with connection.cursor() as cursor:
        while monotonic() < until:
            cursor.execute(
                "SELECT count(*) FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return True
    return False


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_second_worker_waits_for_the_first_and_finds_nothing_left(secretary: User) -> None:
    owe(secretary)
    owe(secretary, key="paper:2")

    def gather_apart() -> None:
        try:
            deliveries.gather(None, at=LATER)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic():
            deliveries.gather(None, at=AT)
            second = pool.submit(gather_apart)
            assert until_somebody_waits(), "the first one holds its notices"
        second.result(timeout=20)

    assert bundled() == [(2, [NoticeState.CARRIED])]
    assert Delivery.objects.get().gathered_at == AT
