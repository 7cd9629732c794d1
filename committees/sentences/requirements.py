"""Whether the committee as a whole meets what is required of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from committees.rules import expertise
from committees.rules.requirements import Assessment, Meets, Requirement
from records.dates import long_day

if TYPE_CHECKING:
    pass


_CITATIONS = {
    Requirement.INDEPENDENCE: "Nasdaq 5605(c)(2)(A)",
    Requirement.LITERACY: expertise.LITERACY_CITATION,
    Requirement.SOPHISTICATION: expertise.SOPHISTICATION_CITATION,
    Requirement.EXPERT: expertise.EXPERT_CITATION,
}


def of_requirement(found: Assessment) -> str:
    """Whether the committee has what a requirement asks for, with its citation."""
    said = _REQUIREMENTS[found.requirement](found)
    return f"{said} ({_CITATIONS[found.requirement]})"


def _names(found: Assessment) -> str:
    return get_text_list([seat.name for seat in found.lacking], _("and"))


def _of_independence(found: Assessment) -> str:
    if found.meets is Meets.MEETS:
        return _("The Board has determined that every member is independent.")
    if found.meets is Meets.UNTIL and found.until:
        until = long_day(found.until)
        if not found.lacking:
            return _("A member serves under exceptional circumstances until %(until)s.") % {
                "until": until
            }
        return _(
            "No determination of independence stands for %(names)s; the rules allow that until "
            "%(until)s."
        ) % {"names": _names(found), "until": until}
    if not found.lacking:
        return _("No member is on record.")
    return _("No determination of independence stands for %(names)s.") % {"names": _names(found)}


def _of_literacy(found: Assessment) -> str:
    if found.meets is Meets.MEETS:
        return _("The Board has found that every member is financially literate.")
    if not found.lacking:
        return _("No member is on record.")
    return _("No finding of financial literacy is on file for %(names)s.") % {
        "names": _names(found)
    }


def _of_sophistication(found: Assessment) -> str:
    if found.meets is Meets.MEETS:
        return _("The Board has found that a member is financially sophisticated.")
    return _("No finding that a member is financially sophisticated is on file.")


def _of_expert(found: Assessment) -> str:
    if found.meets is Meets.MEETS:
        return _("The Board has determined that a member is an audit committee financial expert.")
    return _(
        "No member is designated as an audit committee financial expert; the annual report "
        "discloses that and says why."
    )


_REQUIREMENTS: dict[Requirement, Callable[[Assessment], str]] = {
    Requirement.INDEPENDENCE: _of_independence,
    Requirement.LITERACY: _of_literacy,
    Requirement.SOPHISTICATION: _of_sophistication,
    Requirement.EXPERT: _of_expert,
}
