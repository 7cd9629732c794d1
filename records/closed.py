"""Rows about a record that its reader may not see: left out, one and all.

Whether all records of a model are open to a reader is kept until the next act: as a rule they are,
and then no row is asked (docs/adr/0026-snapshot.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Left, StrIndex

from records import clock
from records.kept import Kept
from records.ledger_words import EVERY, SUBJECTS, Subject, begins, of_app, of_model, undashed

if TYPE_CHECKING:
    from records.models.ledger import LedgerEntryQuerySet

Rows = TypeVar("Rows", bound=QuerySet[Any])

# Whether a record of a subject is closed to a reader on a date: only an act changes it.
_closed_to: Kept[bool] = Kept(most=5_000)


def without_restricted(reader: Any, rows: Rows, apart: str) -> Rows:
    """Rows with a `subject`, without those about a record that is there and that this reader may
    not see. `apart` is the rows' own label: what they are about is not themselves."""
    rows = rows.alias(undashed=undashed("subject"))
    for condition in _restricted_from(reader, apart, _models_of(rows)):
        rows = rows.exclude(condition)
    return rows


def _models_of(rows: QuerySet[Any]) -> set[str]:
    """What the rows are about: the models of their subjects, in one query."""
    model = Left("subject", StrIndex("subject", Value(":")) - 1)
    about = rows.model._base_manager.exclude(subject="").annotate(about=model)
    return set(about.order_by().values_list("about", flat=True).distinct())


def is_any_restricted_from(reader: Any, entries: LedgerEntryQuerySet) -> bool:
    """Whether one of the entries tells of a record that is there and closed to this reader.

    Of a record that is gone, such as a notice after its year, nothing is left to be closed.
    """
    entries = entries.alias(undashed=undashed("subject"))
    return any(entries.filter(condition).exists() for condition in _restricted_from(reader))


def _restricted_from(
    reader: Any, apart: str = "", about: Collection[str] | None = None
) -> Iterator[Q]:
    """What is closed to a reader, entry by entry; as a rule nothing, and then no row is read. Only
    those models are asked that anything is about, where these are named."""
    asked = [
        subject
        for subject in SUBJECTS
        if subject.visible
        and subject.name != apart
        and (about is None or _is_about(subject.name, about))
    ]
    for name in _hiding(asked, reader):
        visible = _visible(name, reader)
        if isinstance(visible, QuerySet):
            yield of_model(name, _closed(visible))
        else:
            yield of_app(name) if name.endswith(EVERY) else begins(f"{name}:")


def _hiding(subjects: Iterable[Subject], reader: Any) -> list[str]:
    """Those of the subjects, by name, of which something is closed to the reader."""
    who = f"{reader.pk} {clock.today()} "

    def ask(keys: Collection[str]) -> dict[str, bool]:
        return {key: _hides(key.removeprefix(who), reader) for key in keys}

    found = _closed_to.read([f"{who}{subject.name}" for subject in subjects], ask)
    return [key.removeprefix(who) for key, is_closed in found.items() if is_closed]


def _hides(name: str, reader: Any) -> bool:
    visible = _visible(name, reader)
    return _closed(visible).exists() if isinstance(visible, QuerySet) else not visible


def _visible(name: str, reader: Any) -> bool | QuerySet[Any]:
    subject = SUBJECTS.get(name)
    return subject.visible(reader) if subject.visible else False


def _closed(visible: QuerySet[Any]) -> QuerySet[Any]:
    """Those that are not among the visible."""
    found: QuerySet[Any] = visible.model._base_manager.exclude(
        pk__in=visible.order_by().values("pk")
    )
    return found


def _is_about(name: str, models: Collection[str]) -> bool:
    if name.endswith(EVERY):
        return any(model.startswith(name.removesuffix("*")) for model in models)
    return name in models
