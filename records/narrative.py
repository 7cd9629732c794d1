"""The registry of how the ledger is told: who may see its subjects, what they are called, what each
act says.

Every app tells its own in its module `lines.py`, which is found when Django starts:

    register_subject("committees.Duty", visible=reads_standings, title=str)
    register_acts({"duty.ended": _("ended the duty %(record)s")})

A subject that nobody has registered is shown to nobody, and of a line whose subject the reader may
not see nothing is told but that it is there. The same rule is asked of the entries of a page and,
as a condition of the database, of what a filter finds: no filter finds more than a page shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, Replace
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _

from records.models.ledger import LedgerEntryQuerySet

# Asked with the reader: all of them (True), none (False), or those in the QuerySet.
Visible = Callable[[Any], bool | QuerySet[Any]]
Title = Callable[[Any], str]

RECORD = "%(record)s"


@dataclass(frozen=True)
class Subject:
    """How the ledger's subjects of a model are told; `related` is what their titles need."""

    visible: Visible | None = None
    title: Title | None = None
    related: tuple[str, ...] = ()


_subjects: dict[str, Subject] = {}
_acts: dict[str, str | Promise] = {}


def register_subject(
    label: str,
    visible: Visible | None = None,
    title: Title | None = None,
    related: tuple[str, ...] = (),
) -> None:
    """Tell of the subjects of a model (`app.Model`) or who may see all others of an app (`app`).

    Without `visible` a model's subjects are seen by whoever sees the app's.
    """
    _subjects[label] = Subject(visible, title, related)


def register_acts(words: Mapping[str, str | Promise]) -> None:
    """What somebody did, by action: `attested the duty %(record)s`."""
    for action, told in words.items():
        if RECORD not in str(told):
            raise ValueError(f"{action} has to name its {RECORD}.")
        if action in _acts:
            raise ValueError(f"{action} has words already.")
        _acts[action] = told


def autodiscover() -> None:
    autodiscover_modules("lines")


def actions() -> list[tuple[str, str]]:
    """Every action that has words, and those words without a record, in their order."""
    told = {action: short(action) for action in _acts}
    return sorted(told.items(), key=lambda one: one[1])


def words(action: str) -> str:
    """What was done, with a place for the record; for what no app tells any more, its name."""
    plain = action.replace(".", " ").replace("_", " ")
    return str(
        _acts.get(action)
        or _("recorded “%(act)s” on %(record)s") % {"act": plain, "record": RECORD}
    )


def short(action: str) -> str:
    return re.sub(r"\s+", " ", words(action).replace(RECORD, "…")).strip()


def seen(reader: Any, model: str, keys: Collection[str]) -> set[str]:
    """Those of a model's subjects, by their keys, that this reader may see.

    Keys come from the ledger, and from an address as well, into which anything can be typed.
    """
    visible, keys = _visible(reader, model), _legible(model, keys)
    if not isinstance(visible, QuerySet):
        return set(keys) if visible else set()
    return {str(key) for key in visible.filter(pk__in=keys).values_list("pk", flat=True)}


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
    subject = _subjects.get(model, Subject())
    if subject.title:
        rows = known._default_manager.filter(pk__in=keys).prefetch_related(*subject.related)
        named |= {str(row.pk): subject.title(row) for row in rows}
    return named


def open_to(reader: Any, entries: LedgerEntryQuerySet) -> LedgerEntryQuerySet:
    """Those of the entries whose subject this reader may see."""
    condition = Q(pk__in=[])
    for app in [label for label in _subjects if "." not in label]:
        if _visible(reader, app):
            condition |= _begins(f"{app}.") & ~_apart(app)
    for label, subject in _subjects.items():
        if "." in label and subject.visible:
            condition |= _of_model(label, subject.visible(reader))
    # SQLite stores a UUID without its dashes, so they are left out on both sides.
    return entries.alias(undashed=_undashed("subject")).filter(condition)


def is_any_closed_to(reader: Any, entries: LedgerEntryQuerySet) -> bool:
    """Whether one of the entries tells of a record that is there and closed to this reader.

    Of a record that is gone, such as a notice after its year, nothing is left to be closed.
    """
    entries = entries.alias(undashed=_undashed("subject"))
    return any(entries.filter(condition).exists() for condition in _closed_to(reader))


def _closed_to(reader: Any) -> Iterator[Q]:
    """What is closed to a reader, label by label; as a rule nothing, and then no entry is read."""
    for label, subject in _subjects.items():
        if not subject.visible:
            continue
        visible = subject.visible(reader)
        if isinstance(visible, QuerySet):
            seen = visible.order_by().values("pk")
            closed = visible.model._base_manager.exclude(pk__in=seen)
            if closed.exists():
                yield _of_model(label, closed)
        elif not visible:
            is_app = "." not in label
            yield _begins(f"{label}.") & ~_apart(label) if is_app else _begins(f"{label}:")


def _visible(reader: Any, label: str) -> bool | QuerySet[Any]:
    for name in (label, label.partition(".")[0]):
        subject = _subjects.get(name)
        if subject and subject.visible:
            return subject.visible(reader)
    return False


def _apart(app: str) -> Q:
    """The entries of an app's models that say for themselves who sees them."""
    condition = Q(pk__in=[])
    for label, subject in _subjects.items():
        if label.startswith(f"{app}.") and subject.visible:
            condition |= _begins(f"{label}:")
    return condition


def _of_model(label: str, visible: bool | QuerySet[Any]) -> Q:
    if not isinstance(visible, QuerySet):
        return _begins(f"{label}:") if visible else Q(pk__in=[])
    key = _undashed(Cast("pk", TextField()))
    rows = visible.order_by().annotate(
        ledger_label=Concat(Value(f"{label}:"), key, output_field=TextField())
    )
    return _begins(f"{label}:") & Q(undashed__in=rows.values("ledger_label"))


def _begins(text: str) -> Q:
    return Q(subject__startswith=text)


def _undashed(text: str | Cast) -> Replace:
    return Replace(text, Value("-"), Value(""), output_field=TextField())


def _model(label: str) -> type[Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None
