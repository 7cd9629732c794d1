"""What the portal proposes for a charter: clauses from its text, duties from the catalogue.

Proposals come from wording alone and are stored nowhere; the secretary chooses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from charters.enums import Layer, PassageRole
from charters.models import CharterVersion, Clause, ClauseNote, Committee, Duty
from charters.reading import matching
from charters.reading.dates import Adoption, adoption
from charters.reading.reader import read
from charters.reading.structure import CharterText, structure
from charters.rules import catalogue
from charters.rules.catalogue import ENTRIES, CatalogueDuty
from charters.rules.frequency import as_asked, frequency_of, with_words_of
from charters.standing import Docket


@dataclass(frozen=True)
class Taken:
    """A charter taken apart: the text as it was read, and what was found in it."""

    text: str
    found: CharterText


@dataclass(frozen=True)
class DutyProposal:
    """A duty of the catalogue without a clause yet, and the clause proposed for it.

    `is_sure`: its wording is above the threshold, or it belongs to the purpose it serves.
    """

    entry: CatalogueDuty
    reference: str
    is_sure: bool
    candidates: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.entry.key

    @property
    def title(self) -> str:
        return self.entry.title

    @property
    def often(self) -> str:
        """How often the clause asks for it, where that is not what the catalogue has."""
        own = frequency_of(ENTRIES[self.key])
        asked = frequency_of(self.entry)
        if asked == own:
            return ""
        if asked.cadence is catalogue.Cadence.QUARTERLY:
            return _("each quarter, as the clause says")
        if asked.cadence is catalogue.Cadence.MONTHS:
            return _("every %(months)s months, as the clause says") % {"months": asked.months}
        if asked.times == 1:
            return _("once a year, as the clause says")
        return _("%(times)s times a year, as the clause says") % {"times": asked.times}

    @property
    def help_text(self) -> str:
        """Where it comes from, and which clauses read most like it where none is proposed."""
        words = [str(Layer(self.entry.layer.value).label), self.entry.citation, self.often]
        if not self.reference and self.candidates:
            words.append(_("closest to %(clauses)s") % {"clauses": ", ".join(self.candidates)})
        return ", ".join(word for word in words if word)


@dataclass(frozen=True)
class NoteProposal:
    """A note *as applied today* to set beside a clause, from the catalogue or the version before."""

    clause: Clause
    text: str
    source: str
    dated: date


@dataclass(frozen=True)
class Carried:
    """Where a duty of a neighbouring version would hang in this one.

    `is_same`: the words of its clause are the same. `ends`: without a clause here it ends, for no
    version from that day on has it.
    """

    duty: Duty
    clause: Clause | None
    is_same: bool
    ends: bool


def take_apart(data: bytes, name: str) -> Taken:
    """Read a charter's file. Raises CharterUnreadable with a sentence for a person."""
    manuscript = read(data, name)
    return Taken(manuscript.text, structure(manuscript))


def adoption_of(version: CharterVersion, today: date) -> Adoption:
    """What the text of a version says of its adoption, beside its clauses.

    The date of a version on record is that of a text that was not brought up to date: none.
    """
    plain = version.passages.filter(role=PassageRole.PLAIN).order_by("order")
    said = adoption(plain.values_list("text", flat=True), today)
    others = version.committee.charter_versions.adopted().exclude(pk=version.pk)
    if others.filter(adopted_on=said.adopted_on).exists():
        return said._replace(adopted_on=None, effective_on=None)
    return said


def short_names(found: CharterText) -> dict[str, str]:
    """A short name for each clause, from the catalogue."""
    wordings = [
        matching.Wording(each.reference, each.section, each.text, found.context(each))
        for each in found.clauses
    ]
    return dict(matching.propose(wordings).headings)


