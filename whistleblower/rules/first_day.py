"""What is done on the first day of a case that concerns an officer. Good practice."""

from collections.abc import Collection, Mapping
from datetime import date

from whistleblower.enums import FirstDay


def is_asked(
    concerned: Collection[str], officers: Collection[str], done: Mapping[str, date]
) -> bool:
    """Whether the case concerns an officer, by the reporter's marks or because a reader has begun the
    list."""
    return bool(done) or not frozenset(concerned).isdisjoint(officers)


def left(done: Mapping[str, date]) -> list[FirstDay]:
    """The steps without an entry, in their order. A hold on the case keeps the case alone: a hold on
    what it concerns, at the company, has an entry of its own."""
    return [step for step in FirstDay if step not in done]
