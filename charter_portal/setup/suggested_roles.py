"""Who usually works with a small listed company's audit committee, and in which role they sign in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.utils.functional import Promise

    from accounts.models import User


@dataclass(frozen=True)
class Hat:
    """A row offered on the sheet of people: what somebody is, and the role that goes with it."""

    name: str | Promise
    role: Role


# The secretary is there already: somebody fills in the sheet.
SUGGESTED_ROLES = (
    Hat(_("Chair of the committee"), Role.DIRECTOR),
    Hat(_("Second member"), Role.DIRECTOR),
    Hat(_("Third member"), Role.DIRECTOR),
    Hat(_("Assistant secretary, often outside counsel"), Role.SECRETARY),
    Hat(_("Chief financial officer"), Role.MANAGEMENT),
    Hat(_("Controller"), Role.MANAGEMENT),
    Hat(_("Independent counsel"), Role.INDEPENDENT_COUNSEL),
    Hat(_("Administrator"), Role.ADMINISTRATOR),
    Hat(_("Audit partner, only if the firm signs in"), Role.EXTERNAL_AUDITOR),
    Hat(_("Another person"), Role.DIRECTOR),
)
# The audit firm often does not sign in: what it sends is recorded by the secretary.
WANTED = (
    Role.DIRECTOR,
    Role.SECRETARY,
    Role.MANAGEMENT,
    Role.INDEPENDENT_COUNSEL,
    Role.ADMINISTRATOR,
)


def missing_roles(people: Iterable[User], on: date) -> list[str]:
    """The usual roles that nobody holds on a day."""
    held = frozenset().union(*(user.roles(on) for user in people))
    return [str(role.label) for role in WANTED if role not in held]
