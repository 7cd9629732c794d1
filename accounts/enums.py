"""The roles a person may hold, several at a time."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    DIRECTOR = "director", _("Director")
    SECRETARY = "secretary", _("Corporate secretary")
    MANAGEMENT = "management", _("Management")
    INTERNAL_AUDITOR = "internal_auditor", _("Internal auditor")
    EXTERNAL_AUDITOR = "external_auditor", _("External auditor")
    COMPANY_COUNSEL = "company_counsel", _("Company counsel")
    INDEPENDENT_COUNSEL = "independent_counsel", _("Independent counsel")
    ADMINISTRATOR = "administrator", _("Administrator")


class Invited(models.TextChoices):
    """How far an invitation has come."""

    WAITING = "waiting", _("waiting to be sent")
    SENT = "sent", _("sent")
    EXPIRED = "expired", _("expired")
    ACCEPTED = "accepted", _("accepted")
    REPLACED = "replaced", _("replaced or canceled")


class Way(models.TextChoices):
    """How an invitation was accepted."""

    PASSKEY = "passkey", _("with a passkey")
    PASSWORD = "password", _("with a password")  # nosec B105


class Checked(models.TextChoices):
    """How the second person made sure who is asking for a new second factor."""

    IN_PERSON = "in_person", _("We met in person")
    BY_VIDEO = "by_video", _("We met by video, and I recognized the person")
    BY_CALL = "by_call", _("I called back at a number I already had")


class Outcome(models.TextChoices):
    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")
