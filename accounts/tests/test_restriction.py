"""Items restricted from a role or a person: no other role opens them.

That the condition for rows says the same is proved on rows, in `charters/tests/test_restricted.py`.
"""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from accounts.enums import Role
from accounts.models import RoleTerm, User
from accounts.models.restricted import PeopleField, RolesField
from accounts.restriction import (
    UNRESTRICTED,
    BarredSpan,
    Restriction,
    Together,
    barred_spans,
    mark,
    of_record,
    open_rows,
)

DAY = date(2026, 3, 2)
MANAGEMENT = frozenset({Role.MANAGEMENT})
FROM_MANAGEMENT = Restriction(MANAGEMENT)
some_roles = st.frozensets(st.sampled_from(Role))


def holder(held: frozenset[Role], pk: int = 1) -> User:
    """A person who has held these roles for years, and whom no database knows."""
    user = User(pk=pk)
    user.role_terms = [RoleTerm(role=role, starts_on=date(2015, 1, 1)) for role in held]
    return user


@given(held=some_roles, restricted=some_roles)
def test_one_restricted_role_is_enough_whatever_else_is_held(
    held: frozenset[Role], restricted: frozenset[Role]
) -> None:
    assert Restriction(restricted).bars(holder(held), on=DAY) == bool(held & restricted)


@given(held=some_roles, more=some_roles, restricted=some_roles)
def test_another_role_never_opens_what_is_restricted(
    held: frozenset[Role], more: frozenset[Role], restricted: frozenset[Role]
) -> None:
    if Restriction(restricted).bars(holder(held), on=DAY):
        assert Restriction(restricted).bars(holder(held | more), on=DAY)


@given(held=some_roles, restricted=some_roles)
def test_the_named_person_is_barred_by_name_alone(
    held: frozenset[Role], restricted: frozenset[Role]
) -> None:
    by_name = Restriction(restricted, frozenset({7}))
    assert by_name.bars(holder(held, pk=7), on=DAY)
    other = holder(held, pk=8)
    assert by_name.bars(other, on=DAY) == Restriction(restricted).bars(other, on=DAY)


@given(held=some_roles)
def test_unrestricted_is_open_to_who_is_signed_in_and_to_nobody_else(
    held: frozenset[Role],
) -> None:
    assert not UNRESTRICTED.bars(holder(held), on=DAY)
    assert UNRESTRICTED.bars(AnonymousUser(), on=DAY)


ISSUED, TODAY = date(2026, 3, 2), date(2026, 11, 2)
A_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "now", "at_issue", "growing"),
    [
        (date(2015, 1, 1), None, True, True, True),
        (date(2015, 1, 1), TODAY + A_DAY, True, True, True),
        (date(2015, 1, 1), TODAY, False, True, True),
        (date(2015, 1, 1), ISSUED + A_DAY, False, True, True),
        (date(2015, 1, 1), ISSUED, False, False, False),
        (ISSUED, ISSUED, False, False, False),
        (ISSUED, ISSUED + A_DAY, False, True, True),
        (ISSUED + A_DAY, TODAY, False, False, True),
        (TODAY, None, True, True, True),
        (TODAY + A_DAY, None, False, False, True),
    ],
    ids=[
        "always",
        "until tomorrow",
        "until yesterday",
        "up to the day of issue",
        "given up the day before issue",
        "taken back at once",
        "on the day of issue only",
        "between only",
        "from today",
        "from tomorrow",
    ],
)
def test_which_term_of_a_restricted_role_bars(
    starts_on: date, ends_on: date | None, now: bool, at_issue: bool, growing: bool
) -> None:
    """By the roles of today alone; of an item issued in March; and of one that grew since."""
    user = User(pk=1)
    user.role_terms = [RoleTerm(role=Role.MANAGEMENT, starts_on=starts_on, ends_on=ends_on)]
    assert (
        FROM_MANAGEMENT.bars(user, on=TODAY),
        Restriction(MANAGEMENT, since=ISSUED).bars(user, on=TODAY),
        Restriction(MANAGEMENT, since=ISSUED, grows=True).bars(user, on=TODAY),
    ) == (now, at_issue, growing)


def test_role_of_the_day_of_issue_bars_after_it_was_given_up(
    secretary_in_management: User,
) -> None:
    me = secretary_in_management
    me.roleterm_set.filter(role=Role.MANAGEMENT).update(ends_on=DAY)
    me.forget_roles()
    assert not FROM_MANAGEMENT.bars(me, on=DAY)
    assert Restriction(MANAGEMENT, since=DAY - A_DAY).bars(me, on=DAY)
    assert not Restriction(MANAGEMENT, since=DAY).bars(me, on=DAY)
    assert not Restriction(since=DAY - A_DAY).bars(me, on=DAY - A_DAY)


def test_what_grows_needs_the_day_since_when() -> None:
    with pytest.raises(ValueError, match="since when"):
        Restriction(MANAGEMENT, grows=True)


@given(roles=some_roles, people=st.frozensets(st.integers(min_value=1)))
def test_sets_are_stored_in_one_column_and_read_back(
    roles: frozenset[Role], people: frozenset[int]
) -> None:
    for field, keys in ((RolesField(), roles), (PeopleField(), people)):
        assert field.from_db_value(field.get_prep_value(keys)) == keys
        assert field.get_prep_value(sorted(keys)) == field.get_prep_value(keys)


def test_unknown_roles_and_texts_are_no_sets() -> None:
    with pytest.raises(ValidationError, match="unknown"):
        RolesField().get_prep_value(["nobody"])
    with pytest.raises(TypeError):
        RolesField().get_prep_value("management")


