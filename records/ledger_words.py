"""How the ledger is told: who may see its subjects, what they are called, what each act says.

An app adds the models that its entries are about in its module `ledger_lines.py`:

    SUBJECTS.add(Subject("charters.Duty", visible=reads_standings, title=str))

and the words of its acts with the services that record them:

    DUTY_ENDED = ledger.action("duty.ended", _("ended the duty %(record)s"))

A subject that nobody has registered is shown to nobody, and of a line whose subject the reader may
not see nothing is told but that it is there. The same rule is asked of the entries of a page and,
as a condition of the database, of what a filter finds: no filter finds more than a page shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, Replace
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from records.models.ledger import LedgerEntryQuerySet
from records.registry import ExtensionPoint

# Asked with the reader: all of them (True), none (False), or those in the QuerySet.
Visible = Callable[[Any], bool | QuerySet[Any]]
Title = Callable[[Any], str]

RECORD = "%(record)s"
# What a row raises whose columns hold what no act wrote: SQLite stores any type in any column.
UNREADABLE = (ValueError, TypeError, ArithmeticError, AttributeError)
EVERY = ".*"


@dataclass(frozen=True)
class Subject:
    """How the ledger's subjects of a model are told.

    name      `app.Model`, or `app.*` for all models of an app that have no entry of their own
    visible   who may see which; left out, it is that of `app.*`
    title     what one is called; left out, its kind and number
    related   what the titles need, to be loaded with them
    """

    name: str
    visible: Visible | None = None
    title: Title | None = None
    related: tuple[str, ...] = ()


@dataclass(frozen=True)
class Action:
    """What somebody did, and its words: `approved the minutes %(record)s`."""

    name: str
    words: str | Promise

    def __post_init__(self) -> None:
        if RECORD not in str(self.words):
            raise ValueError(f"The words of {self.name} have to name its {RECORD}.")

    def __str__(self) -> str:
        return self.name


SUBJECTS: ExtensionPoint[Subject] = ExtensionPoint("ledger subjects", module="ledger_lines")
# The words of an act stand with its service.
ACTIONS: ExtensionPoint[Action] = ExtensionPoint("ledger actions", module="services")


def action(name: str, words: str | Promise) -> Action:
    """Give an act its name and its words, where the service stands that records it."""
    return ACTIONS.add(Action(name, words))


def actions() -> list[tuple[str, str]]:
    """Every action that has words, and those words without a record, in their order."""
    return list(_actions(tuple(each.name for each in ACTIONS), get_language() or ""))


@lru_cache(maxsize=4)
def _actions(names: tuple[str, ...], language: str) -> tuple[tuple[str, str], ...]:
    told = ((name, short(name)) for name in names)
    return tuple(sorted(told, key=lambda one: one[1]))


def words(action: str) -> str:
    """What was done, with a place for the record; for what no app tells any more, its name."""
    if known := ACTIONS.find(action):
        return str(known.words)
    plain = action.replace(".", " ").replace("_", " ")
    return _("recorded “%(act)s” on %(record)s") % {"act": plain, "record": RECORD}


def short(action: str) -> str:
    return " ".join(words(action).replace(RECORD, "…").split())


def seen(reader: Any, subjects: Collection[str]) -> set[str]:
    """Those of the subjects that this reader may see, by their labels: in one query.

    Labels come from the ledger, and from an address as well, into which anything can be typed.
    """
    found: set[str] = set()
    asked: list[QuerySet[Any]] = []
    undashed: dict[str, str] = {}
    for model, keys in by_model(subjects).items():
        visible, labels = _visible(reader, model), _labels(model, _legible(model, keys))
        if isinstance(visible, QuerySet):
            rows = visible.filter(pk__in=[label.partition(":")[2] for label in labels])
            asked.append(_labelled(model, rows).values_list("ledger_label", flat=True))
            undashed |= {label.replace("-", ""): label for label in labels}
        elif visible:
            found |= labels
    if asked:
        first, *others = asked
        found |= {undashed[label] for label in first.union(*others, all=True)}
    return found


def by_model(subjects: Iterable[str]) -> dict[str, set[str]]:
    """The keys of the subjects, by model."""
    keys: dict[str, set[str]] = defaultdict(set)
    for subject in subjects:
        model, _colon, key = subject.partition(":")
        keys[model].add(key)
    return keys


def _labels(model: str, keys: Iterable[str]) -> set[str]:
    return {f"{model}:{key}" for key in keys}


def _labelled(label: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with how the ledger names them. SQLite stores a UUID without its dashes, so they are
    left out everywhere."""
    key = undashed(Cast("pk", TextField()))
    named = Concat(Value(f"{label}:"), key, output_field=TextField())
    found: QuerySet[Any] = rows.order_by().annotate(ledger_label=named)
    return found


