"""What the portal proposes for a charter: clauses from its text, duties from the catalogue.

Proposals come from wording alone and are stored nowhere; the secretary chooses.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from committees.enums import Layer
from committees.models import CharterVersion, Clause, Duty
from committees.rules import matching
from committees.rules.catalogue import Entry
from committees.rules.reading import read
from committees.rules.structure import CharterText, structure
from committees.standing import Docket


@dataclass(frozen=True)
class Taken:
    """A charter taken apart: the text as it was read, and what was found in it."""

    text: str
    found: CharterText


@dataclass(frozen=True)
class DutyProposal:
    """A duty of the catalogue that hangs on no clause yet, and the clause proposed for it.

    `is_sure`: its wording is above the threshold, or it hangs on the purpose it serves.
    """

    entry: Entry
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
    def help_text(self) -> str:
        """Where it comes from, and which clauses read most like it where none is proposed."""
        words = [str(Layer(self.entry.layer.value).label), self.entry.citation]
        if not self.reference and self.candidates:
            words.append(_("reads most like %(clauses)s") % {"clauses": ", ".join(self.candidates)})
        return ", ".join(word for word in words if word)


@dataclass(frozen=True)
class Carried:
    """Where a duty of the version before would hang now; `is_same`: the words are the same."""

    duty: Duty
    clause: Clause | None
    is_same: bool


def take_apart(data: bytes, name: str) -> Taken:
    """Read a charter's file. Raises CharterUnreadable with a sentence for a person."""
    manuscript = read(data, name)
    return Taken(manuscript.text, structure(manuscript))


def short_names(found: CharterText) -> dict[str, str]:
    """A short name for each clause, from the catalogue."""
    wordings = [
        matching.Wording(each.reference, each.section, each.text, found.context(each))
        for each in found.clauses
    ]
    return dict(matching.propose(wordings).headings)


def propose(version: CharterVersion) -> list[DutyProposal]:
    """Every duty of the catalogue with its clause in this version, the sure ones first."""
    found = matching.propose(wordings_of(version))
    sure = [DutyProposal(match.entry, match.reference, is_sure=True) for match in found.attached]
    optional = [
        DutyProposal(match.entry, "", is_sure=False, candidates=(match.reference,))
        for match in found.optional
    ]
    unsure = [
        DutyProposal(each.entry, "", False, tuple(c.reference for c in each.candidates))
        for each in found.open
    ]
    return [*sure, *optional, *unsure]


def proposals_for(docket: Docket) -> list[DutyProposal]:
    """The proposals for the version in effect that hang on none of its clauses yet."""
    if docket.version is None:
        return []
    known = {duty.catalogue_key for duty in docket.duties if duty.pk in docket.clause_of}
    return [proposal for proposal in propose(docket.version) if proposal.key not in known]


def wordings_of(version: CharterVersion) -> list[matching.Wording]:
    """The clauses as they are matched: each with its section and the words it stands under."""
    clauses = version.clauses.select_related("section", "lead_in", "parent")
    return [
        matching.Wording(
            clause.reference,
            clause.section.text if clause.section else "",
            clause.text,
            " ".join(above.text for above in (clause.parent, clause.lead_in) if above),
        )
        for clause in clauses
    ]


def carried_clauses(docket: Docket, version: CharterVersion) -> dict[int, Carried]:
    """Where the duties of the version in effect would hang in `version`, by duty.

    On the clause that its own has become; where that is gone, on the one the catalogue proposes.
    """
    there = {clause.reference: clause for clause in version.clauses.all()}
    moved = matching.carry(_texts(docket.clauses), _texts(list(there.values())))
    proposed = {each.key: each.reference for each in propose(version) if each.is_sure}
    found = {}
    for duty in docket.duties:
        before = docket.clause_of.get(duty.pk)
        if before is None or (duty.in_force_until and duty.in_force_until < docket.day):
            continue
        after = there.get(moved[before.reference] or proposed.get(duty.catalogue_key, ""))
        is_same = after is not None and after.text.split() == before.text.split()
        found[duty.pk] = Carried(duty, after, is_same)
    return found


def _texts(clauses: Sequence[Clause]) -> list[tuple[str, str]]:
    return [(clause.reference, clause.text) for clause in clauses]
