"""What the home page says of the charter: what is next, what needs a person, what happened lately."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from charters.answers import Ask, DatedEntry, Link, NextDate, Urgency
from charters.docket import AsOf
from charters.enums import Standing
from charters.models import (
    Action,
    CharterVersion,
    Closing,
    Completion,
    Decision,
    Event,
    EventEnding,
    EventEntry,
)
from charters.news import News
from charters.permissions import decisions_open_to, may_record_completion
from charters.reminders import DUTIES, EVENTS, LAPSES, Reminders
from charters.reports.charter import taken_up_at
from charters.standing import Docket
from charters.values import DutyStanding
from records.clock import day_of
from records.dates import long_day
from records.models import Notice

# What the name of an event is made of.
EVENT_OF = ("event__entries",)
# How far back "lately" goes for someone who signs in for the first time.
LATELY = timedelta(days=30)
LINES = 8
# Of each sort one more is asked for, so that home knows when it lists the newest only.
ENOUGH = LINES + 1


# Until how many days ahead a sort of date leads the page.
LEADS = {Urgency.EVENT: 30, Urgency.LAPSE: 120, Urgency.MEETING: 366}
MOST = {Urgency.EVENT: 3, Urgency.LAPSE: 1, Urgency.MEETING: 1, Urgency.DATE: 1}
AT_MOST = 4


@dataclass(frozen=True)
class Next:
    """A line of what is next. `days` until then; below zero, its date has passed."""

    label: str
    on: date
    url: str
    days: int
    sentence: str = ""


def next_dates(found: Iterable[NextDate], today: date, *, sees_year: bool) -> list[Next]:
    """The date that leads the page, and the others in their order: deadlines of events, a condition
    about to lapse, the next meeting, the next date of all; the first of these leads. What is too
    far ahead to lead is a date like others."""
    by_rank: dict[Urgency, list[NextDate]] = {urgency: [] for urgency in Urgency}
    for each in found:
        leads = each.on <= today + timedelta(days=LEADS.get(each.urgency, 0))
        by_rank[each.urgency if leads else Urgency.DATE].append(each)
    lines: list[Next] = []
    for urgency, each_rank in by_rank.items():
        each_rank.sort(key=lambda each: (each.on, each.urgency, each.what))
        if urgency is Urgency.DATE:
            lines += _next_date(each_rank, today, sees_year=sees_year)
        else:
            lines += [_line(each, today) for each in each_rank[: MOST[urgency]]]
    lead, others = lines[:1], lines[1:AT_MOST]
    return [*lead, *sorted(others, key=lambda line: line.on)]


def _line(each: NextDate, today: date) -> Next:
    return Next(each.what, each.on, each.url, (each.on - today).days, each.because)


def _next_date(ahead: Sequence[NextDate], today: date, *, sees_year: bool) -> list[Next]:
    """The next of all other dates. Of several on it, it leads to the year."""
    if not ahead:
        return []
    first = ahead[0]
    others = sum(each.on == first.on for each in ahead) - 1
    if not others:
        return [_line(first, today)]
    more = ngettext(
        "and %(n)s other responsibility", "and %(n)s other responsibilities", others
    ) % {"n": others}
    url = reverse("year") if sees_year else first.url
    return [Next(f"{first.what} {more}", first.on, url, (first.on - today).days)]


def dates(as_of: AsOf, user: User) -> Iterator[NextDate]:
    """Deadlines of events, conditions about to lapse, and the next dates of responsibilities, as far
    as a person may see them. A responsibility whose date has passed is asked for instead."""
    docket = Docket.of(as_of)
    for reminders in (docket.once(_of_events), Reminders(docket, DUTIES, LAPSES)):
        for source, each in reminders.open_to(user):
            if source.name != DUTIES or each.due_on >= as_of.day:
                urgency = URGENCY.get(source.name, Urgency.DATE)
                yield NextDate(each.due_on, each.what, each.url, each.because, urgency)


URGENCY = {EVENTS: Urgency.EVENT, LAPSES: Urgency.LAPSE}


def _of_events(as_of: AsOf) -> Reminders:
    return Reminders(as_of, EVENTS)


def asks(as_of: AsOf, user: User) -> Iterator[Ask]:
    """What needs this person, what asks most first. An owner who reads no standings is asked for
    their own duties alone."""
    docket = Docket.of(as_of)
    is_reader = user.has_perm("charters.view_standing")
    rows = docket.reading().duties if is_reader else own_duties(docket, user)
    yield from _own_events(docket, user)
    yield from _own_duties(docket, rows, user)
    if user.has_perm("records.change_notice"):
        yield from _mails(user)
    if user.has_perm("charters.close_openitem"):
        yield from _exceptions(docket)
    if user.has_perm("charters.change_action"):
        yield from docket.listed(_left_behind)
    if user.has_perm("charters.change_charter"):
        yield from docket.listed(_drafts)
        yield from docket.listed(_adoption)
    if user.has_perm("records.change_company"):
        yield from _defaults(docket)


def own_duties(docket: Docket, user: User) -> list[DutyStanding]:
    """The duties a person owns, for someone who may not read where the others stand."""
    return [row for row in docket.reading().duties if row.duty.owner_id == user.pk]


def activity(as_of: AsOf, user: User) -> Iterator[News]:
    """What was recorded. A draft is the secretary's alone."""
    docket, body = Docket.of(as_of), as_of.committee

    def versions() -> QuerySet[CharterVersion]:
        found = body.charter_versions.all()
        return found if user.has_perm("charters.change_charter") else found.adopted()

    def of_events(model: type[EventEntry | EventEnding]) -> News:
        return News(
            model,
            lambda: model._default_manager.filter(
                event__in=Event.objects.visible_to(user, on=as_of.day)
            ).prefetch_related(*EVENT_OF),
            dated(_event),
        )

    def dated(entry: Callable[[Any, date], DatedEntry]) -> Callable[[Any], DatedEntry]:
        return lambda record: entry(record, day_of(record.recorded_at, as_of.company))

    def closing(record: Closing) -> DatedEntry | None:
        return None if docket.withholds(record.key) else dated(_closings)(record)

    yield News(
        Completion,
        lambda: Completion.objects.filter(duty__committee=body).select_related("duty"),
        dated(_completed),
        same_for_all=True,
    )
    yield News(Closing, body.closings.all, closing)
    yield News(CharterVersion, versions, dated(_loaded))
    yield of_events(EventEntry)
    yield of_events(EventEnding)
    yield News(Action, lambda: Action.objects.visible_to(user), dated(_action))
    yield News(Decision, lambda: decisions_open_to(user).select_related("body"), dated(_decision))


