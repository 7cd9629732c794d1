"""What this app brings to the home page: what needs a person, and what was recorded lately."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from charters.answers import Ask, DatedEntry, NextDate, Urgency
from charters.docket import AsOf
from charters.news import News
from charters.registry import HOME, HomePart
from charters.rules.attendance import Pace
from charters.rules.consents import ConsentReason, ConsentState
from charters.standing import Docket
from committees.models import Membership
from meetings.models import Meeting, ReportToBoard, WrittenConsent
from meetings.presence import unsized_meetings
from meetings.reports.board import report_rulings
from meetings.reports.words import record_size, size_unknown, size_url
from meetings.reports.year_notes import meetings_of
from meetings.rulings import beginning_of, ruling_on
from records.calendar import DAY
from records.dates import long_day


def asks(as_of: AsOf, user: User) -> Iterator[Ask]:
    """Consents to sign first; then what the secretary has to record."""
    docket = Docket.of(as_of)
    yield from _signatures(docket, user)
    if user.has_perm("meetings.change_meeting"):
        yield from docket.listed(_to_enter)
        yield from docket.listed(_to_size)
        yield from docket.listed(_to_plan)
    if user.has_perm("meetings.report_to_board"):
        yield from docket.listed(_to_report)


@dataclass(frozen=True)
class Waiting:
    """A consent that waits for signatures. `asked`: the accounts of those who have not signed."""

    pk: int
    title: str
    url: str
    sign_by: date | None
    stopped: bool
    members_changed: bool
    asked: frozenset[int]


def _waiting(as_of: AsOf) -> Iterator[Waiting]:
    now = beginning_of(as_of.day + DAY, as_of.company.zone)
    for consent in WrittenConsent.objects.waiting().with_rulings():
        ruling = ruling_on(consent, now, as_of.company.zone)
        asked = {each.director.user_id for each in consent.members.all()}
        signed = {each.director.user_id for each in consent.signatures.all()}
        yield Waiting(
            pk=consent.pk,
            title=consent.title,
            url=consent.get_absolute_url(),
            sign_by=consent.sign_by,
            stopped=ruling.state is ConsentState.STOPPED,
            members_changed=ruling.reason is ConsentReason.MEMBERS_CHANGED,
            asked=frozenset(key for key in asked - signed if key),
        )


def _signatures(docket: Docket, user: User) -> Iterator[Ask]:
    if not user.has_perm("meetings.view_consent"):
        return
    is_secretary = user.has_perm("meetings.change_consent")
    waiting = [
        each
        for each in docket.listed(_waiting)
        if (is_secretary if each.stopped else user.pk in each.asked)
    ]
    if not waiting:
        return
    seen = WrittenConsent.objects.visible_to(user, on=docket.day)
    open_to_them = set(
        seen.filter(pk__in=[each.pk for each in waiting]).values_list("pk", flat=True)
    )
    for consent in waiting:
        if consent.pk not in open_to_them:
            continue
        if consent.stopped:
            yield Ask(
                _("The members changed. A written consent cannot take effect as sent.")
                if consent.members_changed
                else _("A written consent cannot take effect as sent."),
                consent.url,
                _("Open"),
            )
        else:
            yield Ask(
                _("A written consent is waiting for your signature: %(title)s.")
                % {"title": consent.title},
                reverse("consent_sign", args=[consent.pk]),
                _("Read and sign"),
                on=consent.sign_by,
            )


def _to_enter(as_of: AsOf) -> Iterator[Ask]:
    """Meetings whose date has passed and of which nobody has recorded whether they were held."""
    passed = Meeting.objects.open().filter(on__lt=as_of.day).select_related("body")
    for meeting in passed.order_by("on"):
        yield Ask(
            _("Nothing is recorded yet of the %(meeting)s.") % {"meeting": meeting},
            meeting.get_absolute_url(),
            _("Enter meeting"),
            on=meeting.on,
        )


def _to_size(as_of: AsOf) -> Iterator[Ask]:
    """The first meeting of a Board whose number of seats on its date is not on record."""
    for meeting in unsized_meetings(as_of.day)[:1]:
        yield Ask(
            _("It is not known whether the %(meeting)s had a quorum.") % {"meeting": meeting},
            size_url(meeting.body, meeting.on),
            _("Record number of seats"),
            because=f"{size_unknown(meeting.on)} {record_size(meeting.on)}",
            on=meeting.on,
        )


def _to_plan(as_of: AsOf) -> Iterator[Ask]:
    """A fiscal year of which meetings are planned here, and fewer than the charter's four (RULE-45)."""
    year = as_of.settings.calendar.year_of(as_of.day)
    if not Meeting.objects.of(as_of.committee).within(year.first, year.last).exists():
        return
    found = meetings_of(as_of, year)
    if found.pace is not Pace.SHORT:
        return
    said = {"held": found.held, "planned": found.planned, "day": long_day(year.last)}
    yield Ask(
        ngettext(
            "%(count)s more meeting of the committee needs a date by %(day)s.",
            "%(count)s more meetings of the committee need a date by %(day)s.",
            found.needed,
        )
        % {"count": found.needed, **said},
        reverse("meetings_plan", args=[year.key]),
        _("Plan meetings"),
        because=_("The charter asks for four a year. %(held)s held, %(planned)s planned.") % said,
        on=year.last,
    )


