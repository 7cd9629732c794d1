"""What meetings and consents show the charter, and what of them contradicts the record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from charters.answers import OpenItem
from charters.docket import AsOf
from charters.enums import DutyKind, Layer
from charters.models import Duty
from charters.registry import EVIDENCE, OPEN_ITEMS, Asked, EvidenceSource, OpenItemSource
from charters.rules.catalogue import CATALOGUE
from charters.rules.sessions import Group, ReportState
from charters.rules.terms import Evidence
from meetings.enums import ItemOutcome, MeetingState
from meetings.models import AgendaItem, Meeting, ReportToBoard, SessionCard, WrittenConsent
from meetings.reports.board import report_rulings
from meetings.reports.counted import miscounts
from meetings.reports.recounts import recounts
from records.calendar import Calendar
from records.dates import long_day

FOUR_MEETINGS, REPORT_TO_BOARD = "four-meetings", "report-to-board"
SESSIONS: Mapping[str, Group] = {
    "session-auditor": Group.EXTERNAL_AUDITOR,
    "session-auditor-quarterly": Group.EXTERNAL_AUDITOR,
    "session-management": Group.MANAGEMENT,
    "session-management-twice": Group.MANAGEMENT,
    "session-internal-auditor": Group.INTERNAL_AUDITOR,
}
# What a record of its own shows: neither an item nor a consent that names the duty does.
OF_THEIR_OWN = frozenset({FOUR_MEETINGS, REPORT_TO_BOARD, *SESSIONS})
# What shows that a matter was taken up. A resolution that did not pass shows nothing.
SHOWS = (ItemOutcome.ADOPTED, ItemOutcome.DISCUSSED, ItemOutcome.NOTED, ItemOutcome.HELD)
PURPOSES: Mapping[str, str] = {
    entry.purpose: entry.key for entry in CATALOGUE if entry.kind.value == DutyKind.PURPOSE.value
}
PURPOSE_OF: Mapping[str, str] = {
    entry.key: PURPOSES[entry.purpose] for entry in CATALOGUE if entry.purpose in PURPOSES
}


def served(calendar: Calendar, on: date, year_ends_on: date | None) -> date:
    """The date whose period is served: the day itself, or the end of another fiscal year that the
    record names."""
    if year_ends_on is None or calendar.year_of(on).last == year_ends_on:
        return on
    return year_ends_on


def meetings_held(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    """Meetings of the committee with a quorum. A written consent is none."""
    held = Meeting.objects.of(as_of.committee).held(as_of.day).select_related("body")
    for meeting in held:
        for duty in duties:
            yield (
                duty.pk,
                Evidence(
                    on=meeting.on,
                    serves=meeting.on,
                    label=str(meeting),
                    url=meeting.get_absolute_url(),
                    recorded_on=meeting.changed_at.astimezone(as_of.company.zone).date(),
                ),
            )


def concluded_items(as_of: AsOf) -> list[AgendaItem]:
    """The items that a concluded meeting with a quorum took up, with the duties they serve."""
    found = AgendaItem.objects.filter(
        meeting__state=MeetingState.HELD,
        meeting__concluded_at__isnull=False,
        meeting__on__lte=as_of.day,
        outcome__in=SHOWS,
        duties__committee=as_of.committee,
    )
    return list(found.distinct().select_related("meeting__body").prefetch_related("duties"))


def _concluded(as_of: AsOf) -> list[tuple[AgendaItem, Evidence]]:
    """Each of them with what it shows."""
    return [(item, _shown(as_of, item)) for item in as_of.once(concluded_items)]


def _shown(as_of: AsOf, item: AgendaItem) -> Evidence:
    on = item.meeting.on
    concluded = item.meeting.concluded_at
    return Evidence(
        on=on,
        serves=served(as_of.settings.calendar, on, item.serves_year),
        label=f"{item.meeting}: {item.title}",
        url=item.get_absolute_url(),
        recorded_on=concluded.astimezone(as_of.company.zone).date() if concluded else None,
        restriction=item.restriction,
    )


def items(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    """What a concluded meeting took up, for the duties that the item names."""
    asked = {duty.pk for duty in duties if duty.catalogue_key not in OF_THEIR_OWN}
    for item, shown in as_of.once(_concluded):
        for duty in item.duties.all():
            if duty.pk in asked:
                yield duty.pk, shown


def purposes(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    """A purpose is served by every item that served one of its duties."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for duty in duties:
        by_key[duty.catalogue_key].append(duty.pk)
    for item, shown in as_of.once(_concluded):
        named = {PURPOSE_OF.get(duty.catalogue_key, "") for duty in item.duties.all()}
        for key in sorted(named):
            for duty_id in by_key.get(key, ()):
                yield duty_id, shown


