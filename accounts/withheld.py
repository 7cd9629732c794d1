"""Records that are withheld from one person by a recusal (docs/access.md, Recusals).

What an agenda item came from is withheld from whoever is recused from the item, whatever roles they
hold. The keys stand in a column of the person's account, so that no page asks for them: most people
have none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.apps import apps
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.enums import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import Model, QuerySet

    from accounts.models import User

Rows = TypeVar("Rows", bound="QuerySet[Any]")


@dataclass(frozen=True)
class Withheld:
    """Records by their labels, as the ledger names them: `auditors.ServiceRequest:12`."""

    labels: frozenset[str] = frozenset()

    def keys(self, model: type[Model]) -> list[str]:
        """The keys of those of one model."""
        name = f"{model._meta.concrete_model._meta.label}:"  # type: ignore[union-attr]
        return sorted(each.removeprefix(name) for each in self.labels if each.startswith(name))

    def holds(self, model: type[Model], key: int) -> bool:
        return str(key) in self.keys(model)

    @cached_property
    def urls(self) -> frozenset[str]:
        """Where the records are seen: their own addresses, by which plain answers name them."""
        return frozenset(map(url_of, self.labels))

    def covers(self, path: str) -> bool:
        """Whether an address is that of a record, or of an act on it."""
        return any(path.startswith(url) for url in self.urls)


def record_of(label: str) -> Model:
    """The record of a label, by its key alone: nothing is read."""
    name, _, key = label.partition(":")
    record: Model = apps.get_model(name)(pk=key)
    return record


def url_of(label: str) -> str:
    """The address of a record. Raises AttributeError for one that has no page of its own."""
    return str(record_of(label).get_absolute_url())  # type: ignore[attr-defined]


def withheld_from(user: User | AnonymousUser) -> Withheld:
    return user.withheld if user.is_authenticated else Withheld()


def who_acts_instead(user: User) -> str:
    """The way out for whoever is recused: of a secretary's work there is somebody to do it."""
    if Role.SECRETARY in user.roles_today:
        return _(
            "Another corporate secretary handles it. If there is none, one is added on the page "
            "People."
        )
    return _("The corporate secretary can say who acts on it.")


def withheld_from_anybody() -> Withheld:
    """What at least one person may not see, in one query."""
    accounts = apps.get_model("accounts", "User")._default_manager
    sets = accounts.exclude(withheld_records=frozenset()).values_list("withheld_records", flat=True)
    return Withheld(frozenset().union(*sets))


def without_withheld(rows: Rows, user: User | AnonymousUser, field: str = "pk") -> Rows:
    """The rows without those that are withheld from a person. `field`: the path to the record, of
    rows that belong to it: `without_withheld(approvals, user, "request")`."""
    model = rows.model
    for name in () if field == "pk" else field.split("__"):
        model = model._meta.get_field(name).related_model
    keys = withheld_from(user).keys(model)
    if not keys:
        return rows
    # A row that belongs to no record is not withheld with one.
    withheld = rows.model._base_manager.filter(**{f"{field}__in": keys}).order_by().values("pk")
    return rows.exclude(pk__in=withheld)


def unless_withheld(
    model: type[Model], reads: Callable[[Any], bool], field: str = "pk"
) -> Callable[[Any], bool | QuerySet[Any]]:
    """Who may see which rows, as the activity log asks: whoever reads them all, without what is
    withheld from them."""

    def visible(user: Any) -> bool | QuerySet[Any]:
        if not reads(user):
            return False
        if not user.withheld.labels:
            return True
        return without_withheld(model._default_manager.all(), user, field)

    return visible


def papers_open_to(user: Any, *papers: tuple[type[Model], str, str]) -> Q | bool:
    """The documents of a kind for whoever reads them all, without those of withheld records. Each of
    the papers: a model, its path to the record, and its field of the document."""
    if not user.withheld.labels:
        return True
    found = Q()
    for model, record, document in papers:
        rows = model._default_manager.all()
        seen = without_withheld(rows, user, record).order_by().values("pk")
        found &= ~Q(pk__in=rows.exclude(pk__in=seen).exclude(**{document: None}).values(document))
    return found
