"""Calendar, agenda, quorum and votes, minutes, consents, reports to the Board."""

from records import registry


class MeetingsConfig(registry.PortalApp):
    name = "meetings"
    verbose_name = "Meetings"