def propose(version: CharterVersion) -> list[DutyProposal]:
    """Every duty of the catalogue with its clause in this version, the sure ones first."""
    clauses = {each.reference: each for each in wordings_of(version)}
    found = matching.propose(clauses.values())
    # A practice that no clause states is the committee's own choice, and so is what does not
    # apply to every company.
    chosen = [each for each in found.optional if not _is_stated(each)]
    chosen += [each for each in found.attached if is_practice(each.entry) and not _is_stated(each)]
    sure = [each for each in (*found.attached, *found.optional) if each not in chosen]
    return [
        *(
            DutyProposal(_on(match.entry, clauses[match.reference]), match.reference, is_sure=True)
            for match in sure
        ),
        *(
            DutyProposal(match.entry, "", is_sure=False, candidates=(match.reference,))
            for match in chosen
        ),
        *(
            DutyProposal(each.entry, "", False, tuple(c.reference for c in each.candidates))
            for each in found.open
        ),
    ]


def _is_stated(match: matching.Match) -> bool:
    """Whether a clause asks for it: then it is no habit, but a duty of the charter."""
    return match.is_named and not match.entry.is_target


def terms_on(entry: CatalogueDuty, clause: Clause) -> CatalogueDuty:
    """A duty of the catalogue as this clause asks for it: its layer, and how often."""
    return _on(entry, _wording(clause))


def _on(entry: CatalogueDuty, wording: matching.Wording) -> CatalogueDuty:
    if not matching.states(wording, entry):
        return entry
    if is_practice(entry) and not entry.is_target:
        entry = replace(as_asked(entry), layer=catalogue.Layer.CHARTER)
    return with_words_of(entry, wording.text)


def is_practice(entry: CatalogueDuty) -> bool:
    return Layer(entry.layer.value) == Layer.GOOD_PRACTICE


def proposals_for(docket: Docket) -> list[DutyProposal]:
    """The proposals for the version in effect that the committee does not have yet.

    In a version that another follows, only those that it never had.
    """
    if docket.version is None:
        return []
    duties = docket.committee.duties.all()
    effective_on = docket.version.effective_on or docket.day
    if version_after(docket.committee, effective_on) is None:
        duties = duties.unended(docket.day)
    known = set(duties.values_list("catalogue_key", flat=True))
    return [proposal for proposal in propose(docket.version) if proposal.key not in known]


def wordings_of(version: CharterVersion) -> list[matching.Wording]:
    """The clauses as they are matched: each with its section and the words it stands under."""
    clauses = version.clauses.select_related("section", "lead_in", "parent")
    return [_wording(clause) for clause in clauses]


def _wording(clause: Clause) -> matching.Wording:
    return matching.Wording(
        clause.reference,
        clause.section.text if clause.section else "",
        clause.text,
        " ".join(above.text for above in (clause.parent, clause.lead_in) if above),
    )


def carried_clauses(version: CharterVersion, effective_on: date) -> dict[int, Carried]:
    """Where the duties of the versions around it would hang in `version`, taking effect on a day.

    By duty: those of the version before, and of the one after where this one is past. Each on the
    clause that its own has become; where that is gone, on the one the catalogue proposes.
    """
    before = version.committee.charter_versions.in_effect(effective_on)
    after = version_after(version.committee, effective_on)
    there = {clause.reference: clause for clause in version.clauses.all()}
    attached = matching.propose(wordings_of(version)).attached
    proposed = {match.entry.key: match.reference for match in attached}
    found: dict[int, Carried] = {}
    for other in (after, before):
        clauses = list(other.clauses.all()) if other else []
        moved = matching.carry(_texts(clauses), _texts(list(there.values())))
        for duty, clause in _hanging_on(clauses, effective_on):
            here = there.get(moved[clause.reference] or proposed.get(duty.catalogue_key, ""))
            is_same = here is not None and here.text.split() == clause.text.split()
            known = found.get(duty.pk)
            if known is None or here is not None:
                ends = known is None and other == before
                found[duty.pk] = Carried(duty, here, is_same, ends)
    return found


