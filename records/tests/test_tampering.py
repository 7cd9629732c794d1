"""Whatever is done to the ledger is named: by the command, by the page, by the verifier."""

import io
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from records import exports, ledger, ledger_checks, notices, verify
from records.enums import SystemActor
from records.models import LedgerCheck, LedgerEntry
from records.services import ledger as services
from records.services.ledger import AnchorRefusedError
from records.tests import ledgers
from records.tests.ledgers import AT, BEHIND_THE_ANCHOR, TABLE, TAMPERINGS, note, tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(secretary: User) -> list[LedgerEntry]:
    """Five lines, the fifth of which is anchored."""
    for number in range(5):
        note(secretary, number=number)
    assert services.anchor(at=AT) == ledger.head()
    return list(LedgerEntry.objects.all())


def verified_alone(folder: Path) -> tuple[int, str]:
    folder.mkdir()
    exports.write(folder, AT)
    said = io.StringIO()
    with redirect_stdout(said):
        code = verify.main([str(folder)])
    return code, said.getvalue().splitlines()[0]


@pytest.mark.parametrize(("statements", "sequence", "kind"), [*TAMPERINGS, *BEHIND_THE_ANCHOR])
def test_tampering_is_named_by_command_page_and_verifier(
    entries: list[LedgerEntry],
    secretary: User,
    tmp_path: Path,
    statements: list[str],
    sequence: int,
    kind: str,
) -> None:
    tamper(*statements)

    code, verdict = ledgers.verify()
    assert (code, verdict["sound"]) == (1, False)
    assert verdict["first_fault"] == {"sequence": sequence, "kind": kind}
    assert ledgers.verify("--incremental")[1]["first_fault"] == verdict["first_fault"]
    assert verified_alone(tmp_path / "export") == (1, f"Entry {sequence} was {kind}.")
    client = Client()
    client.force_login(secretary, backend="accounts.backends.RoleBackend")
    page = client.post(reverse("ledger_check"), follow=True).content.decode()
    assert f"entry {sequence} was {kind}" in page


def test_changed_seal_is_named_by_who_holds_the_key(
    entries: list[LedgerEntry], tmp_path: Path
) -> None:
    tamper(f"UPDATE {TABLE} SET seal = 'x' WHERE sequence = 4")

    assert ledgers.verify()[1]["first_fault"] == {"sequence": 4, "kind": "changed"}
    assert verified_alone(tmp_path / "export")[0] == 0


@pytest.mark.parametrize("lines_since", [0, 1, 2, 5])
def test_old_copy_put_back_is_named(
    entries: list[LedgerEntry], secretary: User, lines_since: int
) -> None:
    """The copy ends before the anchor; until it has been written on that far, a line is missing."""
    tamper(f"DELETE FROM {TABLE} WHERE sequence > 3")
    for number in range(lines_since):
        note(secretary, number=100 + number)

    code, verdict = ledgers.verify()
    missing = 4 + lines_since
    first = (missing, "removed") if missing <= 5 else (5, "changed")
    assert (code, verdict["against_anchor"]) == (1, 5)
    assert verdict["first_fault"] == {"sequence": first[0], "kind": first[1]}
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_ledger", stdout=out)
    assert "an old copy of the database was put back" in out.getvalue()


def test_without_an_anchor_a_cut_tail_is_not_seen(secretary: User) -> None:
    note(secretary)
    note(secretary)
    head = ledger.head()
    tamper(f"DELETE FROM {TABLE} WHERE sequence = 2")

    assert ledgers.verify()[0] == 0
    code, verdict = ledgers.verify("--anchor", f"{head.sequence}:{head.hash}")
    assert (code, verdict["first_fault"]) == (1, {"sequence": 2, "kind": "removed"})


# The anchor file.


def test_anchor_is_refused_by_a_ledger_that_contradicts_an_earlier_one(
    entries: list[LedgerEntry], anchor_dir: Path
) -> None:
    before = (anchor_dir / "anchors.jsonl").read_bytes()
    tamper(f"DELETE FROM {TABLE} WHERE sequence > 3")

    with pytest.raises(
        AnchorRefusedError, match="entry 4 was removed, against the anchor of entry 5"
    ):
        services.anchor(at=AT)
    with pytest.raises(CommandError, match="was not noted down"):
        call_command("anchor_ledger")
    assert (anchor_dir / "anchors.jsonl").read_bytes() == before


