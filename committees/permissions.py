"""Who may do what with the charter and its committee."""

from datetime import date

from accounts.enums import Role
from accounts.models import User
from committees.models import Committee

READERS = frozenset({Role.SECRETARY, Role.DIRECTOR, Role.COMPANY_COUNSEL, Role.INDEPENDENT_COUNSEL})
SECRETARIES = frozenset({Role.SECRETARY})

PERMISSIONS: dict[str, frozenset[Role]] = {
    # The charter is a public text; where its duties stand is the committee's own record.
    "committees.view_charter": READERS
    | {Role.MANAGEMENT, Role.INTERNAL_AUDITOR, Role.EXTERNAL_AUDITOR},
    "committees.view_standing": READERS,
    "committees.view_committee": READERS | {Role.MANAGEMENT},
    "committees.change_committee": SECRETARIES,
    "committees.change_charter": SECRETARIES,
    "committees.change_duty": SECRETARIES,
    "committees.attest_duty": SECRETARIES,
    "committees.dispose_exception": SECRETARIES,
}


def may_attest(user: User, committee: Committee, on: date) -> bool:
    """The secretary, and whoever sits on the committee that day."""
    if user.has_perm("committees.attest_duty"):
        return True
    return (
        user.has_perm("committees.view_standing")
        and committee.memberships.in_office(on).filter(director__user=user).exists()
    )
