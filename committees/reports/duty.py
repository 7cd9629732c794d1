"""A duty's own page: its terms in words, where it stands, and its whole history."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from committees.enums import Cadence, DutyKind
from committees.models import Attestation, Disposition, Duty
from committees.permissions import may_read_reason
from committees.reports.charter import (
    DatedEntry,
    DutyLine,
    cadence_words,
    duty_line,
    evidence_entries,
)
from committees.rules.periods import due_day, period_of
from committees.rules.terms import Gap
from committees.sentences import period_name
from committees.standing import GAP, Docket, DutyStanding, subject_of
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


def duty_page(
    row: DutyStanding, docket: Docket, gaps: Sequence[Gap], reader: User, today: date
) -> DutyPage:
    return DutyPage(
        line=duty_line(row),
        terms=tuple(terms(row.duty, docket)),
        history=tuple(evidence_entries(docket.evidence.get(row.duty.pk) or row.evidence)),
        gaps=tuple(gap_entry(row.duty, docket, gap, reader, today) for gap in reversed(gaps)),
        replaced=tuple(map(replaced_entry, row.duty.attestations.replaced())),
    )


def replaced_entry(first: Attestation) -> DatedEntry:
    """An entry that counts no more, with the one that took its place."""
    later = first.correction
    if later.is_withdrawal:
        detail = _("Withdrawn: %(reason)s") % {"reason": later.note}
    else:
        detail = _("Corrected: performed on %(day)s.") % {"day": long_day(later.performed_on)}
    return DatedEntry(
        on=first.performed_on,
        text=first.note or _("Attested as performed"),
        url=first.get_absolute_url(),
        detail=detail,
    )


def owners_page(row: DutyStanding, docket: Docket) -> DutyPage:
    """What an owner sees who does not read standings: the terms, the word and the due day. No
    reason, nothing of what proves it, of past periods or of what was settled."""
    return DutyPage(replace(duty_line(row), because=""), tuple(terms(row.duty, docket)), (), ())


def terms(duty: Duty, docket: Docket) -> list[Definition]:
    """What the duty asks for, as terms and what they are."""
    found = [
        Definition(_("Kind"), str(duty.kind_word.label)),
        Definition(_("How often"), cadence_words(duty)),
        Definition(_("Due"), due_words(duty, docket)),
        Definition(_("Comes from"), str(duty.layer_word.label)),
        Definition(_("Citation"), duty.citation),
        Definition(_("With"), duty.get_counterparty_display() if duty.counterparty else ""),
        Definition(_("Owner"), str(duty.owner) if duty.owner else ""),
        Definition(_("In force"), in_force_words(duty)),
    ]
    return [definition for definition in found if definition.text]


def due_words(duty: Duty, docket: Docket) -> str:
    """The day within this year or quarter by which it is due."""
    if duty.cadence == Cadence.MONTHS or duty.kind in UNDATED:
        return ""
    period = period_of(duty.terms, docket.settings.calendar, docket.day)
    due = due_day(duty.terms, period)
    if duty.cadence == Cadence.QUARTERLY:
        return _("%(day)s in %(quarter)s, and likewise in each") % {
            "day": long_day(due),
            "quarter": period_name(period),
        }
    return _("by %(day)s each fiscal year") % {"day": date_format(due, "MONTH_DAY_FORMAT")}


def in_force_words(duty: Duty) -> str:
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


def gap_entry(duty: Duty, docket: Docket, gap: Gap, reader: User, today: date) -> DatedEntry:
    """A past period without evidence in time, with what was settled about it."""
    settled = docket.settled(GAP, subject_of(duty), gap.key)
    return DatedEntry(
        on=gap.due_on,
        text=gap_words(gap),
        url=reverse("exception", args=[f"{GAP}:{subject_of(duty)}:{gap.key}"]),
        detail=settled_words(settled, reader, today) if settled else _("No disposition yet."),
    )


def settled_words(settled: Disposition, reader: User, today: date) -> str:
    """The disposition's word, with its reason for who may read it."""
    word = settled.get_kind_display()
    return f"{word}: {settled.reason}" if may_read_reason(reader, settled, today) else f"{word}."
