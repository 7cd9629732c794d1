"""Who sits where, what the charter says, and what is recorded of each duty."""

from committees.models.charter import CharterVersion, Clause, ClauseNote, Passage
from committees.models.duties import Attestation, Disposition, Duty, Inapplicability
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
    "Inapplicability",
    "Membership",
    "Passage",
]
