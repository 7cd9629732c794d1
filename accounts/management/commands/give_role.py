"""Give a person a role, also from a day that has passed."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import services
from accounts.enums import Role
from accounts.management.commands.create_person import acting
from accounts.models import User
from records import clock
from records.dates import long_day


class Command(BaseCommand):
    help = (
        "Give a person a role, also from a date that has passed. What was issued since then and is "
        "restricted from the role is closed to the person permanently."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address the person signs in with")
        parser.add_argument("role", choices=Role.values, help="the role that is given")
        parser.add_argument(
            "--from",
            dest="starts_on",
            type=date.fromisoformat,
            metavar="DATE",
            help="the first date on which it is held (default: today)",
        )
        parser.add_argument(
            "--by",
            metavar="EMAIL",
            help="who does this (default: the operator, who alone may name a date before today)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {options['email']}.")
        starts_on, role = options["starts_on"] or clock.today(), Role(options["role"])
        try:
            services.give_role(user, role, starts_on, by=acting(options["by"]), at=clock.now())
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"{user}: {role.label} is held from {long_day(starts_on)} on.")