def consents(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    """Written consents in effect, for the duties that they name; never for a meeting."""
    asked = {duty.pk for duty in duties if duty.catalogue_key not in OF_THEIR_OWN}
    found = WrittenConsent.objects.in_effect(as_of.day).filter(duties__in=asked).distinct()
    for consent in found.select_related("decision__body").prefetch_related("duties"):
        assert consent.effective_on is not None and consent.decision is not None  # noqa: S101, PT018
        shown = Evidence(
            on=consent.effective_on,
            serves=served(as_of.settings.calendar, consent.effective_on, consent.serves),
            label=f"{consent.decision}: {consent.title}",
            url=consent.get_absolute_url(),
            recorded_on=consent.decision.recorded_at.astimezone(as_of.company.zone).date(),
            restriction=consent.restriction,
        )
        for duty in consent.duties.all():
            if duty.pk in asked:
                yield duty.pk, shown


def board_reports(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    """Reports to the Board on meetings of the committee, on the date of the Board's meeting."""
    found = ReportToBoard.objects.filter(
        meeting__body=as_of.committee, board_meeting__on__lte=as_of.day
    ).select_related("meeting__body", "board_meeting__body")
    for report in found:
        on = report.board_meeting.on
        shown = Evidence(
            on=on,
            serves=on,
            label=str(report),
            url=report.meeting.get_absolute_url(),
            recorded_on=report.recorded_at.astimezone(as_of.company.zone).date(),
        )
        for duty in duties:
            yield duty.pk, shown


def unreported(as_of: AsOf, asked: Asked) -> Iterator[OpenItem]:
    """Meetings of the committee after which the Board met twice without a report on them."""
    duty = as_of.duty_of(REPORT_TO_BOARD)
    for meeting, ruling in as_of.once(report_rulings):
        if ruling.state is ReportState.NOT_AT_SECOND and meeting.on >= as_of.company.records_begin:
            yield OpenItem(
                subject=f"meeting-{meeting.pk}",
                period=meeting.on.isoformat(),
                title=_("Report to the Board on the %(meeting)s") % {"meeting": meeting},
                because=_(
                    "No report to the Board is on record. The Board met on %(first)s and on "
                    "%(second)s."
                )
                % {"first": long_day(ruling.passed[0]), "second": long_day(ruling.passed[1])},
                layer=Layer.CHARTER,
                on=ruling.passed[1],
                url=meeting.get_absolute_url(),
                duty=duty,
            )


def sessions(as_of: AsOf, duties: Sequence[Duty]) -> Iterator[tuple[int, Evidence]]:
    """Executive sessions at which nobody of another group was present (RULE-46)."""
    found = SessionCard.objects.filter(
        meeting__body=as_of.committee,
        meeting__state=MeetingState.HELD,
        meeting__on__lte=as_of.day,
    ).select_related("meeting__body")
    for card in found:
        session = card.as_rule()
        if not session.counts:
            continue
        on = card.meeting.on
        shown = Evidence(
            on=on,
            serves=on,
            label=_("%(meeting)s: executive session") % {"meeting": card.meeting},
            url=card.meeting.get_absolute_url(),
            recorded_on=card.recorded_at.astimezone(as_of.company.zone).date(),
        )
        for duty in duties:
            if SESSIONS[duty.catalogue_key] is session.held_with:
                yield duty.pk, shown


def counted(as_of: AsOf, asked: Asked) -> Iterator[OpenItem]:
    """Who was counted at a meeting and did not serve on its date, as the record now says."""
    duty = as_of.duty_of(FOUR_MEETINGS)
    for found in as_of.once(miscounts):
        if found.meeting.on >= as_of.company.records_begin:
            yield OpenItem(
                subject=f"meeting-{found.meeting.pk}-{found.key}",
                period=found.meeting.on.isoformat(),
                title=found.title,
                because=found.because,
                layer=Layer.LAW,
                on=found.meeting.on,
                url=found.meeting.get_absolute_url(),
                duty=duty,
            )


def recounted(as_of: AsOf, asked: Asked) -> Iterator[OpenItem]:
    """Votes whose outcome changed with a correction of members or attendance (RULE-47)."""
    for found in as_of.once(recounts):
        meeting = found.vote.meeting
        if meeting.on >= as_of.company.records_begin:
            yield OpenItem(
                subject=f"vote-{found.vote.pk}",
                period=meeting.on.isoformat(),
                title=found.title,
                because=found.because,
                layer=Layer.LAW,
                on=meeting.on,
                url=meeting.get_absolute_url(),
                restriction=found.item.restriction,
            )


EVIDENCE.add_all(
    EvidenceSource("meetings.held", meetings_held, frozenset({FOUR_MEETINGS})),
    EvidenceSource("meetings.items", items),
    EvidenceSource("meetings.purposes", purposes, frozenset(PURPOSES.values())),
    EvidenceSource("meetings.consents", consents),
    EvidenceSource("meetings.board_reports", board_reports, frozenset({REPORT_TO_BOARD})),
    EvidenceSource("meetings.sessions", sessions, frozenset(SESSIONS)),
)
OPEN_ITEMS.add_all(
    OpenItemSource("meetings.unreported", unreported),
    OpenItemSource("meetings.counted", counted),
    OpenItemSource("meetings.recounted", recounted),
)
