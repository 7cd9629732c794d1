"""Who holds the keys of a case: its lead, who steps aside, who is taken out, who is given them."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from nacl.exceptions import CryptoError
from nacl.public import PublicKey, SealedBox

from records import clock
from whistleblower.casefile import Draft, Entry, Keys
from whistleblower.crypto import slots
from whistleblower.crypto.roster import Roster
from whistleblower.crypto.slots import CaseKeys
from whistleblower.enums import (
    EntryKind,
)
from whistleblower.models import Slot
from whistleblower.rules import conflicts
from whistleblower.services import desk as desks
from whistleblower.services import writing
from whistleblower.services.desk import Desk
from whistleblower.services.handling import named_generations
from whistleblower.services.remaining import kept_out
from whistleblower.services.steps import GoneError, Made, OvertakenError, write
from whistleblower.services.writing import OpenCase
from whistleblower.state import State


def set_lead(desk: Desk, case: str, *, lead: str, reason: str, seen: int, at: datetime) -> None:
    """Give the lead to another holder. Keys are made again, so that the name opens for the lead: who
    leads or is counsel does it at once, otherwise a second holder agrees to what the first proposed."""
    roster, said = _roster(desk), {"lead": lead, "reason": reason}

    def make(found: OpenCase) -> Sequence[Draft]:
        is_first = _is_lead_proposed_first(desk, found, lead, roster)
        return [Draft(EntryKind.LEADING, said)] if is_first else []

    with transaction.atomic():
        found = desks.open_case(desk, case, at=at, is_whole=True)
        if found is None:
            raise GoneError
        if found.last != seen:
            raise OvertakenError
        if make(found):
            write(desk, case, make, at=at, seen=seen)
            return
        after = [Draft(EntryKind.LEAD, said)]
        _rekey(
            desk, case, make, lambda was: (frozenset(was.holders), lead), after, seen=seen, at=at
        )


def _is_lead_proposed_first(desk: Desk, found: OpenCase, lead: str, roster: Roster) -> bool:
    """Whether a second holder has to agree, because the new lead would get the key of the name from
    a reader who does not hold it; refused where this reader proposed it already."""
    state = found.state
    left = frozenset(state.holders) & roster.uids
    if lead not in left:
        raise ValidationError({"lead": _("The lead is a reader who holds the case.")})
    leads = state.lead if state.lead in left else writing.next_lead(roster, left)
    if desk.uid in writing.sees_name(roster, left, leads):
        return False
    if lead in writing.sees_name(roster, left, leads):
        return False
    proposed = state.leading.get(lead)
    if proposed == desk.uid:
        said = _(
            "You proposed this. A second reader, the lead or independent counsel agrees to it."
        )
        raise ValidationError({"lead": said})
    return proposed is None


def step_aside(desk: Desk, case: str, *, seen: int, at: datetime) -> None:
    """Leave a case. A sole holder gives the case to another reader first."""
    draft = Draft(EntryKind.STEPPED_ASIDE)
    _without(desk, case, desk.uid, lambda found: [], draft, seen=seen, at=at)


def _refuse_too_few(found: OpenCase, leaves: str, roster: Roster, on: date) -> None:
    """RULE-40: two readers remain, as long as there is somebody to give the case to."""
    left = (set(found.state.holders) & roster.uids) - {leaves}
    if len(left) >= conflicts.ENOUGH:
        return
    if following := _next_reader(found, left | {leaves}, roster, on):
        raise ValidationError(
            _(
                "Fewer than two readers would be left. Give the case to another reader first, "
                "whom it does not concern. The next on the list is %(name)s."
            )
            % {"name": following}
        )
    if not left:
        raise ValidationError(
            _("You are the only reader of this case. %(way_out)s Then step aside.")
            % {"way_out": _way_out()}
        )


def _next_reader(found: OpenCase, but: set[str], roster: Roster, on: date) -> str:
    """The name of the first on the list to whom any holder may give the case."""
    barred = kept_out(found, roster, on)
    names = (each.name for each in roster.entries if each.uid not in but and each.uid not in barred)
    return next(names, "")


def _way_out() -> str:
    """What is left to do where nobody on the list may be given a case."""
    return _(
        "Everybody else on the list was marked by the reporter, was taken out or stepped aside. "
        "Propose a list with a new reader, for example another attorney of independent counsel. "
        "Two readers sign it. Give that reader the case."
    )


def propose_removal(
    desk: Desk, case: str, *, reader: str, reason: str, seen: int, at: datetime
) -> None:
    """Ask that a reader be taken out. Counsel does it at once; otherwise a second holder confirms.
    The proposal is sealed to each of the others, so that the person does not read it."""
    roster = _roster(desk)

    def make(found: OpenCase) -> Sequence[Draft]:
        others = set(found.state.holders) - {reader}
        if reader == desk.uid or reader not in found.state.holders:
            raise ValidationError({"reader": _("Choose another reader who holds the case.")})
        if not others - {desk.uid} and not desk.is_counsel:
            following = _next_reader(found, others | {reader}, roster, clock.day_of(at))
            raise ValidationError({"reader": _unconfirmed(following)})
        if desk.is_counsel:
            return []
        said = json.dumps({"reader": reader, "reason": reason}).encode()
        boxes = {
            uid: b64encode(_box(said, roster, uid if uid in others else "")).decode()
            for uid in sorted(found.state.holders)
        }
        return [Draft(EntryKind.REMOVAL, {"boxes": boxes})]

    if desk.is_counsel:
        draft = Draft(EntryKind.REMOVED, {"reader": reader, "reason": reason})
        _without(desk, case, reader, make, draft, seen=seen, at=at)
    else:
        write(desk, case, make, at=at, seen=seen)


def _unconfirmed(following: str) -> str:
    if following:
        return _(
            "Nobody would be left to confirm it. Give the case to %(name)s first, the next on the "
            "list, or to another reader."
        ) % {"name": following}
    return _("Nobody would be left to confirm it. %(way_out)s Then propose it again.") % {
        "way_out": _way_out()
    }


def _box(said: bytes, roster: Roster, uid: str) -> bytes:
    entry = roster.entry(uid)
    if entry is None:
        return slots.thrown_away(said)
    return bytes(SealedBox(PublicKey(bytes.fromhex(entry.opens))).encrypt(said))


class Proposal(NamedTuple):
    """An open proposal to take a reader out. `place` counts those that this reader may read: the
    entry's number would count the others too."""

    place: int
    entry: Entry
    reader: str
    reason: str


