"""What the home page says of the charter: what is next, what needs a person, what happened lately."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from committees.enums import Standing
from committees.models import Attestation, CharterVersion, Disposition
from committees.permissions import may_attest
from committees.reminders import EVENTS, Reminders
from committees.reports.charter import DatedEntry
from committees.standing import Docket, DutyStanding
from records.clock import day_of
from records.dates import long_day
from records.models import Notice

# How far back "lately" goes for someone who signs in for the first time.
LATELY = timedelta(days=30)
LINES = 8


@dataclass(frozen=True)
class Ask:
    """One thing that needs a person: a sentence, why, and one button."""

    sentence: str
    url: str
    button: str
    because: str = ""


@dataclass(frozen=True)
class Next:
    label: str
    on: date
    url: str
    days: int
    sentence: str = ""


def next_date(rows: Sequence[DutyStanding], today: date, *, sees_year: bool) -> Next | None:
    """The next day on which a duty falls due, and what falls due then.

    Of several duties it leads to the year, or to the first of them for who may not see the year.
    """
    ahead = [
        row for row in rows if row.due_on and row.due_on >= today and row.standing == Standing.DUE
    ]
    if not ahead:
        ahead = [row for row in rows if row.due_on and row.due_on >= today]
    if not ahead:
        return None
    first = min(ahead, key=lambda row: row.due_on or date.max)
    on = first.due_on or today
    others = sum(row.due_on == on for row in ahead) - 1
    more = ngettext("and %(n)s other duty", "and %(n)s other duties", others) % {"n": others}
    return Next(
        label=f"{first.duty.title} {more}" if others else first.duty.title,
        on=on,
        url=reverse("year") if others and sees_year else first.duty.get_absolute_url(),
        days=(on - today).days,
    )


def asks(docket: Docket, rows: Sequence[DutyStanding], user: User) -> Iterator[Ask]:
    """What needs this person, what asks most first."""
    yield from _own_events(docket, user)
    yield from _own_duties(docket, rows, user)
    if user.has_perm("records.change_notice"):
        yield from _mails(user)
    if user.has_perm("committees.dispose_exception"):
        yield from _exceptions(docket)
    if user.has_perm("committees.change_charter"):
        yield from _drafts(docket)
        yield from _adoption(docket)
    if user.has_perm("records.change_company"):
        yield from _defaults(docket)


def own_duties(docket: Docket, user: User) -> list[DutyStanding]:
    """The duties a person owns, for someone who may not read where the others stand."""
    return [row for row in docket.reading().duties if row.duty.owner == user]


def lately(docket: Docket, since: datetime, user: User) -> list[DatedEntry]:
    """What was recorded since an instant, the newest first. A draft is the secretary's alone."""
    versions = docket.committee.charter_versions.all()
    if not user.has_perm("committees.change_charter"):
        versions = versions.adopted()
    sorts: tuple[tuple[Any, Callable[[Any, date], DatedEntry]], ...] = (
        (
            Attestation.objects.filter(duty__committee=docket.committee).select_related("duty"),
            _attested,
        ),
        (docket.committee.dispositions.all(), _settled),
        (versions, _loaded),
    )
    found = [
        (record.recorded_at, entry(record, day_of(record.recorded_at, docket.company)))
        for records, entry in sorts
        for record in records.filter(recorded_at__gt=since).order_by("-recorded_at")[:LINES]
    ]
    return [entry for __, entry in sorted(found, key=lambda pair: pair[0], reverse=True)[:LINES]]


