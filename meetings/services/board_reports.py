"""Reports to the Board and recommendations: made once, answered once.

The activity log holds meetings, dates and digests, no word of a recommendation or of its answer.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from charters.enums import CommitteeKind
from charters.models import Decision
from meetings.enums import Answer, HowReported, MeetingState
from meetings.models import AgendaItem, Meeting, Recommendation, ReportToBoard
from records import ledger
from records.acts import act
from records.clock import day_of
from records.dates import long_day
from records.facts import Actor, recorded

REPORTED_TO_BOARD = ledger.action(
    "meeting.reported_to_board", lazy("recorded the report to the Board on the %(record)s")
)
RECOMMENDATION_MADE = ledger.action(
    "recommendation.made", lazy("recorded the recommendation %(record)s")
)
RECOMMENDATION_ANSWERED = ledger.action(
    "recommendation.answered", lazy("recorded the Board's answer to the recommendation %(record)s")
)


@act
def report_to_board(
    meetings: Collection[Meeting],
    *,
    board_meeting: Meeting,
    how: HowReported,
    by: Actor,
    at: datetime,
) -> list[ReportToBoard]:
    """Record that meetings of a committee were reported at a meeting of the Board."""
    if not meetings:
        raise ValidationError({"meetings": _("Choose the meetings that were reported.")})
    board_meeting = _held(board_meeting, "board_meeting")
    if board_meeting.body.kind != CommitteeKind.BOARD:
        raise ValidationError({"board_meeting": _("Choose a meeting of the Board.")})
    return [_report(meeting, board_meeting, how, by, at) for meeting in meetings]


def _report(
    meeting: Meeting, board_meeting: Meeting, how: HowReported, by: Actor, at: datetime
) -> ReportToBoard:
    meeting = _held(meeting, "meetings")
    if meeting.body_id == board_meeting.body_id:
        raise ValidationError({"meetings": _("The Board does not report to itself.")})
    if board_meeting.on < meeting.on:
        raise ValidationError(
            {"board_meeting": _("The Board met before the %(meeting)s.") % {"meeting": meeting}}
        )
    if ReportToBoard.objects.filter(meeting=meeting, board_meeting=board_meeting).exists():
        raise ValidationError(
            {
                "meetings": _("The report on the %(meeting)s to this Board meeting is on record.")
                % {"meeting": meeting}
            }
        )
    made = ReportToBoard.objects.create(
        meeting=meeting, board_meeting=board_meeting, how=how, **recorded(by, at)
    )
    ledger.record(
        REPORTED_TO_BOARD,
        subject=meeting,
        by=by,
        at=at,
        board_meeting=board_meeting,
        on=board_meeting.on,
        how=how,
    )
    return made


@act
def recommend(
    meeting: Meeting,
    *,
    text: str,
    by: Actor,
    at: datetime,
    item: AgendaItem | None = None,
) -> Recommendation:
    """Record what a meeting recommends to the Board, restricted as its item is."""
    meeting = _held(meeting, "meeting")
    if meeting.body.kind == CommitteeKind.BOARD:
        raise ValidationError({"meeting": _("A committee recommends to the Board.")})
    if item is not None and item.meeting_id != meeting.pk:
        raise ValidationError({"item": _("This item belongs to another meeting.")})
    if not text.strip():
        raise ValidationError({"text": _("Enter the recommendation.")})
    restricted = item.restriction if item else None
    made = Recommendation.objects.create(
        meeting=meeting,
        item=item,
        made_on=meeting.on,
        text=text.strip(),
        restricted_roles=restricted.roles if restricted else frozenset(),
        restricted_people=restricted.people if restricted else frozenset(),
        restricted_since=(restricted.since if restricted else None) or meeting.on,
        **recorded(by, at),
    )
    ledger.record(
        RECOMMENDATION_MADE,
        subject=made,
        by=by,
        at=at,
        meeting=meeting,
        item=item,
        text=ledger.digest(f"text:{made.text}", made.salt),
        **made.restriction_facts,
    )
    return made


@act
def answer_recommendation(
    recommendation: Recommendation,
    *,
    answer: Answer,
    answered_on: date,
    by: Actor,
    at: datetime,
    decision: Decision | None = None,
    answer_text: str = "",
) -> Recommendation:
    """Record what the Board made of a recommendation. An acceptance rests on its decision."""
    found = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    if found.answer:
        raise ValidationError(_("The Board's answer is on record already."))
    _check_answer(found, answer, answered_on, decision, answer_text, by, at)
    found.answer, found.answered_on = answer, answered_on
    found.decision, found.answer_text = decision, answer_text.strip()
    found.save(update_fields=["answer", "answered_on", "decision", "answer_text"])
    said = found.answer_text
    ledger.record(
        RECOMMENDATION_ANSWERED,
        subject=found,
        by=by,
        at=at,
        answer=answer,
        on=answered_on,
        decision=decision,
        answer_text=ledger.digest(f"answer_text:{said}", found.salt) if said else None,
    )
    return found


def _check_answer(
    found: Recommendation,
    answer: Answer,
    answered_on: date,
    decision: Decision | None,
    answer_text: str,
    by: Actor,
    at: datetime,
) -> None:
    if answered_on > day_of(at):
        raise ValidationError({"answered_on": _("This date is in the future.")})
    if answered_on < found.made_on:
        raise ValidationError(
            {
                "answered_on": _("The recommendation was made on %(day)s. Give a later date.")
                % {"day": long_day(found.made_on)}
            }
        )
    if decision is None and answer != Answer.REJECTED:
        raise ValidationError(
            {
                "decision": _(
                    "Choose the decision by which the Board accepted it, or record it first."
                )
            }
        )
    if decision is not None:
        _check_decision(decision, answered_on, by, at)
    if answer == Answer.CHANGED and not answer_text.strip():
        raise ValidationError({"answer_text": _("Say what the Board changed.")})


def _check_decision(decision: Decision, answered_on: date, by: Actor, at: datetime) -> None:
    if decision.body is None or decision.body.kind != CommitteeKind.BOARD:
        raise ValidationError({"decision": _("Choose a decision of the Board.")})
    if decision.decided_on != answered_on:
        raise ValidationError(
            {
                "decision": _("The Board decided this on %(day)s. Give that date.")
                % {"day": long_day(decision.decided_on)}
            }
        )
    if isinstance(by, User) and decision.restriction.bars(by, on=day_of(at)):
        raise ValidationError({"decision": _("Choose a decision of the Board.")})


def _held(meeting: Meeting, field: str) -> Meeting:
    """The meeting under a lock, refused where it was not held."""
    meeting = (
        Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    )
    if meeting.state != MeetingState.HELD:
        raise ValidationError(
            {field: _("The %(meeting)s is not on record as held.") % {"meeting": meeting}}
        )
    return meeting
