"""Who sits where, what the charter says, and what is recorded of each duty."""

from committees.models.charter import CharterVersion, Clause, ClauseNote, Passage
from committees.models.duties import Attestation, Disposition, Duty, Inapplicability
from committees.models.events import EventCard, EventClock, EventEnding, EventEntry
from committees.models.people import ChairTerm, Committee, Director, Membership

__all__ = [
    "Attestation",
    "ChairTerm",
    "CharterVersion",
    "Clause",
    "ClauseNote",
    "Committee",
    "Director",
    "Disposition",
    "Duty",
    "EventCard",
    "EventClock",
    "EventEnding",
    "EventEntry",
    "Inapplicability",
    "Membership",
    "Passage",
]
