"""Every change to people, their roles and how they sign in. Each leaves one entry in the ledger."""

from accounts.services.doors import (
    accept_invitation,
    add_factor,
    approve_factor_reset,
    ask_for_factor_reset,
    decline_factor_reset,
    end_factor,
    end_sessions,
    find_invitation,
    invite,
    mint_link,
)
from accounts.services.people import (
    Admission,
    admit,
    admit_all,
    close_account,
    confirm_account,
    end_role,
    give_role,
    open_account,
    register_person,
    set_password,
)

__all__ = [
    "Admission",
    "accept_invitation",
    "add_factor",
    "admit",
    "admit_all",
    "approve_factor_reset",
    "ask_for_factor_reset",
    "close_account",
    "confirm_account",
    "decline_factor_reset",
    "end_factor",
    "end_role",
    "end_sessions",
    "find_invitation",
    "give_role",
    "invite",
    "mint_link",
    "open_account",
    "register_person",
    "set_password",
]