def _own_duties(docket: Docket, rows: Sequence[DutyStanding], user: User) -> Iterator[Ask]:
    """One's own duties that are due or without record.

    The secretary's are also those of nobody, and whatever has passed its day without a record.
    """
    keeps_all = user.has_perm("charters.complete_duty")
    pressing = {Standing.NOT_ON_FILE: 0, Standing.DUE: 1}
    mine = [
        row
        for row in rows
        if row.standing in pressing
        and (
            row.duty.owner_id == user.pk
            or (keeps_all and (row.duty.owner_id is None or row.is_overdue))
        )
    ]
    may = may_record_completion(user, docket.committee, docket.day)
    # The reason may name a record or a past period, which only readers of standings see.
    reads = user.has_perm("charters.view_standing")
    for row in sorted(mine, key=lambda r: (pressing[r.standing], r.due_on or date.max)):
        waiting = docket.waiting(row.duty) if reads else ()
        link = taken_up_at(waiting, row.duty) or (
            Link(_("Record completion"), reverse("completion_add", args=[row.duty.pk]))
            if may
            else Link(_("See responsibility"), row.duty.get_absolute_url())
        )
        because = row.because if reads else ""
        yield Ask(sentence=row.duty.title, because=because, url=link.url, button=link.label)


def _own_events(docket: Docket, user: User) -> Iterator[Ask]:
    """The deadlines of events that this person follows up, the first day first."""
    found = {row.deadline.run: row for row in docket.once(_of_events).ahead() if row.is_for(user)}
    for row in sorted(found.values(), key=lambda each: (each.due_on, each.deadline.what)):
        yield Ask(
            sentence=row.deadline.what,
            because=_("By %(day)s: %(because)s")
            % {"day": long_day(row.due_on), "because": row.deadline.because},
            url=row.deadline.url,
            button=_("Open event"),
        )