def _to_report(as_of: AsOf) -> Iterator[Ask]:
    """Meetings after which the Board met, without a record of a report."""
    for meeting, ruling in as_of.once(report_rulings):
        if (
            ruling.reported_on is None
            and ruling.passed
            and meeting.on >= as_of.company.records_begin
        ):
            yield Ask(
                _("The Board met on %(day)s. No report on the %(meeting)s is on record.")
                % {"day": long_day(ruling.passed[-1]), "meeting": meeting},
                reverse("board_report_record"),
                _("Record report"),
                on=ruling.passed[-1],
            )


def dates(as_of: AsOf, user: User) -> Iterator[NextDate]:
    """The next meeting of a body on which the person sits; for others, of the committee."""
    if not user.has_perm("meetings.view_meeting"):
        return
    docket = Docket.of(as_of)
    bodies = {body for seated, body in docket.listed(_seats) if seated == user.pk}
    ahead = docket.listed(_ahead)
    yield from [date for body, date in ahead if body in (bodies or {as_of.committee.pk})][:1]


def _seats(as_of: AsOf) -> Iterator[tuple[int, int]]:
    """Who sits where: accounts and bodies."""
    seats = Membership.objects.in_office(as_of.day).exclude(director__user=None)
    return iter(seats.values_list("director__user", "committee"))


def _ahead(as_of: AsOf) -> Iterator[tuple[int, NextDate]]:
    """The meetings ahead of all bodies."""
    for meeting in Meeting.objects.upcoming(as_of.day).select_related("body"):
        what = _("Next meeting: %(body)s") % {"body": meeting.body_words}
        url = meeting.get_absolute_url()
        yield meeting.body_id, NextDate(meeting.on, what, url, urgency=Urgency.MEETING)


def activity(as_of: AsOf, user: User) -> Iterator[News]:
    """Meetings concluded, reports to the Board and consents in effect."""
    if not user.has_perm("meetings.view_meeting"):
        return

    def consents() -> QuerySet[WrittenConsent]:
        found = WrittenConsent.objects.visible_to(user, on=as_of.day)
        return found.select_related("decision__body")

    yield News(
        Meeting,
        lambda: Meeting.objects.exclude(concluded_at=None).select_related("body"),
        _concluded,
        at="concluded_at",
        same_for_all=True,
    )
    yield News(
        ReportToBoard,
        lambda: ReportToBoard.objects.select_related("meeting__body", "board_meeting"),
        lambda row: DatedEntry(row.board_meeting.on, str(row), reverse("board_reports")),
        same_for_all=True,
    )
    yield News(WrittenConsent, consents, _in_effect, at="decision__recorded_at")


def _concluded(meeting: Meeting) -> DatedEntry:
    text = _("%(meeting)s concluded") % {"meeting": meeting}
    return DatedEntry(meeting.on, text, meeting.get_absolute_url())


def _in_effect(consent: WrittenConsent) -> DatedEntry | None:
    if consent.effective_on is None:
        return None
    text = _("Written consent in effect: %(title)s") % {"title": consent.title}
    return DatedEntry(consent.effective_on, text, consent.get_absolute_url())


HOME.add(HomePart("meetings.home", asks, activity, dates, order=5))
