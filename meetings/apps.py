"""Calendar, agenda, quorum and votes, minutes, consents, reports to the Board."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Meetings"
