"""What `manage.py check --database default` looks at for the concerns channel. It says the same with
and without cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, Tags, register
from django.db import DatabaseError, connection

from whistleblower import opening
from whistleblower.models import Channel, RosterList
from whistleblower.services import deletions, disk

# Settings of PostgreSQL under which what was sealed or deleted stays elsewhere.
EXPECTED = {
    "archive_mode": "off",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_error_statement": "panic",
    "wal_recycle": "off",
}


def has_channel(databases: Sequence[str] | None) -> bool:
    try:
        return bool(databases) and Channel.objects.exists()
    except DatabaseError:
        # Before `migrate`.
        return False


@register(Tags.database)
def list_of_deleted_is_there(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    if not has_channel(databases) or not deletions.is_list_lost():
        return []
    return [
        checks.Error(
            f"The list of deleted concerns cases is missing: {deletions.list_path()}.",
            hint="Set ANCHOR_DIR to the folder that holds it, or copy it there. Without it, cases "
            "that were deleted open again when a backup is restored.",
            id="whistleblower.E001",
        )
    ]


@register(Tags.database)
def desk_key_is_the_one_in_use(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    if not has_channel(databases):
        return []
    channel = Channel.objects.get()
    if channel.desk_key_mark in ("", opening.desk_key_mark(channel)):
        return []
    return [
        checks.Error(
            "DESK_KEY is not the key that sealed the readers' keys: the concerns channel is closed.",
            hint="Set DESK_KEY to the former value. If it is lost, each reader makes a new "
            "passphrase from the recovery sheet and a reader opens the channel again.",
            id="whistleblower.E002",
        )
    ]


@register(Tags.database)
def disk_is_clean(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    if not has_channel(databases) or not disk.is_unclean():
        return []
    return [
        checks.Warning(
            "What the last nightly run of the concerns channel deleted is still in the files of the "
            "database.",
            hint="Another process reads the database for a long time. The portal tries again every "
            "hour.",
            id="whistleblower.W001",
        )
    ]


@register(Tags.database)
def words_are_those_approved(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    listed = RosterList.objects.exclude(in_force_on=None).last() if has_channel(databases) else None
    changed = opening.outdated(listed.roster) if listed else ()
    if not changed:
        return []
    return [
        checks.Warning(
            "This version has other words on the pages of the concerns channel than counsel "
            f"approved: {', '.join(changed)}. They are not offered to reporters.",
            hint="Ask counsel to approve the pages. A reader then proposes a list with the date of "
            "the approval, and two readers sign it. If no language is left, the channel is closed.",
            id="whistleblower.W003",
        )
    ]


@register(Tags.database)
def postgresql_writes_nothing_down(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    if connection.vendor != "postgresql" or not has_channel(databases):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(EXPECTED)]
        )
        found = dict(cursor.fetchall())
    wrong = [f"{name} = {found[name]}" for name in EXPECTED if found.get(name) != EXPECTED[name]]
    if not wrong:
        return []
    expected = ", ".join(f"{name} = {value}" for name, value in EXPECTED.items())
    return [
        checks.Warning(
            "PostgreSQL keeps copies or logs of what the concerns channel stores: "
            f"{', '.join(wrong)}.",
            hint=f"Set {expected}.",
            id="whistleblower.W002",
        )
    ]
