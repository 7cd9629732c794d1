"""After a backup was restored: apply the list of deleted cases before anybody comes in."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from charters.management.commands.standing import a_day
from records import clock
from records.enums import SystemActor
from records.models import LegalHold
from whistleblower.services import disk, restores


class Command(BaseCommand):
    help = (
        "Run this after a backup was restored, before the web processes start. Deletes again what "
        "was deleted under the retention policy of the concerns channel. For 90 days the return "
        "page says which dates may be lost."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from",
            dest="lost_from",
            type=a_day,
            required=True,
            metavar="DATE",
            help="date of the backup, YYYY-MM-DD",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        try:
            restores.record_restore(lost_from=options["lost_from"], by=SystemActor.OPERATOR, at=at)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        if LegalHold.objects.open().exists():
            self.stdout.write(
                "A legal hold is open: nothing was deleted. Deleted cases stay closed."
            )
            return
        try:
            disk.clean_up()
        except disk.StillOnDiskError:
            raise CommandError(
                "What was deleted before is deleted again, and is still in the database's files, "
                "because another process reads the database. Stop it and run this again."
            ) from None
        self.stdout.write("What was deleted before is deleted again.")
