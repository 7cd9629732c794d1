"""What the charter says, and what is recorded of each duty."""

from charters.models.actions import Action, ActionStep
from charters.models.bodies import Committee
from charters.models.charter import CharterVersion, Clause, ClauseNote, Passage
from charters.models.decisions import Decision, DecisionQuerySet
from charters.models.duties import Closing, Completion, Duty, Inapplicability
from charters.models.events import Event, EventDeadline, EventEnding, EventEntry

__all__ = [
    "Action",
    "ActionStep",
    "CharterVersion",
    "Clause",
    "ClauseNote",
    "Closing",
    "Committee",
    "Completion",
    "Decision",
    "DecisionQuerySet",
    "Duty",
    "Event",
    "EventDeadline",
    "EventEnding",
    "EventEntry",
    "Inapplicability",
    "Passage",
]
