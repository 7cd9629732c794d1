"""Fill an empty portal with a fictional company, to be looked at and played with."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts.models import User
from charter_portal.demo import guide, history
from charter_portal.demo.company import ZONE, Stage
from committees.models import Committee
from records import clock
from records.models import Company, Document, LedgerEntry

GOVERNED = (Company, User, Committee, Document, LedgerEntry)


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no date. Write it like 2026-11-20.") from None


class Command(BaseCommand):
    help = (
        "Fill an empty, migrated database with a fictional company and a year and a half of its "
        "records. Only with DEMO=1. Exits with 1 if there is anything in the database already."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--today",
            type=day,
            metavar="DATE",
            help="the day on which the story ends (default: today, by the company's clock)",
        )
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="do nothing, and call that success, if there is anything in the database",
        )

    def handle(
        self, *args: Any, today: date | None, if_empty: bool, verbosity: int, **options: Any
    ) -> None:
        refuse_without_demo()
        refuse_without_tables()
        if any(model._default_manager.exists() for model in GOVERNED):
            return self.leave_alone(if_empty)
        stage = Stage.until(today or clock.now().astimezone(ZONE).date())
        story = history.tell(stage)
        if verbosity:
            self.stdout.write(guide.as_text(story))
        return None

    def leave_alone(self, if_empty: bool) -> None:
        if not if_empty:
            raise CommandError(
                "There are records in this database, and the demonstration is never mixed with "
                "them. Point VAR_DIR or DATABASE_URL at an empty one."
            )
        self.stdout.write("There are records in this database: nothing was added.")


def refuse_without_demo() -> None:
    if not settings.DEMO:
        raise CommandError(
            "The demonstration is for DEMO=1 alone: its people sign in without a password."
        )


def refuse_without_tables() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database has no tables yet, or old ones. Run manage.py migrate.")
