"""What import-linter cannot see: relations that Django adds to a lower layer from a higher one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

LAYERS = (
    ("charter_portal",),
    ("auditors", "whistleblower"),
    ("meetings",),
    ("committees",),
    ("charters",),
    ("accounts",),
    ("records",),
)
HEIGHT = {app: -place for place, layer in enumerate(LAYERS) for app in layer}


def upward(app: str) -> Iterator[str]:
    """The names by which the models of an app reach records of the layers above it."""
    for model in apps.get_app_config(app).get_models():
        for relation in model._meta.related_objects:
            other = relation.related_model._meta.app_label
            name = relation.get_accessor_name()
            if name and HEIGHT.get(other, HEIGHT[app]) > HEIGHT[app]:
                yield name
                yield relation.name


def uses(text: str, name: str) -> bool:
    """As an attribute, or in the lookup of a query."""
    loads = r"(select_related|prefetch_related|values|values_list|order_by)\([^)]*[\"']"
    return bool(re.search(rf"\.{name}\b(?!\()|\b{name}__|__{name}\b|{loads}{name}\b", text))


@pytest.mark.parametrize("app", sorted(HEIGHT))
def test_no_module_reads_records_of_a_layer_above(app: str) -> None:
    names = set(upward(app))
    found = [
        f"{path}: {name}"
        for path in sorted((Path(settings.BASE_DIR) / app).rglob("*.py"))
        if not {"tests", "migrations"} & set(path.parts)
        for name in sorted(names)
        if uses(path.read_text(encoding="utf-8"), name)
    ]
    assert found == []


def test_the_relations_of_a_seat_are_seen_as_upward() -> None:
    assert "memberships" in set(upward("charters"))
    assert uses("committee.memberships.in_office(day)", "memberships")
    assert uses("filter(director__user=user)", "director")
    assert uses('rows.select_related("memberships")', "memberships")
    assert not uses("the memberships of a committee", "memberships")
