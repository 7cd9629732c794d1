"""The base of rows that can be restricted from roles and people (docs/access.md)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.restriction import Restriction, mark, open_rows
from accounts.withheld import without_withheld

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date
    from typing import Self

    from django.contrib.auth.models import AnonymousUser
    from django.db.backends.base.base import BaseDatabaseWrapper

    from accounts.models.people import User
    from records.facts import Fact

M = TypeVar("M", bound="Restricted")
LABEL = re.compile(r"[a-z_]+\.[A-Za-z]+:[\w-]+")


class KeySetField(models.Field):  # type: ignore[type-arg]
    """A set of keys in one column, written ",management,secretary,".

    A row carries its restriction with it: no table beside it that could change after the row is on
    record, and no query for each row of a list. `field__contains=mark(key)` finds a key.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", frozenset)
        super().__init__(*args, **kwargs)

    def as_key(self, text: str) -> Any:
        """A key as Python has it; ValueError for an unknown one."""
        raise NotImplementedError

    def get_internal_type(self) -> str:
        return "TextField"

    def from_db_value(self, value: str | None, *args: Any) -> frozenset[Any]:
        """The keys of a row; none where a join found no row."""
        return frozenset(self.as_key(key) for key in (value or "").split(",") if key)

    def to_python(self, value: Collection[Any]) -> frozenset[Any]:
        try:
            return frozenset(self.as_key(str(key)) for key in value)
        except ValueError as unknown:
            raise ValidationError(_now("A key in this set is unknown.")) from unknown

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, str):
            raise TypeError("Give a set of keys, not a text.")
        keys = sorted(str(key) for key in self.to_python(value))
        return mark(",".join(keys)) if keys else ""


class RolesField(KeySetField):
    _pyi_private_set_type: frozenset[Role]
    _pyi_private_get_type: frozenset[Role]

    def __init__(self, *args: Any, roles: Iterable[str] = Role.values, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles = list(roles)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """With the roles, so that a role added later is a change of the column's check."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"roles": self.roles}

    def as_key(self, text: str) -> Role:
        return Role(text)

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        """Nothing is left of the column's text once every known role is taken out."""
        rest = connection.ops.quote_name(str(self.column))
        for role in self.roles:
            rest = f"REPLACE({rest}, ',{role}', '')"
        return f"{rest} IN ('', ',')"


class PeopleField(KeySetField):
    _pyi_private_set_type: frozenset[int]
    _pyi_private_get_type: frozenset[int]

    def as_key(self, text: str) -> int:
        return int(text)


class RecordsField(KeySetField):
    """A set of records as the ledger names them: ",auditors.ServiceRequest:12,"."""

    _pyi_private_set_type: frozenset[str]
    _pyi_private_get_type: frozenset[str]

    def as_key(self, text: str) -> str:
        if not LABEL.fullmatch(text):
            raise ValueError(f"{text!r} names no record.")
        return text


class RestrictedQuerySet(models.QuerySet[M]):
    def open_to(self, user: User | AnonymousUser, *, on: date) -> Self:
        """The rows that are not restricted from a person on a day, nor withheld from them; rights
        are asked elsewhere."""
        rows = self.filter(open_rows(user, on=on, grows=self.model.restriction_grows))
        return without_withheld(rows, user)

    def restricted_from(self, user: User | AnonymousUser, *, on: date) -> Self:
        """The other rows: those that are restricted from a person on a day."""
        return self.exclude(pk__in=self.open_to(user, on=on).order_by().values("pk"))


class Restricted(models.Model):
    """A row that can be restricted from roles and people, each row since a day of its own."""

    # Whether more is added to a row after the day it was issued.
    restriction_grows: ClassVar[bool] = False

    restricted_roles = RolesField(_("restricted from roles"), editable=False)
    restricted_people = PeopleField(_("restricted from people"), editable=False)
    restricted_since = models.DateField(
        _("issued on"),
        editable=False,
        help_text=_("A role held on this date restricts permanently."),
    )

    class Meta:
        abstract = True

    @property
    def restriction(self) -> Restriction:
        return Restriction(
            roles=self.restricted_roles,
            people=self.restricted_people,
            since=self.restricted_since,
            grows=self.restriction_grows,
        )

    @property
    def restriction_facts(self) -> dict[str, Fact]:
        """What the ledger says of it."""
        return {
            "restricted_roles": sorted(self.restricted_roles),
            "restricted_people": sorted(self.restricted_people),
        }
