"""Amounts and people, as every sentence names them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from committees.enums import (
    RelativeKind,
)
from committees.rules.family import Relative

if TYPE_CHECKING:
    pass


def dollars(amount: Decimal) -> str:
    """$120,000 or $120,000.01: whole dollars without cents."""
    return f"${amount:,.0f}" if amount == amount.to_integral_value() else f"${amount:,.2f}"


def person(who: Relative) -> str:
    """The director; the director's spouse; the director's child Ann."""
    if who.is_director:
        return _("the director")
    if who.kind is RelativeKind.HOUSEHOLD:
        return who.name or _("a person who shares the director's home")
    relation = _("the director's %(relation)s") % {"relation": who.kind.label}
    return f"{relation} {who.name}".rstrip()
