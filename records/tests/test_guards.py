"""The database's own refusal to change the ledger."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.core import checks
from django.core.management import CommandError, call_command
from django.db import (
    ConnectionHandler,
    DatabaseError,
    IntegrityError,
    connection,
    models,
    transaction,
)
from django.test import Client, override_settings
from django.urls import reverse

from accounts.models import User
from records import guards, ledger
from records.acts import act
from records.enums import SystemActor
from records.models import LedgerEntry, Notice
from records.services import ledger as services

pytestmark = pytest.mark.django_db

TABLE = guards.TABLE
COLUMNS = "sequence, at, actor, action, subject, facts, previous_hash, hash, seal"

# Each lets a line vanish without an error.
SWALLOWERS = [
    pytest.param(
        f"CREATE TRIGGER swallow BEFORE INSERT ON {TABLE.upper()} BEGIN SELECT RAISE(IGNORE); END",
        marks=pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own statement"),
    ),
    pytest.param(
        f"CREATE RULE swallow AS ON INSERT TO {TABLE} DO INSTEAD NOTHING",
        marks=pytest.mark.postgres,
    ),
    pytest.param(
        "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; "
        f"CREATE TRIGGER swallow BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION swallow()",
        marks=pytest.mark.postgres,
    ),
]

only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own statement")


@act
def note(subject: User) -> None:
    at = datetime(2026, 8, 4, tzinfo=UTC)
    ledger.record("person.noted", subject=subject, by=SystemActor.OPERATOR, at=at)


@pytest.fixture
def entry(secretary: User) -> LedgerEntry:
    note(secretary)
    return LedgerEntry.objects.get()


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET actor = 'clock'",
        f"UPDATE {TABLE} SET sequence = 7 WHERE sequence = 1",
        f"DELETE FROM {TABLE}",
        pytest.param(f"TRUNCATE {TABLE}", marks=pytest.mark.postgres),
        pytest.param(
            f"INSERT INTO {TABLE} ({COLUMNS}) SELECT {COLUMNS} FROM {TABLE} "
            "ON CONFLICT (sequence) DO UPDATE SET actor = 'clock'",
            marks=pytest.mark.postgres,
        ),
        pytest.param(
            f"INSERT OR REPLACE INTO {TABLE} ({COLUMNS}) SELECT sequence, at, 'clock', action, "
            f"subject, facts, previous_hash, hash, seal FROM {TABLE}",
            marks=only_sqlite,
        ),
        # The column that SQLite keeps beside those of the table decides which row is replaced.
        *(
            pytest.param(
                f"INSERT OR REPLACE INTO {TABLE} ({rowid}, {COLUMNS}) SELECT rowid, 9, at, 'clock', "
                f"action, subject, facts, 'x', 'y', seal FROM {TABLE}",
                marks=only_sqlite,
            )
            for rowid in ("rowid", "_ROWID_", "oid")
        ),
    ],
)
def test_database_refuses(entry: LedgerEntry, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        run(statement)

    entry.refresh_from_db()
    assert entry.actor == "operator"


def test_second_successor_is_refused(entry: LedgerEntry) -> None:
    fork = f"SELECT 2, at, actor, action, subject, facts, previous_hash, 'x', seal FROM {TABLE}"
    with pytest.raises(DatabaseError):
        run(f"INSERT INTO {TABLE} ({COLUMNS}) {fork}")


def test_second_beginning_is_refused(entry: LedgerEntry) -> None:
    genesis = f"SELECT 1, at, actor, action, subject, facts, 'x', 'y', seal FROM {TABLE}"
    with guards.lifted(connection), pytest.raises(DatabaseError):
        run(f"INSERT INTO {TABLE} ({COLUMNS}) {genesis}")


def test_guards_are_installed_once_and_again() -> None:
    assert guards.present(connection)
    guards.install(connection)
    guards.remove(connection)
    assert not guards.present(connection)
    guards.remove(connection)
    guards.install(connection)
    assert guards.present(connection)


def test_guards_are_lifted_for_a_while(entry: LedgerEntry) -> None:
    with guards.lifted(connection):
        run(f"DELETE FROM {TABLE}")

    assert guards.present(connection)
    assert not LedgerEntry.objects.exists()


@only_sqlite
def test_altered_trigger_is_noticed() -> None:
    run("DROP TRIGGER ledger_refuses_update")
    run(f"CREATE TRIGGER ledger_refuses_update BEFORE UPDATE ON {TABLE} BEGIN SELECT 1; END")

    assert not guards.present(connection)
    guards.install(connection)
    assert guards.present(connection)


@only_sqlite
@pytest.mark.parametrize(
    ("timing", "body"),
    [
        # The row of an act that is over would not be there.
        ("BEFORE INSERT", "SELECT RAISE(IGNORE)"),
        ("AFTER INSERT", "SELECT 1"),
    ],
)
@pytest.mark.parametrize("table", [TABLE, TABLE.upper(), f'"{TABLE.title()}"'])
@pytest.mark.parametrize("kind", ["TRIGGER", "TEMP TRIGGER"])
def test_trigger_of_somebody_else_is_noticed(timing: str, body: str, table: str, kind: str) -> None:
    run(f"CREATE {kind} swallow {timing} ON {table} BEGIN {body}; END")

    assert not guards.present(connection)
    guards.install(connection)
    assert not guards.present(connection)


@only_sqlite
def test_ledger_in_other_letters_is_still_looked_at() -> None:
    guards.remove(connection)
    run(f"ALTER TABLE {TABLE} RENAME TO aside")
    run(f"ALTER TABLE aside RENAME TO {TABLE.upper()}")

    assert guards.has_ledger(connection)
    assert not guards.present(connection)


@pytest.mark.parametrize("statement", SWALLOWERS)
def test_act_whose_line_vanishes_is_refused(
    secretary: User, entry: LedgerEntry, statement: str
) -> None:
    run(statement)
    with pytest.raises(IntegrityError, match="did not keep"):
        note(secretary)

    assert LedgerEntry.objects.count() == 1


@pytest.mark.parametrize("statement", SWALLOWERS)
def test_nightly_check_tells_of_a_ledger_that_keeps_no_line(
    secretary: User, entry: LedgerEntry, statement: str
) -> None:
    """Every line that is there is sound; the check is kept all the same, without its own line."""
    run(statement)
    outcome = services.check(by=SystemActor.SCHEDULER, at=datetime(2026, 8, 5, tzinfo=UTC))

    assert (outcome.is_sound, outcome.guards, outcome.is_all_well) == (True, False, False)
    assert Notice.objects.filter(kind="records.ledger_fault", recipient=secretary).exists()


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        f"CREATE TABLE heir () INHERITS ({TABLE})",
        f"CREATE TABLE parent AS SELECT * FROM {TABLE} WHERE false; "
        f"ALTER TABLE {TABLE} INHERIT parent",
        f"ALTER TABLE {TABLE} RENAME TO whole; CREATE TABLE {TABLE} (LIKE whole) "
        "PARTITION BY RANGE (sequence)",
        f"ALTER TABLE {TABLE} RENAME TO whole; CREATE VIEW {TABLE} AS SELECT * FROM whole",
        f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {TABLE} SET UNLOGGED",
    ],
)
def test_rows_that_can_be_reached_past_the_guards_are_noticed(statement: str) -> None:
    run(statement)

    assert guards.has_ledger(connection)
    assert not guards.present(connection)


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement", ["UPDATE parent SET actor = 'clock'", "DELETE FROM parent", "TRUNCATE parent"]
)
def test_database_refuses_through_a_parent(entry: LedgerEntry, statement: str) -> None:
    run(f"CREATE TABLE parent AS SELECT * FROM {TABLE} WHERE false")
    run(f"ALTER TABLE parent ALTER sequence SET NOT NULL; ALTER TABLE {TABLE} INHERIT parent")
    with pytest.raises(DatabaseError, match="append-only"):
        run(statement)

    entry.refresh_from_db()
    assert entry.actor == "operator"


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        f"CREATE RULE swallow AS ON INSERT TO {TABLE} DO INSTEAD NOTHING",
        f"CREATE TRIGGER swallow BEFORE INSERT ON {TABLE} FOR EACH ROW "
        "EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    ],
)
def test_rule_of_somebody_else_is_noticed(statement: str) -> None:
    run(statement)

    assert not guards.present(connection)


@only_sqlite
def test_trigger_on_another_table_of_the_portal_is_noticed() -> None:
    """It could let the warning vanish."""
    run("CREATE TRIGGER swallow BEFORE INSERT ON records_NOTICE BEGIN SELECT RAISE(IGNORE); END")

    assert not guards.present(connection)


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER swallow BEFORE INSERT ON records_notice FOR EACH ROW "
        "EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "CREATE RULE swallow AS ON INSERT TO records_notice DO INSTEAD NOTHING",
        "ALTER TABLE records_ledgercheck ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE records_notice RENAME TO whole; "
        "CREATE VIEW records_notice AS SELECT * FROM whole",
    ],
)
def test_other_table_of_the_portal_that_was_altered_is_noticed(statement: str) -> None:
    run(statement)

    assert not guards.present(connection)


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(
            "CREATE TRIGGER swallow BEFORE INSERT ON records_ledgercheck "
            "BEGIN SELECT RAISE(IGNORE); END",
            marks=only_sqlite,
        ),
        pytest.param(
            "CREATE RULE swallow AS ON INSERT TO records_ledgercheck DO INSTEAD NOTHING",
            marks=pytest.mark.postgres,
        ),
    ],
)
def test_check_whose_result_vanishes_says_so(
    client: Client, secretary: User, entry: LedgerEntry, statement: str
) -> None:
    run(statement)
    with pytest.raises(DatabaseError):
        services.check(by=SystemActor.SCHEDULER, at=datetime(2026, 8, 5, tzinfo=UTC))
    assert Notice.objects.filter(kind="records.ledger_fault", recipient=secretary).exists()

    client.force_login(secretary, backend="accounts.backends.RoleBackend")
    page = client.post(reverse("ledger_check"), follow=True)
    assert "could not be kept" in page.content.decode()


def replaced(events: str, condition: str = "") -> str:
    """Under its name, another trigger that refuses less."""
    return (
        f"DROP TRIGGER ledger_refuses_change ON {TABLE}; "
        f"CREATE TRIGGER ledger_refuses_change BEFORE {events} ON {TABLE} "
        f"FOR EACH STATEMENT {condition} EXECUTE FUNCTION ledger_refuses(); "
        f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER ledger_refuses_change"
    )


@pytest.mark.postgres
def test_replica_is_refused_too(entry: LedgerEntry) -> None:
    """Ordinary triggers rest in a session that calls itself a replica; the superuser's word."""
    try:
        run("SET LOCAL session_replication_role = replica")
    except DatabaseError:
        pytest.skip("only a superuser may call a session a replica")
    with pytest.raises(DatabaseError, match="append-only"):
        run(f"DELETE FROM {TABLE}")