def test_lost_anchors_are_reported(entries: list[LedgerEntry], anchor_dir: Path) -> None:
    services.check(by=SystemActor.SCHEDULER, at=AT)
    (anchor_dir / "anchors.jsonl").write_text("")
    outcome = services.check(by=SystemActor.SCHEDULER, at=AT)

    assert (outcome.is_sound, outcome.anchors_whole, outcome.is_all_well) == (True, False, False)


# Incremental.


def check(*, incremental: bool = True) -> LedgerCheck:
    return services.check(by=SystemActor.SCHEDULER, at=AT, incremental=incremental)


def test_incremental_check_goes_on_from_the_last_sound_one(secretary: User) -> None:
    note(secretary)
    assert [check().since, check().since, check().since] == [0, 1, 2]
    assert check(incremental=False).since == 0


def test_change_before_the_last_sound_check_is_left_to_the_full_one(secretary: User) -> None:
    note(secretary)
    note(secretary)
    check()
    tamper(f"UPDATE {TABLE} SET actor = 'clock' WHERE sequence = 1")

    assert check().is_sound
    assert check(incremental=False).fault_sequence == 1


@pytest.mark.parametrize(
    "statement",
    [
        f"DELETE FROM {TABLE} WHERE sequence = 1",
        f"UPDATE {TABLE} SET hash = 'x' WHERE sequence = 2",
        f"DELETE FROM {TABLE} WHERE sequence >= 2",
        f"UPDATE {TABLE} SET actor = 'clock' WHERE sequence = 4",
    ],
)
def test_incremental_check_finds(secretary: User, statement: str) -> None:
    """A line that is missing anywhere; a change to the head it goes on from, and to all since."""
    note(secretary)
    note(secretary)
    check()
    note(secretary)
    tamper(statement)

    assert not check().is_sound


def test_check_that_somebody_wrote_into_the_database_is_not_believed(secretary: User) -> None:
    note(secretary)
    check()
    note(secretary)
    tamper(f"UPDATE {TABLE} SET actor = 'clock' WHERE sequence = 3")
    entry = LedgerEntry.objects.get(pk=3)
    LedgerCheck.objects.update(head_sequence=3, head_hash=entry.hash)

    assert services.last_sound() is None
    assert check().fault_sequence == 3


# The checks themselves, which lie in the same database.

SOUND = {"is_sound": True, "guards": True, "anchors_whole": True, "fault_kind": ""}
SOUND |= {"fault_sequence": None, "fault_anchor": None}


def found_faulty(secretary: User) -> LedgerCheck:
    """A check that found the ledger changed, after one that found it sound."""
    note(secretary)
    check()
    tamper(f"UPDATE {TABLE} SET actor = 'clock' WHERE sequence = 1")
    return services.check(by=SystemActor.SCHEDULER, at=AT + timedelta(days=1))


def forged(faulty: LedgerCheck, **changes: Any) -> None:
    """A row like another, with the highest key and a later date."""
    row = {field.attname: getattr(faulty, field.attname) for field in faulty._meta.fields}
    later = {"id": faulty.pk + 1, "at": AT + timedelta(days=2)}
    LedgerCheck.objects.bulk_create([LedgerCheck(**(row | later | changes))])


FORGERIES = {
    "its outcome changed": lambda old, new: LedgerCheck.objects.filter(pk=new.pk).update(**SOUND),
    "redated": lambda old, new: LedgerCheck.objects.filter(pk=new.pk).update(at=old.at),
    "the older one redated": lambda old, new: LedgerCheck.objects.filter(pk=old.pk).update(
        at=new.at + timedelta(days=9)
    ),
    "a sound one added": lambda old, new: forged(new, **SOUND),
    "the older one copied": lambda old, new: forged(old, id=new.pk + 1),
    "removed": lambda old, new: LedgerCheck.objects.filter(pk=new.pk).delete(),
    "all removed": lambda old, new: LedgerCheck.objects.all().delete(),
}


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES)
def test_forged_check_neither_shows_as_sound_nor_withdraws_the_warning(
    secretary: User, forgery: Callable[[LedgerCheck, LedgerCheck], Any]
) -> None:
    faulty = found_faulty(secretary)
    [notice] = secretary.notices.filter(kind="records.ledger_fault")
    forgery(LedgerCheck.objects.earliest("pk"), faulty)
    newest = ledger_checks.newest()

    assert notices.LEDGER_FAULT.compose(notice, secretary) is not None
    assert newest is None or not newest.is_all_well or ledger_checks.is_lost_after(newest)
    client = Client()
    client.force_login(secretary, backend="accounts.backends.RoleBackend")
    assert "entries are sound" not in client.get(reverse("ledger")).content.decode()


