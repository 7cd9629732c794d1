"""What every write to a case has in common. No entry in the activity log: a case leaves no trace.

The case's row is locked first, so that entries get their numbers one after the other.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b

from whistleblower import casefile
from whistleblower.casefile import Draft, Entry, Keys
from whistleblower.crypto import slots
from whistleblower.crypto.roster import Roster
from whistleblower.crypto.sealing import SealBrokenError
from whistleblower.crypto.slots import CaseKeys
from whistleblower.enums import EntryKind, ReaderRole
from whistleblower.models import REPORTER, Case, Part, Slot
from whistleblower.rules import conflicts
from whistleblower.state import State, state_of

# What changes nothing for who writes meanwhile: who has read, and a proposal that one reader must not
# know of.
UNCOUNTED = frozenset({EntryKind.READ, EntryKind.NAME_READ, EntryKind.REMOVAL})
shuffler = random.SystemRandom()


@dataclass(frozen=True)
class OpenCase:
    """A case that somebody's keys opened. `late` are the numbers of entries that the desk shows from
    tomorrow morning: no page tells at what hour the reporter was there."""

    case: Case
    keys: Mapping[int, Keys]
    entries: Sequence[Entry]
    state: State
    late: frozenset[int] = frozenset()

    @property
    def last(self) -> int:
        """How far the case goes for everybody who reads it: counted without the entries that some of
        them must not know of, so that no number gives those away."""
        return sum(
            each.kind not in UNCOUNTED and each.number not in self.late for each in self.entries
        )

    def as_shown(self) -> OpenCase:
        """The case as the desk shows it today."""
        if not self.late:
            return self
        left = [each for each in self.entries if each.number not in self.late]
        state = state_of(left, is_partial=self.state.is_partial)
        return replace(self, entries=left, state=state, late=frozenset())

    @property
    def generation(self) -> int:
        return max(self.keys)


def read(case: Case, keys: Mapping[int, Keys]) -> OpenCase:
    """Open a case. Raises SealBrokenError where anything in it is not as it was written."""
    return read_from(case, case.parts.order_by("number"), keys)


def read_from(case: Case, parts: Iterable[Part], keys: Mapping[int, Keys]) -> OpenCase:
    """The same with parts that are loaded."""
    stored = list(parts)
    entries = casefile.opened(case.pk, stored, keys)
    if not entries:
        raise SealBrokenError("The case has no entry.")
    is_reader = any(each.held.is_whole for each in keys.values())
    is_partial = is_reader and len(entries) < len(stored)
    return OpenCase(case, keys, entries, state_of(entries, is_partial=is_partial))


def locked(case: Case) -> Case:
    return Case.objects.select_for_update().get(pk=case.pk)


def part_id(case: Case, once: str) -> str:
    """The key of an entry that a form sends once: sent again it is the same row."""
    return blake2b(once.encode(), digest_size=16, key=case.pk.encode()).hexdigest()


def was_written(case: Case, once: str) -> bool:
    return Part.objects.filter(pk=part_id(case, once)).exists()


def append(
    case: Case,
    keys: Mapping[int, Keys],
    drafts: Iterable[Draft],
    *,
    by: str,
    on: date,
    once: str = "",
) -> None:
    """Write entries under the newest generation. The case is locked, and its entries are read
    again: nothing is attached to what does not verify. `once` names the last entry."""
    stored = list(case.parts.order_by("number"))
    turn = max((each.turn for each in casefile.opened(case.pk, stored, keys)), default=0)
    last = stored[-1] if stored else None
    Part.objects.bulk_create(
        sealed_parts(case, keys, drafts, by=by, on=on, once=once, last=last, turn=turn)
    )


def sealed_parts(
    case: Case,
    keys: Mapping[int, Keys],
    drafts: Iterable[Draft],
    *,
    by: str,
    on: date,
    once: str = "",
    last: Part | None = None,
    turn: int = 0,
) -> list[Part]:
    """Entries sealed under the newest generation, attached to the last one. Nothing is stored."""
    number = last.number if last else 0
    before = casefile.digest_of(last.sealed) if last else ""
    generation, made = max(keys), []
    for draft in drafts:
        number += 1
        is_shared = draft.domain == casefile.TALK
        turn += is_shared
        sealed = casefile.seal(
            draft,
            keys[generation],
            case=case.pk,
            number=number,
            generation=generation,
            on=on,
            by=by,
            before=before,
            turn=turn if is_shared else 0,
        )
        made.append(Part(case=case, number=number, generation=generation, on=on, sealed=sealed))
        before = casefile.digest_of(sealed)
    if once and made:
        made[-1].pk = part_id(case, once)
    return made


def sees_name(roster: Roster, holders: Iterable[str], lead: str) -> frozenset[str]:
    """Of the holders, the lead and counsel."""
    counsel = {each.uid for each in roster.entries if each.role is ReaderRole.COUNSEL}
    return frozenset(holders) & (counsel | {lead})


def new_generation(
    case: Case,
    roster: Roster,
    holders: frozenset[str],
    named: frozenset[str],
    *,
    generation: int,
) -> CaseKeys:
    """New keys for who holds the case from here on, stored in their slots."""
    keys, rows = new_slots(case, roster, holders, named, generation=generation)
    Slot.objects.bulk_create(rows)
    return keys


def new_slots(
    case: Case,
    roster: Roster,
    holders: frozenset[str],
    named: frozenset[str],
    *,
    generation: int,
) -> tuple[CaseKeys, list[Slot]]:
    """New keys: one slot for everybody on the list, in no order, and one for the reporter."""
    keys = CaseKeys.new()
    rows = [
        Slot(
            case=case,
            generation=generation,
            reader=each.uid,
            sealed=_slot(keys, each.uid, bytes.fromhex(each.opens), holders, named),
        )
        for each in roster.entries
    ]
    sealed = slots.slot(keys.for_reporter(), bytes(case.reporter_opens))
    rows.append(Slot(case=case, generation=generation, reader=REPORTER, sealed=sealed))
    shuffler.shuffle(rows)
    return keys, rows


def _slot(
    keys: CaseKeys, uid: str, opens: bytes, holders: frozenset[str], named: frozenset[str]
) -> bytes:
    if uid not in holders:
        return slots.dummy()
    return slots.slot(keys if uid in named else keys.without_name(), opens)


def pass_on(case: Case, keys: Mapping[int, CaseKeys], reader: str, opens: bytes) -> None:
    """Keys of these generations, sealed to a reader."""
    for generation, held in keys.items():
        Slot.objects.update_or_create(
            case=case,
            generation=generation,
            reader=reader,
            defaults={"sealed": slots.slot(held, opens)},
        )


def empty_slots(case: Case, uids: Iterable[str]) -> None:
    """The slots of people who were taken out open for nobody from here on."""
    for slot in Slot.objects.filter(case=case, reader__in=list(uids)):
        slot.sealed = slots.dummy()
        slot.save(update_fields=["sealed"])


def keys_entry(
    holders: Iterable[str],
    named: Iterable[str],
    lead: str,
    roster: Roster,
    *,
    out: Iterable[str] = (),
    joined: Iterable[str] = (),
) -> Draft:
    """The entry that says who holds keys from here on, whom the reporter took out, and who came in
    so that two read."""
    data = {
        "holders": sorted(holders),
        "named": sorted(named),
        "lead": lead,
        "roster": roster.number,
        "out": sorted(out),
        "joined": sorted(joined),
    }
    return Draft(EntryKind.KEYS, data)


def next_lead(roster: Roster, holders: Iterable[str]) -> str:
    """Who leads where the lead is gone: the chair, else the next in that order."""
    left = [each for each in roster.entries if each.uid in set(holders)]
    lead = conflicts.lead_of(conflicts.Reader(each.uid, each.role, each.person) for each in left)
    return lead.uid if lead else ""
