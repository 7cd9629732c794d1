"""A second factor that was lost, where no second secretary can decide."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import services
from accounts.enums import Checked
from accounts.models import FactorReset
from records import clock
from records.enums import SystemActor


class Command(BaseCommand):
    help = (
        "Approve a person's request to set up two-step verification again. All their "
        "passkeys, codes and sessions end. They sign in with their password and set it up "
        "again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address the person signs in with")
        parser.add_argument(
            "--checked",
            choices=Checked.values,
            required=True,
            help="how you confirmed who is asking; an email is not enough",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        asked = FactorReset.objects.open(now).filter(user__email__iexact=options["email"]).first()
        if asked is None:
            raise CommandError(
                f"{options['email']} has no open request. The person signs in with the "
                "password and uses the link for lost two-step verification."
            )
        try:
            reset = services.approve_factor_reset(
                asked, Checked(options["checked"]), by=SystemActor.OPERATOR, at=now
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"{reset.user}: all passkeys, codes and sessions have ended.")
