"""The reporter comes back with the code: reads, answers, gives a name, replaces the code."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from nacl.public import PrivateKey

from whistleblower import casefile
from whistleblower.casefile import SHARED, Draft, Entry, Keys
from whistleblower.crypto import codes, sealing, slots
from whistleblower.crypto.roster import Roster
from whistleblower.crypto.sealing import SealBrokenError
from whistleblower.enums import EntryKind, Status
from whistleblower.models import REPORTER, Case, Slot
from whistleblower.services import deletions, remaining, writing
from whistleblower.services.remaining import ReadersChangedError
from whistleblower.services.writing import OpenCase


@dataclass(frozen=True)
class Visit:
    """A case opened by its code. `last_used` is the date of the visit before, if there was one.
    `hidden` is the last turn of the conversation that the reporter does not want to see."""

    opened: OpenCase
    last_used: date | None
    hidden: int = 0

    @property
    def case(self) -> Case:
        return self.opened.case

    @property
    def entries(self) -> Sequence[Entry]:
        """What the reporter may read."""
        return [each for each in self.opened.entries if each.kind in SHARED and each.turn]

    @property
    def shown(self) -> Sequence[Entry]:
        """What stands on the reporter's page."""
        return [each for each in self.entries if each.turn > self.hidden]


def key_label(case: Case) -> bytes:
    return b"reporter-key-1/" + case.pk.encode()


def used_label(case: Case) -> bytes:
    return b"last-used-1/" + case.pk.encode()


def find(code: str) -> Visit | None:
    """The case of a code; None for one that is unknown, replaced, deleted or mistyped."""
    case = _case_of(code)
    return _opened(case, code) if case else None


def _case_of(code: str) -> Case | None:
    case = Case.objects.filter(locator=codes.locator(code)).first()
    return None if case is None or deletions.is_deleted(case) else case


def _opened(case: Case, code: str) -> Visit:
    unlocks = codes.unlocking_key(code)
    private = PrivateKey(sealing.unseal(unlocks, case.reporter_key, key_label(case)))
    keys = {
        each.generation: Keys.of_reporter(_keys(each, private))
        for each in Slot.objects.filter(case=case, reader=REPORTER)
    }
    own = json.loads(sealing.unseal(unlocks, case.last_used, used_label(case)) or b"{}")
    used = date.fromisoformat(own["used"]) if own.get("used") else None
    return Visit(writing.read(case, keys), used, own.get("hidden", 0))


def _keys(slot: Slot, private: PrivateKey) -> slots.CaseKeys:
    found = slots.try_slot(slot.sealed, private)
    if found is None:
        raise SealBrokenError("The reporter's slot does not open.")
    return found


def note_use(visit: Visit, code: str, *, on: date) -> None:
    """Note the date of the visit, under the code: readers do not see it."""
    _keep_own(visit, code, on, visit.hidden)


def hide(visit: Visit, code: str, *, is_hidden: bool) -> None:
    """Leave out of the reporter's page all that stands there now, or show it again. Readers see it
    all the same, and do not see that it was hidden."""
    turn = max((each.turn for each in visit.entries), default=0)
    _keep_own(visit, code, visit.last_used, turn if is_hidden else 0)


def _keep_own(visit: Visit, code: str, used: date | None, hidden: int) -> None:
    """What is the reporter's alone, under the code, in one size."""
    said = {"used": used.isoformat() if used else "", "hidden": hidden}
    sealed = sealing.seal(
        codes.unlocking_key(code), json.dumps(said).encode(), used_label(visit.case)
    )
    Case.objects.filter(pk=visit.case.pk, locator=codes.locator(code)).update(last_used=sealed)


def add_message(
    code: str,
    text: str,
    once: str,
    roster: Roster | None,
    *,
    out: frozenset[str] = frozenset(),
    named: frozenset[str] | None = None,
    urgent: bool = False,
    on: date,
) -> None:
    """Write to the readers, which reopens a closed case. Sent again it is written once. Readers in
    `out` do not read it, and lose the case; fewer than two left, the next on the list come in.
    `urgent`: they read it at once, and not from tomorrow.
    `named` are those whom the page named as its readers. Raises NobodyLeftError, and
    ReadersChangedError where others would read it."""
    said = {"text": text, **({"urgent": True} if urgent else {})}
    drafts = [Draft(EntryKind.MESSAGE, said)]
    _write(code, drafts, once, roster, out=out, named=named, on=on)


def add_name(code: str, text: str, once: str, roster: Roster | None, *, on: date) -> None:
    """Give a name: for the lead and counsel only."""
    _write(code, [], once, roster, on=on, name=text)


def _write(
    code: str,
    drafts: list[Draft],
    once: str,
    roster: Roster | None,
    *,
    on: date,
    name: str = "",
    out: frozenset[str] = frozenset(),
    named: frozenset[str] | None = None,
) -> None:
    with transaction.atomic():
        found = _case_of(code)
        if found is None:
            raise LookupError
        case = _still(found, code)
        if writing.was_written(case, once):
            return
        opened = _opened(case, code).opened
        join = _who_comes_in(opened, roster, out, named, on)
        before, keys = remaining.go_on(opened, roster, out, join)
        if name:
            sealed = casefile.seal_name(name, keys[max(keys)], case=case.pk)
            drafts = [*drafts, Draft(EntryKind.NAME, {"sealed": sealed})]
        if opened.state.status is Status.CLOSED:
            before = [*before, Draft(EntryKind.REOPENED)]
        writing.append(case, keys, [*before, *drafts], by="reporter", on=on, once=once)
        # Nothing that the reporter writes is deleted unread (RULE-42).
        deletions.keep(case)


def _who_comes_in(
    opened: OpenCase,
    roster: Roster | None,
    out: frozenset[str],
    named: frozenset[str] | None,
    on: date,
) -> frozenset[str]:
    """Whom the page named, and nobody else."""
    if roster is None:
        return frozenset()
    left = remaining.after(opened, roster, out, on)
    if named is not None and named != frozenset(each.uid for each in left.readers):
        raise ReadersChangedError
    return frozenset(each.uid for each in left.join)


def _still(found: Case, code: str) -> Case:
    """The case under its lock. The code may have been replaced meanwhile."""
    case = writing.locked(found)
    if bytes(case.locator) != codes.locator(code):
        raise LookupError
    return case


def replace_code(code: str, new: str) -> None:
    """Swap the hash and the wrapping in one transaction: the old code then answers as an unknown
    one. Sent again it has happened already. Raises LookupError for an unknown code."""
    with transaction.atomic():
        found = _case_of(code)
        if found is None:
            if Case.objects.filter(locator=codes.locator(new)).exists():
                return
            raise LookupError
        case = _still(found, code)
        old, unlocks = codes.unlocking_key(code), codes.unlocking_key(new)
        private = sealing.unseal(old, case.reporter_key, key_label(case))
        used = sealing.unseal(old, case.last_used, used_label(case))
        case.locator = codes.locator(new)
        case.reporter_key = sealing.seal(unlocks, private, key_label(case))
        case.last_used = sealing.seal(unlocks, used, used_label(case))
        case.save(update_fields=["locator", "reporter_key", "last_used"])
