"""Who is reminded to open the desk: on fixed days, or by the date on which a key last opened it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from accounts.models import User
from records import clock, notices
from records.acts import act
from whistleblower import opening
from whistleblower.crypto.roster import Roster
from whistleblower.enums import ReaderRole
from whistleblower.models import ReaderKey
from whistleblower.notices import DIGEST, HEARTBEAT

TUESDAY, FRIDAY = 1, 4
READER_AFTER, OTHERS_AFTER = timedelta(days=7), timedelta(days=10)


@act
def remind(*, at: datetime) -> None:
    """The digest on Tuesdays and Fridays; the heartbeat after seven and ten days."""
    found = opening.state()
    if not found.is_open or found.roster is None:
        return
    on, roster = clock.day_of(at), found.roster
    people = User.objects.in_bulk([each.user for each in roster.entries])
    if on.weekday() in (TUESDAY, FRIDAY):
        for pk, person in people.items():
            notices.owe(DIGEST, to=person, key=f"{on}:{pk}", at=at)
    for uid, since in _silent(roster, on).items():
        for user in _told(roster, uid, on - since):
            if user in people:
                notices.owe(HEARTBEAT, to=people[user], key=f"{uid}:{since}:{user}", at=at)


def _silent(roster: Roster, on: date) -> dict[str, date]:
    """Readers whose desk was not opened for a week, and since when."""
    keys = ReaderKey.objects.filter(pk__in=roster.uids, ended_on=None)
    since = {key.uid: key.opened_on or key.made_on for key in keys}
    return {uid: day for uid, day in since.items() if on - day >= READER_AFTER}


def _told(roster: Roster, uid: str, silent: timedelta) -> set[int]:
    """The reader; after ten days the next reader on the list and counsel too."""
    entries = list(roster.entries)
    place = next(n for n, each in enumerate(entries) if each.uid == uid)
    told = {entries[place].user}
    if silent >= OTHERS_AFTER:
        told.add(entries[(place + 1) % len(entries)].user)
        told |= {each.user for each in entries if each.role is ReaderRole.COUNSEL}
    return told
