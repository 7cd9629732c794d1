"""What was recorded of a meeting, as its page shows it to one reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from accounts.models import User
from accounts.restriction import Restriction
from charters.answers import Link
from charters.reports.voting import second_words, vote_words
from charters.rules.voting import Body, Choice, disinterested_count
from meetings.enums import MeetingState, MinutesState
from meetings.models import AgendaItem, Attendee, Meeting, Minutes, SessionCard, Vote
from meetings.presence import body_of
from meetings.reports.minutes import Recused, recusal_words
from meetings.reports.recording import (
    adjourned_words,
    heading,
    moves_of,
    quorum_words,
    register_line,
    restricted_heading,
    session_words,
)
from meetings.reports.words import record_size, size_unknown, size_url
from meetings.rules.minutes_states import FOLLOWS


@dataclass(frozen=True)
class Told:
    """A fact as a term and what it is, with further lines under it."""

    term: str
    text: str
    url: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class HeldPart:
    """Who was there and how it was decided; empty before the meeting was entered."""

    attendance: list[Told] = field(default_factory=list)
    votes: list[Told] = field(default_factory=list)
    sessions: list[Told] = field(default_factory=list)
    minutes: Told | None = None


def held_part(meeting: Meeting, reader: User, on: date) -> HeldPart:
    if not meeting.is_convened:
        return HeldPart()
    rows = list(meeting.attendees.with_stays())
    return HeldPart(
        list(attendance(meeting, rows, reader)),
        list(votes(meeting, rows, reader, on)),
        list(sessions(meeting, reader, on)),
        minutes_line(meeting, reader),
    )


def attendance(meeting: Meeting, rows: Sequence[Attendee], reader: User) -> Iterator[Told]:
    groups = (
        (_("Members present"), [row for row in rows if row.served and row.was_present]),
        (_("Members absent"), [row for row in rows if not row.was_present]),
        (_("Also present"), [row for row in rows if not row.served]),
    )
    for term, people in groups:
        if people:
            names = [f"{row}, {row.capacity}" if row.capacity else str(row) for row in people]
            moves = tuple(move for row in people if row.was_present for move in moves_of(row))
            yield Told(term, "; ".join(names), lines=moves)
    if members := [row for row in rows if row.served]:
        yield _quorum(meeting, members, reader)
    if meeting.presided_by:
        yield Told(_("Presided"), meeting.presided_by.name)
    if words := adjourned_words(meeting):
        yield Told(_("Adjourned"), words)


def _quorum(meeting: Meeting, members: list[Attendee], reader: User) -> Told:
    body = body_of(meeting, (row.key for row in members))
    if body is not None:
        return Told(_("Quorum"), quorum_words(meeting, members, body))
    may_record = reader.has_perm("meetings.change_meeting")
    url = size_url(meeting.body, meeting.on) if may_record else reverse("body_rules")
    return Told(_("Quorum"), record_size(meeting.on), url, (size_unknown(meeting.on),))


def votes(meeting: Meeting, rows: Sequence[Attendee], reader: User, on: date) -> Iterator[Told]:
    """Each vote that the reader may see, with its resolution."""
    serving = frozenset(row.key for row in rows if row.served)
    found = Vote.objects.visible_to(reader, on=on).filter(meeting=meeting)
    for vote in found.with_counts():
        items = [each for each in vote.items.all() if not each.restriction.bars(reader, on=on)]
        lines = [*_named(vote), *_recused(items)]
        if any(item.recusals.all() for item in items):
            interested = {str(r.director_id) for item in items for r in item.recusals.all()}
            lines.append(second_words(disinterested_count(Body(serving), interested, vote.cast())))
        yield Told(
            "; ".join(heading(item) for item in items),
            _result(vote, items),
            items[0].decision.get_absolute_url() if len(items) == 1 and items[0].decision else "",
            tuple(lines),
        )


def _result(vote: Vote, items: list[AgendaItem]) -> str:
    """Adopted as resolution 2026-04. 2 of 3 present needed; 3 voted yes."""
    numbers = sorted(item.decision.number for item in items if item.decision)
    if numbers:
        said = ngettext(
            "Adopted as resolution %(numbers)s.",
            "Adopted as resolutions %(numbers)s.",
            len(numbers),
        )
        outcome = said % {"numbers": ", ".join(numbers)}
    else:
        outcome = str(vote.get_outcome_display()).capitalize() + "."
    return f"{outcome} {vote_words(vote.ruling)}"


def _named(vote: Vote) -> Iterator[str]:
    words = {Choice.AGAINST: _("Against: %(name)s."), Choice.ABSTAIN: _("Abstained: %(name)s.")}
    for ballot in vote.ballots.all():
        if sentence := words.get(Choice(ballot.choice)):
            yield sentence % {"name": ballot.director.name}


def _recused(items: list[AgendaItem]) -> Iterator[str]:
    for item in items:
        for row in item.recusals.all():
            yield recusal_words(Recused(row.who, row.stays))


def sessions(meeting: Meeting, reader: User, on: date) -> Iterator[Told]:
    """The fact for every reader; the heading for those who are not in management."""
    barred = Restriction(frozenset({Role.MANAGEMENT}), since=meeting.on).bars(reader, on=on)
    for card in meeting.sessions.all():
        yield Told(_with(card), session_words(card), lines=_heading(card, barred=barred))


def _with(card: SessionCard) -> str:
    return str(card.get_held_with_display()).capitalize()


def _heading(card: SessionCard, *, barred: bool) -> tuple[str, ...]:
    lines = [] if card.as_rule().counts else [_("Not counted: another group was present.")]
    if card.heading and not barred:
        lines.append(_("Heading: %(heading)s") % {"heading": card.heading})
    return tuple(lines)


def minutes_line(meeting: Meeting, reader: User) -> Told | None:
    found = Minutes.objects.visible_to(reader).filter(meeting=meeting)
    minutes = found.prefetch_related("corrections").first()
    if minutes is None:
        return None
    minutes.meeting = meeting
    return Told(_("Minutes"), register_line(minutes), minutes.get_absolute_url())


def record_acts(meeting: Meeting, reader: User, today: date) -> list[Link]:
    """What can be recorded of a meeting that has come, the most urgent first."""
    args, found = [meeting.pk], []
    may_enter = reader.has_perm("meetings.enter_meeting")
    if may_enter and not meeting.concluded_at and meeting.on <= today and _can_be_entered(meeting):
        waiting = meeting.items.without_outcome().exists()
        enter = reverse("meeting_enter", args=args)
        if waiting or not meeting.is_convened:
            found.append(Link(_("Enter what happened"), enter))
        if meeting.is_convened:
            found.append(Link(_("Conclude meeting"), reverse("meeting_conclude", args=args)))
            if not waiting:
                found.append(Link(_("Add an executive session"), enter))
    if may_enter and meeting.is_convened:
        found.append(Link(_("Correct attendance"), reverse("meeting_attendance", args=args)))
    may_file = reader.has_perm("meetings.change_minutes") and meeting.is_convened
    if may_file and not Minutes.objects.filter(meeting=meeting).exists():
        found.append(Link(_("File approved minutes"), reverse("minutes_file", args=args)))
    return found


def _can_be_entered(meeting: Meeting) -> bool:
    return meeting.state != MeetingState.CANCELED


def agenda_labels(meeting: Meeting, reader: User, on: date) -> list[tuple[AgendaItem, str]]:
    """Every item on the agenda with what this reader reads of it, in its order."""
    return [
        (item, restricted_heading(item) if item.restriction.bars(reader, on=on) else heading(item))
        for item in meeting.items.standing().prefetch_related("duties").order_by("place", "pk")
    ]


def may_become(minutes: Minutes, state: MinutesState) -> bool:
    """Whether this state can follow."""
    return state in FOLLOWS[MinutesState(minutes.state)]