def test_flush_is_refused(entry: LedgerEntry) -> None:
    """Emptying a portal's database by mistake ends at the ledger."""
    with pytest.raises(CommandError):
        call_command("flush", interactive=False, verbosity=0)

    assert LedgerEntry.objects.exists()


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        f"ALTER TABLE {TABLE} DISABLE TRIGGER ledger_refuses_change",
        f"ALTER TABLE {TABLE} DISABLE TRIGGER USER",
        replaced("UPDATE"),
        replaced("DELETE OR UPDATE OF seal"),
        replaced("UPDATE OR DELETE", "WHEN (false)"),
        f"ALTER TABLE {TABLE} ENABLE REPLICA TRIGGER ledger_refuses_change",
        f"DROP TRIGGER ledger_refuses_truncate ON {TABLE}",
        "CREATE OR REPLACE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql "
        "AS 'BEGIN RETURN NEW; END'",
    ],
)
def test_disarmed_trigger_is_noticed(statement: str) -> None:
    run(statement)

    assert not guards.present(connection)
    guards.install(connection)
    assert guards.present(connection)


def test_migrate_puts_them_back() -> None:
    guards.remove(connection)
    call_command("migrate", verbosity=0)

    assert guards.present(connection)


@pytest.mark.django_db(transaction=True)
def test_guards_survive_a_rebuilt_table() -> None:
    constraint = models.CheckConstraint(condition=~models.Q(actor="nobody"), name="somebody_acts")
    with connection.schema_editor() as editor:
        editor.add_constraint(LedgerEntry, constraint)
    call_command("migrate", verbosity=0)
    assert guards.present(connection)

    with connection.schema_editor() as editor:
        editor.remove_constraint(LedgerEntry, constraint)
    call_command("migrate", verbosity=0)
    assert guards.present(connection)


