"""Records that forms change: every change moves their revision on."""

import pytest

from accounts.models import User
from accounts.tests.personas import make_person
from records.models import Holiday

pytestmark = pytest.mark.django_db


@pytest.fixture
def holiday() -> Holiday:
    return Holiday.objects.create(on="2026-07-03", name="Independence Day (observed)")


def test_every_save_of_a_stored_record_moves_it_on(holiday: Holiday) -> None:
    assert holiday.revision == 1
    holiday.save()
    assert holiday.revision == 2
    holiday.save(update_fields=["name"])
    assert holiday.revision == 3
    holiday.save(update_fields=("on", "name"))
    assert Holiday.objects.get().revision == holiday.revision == 4


def test_a_save_of_what_was_read_long_ago_moves_on_what_is_stored(holiday: Holiday) -> None:
    """Counted in the database: two that read the same never leave the same revision behind."""
    long_ago = Holiday.objects.get()
    holiday.save()
    holiday.save()
    long_ago.save()
    assert long_ago.revision == 4


def test_an_entry_beside_it_moves_it_on(holiday: Holiday) -> None:
    holiday.move_on()
    assert holiday.revision == Holiday.objects.get().revision == 2


def test_what_no_form_shows_leaves_it_as_it_is(db: None) -> None:
    person = make_person("Petra")
    before = person.revision
    person.save(update_fields=["last_login"])
    assert User.objects.get(pk=person.pk).revision == before
    person.save(update_fields=["last_login", "name"])
    assert person.revision == before + 1
