"""Triggers by which the database itself refuses to change or delete ledger entries.

They are installed after every migration and not in one: altering a table makes SQLite drop its
triggers. Whoever owns the database can take them away; that is why their presence is checked,
and why hashes and seals stand behind them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import NotSupportedError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from records.models import LedgerEntry

TABLE = LedgerEntry._meta.db_table
REFUSAL = "The ledger is append-only: its entries are never changed or deleted."

SQLITE = {
    "ledger_refuses_update": f"BEFORE UPDATE ON {TABLE}",
    "ledger_refuses_delete": f"BEFORE DELETE ON {TABLE}",
    # INSERT OR REPLACE deletes without asking the trigger above, also the row whose hidden rowid it
    # names. NEW.rowid is -1 where none is named.
    "ledger_refuses_replace": f"BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} "  # noqa: S608 # nosec B608
    "WHERE sequence = NEW.sequence OR hash = NEW.hash OR previous_hash = NEW.previous_hash "
    "OR rowid = NEW.rowid)",
}
POSTGRESQL = {
    "ledger_refuses_change": f"BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH STATEMENT",
    # A statement on a table from which this one inherits asks the triggers of rows only.
    "ledger_refuses_row_change": f"BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW",
    "ledger_refuses_truncate": f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT",
}
# The same as the server's catalogue has it: for each row (1), before (2), on delete (8), update (16)
# or truncate (32), as `tgtype`.
CATALOGUED = {
    "ledger_refuses_change": 26,
    "ledger_refuses_row_change": 27,
    "ledger_refuses_truncate": 34,
}
FUNCTION = "ledger_refuses"
BODY = f" BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END "


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guards in place. Does nothing where they stand or where there is no ledger yet."""
    if not has_ledger(connection) or present(connection):
        return
    remove(connection)
    _run(connection, _installing(connection.vendor))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guards away, as the test set-up must before it empties the tables."""
    if has_ledger(connection):
        _run(connection, _removing(connection.vendor))


def present(connection: BaseDatabaseWrapper) -> bool:
    """Whether every guard stands, unaltered and switched on, and nothing else is on the table or
    on another table of the portal.

    A trigger or a rule of somebody else's could let a line vanish before it is written, or the
    warning of it. On a table that has partitions or inherits, statements reach the rows past the
    guards.
    """
    if connection.vendor == "sqlite":
        return _stand_on_sqlite(connection)
    if connection.vendor == "postgresql":
        return (
            _stands_alone(connection)
            and _stand_on_postgresql(connection)
            and not _are_others_altered(connection)
        )
    return False


def _stand_on_sqlite(connection: BaseDatabaseWrapper) -> bool:
    """No trigger but ours, on whatever table: the portal has no others."""
    found = _rows(
        connection,
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' UNION ALL "
        "SELECT name, sql FROM sqlite_temp_master WHERE type = 'trigger'",
    )
    return sorted(found) == sorted((name, _sqlite(name)) for name in SQLITE)


def _stands_alone(connection: BaseDatabaseWrapper) -> bool:
    """An ordinary table without rules or row security, neither parent nor child of another, and
    written to the log of changes: an unlogged one is emptied when the server stops without notice."""
    return _rows(
        connection,
        "SELECT relkind = 'r' AND relpersistence <> 'u' AND NOT relispartition AND NOT relrowsecurity "
        "AND NOT EXISTS (SELECT 1 FROM pg_inherits "
        "WHERE inhrelid = pg_class.oid OR inhparent = pg_class.oid) "
        "AND NOT EXISTS (SELECT 1 FROM pg_rewrite WHERE ev_class = pg_class.oid) "
        "FROM pg_class WHERE oid = to_regclass(%s)",
        TABLE,
    ) == [(True,)]


def _stand_on_postgresql(connection: BaseDatabaseWrapper) -> bool:
    """Also with a condition, or for some columns only, a trigger would look like ours by name.

    The ledger refers to no table and none refers to it: it has no internal triggers either.
    """
    found = _rows(
        connection,
        "SELECT tgname, tgtype, tgenabled, tgqual IS NULL, tgattr::text, lanname, prosrc "
        "FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
        "JOIN pg_language ON pg_language.oid = prolang WHERE tgrelid = to_regclass(%s)",
        TABLE,
    )
    ours = [(name, kind, "A", True, "", "plpgsql", BODY) for name, kind in CATALOGUED.items()]
    return sorted(found) == sorted(ours)


def _are_others_altered(connection: BaseDatabaseWrapper) -> bool:
    """Whether another table of the portal has a trigger, a rule or row security, or is no table;
    or whether a trigger by which the server keeps its foreign keys is switched off."""
    names = [model._meta.db_table for model in apps.get_models() if model is not LedgerEntry]
    found = _rows(
        connection,
        "SELECT 1 FROM unnest(%s::text[]) AS name "
        "JOIN pg_class ON pg_class.oid = to_regclass(quote_ident(name)) "
        "WHERE relkind <> 'r' OR relrowsecurity "
        "OR EXISTS (SELECT 1 FROM pg_rewrite WHERE ev_class = pg_class.oid) "
        "OR EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = pg_class.oid "
        "AND (NOT tgisinternal OR tgenabled NOT IN ('O', 'A'))) LIMIT 1",
        names,
    )
    return bool(found)


def has_ledger(connection: BaseDatabaseWrapper) -> bool:
    """Whether something has the ledger's name: also a view, or on SQLite other letters."""
    return TABLE in _names(connection)


def has_tables(connection: BaseDatabaseWrapper) -> bool:
    """Whether any table of the portal is there: an empty database has not been set up yet."""
    ours = {model._meta.db_table.lower() for model in apps.get_models(include_auto_created=True)}
    return not ours.isdisjoint(_names(connection))


def _names(connection: BaseDatabaseWrapper) -> list[str]:
    """Of the tables and views, as the database compares them."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor, include_views=True)
    return [name.lower() for name in names] if connection.vendor == "sqlite" else names


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """For tests: without guards, for as long as a flush empties the tables."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)


def _rows(
    connection: BaseDatabaseWrapper, query: str, *params: str | list[str]
) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return list(cursor.fetchall())


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite(name: str) -> str:
    return f"CREATE TRIGGER {name} {SQLITE[name]} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"


def _postgresql(name: str) -> list[str]:
    return [
        f"CREATE TRIGGER {name} {POSTGRESQL[name]} EXECUTE FUNCTION {FUNCTION}()",
        # Also when a session calls itself a replica.
        f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {name}",
    ]


def _installing(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [_sqlite(name) for name in SQLITE]
    if vendor == "postgresql":
        function = (
            f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger "
            f"LANGUAGE plpgsql AS $${BODY}$$"
        )
        return [function, *(line for name in POSTGRESQL for line in _postgresql(name))]
    raise NotSupportedError(f"The ledger cannot be guarded on {vendor}: use SQLite or PostgreSQL.")


def _removing(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {name} ON {TABLE}" for name in POSTGRESQL]
    return [f"DROP TRIGGER IF EXISTS {name}" for name in SQLITE]
