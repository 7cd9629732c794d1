"""Acts: every verb of a service is one, and leaves its lines in the ledger.

The outermost act opens the transaction, collects what is to be written while it works and
writes it last, because the ledger's head is locked only then: with the head locked first and
another row afterwards, two acts could wait for each other forever.

An act inside an act joins it behind a savepoint. If it fails and the act around it goes on, what
it had collected is dropped with its savepoint. To roll back part of an act, give that part an act
of its own: of a bare `transaction.atomic()` the ledger would not learn.
"""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from records import ledger

P = ParamSpec("P")
R = TypeVar("R")


def act(verb: Callable[P, R]) -> Callable[P, R]:
    """Make a function an act."""
    if inspect.iscoroutinefunction(verb) or inspect.isgeneratorfunction(verb):
        raise TypeError(f"{verb.__qualname__} would go on after its act has ended.")

    @wraps(verb)
    def acting(*args: P.args, **kwargs: P.kwargs) -> R:
        page = ledger.page()
        with _joined(page) if page else _outermost():
            return verb(*args, **kwargs)

    return acting


@contextmanager
def _outermost() -> Iterator[None]:
    # Durable: when the act is over it is on record, and the head is free again.
    with transaction.atomic(durable=True), ledger.new_page():
        yield


@contextmanager
def _joined(page: ledger.Page) -> Iterator[None]:
    with ledger.paragraph(page), transaction.atomic():
        yield


class _TakenBackError(Exception):
    """Ends a rehearsal."""


def rehearse(verb: Callable[[], object]) -> None:
    """Try an act and take it back: raises what it would raise, and records nothing."""
    with suppress(_TakenBackError):
        _try(verb)


@act
def _try(verb: Callable[[], object]) -> None:
    verb()
    raise _TakenBackError
