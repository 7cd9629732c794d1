"""Meetings and their times in words."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.models import Committee
from meetings.enums import MeetingKind
from meetings.models import Meeting
from meetings.rules import clocks
from records.dates import long_day, weekday

# What people call the zones of this country, whatever the season.
ZONES = {
    "America/New_York": lazy("Eastern Time"),
    "America/Chicago": lazy("Central Time"),
    "America/Denver": lazy("Mountain Time"),
    "America/Phoenix": lazy("Arizona Time"),
    "America/Los_Angeles": lazy("Pacific Time"),
    "America/Anchorage": lazy("Alaska Time"),
    "Pacific/Honolulu": lazy("Hawaii Time"),
}


def size_unknown(on: date) -> str:
    """Why the quorum of a Board is not known: it is a majority of all seats, vacant ones too."""
    return _(
        "The number of seats on the Board on %(day)s is not on record. Its quorum is not known."
    ) % {"day": long_day(on)}


def record_size(on: date) -> str:
    return _("Record the number of seats under Meeting rules, effective on or before %(day)s.") % {
        "day": long_day(on)
    }


def size_url(body: Committee, on: date) -> str:
    """The form for the number of seats, with what was in effect on the date."""
    address = reverse("body_rules_change", args=[body.pk])
    return f"{address}?from={on.isoformat()}"


def zone_words(zone: ZoneInfo) -> str:
    """Eastern Time; elsewhere the name of the zone's largest city."""
    known = ZONES.get(str(zone))
    return str(known) if known else str(zone).rpartition("/")[2].replace("_", " ")


def time_words(at: time, zone: ZoneInfo) -> str:
    """9:00 a.m. Eastern Time."""
    return f"{clocks.spoken(at)} {zone_words(zone)}"


def when_words(meeting: Meeting) -> str:
    """Wednesday, November 4, 2026, 9:00 a.m. Eastern Time."""
    if meeting.time is None:
        return weekday(meeting.on)
    return f"{weekday(meeting.on)}, {time_words(meeting.time, meeting.zone_info())}"


def short_title(meeting: Meeting) -> str:
    """Audit Committee, special meeting: what a list shows beside the date."""
    words = {
        MeetingKind.REGULAR: _("%(body)s"),
        MeetingKind.SPECIAL: _("%(body)s, special meeting"),
        MeetingKind.RELEASE_CALL: _("%(body)s, release call"),
    }
    return words[MeetingKind(meeting.kind)] % {"body": meeting.body_words}


def with_start(meeting: Meeting) -> str:
    """Audit Committee meeting of August 4, 2026, 9:00 a.m.: where two of one date are told apart."""
    return f"{meeting}, {clocks.spoken(meeting.time)}" if meeting.time else str(meeting)


def capital(text: str) -> str:
    """With a capital, where it stands alone."""
    return text[:1].upper() + text[1:]
