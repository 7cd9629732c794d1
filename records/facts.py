"""What a ledger entry may say: identifiers, words of closed lists, dates, amounts and digests.

Never prose. The ledger is kept permanently and may have to be shown to others; texts live in records
that have a retention, and the ledger holds at most their salted digest.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Protocol, TypeAlias, Union, runtime_checkable
from uuid import UUID

from django.db.models import Model
from django.utils.timezone import is_aware

from records import clock
from records.chain import instant
from records.document_kinds import DocumentKind
from records.enums import SystemActor


@runtime_checkable
class Person(Protocol):
    """All that the ledger needs to know of a user."""

    pk: Any

    def roles(self, on: date) -> Iterable[str]: ...


Actor: TypeAlias = Person | SystemActor


@dataclass(frozen=True)
class Digest:
    """The salted SHA-256 of a text. Without the salt nobody can guess at the text."""

    value: str

    def __str__(self) -> str:
        return f"sha256:{self.value}"


Word: TypeAlias = (
    bool | int | date | datetime | Decimal | UUID | Enum | Digest | DocumentKind | Model | None
)
Fact: TypeAlias = Union[Word, "list[Fact]", "tuple[Fact, ...]"]


def digest(text: str, salt: str) -> Digest:
    if not salt:
        raise ValueError("A digest without a salt would let short texts be guessed.")
    return Digest(hashlib.sha256(f"{salt}:{text}".encode()).hexdigest())


def label(record: Model) -> str:
    """Which record is meant: `charters.Duty:12`."""
    if record.pk is None:
        raise ValueError(
            f"A {record._meta.verbose_name} that is not saved has no place in the ledger."
        )
    return f"{record._meta.concrete_model._meta.label}:{record.pk}"  # type: ignore[union-attr]


def actor(by: Actor, at: datetime) -> str:
    """Who acts, with all roles held on that day: `user:12 roles=director,secretary`."""
    if isinstance(by, SystemActor):
        return by.value
    if not isinstance(by, Person) or by.pk is None:
        raise TypeError(f"{type(by).__name__} cannot act: give a saved user or an SystemActor.")
    return f"user:{by.pk} roles={','.join(sorted(map(str, by.roles(clock.day_of(at))))) or 'none'}"


def person(by: Actor) -> Any:
    """The user to be stored with a record, or None where the operator or the scheduler acts."""
    return None if isinstance(by, SystemActor) else by


def recorded(by: Actor, at: datetime) -> dict[str, Any]:
    """The fields of a new `Recorded` row that say who recorded it and when."""
    return {"recorded_by": person(by), "recorded_at": at}


def plain(fact: object) -> Any:
    """A fact as it stands in the entry's JSON. What could be prose is refused."""
    match fact:
        case Enum():
            return plain(fact.value) if not isinstance(fact.value, str) else str(fact.value)
        case None | bool() | int():
            return fact
        case datetime():
            return _instant(fact)
        case date():
            return fact.isoformat()
        case Decimal() if fact.is_finite():
            return format(fact, "f")
        case UUID() | Digest() | DocumentKind():
            return str(fact)
        case Model():
            return label(fact)
        case list() | tuple():
            return [plain(one) for one in fact]
    raise TypeError(
        f"The ledger holds no prose: {type(fact).__name__} is not a fact. Give an enumeration's "
        "member, a date, an amount, a record, or ledger.digest(text, salt)."
    )


def _instant(at: datetime) -> str:
    if not is_aware(at):
        raise TypeError("An instant in the ledger needs a time zone.")
    return instant(at)
