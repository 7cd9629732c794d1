"""The words of the roof: who a report to the Board is for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """The full Board includes the chief executive; the independent directors do not."""

    BOARD = "board", _("Full Board")
    INDEPENDENT = "independent", _("Independent directors only")
