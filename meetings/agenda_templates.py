"""The lines that a kind of meeting has on every agenda, to be taken or left."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from charters.rules.sessions import Group
from meetings.enums import ItemKind, ItemSource, MeetingKind

NOTE, DECIDE, DISCUSS, SESSION = (
    ItemKind.NOTE,
    ItemKind.DECIDE,
    ItemKind.DISCUSS,
    ItemKind.EXECUTIVE_SESSION,
)


class Template(models.TextChoices):
    REGULAR = "regular", _("Regular meeting")
    RELEASE_CALL = "release_call", _("Release call")
    PLANNING = "planning", _("Planning meeting")


@dataclass(frozen=True)
class TemplateLine:
    """A line of a template. `key` keeps it from being taken twice for a meeting."""

    key: str
    title: str | Promise
    kind: ItemKind = ItemKind.DISCUSS
    minutes: int | None = None
    source: ItemSource = ItemSource.ADDED


# On every agenda of the committee, with or without cases, so that its presence says nothing.
CONCERNS = TemplateLine("concerns", _("Concerns"), NOTE, 5, ItemSource.FIXED)

LINES: dict[Template, tuple[TemplateLine, ...]] = {
    Template.REGULAR: (
        TemplateLine("chair", _("Report of the chair"), NOTE, 5),
        TemplateLine("management", _("Report of the chief financial officer"), DISCUSS, 20),
        TemplateLine("auditor", _("Report of the independent auditor"), DISCUSS, 20),
        CONCERNS,
        TemplateLine("session-management", _("Executive session with management"), SESSION, 10),
        TemplateLine(
            "session-auditor", _("Executive session with the independent auditor"), SESSION, 10
        ),
    ),
    Template.RELEASE_CALL: (
        TemplateLine("release", _("Draft earnings release"), DISCUSS, 10),
        TemplateLine("non-gaap", _("Non-GAAP measures and guidance"), DISCUSS, 5),
        TemplateLine("filing", _("Draft filing"), DISCUSS, 10),
        TemplateLine("changes", _("Changes since the last draft"), DISCUSS, 5),
        CONCERNS,
    ),
    Template.PLANNING: (
        TemplateLine("evaluation", _("Evaluation of the committee"), DISCUSS, 20),
        TemplateLine("charter", _("Review of the charter"), DISCUSS, 15),
        TemplateLine("calendar", _("Calendar of the next fiscal year"), DECIDE, 10),
        TemplateLine("policy", _("Pre-approval policy of the next fiscal year"), DECIDE, 15),
        CONCERNS,
    ),
}


# Whom the members meet in the sessions of a template, by the key of the agenda item.
SESSIONS = {
    "template:session-management": Group.MANAGEMENT,
    "template:session-auditor": Group.EXTERNAL_AUDITOR,
}


def usual(kind: MeetingKind) -> Template:
    """The template offered first for a meeting."""
    return Template.RELEASE_CALL if kind is MeetingKind.RELEASE_CALL else Template.REGULAR