def proposals(desk: Desk, found: OpenCase) -> list[Proposal]:
    """The open proposals that this reader may read."""
    shown, place = [], 0
    for entry in found.entries:
        box = entry.data.get("boxes", {}).get(desk.uid)
        if entry.kind is not EntryKind.REMOVAL or box is None:
            continue
        try:
            read = json.loads(SealedBox(desk.keys.private).decrypt(b64decode(box)))
        except CryptoError:
            continue
        place += 1
        if read["reader"] in found.state.holders:
            shown.append(Proposal(place, entry, read["reader"], read["reason"]))
    return shown


def confirm_removal(desk: Desk, case: str, *, place: int, seen: int, at: datetime) -> None:
    """A second holder takes the reader out."""
    with transaction.atomic():
        found = desks.open_case(desk, case, at=at, is_whole=True)
        if found is None:
            raise GoneError
        known = {each.place: each for each in proposals(desk, found)}
        if place not in known:
            raise ValidationError(_("This proposal is not open any more."))
        _place, entry, reader, reason = known[place]
        if entry.by == desk.uid:
            raise ValidationError(_("A second reader or independent counsel confirms it."))
        draft = Draft(EntryKind.REMOVED, {"reader": reader, "reason": reason})
        _without(desk, case, reader, lambda found: [], draft, seen=seen, at=at)


def give(desk: Desk, case: str, *, reader: str, reason: str, seen: int, at: datetime) -> None:
    """Give a reader on the list an existing case. Somebody who was marked by mistake, was taken out or
    stepped aside gets it back as readers are taken out: from counsel, or by two holders, of whom the
    first proposes it."""
    roster, on = _roster(desk), clock.day_of(at)
    said = {"reader": reader, "reason": reason}

    def make(found: OpenCase) -> Sequence[Draft]:
        entry = roster.entry(reader)
        if entry is None or reader in set(found.state.holders) - set(found.state.joined):
            raise ValidationError({"reader": _("Choose a reader who does not hold the case.")})
        if reader in found.state.joined:
            _refuse_less(found, reader)
        if _is_proposed_first(desk, found, reader, roster, on):
            return [Draft(EntryKind.GIVING, said)]
        _pass_on(found, reader, bytes.fromhex(entry.opens))
        return []

    with transaction.atomic():
        found = desks.open_case(desk, case, at=at, is_whole=True)
        if found is None:
            raise GoneError
        if reader in roster.uids and _is_proposed_first(desk, found, reader, roster, on):
            write(desk, case, make, at=at, seen=seen)
            return
        _give(desk, case, make, said, seen=seen, at=at)


