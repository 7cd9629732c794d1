"""Whether the channel takes concerns, and to whom it seals them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from shutil import disk_usage
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings

from accounts.enums import Role
from whistleblower import registers, texts
from whistleblower.crypto.roster import Roster, RosterError, verify
from whistleblower.enums import Way
from whistleblower.models import Channel, ReaderKey, RosterList
from whistleblower.rules import conflicts

# Why the channel takes nothing, where a reader can open it.
NOT_OPENED, OTHER_KEY = "not opened yet", "The desk key is not the one in use."
# Below so many free bytes nothing is taken, and the page says so.
LEAST_ROOM = 1_000_000_000
# Nobody who administers the server, the database or the accounts, and nobody in management, reads.
NO_READERS = frozenset(
    {
        Role.ADMINISTRATOR,
        Role.SECRETARY,
        Role.MANAGEMENT,
        Role.INTERNAL_AUDITOR,
        Role.EXTERNAL_AUDITOR,
        Role.COMPANY_COUNSEL,
    }
)
# A key is proven if its holder opened the desk within twelve months.
PROVEN_FOR = relativedelta(months=12)


@dataclass(frozen=True)
class Opening:
    """`roster` is the list in force; None with the reason why the channel takes nothing."""

    channel: Channel | None
    roster: Roster | None = None
    reason: str = ""

    @property
    def is_open(self) -> bool:
        return self.roster is not None and not self.reason

    @property
    def languages(self) -> tuple[str, ...]:
        """In which languages the pages are offered: those that counsel approved. An outside line, and
        a channel that takes nothing, say other ways to report in every language."""
        is_own = self.channel is not None and self.channel.way == Way.OWN
        return (approved(self.roster) if is_own and self.roster else ()) or texts.LANGUAGES


def approved(roster: Roster) -> tuple[str, ...]:
    """The languages whose texts counsel approved, by the signed list, and which say the same still."""
    terms = roster.terms
    return tuple(
        each
        for each in texts.LANGUAGES
        if terms.languages.get(each) and terms.wordings.get(each) == texts.digest(each)
    )


def outdated(roster: Roster) -> tuple[str, ...]:
    """The languages whose words have changed with a release since counsel approved them."""
    now = approved(roster)
    return tuple(
        each for each in texts.LANGUAGES if roster.terms.languages.get(each) and each not in now
    )


def in_force() -> Roster:
    """The list of readers in force. Raises RosterError with the reason."""
    lists = RosterList.objects.exclude(in_force_on=None).prefetch_related("signatures")
    expected = settings.CONCERNS_FINGERPRINT
    if not expected and not settings.DEMO:
        raise RosterError("The fingerprint of the first list of readers is not configured.")
    return verify([each.as_signed() for each in lists], expected or None)


def state() -> Opening:
    """How the channel stands. Only the set-up and the readers' list decide, never a case."""
    channel = Channel.objects.first()
    if channel is None:
        return Opening(None, reason="not set up")
    try:
        roster = in_force()
    except RosterError as error:
        return Opening(channel, reason=str(error))
    if channel.way != Way.OWN:
        return Opening(channel, roster, reason="an outside line")
    if channel.opened_on is None:
        return Opening(channel, roster, reason=NOT_OPENED)
    if channel.desk_key_mark and channel.desk_key_mark != desk_key_mark(channel):
        return Opening(channel, roster, reason=OTHER_KEY)
    if not approved(roster):
        return Opening(channel, roster, reason="Counsel has approved no language.")
    return Opening(channel, roster)


def has_room() -> bool:
    """Whether the disk has room for what somebody sends."""
    return disk_usage(settings.VAR_DIR).free >= LEAST_ROOM


def desk_key_mark(channel: Channel) -> str:
    """The fingerprint of the desk key in the environment, under the channel's salt."""
    key = settings.DESK_KEY.encode()
    return blake2b(key, digest_size=32, key=channel.salt.encode(), person=b"desk-mark").hexdigest()


def may_read(user: Any, on: date) -> bool:
    """Whether no role keeps a person from being a reader."""
    return NO_READERS.isdisjoint(user.roles(on))


def proven(on: date) -> frozenset[str]:
    """The readers whose key is proven on a date, and who may still read."""
    keys = ReaderKey.objects.filter(
        ended_on=None, sheet_verified_on__isnull=False, opened_on__gte=on - PROVEN_FOR
    )
    return frozenset(
        key.uid for key in keys.prefetch_related("user__roleterm_set") if may_read(key.user, on)
    )


def failures(roster: Roster, on: date) -> list[conflicts.Failure]:
    """K1: the constellations of accused people that would leave fewer than two proven readers."""
    found = registers.registers(on)
    return conflicts.failures(
        registers.readers_of(roster, found, proven(on)),
        found.lines,
        [each.key for each in found.directors],
        found.committee,
    )
