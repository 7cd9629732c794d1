"""What every page asks the database. Django takes longer to write such a query than the database to
answer it, so each is written once for a process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

M = TypeVar("M", bound=Model)


class Prepared(Generic[M]):
    """A query that is always the same but for its parameters.

    TERMS = Prepared(lambda: RoleTerm.objects.filter(user=0))
    TERMS.rows(user.pk)
    """

    def __init__(self, query: Callable[[], QuerySet[M]]) -> None:
        self._written = cache(lambda vendor: _written(query()))

    def rows(self, *parameters: Any) -> list[M]:
        """Its rows with these parameters; with its own, where none are given."""
        model, sql, own = self._written(connection.vendor)
        return list(model._base_manager.raw(sql, parameters or own))

    def first(self, *parameters: Any) -> M | None:
        return next(iter(self.rows(*parameters)), None)


def _written(query: QuerySet[M]) -> tuple[type[M], str, tuple[Any, ...]]:
    sql, parameters = query.query.sql_with_params()
    return query.model, sql, tuple(parameters)
