"""Django's own command, answered: nobody stands above the roles here."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "There is no superuser: use create_person, which gives roles."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rest", nargs="*", help="ignored")

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError(
            "The portal has no superuser. Access comes from roles. Use: manage.py "
            "create_person EMAIL --name NAME --role administrator"
        )
