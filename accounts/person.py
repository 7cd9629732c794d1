"""People with an account as plain values: what a process may keep of them until the next act."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from accounts.rules import Term
from accounts.withheld import Withheld

if TYPE_CHECKING:
    from datetime import date

    from accounts.enums import Role
    from accounts.models import User


@dataclass(frozen=True)
class RoleHeld(Term):
    """A role that somebody holds, held or will hold."""

    role_word: Role = field(kw_only=True)


@dataclass(frozen=True)
class Person:
    """Somebody with an account, with every role ever held and what is withheld from them."""

    pk: int
    name: str = field(compare=False)
    email: str = field(compare=False)
    role_terms: tuple[RoleHeld, ...] = field(compare=False)
    withheld: Withheld = field(compare=False)

    is_authenticated: ClassVar[bool] = True

    def __str__(self) -> str:
        return self.name or self.email

    def roles(self, on: date) -> frozenset[Role]:
        """The roles held on a day."""
        return frozenset(term.role_word for term in self.role_terms if term.covers(on))

    @classmethod
    def of(cls, user: User) -> Person:
        terms = (
            RoleHeld(term.starts_on, term.ends_on, role_word=term.role_word)
            for term in user.role_terms
        )
        return cls(user.pk, user.name, user.email, tuple(terms), Withheld(user.withheld_records))
