"""What this layer's pages show, as plain values."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from records import clock, ledger_words
from records.chain import FaultKind
from records.dates import hour, short_day
from records.enums import SystemActor
from records.kept import Kept, may_be_used
from records.models import LedgerCheck, LedgerEntry
from records.models.ledger import LedgerEntryQuerySet

# From how many on the entries of one act are shown as one.
MANY = 3
USER = re.compile(r"user:([0-9]{1,18}) roles=(.*)")


@dataclass(frozen=True)
class LedgerLine:
    """An entry as a sentence: the actor, `before`, the record's title, `after`, and the day.

    Of what the reader may not see nothing is left but that there is a line: what was done, by whom
    and on which record are left out alike, so that a hold looks like any other line. `label` is
    how the ledger names the record, by which a filter finds it. `instant` is the same for all that
    one act recorded.
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
    instant: datetime | None = None
    is_unreadable: bool = False

    @property
    def is_closed(self) -> bool:
        return not self.label

    @property
    def is_hidden(self) -> bool:
        return self.is_closed and not self.is_unreadable

    @property
    def sentence(self) -> str:
        """Dana Whitfield recorded the completion of “Review the plan” on Mar 14, 2026."""
        if self.is_unreadable:
            return _("This entry cannot be read. It was not written by the portal.")
        if self.is_closed:
            return _("An action on %(day)s that you cannot see.") % {"day": self.day}
        did = f"{self.actor}{self.before}{self.subject}{self.after}"
        return _("%(who_did_what)s on %(day)s.") % {"who_did_what": did, "day": self.day}


@dataclass(frozen=True)
class HiddenRun:
    """Entries one after the other that are closed to the reader, newest first: one line for them."""

    first: int
    last: int
    day: str
    is_run: bool = True

    @property
    def count(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True)
class ActRun:
    """What one act recorded, where that is much: a meeting entered afterwards, owners given at once.

    `lead` is what it recorded first; `others` follow in their order.
    """

    lead: LedgerLine
    others: tuple[LedgerLine, ...]
    is_act: bool = True

    @property
    def last(self) -> int:
        return self.others[-1].sequence


@dataclass(frozen=True)
class Told:
    """What telling a page of entries needs: asked once for each kind of record and of person."""

    names: Mapping[str, str]
    titles: Mapping[str, str]


def ledger_lines(
    entries: Iterable[LedgerEntry], reader: Any, names: Mapping[str, str] | None = None
) -> list[LedgerLine]:
    """The entries as this reader may read them. `names`: of everybody, where they were read."""
    entries = list(entries)
    legible = [entry for entry in entries if _moment(entry)]
    told = Told(names or _names(legible), seen_titles({entry.subject for entry in legible}, reader))
    return [_line(entry, told) for entry in entries]


def with_runs(lines: Iterable[LedgerLine]) -> list[LedgerLine | HiddenRun | ActRun]:
    """The lines, newest first, with one in the place of several that are closed to the reader, and
    one for all that one act recorded."""
    shown: list[LedgerLine | HiddenRun | ActRun] = []
    for is_closed, some in groupby(lines, key=lambda line: line.is_hidden):
        run = list(some)
        if is_closed and len(run) > 1:
            days = dict.fromkeys(line.day for line in (run[-1], run[0]))
            shown.append(HiddenRun(run[-1].sequence, run[0].sequence, " – ".join(days)))
        else:
            shown.extend(_by_act(run))
    return shown


def _by_act(lines: Iterable[LedgerLine]) -> Iterator[LedgerLine | ActRun]:
    """One line for three or more of one act: by one person at one instant, one after the other."""

    def act_of(placed: tuple[int, LedgerLine]) -> tuple[datetime | None, str, int]:
        place, line = placed
        # An entry that no act wrote has no instant, and its number need not be one.
        return line.instant, line.actor, line.sequence + place if line.instant else place

    for (instant, *_rest), some in groupby(enumerate(lines), key=act_of):
        run = [line for _place, line in some]
        if instant is None or len(run) < MANY:
            yield from run
        else:
            lead, *others = reversed(run)
            yield ActRun(lead, tuple(others))


def _moment(entry: LedgerEntry) -> datetime | None:
    """When it was; None for an entry whose columns are not of their types, which no act wrote."""
    texts = (entry.actor, entry.action, entry.subject, entry.hash)
    if not (isinstance(entry.sequence, int) and all(isinstance(text, str) for text in texts)):
        return None
    if "at" in entry.__dict__:
        return entry.at
    try:
        at = datetime.fromisoformat(getattr(entry, "at_text", ""))
        return localtime(at if at.tzinfo else at.replace(tzinfo=UTC))
    except (TypeError, ValueError, OverflowError):
        return None


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
        found = ledger_words.open_to(reader, found)
    if person:
        found = found.by(person)
    if action:
        found = found.filter(action=action)
    return found.filter(subject=subject) if subject else found


