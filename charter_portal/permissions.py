"""Who reads the reports to the Board and who issues them, and from whom a report is restricted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from accounts.enums import Role
from accounts.permissions import PERMISSIONS, Permission
from accounts.restriction import Restriction
from charter_portal.enums import Audience

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

PERMISSIONS.add_all(
    # Resolutions to adopt: for whom they are put to, and for who adapts them.
    Permission(
        "charter_portal.view_kit",
        frozenset({Role.SECRETARY, Role.DIRECTOR, Role.INDEPENDENT_COUNSEL, Role.COMPANY_COUNSEL}),
    ),
    # The guide: whoever holds this may do everything it leads to on the pages of the portal too.
    Permission("charter_portal.set_up", frozenset({Role.SECRETARY})),
    Permission(
        "charter_portal.view_report",
        frozenset({Role.SECRETARY, Role.DIRECTOR, Role.INDEPENDENT_COUNSEL, Role.COMPANY_COUNSEL}),
    ),
    Permission("charter_portal.issue_report", frozenset({Role.SECRETARY})),
)


def restricted_roles(audience: Audience) -> frozenset[Role]:
    """The roles that a report to an audience is restricted from."""
    return frozenset({Role.MANAGEMENT} if audience == Audience.INDEPENDENT else ())


def audiences_open_to(user: User | AnonymousUser, *, on: date) -> list[Audience]:
    """The audiences whose reports a person may read and issue on a day."""
    return [one for one in Audience if not Restriction(restricted_roles(one)).bars(user, on=on)]
