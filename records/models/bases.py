"""Bases of the records: salted, recorded by somebody, never changed again, changed by forms."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

M = TypeVar("M", bound="Immutable")


def new_salt() -> str:
    """A salt that is stored with a record's texts and deleted with them."""
    return secrets.token_hex(16)


class Salted(models.Model):
    """A record whose texts the ledger holds as digests under this salt.

    sealed  fields whose texts are compared with the ledger's digests (`records.texts`)
    """

    salt = models.CharField(max_length=32, editable=False, default=new_salt)

    sealed: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True


class ImmutableError(RuntimeError):
    """Somebody tried to change or delete a record other than by a later entry."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(
            f"A {model._meta.verbose_name} on record is never changed or deleted: "
            "what comes after it is recorded beside it."
        )


class ImmutableQuerySet(models.QuerySet[M]):
    """Refuses to change or delete rows that are on record."""

    def refuse(self) -> None:
        """Raise ImmutableError if any of these rows is on record."""
        if self.filter(self.model.on_record).exists():
            raise ImmutableError(self.model)

    def update(self, **kwargs: Any) -> int:
        self.refuse()
        return super().update(**kwargs)

    def bulk_update(
        self, objs: Iterable[M], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        listed = list(objs)
        type(self)(self.model, using=self.db).filter(pk__in=[one.pk for one in listed]).refuse()
        return super().bulk_update(listed, fields, batch_size)

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        if kwargs.get("update_conflicts"):
            raise ImmutableError(self.model)
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self.refuse()
        return super().delete()


class Immutable(models.Model):
    """A record that is only read once it is on record.

    on_record    which rows are; every row, unless the model has drafts
    may_gain     fields that may be set later, once, because they can be unknown at first
    may_correct  fields that `correct` may set, beside an entry that says what stood there, and why
    """

    on_record: ClassVar[Q] = Q()
    may_gain: ClassVar[frozenset[str]] = frozenset()
    may_correct: ClassVar[frozenset[str]] = frozenset()

    objects: ClassVar[ImmutableQuerySet[Any]] = ImmutableQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert a new row, never over another; change one only where that is still allowed."""
        if self._state.adding:
            kwargs["force_insert"] = True
        else:
            self._refuse(kwargs.get("update_fields") or ())
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse()
        return super().delete(*args, **kwargs)

    def correct(self, **values: Any) -> None:
        """Set what was entered in error. The service records beside it what stood there, and why."""
        if not self.may_correct.issuperset(values):
            raise ImmutableError(type(self))
        for name, value in values.items():
            setattr(self, name, value)
        self.full_clean()
        super().save(update_fields=sorted(values))

    def _refuse(self, changed: Collection[str] = ()) -> None:
        rows = type(self)._default_manager.filter(self.on_record, pk=self.pk)
        stored = rows.values(*self.may_gain).first()
        if stored is None:
            return
        gains = bool(changed) and self.may_gain.issuperset(changed)
        if not gains or any(stored[name] for name in changed):
            raise ImmutableError(type(self))


class Attributed(models.Model):
    """A row that names who recorded it and when; nobody (null) where a command or the schedule did.

    `records.facts.recorded` gives both fields for a new row.
    """

    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(_("recorded at"), editable=False)

    class Meta:
        abstract = True


class Recorded(Salted, Immutable, Attributed):
    """A record somebody made at an instant."""

    class Meta:
        abstract = True


class Versioned(models.Model):
    """A record that forms change. `revision` moves on with every change of what they show, so that
    no form overwrites what somebody saved after it was opened."""

    revision = models.PositiveIntegerField(default=1, editable=False)

    # Fields that no form shows: a save of these alone leaves the revision as it is.
    unversioned: ClassVar[frozenset[str]] = frozenset()
    # Relations that acts lock before the record, so that no two acts wait for each other.
    locked_after: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        names = kwargs.get("update_fields")
        if self._state.adding or (names is not None and self.unversioned.issuperset(names)):
            super().save(*args, **kwargs)
            return
        if names is not None:
            kwargs["update_fields"] = {*names, "revision"}
        self.revision = F("revision") + 1
        try:
            super().save(*args, **kwargs)
        finally:
            self._reread_revision()

    def move_on(self) -> None:
        """An entry beside the record has changed what its forms show."""
        type(self)._base_manager.filter(pk=self.pk).update(revision=F("revision") + 1)
        self._reread_revision()

    def locked(self) -> Self:
        """The record as stored, under a lock until the transaction ends."""
        for name in self.locked_after:
            relation = getattr(self, name)
            if isinstance(relation, Versioned):
                relation.locked()
            else:
                type(relation)._base_manager.select_for_update().get(pk=relation.pk)
        return type(self)._base_manager.select_for_update().get(pk=self.pk)

    def _reread_revision(self) -> None:
        """From the database, when it is next asked for."""
        self.__dict__.pop("revision", None)
