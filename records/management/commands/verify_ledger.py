"""Verify the ledger from the command line."""

import json
import re
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from records.ledger import Fault, FaultKind, Head, Verdict
from records.services.ledger import inspect


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
        "Verify the ledger: the hash, seal, position and link of every entry. Exits with 0 "
        "if it is sound. Exits with 1 if not, and names the first entry that was changed, "
        "removed, inserted or reordered. Removed last entries show only against an anchor. "
        "Anchors of the anchor file are always compared."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchor",
            action="append",
            default=[],
            type=anchor,
            metavar="SEQ:HASH",
            help="a head written down earlier, for example from a report; may be repeated",
        )
        parser.add_argument(
            "--incremental",
            action="store_true",
            help="read only what came since the last sound check; entries before are counted",
        )
        parser.add_argument("--json", action="store_true", help="print the outcome as JSON")

    def handle(
        self, *args: Any, anchor: list[Head], incremental: bool, json: bool, **options: Any
    ) -> None:
        verdict = inspect(incremental=incremental, held=anchor)
        self.stdout.write(as_json(verdict) if json else as_text(verdict))
        if not verdict.sound:
            raise SystemExit(1)


def as_json(verdict: Verdict) -> str:
    fault = verdict.first_fault
    against = fault.anchor.sequence if fault and fault.anchor else None
    return json.dumps(
        {
            "sound": verdict.sound,
            "entries": verdict.entries,
            "head": {"sequence": verdict.head.sequence, "hash": verdict.head.hash},
            "guards": verdict.guards,
            "first_fault": {"sequence": fault.sequence, "kind": fault.kind} if fault else None,
            "against_anchor": against,
            "since": verdict.since,
            "anchors": verdict.anchors,
            "anchors_whole": verdict.anchors_whole,
        }
    )


def as_text(verdict: Verdict) -> str:
    lines = [_outcome(verdict)]
    if verdict.first_fault and verdict.first_fault.anchor:
        lines.append(_contradiction(verdict.first_fault, verdict.first_fault.anchor))
    if verdict.since:
        lines.append(f"Read from entry {verdict.since} on; those before it were only counted.")
    lines.append(f"Head: {verdict.head.sequence}:{verdict.head.hash}")
    if not verdict.guards:
        lines.append(
            "The protective database triggers are missing or were changed, or another trigger or "
            "rule is on a table of the portal. Run manage.py migrate to restore them, and remove "
            "others by hand."
        )
    if not verdict.anchors_whole:
        lines.append("Lines of the anchor file are missing or cannot be read.")
    return "\n".join(lines)


def _outcome(verdict: Verdict) -> str:
    if verdict.first_fault:
        return f"Entry {verdict.first_fault.sequence} was {verdict.first_fault.kind}."
    if not verdict.entries:
        return "The ledger is sound: it is empty."
    met = f" Anchors met: {verdict.anchors}." if verdict.anchors else ""
    return f"The ledger is sound: {verdict.entries} entries.{met}"


def _contradiction(fault: Fault, against: Head) -> str:
    """What an anchor shows and the ledger alone would not."""
    if fault.kind == FaultKind.REMOVED:
        return (
            f"Entry {against.sequence} was on record and is missing: the tail was cut off, or an "
            "old copy of the database was put back."
        )
    return (
        f"Entry {against.sequence} is not the one that was on record: an old copy of the database "
        "was put back and written on, or the history was rewritten."
    )
