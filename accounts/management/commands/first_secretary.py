"""Ask who the first secretary of an installation is, on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from accounts import services
from accounts.enums import Role
from accounts.management.commands.create_person import asked_password
from accounts.models import User
from records import clock
from records.enums import SystemActor


class Command(BaseCommand):
    help = (
        "Make the account of the first secretary, who is the administrator too: asks for a name, an "
        "email address and a password, each again until it can be used. Does nothing where there is "
        "an account."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            return
        if not sys.stdin.isatty():
            raise CommandError("No terminal to ask on: use create_person with --password-stdin.")
        self.stdout.write("Nobody has an account yet. Who is the first secretary?")
        name = self.asked("Name: ", named)
        email = self.asked("Email: ", addressed)
        password = asked_password(User(email=email, name=name), self.stdout.write)
        person = services.admit(
            email,
            name,
            [Role.SECRETARY, Role.ADMINISTRATOR],
            clock.today(),
            by=SystemActor.OPERATOR,
            at=clock.now(),
            password=password,
        )
        self.stdout.write(f"{person} can sign in as {person.email}.")

    def asked(self, question: str, read: Callable[[str], str]) -> str:
        while True:
            try:
                return read(input(question).strip())
            except ValidationError as refusal:
                self.stdout.write(" ".join(refusal.messages))


def named(name: str) -> str:
    if not name or not name.isprintable():
        raise ValidationError("Type the name as it should stand in the portal.")
    return name


def addressed(email: str) -> str:
    validate_email(email)
    return email
