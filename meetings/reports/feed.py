"""What a person's calendar holds: meetings and due dates, and nothing of what they are about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from charters.docket import as_seen_by
from charters.enums import CommitteeKind
from charters.models import Committee
from charters.registry import DEADLINES
from charters.standing import Docket
from committees.models import Membership
from meetings.enums import MeetingKind, MeetingState
from meetings.models import Meeting
from meetings.rules.icalendar import Entry, Status, calendar
from records.calendar import plus_months
from records.models import Company

# So far back, and due dates so far ahead.
MONTHS = 13
CANCELED_STAYS = timedelta(days=30)
# Who reads the meetings of every body; a director, those of the bodies on which they sit.
READS_ALL = frozenset({Role.SECRETARY, Role.COMPANY_COUNSEL, Role.INDEPENDENT_COUNSEL})
STATUS = {
    MeetingState.PLANNED: Status.TENTATIVE,
    MeetingState.NOTICED: Status.CONFIRMED,
    MeetingState.HELD: Status.CONFIRMED,
    MeetingState.WITHOUT_QUORUM: Status.CONFIRMED,
    MeetingState.CANCELED: Status.CANCELLED,
}


def bodies_of(person: User, today: date) -> list[Committee]:
    """The bodies whose meetings a person's calendar holds; none where the person reads none."""
    if not person.is_active or not person.has_perm("meetings.view_meeting"):
        return []
    if READS_ALL & person.roles(today):
        return list(Committee.objects.all())
    seats = Membership.objects.in_office(today).filter(director__user=person)
    return list(Committee.objects.filter(pk__in=seats.order_by().values("committee")))


def feed(person: User, bodies: Iterable[Committee], today: date, company: Company) -> bytes:
    """The calendar of a person, the same bytes for as long as nothing in it changes."""
    listed = list(bodies)
    entries = [*_meetings(listed, today, company), *_due_dates(person, listed, today, company)]
    return calendar(_("Meetings"), sorted(entries, key=_order))


def etag_of(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()}"'


def _order(entry: Entry) -> tuple[date, str]:
    day = entry.on or (entry.starts.date() if entry.starts else date.min)
    return day, entry.uid


def _meetings(bodies: list[Committee], today: date, company: Company) -> Iterator[Entry]:
    first = plus_months(today, -MONTHS)
    found = Meeting.objects.filter(body__in=bodies, on__gte=first).select_related("body")
    for meeting in found:
        is_canceled = meeting.state == MeetingState.CANCELED
        if is_canceled and today > meeting.on + CANCELED_STAYS:
            continue
        starts = meeting.starts_at(company.zone)
        url = _address(meeting.get_absolute_url())
        yield Entry(
            uid=f"meeting-{meeting.pk}@{_host()}",
            summary=_summary(meeting, is_canceled=is_canceled),
            description=_description(url),
            url=url,
            # Under another zone of the company the same clock time is another instant.
            changed=max(meeting.changed_at, company.zone_changed_at or meeting.changed_at),
            sequence=meeting.sequence + company.zone_changes,
            status=STATUS[MeetingState(meeting.state)],
            starts=starts,
            ends=starts.astimezone(UTC) + timedelta(minutes=meeting.duration) if starts else None,
            on=None if starts else meeting.on,
        )


def _summary(meeting: Meeting, *, is_canceled: bool) -> str:
    said = {"body": _body_words(meeting.body)}
    if meeting.kind == MeetingKind.SPECIAL:
        if is_canceled:
            return _("Canceled: %(body)s special meeting") % said
        return _("%(body)s special meeting") % said
    if is_canceled:
        return _("Canceled: %(body)s meeting") % said
    return _("%(body)s meeting") % said


def _due_dates(
    person: User, bodies: list[Committee], today: date, company: Company
) -> Iterator[Entry]:
    """A date on which something of the committee falls due that the person may see, one entry each."""
    first, last = plus_months(today, -MONTHS), plus_months(today, MONTHS)
    url = _address(reverse("deadlines"))
    for body in bodies:
        if body.kind != CommitteeKind.AUDIT:
            continue
        for due_on in sorted(_days(person, body, today, company)):
            if first <= due_on <= last:
                yield Entry(
                    uid=f"due-{body.pk}-{due_on:%Y%m%d}@{_host()}",
                    summary=_("%(body)s due date") % {"body": _body_words(body)},
                    description=_description(url),
                    url=url,
                    changed=_known(due_on, company),
                    on=due_on,
                )


def _days(person: User, body: Committee, today: date, company: Company) -> set[date]:
    sees = as_seen_by(person, today)
    docket = Docket(body, today, company, sees)
    return {
        deadline.due_on
        for source in DEADLINES
        if person.has_perm(source.permission)
        for deadline in source.deadlines(docket)
        if sees(deadline.restriction)
    }


def _known(due_on: date, company: Company) -> datetime:
    """The first day of the fiscal year before it: nothing records when a due date came to be."""
    calendar_of = company.calendar
    year = calendar_of.year_before(calendar_of.year_of(due_on))
    return datetime.combine(year.first, time.min, tzinfo=UTC)


def _body_words(body: Committee) -> str:
    return _("Board") if body.kind == CommitteeKind.BOARD else body.name


def _description(url: str) -> str:
    return _("Details in the portal: %(url)s") % {"url": url}


def _address(path: str) -> str:
    """The page to sign in, and from there on."""
    return f"{settings.PORTAL_URL}{reverse('account_login')}?{urlencode({'next': path})}"


def _host() -> str:
    return urlsplit(settings.PORTAL_URL).hostname or "portal"
