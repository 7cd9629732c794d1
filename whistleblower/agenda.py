"""*Concerns* stands on every regular agenda, with and without cases."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from charters.docket import AsOf
from charters.registry import AGENDA, AgendaProposal, AgendaSource
from whistleblower.duties import IN_FORCE
from whistleblower.models import Channel


def concerns(as_of: AsOf) -> Iterator[AgendaProposal]:
    if Channel.objects.filter(committee=as_of.committee).exists():
        duties = tuple(duty for duty in as_of.duties if duty.catalogue_key in IN_FORCE)
        yield AgendaProposal(
            _("Concerns"), _("This item is on every regular agenda."), None, duties
        )


AGENDA.add(AgendaSource("whistleblower.concerns", concerns))
