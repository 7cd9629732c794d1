"""The words of meetings, agendas, packs and written consents."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingKind(models.TextChoices):
    REGULAR = "regular", _("Regular meeting")
    SPECIAL = "special", _("Special meeting")
    RELEASE_CALL = "release_call", _("Release call")


class MeetingState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "planned")
    NOTICED = "noticed", pgettext_lazy("meeting", "noticed")
    HELD = "held", pgettext_lazy("meeting", "held")
    WITHOUT_QUORUM = "without_quorum", pgettext_lazy("meeting", "without quorum")
    CANCELED = "canceled", pgettext_lazy("meeting", "canceled")


class CountedVotes(models.TextChoices):
    """What a majority is a majority of, as the bylaws say."""

    PRESENT = "present", _("the members present")
    VOTES_CAST = "votes_cast", _("the votes cast")


class ItemKind(models.TextChoices):
    DECIDE = "decide", _("Decide")
    DISCUSS = "discuss", _("Discuss")
    NOTE = "note", _("Note")
    EXECUTIVE_SESSION = "executive_session", _("Executive session")


class ItemSource(models.TextChoices):
    """Where an agenda item came from."""

    DUTY = "duty", _("a responsibility")
    PROPOSAL = "proposal", _("a proposal")
    ACTION = "action", _("an open action")
    MINUTES = "minutes", _("minutes to approve")
    FIXED = "fixed", _("on every agenda")
    ADDED = "added", _("added by the secretary")
    CARRIED = "carried", _("carried from an earlier meeting")


class Removal(models.TextChoices):
    """How an item left the agenda."""

    WITHDRAWN = "withdrawn", pgettext_lazy("agenda item", "withdrawn")
    DEFERRED = "deferred", pgettext_lazy("agenda item", "deferred")


class ItemOutcome(models.TextChoices):
    """What became of an item at the meeting."""

    ADOPTED = "adopted", pgettext_lazy("agenda item", "adopted")
    NOT_ADOPTED = "not_adopted", pgettext_lazy("agenda item", "not adopted")
    DISCUSSED = "discussed", pgettext_lazy("agenda item", "discussed")
    NOTED = "noted", pgettext_lazy("agenda item", "noted")
    HELD = "held", pgettext_lazy("executive session", "held")
    NOT_TAKEN_UP = "not_taken_up", pgettext_lazy("agenda item", "not taken up")


class ConsentStatus(models.TextChoices):
    """Where a written consent is; computed from what is recorded of it."""

    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Waiting for signatures")
    EFFECTIVE = "effective", _("In effect")
    STOPPED = "stopped", _("Ended without effect")


class Stopped(models.TextChoices):
    """Why a consent ended without taking effect."""

    DECLINED = "declined", _("A member declined")
    SIGNATURE_WITHDRAWN = "signature_withdrawn", _("A signature was withdrawn")
    WITHDRAWN = "withdrawn", _("Withdrawn by the corporate secretary")


class HowSigned(models.TextChoices):
    HERE = "here", _("Signed in the portal")
    ON_PAPER = "on_paper", _("Signed on paper or by email")


class MinutesState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("minutes", "draft")
    CIRCULATED = "circulated", pgettext_lazy("minutes", "circulated")
    APPROVED = "approved", pgettext_lazy("minutes", "approved")


class HowReported(models.TextChoices):
    """How the committee reported to the Board."""

    ORALLY = "orally", _("Orally")
    IN_WRITING = "in_writing", _("In writing")


class Answer(models.TextChoices):
    """What the Board made of a recommendation."""

    ACCEPTED = "accepted", _("Accepted")
    CHANGED = "changed", _("Accepted with changes")
    REJECTED = "rejected", _("Not accepted")
