"""A vote: counted on who was in the room at the item, and kept with its ruling (RULE-47)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from charters.reports.voting import vote_words
from charters.rules import voting
from charters.rules.voting import Choice, Outcome, VoteRuling
from committees.models import Director
from meetings import presence
from meetings.models import AgendaItem, Ballot, Meeting, Vote
from meetings.services.attendance import named
from records.dates import long_day
from records.facts import Actor, recorded


def take_vote(
    meeting: Meeting,
    items: Sequence[AgendaItem],
    named_choices: Mapping[Director, Choice],
    *,
    by: Actor,
    at: datetime,
) -> Vote:
    """Count the vote on an item, or on the lines for consent, and keep it with its ruling.

    `named_choices` are the votes of those who did not vote in favor. A void vote is refused. Call it
    within an act.
    """
    first = items[0]
    recused = {str(row.director_id): row.stays for row in first.recusals.exclude(director=None)}
    body = _voting_body(meeting, first)
    room = voting.room_at(body, presence.kept_stays(meeting), first.place, recused)
    choices = _ballots_of(first, named_choices, room)
    cast = voting.all_in_favor(room, choices)
    ruling = voting.decide(body, room, cast)
    if ruling.outcome is Outcome.VOID:
        raise ValidationError(
            {
                named("outcome", first): _(
                    "%(words)s Record what was discussed, or say that the item was not taken up."
                )
                % {"words": vote_words(ruling)}
            }
        )
    vote = _stored(meeting, ruling, by, at)
    vote.items.set(items)
    Ballot.objects.bulk_create(
        Ballot(vote=vote, director_id=int(member), choice=choice) for member, choice in cast.items()
    )
    return vote


def _voting_body(meeting: Meeting, item: AgendaItem) -> voting.Body:
    """The body as it votes; refused where its quorum cannot be told."""
    body = presence.kept_body(meeting)
    if body is None:
        raise ValidationError(
            {
                named("outcome", item): _(
                    "The number of seats on the Board on %(day)s is not on record, so the vote cannot "
                    "be counted. Record the number under Meeting rules, effective on or before "
                    "%(day)s. Then enter this vote."
                )
                % {"day": long_day(meeting.on)}
            }
        )
    return body


def _ballots_of(
    item: AgendaItem, choices: Mapping[Director, Choice], room: voting.Room
) -> dict[str, Choice]:
    """The named votes, refused where their member was not in the room or was recused."""
    for director in choices:
        key = str(director.pk)
        said = {"name": director.name}
        if key in room.recused:
            refusal = _("%(name)s was recused and takes no part in this vote.") % said
        elif key not in room.present:
            refusal = _("%(name)s was not in the room for this item.") % said
        else:
            continue
        raise ValidationError({f"{named('vote', item)}_{director.pk}": refusal})
    return {str(director.pk): choice for director, choice in choices.items()}


def _stored(meeting: Meeting, ruling: VoteRuling, by: Actor, at: datetime) -> Vote:
    return Vote.objects.create(
        meeting=meeting,
        outcome=ruling.outcome.value,
        reason=ruling.reason.value,
        quorum_needed=ruling.quorum.needed,
        quorum_of=ruling.quorum.of,
        present=ruling.present,
        recused=ruling.recused,
        needed=ruling.needed,
        in_favor=ruling.in_favor,
        against=ruling.against,
        abstained=ruling.abstained,
        citation=ruling.citation,
        **recorded(by, at),
    )
