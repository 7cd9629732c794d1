"""Meetings with their agendas, papers and packs, written consents, and numbers of resolutions."""

from meetings.models.agenda import AgendaItem, AgendaItemQuerySet
from meetings.models.attendance import Attendee, Stay
from meetings.models.board_reports import (
    Recommendation,
    RecommendationQuerySet,
    ReportToBoard,
)
from meetings.models.body_rules import BodyRules, rules_on
from meetings.models.consents import (
    ConsentAttachment,
    ConsentMember,
    ConsentRefusal,
    ConsentSignature,
    WrittenConsent,
    WrittenConsentQuerySet,
)
from meetings.models.feeds import FeedAddress
from meetings.models.meetings import Meeting, MeetingQuerySet
from meetings.models.minutes import Correction, Minutes, Paragraph
from meetings.models.numbering import ResolutionSequence
from meetings.models.papers import Pack, PackItem, PackPaper, Paper
from meetings.models.votes import Ballot, Recusal, SessionCard, Vote

__all__ = [
    "AgendaItem",
    "AgendaItemQuerySet",
    "Attendee",
    "Ballot",
    "BodyRules",
    "ConsentAttachment",
    "ConsentMember",
    "ConsentRefusal",
    "ConsentSignature",
    "Correction",
    "FeedAddress",
    "Meeting",
    "MeetingQuerySet",
    "Minutes",
    "Pack",
    "PackItem",
    "PackPaper",
    "Paper",
    "Paragraph",
    "Recommendation",
    "RecommendationQuerySet",
    "Recusal",
    "ReportToBoard",
    "ResolutionSequence",
    "SessionCard",
    "Stay",
    "Vote",
    "WrittenConsent",
    "WrittenConsentQuerySet",
    "rules_on",
]
