"""Verify the ledger from the command line."""

import json
import re
from argparse import ArgumentTypeError
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from records import ledger
from records.ledger import Head, Verdict


def anchor(text: str) -> Head:
    """SEQ:HASH, as reports and anchor files print it."""
    match = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", text.strip().lower())
    if not match:
        raise ArgumentTypeError(
            f"{text!r} is no anchor. Write an entry's number, a colon and its hash, which has "
            "64 hexadecimal digits."
        )
    return Head(int(match[1]), match[2])


class Command(BaseCommand):
    help = (
        "Verify the ledger: every entry's hash, seal, place and link. Exits with 0 if it is sound, "
        "with 1 if not, naming the first entry that was changed, removed, inserted or reordered. "
        "A tail that was cut off shows only against an anchor."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchor",
            type=anchor,
            metavar="SEQ:HASH",
            help="a head noted down earlier, for example in a report's foot",
        )
        parser.add_argument("--json", action="store_true", help="print the outcome as JSON")

    def handle(self, *args: Any, anchor: Head | None, json: bool, **options: Any) -> None:
        verdict = ledger.verify(anchor)
        self.stdout.write(as_json(verdict) if json else as_text(verdict))
        if not verdict.sound:
            raise SystemExit(1)


def as_json(verdict: Verdict) -> str:
    return json.dumps(asdict(verdict))


def as_text(verdict: Verdict) -> str:
    lines = []
    if verdict.first_fault:
        lines.append(f"Entry {verdict.first_fault.sequence} was {verdict.first_fault.kind}.")
    elif verdict.entries:
        lines.append(f"The ledger is sound: {verdict.entries} entries.")
    else:
        lines.append("The ledger is sound: it is empty.")
    lines.append(f"Head: {verdict.head.sequence}:{verdict.head.hash}")
    if not verdict.guards:
        lines.append(
            "The database's guards are missing or altered: manage.py migrate puts them back."
        )
    return "\n".join(lines)
