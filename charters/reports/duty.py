"""A duty's own page: its terms in words, where it stands, and its whole history."""

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from charters.answers import DatedEntry
from charters.enums import Cadence, DutyKind
from charters.models import Closing, Completion
from charters.models.duties import CompletionQuerySet
from charters.permissions import may_read_reason
from charters.reports.charter import (
    DutyLine,
    cadence_words,
    duty_line,
    evidence_entries,
    lapses_open_to,
    not_waiting,
    open_entries,
)
from charters.rules.periods import due_day, period_of
from charters.rules.terms import Gap
from charters.sentences import period_name
from charters.standing import GAP, Docket, subject_of
from charters.values import DutyRecord, DutyStanding, Practice
from records.dates import long_day

# Kinds that have no day of their own within a period.
UNDATED = {DutyKind.CONDITION, DutyKind.EVENT, DutyKind.AUTHORITY}


@dataclass(frozen=True)
class Definition:
    term: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class DutyPage:
    line: DutyLine
    terms: tuple[Definition, ...]
    history: tuple[DatedEntry, ...]
    gaps: tuple[DatedEntry, ...]
    replaced: tuple[DatedEntry, ...] = ()
    waiting: tuple[DatedEntry, ...] = ()


def duty_page(row: DutyStanding | Practice, docket: Docket, reader: User, today: date) -> DutyPage:
    if isinstance(row, Practice):
        return practice_page(row, docket)
    gaps, waiting = list(docket.gaps(row.duty)), docket.waiting(row.duty)
    return DutyPage(
        line=duty_line(row, lapse=lapses_open_to(reader, docket, today).get(row.duty.pk)),
        terms=tuple(terms(row.duty, docket)),
        history=tuple(
            evidence_entries(docket.shown(row.duty) or not_waiting(row.evidence, waiting))
        ),
        gaps=tuple(gap_entry(row.duty, docket, gap, reader, today) for gap in reversed(gaps)),
        replaced=tuple(map(replaced_entry, _replaced(row.duty))),
        waiting=tuple(open_entries(waiting)),
    )


def practice_page(row: Practice, docket: Docket) -> DutyPage:
    """A practice: its terms and everything on record. It has no standing and no past periods."""
    return DutyPage(
        line=duty_line(row),
        terms=tuple(terms(row.duty, docket)),
        history=tuple(evidence_entries(docket.shown(row.duty))),
        gaps=(),
        replaced=tuple(map(replaced_entry, _replaced(row.duty))),
    )


def _replaced(duty: DutyRecord) -> CompletionQuerySet:
    return Completion.objects.filter(duty=duty.pk).replaced()


def replaced_entry(first: Completion) -> DatedEntry:
    """An entry that no longer counts, with the one that replaced it."""
    later = first.correction
    if later.is_withdrawal:
        detail = _("Withdrawn: %(reason)s") % {"reason": later.note}
    else:
        detail = _("Corrected: completed on %(day)s.") % {"day": long_day(later.performed_on)}
    return DatedEntry(
        on=first.performed_on,
        text=first.note or _("Recorded as completed"),
        url=first.get_absolute_url(),
        detail=detail,
    )


def owners_page(row: DutyStanding | Practice, docket: Docket) -> DutyPage:
    """What an owner sees who does not read standings: the terms, the word and the due day. No
    reason, nothing of what proves it, of past periods or of what was closed."""
    return DutyPage(replace(duty_line(row), because=""), tuple(terms(row.duty, docket)), (), ())


def terms(duty: DutyRecord, docket: Docket) -> list[Definition]:
    """What the duty asks for, as terms and what they are."""
    found = [
        Definition(_("Kind"), str(duty.kind_word.label)),
        # The kind says so already.
        Definition(_("How often"), "" if duty.kind == DutyKind.EVENT else cadence_words(duty)),
        Definition(_("Due"), due_words(duty, docket)),
        Definition(_("Source"), str(duty.layer_word.label)),
        Definition(_("Citation"), duty.citation),
        Definition(_("With"), duty.get_counterparty_display() if duty.counterparty else ""),
        Definition(_("Owner"), duty.owner),
        Definition(_("In effect"), in_force_words(duty)),
    ]
    return [definition for definition in found if definition.text]


def due_words(duty: DutyRecord, docket: Docket) -> str:
    """The day within this year or quarter by which it is due."""
    if duty.cadence == Cadence.MONTHS or duty.kind in UNDATED:
        return ""
    period = period_of(duty.terms, docket.settings.calendar, docket.day)
    due = due_day(duty.terms, period)
    if duty.cadence == Cadence.QUARTERLY:
        return _("%(day)s in %(quarter)s, and the same in each quarter") % {
            "day": long_day(due),
            "quarter": period_name(period),
        }
    return _("by %(day)s each fiscal year") % {"day": date_format(due, "MONTH_DAY_FORMAT")}


def in_force_words(duty: DutyRecord) -> str:
    since = long_day(duty.in_force_from)
    if duty.in_force_until:
        return _("from %(since)s until %(until)s") % {
            "since": since,
            "until": long_day(duty.in_force_until),
        }
    return _("since %(since)s") % {"since": since}


def gap_words(gap: Gap) -> str:
    if not gap.key.startswith("FY"):
        return _("No record by %(due)s") % {"due": long_day(gap.due_on)}
    words = {"count": gap.count, "wanted": gap.wanted, "period": period_name(gap.period)}
    if gap.count:
        return _("%(count)s of %(wanted)s in time for %(period)s") % words
    return _("No record in time for %(period)s") % words


def gap_entry(duty: DutyRecord, docket: Docket, gap: Gap, reader: User, today: date) -> DatedEntry:
    """A past period without evidence in time, with what was closed about it."""
    closed = docket.closed(GAP, subject_of(duty), gap.key)
    return DatedEntry(
        on=gap.due_on,
        text=gap_words(gap),
        url=reverse("open_item", args=[f"{GAP}:{subject_of(duty)}:{gap.key}"]),
        detail=closing_words(closed, reader, today) if closed else _("Not closed yet."),
    )


def closing_words(closed: Closing, reader: User, today: date) -> str:
    """The closing's word, with its reason for who may read it."""
    word = closed.get_kind_display()
    return f"{word}: {closed.reason}" if may_read_reason(reader, closed, today) else f"{word}."
