"""Who may read and do what with meetings and written consents."""

from django.contrib.auth.models import AnonymousUser

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import PERMISSIONS, Permission
from charters.permissions import READERS, SECRETARIES
from meetings.models import (
    AgendaItem,
    AgendaItemQuerySet,
    Recommendation,
    RecommendationQuerySet,
    WrittenConsent,
    WrittenConsentQuerySet,
)
from records import clock

PERMISSIONS.add_all(
    Permission("meetings.view_meeting", READERS),
    Permission("meetings.change_meeting", SECRETARIES, seen_by="meetings.view_meeting"),
    # A member takes a line out of the consent group; the secretary does it for them.
    Permission(
        "meetings.discuss_item", SECRETARIES | {Role.DIRECTOR}, seen_by="meetings.view_meeting"
    ),
    Permission("meetings.report_to_board", SECRETARIES, seen_by="meetings.view_meeting"),
    Permission("meetings.view_consent", READERS),
    Permission("meetings.change_consent", SECRETARIES, seen_by="meetings.view_consent"),
    # Whether the person is asked to sign this one is said by its page.
    Permission(
        "meetings.sign_consent", frozenset({Role.DIRECTOR}), seen_by="meetings.view_consent"
    ),
    Permission(
        "meetings.decline_consent",
        SECRETARIES | {Role.DIRECTOR},
        seen_by="meetings.view_consent",
    ),
    # A director declares a recusal, and the secretary notes one for somebody.
    Permission("meetings.recuse", SECRETARIES | {Role.DIRECTOR}, seen_by="meetings.view_meeting"),
    Permission("meetings.enter_meeting", SECRETARIES, seen_by="meetings.view_meeting"),
    Permission("meetings.view_minutes", READERS),
    Permission("meetings.change_minutes", SECRETARIES, seen_by="meetings.view_minutes"),
)


def items_open_to(user: User | AnonymousUser) -> AgendaItemQuerySet:
    """The agenda items a person may see today."""
    return AgendaItem.objects.visible_to(user, on=clock.today())


def consents_open_to(user: User | AnonymousUser) -> WrittenConsentQuerySet:
    """The consents a person may see today."""
    return WrittenConsent.objects.visible_to(user, on=clock.today())


def recommendations_open_to(user: User | AnonymousUser) -> RecommendationQuerySet:
    """The recommendations to the Board that a person may see today."""
    return Recommendation.objects.visible_to(user, on=clock.today())
