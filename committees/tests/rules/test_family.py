"""Three rules, three lines around the family."""

import pytest

from committees.enums import RelativeKind as Kind
from committees.rules.family import (
    Relative,
    accepts_for_director,
    is_family_member,
    is_immediate_family,
)

HOME = {"shares_home": True}
MINOR = {"is_minor": True}


@pytest.mark.parametrize(
    ("kind", "lives", "nasdaq", "rule_10a_3", "item_404"),
    [
        (Kind.SELF, {}, False, False, False),
        (Kind.SPOUSE, {}, True, True, True),
        (Kind.PARENT, {}, True, False, True),
        (Kind.PARENT, HOME, True, False, True),
        (Kind.CHILD, {}, True, False, True),
        (Kind.CHILD, MINOR, True, True, True),
        (Kind.CHILD, HOME, True, True, True),
        (Kind.STEPCHILD, {}, False, False, True),
        (Kind.STEPCHILD, MINOR, False, True, True),
        (Kind.STEPCHILD, HOME, True, True, True),
        (Kind.STEPPARENT, {}, False, False, True),
        (Kind.STEPPARENT, HOME, True, False, True),
        (Kind.SIBLING, {}, True, False, True),
        (Kind.PARENT_IN_LAW, {}, True, False, True),
        (Kind.CHILD_IN_LAW, {}, True, False, True),
        (Kind.SIBLING_IN_LAW, {}, True, False, True),
        (Kind.HOUSEHOLD, {}, True, False, True),
        (Kind.TENANT, HOME, True, False, False),
        (Kind.DOMESTIC_EMPLOYEE, HOME, False, False, False),
    ],
)
def test_who_counts_as_close(
    kind: Kind, lives: dict[str, bool], nasdaq: bool, rule_10a_3: bool, item_404: bool
) -> None:
    who = Relative(kind, **lives)
    assert is_family_member(who) is nasdaq
    assert accepts_for_director(who) is rule_10a_3
    assert is_immediate_family(who) is item_404
