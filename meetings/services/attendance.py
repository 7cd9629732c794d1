"""Who was at a meeting: kept with it, and corrected only by an act that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.rules.sessions import Group
from committees.models import Director
from meetings import presence
from meetings.models import AgendaItem, Attendee, Meeting, Stay
from meetings.rules.clocks import spoken
from meetings.rules.moments import Moment, first_contradiction, first_out_of_order
from meetings.rules.presence import Fault, Moves, PresenceError
from records import ledger
from records.acts import act
from records.facts import Actor, Fact, recorded

ATTENDANCE_CORRECTED = ledger.action(
    "attendance.corrected", lazy("corrected the attendance of the %(record)s")
)


@dataclass(frozen=True)
class Movement:
    """When somebody came and went: the items before which it was, and clock times where known."""

    arrives: AgendaItem | None = None
    leaves: AgendaItem | None = None
    returns: AgendaItem | None = None
    arrived_at: time | None = None
    left_at: time | None = None
    returned_at: time | None = None

    def as_rule(self) -> Moves:
        """Raises PresenceError where it contradicts itself."""
        return Moves(*(item.place if item else None for item in self._items))

    def timed(self) -> Iterator[tuple[str, AgendaItem, time]]:
        """The items before which somebody came or went at a known clock time, each with the field
        that a refusal stands at."""
        for name, item, at in (
            ("arrived_at", self.arrives, self.arrived_at),
            ("left_at", self.leaves, self.left_at),
            ("returns", self.returns, self.returned_at),
        ):
            if item and at:
                yield name, item, at

    @property
    def _items(self) -> tuple[AgendaItem | None, ...]:
        return self.arrives, self.leaves, self.returns

    def stays_of(self, attendee: Attendee) -> list[Stay]:
        first = Stay(
            attendee=attendee,
            since=self.arrives,
            until=self.leaves,
            arrived_at=self.arrived_at,
            left_at=self.left_at,
        )
        if self.returns is None:
            return [first]
        return [first, Stay(attendee=attendee, since=self.returns, arrived_at=self.returned_at)]


@dataclass(frozen=True)
class MemberThere:
    """A member who served on the date; `moves` where they were present."""

    director: Director
    was_present: bool = True
    moves: Movement = field(default_factory=Movement)


@dataclass(frozen=True)
class GuestThere:
    """Somebody else who was there: a director who is no member, or a name with a capacity."""

    name: str = ""
    capacity: str = ""
    group: Group | None = None
    director: Director | None = None
    moves: Movement = field(default_factory=Movement)


@dataclass(frozen=True)
class Attendance:
    members: Sequence[MemberThere]
    guests: Sequence[GuestThere] = ()


@dataclass(frozen=True)
class Course:
    """Who presided, and when the meeting adjourned; None where it is not known."""

    presided_by: Director | None = None
    adjourned_time: time | None = None


def named(field: str, record: Director | AgendaItem) -> str:
    """What a refusal about one member or one item stands at: the field of a sheet."""
    return f"{field}_{record.pk}"


@act
def correct_attendance(
    meeting: Meeting,
    attendance: Attendance,
    *,
    by: Actor,
    at: datetime,
    course: Course | None = None,
) -> Meeting:
    """Correct who was there, and with it whether there was a quorum; with `course`, also who presided
    and when it adjourned. Votes stay as they were counted; where a recount differs, an open item says
    so."""
    meeting = meeting.locked()
    if not meeting.is_convened:
        raise ValidationError(_("This meeting has not been entered yet. Enter it first."))
    stored = Course(meeting.presided_by, meeting.adjourned_time)
    refuse_course(meeting, attendance, course or stored)
    keep(meeting, attendance, by=by, at=at)
    places = meeting.items.standing().values_list("place", flat=True)
    has_quorum = presence.had_quorum(meeting, places)
    meeting.state = presence.state_by_quorum(has_quorum)
    if course is not None:
        meeting.presided_by, meeting.adjourned_time = course.presided_by, course.adjourned_time
    meeting.save(update_fields=["state", "presided_by", "adjourned_time"])
    ledger.record(
        ATTENDANCE_CORRECTED,
        subject=meeting,
        by=by,
        at=at,
        quorum=has_quorum,
        presided_by=meeting.presided_by,
        adjourned_at=adjourned_at(meeting),
        **attendance_facts(attendance),
    )
    return meeting


def adjourned_at(meeting: Meeting) -> datetime | None:
    """The instant at which it adjourned, in the zone it was held in."""
    if meeting.adjourned_time is None:
        return None
    return datetime.combine(meeting.on, meeting.adjourned_time, tzinfo=meeting.zone_info())


def keep(meeting: Meeting, attendance: Attendance, *, by: Actor, at: datetime) -> list[Attendee]:
    """Store who was there, in the place of what was stored before. Call it within an act."""
    refuse_contradictions(attendance)
    Stay.objects.filter(attendee__meeting=meeting).delete()
    meeting.attendees.all().delete()
    found = []
    for member in attendance.members:
        row = Attendee(director=member.director, served=True, was_present=member.was_present)
        found.append(_stored(meeting, row, member.moves, by, at))
    for guest in attendance.guests:
        row = Attendee(
            director=guest.director,
            name="" if guest.director else guest.name.strip(),
            capacity=guest.capacity.strip(),
            group=guest.group or "",
        )
        found.append(_stored(meeting, row, guest.moves, by, at))
    return found


def _stored(meeting: Meeting, row: Attendee, moves: Movement, by: Actor, at: datetime) -> Attendee:
    row.meeting = meeting
    for name, value in recorded(by, at).items():
        setattr(row, name, value)
    row.save(force_insert=True)
    if row.was_present:
        Stay.objects.bulk_create(moves.stays_of(row))
    return row


def refuse_contradictions(attendance: Attendance) -> None:
    if not attendance.members:
        raise ValidationError(
            _("Nobody sits on this body on that date. Record its members before its meeting.")
        )
    sentences = {
        Fault.LEAVES: _("Nobody leaves before they arrive. Choose a later item."),
        Fault.RETURNS: _("Say before which item they left, and choose a later one for the return."),
    }
    for member in attendance.members:
        try:
            member.moves.as_rule()
        except PresenceError as wrong:
            raise ValidationError(
                {named(wrong.fault.value, member.director): sentences[wrong.fault]}
            ) from wrong


def refuse_course(meeting: Meeting, attendance: Attendance, course: Course) -> None:
    """Whoever presided was there, and clock times follow one another: the meeting began, somebody
    arrived, left and returned, it adjourned."""
    there = [each.director for each in attendance.members if each.was_present]
    there += [each.director for each in attendance.guests if each.director]
    if course.presided_by and course.presided_by not in there:
        raise ValidationError(
            {
                "presided_by": _("%(name)s was not present. Say who presided.")
                % {"name": course.presided_by.name}
            }
        )
    _refuse_times(meeting, Movement(), course, {})
    for guest in attendance.guests:
        _refuse_times(meeting, guest.moves, course, {})
    for member in attendance.members:
        if member.was_present:
            names = {1: "arrived_at", 2: "left_at", 3: "returns"}
            fields = {place: named(name, member.director) for place, name in names.items()}
            _refuse_times(meeting, member.moves, course, fields)
    _refuse_other_order(meeting, attendance)


def _refuse_other_order(meeting: Meeting, attendance: Attendance) -> None:
    """Refuse clock times of two people that contradict the order of the items: whoever left before
    item 3 did so no earlier than somebody who arrived before item 2."""
    known = [
        (each.director, name, Moment(item.place, at))
        for each in attendance.members
        if each.was_present
        for name, item, at in each.moves.timed()
    ]
    found = first_contradiction(meeting.time, [moment for *_rest, moment in known])
    if found is None:
        return
    (director, name, one), (other, _name, before) = (known[place] for place in found)
    raise ValidationError(
        {
            named(name, director): _(
                "%(time)s is before %(before)s, the time entered for %(name)s at an earlier item. "
                "Check the clock times."
            )
            % {"time": spoken(one.at), "before": spoken(before.at), "name": other.name}
        }
    )


def _refuse_times(
    meeting: Meeting, moves: Movement, course: Course, fields: Mapping[int, str]
) -> None:
    """Refuse the first time that is before another, at the field that asks for it."""
    times = (
        meeting.time,
        moves.arrived_at,
        moves.left_at,
        moves.returned_at,
        course.adjourned_time,
    )
    found = first_out_of_order(times)
    if found is None:
        return
    place, before = found
    at = times[place]
    assert at is not None  # noqa: S101  (it is before another)
    words = _("%(time)s is before %(before)s. Check the clock times.") % {
        "time": spoken(at),
        "before": spoken(before),
    }
    if before == meeting.time:
        words = _("%(time)s is before the meeting began, at %(before)s") % {
            "time": spoken(at),
            "before": spoken(before),
        }
    raise ValidationError({fields.get(place, "adjourned_time"): words})


def attendance_facts(attendance: Attendance) -> dict[str, Fact]:
    """What the ledger says of who was there: the directors by their records, the others counted."""
    return {
        "present": [each.director for each in attendance.members if each.was_present],
        "absent": [each.director for each in attendance.members if not each.was_present],
        "others": len(attendance.guests),
    }
