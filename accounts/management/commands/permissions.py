"""Who may do what, printed from the tables that decide it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts import permissions
from accounts.enums import Role

NOTE = {True: "yes", False: "–"}


class Command(BaseCommand):
    help = "Print which roles have which permission. Access combines all roles of a person."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--markdown", action="store_true", help="as the table that docs/access.md holds"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(as_markdown() if options["markdown"] else as_text())


def as_text() -> str:
    """One line for each permission, wide enough for the longest name."""
    table = permissions.granted()
    width = max(map(len, table), default=0)
    return "\n".join(f"{name:<{width}}  {words(roles)}" for name, roles in table.items())


def words(roles: frozenset[Role]) -> str:
    return ", ".join(str(role.label) for role in Role if role in roles) or "nobody"


def as_markdown() -> str:
    """Permissions down, roles across."""
    head = ["Permission", *(str(role.label) for role in Role)]
    rows = [
        [f"`{name}`", *(NOTE[role in roles] for role in Role)]
        for name, roles in permissions.granted().items()
    ]
    rule = ["---", *(":---:" for _ in Role)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, rule, *rows])
