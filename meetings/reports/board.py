"""Which meetings of the committee were reported to the Board, and what became of what it recommended."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from charters.docket import AsOf
from charters.enums import CommitteeKind
from charters.reports.duty import Definition
from charters.rules.sessions import BoardMeeting, ReportRuling
from charters.rules.sessions import report_to_board as judge
from meetings.enums import Answer, MeetingState
from meetings.models import Meeting, Recommendation, ReportToBoard
from meetings.reports.words import with_start
from records.dates import long_day


def report_rulings(as_of: AsOf) -> list[tuple[Meeting, ReportRuling]]:
    """Every meeting the committee has held by the date, with where its report to the Board is."""
    held = list(Meeting.objects.of(as_of.committee).held(as_of.day).select_related("body"))
    told: dict[int, set[int]] = defaultdict(set)
    for meeting, board_meeting in ReportToBoard.objects.filter(
        meeting__body=as_of.committee
    ).values_list("meeting", "board_meeting"):
        told[board_meeting].add(meeting)
    board = [
        BoardMeeting(on, frozenset(told[pk]))
        for pk, on in Meeting.objects.filter(
            body__kind=CommitteeKind.BOARD, state=MeetingState.HELD, on__lte=as_of.day
        ).values_list("pk", "on")
    ]
    return [(meeting, judge(meeting.on, board, as_of.day, meeting.pk)) for meeting in held]


@dataclass(frozen=True)
class ReportRow:
    """A meeting of the committee, and where the report on it is."""

    meeting: str
    url: str
    on: date
    words: str


@dataclass(frozen=True)
class RecommendationRow:
    text: str
    url: str
    made_on: date
    words: str


def report_rows(as_of: AsOf) -> list[ReportRow]:
    """Every meeting that was held, the newest first."""
    rows = [
        ReportRow(with_start(meeting), meeting.get_absolute_url(), meeting.on, report_words(ruling))
        for meeting, ruling in report_rulings(as_of)
    ]
    return sorted(rows, key=lambda row: row.on, reverse=True)


def report_words(ruling: ReportRuling) -> str:
    """Reported on a date; waiting for the next meeting of the Board; the Board met since."""
    if ruling.reported_on is not None:
        return _("Reported on %(day)s") % {"day": long_day(ruling.reported_on)}
    if not ruling.passed:
        return _("To be reported at the next Board meeting")
    return _("Not reported yet. The Board met on %(days)s.") % {
        "days": get_text_list([long_day(day) for day in ruling.passed], _("and"))
    }


def recommendation_row(made: Recommendation) -> RecommendationRow:
    return RecommendationRow(
        text=made.text,
        url=made.get_absolute_url(),
        made_on=made.made_on,
        words=answer_words(made),
    )


def answer_words(made: Recommendation) -> str:
    if made.answered_on is None:
        return _("No answer of the Board is on record")
    words = {
        Answer.ACCEPTED: _("Accepted on %(day)s"),
        Answer.CHANGED: _("Accepted with changes on %(day)s"),
        Answer.REJECTED: _("Not accepted on %(day)s"),
    }
    return words[Answer(made.answer)] % {"day": long_day(made.answered_on)}


def recommendation_facts(made: Recommendation, decision_is_open: bool) -> list[Definition]:
    """What the page of one recommendation says of it; a restricted decision is left out."""
    found = [
        Definition(_("Recommendation"), made.text),
        Definition(_("Made at"), str(made.meeting), made.meeting.get_absolute_url()),
    ]
    if made.item:
        found.append(Definition(_("Agenda item"), made.item.title, made.item.get_absolute_url()))
    found.append(Definition(_("Answer"), answer_words(made)))
    if made.answer_text:
        found.append(Definition(_("What the Board said"), made.answer_text))
    if made.decision and decision_is_open:
        found.append(
            Definition(
                _("Decision of the Board"), str(made.decision), made.decision.get_absolute_url()
            )
        )
    return found
