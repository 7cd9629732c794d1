"""A text that is put in the place of a recorded one is named, whatever its record."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction

from charter_portal.demo import history
from charter_portal.demo.company import Stage
from records import texts
from records.facts import label
from records.models.bases import Salted

# Of these the example company has no text.
UNTOLD = {
    ("auditors.DateCorrection", "reason"),
    ("charters.Action", "owner_name"),
    ("charters.EventDeadline", "reason"),
    ("charters.EventEnding", "reason"),
    ("charters.EventEntry", "calls"),
    ("charters.EventEntry", "determined"),
    ("meetings.AgendaItem", "removal_reason"),
    ("meetings.Correction", "text"),
    ("meetings.Meeting", "cancel_reason"),
    ("records.LegalHold", "lifted_because"),
    ("records.LegalHold", "lifting_because"),
    ("records.LegalHold", "reason"),
    ("records.Notice", "cancelled_because"),
}


def sealed() -> Iterator[tuple[Any, str]]:
    for model in apps.get_models():
        if issubclass(model, Salted):
            yield from ((model, name) for name in model.sealed)


def replace(row: Any, **values: str) -> None:
    """As somebody who may write into the database."""
    models.QuerySet(type(row)).filter(pk=row.pk).update(**values)


@pytest.mark.django_db
def test_every_text_that_is_replaced_is_named() -> None:
    history.tell(Stage.until(date(2026, 11, 20)), with_pdfs=False)
    assert texts.changed() == []
    held = {
        (model._meta.label, name): row
        for model, name in sealed()
        if (row := model._base_manager.exclude(**{name: ""}).exclude(salt="").first())
    }
    beginning = transaction.savepoint()
    for (_model, name), row in held.items():
        replace(row, **{name: f"Not {getattr(row, name)}"[:40]})
    assert set(texts.changed()) == {label(row) for row in held.values()}
    transaction.savepoint_rollback(beginning)

    untold = {(model._meta.label, name) for model, name in sealed()} - held.keys()
    assert untold == UNTOLD
