"""Which duties a charter's clauses state: proposed by wording, for the secretary to choose.

Pure and deterministic: the same clauses and the same catalogue give the same proposal.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from charters.reading.headings import section_kind
from charters.reading.prose import binding, is_negated, requirements, sentences
from charters.reading.similarity import Weights
from charters.rules.catalogue import CATALOGUE, NOTES, CatalogueDuty, CatalogueKind, Layer, Note
from charters.rules.frequency import frequency_of, stated_frequency

THRESHOLD = 0.45
WORTH_SHOWING = 0.2
CANDIDATES = 3
SAME_CLAUSE = 0.4
OTHER_SECTION = 0.75
UNKNOWN_SECTION = 0.95
ACTION = re.compile(
    r"\b(?:review|discuss|recommend|appoint|approve)\w*\b|\breports? to\b|\bmeets?\b", re.I
)
OVERSIGHT = re.compile(r"\b(?:overs\w+|assist\w*|monitor\w*|watch\w*|represent\w*|purpose)\b", re.I)


class Wording(NamedTuple):
    """A clause to be matched. `context` holds the words of the lead-in it stands under."""

    reference: str
    section: str
    text: str
    context: str = ""


class Candidate(NamedTuple):
    reference: str
    score: float


@dataclass(frozen=True)
class Match:
    """A duty and its clause. Without `is_named` no clause states it: it belongs to the
    purpose it serves."""

    entry: CatalogueDuty
    reference: str
    score: float
    is_named: bool = True


@dataclass(frozen=True)
class Open:
    """A duty no clause clearly states: the secretary chooses, from these or others."""

    entry: CatalogueDuty
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Proposal:
    """`attached` belongs to its clause; `optional` would, but is off until switched on."""

    attached: tuple[Match, ...]
    optional: tuple[Match, ...]
    open: tuple[Open, ...]
    headings: Mapping[str, str] = field(default_factory=dict)  # short names of clauses

    def on(self, reference: str) -> tuple[Match, ...]:
        return tuple(match for match in self.attached if match.reference == reference)


def propose(
    clauses: Iterable[tuple[str, ...]], entries: Sequence[CatalogueDuty] = CATALOGUE
) -> Proposal:
    """Hang each duty on the clause that states it best, once.

    Clauses are (reference, section, text) or (reference, section, text, context). A duty of the
    charter that no clause states is left open; one of the law or of good practice belongs to the
    purpose clause it serves.
    """
    wordings = [Wording(*clause) for clause in clauses]
    weights = _weights(tuple(entries))
    asking = [_asking(each) for each in wordings]
    ranked = {entry.key: _ranked(entry, asking, weights) for entry in entries}
    _prefer_purposes(ranked, entries, asking)
    purposes = _purposes(entries, ranked, wordings)
    matches, open_ = [], []
    for entry in entries:
        match = _match(entry, ranked[entry.key], purposes)
        if match:
            matches.append(match)
        else:
            shown = [each for each in ranked[entry.key] if each.score >= WORTH_SHOWING]
            open_.append(Open(entry, tuple(shown[:CANDIDATES])))
    return Proposal(
        attached=tuple(match for match in matches if match.entry.applies),
        optional=tuple(match for match in matches if not match.entry.applies),
        open=tuple(open_),
        headings=_headings(matches),
    )


def states(clause: Wording, entry: CatalogueDuty) -> bool:
    """Whether the words of a clause state this duty by themselves."""
    return _score(entry, _asking(clause), _weights(tuple(CATALOGUE))) >= THRESHOLD


def notes_for(
    clauses: Iterable[tuple[str, str]], notes: Sequence[Note] = NOTES
) -> list[tuple[str, Note]]:
    """The notes "as applied today" that belong beside these clauses, (reference, text) each."""
    return [
        (reference, note) for reference, text in clauses for note in notes if note.terms.admit(text)
    ]


def carry(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> dict[str, str | None]:
    """Where each clause of one version went in the next, by wording; None where it is gone.

    Clauses are (reference, text). No clause is taken twice; among equals the one with the same
    reference wins.
    """
    weights = Weights([text for _, text in (*old, *new)])
    pairs = sorted(
        (-_kinship(before, after, weights), old_place, new_place)
        for old_place, before in enumerate(old)
        for new_place, after in enumerate(new)
    )
    carried: dict[str, str | None] = {reference: None for reference, _ in old}
    taken: set[int] = set()
    for kinship, old_place, new_place in pairs:
        reference = old[old_place][0]
        if -kinship >= SAME_CLAUSE and carried[reference] is None and new_place not in taken:
            carried[reference] = new[new_place][0]
            taken.add(new_place)
    return carried


def _kinship(before: tuple[str, str], after: tuple[str, str], weights: Weights) -> float:
    same_words = before[1].split() == after[1].split()
    same_reference = 0.1 if before[0] == after[0] else 0.0
    return (2.0 if same_words else weights.resemblance(before[1], after[1])) + same_reference


@lru_cache(maxsize=4)
def _weights(entries: tuple[CatalogueDuty, ...]) -> Weights:
    return Weights([" ".join(entry.wordings) for entry in entries])


class _Asking(NamedTuple):
    """A clause with what it asks: the whole, and its parts. Nothing where it only disclaims."""

    clause: Wording
    kind: str
    texts: tuple[str, ...]


def _asking(clause: Wording) -> _Asking:
    above = sentences(clause.context)
    is_disclaimed = bool(above) and is_negated(above[-1])
    said = "" if is_disclaimed else binding(clause.text)
    texts = tuple(requirements(said)) if said else ()
    return _Asking(clause, section_kind(clause.section), texts)


def _ranked(entry: CatalogueDuty, clauses: Sequence[_Asking], weights: Weights) -> list[Candidate]:
    """The clauses that say something like it, the best first."""
    scored = (
        Candidate(each.clause.reference, round(_score(entry, each, weights), 3)) for each in clauses
    )
    return sorted((each for each in scored if each.score), key=lambda each: -each.score)


def _score(entry: CatalogueDuty, asking: _Asking, weights: Weights) -> float:
    """How far the clause, or the part that says it best, states the duty."""
    context = asking.clause.context
    likeness = max((_likeness(entry, text, context, weights) for text in asking.texts), default=0.0)
    kind = asking.kind
    prior = 1.0 if kind == entry.section else OTHER_SECTION if kind else UNKNOWN_SECTION
    return likeness * prior


def _likeness(entry: CatalogueDuty, text: str, context: str, weights: Weights) -> float:
    likeness = max(weights.likeness(each, text, context) for each in entry.wordings)
    if likeness > WORTH_SHOWING and (
        not entry.terms.admit(text, context) or _is_not_asked(entry, text)
    ):
        likeness = min(likeness, THRESHOLD - 0.01) / 2
    return likeness


def _is_not_asked(entry: CatalogueDuty, text: str) -> bool:
    """Whether a habit of good practice is more frequent than what these words ask.

    A target is none where the words say how often: they are the duty then.
    """
    stated = stated_frequency(text) if entry.layer is Layer.GOOD_PRACTICE else None
    if stated is None:
        return False
    return entry.is_target or stated.per_year < frequency_of(entry).per_year


def _prefer_purposes(
    ranked: dict[str, list[Candidate]],
    entries: Sequence[CatalogueDuty],
    clauses: Sequence[_Asking],
) -> None:
    """A purpose is stated in the section of purposes, or else by words of oversight.

    "Review the statements and recommend..." is a task, whatever it may serve.
    """
    section = {each.clause.reference for each in clauses if each.kind == "P"}
    stating = section or {
        each.clause.reference
        for each in clauses
        if OVERSIGHT.search(text := " ".join(each.texts)) or not ACTION.search(text)
    }

    def capped(each: Candidate) -> Candidate:
        if each.reference in stating:
            return each
        return each._replace(score=min(each.score, THRESHOLD - 0.01))

    for entry in entries:
        if entry.kind is CatalogueKind.PURPOSE:
            found = [capped(each) for each in ranked[entry.key]]
            found.sort(key=lambda each: (each.reference not in section, -each.score))
            ranked[entry.key] = found


def _match(
    entry: CatalogueDuty, ranked: Sequence[Candidate], purposes: Mapping[str, str]
) -> Match | None:
    if ranked and ranked[0].score >= THRESHOLD:
        return Match(entry, ranked[0].reference, ranked[0].score)
    if entry.layer is not Layer.CHARTER and entry.purpose in purposes:
        score = ranked[0].score if ranked else 0.0
        return Match(entry, purposes[entry.purpose], score, is_named=False)
    return None


def _purposes(
    entries: Sequence[CatalogueDuty],
    ranked: Mapping[str, Sequence[Candidate]],
    clauses: Sequence[Wording],
) -> dict[str, str]:
    """The clause for each purpose: the one that states it, else one that states another.

    Clauses of a section of purposes count where they say something like one; without such a
    section those that clearly state one, wherever they stand.
    """
    purposes = [entry for entry in entries if entry.kind is CatalogueKind.PURPOSE]
    section = {each.reference for each in clauses if section_kind(each.section) == "P"}
    stated = [
        each
        for entry in purposes
        for each in ranked[entry.key]
        if (
            each.score >= WORTH_SHOWING
            if each.reference in section
            else _stands_alone(each, section)
        )
    ]
    found = {}
    for entry in purposes if stated else ():
        best = {each.reference for each in stated}
        near = [each for each in ranked[entry.key] if each.reference in best]
        found[entry.purpose] = near[0].reference if near else stated[0].reference
    return found


def _stands_alone(candidate: Candidate, section: Collection[str]) -> bool:
    return not section and candidate.score >= THRESHOLD


def _headings(matches: Sequence[Match]) -> dict[str, str]:
    """A clause is named after the first duty it states, one of the charter's own if it can be."""
    named = [match for match in matches if match.is_named]
    named.sort(key=lambda match: match.entry.layer is not Layer.CHARTER)
    return {match.reference: match.entry.clause_title for match in reversed(named)}
