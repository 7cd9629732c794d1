"""A role that ended earlier than today: on the People page a role ends today or later."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import services
from accounts.enums import Role
from accounts.management.commands.create_person import acting
from accounts.models import RoleTerm
from records import clock
from records.dates import long_day


class Command(BaseCommand):
    help = (
        "End a role, also on a past date. Records that were restricted from the role while "
        "the person had it stay restricted from the person."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address the person signs in with")
        parser.add_argument("role", choices=Role.values, help="the role that ends")
        parser.add_argument(
            "--on",
            type=date.fromisoformat,
            metavar="DATE",
            help="the first date without the role (default: today)",
        )
        parser.add_argument(
            "--by",
            metavar="EMAIL",
            help=("who does this (default: the operator, the only one who can give a past date)"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        terms = RoleTerm.objects.filter(
            user__email__iexact=options["email"], role=options["role"]
        ).select_related("user")
        term = terms.order_by("starts_on").last()
        if term is None:
            raise CommandError(f"{options['email']} never held the role {options['role']}.")
        ends_on = options["on"] or clock.today()
        try:
            services.end_role(term, ends_on, by=acting(options["by"]), at=clock.now())
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        role = Role(term.role).label
        self.stdout.write(f"{term.user}: {role} is not held from {long_day(ends_on)} on.")
