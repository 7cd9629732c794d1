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
