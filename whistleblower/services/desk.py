"""The desk of one reader: opened by a passphrase, built from the keys that open, and from nothing else.

Slots are tried once, when the desk opens. The open desk is a row encrypted under a key that only the
reader's cookie holds.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.db import transaction

from records import clock
from records.models import Company
from whistleblower import opening
from whistleblower.casefile import Keys
from whistleblower.crypto import keys as reader_keys
from whistleblower.crypto import roster as rosters
from whistleblower.crypto import sealing, slots
from whistleblower.crypto.keys import ReaderKeys
from whistleblower.crypto.roster import Roster, RosterError
from whistleblower.crypto.sealing import SealBrokenError
from whistleblower.enums import EntryKind
from whistleblower.models import REPORTER, Case, OpenDesk, Part, ReaderKey, RosterList, Slot
from whistleblower.services import anchors, deletions, disk, submission, writing
from whistleblower.services.writing import OpenCase

LABEL = b"open-desk-1"
# So that the row's size does not tell how many cases a reader holds.
AT_LEAST = 14_000


@dataclass(frozen=True)
class Token:
    """What the cookie holds: which row, and the key that opens it."""

    row: str
    key: bytes


@dataclass(frozen=True)
class Desk:
    """An open desk. `cases` are those whose newest slot opened when the desk did."""

    uid: str
    user: int
    keys: ReaderKeys = field(repr=False)
    cases: frozenset[str]
    # The number of the newest list that this reader saw before the desk was opened.
    seen: int = 0
    # How far the last night saw each of these cases go.
    heads: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    # Cases that this reader held at the opening before and that were not deleted: they are gone.
    gone: tuple[str, ...] = ()
    # The last night's anchor is not the one in the activity log.
    is_anchor_false: bool = False

    @cached_property
    def roster(self) -> Roster | None:
        """The list in force; None where it does not verify."""
        try:
            return opening.in_force()
        except RosterError:
            return None

    @property
    def seen_newer(self) -> int:
        """The number of the list seen before, where an older one is in force now."""
        return self.seen if self.roster and self.seen > self.roster.number else 0

    @cached_property
    def changes(self) -> rosters.Changes | None:
        """What is new on the list in force for this reader; None where nothing is."""
        if self.roster is None or not 0 < self.seen < self.roster.number:
            return None
        before = RosterList.objects.filter(pk=self.seen).first()
        return rosters.changes(before.roster, self.roster) if before else None

    @cached_property
    def is_list_of_deleted_lost(self) -> bool:
        return deletions.is_list_lost()

    @cached_property
    def is_disk_unclean(self) -> bool:
        return disk.is_unclean()

    @cached_property
    def is_counsel(self) -> bool:
        entry = self.roster.entry(self.uid) if self.roster else None
        return entry is not None and entry.role == "counsel"


def open_desk(user: Any, passphrase: str, *, at: datetime) -> Token:
    """Raises WrongPassphraseError, also for somebody who has no key."""
    key = ReaderKey.objects.filter(user=user, ended_on=None).first()
    if key is None:
        raise reader_keys.WrongPassphraseError
    found = reader_keys.open_seed(key.sealed_seed, passphrase, settings.DESK_KEY)
    if found.opens.hex() != key.opens or found.signs.hex() != key.signs:
        # Somebody wrote other public keys over this reader's.
        raise SealBrokenError("The reader's public keys are not those of the passphrase.")
    return _opened(key, found, at)


def _opened(key: ReaderKey, found: ReaderKeys, at: datetime) -> Token:
    held = sorted(_held(key.uid, found))
    seen, before = _note(key, found, held)
    anchor = anchors.last(key.uid, found.private)
    payload = {
        "uid": key.uid,
        "user": key.user_id,
        "seed": b64encode(found.seed).decode(),
        "cases": held,
        "seen": seen,
        "heads": {case: anchor.heads[case] for case in held if case in anchor.heads},
        "gone": _gone(before),
        "is_anchor_false": anchor.is_false,
    }
    token = Token(sealing.new_key().hex(), sealing.new_key())
    text = json.dumps(payload).encode().ljust(AT_LEAST)
    with transaction.atomic():
        key.opened_on = clock.day_of(at)
        key.save(update_fields=["opened_on", "seen"])
        OpenDesk.objects.create(id=_row(token), sealed=sealing.seal(token.key, text, LABEL))
    return token


def _row(token: Token) -> str:
    return blake2b(token.row.encode(), digest_size=32).hexdigest()


def _note(key: ReaderKey, found: ReaderKeys, held: list[str]) -> tuple[int, list[str]]:
    """K3: the newest list this reader has seen, and the cases held, are sealed under the key, in one
    size for few and many. Answers those of the opening before: 0 and none at the first."""
    secret = blake2b(found.seed, digest_size=32, person=b"reader-seen-1").digest()
    label = b"seen/" + key.uid.encode()
    before: dict[str, Any] = {"list": 0, "cases": []}
    if key.seen:
        before = json.loads(sealing.unseal(secret, key.seen, label))
    with suppress(RosterError):
        newest = max(opening.in_force().number, before["list"])
        text = json.dumps({"list": newest, "cases": held}).encode().ljust(AT_LEAST)
        key.seen = sealing.seal(secret, text, label)
        return before["list"], before["cases"]
    return 0, before["cases"]


def _gone(before: Collection[str]) -> list[str]:
    """Of these cases, those whose rows are gone though nobody approved it."""
    there = Case.objects.filter(pk__in=list(before)).values_list("pk", flat=True)
    return sorted(set(before) - set(there) - deletions.deleted_before())


def _held(uid: str, found: ReaderKeys) -> Iterator[str]:
    """The cases whose newest slot opens. One that was deleted and restored is none of them."""
    gone = deletions.deleted_before()
    newest = {each.case_id: each for each in Slot.objects.filter(reader=uid).order_by("generation")}
    for case, slot in newest.items():
        if slots.try_slot(slot.sealed, found.private) and case not in gone:
            yield case


def find(token: Token, user: Any) -> Desk | None:
    """The open desk of a cookie; None where it was closed, or is another's."""
    row = OpenDesk.objects.filter(pk=_row(token)).first()
    if row is None:
        return None
    try:
        read = json.loads(sealing.unseal(token.key, row.sealed, LABEL))
    except SealBrokenError:
        return None
    if read["user"] != user.pk:
        return None
    if not ReaderKey.objects.filter(pk=read["uid"], ended_on=None).exists():
        return None
    return Desk(
        read["uid"],
        read["user"],
        ReaderKeys(b64decode(read["seed"])),
        frozenset(read["cases"]),
        read["seen"],
        {case: (number, digest) for case, (number, digest) in read["heads"].items()},
        tuple(read["gone"]),
        read["is_anchor_false"],
    )


