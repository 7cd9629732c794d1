"""Who reads a case after the reporter took readers out, or after some have left (RULE-40).

Two remain while there is somebody on the list: the next in the order come in. The reporter's keys
open the conversation, so that is what somebody who comes in gets of the time before. The notes of the
desk are a reader's to give.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from whistleblower import casefile, registers
from whistleblower.casefile import Draft, Keys
from whistleblower.crypto.roster import Entry, Roster
from whistleblower.crypto.sealing import SealBrokenError
from whistleblower.enums import EntryKind
from whistleblower.models import RosterList
from whistleblower.rules import conflicts
from whistleblower.rules.conflicts import Remaining
from whistleblower.services import writing
from whistleblower.services.writing import OpenCase


class NobodyLeftError(Exception):
    """Without the readers whom the reporter takes out nobody could read the message."""


class ReadersChangedError(Exception):
    """Other people would read the message than the page named."""


def kept_out(
    opened: OpenCase, roster: Roster, on: date, out: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Those on the list whom the reporter marked or took out, who were taken out at the desk, or who
    stepped aside. A new key does not make them somebody else."""
    left, lists = set(out), _lists()
    before: frozenset[str] = frozenset()
    for each in opened.entries:
        if each.kind is EntryKind.KEYS:
            now = frozenset(each.data["holders"])
            then = lists.get(each.data["roster"])
            # Who is on the list of that date and holds no longer was taken out or stepped aside.
            left |= (before - now) & (then.uids if then else before)
            left |= set(each.data.get("out", ()))
            before = now
    known = registers.registers(on)
    gone = [entry for listed in lists.values() for entry in listed.entries if entry.uid in left]
    people = set(opened.state.report["ticked"]) | {each.person for each in gone}
    people |= {registers.known_as(each, known) for each in gone}
    concerned = conflicts.concerned(people, known.lines)
    users = {each.user for each in gone}
    return frozenset(
        each.uid
        for each in roster.entries
        if each.uid in left
        or each.user in users
        or {each.person, registers.known_as(each, known)} & concerned
    )


def _lists() -> dict[int, Roster]:
    """Every list that was in force, by number."""
    return {each.number: each.roster for each in RosterList.objects.exclude(in_force_on=None)}


def after(opened: OpenCase, roster: Roster, out: frozenset[str], on: date) -> Remaining:
    """Who reads from here on, where the reporter takes these out."""
    held = frozenset(opened.state.holders)
    found = registers.readers_of(roster, registers.registers(on))
    still = roster.uids & held - out
    barred = kept_out(opened, roster, on, out) - still
    return conflicts.remaining(found, held, barred)


def go_on(
    opened: OpenCase,
    roster: Roster | None,
    out: frozenset[str] = frozenset(),
    join: Iterable[str] = (),
) -> tuple[list[Draft], dict[int, Keys]]:
    """K2: where a holder is no longer on the list, is taken out, or somebody comes in, new keys for
    those who read from here on. What is written then does not open with the old ones."""
    keys, state = dict(opened.keys), opened.state
    if roster is None:
        if out:
            raise NobodyLeftError
        return [], keys
    joined = frozenset(join)
    holders = ((frozenset(state.holders) & roster.uids) - out) | joined
    if holders == frozenset(state.holders) and not out:
        return [], keys
    if not holders:
        if out:
            raise NobodyLeftError
        return [], keys
    lead = state.lead if state.lead in holders else writing.next_lead(roster, holders)
    named = writing.sees_name(roster, holders, lead)
    for entry in roster.entries:
        if entry.uid in joined:
            _let_in(opened, entry, is_named=entry.uid in named)
    generation = opened.generation + 1
    whole = writing.new_generation(opened.case, roster, holders, named, generation=generation)
    as_reader = keys[opened.generation].held.is_whole
    keys[generation] = Keys(whole) if as_reader else Keys.of_reporter(whole.for_reporter())
    writing.empty_slots(opened.case, out)
    drafts = [writing.keys_entry(holders, named, lead, roster, out=out, joined=joined)]
    if not as_reader and not named & (frozenset(state.named) | joined):
        drafts += _names_again(opened, keys[generation])
    return drafts, keys


def _let_in(opened: OpenCase, entry: Entry, *, is_named: bool) -> None:
    """What the reporter holds of every generation so far; the name for the lead and counsel alone."""
    held = {
        generation: keys.held if is_named else keys.held.without_name()
        for generation, keys in opened.keys.items()
    }
    writing.pass_on(opened.case, held, entry.uid, bytes.fromhex(entry.opens))


def _names_again(opened: OpenCase, keys: Keys) -> list[Draft]:
    """The names given so far, for a new lead: nobody else is left who opens them."""
    if not (names := names_given(opened)):
        return []
    sealed = casefile.seal_name("\n\n".join(names), keys, case=opened.case.pk)
    return [Draft(EntryKind.NAME, {"sealed": sealed})]


def names_given(opened: OpenCase) -> list[str]:
    """The names that the reporter gave, without what was left empty."""
    found = []
    for each in opened.entries:
        if each.kind is EntryKind.NAME:
            keys = opened.keys[each.generation]
            with suppress(SealBrokenError):
                sealed = each.data["sealed"]
                found.append(casefile.open_name(sealed, keys, case=opened.case.pk))
    return [each for each in found if each]
