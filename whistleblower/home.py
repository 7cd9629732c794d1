"""The home page asks each reader to open the desk: by the date of the last opening alone."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from charters.answers import Ask
from charters.docket import AsOf
from charters.registry import HOME, HomePart
from whistleblower import opening
from whistleblower.enums import Way
from whistleblower.forms.terms import language_names
from whistleblower.models import Channel, ReaderKey, RosterList
from whistleblower.services.reminders import READER_AFTER

ASKED = frozenset({Role.SECRETARY, Role.COMPANY_COUNSEL, Role.INDEPENDENT_COUNSEL})


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


def asks_for_approval(as_of: AsOf, user: User) -> Iterator[Ask]:
    """Words of the channel that have changed with a release, to the secretary and counsel."""
    if ASKED.isdisjoint(user.roles_today):
        return
    channel = Channel.objects.filter(way=Way.OWN, committee=as_of.committee).first()
    listed = RosterList.objects.exclude(in_force_on=None).last() if channel else None
    for language in opening.outdated(listed.roster) if listed else ():
        yield Ask(
            _("The words of the concerns channel have changed: %(language)s.")
            % {"language": language_names()[language]},
            reverse("channel"),
            _("Concerns channel"),
            _(
                "A new version of the portal changed them. Reporters are not offered this language "
                "until counsel approves it and the readers sign the date."
            ),
        )


HOME.add(HomePart("whistleblower.words", asks_for_approval))
HOME.add(HomePart("whistleblower.desk", asks))
