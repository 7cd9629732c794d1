"""Charter versions: drafted from a text, adopted by the Board, superseded by the next."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.enums import CommitteeKind, HowDecided, PassageRole
from charters.models import CharterVersion, Clause, ClauseNote, Committee, Decision, Passage
from charters.proposals import carried_clauses
from charters.reading.structure import Role, TextPassage
from charters.services.bodies import the_board
from charters.services.decisions import record_decision
from charters.services.duties import DUTY_CARRIED, end_duty
from records import ledger
from records.acts import act
from records.clock import day_of
from records.facts import Actor, recorded
from records.services.deletions import lock_unless_held

CHARTER_DRAFTED = ledger.action("charter.drafted", lazy("drafted the charter version %(record)s"))
CHARTER_PUT_BEFORE_BOARD = ledger.action(
    "charter.put_before_board", lazy("put the draft %(record)s before the Board")
)
CHARTER_ADOPTED = ledger.action("charter.adopted", lazy("recorded the adoption of %(record)s"))
CHARTER_ADOPTION_COMPLETED = ledger.action(
    "charter.adoption_completed", lazy("added the Board's decision to %(record)s")
)
CHARTER_DRAFT_DISCARDED = ledger.action(
    "charter.draft_discarded", lazy("discarded the draft %(record)s")
)
CLAUSE_NOTED = ledger.action("clause.noted", lazy("added a note to %(record)s"))
CLAUSE_NOTE_WITHDRAWN = ledger.action(
    "clause.note_withdrawn", lazy("withdrew a note on %(record)s")
)

STORED_AS = {
    Role.SECTION: PassageRole.SECTION,
    Role.LEAD_IN: PassageRole.LEAD_IN,
    Role.UNPLACED: PassageRole.PLAIN,
}


@act
def draft(
    committee: Committee,
    *,
    title: str,
    text: str,
    passages: Sequence[TextPassage],
    by: Actor,
    at: datetime,
    headings: Mapping[str, str] | None = None,
) -> CharterVersion:
    """Store a charter's text as a draft, with its clauses. `headings` are their short names."""
    references = [found.reference for found in passages if found.role is Role.CLAUSE]
    if not references:
        raise ValidationError(_("No clause is marked. Mark at least one passage as a clause."))
    if twice := sorted({ref for ref in references if references.count(ref) > 1}):
        raise ValidationError(
            _("Two clauses have the same reference: %(references)s. Change one of them.")
            % {"references": ", ".join(twice)}
        )
    version = CharterVersion.objects.create(
        committee=committee,
        title=title,
        text=text,
        **recorded(by, at),
    )
    _lay_out(version, passages, headings or {})
    ledger.record(
        CHARTER_DRAFTED,
        subject=version,
        by=by,
        at=at,
        committee=committee,
        text=ledger.digest(text, version.salt),
        clauses=len(references),
    )
    return version


@act
def put_before_board(version: CharterVersion, *, by: Actor, at: datetime) -> CharterVersion:
    """Open a draft to the directors, who are asked to adopt it."""
    version = CharterVersion.objects.select_for_update().get(pk=version.pk)
    if version.adopted_on is not None:
        raise ValidationError(_("This version was already adopted."))
    if version.put_before_board_on is not None:
        raise ValidationError(_("This draft is before the Board already."))
    version.put_before_board_on = day_of(at)
    version.save(update_fields=["put_before_board_on"])
    ledger.record(
        CHARTER_PUT_BEFORE_BOARD,
        subject=version,
        by=by,
        at=at,
        text=ledger.digest(version.text, version.salt),
    )
    return version


@act
def adopt(
    version: CharterVersion,
    *,
    adopted_on: date,
    effective_on: date,
    by: Actor,
    at: datetime,
    decision: Decision | None = None,
    how: HowDecided | None = None,
    number: str = "",
    carried: Mapping[int, Clause] | None = None,
) -> CharterVersion:
    """Record that the Board adopted a draft. `carried` says, by duty, which clause it belongs to now.

    It rests on a decision of the Board: one on record, or a new one, made in the way `how` and with
    the `number` of its resolution. Without either it is added later, by `complete_adoption`.

    Those in question are `proposals.carried_clauses` of that day. A duty of the version before
    that is not carried ends on the day before, unless the version after has it.
    """
    # Adoptions of one committee follow each other: each reads the versions before and after its own.
    Committee.objects.select_for_update().get(pk=version.committee_id)
    version = CharterVersion.objects.select_for_update().get(pk=version.pk)
    if version.adopted_on is not None:
        raise ValidationError(_("This version was already adopted."))
    if effective_on < adopted_on:
        raise ValidationError(
            {
                "effective_on": _(
                    "A charter takes effect on or after its date of adoption. Enter a later date."
                )
            }
        )
    siblings = version.committee.charter_versions.adopted()
    if siblings.filter(effective_on=effective_on).exists():
        raise ValidationError(
            {"effective_on": _("Another version takes effect on that date. Enter another date.")}
        )
    _carry(version, effective_on, carried or {}, by, at)
    version.adopted_on, version.effective_on = adopted_on, effective_on
    version.decision = _decided(version, adopted_on, decision, how, number, by, at)
    version.save(update_fields=["adopted_on", "effective_on", "decision"])
    ledger.record(
        CHARTER_ADOPTED,
        subject=version,
        by=by,
        at=at,
        adopted_on=adopted_on,
        effective_on=effective_on,
        text=ledger.digest(version.text, version.salt),
        decision=version.decision,
    )
    return version


