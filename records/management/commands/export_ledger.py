"""Export the ledger to a folder, with its anchors and a verifier that needs nothing else."""

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from records import clock
from records.enums import SystemActor
from records.ledger import Actor
from records.services.ledger import export


class Command(BaseCommand):
    help = (
        "Write ledger.jsonl, anchors.jsonl and verify.py into a new folder. Anybody can run "
        "verify.py with Python 3.9 or later, without the portal. The export is recorded in "
        "the ledger."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="an empty or new folder")
        parser.add_argument("--by", metavar="EMAIL", help="who does this (default: the operator)")

    def handle(self, *args: Any, folder: Path, by: str | None, **options: Any) -> None:
        try:
            head = export(folder, by=actor(by), at=clock.now())
        except (ValidationError, OSError) as refusal:
            said = refusal.messages[0] if isinstance(refusal, ValidationError) else str(refusal)
            raise CommandError(said) from refusal
        self.stdout.write(f"{head.sequence} entries are in {folder}. Verify them with:")
        self.stdout.write(f"python3 {folder}/verify.py --anchor {head.sequence}:{head.hash}")


def actor(email: str | None) -> Actor:
    if email is None:
        return SystemActor.OPERATOR
    user = get_user_model()._default_manager.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise CommandError(f"Nobody with an open account has the address {email}.")
    return user
