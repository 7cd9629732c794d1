"""Records that stay as they were made (law 5). The services know the ways that are left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from django.db import models

if TYPE_CHECKING:
    from collections.abc import Iterable

M = TypeVar("M", bound=models.Model)


class KeptError(RuntimeError):
    """Somebody tried to change or delete a record other than by a later entry."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(
            f"A {model._meta.verbose_name} on record is never changed or deleted: "
            "what comes after it is recorded beside it."
        )


class KeptQuerySet(models.QuerySet[M]):
    """Rows of which those on record refuse to be changed or deleted."""

    def on_record(self) -> models.QuerySet[M]:
        """All of them, unless the model knows drafts."""
        return self

    def refuse(self) -> None:
        if self.on_record().exists():
            raise KeptError(self.model)

    def update(self, **kwargs: Any) -> int:
        self.refuse()
        return super().update(**kwargs)

    def bulk_update(
        self, objs: Iterable[M], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        listed = list(objs)
        type(self)(self.model, using=self.db).filter(pk__in=[one.pk for one in listed]).refuse()
        return super().bulk_update(listed, fields, batch_size)

    def delete(self) -> tuple[int, dict[str, int]]:
        self.refuse()
        return super().delete()


class Kept(models.Model):
    """A record from the moment it is saved: added, and then only read."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise KeptError(type(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise KeptError(type(self))
