"""What the pages of independence and determinations show: frozen plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.answers import Link
from committees import sentences
from committees.dossier import Dossier
from committees.enums import DeterminationKind as Kind
from committees.forms.facts import FACTS
from committees.models import Determination, Director, Fact, PublicSeats, Questionnaire
from committees.rules.findings import (
    Finding,
    IndependenceTest,
    Line,
    Outcome,
    barring,
    first_clear_date,
)
from committees.rules.seats import seats_warnings
from committees.rules.yearly import is_older_than_a_year
from records.dates import long_day
from records.models import Document

TESTS = {
    IndependenceTest.A: lazy("Test A: the exchange"),
    IndependenceTest.B: lazy("Test B: the SEC"),
    IndependenceTest.C: lazy("Test C: preparing the statements"),
}
LINES = {
    Line.EMPLOYED: lazy("Employment by the company"),
    Line.COMPENSATION: lazy("Compensation over the limit"),
    Line.FAMILY_OFFICER: lazy("A family member as an executive officer"),
    Line.BUSINESS: lazy("Payments to or from another organization"),
    Line.INTERLOCK: lazy("Compensation committee interlock"),
    Line.AUDITOR: lazy("Ties to the outside auditor"),
    Line.FEES: lazy("Fees other than for Board service"),
    Line.AFFILIATE: lazy("Affiliation"),
    Line.PREPARATION: lazy("Part in preparing the statements"),
}
OUTCOMES = {
    Outcome.PASSES: lazy("passes"),
    Outcome.JUDGMENT: lazy("the Board weighs it"),
    Outcome.UNANSWERED: lazy("a fact is missing"),
    Outcome.BARRED: lazy("does not pass"),
}


@dataclass(frozen=True)
class TestLine:
    """One line of a test: what it asks, its outcome, and the sentence with reason and citation."""

    title: str
    outcome: str
    because: str
    is_plain: bool


@dataclass(frozen=True)
class TestPart:
    """A test with its lines."""

    title: str
    citation: str
    lines: tuple[TestLine, ...]


@dataclass(frozen=True)
class DeterminationLine:
    """What the Board determined last of one kind, and what can be recorded."""

    title: str
    sentence: str
    detail: str
    url: str
    record_url: str


@dataclass(frozen=True)
class FactLine:
    """A fact as it is on record, its source, and what can be done about it."""

    title: str
    text: str
    source: str
    actions: tuple[Link, ...] = ()


@dataclass(frozen=True)
class QuestionnaireLine:
    """A signed questionnaire. `is_old`: the last one, signed more than twelve months before."""

    signed_on: date
    is_old: bool
    file: Mapping[str, Any] | None
    withdraw_url: str


def tests(findings: Sequence[Finding]) -> list[TestPart]:
    """Tests A, B and C, each with its lines in the order of the rule."""
    return [
        TestPart(
            str(title),
            test.citation,
            tuple(_line(found) for found in findings if found.line.test is test),
        )
        for test, title in TESTS.items()
    ]


def _line(found: Finding) -> TestLine:
    return TestLine(
        title=str(LINES[found.line]),
        outcome=str(OUTCOMES[found.outcome]),
        because=sentences.because(found),
        is_plain=found.outcome is Outcome.PASSES,
    )


def in_short(director: Director, findings: Sequence[Finding], day: date) -> str:
    """Whether every line passes on the day and, where not, from when it would."""
    words = {"name": director.name, "day": long_day(day)}
    bars = barring(findings)
    if not bars:
        if any(found.outcome is Outcome.JUDGMENT for found in findings):
            return _("On %(day)s no line bars %(name)s. The Board weighs what is marked.") % words
        return _("On %(day)s every line passes for %(name)s.") % words
    clear = first_clear_date(bars)
    if clear:
        words["clear"] = long_day(clear)
        return (
            _("On %(day)s a line does not pass for %(name)s. First clear date: %(clear)s.") % words
        )
    return (
        _("On %(day)s a line does not pass for %(name)s. No clear date follows from the record.")
        % words
    )


def determinations(
    dossier: Dossier, director: Director, day: date, *, may_change: bool
) -> list[DeterminationLine]:
    """The latest of each kind as of the day."""
    return [
        _determination(
            kind, director, dossier.determination(director.pk, kind, day), day, may_change
        )
        for kind in Kind
    ]


def _determination(
    kind: Kind, director: Director, made: Determination | None, day: date, may_change: bool
) -> DeterminationLine:
    record = reverse("determine", args=[director.pk, kind.value]) if may_change else ""
    title = sentences.title_of(kind)
    if made is None:
        return DeterminationLine(title, _("No determination is on file."), "", "", record)
    detail = _("Determined on %(day)s.") % {"day": long_day(made.determined_on)}
    if made.ends_on:
        detail = _("Determined on %(day)s; until %(until)s.") % {
            "day": long_day(made.determined_on),
            "until": long_day(made.ends_on),
        }
    elif is_older_than_a_year(made.determined_on, day):
        detail = _("Determined on %(day)s, more than twelve months ago.") % {
            "day": long_day(made.determined_on)
        }
    return DeterminationLine(
        title, sentences.of_determination(made), detail, made.get_absolute_url(), record
    )


def facts_of(director: Director, *, may_change: bool) -> Iterator[FactLine]:
    """Every fact on record of a director that counts, by kind."""
    for slug, kind in FACTS.items():
        rows: Any = kind.model._default_manager
        related = [name for name in ("organization", "questionnaire") if name in _names(kind.model)]
        for fact in rows.standing().filter(director=director).select_related(*related):
            yield FactLine(
                title=str(kind.title),
                text=capfirst(sentences.of_fact(fact)),
                source=_source(fact),
                actions=actions_on(fact, slug) if may_change else (),
            )


def _names(model: Any) -> set[str]:
    return {field.name for field in model._meta.fields}


def _source(fact: Fact) -> str:
    if fact.questionnaire is None:
        return _("Entered from the company’s books.")
    day = long_day(fact.questionnaire.signed_on)
    return _("From the questionnaire signed on %(day)s.") % {"day": day}


def actions_on(fact: Any, slug: str) -> tuple[Link, ...]:
    return (
        Link(_("Correct"), reverse("fact_correct", args=[slug, fact.pk])),
        Link(_("Withdraw"), reverse("fact_withdraw", args=[slug, fact.pk])),
    )


def additions(director: Director) -> list[Link]:
    """The kinds of facts that can be entered."""
    return [
        Link(str(kind.title), reverse("fact_add", args=[director.pk, slug]))
        for slug, kind in FACTS.items()
    ]


def file_of(document: Document | None) -> dict[str, Any] | None:
    """A document as the component shows it."""
    if document is None:
        return None
    return {"label": str(document), "url": document.get_absolute_url(), "size": document.size}


def seats_said(director: Director, day: date) -> list[str]:
    """RULE-14: what the last count of a director's seats asks the Board for; usually nothing."""
    rows = PublicSeats.objects.standing().filter(director=director, as_of__lte=day)
    last = rows.order_by("as_of", "pk").last()
    if last is None:
        return []
    return [sentences.of_seats_warning(last, each) for each in seats_warnings(last.as_rule())]


def questionnaires(
    rows: Iterable[Questionnaire], day: date, *, may_change: bool
) -> list[QuestionnaireLine]:
    """The signed questionnaires, the latest first, as of a date."""
    listed = list(rows)
    last = max((row.signed_on for row in listed), default=day)
    return [
        QuestionnaireLine(
            row.signed_on,
            row.signed_on == last and is_older_than_a_year(last, day),
            file_of(row.document),
            reverse("questionnaire_withdraw", args=[row.pk]) if may_change else "",
        )
        for row in listed
    ]
