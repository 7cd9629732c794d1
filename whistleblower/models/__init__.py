"""Tables of the concerns channel."""

from whistleblower.models.cases import REPORTER, Case, Part, Slot
from whistleblower.models.channel import Channel, Night, ProcedureEntry
from whistleblower.models.readers import OpenDesk, ReaderKey, RosterList, RosterSignature

__all__ = [
    "REPORTER",
    "Case",
    "Channel",
    "Night",
    "OpenDesk",
    "Part",
    "ProcedureEntry",
    "ReaderKey",
    "RosterList",
    "RosterSignature",
    "Slot",
]
