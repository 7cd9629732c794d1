"""Members who were counted at a meeting and did not serve on its date, as the record now says.

What was counted is kept with the meeting. Where a seat is corrected later, nothing that was held
changes: the contradiction is shown, with the count as it would be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charters.docket import AsOf
from charters.enums import CommitteeKind
from charters.rules.voting import quorum
from committees.models import Director, Membership
from meetings import presence
from meetings.models import Attendee, BodyRules, Meeting, rules_on
from meetings.presence import body_under
from meetings.reports.words import size_unknown
from meetings.rules.presence import most_there
from meetings.rules.states import CONVENED
from records.dates import long_day


@dataclass(frozen=True)
class Miscount:
    """A person who was counted at a meeting and did not serve, or served and was not counted."""

    meeting: Meeting
    key: str
    name: str
    was_counted: bool
    because: str

    @property
    def title(self) -> str:
        said = {"name": self.name, "day": long_day(self.meeting.on), "meeting": self.meeting}
        is_committee = self.meeting.body.kind == CommitteeKind.AUDIT
        if self.was_counted and is_committee:
            return _("%(name)s was counted on %(day)s but was not a member on that date") % said
        if self.was_counted:
            return _("%(name)s was counted at the %(meeting)s but was not a member then") % said
        if is_committee:
            return _("%(name)s was a member on %(day)s but was not counted") % said
        return _("%(name)s was a member at the %(meeting)s but was not counted") % said


# What a recount reads of a meeting: few meetings were counted otherwise than the record now says.
OF_A_RECOUNT = (
    "attendees__director",
    "attendees__stays__since",
    "attendees__stays__until",
    "items",
    "votes__ballots",
)


def miscounts(as_of: AsOf) -> list[Miscount]:
    """Every contradiction between who was counted at a meeting and who served: at those of the
    committee, the Board and every other body, and at those that are on record as without a quorum."""
    entered = (
        Meeting.objects.filter(state__in=CONVENED, on__lte=as_of.day, attendees__isnull=False)
        .distinct()
        .select_related("body")
        .prefetch_related("attendees")
    )
    seats, rules = as_of.once(presence.seats), as_of.once(presence.rules)
    differing = [
        meeting
        for meeting in entered
        if _counted(meeting).keys() != _serving(meeting, seats[meeting.body_id]).keys()
    ]
    prefetch_related_objects(differing, *OF_A_RECOUNT)
    return [
        found
        for meeting in differing
        for found in _of(meeting, seats[meeting.body_id], rules[meeting.body_id])
    ]


def _counted(meeting: Meeting) -> dict[str, Attendee]:
    return {row.key: row for row in meeting.attendees.all() if row.served}


def _serving(meeting: Meeting, seats: Iterable[Membership]) -> dict[str, Director]:
    return {str(seat.director_id): seat.director for seat in seats if seat.covers(meeting.on)}


def _of(
    meeting: Meeting, seats: Iterable[Membership], rules: Iterable[BodyRules]
) -> Iterator[Miscount]:
    counted, serving = _counted(meeting), _serving(meeting, seats)
    recount = _recount(meeting, serving.keys(), counted, rules)
    for key in sorted(counted.keys() - serving.keys()):
        votes = sum(
            any(str(ballot.director_id) == key for ballot in vote.ballots.all())
            for vote in meeting.votes.all()
        )
        words = ngettext(
            "%(count)s vote was counted with this person.",
            "%(count)s votes were counted with this person.",
            votes,
        ) % {"count": votes}
        because = f"{recount} {words}" if votes else recount
        yield Miscount(meeting, key, str(counted[key]), True, because)
    for key in sorted(serving.keys() - counted.keys()):
        yield Miscount(meeting, key, str(serving[key]), False, recount)


def _recount(
    meeting: Meeting,
    serving: Iterable[str],
    counted: dict[str, Attendee],
    rules: Iterable[BodyRules],
) -> str:
    """The quorum as the roster now says: 2 serving, 2 needed, 1 present."""
    members = frozenset(serving)
    if not members:
        return _("As recorded now, nobody served on that date.")
    in_force = rules_on(rules, meeting.on) or BodyRules(body=meeting.body)
    body = body_under(in_force, meeting.on, members)
    if body is None:
        return size_unknown(meeting.on)
    needed = quorum(body).needed
    attended = [row for key, row in counted.items() if key in members and row.was_present]
    places = [item.place for item in meeting.items.all() if item.is_standing]
    most = most_there([stay for row in attended for stay in row.presence()], places, members)
    present = len(attended)
    said = {"serving": len(members), "needed": needed, "present": present, "most": most}
    if most < needed <= present:
        return (
            _(
                "As recorded now, %(serving)s served and %(present)s of them attended, at most "
                "%(most)s at the same time; a quorum needs %(needed)s. There was no quorum."
            )
            % said
        )
    if present < needed:
        return (
            _(
                "As recorded now, %(serving)s served and %(present)s of them attended; a quorum "
                "needs %(needed)s. There was no quorum."
            )
            % said
        )
    return (
        _(
            "As recorded now, %(serving)s served and %(present)s of them attended; a quorum needs "
            "%(needed)s."
        )
        % said
    )
