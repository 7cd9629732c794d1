"""What an agenda could hold: computed from the record, each with its why and until when it can wait.

Responsibilities that fall due before the meeting after this one, proposals of other apps, open
actions, minutes to approve, items carried from earlier meetings, and the lines of a template.
Nothing is stored until the secretary takes it, and nothing is taken twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.restriction import of_record
from accounts.withheld import without_withheld
from charters.docket import as_seen_by
from charters.enums import CommitteeKind, DutyKind, Standing
from charters.models import Duty
from charters.registry import AGENDA
from charters.standing import Docket
from charters.values import DutyStanding
from meetings.agenda_templates import LINES, Template
from meetings.enums import (
    ItemKind,
    ItemOutcome,
    ItemSource,
    MeetingKind,
    MeetingState,
    MinutesState,
    Removal,
)
from meetings.models import AgendaItem, Meeting, Minutes
from records.dates import long_day
from records.facts import label

# How far to look where no later meeting is planned.
USUAL_INTERVAL = timedelta(days=92)
A_YEAR = timedelta(days=366)
ASKS = frozenset({Standing.DUE, Standing.NOT_ON_FILE, Standing.OPEN})
# These are served by holding the meeting and by what follows it, not by an item.
NOT_ITEMS = frozenset({"four-meetings", "report-to-board"})
JUDGED_OTHERWISE = frozenset({DutyKind.CONDITION, DutyKind.AUTHORITY})
SESSION = "session-"
LONGEST_WHY = 300


@dataclass(frozen=True)
class Candidate:
    """Something that could be an item of one meeting, by a key that tells nothing of its matter."""

    key: str
    title: str
    source: ItemSource
    because: str = ""
    until: date | None = None
    kind: ItemKind = ItemKind.DISCUSS
    minutes: int | None = None
    in_consent_group: bool = False
    duties: tuple[Duty, ...] = ()
    serves_year: date | None = None
    url: str = ""
    records: frozenset[str] = frozenset()
    carried_from: AgendaItem | None = None

    @property
    def matter(self) -> str:
        """What keeps it from being taken twice: the item's source key."""
        carried = self.carried_from
        return (carried.source_key if carried else "") or self.key


def candidates(meeting: Meeting, reader: User, today: date, template: Template) -> list[Candidate]:
    """What the agenda could hold and does not hold yet, as far as the reader may see it.

    An item from which the reader is recused is carried as a restricted one, and its matter is not
    offered to them again: the recusal would be lost.
    """
    taken = _taken(meeting)
    found: dict[str, Candidate] = {}
    for each in _all(meeting, reader, today, template):
        if each.matter not in taken:
            found.setdefault(each.matter, each)
    return list(found.values())


def _all(meeting: Meeting, reader: User, today: date, template: Template) -> Iterator[Candidate]:
    yield from _minutes(meeting, reader)
    # Before the sources it came from: it brings what was prepared already.
    yield from _carried(meeting, reader, today)
    proposed: list[Candidate] = []
    is_audit = meeting.body.kind == CommitteeKind.AUDIT
    if is_audit and meeting.kind != MeetingKind.RELEASE_CALL:
        docket = Docket(meeting.body, meeting.on, None, as_seen_by(reader, today))
        horizon = _horizon(meeting)
        yield from _duties(docket, horizon)
        proposed = list(_proposals(docket))
        fixed = {str(line.title) for line in LINES[template] if line.source == ItemSource.FIXED}
        yield from (each for each in proposed if each.title not in fixed)
        yield from _actions(meeting, reader, horizon, today)
    lines = _lines(template, proposed)
    yield from (each for each in lines if is_audit or each.source != ItemSource.FIXED)


def _taken(meeting: Meeting) -> set[str]:
    """The keys of what is on this agenda, or on that of another meeting of the body ahead."""
    items = AgendaItem.objects.standing().exclude(source_key="")
    ahead = Q(meeting__body=meeting.body, meeting__in=Meeting.objects.open())
    other = ahead & ~Q(source__in=(ItemSource.FIXED, ItemSource.ADDED))
    return set(items.filter(Q(meeting=meeting) | other).values_list("source_key", flat=True))


def _horizon(meeting: Meeting) -> date:
    """The date of the body's next regular meeting after this one."""
    later = Meeting.objects.of(meeting.body).open().filter(kind=MeetingKind.REGULAR)
    after = later.filter(on__gt=meeting.on).order_by("on").values_list("on", flat=True).first()
    return after or meeting.on + USUAL_INTERVAL


def _minutes(meeting: Meeting, reader: User) -> Iterator[Candidate]:
    """All minutes of earlier meetings that nobody has approved, the oldest first."""
    waiting = (
        Minutes.objects.visible_to(reader)
        .filter(meeting__body=meeting.body, meeting__on__lt=meeting.on)
        .exclude(state=MinutesState.APPROVED)
        .select_related("meeting__body")
        .order_by("meeting__on", "pk")
    )
    for each in waiting:
        yield Candidate(
            key=f"minutes:{each.meeting_id}",
            title=_("Minutes of the %(meeting)s") % {"meeting": each.meeting},
            source=ItemSource.MINUTES,
            because=_("These minutes are not approved yet."),
            kind=ItemKind.DECIDE,
            in_consent_group=True,
            url=each.get_absolute_url(),
        )


