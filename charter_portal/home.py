"""What the project package asks on the home page: a report to be issued by the chair, or sent back."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from accounts.models import User
from charter_portal.enums import PreparedState
from charter_portal.models import PreparedReport
from charter_portal.release import release_on
from charters.answers import Ask
from charters.docket import AsOf
from charters.registry import HOME, HomePart
from charters.standing import Docket


def asks(as_of: AsOf, user: User) -> Iterator[Ask]:
    """The chair is asked to issue; who prepared a report, to prepare it again."""
    pending = Docket.of(as_of).listed(_pending)
    if not pending:
        return
    seen = PreparedReport.objects.visible_to(user, on=as_of.day).defer("data")
    found = list(seen.filter(pk__in=pending))
    if not found:
        return
    is_chair = release_on(as_of.committee, as_of.day).chair == user
    for prepared in found:
        url = prepared.get_absolute_url()
        if prepared.state == PreparedState.WAITING and is_chair:
            sentence = _("A report to the Board is waiting for you to issue it.")
            yield Ask(sentence, url, _("Read and issue"))
        elif prepared.state == PreparedState.SENT_BACK and prepared.recorded_by == user:
            sentence = _("The chair sent a Board report back to you.")
            yield Ask(sentence, url, _("Read the note"))


def _pending(as_of: AsOf) -> Iterator[int]:
    return iter(PreparedReport.objects.pending().values_list("pk", flat=True))


HOME.add(HomePart("charter_portal.home", asks, order=4))
