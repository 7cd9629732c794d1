"""What readers do with a case at the desk. Each act is an entry of the case, never of the log.

Every act says up to which entry the case was seen: what somebody wrote since refuses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from records import clock
from whistleblower import casefile
from whistleblower.casefile import Draft, Entry
from whistleblower.crypto.sealing import SealBrokenError
from whistleblower.enums import (
    Category,
    Country,
    EntryKind,
    FirstDay,
    Outcome,
    Step,
)
from whistleblower.rules import wording
from whistleblower.services import deletions
from whistleblower.services.attorneys import refuse_ahead
from whistleblower.services.desk import Desk
from whistleblower.services.steps import step, write
from whistleblower.services.writing import OpenCase


def look(desk: Desk, case: str, *, at: datetime) -> None:
    """Note who reads, once a day."""
    on = clock.day_of(at)

    def make(found: OpenCase) -> Sequence[Draft]:
        return [] if has_looked(found, desk.uid, on) else [Draft(EntryKind.READ)]

    write(desk, case, make, at=at)


def has_looked(found: OpenCase, uid: str, on: date) -> bool:
    return any(
        each.kind is EntryKind.READ and each.by == uid and each.on == on for each in found.entries
    )


def acknowledge(desk: Desk, case: str, *, seen: int, at: datetime) -> None:
    """Tell the reporter that the report was read. A second one moves no date."""

    def make(found: OpenCase) -> Sequence[Draft]:
        step(found.state, Step.ACKNOWLEDGE)
        return [Draft(EntryKind.ACKNOWLEDGED)]

    write(desk, case, make, at=at, seen=seen)


def categorize(
    desk: Desk, case: str, *, category: Category, country: Country, seen: int, at: datetime
) -> None:
    """What it is about, and which country's retention applies."""
    drafts = [
        Draft(EntryKind.CATEGORY, {"category": category}),
        Draft(EntryKind.COUNTRY, {"country": country}),
    ]
    write(desk, case, lambda found: drafts, at=at, seen=seen)


def set_next_date(
    desk: Desk, case: str, *, next_on: date, what: str, seen: int, at: datetime
) -> None:
    draft = Draft(EntryKind.NEXT_DATE, {"on": next_on.isoformat(), "what": what})
    write(desk, case, lambda found: [draft], at=at, seen=seen)


def note(
    desk: Desk, case: str, *, text: str, is_decision: bool = False, seen: int, at: datetime
) -> None:
    """A note, or a decision of the case subcommittee: the members whom the case does not concern."""
    kind = EntryKind.DECISION if is_decision else EntryKind.NOTE
    write(desk, case, lambda found: [Draft(kind, {"text": text})], at=at, seen=seen)


def present(desk: Desk, case: str, *, on: date, seen: int, at: datetime) -> None:
    """A core concern was presented to the members whom it does not concern."""
    refuse_ahead(on, at)
    draft = Draft(EntryKind.PRESENTED, {"on": on.isoformat()})
    write(desk, case, lambda found: [draft], at=at, seen=seen)


def record_first_day(
    desk: Desk, case: str, *, step: FirstDay, text: str, seen: int, at: datetime
) -> None:
    """What was done or decided of the first-day list."""
    draft = Draft(EntryKind.FIRST_DAY, {"step": step, "text": text})
    write(desk, case, lambda found: [draft], at=at, seen=seen)


def reply(desk: Desk, case: str, *, text: str, seen: int, at: datetime) -> list[wording.Finding]:
    """Write to the reporter. What the check flags waits until a second person releases it; answers
    what was flagged."""
    flagged = wording.findings(text)
    data = {"text": text}
    if flagged:
        flags = [[each.flag.value, each.words] for each in flagged]
        draft = Draft(EntryKind.REPLY, data | {"held": True, "flags": flags}, private=True)
    else:
        draft = Draft(EntryKind.REPLY, data)
    write(desk, case, lambda found: [draft], at=at, seen=seen)
    return flagged


