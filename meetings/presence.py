"""A meeting's members, stays and quorum, from what is stored to what the rules on voting take."""

from __future__ import annotations

from collections.abc import Iterable

from charters.enums import CommitteeKind
from charters.rules.voting import STATUTE, Body, Stay, quorum
from committees.models import Director, Membership
from meetings.models import BodyRules, Meeting
from meetings.rules.presence import has_quorum_at_any


def members_on(meeting: Meeting) -> list[Director]:
    """Who serves on the body on the date of a meeting, as recorded today."""
    seats = Membership.objects.in_office(meeting.on).filter(committee=meeting.body)
    return [seat.director for seat in seats.select_related("director").order_by("director")]


def body_of(meeting: Meeting, serving: Iterable[str]) -> Body:
    """The body as it votes: those serving, the seats of the Board, and what the bylaws say."""
    members = frozenset(serving)
    rules = BodyRules.objects.filter(body=meeting.body).first()
    bylaws = rules.bylaws(meeting.on) if rules else STATUTE
    seats = None
    if meeting.body.kind == CommitteeKind.BOARD:
        seats = max(len(members), rules.seats or 0) if rules else len(members)
    return Body(members, seats, bylaws)


def kept_body(meeting: Meeting) -> Body:
    """The same of a meeting that was entered: the members as they were counted."""
    return body_of(meeting, (row.key for row in meeting.attendees.members()))


def kept_stays(meeting: Meeting) -> list[Stay[int]]:
    """From when to when its members were there."""
    rows = meeting.attendees.members().with_stays()
    return [stay for row in rows for stay in row.presence()]


def had_quorum(meeting: Meeting, places: Iterable[int]) -> bool:
    """Whether a quorum was there at the start or at any item."""
    body = kept_body(meeting)
    return has_quorum_at_any(kept_stays(meeting), places, body.serving, quorum(body).needed)
