"""The signed list of readers: who may hold keys, in which order, with which public keys.

The first list is signed by all on it. Each later one names the list before it and is signed by two
readers of that list whom the change does not concern. So nobody who only writes to the database can
put a key among them. The first list's fingerprint stands outside the database.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import blake2b

from whistleblower.crypto import words
from whistleblower.crypto.keys import is_signed
from whistleblower.enums import ReaderRole

FINGERPRINT_WORDS = 6
NEEDED = 2


class RosterError(Exception):
    """The list of readers does not verify: the channel takes no concern and says other ways."""


@dataclass(frozen=True)
class Entry:
    """A reader on the list. `person` names the same human being in the registers of the company."""

    uid: str
    name: str
    role: ReaderRole
    user: int
    person: str
    opens: str
    signs: str

    @property
    def is_fallback(self) -> bool:
        """Gets keys only where fewer than two others are left."""
        return self.role is ReaderRole.BOARD_CHAIR


@dataclass(frozen=True)
class Server:
    """Who runs the server, who can change it, and to whom they report, as one language says it."""

    operator: str
    root: str
    root_reports_to: str


@dataclass(frozen=True)
class Terms:
    """What the readers have confirmed about the channel itself.

    `languages` holds by language the date on which counsel approved its texts, where counsel has, and
    `wordings` the digest of the words of the pages on that date. `servers` holds what the pages say of
    the server where a language says it in other words, `titles` the officers' titles in other
    languages than the register's.
    """

    operator: str = ""
    root: str = ""
    root_reports_to: str = ""
    retaliation: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    wordings: Mapping[str, str] = field(default_factory=dict)
    servers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def server(self, language: str) -> Server:
        own = self.servers.get(language, {})
        return Server(
            own.get("operator") or self.operator,
            own.get("root") or self.root,
            own.get("root_reports_to") or self.root_reports_to,
        )


@dataclass(frozen=True)
class Roster:
    number: int
    previous: str
    entries: tuple[Entry, ...]
    terms: Terms = field(default_factory=Terms)

    def as_text(self) -> str:
        """The words that are signed: the same for the same list, byte for byte."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Roster:
        try:
            data = json.loads(text)
            entries = tuple(
                Entry(**(each | {"role": ReaderRole(each["role"])})) for each in data["entries"]
            )
            return cls(data["number"], data["previous"], entries, Terms(**data["terms"]))
        except (ValueError, TypeError, KeyError) as error:
            raise RosterError("A list of readers cannot be read.") from error

    @property
    def digest(self) -> str:
        return digest_of(self.as_text())

    def entry(self, uid: str) -> Entry | None:
        return next((each for each in self.entries if each.uid == uid), None)

    @property
    def uids(self) -> frozenset[str]:
        return frozenset(each.uid for each in self.entries)


@dataclass(frozen=True)
class SignedRoster:
    """A stored list: its words, and by reader the signature over them."""

    text: str
    signatures: Mapping[str, bytes]


def digest_of(text: str) -> str:
    return blake2b(text.encode(), digest_size=32, person=b"reader-list-1").hexdigest()


def fingerprint(text: str) -> str:
    """Six words to be compared by eye."""
    return " ".join(words.as_words(bytes.fromhex(digest_of(text)), FINGERPRINT_WORDS))


def signed_bytes(text: str) -> bytes:
    return b"charter-portal.reader-list\x00" + text.encode()


def concerned(before: Roster, after: Roster) -> frozenset[str]:
    """The readers whose entry is added, removed or changed."""
    was = {each.uid: each for each in before.entries}
    now = {each.uid: each for each in after.entries}
    return frozenset(uid for uid in was.keys() | now.keys() if was.get(uid) != now.get(uid))


@dataclass(frozen=True)
class Changes:
    """Who is new on a list, who has left it, and whose role or key is another, by name."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    terms: bool


def changes(before: Roster, after: Roster) -> Changes:
    found = concerned(before, after)
    names = {each.uid: each.name for each in (*before.entries, *after.entries)}

    def named(uids: frozenset[str]) -> tuple[str, ...]:
        return tuple(sorted(names[uid] for uid in uids))

    return Changes(
        added=named(found - before.uids),
        removed=named(found - after.uids),
        changed=named(found & before.uids & after.uids),
        terms=before.terms != after.terms,
    )


def signers(listed: SignedRoster, among: Roster) -> frozenset[str]:
    """Who has signed the list, of those on `among`, by the keys that stand there."""
    message = signed_bytes(listed.text)
    return frozenset(
        each.uid
        for each in among.entries
        if each.uid in listed.signatures
        and is_signed(message, listed.signatures[each.uid], bytes.fromhex(each.signs))
    )


def missing(listed: SignedRoster, before: Roster | None) -> int:
    """How many more signatures the list needs to be in force."""
    roster = Roster.from_text(listed.text)
    if before is None:
        return len(roster.uids - signers(listed, roster))
    free = signers(listed, before) - concerned(before, roster)
    return max(0, NEEDED - len(free))


def verify(chain: Sequence[SignedRoster], expected: str | None) -> Roster:
    """The list in force: the last of a chain in which every list is signed as it must be.

    `expected` is the first list's fingerprint as it stands in the configuration; None asks for none.
    Raises RosterError with the reason.
    """
    if not chain:
        raise RosterError("There is no list of readers yet.")
    if expected is not None and words.normalize(fingerprint(chain[0].text)) != words.normalize(
        expected
    ):
        raise RosterError("The first list of readers is not the one in the configuration.")
    before: Roster | None = None
    # Of the words that were signed: an earlier version may have written fewer.
    digest = ""
    for place, listed in enumerate(chain, start=1):
        roster = Roster.from_text(listed.text)
        _refuse_what_does_not_follow(roster, digest, place)
        if missing(listed, before):
            raise RosterError(f"List {place} of the readers is not signed as it must be.")
        before, digest = roster, digest_of(listed.text)
    assert before is not None  # noqa: S101  (the chain is not empty)
    return before


def _refuse_what_does_not_follow(roster: Roster, before: str, place: int) -> None:
    if roster.number != place or roster.previous != before:
        raise RosterError(f"List {place} of the readers does not follow the one before it.")
    keys = [key for each in roster.entries for key in (each.uid, each.opens, each.signs)]
    if not roster.entries or len(set(keys)) != len(keys):
        raise RosterError(f"List {place} of the readers names nobody, or one key twice.")
