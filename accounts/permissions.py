"""Who may do what: one table for the portal, put together from each app's own.

An app adds its permissions in its module `permissions.py`. One that no app has registered is
denied to everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.enums import Role
from records.registry import ExtensionPoint

Table = Mapping[str, frozenset[Role]]

# The administrator keeps accounts and settings, and by construction no paper of the committee.
ADMINISTRATORS_APPS = frozenset({"accounts", "records"})

# Whoever may give a role that opens anything beyond those apps.
GIVERS_OF_PAPERS = frozenset({Role.SECRETARY})

KEEPERS_OF_ACCOUNTS = frozenset({Role.SECRETARY, Role.ADMINISTRATOR})

READERS_OF_THE_LEDGER = frozenset({Role.SECRETARY, Role.ADMINISTRATOR, Role.INDEPENDENT_COUNSEL})


@dataclass(frozen=True)
class Permission:
    """What the holders of these roles may do. For an act on a kind of object, `seen_by` is the
    permission that shows such objects at all; left out, it is the permission itself.

    Raises ImproperlyConfigured for a paper of the committee in the administrator's hands.
    """

    name: str
    roles: frozenset[Role]
    seen_by: str = ""

    def __post_init__(self) -> None:
        app = self.name.partition(".")[0]
        if Role.ADMINISTRATOR in self.roles and app not in ADMINISTRATORS_APPS:
            raise ImproperlyConfigured(f"The administrator may not hold {self.name}.")


PERMISSIONS: ExtensionPoint[Permission] = ExtensionPoint("permissions", module="permissions")


@dataclass(frozen=True)
class Office:
    """What an office opens that no role gives: `holds` says who is in office today."""

    name: str
    label: str | Promise
    permissions: frozenset[str]
    holds: Callable[[Any], bool]


OFFICES: ExtensionPoint[Office] = ExtensionPoint("offices", module="permissions")


def granted() -> Table:
    """The whole table, in the order of the permissions' names."""
    return {each.name: each.roles for each in sorted(PERMISSIONS, key=lambda each: each.name)}


def holders(permission: str) -> frozenset[Role]:
    """The roles that hold a permission; none for an unknown one."""
    found = PERMISSIONS.find(permission)
    return found.roles if found else frozenset()


def is_granted(permission: str, roles: Iterable[Role]) -> bool:
    """Rights add up: one of the roles is enough."""
    return not holders(permission).isdisjoint(roles)


def of(roles: Iterable[Role]) -> frozenset[str]:
    """Everything that these roles may do together."""
    held = frozenset(roles)
    return frozenset(each.name for each in PERMISSIONS if not each.roles.isdisjoint(held))


def in_office(permission: str, user: Any) -> bool:
    """Whether an office that the person holds today opens it."""
    return any(permission in each.permissions and each.holds(user) for each in OFFICES)


def seen_by(permission: str) -> str:
    """The permission without which objects of its kind do not exist for a person."""
    found = PERMISSIONS.find(permission)
    return (found.seen_by if found else "") or permission


def opens_papers(role: Role) -> bool:
    """Whether a role opens anything but accounts and settings."""
    return any(p.partition(".")[0] not in ADMINISTRATORS_APPS for p in of([role]))


def may_give(roles: Iterable[Role], role: Role) -> bool:
    """Whether who holds these roles may give that one: a role that opens papers is given by the
    secretary alone, or an administrator could open them to a second account of their own."""
    return not opens_papers(role) or not GIVERS_OF_PAPERS.isdisjoint(roles)


def may_give_all(roles: Iterable[Role], given: Iterable[Role]) -> bool:
    """Whether who holds these roles may give each of those."""
    held = frozenset(roles)
    return all(may_give(held, role) for role in given)


def givable(roles: Iterable[Role]) -> list[Role]:
    """The roles that who holds these may give."""
    held = frozenset(roles)
    return [role for role in Role if may_give(held, role)]


def reason_for_refusal(permission: str) -> str:
    """The sentence a person reads who lacks a permission: which roles hold it."""
    names = [str(role.label) for role in Role if role in holders(permission)]
    names += [str(each.label) for each in OFFICES if permission in each.permissions]
    if not names:
        return _("No role has access.")
    return _("Roles with access: %(roles)s.") % {"roles": ", ".join(names)}


PERMISSIONS.add_all(
    Permission("accounts.view_user", KEEPERS_OF_ACCOUNTS),
    Permission("accounts.change_user", KEEPERS_OF_ACCOUNTS, seen_by="accounts.view_user"),
    # `records` has pages but knows no roles: its table stands here.
    Permission(
        "records.view_company",
        frozenset(
            {
                Role.SECRETARY,
                Role.DIRECTOR,
                Role.MANAGEMENT,
                Role.COMPANY_COUNSEL,
                Role.ADMINISTRATOR,
            }
        ),
    ),
    # The first thing on a new installation.
    Permission("records.add_company", KEEPERS_OF_ACCOUNTS),
    Permission(
        "records.change_company", frozenset({Role.SECRETARY}), seen_by="records.view_company"
    ),
    # The second person where new accounts shall open without one.
    Permission("records.confirm_accounts", KEEPERS_OF_ACCOUNTS, seen_by="records.view_company"),
    Permission("records.view_ledgerentry", READERS_OF_THE_LEDGER),
    Permission("records.check_ledger", READERS_OF_THE_LEDGER),
    Permission("records.export_ledger", frozenset({Role.SECRETARY})),
    # Which documents a reader sees is said by each kind's owner; no administrator keeps papers.
    Permission(
        "records.view_document",
        frozenset({Role.SECRETARY, Role.DIRECTOR, Role.COMPANY_COUNSEL, Role.INDEPENDENT_COUNSEL}),
    ),
    Permission("records.file_document", frozenset({Role.SECRETARY})),
    Permission("records.delete_document", frozenset({Role.SECRETARY})),
    Permission(
        "records.place_legalhold",
        frozenset({Role.SECRETARY, Role.COMPANY_COUNSEL, Role.INDEPENDENT_COUNSEL}),
    ),
    # Who is told when the ledger's check finds something.
    Permission("records.mend_ledger", KEEPERS_OF_ACCOUNTS),
    # Whose mail comes at once where they have not chosen; everybody else's comes weekly.
    Permission("records.get_mail_at_once", frozenset(Role) - {Role.DIRECTOR}),
    Permission("records.view_notice", frozenset({Role.SECRETARY})),
    Permission("records.change_notice", frozenset({Role.SECRETARY}), seen_by="records.view_notice"),
)
