"""Rewrite every app's one migration from its models, until the first release freezes them."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.writer import MigrationWriter

from records.registry import portal_apps


class Command(BaseCommand):
    help = (
        "Remove the migrations of the portal's apps and write one for each from its models. Only "
        "before the first release: a database made from the old ones does not fit the new ones."
    )
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        folders = {config.label: Path(config.path) / "migrations" for config in portal_apps()}
        for folder in folders.values():
            for old in folder.glob("0*.py"):
                old.unlink()
        call_command("makemigrations", verbosity=0)
        for (label, name), migration in MigrationLoader(None).disk_migrations.items():
            if label in folders:
                migration.operations = folded(migration)  # type: ignore[misc]
                text = MigrationWriter(migration, include_header=False).as_string()
                (folders[label] / f"{name}.py").write_text(text, encoding="utf-8")


def folded(migration: Migration) -> list[Operation]:
    """The operations with constraints and indexes in the creation of their tables, where the fields
    are there by then: making a table once is quicker than altering it ten times."""
    tables = {op.name_lower: op for op in migration.operations if isinstance(op, CreateModel)}
    late = [op for op in migration.operations if isinstance(op, AddField)]
    return [op for op in migration.operations if not moved(op, tables, late)]


def moved(operation: Operation, tables: dict[str, CreateModel], late: list[AddField]) -> bool:
    """Whether a constraint or an index could be put into the creation of its table, and was."""
    what: Any
    if isinstance(operation, AddConstraint):
        key, what = "constraints", operation.constraint
    elif isinstance(operation, AddIndex):
        key, what = "indexes", operation.index
    else:
        return False
    table = tables.get(operation.model_name_lower)
    waits = any(
        field.model_name_lower == operation.model_name_lower and field.name in repr(what)
        for field in late
    )
    if table is None or waits:
        return False
    table.options[key] = [*table.options.get(key, ()), what]
    return True
