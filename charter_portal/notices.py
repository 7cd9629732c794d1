"""What the roof owes people: a mail to see whether mails arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import notices

if TYPE_CHECKING:
    from records.models import Notice
    from records.notices import Line


def _compose(notice: Notice, reader: Any) -> Line:
    return notices.Line(_("You asked for this mail, and it has arrived."), reverse("setup"))


MAIL_CHECK = notices.register(
    "mail_check", lazy("A test of the mail was asked for"), _compose, urgent=True
)
