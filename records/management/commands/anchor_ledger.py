"""Note the ledger's head down outside the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from records import anchors, clock
from records.services.ledger import AnchorRefusedError, anchor


class Command(BaseCommand):
    help = (
        "Append the ledger's head to the anchor file (ANCHOR_DIR), as the schedule does "
        "every night. Refused if the ledger contradicts an earlier anchor."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            head = anchor(at=clock.now())
        except AnchorRefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        if head is None:
            self.stdout.write("There is nothing new to write.")
        else:
            self.stdout.write(f"Noted down in {anchors.path()}: {head.sequence}:{head.hash}")
