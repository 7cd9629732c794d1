"""Charter versions: drafted from a text, adopted by the Board, superseded by the next."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from committees.enums import PassageRole
from committees.models import CharterVersion, Clause, ClauseNote, Committee, Passage
from committees.proposals import carried_clauses
from committees.rules.structure import Passage as Found
from committees.rules.structure import Role
from committees.services.duties import end_duty
from records import ledger
from records.acts import act
from records.ledger import Actor
from records.services.purges import lock_unless_held

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
    passages: Sequence[Found],
    by: Actor,
    at: datetime,
    headings: Mapping[str, str] | None = None,
) -> CharterVersion:
    """Store a charter's text as a draft, with its clauses. `headings` are their short names."""
    references = [found.reference for found in passages if found.role is Role.CLAUSE]
    if not references:
        raise ValidationError(
            _("No clause is marked in this text, so there is nothing to live by.")
        )
    if twice := sorted({ref for ref in references if references.count(ref) > 1}):
        raise ValidationError(
            _("Two clauses have the same reference: %(references)s.")
            % {"references": ", ".join(twice)}
        )
    salt = ledger.new_salt()
    version = CharterVersion.objects.create(
        committee=committee,
        title=title,
        text=text,
        salt=salt,
        recorded_by=ledger.person(by),
        recorded_at=at,
    )
    _lay_out(version, passages, headings or {})
    ledger.record(
        "charter.drafted",
        subject=version,
        by=by,
        at=at,
        committee=committee,
        text=ledger.digest(text, salt),
        clauses=len(references),
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
    board_act: str = "",
    carried: Mapping[int, Clause] | None = None,
) -> CharterVersion:
    """Record that the Board adopted a draft. `carried` says, by duty, which clause it hangs on now.

    Those in question are `proposals.carried_clauses` of that day. A duty of the version before
    that is not carried ends on the day before, unless the version after has it.
    """
    version = CharterVersion.objects.select_for_update().get(pk=version.pk)
    if version.adopted_on is not None:
        raise ValidationError(_("This version has been adopted already."))
    if effective_on < adopted_on:
        raise ValidationError(
            {"effective_on": _("A charter takes effect on or after the day it is adopted.")}
        )
    siblings = version.committee.charter_versions.adopted()
    if siblings.filter(effective_on=effective_on).exists():
        raise ValidationError({"effective_on": _("Another version takes effect on that day.")})
    _carry(version, effective_on, carried or {}, by, at)
    version.adopted_on, version.effective_on, version.board_act = (
        adopted_on,
        effective_on,
        board_act,
    )
    version.save(update_fields=["adopted_on", "effective_on", "board_act"])
    ledger.record(
        "charter.adopted",
        subject=version,
        by=by,
        at=at,
        adopted_on=adopted_on,
        effective_on=effective_on,
        text=ledger.digest(version.text, version.salt),
        board_act=ledger.digest(board_act, version.salt),
    )
    return version


@act
def complete_adoption(
    version: CharterVersion, *, board_act: str, by: Actor, at: datetime
) -> CharterVersion:
    """Add the Board's act to a version that was adopted without one. Once: then it is immutable."""
    version = CharterVersion.objects.select_for_update().get(pk=version.pk)
    if version.adopted_on is None:
        raise ValidationError(_("This version is a draft."))
    if version.board_act:
        raise ValidationError(
            _(
                "The Board's act is on record for this version, and an adopted version does not "
                "change. Where it is wrong, record the adoption of a new version."
            )
        )
    if not board_act.strip():
        raise ValidationError({"board_act": _("Name the Board's meeting and resolution.")})
    version.board_act = board_act.strip()
    version.save(update_fields=["board_act"])
    ledger.record(
        "charter.adoption_completed",
        subject=version,
        by=by,
        at=at,
        board_act=ledger.digest(version.board_act, version.salt),
    )
    return version


@act
def discard_draft(version: CharterVersion, *, by: Actor, at: datetime) -> None:
    """Discard a draft, unless a hold keeps it. Drafts are not records; an adopted version stays
    for good."""
    lock_unless_held()
    version = CharterVersion.objects.select_for_update().get(pk=version.pk)
    if version.adopted_on is not None:
        raise ValidationError(_("An adopted charter is a record and stays."))
    ledger.record("charter.draft_discarded", subject=version, by=by, at=at)
    ClauseNote.objects.filter(clause__version=version).delete()
    version.clauses.all().delete()
    version.passages.all().delete()
    version.delete()


@act
def note(
    clause: Clause, *, text: str, source: str, dated: date, by: Actor, at: datetime
) -> ClauseNote:
    """Set a note *as applied today* beside a clause."""
    salt = ledger.new_salt()
    written = ClauseNote.objects.create(
        clause=clause, text=text, source=source, dated=dated, salt=salt
    )
    ledger.record(
        "clause.noted",
        subject=written,
        by=by,
        at=at,
        clause=clause,
        dated=dated,
        text=ledger.digest(text, salt),
        source=ledger.digest(source, salt),
    )
    return written


@act
def withdraw_note(written: ClauseNote, *, by: Actor, at: datetime) -> ClauseNote:
    """Take a note from beside its clause; it stays on record."""
    written = ClauseNote.objects.select_for_update().get(pk=written.pk)
    if written.withdrawn_at is not None:
        raise ValidationError(_("This note has been withdrawn already."))
    written.withdrawn_at = at
    written.save(update_fields=["withdrawn_at"])
    ledger.record("clause.note_withdrawn", subject=written, by=by, at=at)
    return written


def _lay_out(
    version: CharterVersion, passages: Sequence[Found], headings: Mapping[str, str]
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
            ledger.record("duty.carried", subject=duty, by=by, at=at, clause=clause)
        elif found.ends:
            last_day = max(duty.in_force_from, effective_on - timedelta(days=1))
            end_duty(duty, until=last_day, by=by, at=at)
