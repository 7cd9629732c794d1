"""The way into an installation that has no accounts yet."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import services
from accounts.enums import Role
from accounts.models import User
from records import clock
from records.enums import SystemActor


class Command(BaseCommand):
    help = (
        "Add an account and give it roles. Asks for a password on a terminal. With "
        "--no-password, the person sets one through the link on the sign-in page."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address the person signs in with")
        parser.add_argument("--name", required=True, help="the person's name")
        parser.add_argument(
            "--role",
            action="append",
            default=[],
            choices=Role.values,
            help="a role from today; may be repeated",
        )
        parser.add_argument("--by", metavar="EMAIL", help="who does this (default: the operator)")
        password = parser.add_mutually_exclusive_group()
        password.add_argument(
            "--password-stdin", action="store_true", help="read the password from standard input"
        )
        password.add_argument(
            "--no-password", action="store_true", help="do not set a password now"
        )

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


def acting(email: str | None) -> User | SystemActor:
    if not email:
        return SystemActor.OPERATOR
    person = User.objects.active().filter(email__iexact=email).first()
    if person is None:
        raise CommandError(f"No open account has the address {email}.")
    return person


def chosen_password(options: dict[str, Any]) -> str | None:
    if options["no_password"]:
        return None
    user = User(email=options["email"], name=options["name"])
    if not options["password_stdin"]:
        return asked_password(user, print)
    password = sys.stdin.readline().rstrip("\r\n")
    validate_password(password, user)
    return password


def asked_password(user: User, say: Callable[[str], object]) -> str:
    """Ask until a password is accepted and was typed twice alike."""
    if not sys.stdin.isatty():
        raise CommandError("No terminal to ask on: use --password-stdin or --no-password.")
    while True:
        password = getpass.getpass("Password (at least 12 characters): ")
        try:
            validate_password(password, user)
        except ValidationError as refusal:
            say(" ".join(refusal.messages))
            continue
        if password == getpass.getpass("Password, again: "):
            return password
        say("The two passwords differ. Type it again.")
