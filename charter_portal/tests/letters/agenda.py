"""What the next agenda should hold."""

from collections.abc import Iterator

from charter_portal.tests.letters.queries import letters
from charters.docket import AsOf
from charters.registry import AGENDA, AgendaProposal, AgendaSource


def to_discuss(as_of: AsOf) -> Iterator[AgendaProposal]:
    for each in letters(as_of).unanswered(as_of.day):
        yield AgendaProposal(str(each), "It has no answer yet.", each.due_on)


AGENDA.add(AgendaSource("letters.to_discuss", to_discuss))