def _exceptions(docket: Docket) -> Iterator[Ask]:
    if count := sum(piece.is_open for piece in docket.open_items()):
        yield Ask(
            sentence=ngettext(
                "%(count)s open item.",
                "%(count)s open items.",
                count,
            )
            % {"count": count},
            because=_(
                "Close each item or mark it under review before the report to the Board is issued."
            ),
            url=reverse("open_items"),
            button=_("Close open items"),
        )


def _left_behind(docket: Docket) -> Iterator[Ask]:
    """Actions of people who hold no role any more. Nobody is made their owner silently."""
    count = docket.committee.actions.without_owner(docket.day).count()
    if count:
        sentence = ngettext(
            "%(count)s action needs an owner.", "%(count)s actions need an owner.", count
        )
        yield Ask(
            sentence=sentence % {"count": count},
            because=_("The owner no longer has a role in the portal."),
            url=reverse("actions"),
            button=_("Choose an owner"),
        )


def _drafts(docket: Docket) -> Iterator[Ask]:
    for draft in docket.committee.charter_versions.drafts():
        yield Ask(
            sentence=_("The Board has not adopted the draft charter “%(title)s”.")
            % {"title": draft.title},
            url=draft.get_absolute_url(),
            button=_("Open draft"),
        )


def _adoption(docket: Docket) -> Iterator[Ask]:
    if docket.version and docket.version.decision_id is None:
        yield Ask(
            sentence=_("The Board's decision to adopt the charter is not on record."),
            url=reverse("charter_decision", args=[docket.version.pk]),
            button=_("Add Board decision"),
        )


def _mails(user: User) -> Iterator[Ask]:
    """Emails that the portal does not send until a person has decided."""
    if not Notice.objects.for_a_person().exists():  # as a rule, and then nobody need be asked
        return
    count = Notice.objects.visible_to(user).for_a_person().count()
    if count:
        sentence = ngettext(
            "%(count)s email may not have arrived.",
            "%(count)s emails may not have arrived.",
            count,
        )
        yield Ask(
            sentence=sentence % {"count": count},
            because=_("The mail server refused it, or its answer was lost."),
            url=f"{reverse('notices')}?state=person",
            button=_("Review emails"),
        )


def _defaults(docket: Docket) -> Iterator[Ask]:
    if docket.company.to_confirm:
        yield Ask(
            sentence=_("Some company settings have default values."),
            because=_("They are used to calculate due dates."),
            url=reverse("company"),
            button=_("Confirm settings"),
        )


def _completed(entry: Completion, on: date) -> DatedEntry:
    text = _("Completion withdrawn: %(duty)s") if entry.is_withdrawal else _("Completed: %(duty)s")
    return DatedEntry(
        on=on,
        text=text % {"duty": entry.duty.title},
        url=entry.get_absolute_url(),
        detail=""
        if entry.is_withdrawal
        else _("Completed on %(day)s.") % {"day": long_day(entry.performed_on)},
    )


def _closings(entry: Closing, on: date) -> DatedEntry:
    return DatedEntry(
        on=on,
        text=_("An open item was closed: %(kind)s") % {"kind": entry.get_kind_display()},
        url=reverse("open_item", args=[entry.key]),
    )


def _loaded(version: CharterVersion, on: date) -> DatedEntry:
    return DatedEntry(
        on=on,
        text=_("A version of the charter was imported: %(title)s") % {"title": version.title},
        url=version.get_absolute_url(),
    )


def _event(record: EventEntry | EventEnding, on: date) -> DatedEntry:
    closed = isinstance(record, EventEnding)
    text = _("Event closed: %(title)s") if closed else _("Event updated: %(title)s")
    return DatedEntry(
        on=on, text=text % {"title": record.event}, url=record.event.get_absolute_url()
    )


def _action(action: Action, on: date) -> DatedEntry:
    return DatedEntry(
        on=on,
        text=_("Action added: %(what)s") % {"what": action.what},
        url=action.get_absolute_url(),
    )


def _decision(decision: Decision, on: date) -> DatedEntry:
    return DatedEntry(
        on=on,
        text=_("Decision recorded: %(decision)s") % {"decision": decision},
        url=decision.get_absolute_url(),
    )
