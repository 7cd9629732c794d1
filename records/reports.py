"""What the ground floor's pages show, as plain values."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.formats import time_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from records import clock, narrative
from records.chain import FaultKind
from records.dates import short_day
from records.enums import Office
from records.models import LedgerCheck, LedgerEntry
from records.models.ledger import LedgerEntryQuerySet

USER = re.compile(r"user:(\d+) roles=(.*)")


@dataclass(frozen=True)
class LedgerLine:
    """An entry as a sentence: the actor, `before`, the record's title, `after`, and the day.

    Of what the reader may not see nothing is left but that there is a line: what was done, by whom
    and on which record are left out alike, so that a hold looks like any other line. `label` is
    how the ledger names the record, by which a filter finds it.
    """

    sequence: int
    day: str
    time: str
    hash: str
    actor: str = ""
    roles: str = ""
    before: str = ""
    subject: str = ""
    after: str = ""
    label: str = ""

    @property
    def is_closed(self) -> bool:
        return not self.label

    @property
    def sentence(self) -> str:
        """Dana Whitfield attested the duty “Review the plan” on Mar 14, 2026."""
        if self.is_closed:
            return _("An act on %(day)s that is closed to you.") % {"day": self.day}
        did = f"{self.actor}{self.before}{self.subject}{self.after}"
        return _("%(who_did_what)s on %(day)s.") % {"who_did_what": did, "day": self.day}


@dataclass(frozen=True)
class Told:
    """What telling a page of entries needs: asked once for each kind of record and of person."""

    names: Mapping[str, str]
    titles: Mapping[str, str]


def ledger_lines(entries: Iterable[LedgerEntry], reader: Any) -> list[LedgerLine]:
    """The entries as this reader may read them."""
    entries = list(entries)
    told = Told(_names(entries), seen_titles({entry.subject for entry in entries}, reader))
    return [_line(entry, told) for entry in entries]


def filtered(
    entries: LedgerEntryQuerySet,
    reader: Any,
    *,
    since: date | None = None,
    until: date | None = None,
    person: str = "",
    action: str = "",
    subject: str = "",
) -> LedgerEntryQuerySet:
    """The entries of some days, of a person, of one act, on one record.

    The day of every line is shown to every reader. Who acted, how and on what is not: a filter by
    these finds among the lines that are open to the reader.
    """
    found = entries.on_days(since, until, clock.zone())
    if person or action or subject:
        found = narrative.open_to(reader, found)
    if person:
        found = found.by(person)
    if action:
        found = found.filter(action=action)
    return found.filter(subject=subject) if subject else found


def seen_titles(subjects: Collection[str], reader: Any) -> dict[str, str]:
    """The titles of those of the subjects that the reader may see, by their labels."""
    keys: dict[str, set[str]] = defaultdict(set)
    for subject in subjects:
        model, _colon, key = subject.partition(":")
        keys[model].add(key)
    return {
        f"{model}:{key}": title
        for model, mine in keys.items()
        for key, title in _titles(model, narrative.seen(reader, model, mine)).items()
    }


def _titles(model: str, keys: Collection[str]) -> dict[str, str]:
    return narrative.titles(model, keys) if keys else {}


def _names(entries: Iterable[LedgerEntry]) -> dict[str, str]:
    """The names of all who act in these entries, in one query."""
    keys = {match[1] for entry in entries if (match := USER.fullmatch(entry.actor))}
    users = get_user_model()._default_manager.filter(pk__in=keys)
    return {str(user.pk): str(user) for user in users}


def _line(entry: LedgerEntry, told: Told) -> LedgerLine:
    at = localtime(entry.at)
    closed = LedgerLine(
        sequence=entry.sequence,
        day=short_day(at.date()),
        time=time_format(at, "TIME_FORMAT"),
        hash=entry.hash[:12],
    )
    if entry.subject not in told.titles:
        return closed
    match = USER.fullmatch(entry.actor)
    before, _record, after = narrative.words(entry.action).partition(narrative.RECORD)
    return replace(
        closed,
        actor=capfirst(told.names.get(match[1], entry.actor) if match else _office(entry.actor)),
        roles=_roles(match[2]) if match else "",
        before=f" {before}",
        subject=told.titles[entry.subject],
        after=after,
        label=entry.subject,
    )


def _office(actor: str) -> str:
    return str(Office(actor).label) if actor in Office.values else actor


def _roles(roles: str) -> str:
    return "" if roles == "none" else roles.replace(",", ", ").replace("_", " ")


def check_sentences(check: LedgerCheck | None) -> list[str]:
    """What the last verification found."""
    if check is None:
        return [_("The ledger has not been checked yet. It is checked every night.")]
    at = localtime(check.at)
    when = {"day": short_day(at.date()), "time": time_format(at, "TIME_FORMAT")}
    sentences = [_outcome(check, when)]
    if check.fault_anchor is not None:
        sentences.append(_contradiction(check) % {"anchor": check.fault_anchor})
    elif check.anchors and check.is_sound:
        sentences.append(_("Anchors met: %(count)s.") % {"count": check.anchors})
    if check.since:
        read = _("Read from entry %(since)s on; the whole is read every night.")
        sentences.append(read % {"since": check.since})
    if not check.guards:
        sentences.append(_("The database's guards are missing."))
    if not check.anchors_whole:
        sentences.append(_("Lines of the anchor file are missing or cannot be read."))
    return sentences


def _outcome(check: LedgerCheck, when: dict[str, str]) -> str:
    if not check.is_sound:
        said = {"sequence": check.fault_sequence, "kind": check.get_fault_kind_display()}
        return _("Checked on %(day)s at %(time)s: entry %(sequence)s was %(kind)s.") % (when | said)
    sentence = _("Checked on %(day)s at %(time)s: all %(entries)s entries are sound.")
    return sentence % (when | {"entries": check.entries})


def _contradiction(check: LedgerCheck) -> str:
    """What an anchor shows and the ledger alone would not."""
    if check.fault_kind == FaultKind.REMOVED:
        return _(
            "Entry %(anchor)s was on record and is missing: the tail was cut off, or an old copy "
            "of the database was put back."
        )
    return _(
        "Entry %(anchor)s is not the one that was on record: an old copy of the database was put "
        "back and written on, or the history was written anew."
    )
