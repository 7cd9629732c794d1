"""A meeting's members, stays and quorum, from what is stored to what the rules on voting take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from charters.docket import AsOf
from charters.enums import CommitteeKind
from charters.rules.voting import Body, Stay, quorum
from committees.models import Director, Membership
from meetings.enums import MeetingState
from meetings.models import BodyRules, Meeting, rules_on
from meetings.rules.presence import has_quorum_at_any


def members_on(meeting: Meeting) -> list[Director]:
    """Who serves on the body on the date of a meeting, as recorded today."""
    seats = Membership.objects.in_office(meeting.on).filter(committee=meeting.body)
    return [seat.director for seat in seats.select_related("director").order_by("director")]


def body_of(meeting: Meeting, serving: Iterable[str]) -> Body | None:
    """The body as it votes under the rules in force on the date of a meeting.

    None for a Board whose number of seats is not on record on that date: its quorum is a majority
    of all seats, vacant ones too (DGCL 141(b)), and is not known.
    """
    return body_under(BodyRules.objects.in_force(meeting.body, meeting.on), meeting.on, serving)


def body_under(rules: BodyRules, on: date, serving: Iterable[str]) -> Body | None:
    """The same under given rules. A Board has at least as many seats as directors serving."""
    members = frozenset(serving)
    if rules.body.kind != CommitteeKind.BOARD:
        return Body(members, bylaws=rules.bylaws(on))
    if rules.seats is None:
        return None
    return Body(members, max(len(members), rules.seats), rules.bylaws(on))


def is_unsized(meeting: Meeting) -> bool:
    """Whether it is of a Board whose number of seats is not on record on its date."""
    if meeting.body.kind != CommitteeKind.BOARD:
        return False
    return BodyRules.objects.in_force(meeting.body, meeting.on).seats is None


def unsized_meetings(day: date) -> list[Meeting]:
    """Those held by a day, with attendance on record, whose quorum is not known; earliest first."""
    held = Meeting.objects.held(day).filter(body__kind=CommitteeKind.BOARD)
    entered = held.filter(attendees__served=True).distinct().select_related("body").order_by("on")
    entries = list(BodyRules.objects.filter(body__kind=CommitteeKind.BOARD))

    def seats(meeting: Meeting) -> int | None:
        of_body = [rules for rules in entries if rules.body_id == meeting.body_id]
        rules = rules_on(of_body, meeting.on)
        return rules.seats if rules else None

    return [meeting for meeting in entered if seats(meeting) is None]


def kept_body(meeting: Meeting) -> Body | None:
    """The same of a meeting that was entered: the members as they were counted."""
    return body_of(meeting, (row.key for row in meeting.attendees.members()))


def kept_stays(meeting: Meeting) -> list[Stay[int]]:
    """From when to when its members were there."""
    rows = meeting.attendees.members().with_stays()
    return [stay for row in rows for stay in row.presence()]


def state_by_quorum(has_quorum: bool | None) -> MeetingState:
    """Of a meeting that took place. One whose quorum is not known is held until the seats are."""
    return MeetingState.WITHOUT_QUORUM if has_quorum is False else MeetingState.HELD


def had_quorum(meeting: Meeting, places: Iterable[int]) -> bool | None:
    """Whether a quorum was there at the start or at any item; None where that cannot be told."""
    body = kept_body(meeting)
    if body is None:
        return None
    return has_quorum_at_any(kept_stays(meeting), places, body.serving, quorum(body).needed)


def seats(as_of: AsOf) -> dict[int, list[Membership]]:
    """By body, every seat on it, past and future ones included."""
    found: dict[int, list[Membership]] = defaultdict(list)
    for seat in Membership.objects.select_related("director"):
        found[seat.committee_id].append(seat)
    return found


def rules(as_of: AsOf) -> dict[int, list[BodyRules]]:
    """By body, what the bylaws say of it, from each date on."""
    found: dict[int, list[BodyRules]] = defaultdict(list)
    for entry in BodyRules.objects.select_related("body"):
        found[entry.body_id].append(entry)
    return found
