"""The nightly run, without any key.

Deletes what a reader approved, wrapped keys first. Gives readers who joined later slots that open for
nobody. Writes the rows again in random order, so that neither hour nor order of arrival stays on the
disk. Anchors all sealed rows under a fresh salt in one entry of the activity log, also on days
without change.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta

from django.db import connection, models
from django.utils.translation import gettext_lazy as lazy

from records import clock, ledger
from records.acts import act
from records.enums import SystemActor
from records.models import LegalHold
from whistleblower import opening
from whistleblower.crypto import slots
from whistleblower.crypto.roster import Roster, RosterError
from whistleblower.models import REPORTER, Case, Channel, Night, OpenDesk, Part, ReaderKey, Slot
from whistleblower.services import anchors, deletions
from whistleblower.services.writing import shuffler

RUN = ledger.action("channel.anchored", lazy("anchored the %(record)s"))
SEALED: tuple[type[models.Model], ...] = (Case, Part, Slot)
WEEK = timedelta(days=7)


@act
def run(*, at: datetime) -> Night | None:
    """One night. None where the company has no channel of its own."""
    channel = Channel.objects.select_for_update().first()
    on = clock.day_of(at)
    if channel is None or Night.objects.filter(on=on).exists():
        return None
    if not Night.objects.exists():
        deletions.begin_list()
    _lock_tables()
    OpenDesk.objects.all().delete()
    if not LegalHold.objects.open().exists():
        deletions.delete_approved()
    roster = _roster()
    if roster is not None:
        _give_dummies(roster)
    _write_again()
    night = anchors.make(on, roster)
    ledger.record(
        RUN,
        subject=channel,
        by=SystemActor.SCHEDULER,
        at=at,
        digest=ledger.Digest(night.digest),
        opened_weekly=is_opened_weekly(on),
    )
    return night


def is_opened_weekly(on: date) -> bool:
    """Whether every reader opened the desk within a week: by dates of the keys, never by cases."""
    keys = ReaderKey.objects.filter(ended_on=None, sheet_verified_on__isnull=False)
    opened = list(keys.values_list("opened_on", flat=True))
    return bool(opened) and all(day is not None and day >= on - WEEK for day in opened)


def _roster() -> Roster | None:
    with suppress(RosterError):
        return opening.in_force()
    return None


def _lock_tables() -> None:
    """Who writes to a case waits, and finds the rows as they stand afterwards."""
    if connection.vendor == "postgresql":
        names = ", ".join(connection.ops.quote_name(each._meta.db_table) for each in SEALED)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")


# What the tables tell.


def _give_dummies(roster: Roster) -> None:
    """A slot for every reader in every generation of every case."""
    rows = Slot.objects.values_list("case_id", "generation", "reader")
    there: dict[tuple[str, int], set[str]] = {}
    for case, generation, reader in rows:
        there.setdefault((case, generation), set()).add(reader)
    wanted = roster.uids | {REPORTER}
    missing = [
        Slot(case_id=case, generation=generation, reader=uid, sealed=slots.dummy())
        for (case, generation), readers in there.items()
        for uid in wanted - readers
    ]
    Slot.objects.bulk_create(missing)


def _write_again() -> None:
    """Delete and insert every row of the day in random order. Entries of days before were written
    again in their night, and entries never change; cases and slots do, so all of them are."""
    last = Night.objects.order_by("on").values_list("on", flat=True).last()
    recent = Part.objects.filter(on__gte=last - timedelta(days=1)) if last else Part.objects.all()
    parts, cases, keys = list(recent), list(Case.objects.all()), list(Slot.objects.all())
    for rows in (recent, Slot.objects.all(), Case.objects.all()):
        rows._raw_delete(rows.db)
    for found in (cases, parts, keys):
        shuffler.shuffle(found)
    Case.objects.bulk_create(cases)
    Part.objects.bulk_create(parts)
    Slot.objects.bulk_create(keys)
