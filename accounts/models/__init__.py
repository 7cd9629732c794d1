"""People, the roles they hold over time, and how they are let in."""

from accounts.models.people import RoleTerm, User, UserManager, UserQuerySet
from accounts.models.restricted import RecordsField, Restricted, RestrictedQuerySet
from accounts.models.sign_in import FactorReset, Invitation, KeptForm, PasswordRequest

__all__ = [
    "FactorReset",
    "Invitation",
    "KeptForm",
    "PasswordRequest",
    "RecordsField",
    "Restricted",
    "RestrictedQuerySet",
    "RoleTerm",
    "User",
    "UserManager",
    "UserQuerySet",
]
