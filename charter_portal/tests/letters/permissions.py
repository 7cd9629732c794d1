"""Who may read letters, and who records them."""

from accounts.permissions import PERMISSIONS, Permission
from charters.permissions import READERS, SECRETARIES

PERMISSIONS.add_all(
    Permission("letters.view", READERS),
    Permission("letters.receive", SECRETARIES, seen_by="letters.view"),
)
