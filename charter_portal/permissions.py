"""Who reads the reports to the Board and who issues them, and to whom an audience is closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from accounts.closure import kinds_closed_to
from accounts.enums import Role
from charter_portal.enums import Audience

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

PERMISSIONS: dict[str, frozenset[Role]] = {
    # Resolutions to adopt: for whom they are put to, and for who adapts them.
    "charter_portal.view_kit": frozenset(
        {Role.SECRETARY, Role.DIRECTOR, Role.INDEPENDENT_COUNSEL, Role.COMPANY_COUNSEL}
    ),
    # The guide: whoever holds this may do everything it leads to on the pages of the portal too.
    "charter_portal.set_up": frozenset({Role.SECRETARY}),
    "charter_portal.view_report": frozenset(
        {Role.SECRETARY, Role.DIRECTOR, Role.INDEPENDENT_COUNSEL, Role.COMPANY_COUNSEL}
    ),
    "charter_portal.issue_report": frozenset({Role.SECRETARY}),
}

# A closed role gets in by no other role (law 9).
CLOSED_TO: Mapping[Audience, frozenset[Role]] = {
    Audience.BOARD: frozenset(),
    Audience.INDEPENDENT: frozenset({Role.MANAGEMENT}),
}


def audiences_closed_to(user: User | AnonymousUser, *, on: date) -> list[Audience]:
    return kinds_closed_to(user, CLOSED_TO, on=on)


def audiences_open_to(user: User | AnonymousUser, *, on: date) -> list[Audience]:
    closed = audiences_closed_to(user, on=on)
    return [audience for audience in Audience if audience not in closed]
