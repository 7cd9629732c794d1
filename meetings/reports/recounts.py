"""Votes that come out otherwise when they are counted again, on the members and the attendance as
the record now says. What was recorded of a vote stays; the contradiction is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from charters.docket import AsOf
from charters.enums import CommitteeKind
from charters.reports.voting import vote_words
from charters.rules.voting import VoteRuling, recount, room_at
from committees.models import Membership
from meetings import presence
from meetings.models import AgendaItem, BodyRules, Vote, rules_on
from meetings.presence import body_under
from meetings.reports.recording import heading
from records.dates import long_day


@dataclass(frozen=True)
class Recounted:
    """A vote and its new count."""

    vote: Vote
    item: AgendaItem
    ruling: VoteRuling

    @property
    def title(self) -> str:
        said = {
            "item": heading(self.item),
            "day": long_day(self.vote.meeting.on),
            "body": self.vote.meeting.body_words,
        }
        if self.vote.meeting.body.kind == CommitteeKind.AUDIT:
            return _("The vote of %(day)s on “%(item)s” comes out differently in a recount") % said
        return (
            _(
                "The vote of the %(body)s of %(day)s on “%(item)s” comes out differently in a recount"
            )
            % said
        )

    @property
    def because(self) -> str:
        said = {"then": vote_words(self.vote.ruling), "now": vote_words(self.ruling)}
        return _("Recorded: %(then)s As the record now says: %(now)s") % said


def recounts(as_of: AsOf) -> list[Recounted]:
    """The votes whose outcome a recount changes: of the committee, the Board and every other body."""
    votes = (
        Vote.objects.filter(meeting__on__lte=as_of.day)
        .select_related("meeting__body")
        .prefetch_related(
            "ballots",
            "items__recusals",
            "meeting__attendees__stays__since",
            "meeting__attendees__stays__until",
        )
    )
    seats, rules = as_of.once(presence.seats), as_of.once(presence.rules)
    return [
        found
        for vote in votes
        if (found := _recounted(vote, seats[vote.meeting.body_id], rules[vote.meeting.body_id]))
    ]


def _recounted(
    vote: Vote, seats: Iterable[Membership], rules: Iterable[BodyRules]
) -> Recounted | None:
    on = vote.meeting.on
    members = frozenset(str(seat.director_id) for seat in seats if seat.covers(on))
    items = list(vote.items.all())
    if not members or not items:
        return None
    in_force = rules_on(rules, on) or BodyRules(body=vote.meeting.body)
    body = body_under(in_force, on, members)
    if body is None:
        return None
    stays = [
        stay.as_rule()
        for row in vote.meeting.attendees.all()
        if row.served and row.was_present
        for stay in row.stays.all()
    ]
    recused = {str(row.director_id): row.stays for row in items[0].recusals.all()}
    room = room_at(body, stays, items[0].place, recused)
    ruling = recount(body, room, vote.cast())
    return Recounted(vote, items[0], ruling) if ruling.outcome.value != vote.outcome else None
