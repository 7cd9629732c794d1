"""What the ground floor's pages show, as plain values."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from records.dates import short_day
from records.enums import Office
from records.models import Document, LedgerCheck, LedgerEntry, Notice

# Asked with the reader and the keys of an app's subjects: which of them this reader may see.
Seen = Callable[[Any, Collection[str]], Collection[str]]

_seen: dict[str, Seen] = {}


def register_subject(label: str, seen: Seen) -> None:
    """Say who may see the ledger's subjects of a model (`app.Model`) or of all others of an app
    (`app`). What nobody has registered is shown to nobody as more than a record."""
    _seen[label] = seen


def _all(reader: Any, keys: Collection[str]) -> Collection[str]:
    return keys


def _documents(reader: Any, keys: Collection[str]) -> Collection[str]:
    visible = Document.objects.visible_to(reader).filter(pk__in=keys)
    return {str(key) for key in visible.values_list("pk", flat=True)}


def _holds(reader: Any, keys: Collection[str]) -> Collection[str]:
    return keys if reader.has_perm("records.place_hold") else ()


def _notices(reader: Any, keys: Collection[str]) -> Collection[str]:
    if not reader.has_perm("records.view_notice"):
        return ()
    visible = Notice.objects.visible_to(reader).filter(pk__in=keys)
    return {str(key) for key in visible.values_list("pk", flat=True)}


def _deliveries(reader: Any, keys: Collection[str]) -> Collection[str]:
    return keys if reader.has_perm("records.view_notice") else ()


# The ground's own: settings and people, open to every reader of the ledger.
register_subject("records", _all)
register_subject("accounts", _all)
register_subject("records.Document", _documents)
register_subject("records.Hold", _holds)
register_subject("records.Notice", _notices)
register_subject("records.Delivery", _deliveries)

USER = re.compile(r"user:(\d+) roles=(.*)")


@dataclass(frozen=True)
class LedgerLine:
    """An entry in words. The record's title is left out: not every reader may know it. Of what the
    reader may not see nothing is left but that there is a line: what was done, by whom and on
    which record are left out alike, so that a hold looks like any other line."""

    sequence: int
    day: str
    time: str
    actor: str
    roles: str
    action: str
    subject: str
    hash: str


def ledger_lines(entries: Iterable[LedgerEntry], reader: Any) -> list[LedgerLine]:
    """The entries as this reader may read them."""
    entries = list(entries)
    names, seen = _names(entries), _seen_subjects(entries, reader)
    return [_line(entry, names, seen) for entry in entries]


def _seen_subjects(entries: Iterable[LedgerEntry], reader: Any) -> set[str]:
    """The subjects the reader may see; each sort is asked once."""
    keys: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        model, _colon, key = entry.subject.partition(":")
        keys[model].add(key)
    return {f"{model}:{key}" for model, mine in keys.items() for key in _ask(model, mine, reader)}


def _ask(model: str, keys: Collection[str], reader: Any) -> Collection[str]:
    app = model.partition(".")[0]
    seen = _seen.get(model) or _seen.get(app)
    return seen(reader, keys) if seen else ()


def _names(entries: Iterable[LedgerEntry]) -> dict[str, str]:
    """The names of all who act in these entries, in one query."""
    keys = {match[1] for entry in entries if (match := USER.fullmatch(entry.actor))}
    users = get_user_model()._default_manager.filter(pk__in=keys)
    return {str(user.pk): str(user) for user in users}


def _line(entry: LedgerEntry, names: dict[str, str], seen: set[str]) -> LedgerLine:
    at = localtime(entry.at)
    match, is_seen = USER.fullmatch(entry.actor), entry.subject in seen
    actor = names.get(match[1], entry.actor) if match else _office(entry.actor)
    return LedgerLine(
        sequence=entry.sequence,
        day=short_day(at.date()),
        time=time_format(at, "TIME_FORMAT"),
        actor=actor if is_seen else "–",
        roles=_roles(match[2]) if match and is_seen else "",
        action=_words(entry.action) if is_seen else _("an act"),
        subject=_subject(entry.subject) if is_seen else _("a record"),
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
