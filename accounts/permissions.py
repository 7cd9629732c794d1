"""Who may do what: one table for the portal, put together from each app's own.

An app writes its table in its `permissions.py` as `PERMISSIONS`, by role. A permission that no
table names is denied to everybody. Beside it, `SEEN_BY` says for a verb's permission which one
shows its objects: who holds neither is told nothing of what is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _

from accounts.enums import Role

Table = Mapping[str, frozenset[Role]]

# The administrator keeps accounts and settings, and by construction no paper of the committee.
ADMINISTRATORS_APPS = frozenset({"accounts", "records"})

# Whoever may give a role that opens anything beyond those apps.
GIVERS_OF_PAPERS = frozenset({Role.SECRETARY})

KEEPERS_OF_ACCOUNTS = frozenset({Role.SECRETARY, Role.ADMINISTRATOR})

READERS_OF_THE_LEDGER = frozenset({Role.SECRETARY, Role.ADMINISTRATOR, Role.INDEPENDENT_COUNSEL})

PERMISSIONS: dict[str, frozenset[Role]] = {
    "accounts.view_user": KEEPERS_OF_ACCOUNTS,
    "accounts.change_user": KEEPERS_OF_ACCOUNTS,
    # `records` has pages but knows no roles: its table stands here.
    "records.view_company": frozenset(
        {
            Role.SECRETARY,
            Role.DIRECTOR,
            Role.MANAGEMENT,
            Role.COMPANY_COUNSEL,
            Role.ADMINISTRATOR,
        }
    ),
    # The first thing on a new installation.
    "records.add_company": KEEPERS_OF_ACCOUNTS,
    "records.change_company": frozenset({Role.SECRETARY}),
    "records.view_ledgerentry": READERS_OF_THE_LEDGER,
    "records.check_ledger": READERS_OF_THE_LEDGER,
    "records.export_ledger": frozenset({Role.SECRETARY}),
    # Which documents a reader sees is said by each kind's owner; no administrator keeps papers.
    "records.view_document": frozenset(
        {Role.SECRETARY, Role.DIRECTOR, Role.COMPANY_COUNSEL, Role.INDEPENDENT_COUNSEL}
    ),
    "records.file_document": frozenset({Role.SECRETARY}),
    "records.purge_document": frozenset({Role.SECRETARY}),
    "records.place_hold": frozenset(
        {Role.SECRETARY, Role.COMPANY_COUNSEL, Role.INDEPENDENT_COUNSEL}
    ),
    # Who is told when the ledger's check finds something.
    "records.mend_ledger": KEEPERS_OF_ACCOUNTS,
    # Whose mail comes at once where they have not chosen; everybody else's comes weekly.
    "records.get_mail_at_once": frozenset(Role) - {Role.DIRECTOR},
    "records.view_notice": frozenset({Role.SECRETARY}),
    "records.change_notice": frozenset({Role.SECRETARY}),
}

# By a permission to do something with an object: what lets a person see such objects at all.
SEEN_BY: dict[str, str] = {
    "accounts.change_user": "accounts.view_user",
    "records.change_notice": "records.view_notice",
}

_seen_by: dict[str, str] = {}
_granted: dict[str, frozenset[Role]] = {}


def grant(table: Table) -> None:
    """Add an app's table. The same permission in two tables is a mistake, and so is a paper
    of the committee in the administrator's hands: both stop the start."""
    for permission, roles in table.items():
        _refuse_what_cannot_be_granted(permission, frozenset(roles))
        _granted[permission] = frozenset(roles)


def _refuse_what_cannot_be_granted(permission: str, roles: frozenset[Role]) -> None:
    if _granted.get(permission, roles) != roles:
        raise ImproperlyConfigured(f"Two tables grant {permission} differently.")
    app = permission.partition(".")[0]
    if Role.ADMINISTRATOR in roles and app not in ADMINISTRATORS_APPS:
        raise ImproperlyConfigured(f"The administrator may not hold {permission}.")


def discover() -> None:
    """Read the `permissions.py` of every installed app that has one."""
    for app in apps.get_app_configs():
        if app.module is not None and module_has_submodule(app.module, "permissions"):
            module = import_module(f"{app.name}.permissions")
            grant(getattr(module, "PERMISSIONS", {}))
            _seen_by.update(getattr(module, "SEEN_BY", {}))


def granted() -> Table:
    """The whole table, in the order of the permissions' names."""
    return dict(sorted(_granted.items()))


def holders(permission: str) -> frozenset[Role]:
    """The roles that hold a permission; none for an unknown one."""
    return _granted.get(permission, frozenset())


def is_granted(permission: str, roles: Iterable[Role]) -> bool:
    """Rights add up: one of the roles is enough."""
    return not holders(permission).isdisjoint(roles)


def of(roles: Iterable[Role]) -> frozenset[str]:
    """Everything that these roles may do together."""
    held = frozenset(roles)
    return frozenset(p for p, allowed in _granted.items() if not allowed.isdisjoint(held))


def seen_by(permission: str) -> str:
    """The permission without which objects of its kind do not exist for a person."""
    return _seen_by.get(permission, permission)


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
    if not names:
        return _("This is not open to any role.")
    return _("This is open to: %(roles)s.") % {"roles": ", ".join(names)}
