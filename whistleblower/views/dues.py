"""What is due of a case, in words: RULE-39, RULE-42, RULE-51 and RULE-52. Shown at the desk only."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charters.models import Committee
from meetings.enums import MeetingKind, MeetingState
from meetings.models import Meeting
from records.dates import long_day
from whistleblower.enums import FirstDay
from whistleblower.rules import deadlines, first_day, retention
from whistleblower.services import keeping
from whistleblower.services.writing import OpenCase
from whistleblower.state import State

NOT_HELD = (MeetingState.CANCELED, MeetingState.WITHOUT_QUORUM)


def meetings_of_the_committee() -> list[date]:
    """The dates of the audit committee's scheduled meetings, held or planned: neither special
    meetings nor release calls, nor those that lacked a quorum."""
    audit = Committee.objects.audit()
    if audit is None:
        return []
    scheduled = Meeting.objects.of(audit).filter(kind=MeetingKind.REGULAR)
    return list(scheduled.exclude(state__in=NOT_HELD).values_list("on", flat=True))


def next_of(state: State) -> date | None:
    """The first of the dates that are ahead of the case: the set one, and those of RULE-39."""
    if state.closed_on is not None:
        return None
    due = deadlines.service(state.received_on, state.acknowledged)
    dates = [due.feedback_by if state.acknowledged else due.acknowledge_by]
    return min([*dates, *([state.next_on] if state.next_on else [])])


def due_of(
    state: State, today: date, meetings: Sequence[date], officers: Collection[str] = ()
) -> list[str]:
    """Everything of a case that is due, or was due and is not done."""
    return [
        *_service(state, today),
        *_first_day(state, officers),
        *_presentation(state, today, meetings),
        *_response(state, today),
        *_deletion(state, today),
    ]


def _service(state: State, today: date) -> Iterator[str]:
    if state.closed_on is not None:
        return
    due = deadlines.service(state.received_on, state.acknowledged)
    if state.acknowledged:
        by, ahead, past = due.feedback_by, _("Feedback by %(day)s."), _("Feedback was due %(day)s.")
    else:
        by = due.acknowledge_by
        ahead, past = _("Acknowledge by %(day)s."), _("Acknowledgment was due %(day)s.")
    yield (ahead if by >= today else past) % {"day": long_day(by)}


@dataclass(frozen=True)
class FirstDayStep:
    """A step of the first-day list, with the date of its entry."""

    label: str
    on: date | None
    is_open: bool


def first_day_of(state: State, officers: Collection[str]) -> list[FirstDayStep]:
    """The first-day list with what was done of it; empty where no officer is concerned."""
    ticked = state.report.get("ticked", ())
    if state.is_line_test or not first_day.is_asked(ticked, officers, state.first_day):
        return []
    left = first_day.left(state.first_day)
    return [
        FirstDayStep(str(step.label), state.first_day.get(step), step in left) for step in FirstDay
    ]


def _first_day(state: State, officers: Collection[str]) -> Iterator[str]:
    if state.closed_on is not None:
        return
    if count := sum(step.is_open for step in first_day_of(state, officers)):
        yield ngettext(
            "First-day list: %(count)d step without an entry.",
            "First-day list: %(count)d steps without an entry.",
            count,
        ) % {"count": count}


def arrival_said(found: OpenCase, names: Mapping[str, str]) -> str:
    """How it came, where a reader recorded it; empty for what came through the form."""
    first = found.entries[0]
    if found.state.arrival is None:
        return ""
    return _("%(how)s, received %(received)s. Recorded by %(reader)s on %(day)s. %(code)s") % {
        "how": found.state.arrival.label,
        "received": long_day(found.state.received_on),
        "reader": names.get(first.by, _("a former reader")),
        "day": long_day(first.on),
        "code": _("The code was shown to this reader, to hand it to the reporter.")
        if first.data.get("code_shown")
        else _("Nobody has the code: the reporter cannot read answers."),
    }


def _presentation(state: State, today: date, meetings: Sequence[date]) -> Iterator[str]:
    missed = deadlines.unseen_by_members(
        state.category, state.known_on, meetings, state.presented_on, today
    )
    if missed and not state.is_line_test:
        yield _(
            "Not presented to the members at the meeting on %(day)s. Accounting, controls and "
            "auditing reach the members at the next meeting."
        ) % {"day": long_day(missed)}


def attorney_said(state: State, today: date) -> str:
    """RULE-51 in a sentence; empty where no attorney reported."""
    if state.attorney_on is None:
        return ""
    found = deadlines.attorney_report(
        state.attorney_on, today, state.responded_on, state.attorney_again_on
    )
    begins = state.attorney_again_on or state.attorney_on
    words = {"day": long_day(begins), "days": found.days}
    if found.answered:
        return (
            ngettext(
                "Received %(day)s. Answered after %(days)d day.",
                "Received %(day)s. Answered after %(days)d days.",
                found.days,
            )
            % words
        )
    return (
        ngettext(
            "Received %(day)s. No response for %(days)d day.",
            "Received %(day)s. No response for %(days)d days.",
            found.days,
        )
        % words
    )


def _response(state: State, today: date) -> Iterator[str]:
    if state.attorney_on is None:
        return
    found = deadlines.attorney_report(
        state.attorney_on, today, state.responded_on, state.attorney_again_on
    )
    if not found.answered:
        yield _("Respond to the attorney within a reasonable time.")
    if found.is_slow:
        yield _("The attorney has had no response for %(days)d days.") % {"days": found.days}


def award_said(state: State) -> str:
    """RULE-52 in a sentence; empty where it was not recorded."""
    if state.award_from is None:
        return ""
    return _(
        "Counts for an SEC award from %(day)s. There is no wait where it is needed to prevent "
        "substantial injury, or where the inquiry is impeded. Nothing limits going to the SEC "
        "at any time."
    ) % {"day": long_day(state.award_from)}


def _deletion(state: State, today: date) -> Iterator[str]:
    found = keeping.retention_of(state, today)
    if found.last_on and found.is_past:
        yield _("The last date of retention was %(day)s.") % {"day": long_day(found.last_on)}
    elif found.last_on and found.warns:
        yield _("The last date of retention is %(day)s.") % {"day": long_day(found.last_on)}


def retention_said(state: State, today: date) -> str:
    """RULE-42 in a sentence. Information only, not advice."""
    found = keeping.retention_of(state, today)
    if found.from_on:
        return _("Not deleted before %(day)s.") % {"day": long_day(found.from_on)}
    if found.last_on and found.is_longer:
        return _("Retained until %(day)s for a recorded reason. Look at the reason by then.") % {
            "day": long_day(found.last_on)
        }
    if found.last_on and not retention.may_be_longer(state.country):
        return _("Retained until %(day)s. Longer only under a legal hold.") % {
            "day": long_day(found.last_on)
        }
    if found.last_on:
        return _("Retained until %(day)s.") % {"day": long_day(found.last_on)}
    if state.is_held and state.held_on:
        return _("Under a legal hold since %(day)s: nothing is deleted.") % {
            "day": long_day(state.held_on)
        }
    if state.is_held:
        return _("Under a legal hold: nothing is deleted.")
    return _("No date while the case is open.")
