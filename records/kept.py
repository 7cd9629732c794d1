"""What a process keeps of the record until the next act moves the ledger's head
(docs/adr/0026-snapshot.md)."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from django.db import connection
from django.utils.translation import get_language

from records import ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from records.ledger import Head

V = TypeVar("V")


def may_be_used() -> bool:
    """Inside a transaction nothing is read from what is kept, and nothing kept: it may be rolled
    back, and what it has done so far others do not see."""
    return not connection.in_atomic_block


class Kept(Generic[V]):
    """Plain values by their keys, the same for every reader; at most `most` of them."""

    made: ClassVar[list[Kept[Any]]] = []

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self.forget()
        self.made.append(self)

    def read(
        self, keys: Collection[str], load: Callable[[Collection[str]], Mapping[str, V]]
    ) -> dict[str, V]:
        """The values of these keys; those that are not kept are loaded, and kept if no act has been
        recorded meanwhile."""
        if not may_be_used():
            return dict(load(keys))
        mark = (ledger.head(), get_language() or "")
        with self._lock:
            kept = self._values if self._mark == mark else {}
            found = {key: kept[key] for key in keys if key in kept}
        missing = [key for key in keys if key not in found]
        if missing:
            loaded = load(missing)
            self._keep(mark, loaded)
            found |= loaded
        return found

    def forget(self) -> None:
        self._mark: tuple[Head, str] | None = None
        self._values: dict[str, V] = {}

    def _keep(self, mark: tuple[Head, str], loaded: Mapping[str, V]) -> None:
        if ledger.head() != mark[0]:
            return
        with self._lock:
            if self._mark != mark or len(self._values) + len(loaded) > self._most:
                self._mark, self._values = mark, {}
            self._values |= loaded


def forget() -> None:
    """Keep nothing of what was read so far."""
    for each in Kept.made:
        each.forget()
