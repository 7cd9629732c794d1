"""Every record of this app has a title in the activity log, and every entry an owner."""

import pytest
from django.apps import apps
from django.db.models import Model

from committees.models.entries import Entry
from committees.tests.factories import a_director
from committees.tests.recording import determined, set_up
from records import ledger_words

MODELS = list(apps.get_app_config("committees").get_models())
ENTRIES = [model for model in MODELS if issubclass(model, Entry)]


@pytest.mark.parametrize("model", ENTRIES)
def test_every_entry_keeps_what_it_belongs_to(model: type[Entry]) -> None:
    assert model._meta.get_field(model.belongs_to).many_to_one
    assert not model.day_field or model._meta.get_field(model.day_field)


@pytest.mark.parametrize("model", MODELS)
def test_every_model_has_its_title(model: type[Model]) -> None:
    assert ledger_words.SUBJECTS.get(model._meta.label).title


@pytest.mark.django_db
def test_record_is_named_in_the_log() -> None:
    set_up()
    made = determined(a_director("Ngozi Okafor"))
    assert ledger_words.titles("committees.Determination", [str(made.pk)]) == {
        str(made.pk): "Ngozi Okafor: independent, for the audit committee"
    }
