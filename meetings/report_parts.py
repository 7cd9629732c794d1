"""What a report to the Board says of meetings, attendance, sessions and recommendations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from charters.answers import ReportSection, Sentence
from charters.registry import REPORT_PARTS, ReportPart, ReportScope
from charters.rules.sessions import Group
from meetings.enums import Answer, MeetingState
from meetings.models import Meeting, Recommendation, WrittenConsent
from records.dates import long_day, long_days


def meetings_and_attendance(scope: ReportScope) -> Iterator[ReportSection]:
    """The meetings with who attended, the fact of executive sessions, and acts by consent.

    What several meetings have in common is said once, with their dates.
    """
    held = list(_held(scope))
    told = [*_meetings(held), *_sessions(held), *_consents(scope)]
    if told:
        yield ReportSection(_("Meetings and attendance"), tuple(told))


def _held(scope: ReportScope) -> Iterator[Meeting]:
    rows = (
        Meeting.objects.of(scope.as_of.committee)
        .filter(state=MeetingState.HELD)
        .within(scope.first, scope.last)
        .prefetch_related("attendees__director", "sessions__meeting")
        .order_by("on", "pk")
    )
    return (meeting for meeting in rows if scope.covers(meeting.on))


def _meetings(held: Sequence[Meeting]) -> Iterator[Sentence]:
    if not held:
        return
    days = [meeting.on for meeting in held]
    yield Sentence(days[0], _("The Committee met on %(days)s.") % {"days": long_days(days)})
    attended = {meeting.pk: _attendance(meeting) for meeting in held}
    full = [each for each in held if attended[each.pk][0] and not attended[each.pk][1]]
    if full and len(full) == len(held):
        words = _("All members were present.")
        yield Sentence(
            days[0], words if len(full) == 1 else _("All members attended each meeting.")
        )
    elif full:
        given = {"days": long_days(meeting.on for meeting in full)}
        yield Sentence(full[0].on, _("All members were present on %(days)s.") % given)
    for meeting in held:
        present, absent = attended[meeting.pk]
        if absent:
            yield Sentence(meeting.on, _who_was_there(meeting, present, absent))


def _attendance(meeting: Meeting) -> tuple[list[str], list[str]]:
    """Which members were present, and which absent, as far as it is on record."""
    members = [row for row in meeting.attendees.all() if row.served]
    present = [str(row) for row in members if row.was_present]
    absent = [str(row) for row in members if not row.was_present]
    return present, absent


def _who_was_there(meeting: Meeting, present: list[str], absent: list[str]) -> str:
    given = {
        "day": long_day(meeting.on),
        "present": get_text_list(present, _("and")),
        "absent": get_text_list(absent, _("and")),
    }
    if not present:
        return _("On %(day)s no member was present. Absent: %(absent)s.") % given
    return _("Present on %(day)s: %(present)s. Absent: %(absent)s.") % given


def _sessions(held: Sequence[Meeting]) -> Iterator[Sentence]:
    """With whom, and on which dates: groups that were met on the same dates are named together.

    With somebody of another group there it was no executive session with this one (RULE-46).
    """
    days: dict[Group, tuple[date, ...]] = {}
    for group in Group:
        with_it = [one for one in held if group in _groups(one)]
        if with_it:
            days[group] = tuple(meeting.on for meeting in with_it)
    alike: dict[tuple[date, ...], list[str]] = {}
    for group, on in days.items():
        alike.setdefault(on, []).append(_with(group))
    for on, groups in alike.items():
        given = {"groups": get_text_list(groups, _("and")), "days": long_days(on)}
        words = _("It met in executive session with %(groups)s on %(days)s.")
        yield Sentence(on[0], words % given)


def _groups(meeting: Meeting) -> set[Group]:
    return {Group(card.held_with) for card in meeting.sessions.all() if card.as_rule().counts}


def _with(group: Group) -> str:
    return {
        Group.MANAGEMENT: _("management"),
        Group.INTERNAL_AUDITOR: _("the internal auditor"),
        Group.EXTERNAL_AUDITOR: _("the independent auditor"),
    }[group]


def _consents(scope: ReportScope) -> Iterator[Sentence]:
    found = WrittenConsent.objects.filter(
        body=scope.as_of.committee,
        effective_on__gte=scope.first,
        effective_on__lte=scope.last,
    ).select_related("decision")
    for consent in found:
        on = consent.effective_on
        if on and consent.decision and scope.covers(on) and scope.as_of.sees(consent.restriction):
            yield Sentence(
                on,
                _("The Committee acted by unanimous written consent on %(day)s (%(number)s).")
                % {"day": long_day(on), "number": consent.decision.number},
            )


def recommendations(scope: ReportScope) -> Iterator[ReportSection]:
    """What the Committee recommended in the period, and what the Board answered."""
    sees = scope.as_of.sees
    found = Recommendation.objects.filter(meeting__body=scope.as_of.committee).select_related(
        "item"
    )
    told = []
    for made in found.order_by("made_on", "pk"):
        if not sees(made.restriction) or (made.item and not sees(made.item.restriction)):
            continue
        if scope.covers(made.made_on):
            words = _("On %(day)s the Committee recommended to the Board: %(text)s") % {
                "day": long_day(made.made_on),
                "text": made.text,
            }
            if made.answered_on and scope.covers(made.answered_on):
                words = f"{words} {_answered(made)}"
            told.append(Sentence(made.made_on, words))
        elif made.answered_on and scope.covers(made.answered_on):
            told.append(Sentence(made.answered_on, _answer(made)))
    if told:
        yield ReportSection(_("Recommendations to the Board"), tuple(told))


def _answered(made: Recommendation) -> str:
    """What the Board answered, right after what was recommended."""
    words = {
        Answer.ACCEPTED: _("The Board accepted it on %(day)s."),
        Answer.CHANGED: _("The Board accepted it with changes on %(day)s."),
        Answer.REJECTED: _("The Board did not accept it on %(day)s."),
    }
    assert made.answered_on is not None  # noqa: S101  (asked of what is answered)
    return words[Answer(made.answer)] % {"day": long_day(made.answered_on)}


def _answer(made: Recommendation) -> str:
    """What the Board answered to a recommendation of an earlier period."""
    words = {
        Answer.ACCEPTED: _(
            "On %(day)s the Board accepted the Committee’s recommendation of %(made)s."
        ),
        Answer.CHANGED: _(
            "On %(day)s the Board accepted the Committee’s recommendation of %(made)s with changes."
        ),
        Answer.REJECTED: _(
            "On %(day)s the Board did not accept the Committee’s recommendation of %(made)s."
        ),
    }
    assert made.answered_on is not None  # noqa: S101  (asked of what is answered)
    days = {"day": long_day(made.answered_on), "made": long_day(made.made_on)}
    return words[Answer(made.answer)] % days


REPORT_PARTS.add_all(
    ReportPart("meetings.meetings", 20, meetings_and_attendance),
    ReportPart("meetings.recommendations", 21, recommendations),
)
