"""Queries that are written once (records.prepared)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import RoleTerm, User
from accounts.tests.personas import make_person
from records.prepared import Prepared

pytestmark = pytest.mark.django_db


def test_rows_are_those_of_the_query_in_its_order() -> None:
    people = [make_person(name) for name in ("Zoe", "Ann")]
    everybody: Prepared[User] = Prepared(User.objects.all)
    assert everybody.rows() == list(User.objects.all()) == people[::-1]
    assert everybody.first() == people[1]


def test_parameters_take_the_place_of_those_it_was_written_with() -> None:
    one, other = make_person("Ann", Role.DIRECTOR), make_person("Ben", Role.SECRETARY)
    written = []

    def terms() -> object:
        written.append(1)
        return RoleTerm.objects.filter(user=0)

    prepared: Prepared[RoleTerm] = Prepared(terms)
    with CaptureQueriesContext(
        connection,
    ) as made:
        found = [prepared.rows(person.pk) for person in (one, other, one)]
    assert [[term.role for term in each] for each in found] == [
        [Role.DIRECTOR],
        [Role.SECRETARY],
        [Role.DIRECTOR],
    ]
    assert len(made) == 3
    assert written == [1]
    assert prepared.first(0) is None