def _own_duties(docket: Docket, rows: Sequence[DutyStanding], user: User) -> Iterator[Ask]:
    """One's own duties that are due or without record.

    The secretary's are also those of nobody, and whatever has passed its day without a record.
    """
    keeps_all = user.has_perm("committees.attest_duty")
    pressing = {Standing.NO_RECORD: 0, Standing.DUE: 1}
    mine = [
        row
        for row in rows
        if row.standing in pressing
        and (row.duty.owner == user or (keeps_all and (row.duty.owner is None or row.is_overdue)))
        and not row.is_good_practice
    ]
    may = may_attest(user, docket.committee, docket.day)
    # The reason may tell of proof or of a past period: an owner alone is told of neither.
    reads = user.has_perm("committees.view_standing")
    for row in sorted(mine, key=lambda r: (pressing[r.standing], r.due_on or date.max)):
        yield Ask(
            sentence=row.duty.title,
            because=row.because if reads else "",
            url=reverse("attest", args=[row.duty.pk]) if may else row.duty.get_absolute_url(),
            button=_("Record that it was done") if may else _("See the duty"),
        )


def _own_events(docket: Docket, user: User) -> Iterator[Ask]:
    """The clocks of events that this person follows up, the first day first."""
    found = {row.clock.run: row for row in Reminders(docket, EVENTS).ahead() if row.person == user}
    for row in sorted(found.values(), key=lambda each: (each.due_on, each.clock.what)):
        yield Ask(
            sentence=row.clock.what,
            because=_("By %(day)s: %(because)s")
            % {"day": long_day(row.due_on), "because": row.clock.because},
            url=row.clock.url,
            button=_("Open the card"),
        )


def _exceptions(docket: Docket) -> Iterator[Ask]:
    if count := sum(piece.is_open for piece in docket.exceptions()):
        yield Ask(
            sentence=ngettext(
                "%(count)s exception has no disposition.",
                "%(count)s exceptions have no disposition.",
                count,
            )
            % {"count": count},
            because=_("A report to the Board leaves them out of its text."),
            url=reverse("exceptions"),
            button=_("Settle them"),
        )


def _drafts(docket: Docket) -> Iterator[Ask]:
    for draft in docket.committee.charter_versions.drafts():
        yield Ask(
            sentence=_("A draft of the charter waits for the Board: %(title)s.")
            % {"title": draft.title},
            url=draft.get_absolute_url(),
            button=_("Open the draft"),
        )


def _adoption(docket: Docket) -> Iterator[Ask]:
    if docket.version and not docket.version.board_act:
        yield Ask(
            sentence=_("The Board's act of adopting the charter is not on record."),
            url=reverse("charter_act", args=[docket.version.pk]),
            button=_("Add the Board's act"),
        )


def _mails(user: User) -> Iterator[Ask]:
    """Mails that the portal sends no more until a person has judged."""
    count = Notice.objects.visible_to(user).for_a_person().count()
    if count:
        sentence = ngettext(
            "%(count)s notice did not surely arrive.",
            "%(count)s notices did not surely arrive.",
            count,
        )
        yield Ask(
            sentence=sentence % {"count": count},
            because=_("The mail server refused the mail, or its answer was lost."),
            url=f"{reverse('notices')}?state=person",
            button=_("Look at the notices"),
        )


def _defaults(docket: Docket) -> Iterator[Ask]:
    if docket.company.to_confirm:
        yield Ask(
            sentence=_("Some of the company's settings still hold a default."),
            because=_("Fiscal year, filer status and the like decide what falls due when."),
            url=reverse("company"),
            button=_("Confirm them"),
        )


def _attested(entry: Attestation, on: date) -> DatedEntry:
    text = _("Withdrawn: %(duty)s") if entry.is_withdrawal else _("Recorded: %(duty)s")
    return DatedEntry(
        on=on,
        text=text % {"duty": entry.duty.title},
        url=entry.get_absolute_url(),
        detail=""
        if entry.is_withdrawal
        else _("Performed on %(day)s.") % {"day": long_day(entry.performed_on)},
    )


def _settled(entry: Disposition, on: date) -> DatedEntry:
    return DatedEntry(
        on=on,
        text=_("An exception was settled: %(kind)s") % {"kind": entry.get_kind_display()},
        url=reverse("exception", args=[entry.key]),
    )


def _loaded(version: CharterVersion, on: date) -> DatedEntry:
    return DatedEntry(
        on=on,
        text=_("A version of the charter was loaded: %(title)s") % {"title": version.title},
        url=version.get_absolute_url(),
    )
