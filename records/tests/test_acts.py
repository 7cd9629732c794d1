"""Acts: one transaction, one line each, the ledger last."""

import contextvars
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from records import ledger
from records.acts import act
from records.enums import SystemActor
from records.models import Holiday, LedgerEntry

pytestmark = pytest.mark.django_db

AT = datetime(2026, 8, 4, 12, 0, tzinfo=UTC)


@act
def declare(on: date, *, fails: bool = False) -> Holiday:
    holiday = Holiday.objects.create(on=on, name="A day off")
    ledger.record("holiday.declared", subject=holiday, by=SystemActor.OPERATOR, at=AT, on=on)
    if fails:
        raise ValueError("not that day")
    return holiday


def recorded() -> list[str]:
    return [entry.facts["on"] for entry in LedgerEntry.objects.all()]


def test_act_writes_its_line() -> None:
    holiday = declare(date(2026, 7, 3))

    entry = LedgerEntry.objects.get()
    assert (entry.sequence, entry.action, entry.actor) == (1, "holiday.declared", "operator")
    assert entry.subject == f"records.Holiday:{holiday.pk}"
    assert entry.facts == {"on": "2026-07-03"}


def test_act_that_fails_leaves_nothing() -> None:
    with pytest.raises(ValueError, match="not that day"):
        declare(date(2026, 7, 3), fails=True)

    assert not Holiday.objects.exists()
    assert not LedgerEntry.objects.exists()
    assert ledger.page() is None


def test_act_within_an_act_joins_it() -> None:
    @act
    def declare_both() -> None:
        declare(date(2026, 7, 3))
        assert not LedgerEntry.objects.exists()
        declare(date(2026, 12, 25))

    declare_both()

    assert recorded() == ["2026-07-03", "2026-12-25"]
    assert ledger.verify().sound


def test_line_of_an_inner_act_that_failed_is_dropped() -> None:
    @act
    def declare_what_can_be() -> None:
        declare(date(2026, 7, 3))
        with pytest.raises(ValueError, match="not that day"):
            declare(date(2026, 7, 6), fails=True)
        declare(date(2026, 12, 25))

    declare_what_can_be()

    assert recorded() == ["2026-07-03", "2026-12-25"]
    assert [day.on for day in Holiday.objects.all()] == [date(2026, 7, 3), date(2026, 12, 25)]


def test_inner_act_is_lost_with_the_outer_one() -> None:
    @act
    def declare_and_fail() -> None:
        declare(date(2026, 7, 3))
        raise ValueError("after all")

    with pytest.raises(ValueError, match="after all"):
        declare_and_fail()

    assert not LedgerEntry.objects.exists()


def test_head_is_locked_after_all_else() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        declare(date(2026, 7, 3))

    statements = [query["sql"] for query in queries]
    head = next(n for n, sql in enumerate(statements) if "ledgerhead" in sql)
    assert not any("records_holiday" in sql for sql in statements[head:])


def test_act_ends_when_it_says_so() -> None:
    """Within somebody else's transaction the head would stay locked after the act."""

    def within_a_transaction() -> None:
        with transaction.atomic():
            declare(date(2026, 7, 3))

    with pytest.raises(RuntimeError, match="durable"):
        within_a_transaction()


def test_record_outside_an_act_is_refused(secretary: User) -> None:
    with pytest.raises(RuntimeError, match="@act"):
        ledger.record("holiday.declared", subject=secretary, by=secretary, at=AT)


def test_what_goes_on_after_its_end_is_no_act() -> None:
    def piecemeal() -> Iterator[int]:
        yield 1

    with pytest.raises(TypeError, match="go on after"):
        act(piecemeal)


def test_context_copied_to_another_thread_carries_no_act() -> None:
    seen = []

    @act
    def look_from_another_thread() -> None:
        context = contextvars.copy_context()
        thread = threading.Thread(target=context.run, args=[lambda: seen.append(ledger.page())])
        thread.start()
        thread.join()

    look_from_another_thread()

    assert seen == [None]