def test_later_sound_check_withdraws_the_warning(secretary: User) -> None:
    found_faulty(secretary)
    [notice] = secretary.notices.filter(kind="records.ledger_fault")
    tamper(f"UPDATE {TABLE} SET actor = 'operator' WHERE sequence = 1")
    assert services.check(by=SystemActor.SCHEDULER, at=AT + timedelta(days=2)).is_all_well

    assert notices.LEDGER_FAULT.compose(notice, secretary) is None


def test_forged_check_with_the_last_key_there_is_is_ignored(secretary: User) -> None:
    note(secretary)
    forged(check(), id=2**63 - 1, **SOUND)
    outcome = check()

    assert (outcome.pk, ledger_checks.newest()) == (2, outcome)


def test_second_row_of_the_same_key_is_ignored(secretary: User) -> None:
    """In a table whose constraint somebody has taken away."""
    faulty, table = found_faulty(secretary), LedgerCheck._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO aside")
        cursor.execute(f"CREATE TABLE {table} AS SELECT * FROM aside")
    sound = LedgerCheck.objects.earliest("pk")
    sound.pk = faulty.pk
    LedgerCheck.objects.bulk_create([sound], ignore_conflicts=True)

    assert LedgerCheck.objects.filter(pk=faulty.pk).count() == 2
    assert ledger_checks.newest() == faulty


def test_key_of_a_lost_check_is_not_given_again(secretary: User) -> None:
    """Its row, kept by somebody, would otherwise stand for the later one."""
    note(secretary)
    key = check().pk
    LedgerCheck.objects.all().delete()

    assert check().pk == key + 1


@pytest.mark.parametrize("is_lost", [False, True])
def test_fault_that_the_full_check_found_is_found_again_by_the_incremental_one(
    secretary: User, is_lost: bool
) -> None:
    """An incremental check would begin behind the fault, and withdraw the warning."""
    note(secretary)
    note(secretary)
    check()
    tamper(f"UPDATE {TABLE} SET actor = 'clock' WHERE sequence = 1")
    faulty = check(incremental=False)
    if is_lost:
        LedgerCheck.objects.filter(pk=faulty.pk).delete()

    assert (check().fault_sequence, check().since) == (1, 0)
    with pytest.raises(AnchorRefusedError):
        services.anchor(at=AT)


def test_forged_number_of_anchors_is_ignored(entries: list[LedgerEntry]) -> None:
    outcome = check()
    forged(outcome, anchors=99)

    assert check().anchors_whole


@pytest.mark.parametrize("column", ["at", "entries", "head_hash", "guards"])
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite stores any type in any column")
def test_check_of_foreign_types_is_ignored(secretary: User, column: str) -> None:
    note(secretary)
    sound = check()
    forged(sound, **SOUND)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {LedgerCheck._meta.db_table} SET {column} = x'ff' WHERE id = {sound.pk + 1}"
        )

    assert ledger_checks.newest() == sound


# Rows whose columns are not of their types.

