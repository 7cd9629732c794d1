"""What the Board determined of a director."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _lazy

from committees.enums import (
    DeterminationKind,
)

if TYPE_CHECKING:
    from committees.models import (
        Determination,
    )


_TITLES = {
    DeterminationKind.INDEPENDENT: _lazy("Independence"),
    DeterminationKind.NOT_AFFILIATED: _lazy("Affiliation"),
    DeterminationKind.LITERATE: _lazy("Financial literacy"),
    DeterminationKind.SOPHISTICATED: _lazy("Financial sophistication"),
    DeterminationKind.EXPERT: _lazy("Audit committee financial expert"),
    DeterminationKind.EXCEPTION: _lazy("Exceptional and limited circumstances"),
}


def title_of(kind: DeterminationKind) -> str:
    """What a determination is about, as a heading."""
    return str(_TITLES[kind])


def of_determination(made: Determination) -> str:
    """The Board determined that Ngozi Okafor is financially literate."""
    kind, words = DeterminationKind(made.kind), {"name": made.director.name}
    if made.is_met:
        return _DETERMINED[kind] % words
    return _NOT_DETERMINED[kind] % words


_DETERMINED = {
    DeterminationKind.INDEPENDENT: _lazy(
        "The Board determined that %(name)s is independent for service on the audit committee."
    ),
    DeterminationKind.NOT_AFFILIATED: _lazy(
        "The Board found that %(name)s is not an affiliate of the company."
    ),
    DeterminationKind.LITERATE: _lazy("The Board found that %(name)s is financially literate."),
    DeterminationKind.SOPHISTICATED: _lazy(
        "The Board found that %(name)s is financially sophisticated."
    ),
    DeterminationKind.EXPERT: _lazy(
        "The Board determined that %(name)s is an audit committee financial expert."
    ),
    DeterminationKind.EXCEPTION: _lazy(
        "The Board found exceptional and limited circumstances for %(name)s."
    ),
}
_NOT_DETERMINED = {
    DeterminationKind.INDEPENDENT: _lazy(
        "The Board determined that %(name)s is not independent for service on the audit committee."
    ),
    DeterminationKind.NOT_AFFILIATED: _lazy(
        "The Board found that %(name)s is an affiliate of the company."
    ),
    DeterminationKind.LITERATE: _lazy("The Board found that %(name)s is not financially literate."),
    DeterminationKind.SOPHISTICATED: _lazy(
        "The Board found that %(name)s is not financially sophisticated."
    ),
    DeterminationKind.EXPERT: _lazy(
        "The Board determined that %(name)s is not an audit committee financial expert."
    ),
    DeterminationKind.EXCEPTION: _lazy(
        "The Board ended the exceptional and limited circumstances of %(name)s."
    ),
}
