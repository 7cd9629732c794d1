"""What the registered sources show by a date, each asked once: evidence, occurrences, conditions."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from charters.registry import CONDITIONS, EVIDENCE, OCCURRENCES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from charters.docket import AsOf
    from charters.rules.terms import Evidence, Holding, Occurrence


def evidence(as_of: AsOf) -> Mapping[int, list[Evidence]]:
    found: dict[int, list[Evidence]] = defaultdict(list)
    for source in EVIDENCE:
        for duty, piece in source.evidence(as_of):
            found[duty].append(piece)
    return found


def occurrences(as_of: AsOf) -> Mapping[int, list[Occurrence]]:
    found: dict[int, list[Occurrence]] = {}
    for source in OCCURRENCES:
        for duty, pieces in source.occurrences(as_of).items():
            found.setdefault(duty, []).extend(pieces)
    return found


def holdings(as_of: AsOf) -> dict[str, Holding]:
    keys = {duty.catalogue_key for duty in as_of.duties}
    found = {each.key: each.holding(as_of) for each in CONDITIONS if each.key in keys}
    return {key: holding for key, holding in found.items() if holding is not None}
