"""A reason: the ground of a ruling, and the facts that its sentence names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from auditors.enums import Ground


@dataclass(frozen=True)
class Reason:
    """`facts` are dates, amounts, counts and names; `auditors.sentences` makes the sentence."""

    ground: Ground
    facts: Mapping[str, Any] = field(default_factory=dict)


def reason(ground: Ground, /, **facts: Any) -> Reason:
    return Reason(ground, facts)


def grounds(reasons: Iterable[Reason]) -> tuple[Ground, ...]:
    return tuple(each.ground for each in reasons)
