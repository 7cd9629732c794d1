"""The home page asks each reader to open the desk: by the date of the last opening alone."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from charters.answers import Ask
from charters.docket import AsOf
from charters.registry import HOME, HomePart
from charters.standing import Docket
from whistleblower import opening
from whistleblower.enums import Way
from whistleblower.forms.terms import language_names
from whistleblower.models import Channel, ReaderKey, RosterList
from whistleblower.services.reminders import READER_AFTER

ASKED = frozenset({Role.SECRETARY, Role.COMPANY_COUNSEL, Role.INDEPENDENT_COUNSEL})


def asks(as_of: AsOf, user: User) -> Iterator[Ask]:
    keys = ReaderKey.objects.filter(user=user, ended_on=None)
    days = keys.values_list("opened_on", "made_on").first()
    if days is None or as_of.day - (days[0] or days[1]) < READER_AFTER:
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
    for language in Docket.of(as_of).listed(_outdated):
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


def _outdated(as_of: AsOf) -> tuple[str, ...]:
    if not Channel.objects.filter(way=Way.OWN, committee=as_of.committee).exists():
        return ()
    listed = RosterList.objects.exclude(in_force_on=None).last()
    return opening.outdated(listed.roster) if listed else ()


HOME.add(HomePart("whistleblower.words", asks_for_approval))
HOME.add(HomePart("whistleblower.desk", asks))
