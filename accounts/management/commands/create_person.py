"""The way into an installation that has no accounts yet."""

from __future__ import annotations

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import services
from accounts.enums import Role
from accounts.models import User
from records import clock
from records.enums import Office


class Command(BaseCommand):
    help = (
        "Make an account and give it roles. Asks for a password on a terminal; with "
        "--no-password the person sets one through the link on the sign-in page."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address the person signs in with")
        parser.add_argument("--name", required=True, help="the person's name")
        parser.add_argument(
            "--role",
            action="append",
            default=[],
            choices=Role.values,
            help="a role held from today on; may be given several times",
        )
        parser.add_argument("--by", metavar="E-MAIL", help="who does this (default: the operator)")
        password = parser.add_mutually_exclusive_group()
        password.add_argument(
            "--password-stdin", action="store_true", help="read the password from standard input"
        )
        password.add_argument("--no-password", action="store_true", help="set none now")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person = services.admit(
                options["email"],
                options["name"],
                [Role(value) for value in options["role"]],
                clock.today(),
                by=acting(options["by"]),
                at=clock.now(),
                password=chosen_password(options),
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        held = ", ".join(str(role.label) for role in Role if role in person.roles(clock.today()))
        self.stdout.write(f"{person} can sign in as {person.email}: {held or 'no role yet'}.")


def acting(email: str | None) -> User | Office:
    if not email:
        return Office.OPERATOR
    person = User.objects.active().filter(email__iexact=email).first()
    if person is None:
        raise CommandError(f"Nobody with an open account signs in as {email}.")
    return person


def chosen_password(options: dict[str, Any]) -> str | None:
    if options["no_password"]:
        return None
    password = asked() if not options["password_stdin"] else sys.stdin.readline().rstrip("\r\n")
    validate_password(password, User(email=options["email"], name=options["name"]))
    return password


def asked() -> str:
    if not sys.stdin.isatty():
        raise CommandError("No terminal to ask on: use --password-stdin or --no-password.")
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Once more: "):
        raise CommandError("The two passwords differ. No account was made.")
    return password
