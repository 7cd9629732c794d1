"""What happened at a meeting, entered afterwards: who was there, and the outcome of each item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from charters.enums import HowDecided
from charters.models import Committee, Decision, Duty
from charters.rules import voting
from charters.rules.voting import Choice, Outcome
from charters.services import record_decision
from charters.services.actions import add_action
from committees.models import Director
from meetings import presence
from meetings.enums import ItemKind, ItemOutcome, ItemSource, MeetingState
from meetings.models import AgendaItem, Meeting, Vote
from meetings.reports.recording import source_of
from meetings.services import attendance as there
from meetings.services.attendance import Attendance, named
from meetings.services.meetings import hold_meeting, record_no_quorum
from meetings.services.minutes import approve_at_meeting
from meetings.services.numbering import next_number
from meetings.services.recusals import lock_accounts, recuse
from meetings.services.sessions import Session, record_session
from meetings.services.votes import take_vote
from records import ledger
from records.acts import act
from records.clock import day_of
from records.facts import Actor, Fact

ATTENDANCE_RECORDED = ledger.action(
    "attendance.recorded", lazy("recorded who attended the %(record)s")
)
ITEM_TAKEN_UP = ledger.action("item.taken_up", lazy("recorded the outcome of the item %(record)s"))

# What an item that was put to a vote becomes.
BECOMES = {
    Outcome.ADOPTED: ItemOutcome.ADOPTED,
    Outcome.NOT_ADOPTED: ItemOutcome.NOT_ADOPTED,
}


@dataclass(frozen=True)
class ActionAgreed:
    """What somebody is to do, agreed under an item."""

    what: str
    due_on: date
    owner: User | None = None
    owner_name: str = ""


@dataclass(frozen=True)
class TakenUp:
    """What happened to an item.

    outcome     None: it was put to a vote, and the count says what became of it
    choices     the votes of those who did not vote in favor
    recused     who took no part, each with whether they stayed in the room
    resolution  the text of the decision; empty: the recommendation, or else what was asked
    duties      the responsibilities it served; None: those that the agenda says
    """

    item: AgendaItem
    outcome: ItemOutcome | None = None
    choices: Mapping[Director, Choice] = field(default_factory=dict)
    recused: Mapping[Director, bool] = field(default_factory=dict)
    resolution: str = ""
    duties: Sequence[Duty] | None = None
    actions: Sequence[ActionAgreed] = ()


@dataclass(frozen=True)
class Held:
    """How a meeting went, but for its items."""

    attendance: Attendance
    adjourned_time: time | None = None
    presided_by: Director | None = None


@act
def enter_meeting(
    meeting: Meeting,
    *,
    by: Actor,
    at: datetime,
    held: Held | None = None,
    items: Sequence[TakenUp] = (),
    sessions: Sequence[Session] = (),
) -> Meeting:
    """Enter what happened at a meeting, at once or in parts.

    `held` is given the first time. The outcome of each item may come later, from somebody else
    where the first may not see the item.
    """
    recused = {director.user_id for each in items for director in each.recused}
    lock_accounts({key for key in recused if key})
    meeting = meeting.locked()
    _refuse_to_enter(meeting, at)
    if held is not None:
        meeting = _hold(meeting, held, by, at)
    elif not meeting.attendees.exists():
        raise ValidationError(_("Say first who was there."))
    for group in _in_order(items):
        _take_up(meeting, group, by, at)
    for session in sessions:
        record_session(meeting, session, by=by, at=at)
    meeting.move_on()
    return meeting


def _refuse_to_enter(meeting: Meeting, at: datetime) -> None:
    if meeting.on > day_of(at):
        raise ValidationError(
            _("This meeting is in the future. Enter it after it has taken place.")
        )
    if meeting.concluded_at:
        raise ValidationError(_("This meeting is concluded. Nothing more is entered."))
    if meeting.state == MeetingState.CANCELED:
        raise ValidationError(_("This meeting was canceled."))


def _hold(meeting: Meeting, held: Held, by: Actor, at: datetime) -> Meeting:
    """Keep who was there. Without a quorum at any item, the meeting could not be held."""
    if meeting.attendees.exists():
        raise ValidationError(_("Who was there is on record. Correct the attendance instead."))
    course = there.Course(held.presided_by, held.adjourned_time)
    there.refuse_course(meeting, held.attendance, course)
    there.keep(meeting, held.attendance, by=by, at=at)
    _number(meeting)
    places = meeting.items.standing().values_list("place", flat=True)
    if presence.had_quorum(meeting, places) is False:
        meeting = _without_quorum(meeting, by, at)
        _keep_course(meeting, held)
    elif meeting.is_open:
        meeting = hold_meeting(
            meeting,
            presided_by=held.presided_by,
            adjourned_time=held.adjourned_time,
            by=by,
            at=at,
        )
    else:
        _keep_course(meeting, held)
    ledger.record(
        ATTENDANCE_RECORDED,
        subject=meeting,
        by=by,
        at=at,
        presided_by=meeting.presided_by,
        adjourned_at=there.adjourned_at(meeting),
        **there.attendance_facts(held.attendance),
    )
    return meeting


def _keep_course(meeting: Meeting, held: Held) -> None:
    meeting.presided_by, meeting.adjourned_time = held.presided_by, held.adjourned_time
    meeting.save(update_fields=["presided_by", "adjourned_time"])


def _number(meeting: Meeting) -> None:
    """Give numbers to items of an agenda that was never sent: votes and minutes cite them."""
    given = meeting.items.aggregate(last=Max("number"))["last"] or 0
    for number, item in enumerate(meeting.items.standing().filter(number=None), start=given + 1):
        meeting.items.filter(pk=item.pk).update(number=number)


def _without_quorum(meeting: Meeting, by: Actor, at: datetime) -> Meeting:
    if meeting.is_open:
        return record_no_quorum(meeting, by=by, at=at)
    body = presence.kept_body(meeting)
    assert body is not None  # noqa: S101  (there was no quorum)
    wanted = voting.quorum(body)
    raise ValidationError(
        _(
            "No quorum was present for any item: %(needed)s of %(of)s needed. This meeting was entered "
            "as held. Check who was present."
        )
        % {"needed": wanted.needed, "of": wanted.of}
    )


def _in_order(items: Sequence[TakenUp]) -> list[list[TakenUp]]:
    """One by one in the agenda's order; the lines for consent that were put to a vote together."""
    items = sorted(items, key=lambda each: each.item.place)
    consent = [
        each
        for each in items
        if each.item.in_consent_group and each.outcome is None and not each.recused
    ]
    single = [[each] for each in items if each not in consent]
    groups = single + ([consent] if consent else [])
    return sorted(groups, key=lambda group: group[0].item.place)


