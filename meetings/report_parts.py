"""What a report to the Board says of meetings, attendance, sessions and recommendations."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from charters.answers import ReportSection, Sentence
from charters.registry import REPORT_PARTS, ReportPart, ReportScope
from charters.rules.sessions import Group
from meetings.enums import Answer, MeetingState
from meetings.models import Meeting, Recommendation, WrittenConsent
from records.dates import long_day


def meetings_and_attendance(scope: ReportScope) -> Iterator[ReportSection]:
    """Each meeting with who attended, the fact of executive sessions, and acts by consent."""
    told = sorted([*_meetings(scope), *_consents(scope)], key=lambda sentence: sentence.on)
    if told:
        yield ReportSection(_("Meetings and attendance"), tuple(told))


def _meetings(scope: ReportScope) -> Iterator[Sentence]:
    held = (
        Meeting.objects.of(scope.as_of.committee)
        .filter(state=MeetingState.HELD)
        .within(scope.first, scope.last)
        .prefetch_related("attendees__director", "sessions__meeting")
    )
    for meeting in held:
        if not scope.covers(meeting.on):
            continue
        day = {"day": long_day(meeting.on)}
        members = [row for row in meeting.attendees.all() if row.served]
        present = [str(row) for row in members if row.was_present]
        absent = [str(row) for row in members if not row.was_present]
        words = [_("The Committee met on %(day)s.") % day]
        if present and not absent:
            words.append(_("All members were present."))
        elif present:
            words.append(_("Present: %(names)s.") % {"names": get_text_list(present, _("and"))})
        if absent:
            words.append(_("Absent: %(names)s.") % {"names": get_text_list(absent, _("and"))})
        # With somebody of another group there it was no executive session with this one (RULE-46).
        groups = {Group(card.held_with) for card in meeting.sessions.all() if card.as_rule().counts}
        if groups:
            named = [_with(group) for group in Group if group in groups]
            words.append(
                _("It met in executive session with %(groups)s.")
                % {"groups": get_text_list(named, _("and"))}
            )
        yield Sentence(meeting.on, " ".join(words))


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
            told.append(Sentence(made.made_on, words))
        if made.answered_on and scope.covers(made.answered_on):
            told.append(Sentence(made.answered_on, _answer(made)))
    if told:
        yield ReportSection(_("Recommendations to the Board"), tuple(told))


def _answer(made: Recommendation) -> str:
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
