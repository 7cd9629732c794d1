"""What the portal reads of an address or of a form that was sent, noted name by name."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.http import QueryDict

# Where all names are read at once.
EVERY = "*"
BY_NAME = ("__getitem__", "__contains__", "_getlist")
AT_ONCE = ("__iter__", "__copy__", "__deepcopy__", "items", "keys", "lists", "urlencode", "values")


@contextmanager
def noted() -> Iterator[set[str]]:
    """The names that are read meanwhile, there or not; among them EVERY where all are read."""
    names: set[str] = set()
    with pytest.MonkeyPatch.context() as patch:
        for method in BY_NAME:
            patch.setattr(QueryDict, method, _noting(method, names), raising=False)
        for method in AT_ONCE:
            patch.setattr(QueryDict, method, _noting(method, names, EVERY), raising=False)
        yield names


def _noting(method: str, names: set[str], name: str = "") -> Callable[..., Any]:
    read = getattr(QueryDict, method)

    def reading(self: QueryDict, *args: Any, **kwargs: Any) -> Any:
        # While what was sent is being taken apart, it can still be changed.
        if not self._mutable:
            names.add(name or args[0])
        return read(self, *args, **kwargs)

    return reading