ROW = f"INSERT INTO {TABLE} ({ledgers.COLUMNS})"
FOREIGN = [
    f"UPDATE {TABLE} SET at = 17 WHERE sequence = 5",
    f"UPDATE {TABLE} SET at = 'yesterday' WHERE sequence = 5",
    f"UPDATE {TABLE} SET at = x'ff00' WHERE sequence = 5",
    f"UPDATE {TABLE} SET actor = x'ff' WHERE sequence = 5",
    f"UPDATE {TABLE} SET action = CAST(x'ff' AS TEXT) WHERE sequence = 5",
    f"UPDATE {TABLE} SET subject = CAST(x'ff' AS TEXT), actor = 17 WHERE sequence = 5",
    f"UPDATE {TABLE} SET actor = 'user:{'9' * 40} roles=none' WHERE sequence = 5",
    f"UPDATE {TABLE} SET hash = x'ff', seal = 3.5 WHERE sequence = 5",
    f"{ROW} SELECT 'x', at, actor, action, subject, facts, 'x', 'y', seal FROM {TABLE} "
    "WHERE sequence = 5",
    f"{ROW} SELECT 5.5, at, actor, action, subject, facts, x'ff', 'y', seal FROM {TABLE} "
    "WHERE sequence = 5",
]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite stores any type in any column")
@pytest.mark.parametrize("statement", FOREIGN)
@pytest.mark.parametrize("query", ["", "?since=2026-01-01"])
def test_row_of_foreign_types_is_read_as_text_and_named(
    entries: list[LedgerEntry], secretary: User, statement: str, query: str
) -> None:
    tamper(statement)
    client = Client()
    client.force_login(secretary, backend="accounts.backends.RoleBackend")

    assert ledgers.verify()[0] == 1
    assert not services.check(by=SystemActor.SCHEDULER, at=AT).is_sound
    assert not list(ledger.genuine("person.nobody"))
    services.export_archive(by=SystemActor.OPERATOR, at=AT).close()
    page = client.get(reverse("ledger") + query)
    assert page.status_code == 200
    assert any(row.sequence == 4 for row in page.context["rows"])


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite stores any type in any column")
def test_page_tells_of_records_whose_columns_cannot_be_read(
    secretary: User, member: User, outsider: User
) -> None:
    """Also of a person who acted, and of one whom the filter offers."""
    note(outsider)
    check()
    note(member)
    forge = "UPDATE {table} SET {column} = x'ff' WHERE id = {key}"
    for row, column in (
        (LedgerCheck.objects.get(), "at"),
        (outsider, "last_login"),
        (member, "last_login"),
    ):
        table = row._meta.db_table
        tamper(forge.format(table=table, column=column, key=row.pk))
    client = Client()
    client.force_login(secretary, backend="accounts.backends.RoleBackend")

    page = client.get(reverse("ledger"))
    assert page.status_code == 200
    rows = {row.sequence: row for row in page.context["rows"]}
    assert all(row.label for row in rows.values())
    assert rows[1].subject == f"person {outsider.pk}"


def test_entry_moved_to_the_last_place_there_is_is_named(
    entries: list[LedgerEntry], secretary: User
) -> None:
    """No entry can follow it: the check and the export are kept without entries of their own."""
    tamper(f"UPDATE {TABLE} SET sequence = {ledger.LAST_PLACE} WHERE sequence = 5")
    with pytest.raises(IntegrityError, match="none can follow"):
        note(secretary)

    assert services.check(by=SystemActor.SCHEDULER, at=AT).fault_sequence == 5
    services.export_archive(by=SystemActor.OPERATOR, at=AT).close()
    assert LedgerEntry.objects.count() == 5


@pytest.mark.postgres
def test_instant_beyond_all_dates_is_read_as_text_and_named(
    entries: list[LedgerEntry], secretary: User
) -> None:
    tamper(f"UPDATE {TABLE} SET at = 'infinity' WHERE sequence = 5")
    client = Client()
    client.force_login(secretary, backend="accounts.backends.RoleBackend")

    assert services.check(by=SystemActor.SCHEDULER, at=AT).fault_sequence == 5
    assert client.get(reverse("ledger")).status_code == 200


def test_check_that_cannot_be_carried_out_is_told(
    secretary: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(secretary)

    def broken(*args: Any, **kwargs: Any) -> None:
        raise OSError("The disk does not answer.")

    monkeypatch.setattr(services, "inspect", broken)
    with pytest.raises(OSError, match="disk"):
        check()
    [notice] = secretary.notices.filter(kind="records.ledger_fault")
    assert notices.LEDGER_FAULT.compose(notice, secretary) is not None
