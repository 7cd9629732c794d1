"""The bases of recorded rows: each declared once, for every model of the portal."""

import pytest
from django.apps import apps
from django.db import models

from records.enums import SystemActor
from records.facts import recorded
from records.models import LegalHold
from records.models.bases import Attributed, Immutable, ImmutableQuerySet, Salted, new_salt
from records.tests.filing import AT

MODELS = apps.get_models()


def fields(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.get_fields()}


def test_every_salt_and_every_recording_comes_from_its_base() -> None:
    salted = {model for model in MODELS if "salt" in fields(model)}
    signed = {model for model in MODELS if fields(model) & {"recorded_by", "recorded_at"}}
    assert salted == {model for model in MODELS if issubclass(model, Salted)}
    assert signed == {model for model in MODELS if issubclass(model, Attributed)}


@pytest.mark.parametrize("model", [one for one in MODELS if issubclass(one, Immutable)])
def test_managers_of_immutable_models_guard_their_rows(model: type[Immutable]) -> None:
    for manager in model._meta.managers:
        assert isinstance(manager.get_queryset(), ImmutableQuerySet)
    assert model.may_gain <= fields(model)


def test_each_row_has_a_salt_of_its_own() -> None:
    one, other = LegalHold(), LegalHold()
    assert len(one.salt) == len(new_salt()) == 32
    assert one.salt != other.salt


def test_a_person_is_recorded_with_the_row_and_a_command_is_not(secretary: object) -> None:
    assert recorded(secretary, AT) == {"recorded_by": secretary, "recorded_at": AT}
    assert recorded(SystemActor.OPERATOR, AT) == {"recorded_by": None, "recorded_at": AT}
