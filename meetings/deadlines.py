"""What falls due in this app: filings, signatures, and reports to the Board."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.answers import Deadline
from charters.docket import AsOf
from charters.enums import CommitteeKind, Counting
from charters.notices import reminder_kind
from charters.registry import DEADLINES, DeadlineSource
from charters.rules.consents import ConsentState
from charters.rules.reminders import Pace
from committees.models import Director
from meetings import meeting_deadlines
from meetings.models import Meeting, WrittenConsent
from meetings.reports.board import report_rulings
from meetings.rulings import beginning_of, ruling_on
from records.calendar import DAY
from records.dates import long_day
from records.facts import label
from records.filing_sentences import due_words, form_words

# Announced two weeks before; that it was filed is on record elsewhere.
FILING_PACE = Pace((14, 5))
SIGNING_PACE = Pace((5, 2, 0), Counting.BUSINESS, every=1, owner_after=True)
REPORT_PACE = Pace((14, 0))

FILING_REMINDER = reminder_kind("meetings.filing_reminder", lazy("A report is to be filed"))
SIGNATURE_REMINDER = reminder_kind(
    "meetings.signature_reminder", lazy("A written consent is to be signed"), urgent=True
)
BOARD_REMINDER = reminder_kind(
    "meetings.board_report_reminder", lazy("A meeting is to be reported to the Board")
)


def filings(as_of: AsOf) -> Iterator[Deadline]:
    """The reports that the company has to file, from today on (RULE-30), where the committee plans
    its meetings here."""
    calendar = as_of.settings.calendar
    year = calendar.year_of(as_of.day)
    planned = Meeting.objects.of(as_of.committee).within(year.first, year.last)
    if not planned.exists():
        return
    for each in (calendar.year_before(year), year):
        try:
            due_dates = as_of.company.due_dates(each)
        except ValueError:  # no filer status is on record: nothing says when they are due
            continue
        for due in due_dates:
            if due.due_on >= as_of.day:
                yield Deadline(
                    key=f"meetings.filing:{due.report}:{due.period.key}",
                    due_on=due.due_on,
                    what=form_words(due),
                    because=due_words(due),
                    url=reverse("meetings"),
                    pace=FILING_PACE,
                )


def signatures(as_of: AsOf) -> Iterator[Deadline]:
    """Members who have not signed a consent that is to be signed by a date."""
    now = beginning_of(as_of.day + DAY, as_of.company.zone)
    waiting = WrittenConsent.objects.waiting().filter(sign_by__isnull=False, sent_at__lt=now)
    for consent in waiting.with_rulings():
        if ruling_on(consent, now, as_of.company.zone).state is ConsentState.STOPPED:
            continue
        signed = {each.director_id for each in consent.signatures.all()}
        for member in consent.members.all():
            if member.director_id not in signed:
                yield _signature(consent, member.director)


def _signature(consent: WrittenConsent, director: Director) -> Deadline:
    assert consent.sign_by is not None  # noqa: S101  (asked of those with a date)
    return Deadline(
        key=f"meetings.signature:{consent.pk}:{director.pk}",
        due_on=consent.sign_by,
        what=_("Sign the written consent “%(title)s”") % {"title": consent.title},
        because=_("Member: %(name)s. It takes effect when every member has signed.")
        % {"name": director.name},
        url=consent.get_absolute_url(),
        owner=director.user_id,
        pace=SIGNING_PACE,
        restriction=consent.restriction,
        subject=label(consent),
    )


def board_reports(as_of: AsOf) -> Iterator[Deadline]:
    """Meetings of the committee that are to be reported at the next meeting of the Board."""
    board = Meeting.objects.upcoming(as_of.day).filter(body__kind=CommitteeKind.BOARD).first()
    if board is None:
        return
    for meeting, ruling in as_of.once(report_rulings):
        if ruling.reported_on is None and meeting.on >= as_of.company.records_begin:
            yield Deadline(
                key=f"meetings.board_report:{meeting.pk}",
                due_on=board.on,
                what=_("Report to the Board on the %(meeting)s") % {"meeting": meeting},
                because=_("The Board meets on %(day)s.") % {"day": long_day(board.on)},
                url=reverse("board_reports"),
                pace=REPORT_PACE,
            )


DEADLINES.add_all(
    DeadlineSource("meetings.filings", filings, "charters.view_deadlines", FILING_REMINDER.name),
    DeadlineSource(
        "meetings.signatures", signatures, "meetings.change_consent", SIGNATURE_REMINDER.name
    ),
    DeadlineSource(
        "meetings.board_reports", board_reports, "meetings.view_meeting", BOARD_REMINDER.name
    ),
    *meeting_deadlines.SOURCES,
)
