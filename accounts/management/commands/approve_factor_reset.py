"""A second factor that was lost, where no second secretary can decide."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import services
from accounts.enums import Checked
from accounts.models import FactorReset
from records import clock
from records.enums import Office


class Command(BaseCommand):
    help = (
        "Approve a person's request for a new second factor, made after the password on the sign-in "
        "page. Every factor and session of theirs ends; they sign in by password and set up anew."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address the person signs in with")
        parser.add_argument(
            "--checked",
            choices=Checked.values,
            required=True,
            help="how you made sure who is asking; a mail is not enough",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        asked = FactorReset.objects.open(now).filter(user__email__iexact=options["email"]).first()
        if asked is None:
            raise CommandError(
                f"{options['email']} asks for no new second factor. The person signs in by "
                "password and follows the link for a second factor that was lost."
            )
        try:
            reset = services.approve_factor_reset(
                asked, Checked(options["checked"]), by=Office.OPERATOR, at=now
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"{reset.user}: every second factor and every session has ended.")
