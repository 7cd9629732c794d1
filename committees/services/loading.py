"""Loading a charter: the company and committee it needs, its draft, its duties and notes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from committees.enums import Cadence, CommitteeKind, Counterparty, DutyKind, Layer
from committees.models import CharterVersion, Clause, Committee, Duty
from committees.rules.catalogue import ENTRIES, Entry
from committees.rules.matching import notes_for
from committees.rules.structure import Passage
from committees.services.charter import draft, note
from committees.services.duties import add_duty, declare_not_applicable
from committees.services.people import establish
from records.acts import act
from records.ledger import Actor
from records.models import Company
from records.services.company import set_up


@act
def load_charter(
    *,
    title: str,
    text: str,
    passages: Sequence[Passage],
    headings: Mapping[str, str],
    by: Actor,
    at: datetime,
    company_name: str = "",
    committee_name: str = "",
) -> CharterVersion:
    """Draft a charter; on an empty installation the company and its committees come first."""
    if not Company.objects.exists():
        set_up(name=company_name or _("The company"), by=by, at=at)
    committee = ensure_committee(committee_name, by=by, at=at)
    return draft(
        committee, title=title, text=text, passages=passages, headings=headings, by=by, at=at
    )


def ensure_committee(name: str, *, by: Actor, at: datetime) -> Committee:
    """The audit committee, and the Board beside it; established where they are missing."""
    if Committee.objects.board() is None:
        establish(name=_("Board of Directors"), kind=CommitteeKind.BOARD, by=by, at=at)
    found = Committee.objects.audit()
    return found or establish(
        name=name or _("Audit Committee"), kind=CommitteeKind.AUDIT, by=by, at=at
    )


@act
def attach(
    chosen: Mapping[str, Clause], *, in_force_from: date, by: Actor, at: datetime
) -> list[Duty]:
    """Hang duties of the catalogue on clauses, by key; what it knows not to apply is declared so."""
    return [_attach(ENTRIES[key], clause, in_force_from, by, at) for key, clause in chosen.items()]


def _attach(entry: Entry, clause: Clause, in_force_from: date, by: Actor, at: datetime) -> Duty:
    duty = add_duty(
        clause,
        in_force_from=in_force_from,
        by=by,
        at=at,
        catalogue_key=entry.key,
        title=entry.title,
        kind=DutyKind(entry.kind.value),
        cadence=Cadence(entry.cadence.value),
        times=entry.times,
        months=entry.months,
        due_month=entry.due_month,
        due_day=entry.due_day,
        layer=Layer(entry.layer.value),
        citation=entry.citation,
        counterparty=Counterparty(entry.counterparty),
    )
    if entry.not_applicable_reason:
        declare_not_applicable(
            duty, starts_on=in_force_from, reason=entry.not_applicable_reason, by=by, at=at
        )
    return duty


@act
def annotate(version: CharterVersion, *, by: Actor, at: datetime) -> None:
    """Set the catalogue's notes *as applied today* beside the clauses whose words they fit."""
    clauses = {clause.reference: clause for clause in version.clauses.all()}
    for reference, found in notes_for([(c.reference, c.text) for c in clauses.values()]):
        note(
            clauses[reference],
            text=found.text,
            source=found.source,
            dated=found.dated,
            by=by,
            at=at,
        )