@act
def complete_adoption(
    version: CharterVersion,
    *,
    by: Actor,
    at: datetime,
    decision: Decision | None = None,
    how: HowDecided | None = None,
    number: str = "",
) -> CharterVersion:
    """Add the Board's decision to a version that was adopted without one. This is done once."""
    version = CharterVersion.objects.select_for_update().get(pk=version.pk)
    if version.adopted_on is None:
        raise ValidationError(_("This version is a draft. Record its adoption first."))
    if version.decision_id is not None:
        raise ValidationError(
            _(
                "The Board's decision for this version is already on record. If it is wrong, "
                "record the adoption of a new version."
            )
        )
    version.decision = _decided(version, version.adopted_on, decision, how, number, by, at)
    if version.decision is None:
        raise ValidationError({"how": _("Enter how the Board decided.")})
    version.save(update_fields=["decision"])
    ledger.record(
        CHARTER_ADOPTION_COMPLETED,
        subject=version,
        by=by,
        at=at,
        decision=version.decision,
    )
    return version


def _decided(
    version: CharterVersion,
    adopted_on: date,
    decision: Decision | None,
    how: HowDecided | None,
    number: str,
    by: Actor,
    at: datetime,
) -> Decision | None:
    """The Board's decision to adopt: the one given, or a new one; None while it is not known."""
    if decision is not None:
        _refuse_another_decision(decision, adopted_on)
        return decision
    if how is None:
        return None
    text = _("The Board adopted the charter “%(title)s”.") % {"title": version.title}
    return record_decision(
        the_board(by=by, at=at),
        decided_on=adopted_on,
        how=how,
        number=number,
        text=text,
        by=by,
        at=at,
    )


def _refuse_another_decision(decision: Decision, adopted_on: date) -> None:
    """Only the Board adopts, on the date of adoption; and every reader of the charter sees by which
    decision."""
    body = decision.body
    if body is None or body.kind != CommitteeKind.BOARD or decision.decided_on != adopted_on:
        raise ValidationError(
            {"decision": _("Choose a decision of the Board on the date of adoption.")}
        )
    if decision.restricted_roles or decision.restricted_people:
        raise ValidationError(
            {
                "decision": _(
                    "This decision is restricted. Record the adoption as a separate decision."
                )
            }
        )


@act
def discard_draft(version: CharterVersion, *, by: Actor, at: datetime) -> None:
    """Discard a draft, unless a hold keeps it. Drafts are not records; an adopted version stays
    permanently."""
    lock_unless_held()
    version = CharterVersion.objects.select_for_update().get(pk=version.pk)
    if version.adopted_on is not None:
        raise ValidationError(_("An adopted charter is a record and cannot be discarded."))
    ledger.record(CHARTER_DRAFT_DISCARDED, subject=version, by=by, at=at)
    ClauseNote.objects.filter(clause__version=version).delete()
    version.clauses.all().delete()
    version.passages.all().delete()
    version.delete()


@act
def note(
    clause: Clause, *, text: str, source: str, dated: date, by: Actor, at: datetime
) -> ClauseNote:
    """Set a note *as applied today* beside a clause."""
    written = ClauseNote.objects.create(clause=clause, text=text, source=source, dated=dated)
    ledger.record(
        CLAUSE_NOTED,
        subject=written,
        by=by,
        at=at,
        clause=clause,
        dated=dated,
        text=ledger.digest(text, written.salt),
        source=ledger.digest(source, written.salt),
    )
    return written


@act
def withdraw_note(written: ClauseNote, *, by: Actor, at: datetime) -> ClauseNote:
    """Take a note from beside its clause; it stays on record."""
    written = ClauseNote.objects.select_for_update().get(pk=written.pk)
    if written.withdrawn_at is not None:
        raise ValidationError(_("This note was already withdrawn."))
    written.withdrawn_at = at
    written.save(update_fields=["withdrawn_at"])
    ledger.record(CLAUSE_NOTE_WITHDRAWN, subject=written, by=by, at=at)
    return written


def _lay_out(
    version: CharterVersion, passages: Sequence[TextPassage], headings: Mapping[str, str]
) -> None:
    """Store passages and clauses in their order, each clause under its section and lead-in."""
    section: Passage | None = None
    lead_ins: dict[str, Passage] = {}
    clauses: dict[str, Clause] = {}
    for order, found in enumerate(passages, start=1):
        if found.role is Role.CLAUSE:
            clauses[found.reference] = Clause.objects.create(
                version=version,
                reference=found.reference,
                heading=headings.get(found.reference, ""),
                text=found.text,
                order=order,
                section=section,
                lead_in=lead_ins.get(found.parent),
                parent=clauses.get(found.parent),
            )
        elif found.role in STORED_AS:
            passage = Passage.objects.create(
                version=version,
                role=STORED_AS[found.role],
                reference=found.reference,
                text=found.text,
                order=order,
            )
            if found.role is Role.SECTION:
                section = passage
            elif found.role is Role.LEAD_IN and found.reference:
                lead_ins[found.reference] = passage


def _carry(
    version: CharterVersion,
    effective_on: date,
    carried: Mapping[int, Clause],
    by: Actor,
    at: datetime,
) -> None:
    """Hang the duties of the versions around it on this one's clauses; end those that lose theirs."""
    for pk, found in carried_clauses(version, effective_on).items():
        duty = found.duty
        if clause := carried.get(pk):
            duty.clauses.add(clause)
            ledger.record(DUTY_CARRIED, subject=duty, by=by, at=at, clause=clause)
        elif found.ends:
            last_day = max(duty.in_force_from, effective_on - timedelta(days=1))
            end_duty(duty, until=last_day, by=by, at=at)
