"""The ledger as it is stored: what may be recorded, what refuses a change, what is found."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.enums import Role
from accounts.models import RoleTerm, User
from records import guards, ledger
from records.acts import act
from records.chain import Fault, FaultKind, Head
from records.enums import SystemActor
from records.ledger import NO_HASH
from records.models import LedgerEntry, LedgerHead
from records.models.bases import new_salt
from records.models.ledger import AppendOnlyError
from records.tests.ledgers import AT, TABLE, note, tamper, verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(secretary: User) -> list[LedgerEntry]:
    for number in range(5):
        note(secretary, number=number)
    return list(LedgerEntry.objects.all())


# What may be recorded


def test_facts_are_stored_in_their_canonical_form(secretary: User) -> None:
    text = ledger.digest("a reason", new_salt())
    note(
        secretary,
        number=3,
        is_late=True,
        nothing=None,
        on=date(2026, 8, 4),
        noon=datetime(2026, 8, 4, 12, 0, tzinfo=ZoneInfo("America/New_York")),
        fee=Decimal("18000.00"),
        uuid=UUID(int=1),
        role=Role.SECRETARY,
        text=text,
        person=secretary,
        days=[date(2026, 1, 1), date(2026, 1, 2)],
    )

    assert LedgerEntry.objects.get().facts == {
        "number": 3,
        "is_late": True,
        "nothing": None,
        "on": "2026-08-04",
        "noon": "2026-08-04T16:00:00.000000Z",
        "fee": "18000.00",
        "uuid": "00000000-0000-0000-0000-000000000001",
        "role": "secretary",
        "text": f"sha256:{text.value}",
        "person": f"accounts.User:{secretary.pk}",
        "days": ["2026-01-01", "2026-01-02"],
    }
    assert ledger.verify().sound


@pytest.mark.parametrize(
    "fact",
    ["prose", b"bytes", 1.5, Decimal("NaN"), {"a": 1}, ["prose"], datetime(2026, 8, 4), object()],  # noqa: DTZ001
)
def test_what_could_be_prose_is_refused(secretary: User, fact: object) -> None:
    with pytest.raises(TypeError):
        note(secretary, fact=fact)

    assert not LedgerEntry.objects.exists()


def test_digest_needs_its_salt() -> None:
    assert ledger.digest("yes", "salt") != ledger.digest("yes", "pepper")
    with pytest.raises(ValueError, match="salt"):
        ledger.digest("yes", "")


def test_actor_is_a_person_with_the_roles_of_that_day(secretary: User) -> None:
    RoleTerm.objects.create(user=secretary, role=Role.MANAGEMENT, starts_on=date(2026, 8, 1))
    RoleTerm.objects.create(user=secretary, role=Role.DIRECTOR, starts_on=date(2026, 8, 5))
    note(secretary, by=User.objects.get(pk=secretary.pk))

    entry = LedgerEntry.objects.get()
    assert entry.actor == f"user:{secretary.pk} roles=management,secretary"


def test_actor_without_roles(outsider: User) -> None:
    note(outsider, by=outsider)

    assert LedgerEntry.objects.get().actor == f"user:{outsider.pk} roles=none"


@pytest.mark.parametrize("by", ["operator", None, User()])
def test_nobody_else_acts(secretary: User, by: Any) -> None:
    with pytest.raises(TypeError, match="cannot act"):
        note(secretary, by=by)


@pytest.mark.parametrize("action", ["noted", "Person.noted", "person.noted why", "a.b.c", ""])
def test_action_is_a_noun_and_what_was_done(secretary: User, action: str) -> None:
    @act
    def misname() -> None:
        ledger.record(action, subject=secretary, by=SystemActor.SCHEDULER, at=AT)

    with pytest.raises(ValueError, match="no action"):
        misname()


def test_subject_that_is_not_saved_is_refused() -> None:
    with pytest.raises(ValueError, match="not saved"):
        note(User())


def test_instant_without_a_zone_is_refused(secretary: User) -> None:
    with pytest.raises(TypeError, match="time zone"):
        note(secretary, at=datetime(2026, 8, 4))  # noqa: DTZ001


# What refuses a change


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: LedgerEntry(sequence=9).save(),
        lambda entry: LedgerEntry.objects.create(sequence=9),
        lambda entry: LedgerEntry.objects.update(actor="clock"),
        lambda entry: LedgerEntry.objects.filter(pk=1).delete(),
        lambda entry: LedgerEntry.objects.bulk_update([entry], ["actor"]),
        lambda entry: LedgerEntry.objects.bulk_create([entry], ignore_conflicts=True),
        lambda entry: LedgerEntry.objects.update_or_create(pk=1, defaults={"actor": "clock"}),
    ],
)
def test_model_refuses_what_is_not_an_append(
    entries: list[LedgerEntry], change: Callable[[LedgerEntry], object]
) -> None:
    with pytest.raises(AppendOnlyError):
        change(entries[0])

    assert ledger.verify().entries == 5
    assert ledger.verify().sound


def test_head_is_made_when_it_is_needed(secretary: User) -> None:
    LedgerHead.objects.all().delete()
    note(secretary)
    note(secretary)

    assert LedgerHead.objects.get().pk == 1


# What is found


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["a", "b", "c"]),
            st.none()
            | st.booleans()
            | st.integers(min_value=-(2**63), max_value=2**63)
            | st.dates()
            | st.decimals(allow_nan=False, allow_infinity=False, places=2)
            | st.datetimes(timezones=st.just(UTC))
            | st.lists(st.uuids(), max_size=2),
        ),
        max_size=4,
    ),
    st.datetimes(min_value=datetime(1990, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_acts_verify(secretary: User, acts: list[dict[str, Any]], at: datetime) -> None:
    before = ledger.head().sequence

    @act
    def together() -> None:
        for facts in acts:
            note(secretary, at=at, **facts)

    together()

    verdict = ledger.verify(ledger.head())
    assert verdict.first_fault is None
    assert verdict.entries == verdict.head.sequence == before + len(acts)


def test_empty_ledger_is_sound() -> None:
    assert verify() == (
        0,
        {
            "sound": True,
            "entries": 0,
            "head": {"sequence": 0, "hash": NO_HASH},
            "guards": True,
            "first_fault": None,
            "against_anchor": None,
            "since": 0,
            "anchors": 0,
            "anchors_whole": True,
        },
    )


def test_sound_ledger(entries: list[LedgerEntry]) -> None:
    code, verdict = verify("--anchor", f"5:{entries[-1].hash}")

    assert (code, verdict["sound"], verdict["entries"]) == (0, True, 5)
    assert verdict["head"] == {"sequence": 5, "hash": entries[-1].hash}


def test_other_hash_than_the_anchor_is_named(entries: list[LedgerEntry]) -> None:
    verdict = ledger.verify(Head(2, "a" * 64))

    assert verdict.first_fault == Fault(2, FaultKind.CHANGED)


def test_other_key_is_noticed(entries: list[LedgerEntry]) -> None:
    with override_settings(LEDGER_SEAL_KEY="another key"):
        assert ledger.verify().first_fault == Fault(1, FaultKind.CHANGED)


def test_missing_guards_are_reported(entries: list[LedgerEntry]) -> None:
    guards.remove(connection)
    try:
        assert (ledger.verify().sound, ledger.verify().guards) == (True, False)
    finally:
        guards.install(connection)


@pytest.mark.parametrize("anchor", ["5", "5:", ":abc", "-1:" + "a" * 64, "5:" + "g" * 64, "5 a"])
def test_malformed_anchor_is_refused(anchor: str) -> None:
    with pytest.raises(CommandError, match="is no anchor"):
        call_command("verify_ledger", f"--anchor={anchor}")


def test_command_speaks_to_a_person(entries: list[LedgerEntry]) -> None:
    out = StringIO()
    call_command("verify_ledger", stdout=out)

    assert out.getvalue() == f"The ledger is sound: 5 entries.\nHead: 5:{entries[-1].hash}\n"


def test_command_names_the_fault_to_a_person(entries: list[LedgerEntry]) -> None:
    tamper(f"UPDATE {TABLE} SET actor = 'clock' WHERE sequence = 2")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_ledger", stdout=out)

    assert out.getvalue().startswith("Entry 2 was changed.\n")
