"""The home page asks each reader to open the desk: by the date of the last opening alone."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from charters.answers import Ask
from charters.docket import AsOf
from charters.registry import HOME, HomePart
from whistleblower.models import ReaderKey
from whistleblower.services.reminders import READER_AFTER


def asks(as_of: AsOf, user: User) -> Iterator[Ask]:
    key = ReaderKey.objects.filter(user=user, ended_on=None).first()
    if key is None or as_of.day - (key.opened_on or key.made_on) < READER_AFTER:
        return
    yield Ask(
        _("Open the concerns desk."),
        reverse("desk"),
        _("Open the desk"),
        _("Readers open it every week, with or without cases."),
    )


HOME.add(HomePart("whistleblower.desk", asks))