def held_messages(found: OpenCase) -> list[tuple[int, Entry]]:
    """Those that wait, each with its place among all that were ever held. No page names an entry by
    its number: that counts the entries which a reader must not know of."""
    held = [each for each in found.entries if each.data.get("held")]
    return [
        (place, each) for place, each in enumerate(held, start=1) if each in found.state.awaiting
    ]


def release(desk: Desk, case: str, *, place: int, reason: str, seen: int, at: datetime) -> None:
    """Send a message that was held. Whoever wrote it cannot release it, counsel neither."""

    def make(found: OpenCase) -> Sequence[Draft]:
        held = dict(held_messages(found)).get(place)
        if held is None:
            raise ValidationError(_("This message is not waiting any more."))
        if not may_release(desk, held):
            raise ValidationError(
                _("A second reader or independent counsel releases this message, not its author.")
            )
        return [
            Draft(EntryKind.RELEASE, {"of": held.number, "reason": reason}),
            Draft(EntryKind.REPLY, {"text": held.data["text"]}),
        ]

    write(desk, case, make, at=at, seen=seen)


def may_release(desk: Desk, held: Entry) -> bool:
    return held.by != desk.uid


def close(
    desk: Desk, case: str, *, outcome: Outcome, text: str, reason: str, seen: int, at: datetime
) -> None:
    """Tell the reporter the outcome and close. The words for the reporter are checked."""

    def make(found: OpenCase) -> Sequence[Draft]:
        step(found.state, Step.CLOSE)
        if flagged := wording.findings(text):
            raise ValidationError(
                {
                    "text": _(
                        "A second person has to release these words: “%(words)s”. "
                        "Reword them, or send them as a message first."
                    )
                    % {"words": flagged[0].words}
                }
            )
        return [
            Draft(EntryKind.OUTCOME, {"outcome": outcome, "text": text}),
            Draft(EntryKind.NOTE, {"text": reason}),
            Draft(EntryKind.CLOSED),
        ]

    write(desk, case, make, at=at, seen=seen)


def reopen(desk: Desk, case: str, *, reason: str, seen: int, at: datetime) -> None:
    def make(found: OpenCase) -> Sequence[Draft]:
        step(found.state, Step.REOPEN)
        return [Draft(EntryKind.NOTE, {"text": reason}), Draft(EntryKind.REOPENED)]

    with transaction.atomic():
        deletions.keep(write(desk, case, make, at=at, seen=seen).case)


@dataclass(frozen=True)
class Names:
    """What a reader's keys open of the names of a case. An entry that was left empty counts among
    the others too: nobody can tell without its key."""

    read: tuple[str, ...]
    for_others: int = 0


def read_name(desk: Desk, case: str, *, reason: str, at: datetime) -> Names:
    """Open the names, with a reason, noted in the case. Raises PermissionError where this reader
    holds no key of any."""
    read: list[Names] = []

    def make(found: OpenCase) -> Sequence[Draft]:
        read.append(names_of(found))
        return [Draft(EntryKind.NAME_READ, {"reason": reason})]

    write(desk, case, make, at=at)
    return read[0]


def names_of(found: OpenCase) -> Names:
    """The names that open: the lead may have changed between one and the next."""
    opened = _opened_names(found)
    count = sum(each.kind is EntryKind.NAME for each in found.entries)
    if not opened:
        raise PermissionError
    return Names(tuple(name for __, name in opened if name), count - len(opened))


def named_generations(found: OpenCase) -> frozenset[int]:
    """The generations of keys with which this reader opens a name."""
    return frozenset(generation for generation, __ in _opened_names(found))


def was_named(found: OpenCase, uid: str) -> bool:
    """Whether a reader was ever given a key of a name: who led before opens what was given then."""
    return any(uid in each.data["named"] for each in found.entries if each.kind is EntryKind.KEYS)


def _opened_names(found: OpenCase) -> list[tuple[int, str]]:
    opened = []
    for each in found.entries:
        if each.kind is not EntryKind.NAME:
            continue
        keys = found.keys[each.generation]
        with suppress(SealBrokenError):
            name = casefile.open_name(each.data["sealed"], keys, case=found.case.pk)
            opened.append((each.generation, name))
    return opened