def _legible(model: str, keys: Collection[str]) -> set[str]:
    """Those that are written as the model's keys are."""
    known = _model(model)
    return {key for key in keys if known is None or _is_key(known._meta.pk, key)}


def _is_key(field: Field[Any, Any], text: str) -> bool:
    try:
        key = field.to_python(text)
        field.run_validators(key)
    except ValidationError:
        return False
    return str(key) == text


def titles(model: str, keys: Collection[str]) -> dict[str, str]:
    """What the subjects are called, by key: their titles, or what they are and their number."""
    known = _model(model)
    if known is None:
        return {key: f"{model}:{key}" for key in keys}
    named = {key: f"{known._meta.verbose_name} {key[:8]}" for key in keys}
    subject = SUBJECTS.find(model)
    if subject and subject.title:
        rows = known._default_manager.filter(pk__in=keys).prefetch_related(*subject.related)
        named |= titled(rows, subject.title)
    return named


def titled(rows: QuerySet[Any], title: Title) -> dict[str, str]:
    """Row by row where one of them cannot be read: that one is called by its number."""
    try:
        return {str(row.pk): title(row) for row in rows}
    except UNREADABLE:
        keys = rows.values_list("pk", flat=True)
        return {str(key): _title_of(rows, key, title) for key in keys}


def _title_of(rows: QuerySet[Any], key: Any, title: Title) -> str:
    try:
        return title(rows.get(pk=key))
    except UNREADABLE:
        return f"{rows.model._meta.verbose_name} {key}"


def open_to(reader: Any, entries: LedgerEntryQuerySet) -> LedgerEntryQuerySet:
    """Those of the entries whose subject this reader may see."""
    condition = Q(pk__in=[])
    for subject in SUBJECTS:
        if subject.visible is None:
            continue
        visible = subject.visible(reader)
        if not subject.name.endswith(EVERY):
            condition |= of_model(subject.name, visible)
        elif visible:
            condition |= of_app(subject.name)
    return entries.alias(undashed=undashed("subject")).filter(condition)


def _visible(reader: Any, model: str) -> bool | QuerySet[Any]:
    for name in (model, f"{model.partition('.')[0]}{EVERY}"):
        subject = SUBJECTS.find(name)
        if subject and subject.visible:
            return subject.visible(reader)
    return False


def of_app(name: str) -> Q:
    """The entries of an app's models but for those that say for themselves who sees them."""
    app = name.removesuffix(EVERY)
    condition = begins(f"{app}.")
    for subject in SUBJECTS:
        if subject.name.startswith(f"{app}.") and subject.visible and subject.name != name:
            condition &= ~begins(f"{subject.name}:")
    return condition


def of_model(label: str, visible: bool | QuerySet[Any]) -> Q:
    if not isinstance(visible, QuerySet):
        return begins(f"{label}:") if visible else Q(pk__in=[])
    rows = _labelled(label, visible).values("ledger_label")
    return begins(f"{label}:") & Q(undashed__in=rows)


def begins(text: str) -> Q:
    return Q(subject__startswith=text)


def undashed(text: str | Cast) -> Replace:
    return Replace(text, Value("-"), Value(""), output_field=TextField())


def _model(label: str) -> type[Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None
