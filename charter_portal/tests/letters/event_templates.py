"""An event to begin with when a letter arrives."""

from charters.answers import Link
from charters.registry import EVENT_OFFERS, EVENT_TEMPLATES, EventOffer
from charters.rules.event_templates import EventTemplate

EVENT_TEMPLATES.add(EventTemplate("letters.received", "Letter from a regulator"))
EVENT_OFFERS.add(EventOffer("letters.receive", lambda event, user: Link("Record it", "/letters/")))