def _carried(meeting: Meeting, reader: User, today: date) -> Iterator[Candidate]:
    """Items that were deferred, that a meeting of the last year did not take up, or whose meeting was
    canceled, and that no later agenda took."""
    canceled = Q(meeting__state=MeetingState.CANCELED, removal="", outcome="")
    deferred = Q(removal=Removal.DEFERRED)
    not_taken_up = Q(
        outcome=ItemOutcome.NOT_TAKEN_UP,
        meeting__concluded_at__isnull=False,
        meeting__on__gt=meeting.on - A_YEAR,
    ) & ~(
        Q(source__in=(ItemSource.MINUTES, ItemSource.ACTION)) | Q(kind=ItemKind.EXECUTIVE_SESSION)
    )
    left = (
        AgendaItem.objects.filter(deferred | canceled | not_taken_up)
        .filter(meeting__body=meeting.body, carried_to=None)
        .exclude(meeting=meeting)
        .exclude(source=ItemSource.FIXED)
        .select_related("meeting__body", "preparer")
        .prefetch_related("duties")
    )
    for item in left.order_by("meeting__on", "place", "pk"):
        if item.restriction.bars(reader, on=today):
            yield Candidate(
                key=f"carried:{item.pk}",
                title=_("Restricted item"),
                source=ItemSource.CARRIED,
                because=_why_carried(item),
                carried_from=item,
            )
            continue
        yield Candidate(
            key=f"carried:{item.pk}",
            title=item.title,
            source=ItemSource.CARRIED,
            because=_why_carried(item),
            until=item.can_wait_until,
            kind=ItemKind(item.kind),
            minutes=item.minutes,
            in_consent_group=item.in_consent_group,
            duties=tuple(item.duties.all()),
            serves_year=item.serves_year,
            url=item.get_absolute_url(),
            carried_from=item,
        )


def _why_carried(item: AgendaItem) -> str:
    day = {"day": long_day(item.meeting.on)}
    if item.removal:
        return _("Deferred from the meeting of %(day)s.") % day
    if item.outcome:
        return _("Not taken up at the meeting of %(day)s.") % day
    return _("The meeting of %(day)s was canceled.") % day


def _duties(docket: Docket, horizon: date) -> Iterator[Candidate]:
    """The responsibilities that fall due before the next meeting and have no record yet."""
    rows = docket.reading().duties
    for row in sorted(rows, key=lambda row: (row.due_on or date.max, row.clause.order)):
        if _belongs(row, horizon):
            yield _of_duty(row, docket)


def _belongs(row: DutyStanding, horizon: date) -> bool:
    duty, due_on = row.duty, row.due_on
    return (
        row.standing in ASKS
        and duty.kind_word not in JUDGED_OTHERWISE
        and duty.catalogue_key not in NOT_ITEMS
        and due_on is not None
        and due_on <= horizon
    )


def _of_duty(row: DutyStanding, docket: Docket) -> Candidate:
    assert row.due_on is not None  # noqa: S101  (`_belongs` has seen to it)
    is_session = row.duty.catalogue_key.startswith(SESSION)
    due = {"clause": row.clause.reference, "day": long_day(row.due_on)}
    is_ahead = row.due_on >= docket.day
    said = _("%(clause)s, due %(day)s.") if is_ahead else _("%(clause)s, was due %(day)s.")
    return Candidate(
        key=f"duty:{row.duty.pk}:{row.due_on.isoformat()}",
        title=row.duty.title,
        source=ItemSource.DUTY,
        because=(said % due)[:LONGEST_WHY],
        until=row.due_on if is_ahead else None,
        kind=ItemKind.EXECUTIVE_SESSION if is_session else ItemKind.DISCUSS,
        duties=tuple(duty for duty in docket.duties if duty.pk == row.duty.pk),
        serves_year=docket.settings.calendar.year_of(row.due_on).last,
        url=row.duty.get_absolute_url(),
    )


def _proposals(docket: Docket) -> Iterator[Candidate]:
    """What other apps propose, as far as the reader may see the records that it comes from."""
    for source in AGENDA:
        for each in source.propose(docket):
            if not all(docket.sees(of_record(record)) for record in each.records):
                continue
            served = max((duty.pk for duty in each.duties), default=0)
            yield Candidate(
                key=f"proposal:{source.name}:{each.url or served or each.title}"[:200],
                title=each.title[:200],
                source=ItemSource.PROPOSAL,
                because=each.because[:LONGEST_WHY],
                until=each.until,
                duties=each.duties,
                url=each.url,
                records=frozenset(map(label, each.records)),
            )


def _actions(meeting: Meeting, reader: User, horizon: date, today: date) -> Iterator[Candidate]:
    """The open actions that fall due before the next meeting: one line each, however often named."""
    due = meeting.body.actions.open(today).filter(due_on__lte=horizon)
    for action in without_withheld(due, reader):
        owed = {"person": action.owed_by, "day": long_day(action.due_on)}
        yield Candidate(
            key=f"action:{action.pk}",
            title=action.what[:200],
            source=ItemSource.ACTION,
            because=_("Open action of %(person)s, due %(day)s.") % owed,
            until=action.due_on if action.due_on >= meeting.on else None,
            kind=ItemKind.NOTE,
            in_consent_group=True,
            url=action.get_absolute_url(),
            records=frozenset({label(action)}),
        )


def _lines(template: Template, proposed: Sequence[Candidate]) -> Iterator[Candidate]:
    """A line that is also proposed is one item, and serves what the proposal serves."""
    served = {each.title: each.duties for each in proposed}
    for line in LINES[template]:
        yield Candidate(
            duties=served.get(str(line.title), ()),
            key=f"template:{line.key}",
            title=str(line.title),
            source=line.source,
            because=_("On every agenda.") if line.source == ItemSource.FIXED else "",
            kind=line.kind,
            minutes=line.minutes,
        )
