"""Who may do what. Being a reader is decided by the signed list and a passphrase, not by a role."""

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import PERMISSIONS, Permission
from charters.permissions import READERS, SECRETARIES
from whistleblower import opening
from whistleblower.enums import Procedure, ReaderRole, Way
from whistleblower.models import Channel

PERMISSIONS.add_all(
    # The channel as it is known outside the desk: the same with and without cases.
    Permission("whistleblower.view_channel", READERS),
    Permission("whistleblower.change_channel", SECRETARIES, seen_by="whistleblower.view_channel"),
    Permission(
        "whistleblower.record_procedure",
        SECRETARIES | {Role.DIRECTOR, Role.INDEPENDENT_COUNSEL},
        seen_by="whistleblower.view_channel",
    ),
    # The door of the desk: directors and independent counsel, who may be readers.
    Permission("whistleblower.open_desk", frozenset({Role.DIRECTOR, Role.INDEPENDENT_COUNSEL})),
)


def may_record(user: User, channel: Channel, procedure: Procedure) -> bool:
    """The secretary records what was done about the procedures. That they were followed in a
    quarter is recorded by a reader who leads; with an outside line by the secretary too."""
    if procedure is Procedure.QUARTER and channel.way == Way.OWN:
        return is_leading_reader(user)
    return user.has_perm("whistleblower.change_channel")


def is_leading_reader(user: User) -> bool:
    """Whether a person is the chair or a member on the list of readers in force."""
    roster = opening.state().roster
    leads = (ReaderRole.CHAIR, ReaderRole.MEMBER)
    return roster is not None and any(
        each.user == user.pk and each.role in leads for each in roster.entries
    )