# The titles of so many records, kept for every reader; who may see which is asked of each.
_titles: Kept[str] = Kept(most=2_000)


# Which of the records each reader may see on a date: only an act changes it.
_seen: Kept[bool] = Kept(most=10_000)


def seen_titles(subjects: Collection[str], reader: Any) -> dict[str, str]:
    """The titles of those of the subjects that the reader may see, by their labels."""
    return _titles.read(_seen_by(reader, subjects), _titles_of)


def _seen_by(reader: Any, subjects: Collection[str]) -> Collection[str]:
    if not may_be_used():
        return ledger_words.seen(reader, subjects)
    who = f"{reader.pk} {clock.today()} "

    def load(keys: Collection[str]) -> dict[str, bool]:
        seen = ledger_words.seen(reader, [key.removeprefix(who) for key in keys])
        return {key: key.removeprefix(who) in seen for key in keys}

    found = _seen.read([f"{who}{subject}" for subject in subjects], load)
    return [key.removeprefix(who) for key, is_seen in found.items() if is_seen]


def _titles_of(subjects: Collection[str]) -> dict[str, str]:
    return {
        f"{model}:{key}": title
        for model, keys in ledger_words.by_model(subjects).items()
        for key, title in ledger_words.titles(model, keys).items()
    }


_everybody: Kept[dict[str, str]] = Kept(most=1)


def everybody() -> dict[str, str]:
    """The names of all who have or had an account, by key."""

    def load(keys: Collection[str]) -> dict[str, dict[str, str]]:
        users = get_user_model()._default_manager.all()
        return dict.fromkeys(keys, ledger_words.titled(users, str))

    return _everybody.read(["all"], load)["all"]


def _names(entries: Iterable[LedgerEntry]) -> dict[str, str]:
    """The names of all who act in these entries, in one query."""
    keys = {match[1] for entry in entries if (match := USER.fullmatch(entry.actor))}
    users = get_user_model()._default_manager.filter(pk__in=keys)
    return ledger_words.titled(users, str)


def _line(entry: LedgerEntry, told: Told) -> LedgerLine:
    moment = _moment(entry)
    if moment is None:
        return _unreadable(entry)
    at = localtime(moment)
    closed = LedgerLine(
        sequence=entry.sequence,
        day=short_day(at.date()),
        time=hour(at),
        hash=entry.hash[:12],
    )
    if entry.subject not in told.titles:
        return closed
    match = USER.fullmatch(entry.actor)
    before, _record, after = ledger_words.words(entry.action).partition(ledger_words.RECORD)
    return replace(
        closed,
        actor=capfirst(told.names.get(match[1], entry.actor) if match else _office(entry.actor)),
        roles=_roles(match[2]) if match else "",
        before=f" {before}",
        subject=told.titles[entry.subject],
        after=after,
        label=entry.subject,
        instant=moment,
    )


def _unreadable(entry: LedgerEntry) -> LedgerLine:
    """Its number and hash as text, whatever they are."""
    return LedgerLine(
        sequence=entry.sequence, day="", time="", hash=str(entry.hash)[:12], is_unreadable=True
    )


def _office(actor: str) -> str:
    return str(SystemActor(actor).label) if actor in SystemActor.values else actor


def _roles(roles: str) -> str:
    return "" if roles == "none" else roles.replace(",", ", ").replace("_", " ")


def check_sentences(check: LedgerCheck | None, *, is_lost: bool = False) -> list[str]:
    """What the last verification found. `is_lost`: the outcome of a later one is missing."""
    if is_lost:
        return [_("The result of the last check is missing or was changed. Check the ledger now.")]
    if check is None:
        return [_("The activity log has not been checked yet. It is checked every night.")]
    at = localtime(check.at)
    when = {"day": short_day(at.date()), "time": hour(at)}
    sentences = [_outcome(check, when)]
    if check.fault_anchor is not None:
        sentences.append(_contradiction(check) % {"anchor": check.fault_anchor})
    elif check.anchors and check.is_sound:
        sentences.append(_("Anchors compared: %(count)s.") % {"count": check.anchors})
    if check.since:
        read = _("Checked from entry %(since)s. The full log is checked every night.")
        sentences.append(read % {"since": check.since})
    if not check.guards:
        sentences.append(
            _(
                "The protective database triggers are missing or were changed, or another trigger "
                "or rule is on a table of the portal."
            )
        )
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
            "Entry %(anchor)s is missing. The last entries were removed, or an old copy of "
            "the database was restored."
        )
    return _(
        "Entry %(anchor)s is different from the one on record. An old copy of the database "
        "was restored and changed, or the log was rewritten."
    )
