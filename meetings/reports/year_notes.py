"""The committee's fiscal year in a few facts: meetings, executive sessions, reviews before filings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from charters.docket import AsOf
from charters.models.duties import Inapplicability
from charters.rules.attendance import Kind, MeetingsRuling, Pace, meetings_in_year
from charters.rules.sessions import (
    EACH_QUARTER,
    Group,
    SessionsRuling,
    SessionState,
    sessions_in_year,
)
from meetings.enums import MeetingState
from meetings.models import Meeting, SessionCard
from records.calendar import Period
from records.dates import long_day
from records.filing_calendar import DueDate, Report
from records.filing_sentences import due_words

GROUP_TERMS = {
    Group.EXTERNAL_AUDITOR: lazy("Sessions with the independent auditor"),
    Group.MANAGEMENT: lazy("Sessions with management"),
    Group.INTERNAL_AUDITOR: lazy("Sessions with the internal auditor"),
}


# The charter's responsibility to meet with each group.
DUTY_OF = {
    Group.EXTERNAL_AUDITOR: "session-auditor",
    Group.MANAGEMENT: "session-management",
    Group.INTERNAL_AUDITOR: "session-internal-auditor",
}


@dataclass(frozen=True)
class YearNote:
    """A fact of the year: what it is, its words, and further lines."""

    term: str
    text: str
    lines: tuple[str, ...] = ()


def year_notes(as_of: AsOf, year: Period) -> list[YearNote]:
    """What the record says of a fiscal year as of a day."""
    return [
        YearNote(_("Meetings of the committee"), *_meetings(as_of, year)),
        *_sessions(as_of, year),
        *_reviews(as_of, year),
    ]


def meetings_of(as_of: AsOf, year: Period) -> MeetingsRuling:
    """The committee's meetings of a fiscal year against the charter's four (RULE-45)."""
    held = Meeting.objects.of(as_of.committee).held(as_of.day)
    ahead = Meeting.objects.of(as_of.committee).open().filter(on__gt=as_of.day)
    days = [*held.values_list("on", flat=True), *ahead.values_list("on", flat=True)]
    dated = [(day, Kind.MEETING) for day in days]
    return meetings_in_year(year, dated, as_of.day, unentered=_unentered(as_of, year))


def _unentered(as_of: AsOf, year: Period) -> int:
    """How many have had their date, and nobody has entered what happened."""
    passed = Meeting.objects.of(as_of.committee).open().filter(on__lte=as_of.day)
    return passed.filter(on__range=(year.first, year.last)).count()


def _meetings(as_of: AsOf, year: Period) -> tuple[str, tuple[str, ...]]:
    found, unentered = meetings_of(as_of, year), _unentered(as_of, year)
    said = _("%(held)s held, %(planned)s planned") % {"held": found.held, "planned": found.planned}
    return said, (*_to_enter(unentered), *_needed(found, year))


def _to_enter(count: int) -> Iterator[str]:
    if count:
        yield (
            ngettext(
                "%(count)s planned meeting is past its date and is not entered yet.",
                "%(count)s planned meetings are past their dates and are not entered yet.",
                count,
            )
            % {"count": count}
        )


def _needed(found: MeetingsRuling, year: Period) -> Iterator[str]:
    """How many more the charter's four ask for."""
    said = {"count": found.needed, "day": long_day(year.last)}
    if found.pace is Pace.SHORT:
        yield (
            ngettext(
                "The charter asks for four meetings a year. %(count)s more needs a date by %(day)s.",
                "The charter asks for four meetings a year. %(count)s more need a date by %(day)s.",
                found.needed,
            )
            % said
        )
    if found.pace is Pace.NOT_HELD:
        yield _("The charter asks for four meetings a year.")


def _sessions(as_of: AsOf, year: Period) -> Iterator[YearNote]:
    cards = SessionCard.objects.filter(
        meeting__body=as_of.committee,
        meeting__state=MeetingState.HELD,
        meeting__on__range=(year.first, year.last),
    ).select_related("meeting")
    sessions = [card.as_rule() for card in cards]
    excused = _no_such_groups(as_of)
    for group, term in GROUP_TERMS.items():
        calendar = as_of.settings.calendar
        found = sessions_in_year(
            year,
            calendar,
            sessions,
            as_of.day,
            group=group,
            not_applicable=excused.get(DUTY_OF[group], ""),
        )
        yield YearNote(str(term), _counted(found), tuple(_hints(found)))


def _no_such_groups(as_of: AsOf) -> dict[str, str]:
    """Why a responsibility to meet with a group does not apply, where that is on record."""
    spans = Inapplicability.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=as_of.day),
        starts_on__lte=as_of.day,
        duty__committee=as_of.committee,
        duty__in_force_from__lte=as_of.day,
        duty__catalogue_key__in=DUTY_OF.values(),
    )
    return {span.duty.catalogue_key: str(span) for span in spans.select_related("duty")}


def _counted(found: SessionsRuling) -> str:
    if found.state is SessionState.NOT_APPLICABLE:
        return _("Not applicable")
    if not found.counted:
        return _("None on record")
    return get_text_list([long_day(day) for day in found.counted], _("and"))


def _hints(found: SessionsRuling) -> Iterator[str]:
    if found.reason:
        yield found.reason
    if found.mixed:
        days = get_text_list([long_day(day) for day in found.mixed], _("and"))
        yield _("Not counted, because another group was present: %(days)s.") % {"days": days}
    if found.state in (SessionState.BEHIND, SessionState.NONE_IN_YEAR):
        yield (
            _("Good practice is one in each quarter.")
            if found.wanted == EACH_QUARTER
            else _("Good practice is %(count)s a year.") % {"count": found.wanted}
        )


def _reviews(as_of: AsOf, year: Period) -> Iterator[YearNote]:
    """Reports whose first meeting after their period is after they are due."""
    lines = tuple(
        _("%(due)s The first meeting after the period is on %(day)s.")
        % {"due": due_words(due), "day": long_day(meeting.on)}
        for due, meeting in _late_reviews(as_of, year)
    )
    if lines:
        yield YearNote(_("Reviews planned after the due date"), _("Check these dates."), lines)


def _late_reviews(as_of: AsOf, year: Period) -> Iterator[tuple[DueDate, Meeting]]:
    planned = Meeting.objects.of(as_of.committee).not_canceled().order_by("on")
    meetings = list(planned.filter(on__gte=year.first))
    for due in _reports(as_of, year):
        first = next((each for each in meetings if each.on > due.period.last), None)
        if first and first.is_open and not due.is_reviewed_in_time(first.on):
            yield due, first


def _reports(as_of: AsOf, year: Period) -> Iterator[DueDate]:
    """Quarterly and annual reports that are still to be filed in the year."""
    for reported in (as_of.settings.calendar.year_before(year), year):
        try:
            due_dates = as_of.company.due_dates(reported)
        except ValueError:  # no filer status is on record: nothing says when they are due
            continue
        yield from (
            due
            for due in due_dates
            if due.report is not Report.PART_III and due.due_on in year and due.due_on >= as_of.day
        )