def _take_up(meeting: Meeting, group: Sequence[TakenUp], by: Actor, at: datetime) -> None:
    """An item, or the lines for consent on which one vote is taken."""
    items = [_to_take_up(each, by, at) for each in group]
    vote = None
    if group[0].outcome is None:
        vote = take_vote(meeting, items, group[0].choices, by=by, at=at)
    for item, each in zip(items, group, strict=True):
        _record_outcome(meeting, item, each, vote, by, at)


def _to_take_up(taken: TakenUp, by: Actor, at: datetime) -> AgendaItem:
    """The item under its lock, with the recusals that were noted for it."""
    item = taken.item.locked()
    _refuse_item(item, by, at)
    for director, stays in taken.recused.items():
        if not item.recusals.filter(director=director).exists():
            recuse(item, director=director, stays=stays, by=by, at=at)
    return item.locked() if taken.recused else item


def _refuse_item(item: AgendaItem, by: Actor, at: datetime) -> None:
    """Refuse what the recorder may not see, what left the agenda, and what has its outcome."""
    if isinstance(by, User) and item.restriction.bars(by, on=day_of(at)):
        raise ValidationError(_("You are recused from this item."))
    if not item.is_standing:
        raise ValidationError({named("outcome", item): _("This item is no longer on the agenda.")})
    if item.outcome:
        raise ValidationError({named("outcome", item): _("The outcome of this item is on record.")})


def _record_outcome(
    meeting: Meeting,
    item: AgendaItem,
    taken: TakenUp,
    vote: Vote | None,
    by: Actor,
    at: datetime,
) -> None:
    outcome = BECOMES[Outcome(vote.outcome)] if vote else taken.outcome
    assert outcome is not None  # noqa: S101  (without a vote it is given)
    item.outcome = outcome
    if outcome is ItemOutcome.ADOPTED and item.kind == ItemKind.DECIDE:
        item.decision = _decision(meeting, item, taken.resolution, by, at)
    item.save(update_fields=["outcome", "decision"])
    if taken.duties is not None:
        item.duties.set(taken.duties)
    _add_actions(meeting, item, taken, by, at)
    facts: dict[str, Fact] = {"outcome": outcome, "decision": item.decision}
    if vote:
        facts |= {
            "vote": vote,
            "in_favor": vote.in_favor,
            "against": vote.against,
            "abstained": vote.abstained,
            "present": vote.present,
            "recused": vote.recused,
        }
    duties: list[Fact] = list(item.duties.order_by("pk"))
    ledger.record(ITEM_TAKEN_UP, subject=item, by=by, at=at, duties=duties, **facts)
    if item.decision and item.source == ItemSource.MINUTES:
        approve_at_meeting(item, by=by, at=at)


def _decision(
    meeting: Meeting, item: AgendaItem, resolution: str, by: Actor, at: datetime
) -> Decision:
    """The resolution, numbered when it is adopted and restricted as its item is."""
    text = resolution.strip() or item.recommendation or item.ask or item.title
    return record_decision(
        meeting.body,
        decided_on=meeting.on,
        how=HowDecided.MEETING,
        number=next_number(meeting.body, meeting.on),
        text=text,
        restricted_roles=item.restricted_roles,
        restricted_people=item.restricted_people,
        by=by,
        at=at,
    )


def _add_actions(
    meeting: Meeting, item: AgendaItem, taken: TakenUp, by: Actor, at: datetime
) -> None:
    """Actions are seen by every reader of the record, so that a restricted item has none."""
    if not taken.actions:
        return
    if item.restricted_people or item.restricted_roles:
        raise ValidationError(
            {
                named("action", item): _(
                    "This item is restricted, and an action is shown to every reader of the "
                    "record. Add the action on its own page, in words that everybody may read."
                )
            }
        )
    committee = Committee.objects.audit() or meeting.body
    for agreed in taken.actions:
        try:
            add_action(
                committee,
                what=agreed.what,
                due_on=agreed.due_on,
                agreed_on=meeting.on,
                owner=agreed.owner,
                owner_name=agreed.owner_name,
                source=source_of(item, meeting),
                source_url=meeting.get_absolute_url(),
                by=by,
                at=at,
            )
        except ValidationError as refusal:
            raise ValidationError({named("action", item): refusal.messages}) from refusal