def close(token: Token) -> None:
    OpenDesk.objects.filter(pk=_row(token)).delete()


def keys_of(desk: Desk, cases: Collection[str]) -> dict[str, dict[int, Keys]]:
    """The keys of these cases by generation, as far as the newest still opens: a reader who was
    taken out meanwhile holds none."""
    found: dict[str, dict[int, Keys]] = defaultdict(dict)
    rows = Slot.objects.filter(reader=desk.uid, case__in=cases).order_by("generation")
    for row in rows:
        keys = slots.try_slot(row.sealed, desk.keys.private)
        if keys is None:
            found.pop(row.case_id, None)
        else:
            found[row.case_id][row.generation] = Keys(keys)
    return found


def open_case(desk: Desk, case: str, *, at: datetime, is_whole: bool = False) -> OpenCase | None:
    """One case as it is shown; None, without a look at the tables, for one that this desk does not
    hold. `is_whole`: with what is shown from tomorrow, for who writes to it."""
    if case not in desk.cases or case in deletions.deleted_before():
        return None
    keys = keys_of(desk, [case]).get(case)
    row = Case.objects.filter(pk=case).first() if keys else None
    if keys is None or row is None:
        return None
    found = _read(desk, row, list(row.parts.order_by("number")), keys)
    company = _company()
    if not _is_shown(found, at, company):
        return None
    found = replace(found, late=_late(found, at, company))
    return found if is_whole else found.as_shown()


def _read(desk: Desk, case: Case, parts: list[Part], keys: Mapping[int, Keys]) -> OpenCase:
    """Raises SealBrokenError also where the case does not go as far as the last night saw."""
    if not anchors.agrees(parts, desk.heads.get(case.pk)):
        raise SealBrokenError("An entry that the last night saw is missing.")
    return writing.read_from(case, parts, keys)


@dataclass(frozen=True)
class Broken:
    """A case that does not verify: said aloud, never passed over."""

    case: str
    reason: str


def open_cases(desk: Desk, *, at: datetime) -> tuple[list[OpenCase], list[Broken]]:
    """Every case of this desk that is shown by now, in a fixed number of queries."""
    keys = keys_of(desk, desk.cases - deletions.deleted_before())
    rows = Case.objects.in_bulk(list(keys))
    parts: dict[str, list[Part]] = defaultdict(list)
    for part in Part.objects.filter(case__in=list(keys)).order_by("number"):
        parts[part.case_id].append(part)
    found, broken = [], []
    company = _company()
    for pk, case in rows.items():
        try:
            opened = _read(desk, case, parts[pk], keys[pk])
        except SealBrokenError as error:
            broken.append(Broken(pk, str(error)))
            continue
        if _is_shown(opened, at, company):
            found.append(replace(opened, late=_late(opened, at, company)).as_shown())
    return found, broken


# What a reporter writes later. Who was taken out is shown at once, so that nobody speaks to them.
DELAYED = frozenset({EntryKind.MESSAGE, EntryKind.NAME, EntryKind.REOPENED})
# A case begins with its report, its name and its readers.
BEGINNING = 3


def _late(found: OpenCase, at: datetime, company: Company) -> frozenset[int]:
    """What the reporter wrote today, unless somebody is in danger: shown like a report, from six the
    next morning."""
    later = [
        each for each in found.entries[BEGINNING:] if each.by == REPORTER and each.kind in DELAYED
    ]
    at_once = {each.on for each in later if each.data.get("urgent")}
    return frozenset(
        each.number
        for each in later
        if not submission.is_shown(each.on, each.on in at_once, at, company)
    )


def _company() -> Company:
    company = Company.objects.current()
    assert company is not None  # noqa: S101 - a channel has a company
    return company


def _is_shown(found: OpenCase, at: datetime, company: Company) -> bool:
    state = found.state
    # What a reader recorded tells nobody when the reporter was at a keyboard.
    at_once = state.is_urgent or state.arrival is not None
    return submission.is_shown(found.entries[0].on, at_once, at, company)


def last_opened(on: date, days: int) -> list[ReaderKey]:
    """Keys whose desk was not opened for so many days: equal with and without cases."""
    keys = ReaderKey.objects.filter(ended_on=None, sheet_verified_on__isnull=False)
    return [each for each in keys if (on - (each.opened_on or each.made_on)).days >= days]
