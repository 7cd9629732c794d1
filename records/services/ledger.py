"""Checking the ledger, by night and on demand, and keeping the outcome; noting down its head."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hmac import compare_digest
from pathlib import Path
from typing import IO

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Max
from django.utils.translation import gettext as _

from records import anchors, exports, ledger, narrative, notices
from records.acts import act
from records.clock import day_of
from records.enums import Office
from records.ledger import Actor, Head, Verdict
from records.models import LedgerCheck, LedgerEntry, LedgerHead

logger = logging.getLogger(__name__)


class AnchorRefusedError(Exception):
    """The ledger is not sound, so its head was not noted down."""

    def __init__(self, verdict: Verdict) -> None:
        fault = verdict.first_fault
        if fault is None:
            raise ValueError("A sound ledger is anchored.")
        against = f", against the anchor of entry {fault.anchor.sequence}" if fault.anchor else ""
        super().__init__(
            f"The ledger's head was not noted down: entry {fault.sequence} was {fault.kind}"
            f"{against}."
        )


def check(*, by: Actor, at: datetime, incremental: bool = False) -> LedgerCheck:
    """Verify the ledger. Not one act: nobody is kept from working while it is read."""
    return note(inspect(incremental=incremental), by=by, at=at)


def inspect(*, incremental: bool = False, held: Sequence[Head] = ()) -> Verdict:
    """Verify the ledger against the anchor file, and against heads that somebody else has kept.

    The last head up to which it was found sound, as the portal's seal attests, is held against it
    too; incremental, it is where the reading begins.
    """
    noted, last = anchors.read(), last_sound()
    known = [*noted.heads, *held, *([last] if last else ())]
    verdict = ledger.verify(*known, since=last if incremental else None)
    most = LedgerCheck.objects.aggregate(most=Max("anchors"))["most"] or 0
    return replace(
        verdict,
        anchors=len(noted.anchors),
        anchors_whole=not noted.unreadable and len(noted.anchors) >= most,
    )


def last_sound() -> Head | None:
    """The head of the last sound check; None where its seal does not say so."""
    last = LedgerCheck.objects.filter(is_sound=True).first()
    if last is None:
        return None
    head = Head(last.head_sequence, last.head_hash)
    return head if compare_digest(ledger.seal_check(head), last.seal) else None


def note(verdict: Verdict, *, by: Actor, at: datetime) -> LedgerCheck:
    """Keep the outcome of a verification."""
    try:
        return _note(verdict, by=by, at=at)
    except IntegrityError:
        if verdict.sound:
            raise
        # Where lines were moved the ledger may take no further one. That is told all the same.
        return _note(verdict, by=by, at=at, in_ledger=False)


@act
def _note(verdict: Verdict, *, by: Actor, at: datetime, in_ledger: bool = True) -> LedgerCheck:
    fault = verdict.first_fault
    outcome = LedgerCheck.objects.create(
        at=at,
        entries=verdict.entries,
        head_sequence=verdict.head.sequence,
        head_hash=verdict.head.hash,
        since=verdict.since,
        anchors=verdict.anchors,
        anchors_whole=verdict.anchors_whole,
        seal=ledger.seal_check(verdict.head) if verdict.sound else "",
        is_sound=verdict.sound,
        guards=verdict.guards,
        fault_sequence=fault.sequence if fault else None,
        fault_kind=fault.kind.value if fault else "",
        fault_anchor=fault.anchor.sequence if fault and fault.anchor else None,
    )
    if in_ledger:
        ledger.record(
            "ledger.checked",
            subject=outcome,
            by=by,
            at=at,
            sound=verdict.sound,
            guards=verdict.guards,
            entries=verdict.entries,
            since=verdict.since,
            anchors=verdict.anchors,
        )
    if not outcome.is_all_well:
        _tell_keepers(at)
    return outcome


def _tell_keepers(at: datetime) -> None:
    """Once a day: the page says what was found, and a mail only that something waits there."""
    day = day_of(at)
    for keeper in notices.holders("records.mend_ledger", day):
        notices.owe(notices.LEDGER_FAULT, to=keeper, key=day.isoformat(), at=at)


def anchor(*, at: datetime) -> Head | None:
    """Note the ledger's head down outside the database. Answers it, or None where nothing is new.

    No act: the line is in the file, and one in the ledger would be a new head to note down.
    Raises AnchorRefusedError if what came since the last sound check is not as it was written, or
    an earlier anchor is not met.
    """
    verdict = inspect(incremental=True)
    if not verdict.sound:
        raise AnchorRefusedError(verdict)
    if not verdict.head.sequence:
        return None
    return verdict.head if anchors.note(verdict.head, at) else None


def why_no_export(by: Actor) -> str | None:
    """Why somebody is barred from taking the ledger away, as a sentence: an export holds every
    line, and a line of what is closed to them is closed too (law 9)."""
    if isinstance(by, Office) or not narrative.is_any_closed_to(by, LedgerEntry.objects.all()):
        return None
    return _(
        "Some lines of the ledger are closed to you, and an export holds them all. Another "
        "secretary exports it, or the operator by “manage.py export_ledger”."
    )


def _refuse_closed_lines(by: Actor) -> None:
    if reason := why_no_export(by):
        raise ValidationError(reason)


def export(folder: Path, *, by: Actor, at: datetime) -> Head:
    """Write the whole ledger, its anchors and a verifier into a new folder, whole or not at all.

    The line that says so comes before the folder gets its name: there may be a line without a
    folder, and never a folder without a line.
    """
    if exports.is_taken(folder):
        raise ValidationError(
            _("There is something in %(folder)s. Name an empty folder or a new one.")
            % {"folder": folder}
        )
    _refuse_closed_lines(by)
    with exports.whole_or_not_at_all(folder) as partial:
        head = exports.write(partial, at)
        _note_export(head, by, at)
    return head


def export_archive(*, by: Actor, at: datetime) -> IO[bytes]:
    """The same as a ZIP, in a file that is gone once it is closed."""
    _refuse_closed_lines(by)
    archive, head = exports.archive(at)
    _note_export(head, by, at)
    return archive


def _note_export(head: Head, by: Actor, at: datetime) -> None:
    """A ledger in such disorder that it takes no line is handed out all the same: as evidence."""
    try:
        _record_export(head, by, at)
    except IntegrityError:
        if ledger.verify().sound:
            raise
        logger.exception("The ledger was exported, and is so disordered that it takes no line.")


@act
def _record_export(head: Head, by: Actor, at: datetime) -> None:
    subject = LedgerHead(pk=1)
    ledger.record("ledger.exported", subject=subject, by=by, at=at, entries=head.sequence)