SECRETARY, FORMER = Role.SECRETARY, Role.MANAGEMENT


def two_roles() -> User:
    """A secretary since 2015 who was in management from March to October 2026."""
    user = User(pk=7)
    user.role_terms = [
        RoleTerm(role=FORMER, starts_on=DAY, ends_on=DAY),
        RoleTerm(role=SECRETARY, starts_on=date(2015, 1, 1)),
        RoleTerm(role=FORMER, starts_on=ISSUED, ends_on=date(2026, 10, 1)),
    ]
    return user


def test_spans_of_each_term_that_was_held() -> None:
    user = two_roles()
    assert list(barred_spans(user, on=TODAY, grows=False)) == [
        BarredSpan(SECRETARY),
        BarredSpan(FORMER, ISSUED, date(2026, 10, 1)),
    ]
    assert list(barred_spans(user, on=TODAY, grows=True)) == [
        BarredSpan(SECRETARY),
        BarredSpan(FORMER, None, date(2026, 10, 1)),
    ]


@pytest.mark.parametrize(
    ("first", "until", "included"),
    [
        (None, None, [True, True, True, True]),
        (ISSUED, None, [False, False, True, True]),
        (None, TODAY, [False, True, True, False]),
        (ISSUED, TODAY, [False, False, True, False]),
    ],
)
def test_which_items_a_span_includes(
    first: date | None, until: date | None, included: list[bool]
) -> None:
    """Without a day; of the day before the span, of its first day, of the first day after it."""
    span = BarredSpan(FORMER, first, until)
    assert [span.includes(since) for since in (None, ISSUED - A_DAY, ISSUED, TODAY)] == included


def test_condition_for_rows_says_the_same() -> None:
    by_name = Q(restricted_people__contains=",7,")
    held = Q(restricted_roles__contains=",secretary,")
    former = Q(restricted_roles__contains=",management,")
    given_up = Q(restricted_since__lt=date(2026, 10, 1))
    term = Q(restricted_since__gte=ISSUED) & given_up
    user = two_roles()
    assert open_rows(user, on=TODAY) == ~(by_name | (held & Q()) | (former & term))
    assert open_rows(user, on=TODAY, grows=True) == ~(by_name | (held & Q()) | (former & given_up))
    assert open_rows(AnonymousUser(), on=TODAY) == Q(pk__in=())
    assert mark(7) == ",7,"


def test_who_holds_one_of_two_restricted_roles_is_barred() -> None:
    both = Restriction(frozenset({SECRETARY, Role.COMPANY_COUNSEL}))
    assert both.bars(two_roles(), on=TODAY)
    assert not Restriction(frozenset({Role.COMPANY_COUNSEL})).bars(two_roles(), on=TODAY)
    assert not Restriction(MANAGEMENT).bars(two_roles(), on=TODAY)
    assert Restriction(MANAGEMENT, since=ISSUED).bars(two_roles(), on=TODAY)


def recused_from(*keys: int) -> User:
    """A member from whom the records of these people are withheld."""
    user = holder(frozenset({SECRETARY}))
    user.withheld_records = frozenset(f"accounts.User:{key}" for key in keys)
    return user


FIRST, SECOND, OTHER = (User(pk=pk).get_absolute_url() for pk in (41, 42, 43))


def test_who_is_recused_from_a_record_is_barred_from_what_came_of_it() -> None:
    me = recused_from(41, 42)
    barred = [UNRESTRICTED.at(url).bars(me, on=DAY) for url in (FIRST, SECOND, OTHER, "")]
    assert barred == [True, True, False, False]
    assert not UNRESTRICTED.at(FIRST).bars(recused_from(), on=DAY)
    assert Restriction(frozenset({SECRETARY})).at(OTHER).bars(me, on=DAY)


def test_restriction_of_a_record_with_a_page_bears_its_address() -> None:
    assert FROM_MANAGEMENT.at("") is FROM_MANAGEMENT
    assert FROM_MANAGEMENT.at(FIRST) == Restriction(MANAGEMENT, url=FIRST)
    record = User(pk=41)
    assert of_record(record) == Restriction(url=FIRST)
    record.restriction = Restriction(MANAGEMENT, since=DAY)
    assert of_record(record) == Restriction(MANAGEMENT, since=DAY, url=FIRST)


@pytest.mark.parametrize(
    ("restriction", "names_anybody"),
    [
        (UNRESTRICTED, False),
        (UNRESTRICTED.at(FIRST), False),
        (FROM_MANAGEMENT, True),
        (Restriction(people=frozenset({7})), True),
        (Restriction(MANAGEMENT, frozenset({7})), True),
    ],
)
def test_restriction_by_role_or_name(restriction: Restriction, names_anybody: bool) -> None:
    assert restriction.names_anybody is names_anybody


def test_restrictions_of_several_records_together() -> None:
    by_role, by_name = FROM_MANAGEMENT.at(FIRST), Restriction(people=frozenset({7}))
    two = Together.of([by_role, UNRESTRICTED.at(SECOND), by_name, UNRESTRICTED, by_role])
    assert two == Together(frozenset({by_role, by_name}), frozenset({FIRST, SECOND}))
    other = Together.of([FROM_MANAGEMENT, UNRESTRICTED.at(OTHER)])
    assert Together.all_of([two, other]) == Together(
        frozenset({by_role, by_name, FROM_MANAGEMENT}), frozenset({FIRST, SECOND, OTHER})
    )
    assert Together.all_of([]) == Together.of([]) == Together(frozenset(), frozenset())
