"""What was computed of a committee on a date, kept until the next act (docs/adr/0026-snapshot.md).

Standings, open items and deadlines depend on the record and the date alone, and every act moves the
ledger's head. What one page has computed is therefore true for every other page until the head
moves: in each thread of the process, and in no transaction.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils.translation import get_language

from records import ledger
from records.kept import may_be_used

__all__ = ["Snapshot", "forget", "may_be_used", "of"]

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from charters.models import Committee
    from records.ledger import Head

T = TypeVar("T")
# So many dates at most: today's, and those that were last read as of.
MOST = 12


class Snapshot:
    """Parts by their names, each computed by the first to ask while others wait for it.

    What is kept is plain: no record, no query, nothing of a reader.
    """

    def __init__(self, head: Head, read_head: Callable[[], Head]) -> None:
        self._head, self._read_head = head, read_head
        self._parts: dict[str, Any] = {}
        self._lock = RLock()

    def part(self, name: str, compute: Callable[[], T]) -> T:
        """The part, computed if need be. It is kept only if the head has not moved meanwhile."""
        with self._lock:
            if name in self._parts:
                return self._parts[name]  # type: ignore[no-any-return]
            found = compute()
            if self._read_head() == self._head:
                self._parts[name] = found
            return found

    def has(self, name: str) -> bool:
        return name in self._parts


_kept: OrderedDict[tuple[Head, int, date, str], Snapshot] = OrderedDict()
_lock = Lock()


def of(committee: Committee, day: date) -> Snapshot:
    """The snapshot of a committee on a date, in the language in use. The head is read first, so that
    whatever is read afterwards is at least as new."""
    head = ledger.head()
    key = (head, committee.pk, day, get_language() or "")
    with _lock:
        if key not in _kept:
            for each in [each for each in _kept if each[0] != head]:
                del _kept[each]
            _kept[key] = Snapshot(head, ledger.head)
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
        return _kept[key]


def forget() -> None:
    """Keep nothing of what was computed so far."""
    with _lock:
        _kept.clear()
