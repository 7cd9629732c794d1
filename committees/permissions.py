"""Who may see who sits where and what is known of directors, and who records it."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import OFFICES, PERMISSIONS, Office, Permission
from charters.models import Committee
from charters.permissions import COUNSEL, READERS, SECRETARIES
from committees.models import AdviserEngagement, ChairTerm
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


def chairs_the_committee(user: User) -> bool:
    """Whether a person chairs the audit committee today."""
    body, today = Committee.objects.audit(), clock.today()
    if body is None or Role.DIRECTOR not in user.roles_today:
        return False
    terms = ChairTerm.objects.filter(
        membership__director__user=user, membership__committee=body
    ).select_related("membership")
    return any(each.covers(today) for each in terms)


# The chair may learn of a matter before anybody else: a hold stops every deletion at once.
OFFICES.add(
    Office(
        "committees.chair",
        _("Chair of the audit committee"),
        frozenset({"records.place_legalhold"}),
        chairs_the_committee,
    )
)
