"""What the ground floor's pages show, as plain values."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth import get_user_model
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from records.dates import short_day
from records.enums import Office
from records.models import LedgerCheck, LedgerEntry

USER = re.compile(r"user:(\d+) roles=(.*)")


@dataclass(frozen=True)
class LedgerLine:
    """An entry in words. The record's title is left out: not every reader may know it."""

    sequence: int
    day: str
    time: str
    actor: str
    roles: str
    action: str
    subject: str
    hash: str


def ledger_lines(entries: Iterable[LedgerEntry]) -> list[LedgerLine]:
    entries = list(entries)
    names = _names(entries)
    return [_line(entry, names) for entry in entries]


def _names(entries: Iterable[LedgerEntry]) -> dict[str, str]:
    """The names of all who act in these entries, in one query."""
    keys = {match[1] for entry in entries if (match := USER.fullmatch(entry.actor))}
    users = get_user_model()._default_manager.filter(pk__in=keys)
    return {str(user.pk): str(user) for user in users}


def _line(entry: LedgerEntry, names: dict[str, str]) -> LedgerLine:
    at = localtime(entry.at)
    match = USER.fullmatch(entry.actor)
    return LedgerLine(
        sequence=entry.sequence,
        day=short_day(at.date()),
        time=time_format(at, "TIME_FORMAT"),
        actor=names.get(match[1], entry.actor) if match else _office(entry.actor),
        roles=_roles(match[2]) if match else "",
        action=_words(entry.action),
        subject=_subject(entry.subject),
        hash=entry.hash[:12],
    )


def _office(actor: str) -> str:
    return str(Office(actor).label) if actor in Office.values else actor


def _roles(roles: str) -> str:
    return "" if roles == "none" else _words(roles.replace(",", ", "))


def _words(action: str) -> str:
    return action.replace(".", " ").replace("_", " ")


def _subject(label: str) -> str:
    """`committees.Duty:12` as "duty 12"; what no app knows any more, as it stands."""
    model, _colon, key = label.partition(":")
    try:
        return f"{apps.get_model(model)._meta.verbose_name} {key[:8]}"
    except (LookupError, ValueError):
        return label


def check_sentence(check: LedgerCheck | None) -> str:
    """What the last verification found."""
    if check is None:
        return _("The ledger has not been checked yet. It is checked every night.")
    at = localtime(check.at)
    said = {
        "day": short_day(at.date()),
        "time": time_format(at, "TIME_FORMAT"),
        "entries": check.entries,
        "sequence": check.fault_sequence,
        "kind": check.get_fault_kind_display(),
    }
    if not check.is_sound:
        return _("Checked on %(day)s at %(time)s: entry %(sequence)s was %(kind)s.") % said
    if not check.guards:
        return (
            _("Checked on %(day)s at %(time)s: sound, but the database's guards are missing.")
            % said
        )
    return _("Checked on %(day)s at %(time)s: all %(entries)s entries are sound.") % said