def _is_proposed_first(desk: Desk, found: OpenCase, reader: str, roster: Roster, on: date) -> bool:
    """Whether a second holder has to agree; refused where this reader proposed it already, or where
    nobody could agree."""
    if desk.is_counsel or reader not in kept_out(found, roster, on) - set(found.state.joined):
        return False
    proposed = found.state.giving.get(reader)
    if proposed is not None and proposed != desk.uid:
        return False
    if proposed is not None:
        said = _("You proposed this. A second reader or independent counsel gives the case.")
        raise ValidationError({"reader": said})
    others = set(found.state.holders) & roster.uids
    if len(others) < conflicts.ENOUGH:
        following = _next_reader(found, others | {reader}, roster, on)
        raise ValidationError({"reader": _unconfirmed(following)})
    return True


def _give(
    desk: Desk, case: str, make: Made, said: dict[str, str], *, seen: int, at: datetime
) -> None:
    reader = said["reader"]
    _rekey(
        desk,
        case,
        make,
        lambda state: (frozenset(state.holders) | {reader}, state.lead),
        [Draft(EntryKind.ADDED, said)],
        seen=seen,
        at=at,
    )


def _pass_on(found: OpenCase, reader: str, opens: bytes) -> None:
    """The keys of every generation so far, without the name, sealed to a reader. Somebody whom the
    reporter let in has keys of the conversation: whole ones replace them, with the name where that
    reader may see it."""
    joined = reader in found.state.joined
    given: dict[int, CaseKeys] = {}
    for generation, keys in found.keys.items():
        if joined and not keys.held.is_whole:
            continue
        is_named = joined and reader in found.state.named
        given[generation] = keys.held if is_named else keys.held.without_name()
    writing.pass_on(found.case, given, reader, opens)


def _refuse_less(found: OpenCase, reader: str) -> None:
    """Whoever came in gets the notes from a reader who has them, and loses no name by it."""
    if found.state.is_partial:
        said = _("The earlier notes do not open for you. A reader who has them gives them.")
        raise ValidationError({"reader": said})
    if reader in found.state.named and not _opens_names_of(found, reader):
        said = _("The lead or independent counsel gives these notes, together with the name.")
        raise ValidationError({"reader": said})


def _opens_names_of(found: OpenCase, reader: str) -> bool:
    with_name = {each.generation for each in found.entries if each.kind is EntryKind.NAME}
    return with_name <= named_generations(found)


def _without(
    desk: Desk, case: str, reader: str, make: Made, draft: Draft, *, seen: int, at: datetime
) -> None:
    """New keys for everybody but one, whose old slots open for nobody from here on."""
    roster = _roster(desk)

    def make_and_check(found: OpenCase) -> Sequence[Draft]:
        drafts = make(found)
        _refuse_too_few(found, reader, roster, clock.day_of(at))
        return drafts

    def who(state: State) -> tuple[frozenset[str], str]:
        holders = frozenset(state.holders) - {reader}
        lead = state.lead if state.lead != reader else writing.next_lead(roster, holders)
        return holders, lead

    with transaction.atomic():
        found = _rekey(desk, case, make_and_check, who, [draft], seen=seen, at=at)
        writing.empty_slots(found.case, [reader])


def _rekey(
    desk: Desk,
    case: str,
    make: Made,
    who: Callable[[State], tuple[frozenset[str], str]],
    after: Sequence[Draft],
    *,
    seen: int,
    at: datetime,
) -> OpenCase:
    """A new generation of keys for the holders that `who` answers."""
    roster = _roster(desk)
    with transaction.atomic():
        found = write(desk, case, make, at=at, seen=seen)
        holders, lead = who(found.state)
        holders &= roster.uids
        named = writing.sees_name(roster, holders, lead)
        keys = dict(found.keys) | desks.keys_of(desk, [case]).get(case, {})
        generation = max(keys) + 1
        whole = writing.new_generation(found.case, roster, holders, named, generation=generation)
        _give_names_on(found, roster, named)
        keys[generation] = Keys(whole)
        drafts = [writing.keys_entry(holders, named, lead, roster), *after]
        writing.append(found.case, keys, drafts, by=desk.uid, on=clock.day_of(at))
    return found


def _give_names_on(found: OpenCase, roster: Roster, named: frozenset[str]) -> None:
    """Where this reader holds the keys of names given so far, a new lead gets them too."""
    for uid in named - frozenset(found.state.named):
        entry = roster.entry(uid)
        if entry is None:
            continue
        # No others: without the name this reader's keys would replace better ones.
        for generation in named_generations(found):
            whole = found.keys[generation].held
            if not whole.is_whole:
                continue
            sealed = slots.slot(whole, bytes.fromhex(entry.opens))
            Slot.objects.filter(case=found.case, generation=generation, reader=uid).update(
                sealed=sealed
            )


def _roster(desk: Desk) -> Roster:
    if desk.roster is None:
        raise ValidationError(
            _("The list of readers does not verify, so that no keys can be given.")
        )
    return desk.roster