def warnings() -> list[str]:
    """What `check --database default` says of the ledger."""
    configs = [apps.get_app_config("records")]
    found = checks.run_checks(configs, tags=["database"], databases=["default"])
    return [message.id for message in found if (message.id or "").startswith("records.")]


def test_check_warns_without_them() -> None:
    assert warnings() == []
    guards.remove(connection)
    assert warnings() == ["records.W001"]


def test_check_warns_without_each_of_them() -> None:
    for name in guards.SQLITE if connection.vendor == "sqlite" else guards.POSTGRESQL:
        on = "" if connection.vendor == "sqlite" else f" ON {TABLE}"
        run(f"DROP TRIGGER {name}{on}")
        assert warnings() == ["records.W001"]
        guards.install(connection)


def test_check_warns_without_the_ledger() -> None:
    run(f"ALTER TABLE {TABLE} RENAME TO aside")
    assert warnings() == ["records.W002"]


def test_empty_database_has_no_table_to_miss() -> None:
    """The first `migrate` begins with this check."""
    empty = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
    assert not guards.has_tables(ConnectionHandler(empty)["default"])
    assert guards.has_tables(connection)


@pytest.mark.parametrize("key", ["short", "the same secret, long enough for anything"])
def test_deployment_needs_a_seal_key_of_its_own(key: str) -> None:
    same = "the same secret, long enough for anything"
    with override_settings(LEDGER_SEAL_KEY=key, SECRET_KEY=same):
        found = checks.run_checks(tags=["security"], include_deployment_checks=True)

    assert "records.E002" in [message.id for message in found]


def test_deployment_keeps_documents_apart(settings: Any) -> None:
    with override_settings(MEDIA_ROOT=settings.STATIC_ROOT / "documents"):
        found = checks.run_checks(tags=["security"], include_deployment_checks=True)

    assert "records.E003" in [message.id for message in found]


@pytest.mark.parametrize(
    ("backend", "is_named", "is_fault"),
    [
        ("filebased", True, True),
        ("console", True, True),
        ("dummy", True, True),
        ("smtp", False, True),
        ("smtp", True, False),
    ],
)
def test_deployment_needs_a_mail_server(backend: str, is_named: bool, is_fault: bool) -> None:
    backend = f"django.core.mail.backends.{backend}.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_IS_NAMED=is_named):
        found = checks.run_checks(tags=["security"], include_deployment_checks=True)

    assert ("records.E005" in [message.id for message in found]) == is_fault
