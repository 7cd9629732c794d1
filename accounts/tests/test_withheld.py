"""Records that are withheld from one person: from whom, where they are seen, and which rows go."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.enums import Role
from accounts.models import RoleTerm, User
from accounts.withheld import (
    Withheld,
    papers_open_to,
    record_of,
    unless_withheld,
    url_of,
    who_acts_instead,
    withheld_from,
    withheld_from_anybody,
    without_withheld,
)

TWO = Withheld(frozenset({"accounts.User:9", "accounts.User:41", "accounts.RoleTerm:5"}))
FIRST, OTHER = (User(pk=pk).get_absolute_url() for pk in (41, 42))


def test_keys_of_one_model() -> None:
    assert TWO.keys(User) == ["41", "9"]
    assert TWO.keys(RoleTerm) == ["5"]
    assert [TWO.holds(User, key) for key in (9, 41, 5, 4)] == [True, True, False, False]
    assert Withheld().keys(User) == []


def test_addresses_of_records_and_of_acts_on_them() -> None:
    withheld = Withheld(frozenset({"accounts.User:9", "accounts.User:41"}))
    assert withheld.urls == {FIRST, User(pk=9).get_absolute_url()}
    covered = [withheld.covers(path) for path in (FIRST, f"{FIRST}edit/", OTHER, "/")]
    assert covered == [True, True, False, False]
    assert not Withheld().covers(FIRST)


def test_record_of_a_label() -> None:
    record = record_of("accounts.User:41")
    assert (type(record), record.pk) == (User, "41")
    assert url_of("accounts.User:41") == FIRST


def withhold(person: User, *records: User) -> User:
    person.withheld_records = frozenset(f"accounts.User:{each.pk}" for each in records)
    person.save()
    return person


@pytest.mark.django_db
def test_what_is_withheld_from_a_person_and_from_anybody(
    chair: User, secretary: User, management: User, outsider: User
) -> None:
    withhold(chair, management)
    withhold(secretary, management, outsider)
    assert withheld_from(chair).keys(User) == [str(management.pk)]
    assert withheld_from(management) == withheld_from(AnonymousUser()) == Withheld()
    assert withheld_from_anybody().keys(User) == sorted([str(management.pk), str(outsider.pk)])


@pytest.mark.django_db
def test_rows_without_those_that_are_withheld(
    chair: User, secretary: User, management: User
) -> None:
    withhold(chair, management)
    everybody = User.objects.filter(pk__in=[secretary.pk, management.pk])
    terms = RoleTerm.objects.all()
    assert set(without_withheld(everybody, chair)) == {secretary}
    assert without_withheld(everybody, secretary) is everybody
    seen = without_withheld(terms, chair, "user")
    assert set(seen) == set(terms.exclude(user=management)) != set(terms)
    assert set(without_withheld(terms, secretary, "user")) == set(terms)


@pytest.mark.django_db
def test_activity_log_shows_the_rows_that_are_not_withheld(
    chair: User, secretary: User, management: User
) -> None:
    withhold(chair, management)
    of_people = unless_withheld(User, lambda reader: reader != management)
    of_terms = unless_withheld(RoleTerm, lambda reader: True, "user")
    assert (of_people(secretary), of_people(management)) == (True, False)
    assert set(of_people(chair)) == set(User.objects.exclude(pk=management.pk))
    assert set(of_terms(chair)) == set(RoleTerm.objects.exclude(user=management))


@pytest.mark.django_db
def test_papers_of_withheld_records_are_not_open(
    chair: User, secretary: User, management: User
) -> None:
    """People stand for papers here: each term is a row that has one."""
    withhold(chair, management)
    papers = ((RoleTerm, "user", "user"), (RoleTerm, "user", "user"))
    assert papers_open_to(secretary, *papers) is True
    open_to_chair = User.objects.filter(papers_open_to(chair, *papers))
    assert set(open_to_chair) == set(User.objects.exclude(pk=management.pk))


@pytest.mark.django_db
def test_who_acts_instead_is_another_secretary_or_the_secretary(
    chair: User, secretary: User
) -> None:
    assert Role.SECRETARY in secretary.roles_today
    assert "secretary can say who acts on it" in who_acts_instead(chair)
    assert "Another corporate secretary" in who_acts_instead(secretary)
