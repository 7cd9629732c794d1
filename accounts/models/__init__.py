"""People, the roles they hold over time, and how they are let in."""

from accounts.models.doors import FactorReset, Invitation
from accounts.models.people import RoleTerm, User, UserManager, UserQuerySet

__all__ = ["FactorReset", "Invitation", "RoleTerm", "User", "UserManager", "UserQuerySet"]
