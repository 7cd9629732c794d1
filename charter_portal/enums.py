"""The words of the project package: who a report to the Board is for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """The full Board includes the chief executive; the independent directors do not."""

    BOARD = "board", _("Full Board")
    INDEPENDENT = "independent", _("Independent directors only")


class PreparedState(models.TextChoices):
    """Where a prepared report is."""

    WAITING = "waiting", _("waiting for the chair")
    SENT_BACK = "sent-back", _("sent back by the chair")
    PREPARED_AGAIN = "prepared-again", _("prepared again")
    ISSUED = "issued", _("issued")
