"""Who may see who sits where and what is known of directors, and who records it."""

from django.contrib.auth.models import AnonymousUser

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import PERMISSIONS, Permission
from charters.permissions import COUNSEL, READERS, SECRETARIES
from committees.models import AdviserEngagement
from committees.models.advisers import AdviserEngagementQuerySet
from records import clock

PERMISSIONS.add_all(
    Permission("committees.view_committee", READERS | {Role.MANAGEMENT}),
    Permission("committees.change_committee", SECRETARIES, seen_by="committees.view_committee"),
    # Reviews, advisers, funding, related parties, regulators' letters.
    Permission("committees.view_register", READERS),
    Permission("committees.change_register", SECRETARIES, seen_by="committees.view_register"),
    # What is known of directors and their families; of themselves directors see it anyway.
    Permission("committees.view_relationship", SECRETARIES | COUNSEL),
    Permission(
        "committees.change_relationship", SECRETARIES, seen_by="committees.view_relationship"
    ),
)


def engagements_open_to(user: User | AnonymousUser) -> AdviserEngagementQuerySet:
    """The engagements of advisers a person may see today."""
    return AdviserEngagement.objects.visible_to(user, on=clock.today())
