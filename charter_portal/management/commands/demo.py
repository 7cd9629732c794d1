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
from charters.models import Committee
from records import clock, pdf
from records.dates import written_for
from records.models import Company, Document, LedgerEntry

GOVERNED = (Company, User, Committee, Document, LedgerEntry)


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no date. Write it like 2026-11-20.") from None


class Command(BaseCommand):
    help = (
        "Fill an empty, migrated database with a fictional company and its records of a year "
        "and a half. Only with DEMO=1. Exits with 1 if the database is not empty."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--today",
            type=day,
            metavar="DATE",
            help="last date of the records (default: today in the company's time zone)",
        )
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="exit with 0 and do nothing if the database is not empty",
        )

    def handle(
        self, *args: Any, today: date | None, if_empty: bool, verbosity: int, **options: Any
    ) -> None:
        refuse_without_demo()
        refuse_without_tables()
        if is_filled():
            return self.leave_alone(if_empty)
        stage = Stage.until(today or clock.now().astimezone(ZONE).date())
        try:
            story = history.tell(stage, with_pdfs=pdf.is_available())
        except BaseException:
            self.say_what_is_left()
            raise
        if verbosity:
            with written_for(story.company):
                self.stdout.write(guide.as_text(story))
        return None

    def say_what_is_left(self) -> None:
        """Each chapter is on record as a whole; what failed before the first left nothing."""
        if is_filled():
            self.stderr.write(
                "The command was interrupted. The records so far are complete but end early. "
                "Start again with an empty database."
            )

    def leave_alone(self, if_empty: bool) -> None:
        if not if_empty:
            raise CommandError(
                "This database already has records. Set VAR_DIR or DATABASE_URL to an empty one."
            )
        self.stdout.write("This database already has records. Nothing was added.")


def is_filled() -> bool:
    return any(model._default_manager.exists() for model in GOVERNED)


def refuse_without_demo() -> None:
    if not settings.DEMO:
        raise CommandError(
            "The demonstration needs DEMO=1, because its people sign in without a password."
        )


def refuse_without_tables() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The tables are missing or out of date. Run manage.py migrate.")
