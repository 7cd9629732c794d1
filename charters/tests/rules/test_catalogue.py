"""The catalogue: every entry complete, in order, honest about its layer, neutral in its words."""

import re
from collections import Counter

import pytest

from charters.reading.headings import KINDS
from charters.reading.similarity import stems
from charters.rules.catalogue import CATALOGUE, ENTRIES, NOTES, Cadence, CatalogueKind, Layer

ACTORS = ("The Committee ", "The Board ")

COUNTERPARTIES = {"", "management", "external auditor", "internal auditor", "Board"}
PURPOSES = {"statements", "compliance", "auditor", "audit performance"}
YEARLY_LOOKS = {
    "look-litigation": True,
    "look-disclosure-controls": True,
    "look-tax": False,
    "look-treasury": False,
    "look-insurance": False,
    "look-code-of-conduct": False,
    "look-cyber": False,
    "look-non-gaap": False,
}


def not_so(holds, things=CATALOGUE):
    """The keys of those of which it does not hold: one test names them all."""
    return [thing.key for thing in things if not holds(thing)]


def test_keys_and_titles_are_given_once():
    for values in (
        [e.key for e in CATALOGUE],
        [e.title for e in CATALOGUE],
        [n.key for n in NOTES],
    ):
        assert [value for value, times in Counter(values).items() if times > 1] == []


@pytest.mark.parametrize(
    "holds",
    [
        lambda entry: re.fullmatch(r"[a-z]+(-[a-z]+)*", entry.key) and len(entry.key) <= 60,
        lambda entry: 0 < len(entry.title) <= 100 and 0 < len(entry.clause_title) <= 60,
        lambda entry: entry.counterparty in COUNTERPARTIES and entry.purpose in PURPOSES,
        lambda entry: entry.section in KINDS,
        lambda entry: entry.wordings and all(stems(wording) for wording in entry.wordings),
    ],
    ids=["key", "titles", "counterparty and purpose", "section", "wordings"],
)
def test_entries_are_complete(holds):
    assert not_so(holds) == []


def test_due_days_lie_in_their_period():
    months = {entry.key: 3 if entry.cadence is Cadence.QUARTERLY else 12 for entry in CATALOGUE}
    assert not_so(lambda entry: 1 <= entry.due_month <= months[entry.key]) == []
    assert not_so(lambda entry: entry.due_day is None or 1 <= entry.due_day <= 31) == []
    assert not_so(lambda entry: 1 <= entry.times <= 52 and 1 <= entry.months <= 120) == []


def test_citations_carry_no_marks_of_our_research():
    assert not_so(lambda entry: not re.search(r"\b[VM]\(|\bM\b", entry.citation)) == []
    assert not_so(lambda entry: entry.citation or entry.layer is not Layer.LAW) == []


def test_words_are_neutral():
    loaded = re.compile(r"violat|fail|breach|broken|overdue|must", re.IGNORECASE)
    texts = ("title", "clause_title", "not_applicable_reason")
    assert not_so(lambda e: not any(loaded.search(getattr(e, text)) for text in texts)) == []


def test_only_good_practice_is_off_until_it_is_switched_on():
    assert not_so(lambda entry: entry.applies or entry.layer is Layer.GOOD_PRACTICE) == []


def test_the_eight_yearly_looks():
    looks = {entry.key: entry.applies for entry in CATALOGUE if entry.key.startswith("look-")}
    assert looks == YEARLY_LOOKS
    assert {ENTRIES[key].layer for key in looks} == {Layer.GOOD_PRACTICE}
    assert {ENTRIES[key].due_month for key in looks} == {10}


def test_without_internal_audit_the_reason_is_written_already():
    reasoned = {entry.key for entry in CATALOGUE if entry.not_applicable_reason}
    assert reasoned == {"session-internal-auditor", "internal-audit-plan"}
    assert {ENTRIES[key].counterparty for key in reasoned} == {"internal auditor"}


@pytest.mark.parametrize(
    ("key", "kind", "layer", "cadence", "times", "due_month"),
    [
        ("minimum-size", CatalogueKind.CONDITION, "CH", "times", 1, 4),
        ("evaluate-auditor", CatalogueKind.RECURRING, "CH", "times", 1, 5),
        ("pre-approve-non-audit", CatalogueKind.EVENT, "CH", "times", 1, 12),
        ("pre-approval-policy", CatalogueKind.PROCEDURE, "CH", "times", 1, 12),
        ("quality-control-report", CatalogueKind.RECURRING, "CH", "times", 1, 12),
        ("independence-dialogue", CatalogueKind.RECURRING, "CH", "times", 1, 12),
        ("audit-plan", CatalogueKind.RECURRING, "CH", "times", 1, 9),
        ("annual-statements", CatalogueKind.RECURRING, "CH", "times", 1, 3),
        ("quarterly-statements", CatalogueKind.RECURRING, "LAW", "times", 3, 11),
        ("committee-report", CatalogueKind.RECURRING, "LAW", "times", 1, 4),
        ("related-party-review", CatalogueKind.EVENT, "LAW", "times", 1, 12),
        ("advisers", CatalogueKind.AUTHORITY, "CH", "times", 1, 12),
        ("four-meetings", CatalogueKind.RECURRING, "CH", "times", 4, 12),
        ("session-auditor", CatalogueKind.RECURRING, "CH", "times", 1, 12),
        ("session-auditor-quarterly", CatalogueKind.RECURRING, "GP", "quarterly", 1, 3),
        ("compliance-report", CatalogueKind.RECURRING, "GP", "quarterly", 1, 3),
    ],
)
def test_the_terms_of_the_main_duties(key, kind, layer, cadence, times, due_month):
    entry = ENTRIES[key]
    found = (entry.kind, entry.layer, entry.cadence, entry.times, entry.due_month)
    assert found == (kind, layer, cadence, times, due_month)


def test_each_purpose_has_its_entry():
    purposes = {
        entry.purpose: entry.layer for entry in CATALOGUE if entry.kind is CatalogueKind.PURPOSE
    }
    assert purposes == dict.fromkeys(PURPOSES, Layer.CHARTER)


def test_notes_are_dated_sourced_and_know_their_words():
    assert not_so(lambda note: note.text.endswith(".") and note.source, NOTES) == []
    assert not_so(lambda note: note.dated.year >= 2026 and note.terms.needs, NOTES) == []


def test_every_duty_says_in_the_past_tense_who_did_what() -> None:
    said = {entry.key: entry.past for entry in CATALOGUE}
    assert [key for key, past in said.items() if not past.startswith(ACTORS)] == []
    assert [key for key, past in said.items() if past.endswith(".") or " shall " in past] == []
