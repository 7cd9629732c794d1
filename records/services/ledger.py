"""Checking the ledger, by night and on demand, and keeping the outcome; noting down its head."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import IO

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import anchors, closed, exports, guards, ledger, ledger_checks, notices
from records.acts import act
from records.clock import day_of
from records.enums import SystemActor
from records.ledger import Actor, Head, Verdict
from records.models import LedgerCheck, LedgerEntry, LedgerHead

LEDGER_CHECKED = ledger.action("ledger.checked", lazy("checked %(record)s"))
LEDGER_EXPORTED = ledger.action("ledger.exported", lazy("exported %(record)s"))

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
    try:
        return note(inspect(incremental=incremental), by=by, at=at)
    except Exception:
        _tell_of_no_check(at)
        raise


@act
def _tell_of_no_check(at: datetime) -> None:
    """A check that cannot be carried out is a reason to look, as one that found something."""
    _tell_keepers(at)


def inspect(*, incremental: bool = False, held: Sequence[Head] = ()) -> Verdict:
    """Verify the ledger against the anchor file, and against heads that somebody else has kept.

    The last head up to which it was found sound, as the portal's seal confirms, is held against it
    too; incremental, it is where the reading begins, unless a later check found a fault or is lost.
    """
    noted, last = anchors.read(), last_sound()
    known = [*noted.heads, *held, *([last] if last else ())]
    verdict = ledger.verify(
        *known, since=last if incremental and ledger_checks.is_trusted() else None
    )
    most = ledger_checks.most_anchors()
    return replace(
        verdict,
        anchors=len(noted.anchors),
        anchors_whole=not noted.unreadable and len(noted.anchors) >= most,
    )


def last_sound() -> Head | None:
    """The head of the last sound check that the portal wrote."""
    last = ledger_checks.newest_sound()
    return Head(last.head_sequence, last.head_hash) if last else None


def note(verdict: Verdict, *, by: Actor, at: datetime) -> LedgerCheck:
    """Keep the outcome of a verification."""
    try:
        return _note(verdict, by=by, at=at)
    except IntegrityError:
        guards_stand = verdict.guards and guards.present(connection)
        if verdict.sound and guards_stand:
            raise
        # Where lines were moved, or vanish, the ledger takes no further one. That is told all the
        # same.
        found = replace(verdict, guards=guards_stand)
        return _note(found, by=by, at=at, in_ledger=False)


@act
def _note(verdict: Verdict, *, by: Actor, at: datetime, in_ledger: bool = True) -> LedgerCheck:
    fault = verdict.first_fault
    found = LedgerCheck(
        at=at,
        entries=verdict.entries,
        head_sequence=verdict.head.sequence,
        head_hash=verdict.head.hash,
        since=verdict.since,
        anchors=verdict.anchors,
        anchors_whole=verdict.anchors_whole,
        is_sound=verdict.sound,
        guards=verdict.guards,
        fault_sequence=fault.sequence if fault else None,
        fault_kind=fault.kind.value if fault else "",
        fault_anchor=fault.anchor.sequence if fault and fault.anchor else None,
    )
    outcome = ledger_checks.keep(found)
    if in_ledger:
        ledger.record(
            LEDGER_CHECKED,
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
    line, and a line of what is closed to them is closed too."""
    if isinstance(by, SystemActor) or not closed.is_any_restricted_from(
        by, LedgerEntry.objects.all()
    ):
        return None
    return _(
        "You cannot see every entry, and an export includes all of them. Ask another "
        "secretary, or the operator with “manage.py export_ledger”."
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
            _("%(folder)s is not empty. Choose an empty or new folder.") % {"folder": folder}
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
        logger.exception(
            "The ledger was exported. It is damaged, and the export could not be recorded in it."
        )


@act
def _record_export(head: Head, by: Actor, at: datetime) -> None:
    subject = LedgerHead(pk=1)
    ledger.record(LEDGER_EXPORTED, subject=subject, by=by, at=at, entries=head.sequence)
