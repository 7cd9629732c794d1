"""Who counts as close to a director. Three rules draw the line in three places."""

from dataclasses import dataclass

from committees.enums import RelativeKind as Kind

IN_LAW = frozenset({Kind.PARENT_IN_LAW, Kind.CHILD_IN_LAW, Kind.SIBLING_IN_LAW})
NEAREST = frozenset({Kind.SPOUSE, Kind.PARENT, Kind.CHILD, Kind.SIBLING}) | IN_LAW
STEP = frozenset({Kind.STEPPARENT, Kind.STEPCHILD})
AT_HOME = frozenset({Kind.HOUSEHOLD})


@dataclass(frozen=True)
class Relative:
    """The director, or somebody close to the director. `name` tells two of a kind apart."""

    kind: Kind
    name: str = ""
    shares_home: bool = False
    is_minor: bool = False

    @property
    def is_director(self) -> bool:
        return self.kind is Kind.SELF

    @property
    def lives_there(self) -> bool:
        return self.shares_home or self.kind in AT_HOME


SELF = Relative(Kind.SELF)


def is_family_member(who: Relative) -> bool:
    """Nasdaq 5605(a)(2): next of kin and in-laws, and whoever shares the home.

    Domestic employees are left out; a stepchild who lives elsewhere is too.
    """
    if who.kind in NEAREST:
        return True
    return who.kind is not Kind.DOMESTIC_EMPLOYEE and not who.is_director and who.lives_there


def accepts_for_director(who: Relative) -> bool:
    """Rule 10A-3(e)(8): a fee to the spouse, a minor child or a child at home is the member's own."""
    if who.kind is Kind.SPOUSE:
        return True
    return who.kind in {Kind.CHILD, Kind.STEPCHILD} and (who.is_minor or who.lives_there)


def is_immediate_family(who: Relative) -> bool:
    """Item 404(a), Instruction 1: step relations included; tenants and employees are left out."""
    if who.kind in NEAREST | STEP:
        return True
    return who.kind in AT_HOME