def later_places(clause: Clause) -> Iterator[tuple[CharterVersion, Clause | None]]:
    """What becomes of an adopted clause in each version that takes effect after its own."""
    own = clause.version
    if own.effective_on is None:
        return
    later = own.committee.charter_versions.adopted().filter(effective_on__gt=own.effective_on)
    for version in later.order_by("effective_on"):
        there = {each.reference: each for each in version.clauses.all()}
        moved = matching.carry(_texts([clause]), _texts(list(there.values())))
        yield version, there.get(moved[clause.reference] or "")


def notes_beside(version: CharterVersion, effective_on: date) -> list[NoteProposal]:
    """The notes to set beside this version's clauses when it takes effect on a day.

    What stands beside a clause of the version before goes on beside the one with the same words;
    then the catalogue's, where they fit. A note that stands there already, or was withdrawn there
    or from the clause before, is not set again.
    """
    clauses = {clause.reference: clause for clause in version.clauses.all()}
    stored = ClauseNote.objects.filter(clause__version=version)
    known = set(stored.values_list("clause__reference", "text"))
    proposed = []
    for here, note in _noted_before(version, effective_on):
        if (here.reference, note.text) not in known and note.withdrawn_at is None:
            proposed.append(NoteProposal(here, note.text, note.source, note.dated))
        known.add((here.reference, note.text))
    fitting = matching.notes_for(_texts(list(clauses.values())))
    return proposed + [
        NoteProposal(clauses[reference], note.text, note.source, note.dated)
        for reference, note in fitting
        if (reference, note.text) not in known
    ]


def notes_left(version: CharterVersion, effective_on: date) -> list[ClauseNote]:
    """The notes of the version before that stay there: the words of their clause have changed."""
    before = _version_before(version, effective_on)
    carried = {note.pk for __, note in _noted_before(version, effective_on)}
    standing = ClauseNote.objects.filter(clause__version=before, withdrawn_at=None)
    fitting = {(each.clause.reference, each.text) for each in notes_beside(version, effective_on)}
    return [
        note
        for note in standing.exclude(pk__in=carried).select_related("clause")
        if (note.clause.reference, note.text) not in fitting
    ]


def _noted_before(version: CharterVersion, effective_on: date) -> list[tuple[Clause, ClauseNote]]:
    """The notes of the version before whose clause has the same words here, withdrawn ones too."""
    before = _version_before(version, effective_on)
    if before is None:
        return []
    here = {clause.reference: clause for clause in version.clauses.all()}
    moved = matching.carry(_texts(list(before.clauses.all())), _texts(list(here.values())))
    notes = ClauseNote.objects.filter(clause__version=before).select_related("clause")
    found = [(here.get(moved[note.clause.reference] or ""), note) for note in notes]
    return [
        (clause, note)
        for clause, note in found
        if clause and clause.text.split() == note.clause.text.split()
    ]


def _version_before(version: CharterVersion, day: date) -> CharterVersion | None:
    return version.committee.charter_versions.exclude(pk=version.pk).in_effect(day)


def version_after(committee: Committee, day: date) -> CharterVersion | None:
    """The first version that takes effect after a day."""
    versions = committee.charter_versions.adopted()
    return versions.filter(effective_on__gt=day).order_by("effective_on").first()


def _hanging_on(clauses: Sequence[Clause], day: date) -> list[tuple[Duty, Clause]]:
    """The duties on these clauses that are in force on the day or later."""
    by_pk = {clause.pk: clause for clause in clauses}
    hangs = Duty.clauses.through.objects.filter(clause_id__in=by_pk).order_by("duty_id")
    pairs = list(hangs.values_list("duty_id", "clause_id"))
    duties = Duty.objects.unended(day).in_bulk([duty for duty, __ in pairs])
    return [(duties[duty], by_pk[clause]) for duty, clause in pairs if duty in duties]


def _texts(clauses: Sequence[Clause]) -> list[tuple[str, str]]:
    return [(clause.reference, clause.text) for clause in clauses]
