"""Loading a charter: the company and committee it needs, its draft, its duties and notes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from charters.enums import Cadence, CommitteeKind, Counterparty, DutyKind, Layer
from charters.models import CharterVersion, Clause, Committee, Duty
from charters.proposals import notes_beside, terms_on, version_after
from charters.reading.structure import TextPassage
from charters.rules.catalogue import ENTRIES, CatalogueDuty
from charters.services.bodies import establish, the_board
from charters.services.charter import adopt, draft, note
from charters.services.duties import add_duty
from records.acts import act
from records.clock import day_of
from records.dates import long_day
from records.ledger import Actor
from records.models import Company
from records.services.company import set_up


@act
def load_charter(
    *,
    title: str,
    text: str,
    passages: Sequence[TextPassage],
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
    the_board(by=by, at=at)
    found = Committee.objects.audit()
    return found or establish(
        name=name or _("Audit Committee"), kind=CommitteeKind.AUDIT, by=by, at=at
    )


@act
def attach(
    chosen: Mapping[str, Clause], *, in_force_from: date, by: Actor, at: datetime
) -> list[Duty]:
    """Hang duties of the catalogue on clauses, by key.

    On a version that another follows they end with it. A key is never in force twice on a day.
    """
    return [_attach(ENTRIES[key], clause, in_force_from, by, at) for key, clause in chosen.items()]


def _attach(
    entry: CatalogueDuty, clause: Clause, in_force_from: date, by: Actor, at: datetime
) -> Duty:
    until = _last_day(clause.version, in_force_from)
    _refuse_twice(entry, clause.version.committee, in_force_from, until)
    terms = terms_on(entry, clause)
    return add_duty(
        clause,
        in_force_from=in_force_from,
        in_force_until=until,
        by=by,
        at=at,
        catalogue_key=entry.key,
        title=terms.title,
        kind=DutyKind(entry.kind.value),
        cadence=Cadence(terms.cadence.value),
        times=terms.times,
        months=terms.months,
        due_month=terms.due_month,
        due_day=terms.due_day,
        layer=Layer(terms.layer.value),
        citation=entry.citation,
        counterparty=Counterparty(entry.counterparty),
    )


def _last_day(version: CharterVersion, in_force_from: date) -> date | None:
    """The day before the next version takes effect, where one does: duties of the past end there."""
    after = version_after(version.committee, version.effective_on or in_force_from)
    if after is None or after.effective_on is None:
        return None
    if in_force_from >= after.effective_on:
        raise ValidationError(
            {
                "in_force_from": _("The next version of the charter is in effect from %(day)s.")
                % {"day": long_day(after.effective_on)}
            }
        )
    return after.effective_on - timedelta(days=1)


def _refuse_twice(
    entry: CatalogueDuty, committee: Committee, in_force_from: date, until: date | None
) -> None:
    same = committee.duties.unended(in_force_from).filter(catalogue_key=entry.key)
    if until is not None:
        same = same.filter(in_force_from__lte=until)
    if same.exists():
        raise ValidationError(
            _("“%(duty)s” is already in effect in that period.") % {"duty": entry.title}
        )


@act
def take_up(version: CharterVersion, *, by: Actor, at: datetime, **given: Any) -> CharterVersion:
    """Record the Board's adoption, and set the notes that belong beside its clauses."""
    adopted = adopt(version, by=by, at=at, **given)
    annotate(adopted, by=by, at=at)
    return adopted


@act
def annotate(version: CharterVersion, *, by: Actor, at: datetime) -> None:
    """Set the notes *as applied today* beside the clauses they belong to: those of the version
    before where the words are the same, and the catalogue's. Each once."""
    effective_on = version.effective_on or day_of(at)
    for found in notes_beside(version, effective_on):
        note(
            found.clause,
            text=found.text,
            source=found.source,
            dated=found.dated,
            by=by,
            at=at,
        )
