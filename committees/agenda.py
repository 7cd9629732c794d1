"""What the committee's records propose for its next agenda."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from charters.docket import AsOf
from charters.registry import AGENDA, AgendaProposal, AgendaSource
from committees import sentences
from committees.deadlines import open_letters
from committees.duties.records import RELATED_PARTIES, logged
from committees.rules.related_parties import OpenPoint
from records.dates import long_day


def to_review(as_of: AsOf) -> Iterator[AgendaProposal]:
    """Related-party transactions that the committee has not reviewed yet."""
    duties = tuple(duty for duty in as_of.duties if duty.catalogue_key == RELATED_PARTIES)
    for transaction in as_of.once(logged):
        reviewed = transaction.as_rule().reviewed_on
        if reviewed is None or reviewed > as_of.day:
            yield AgendaProposal(
                _("Review the transaction with %(person)s") % {"person": transaction.person},
                sentences.of_open_point(OpenPoint.REVIEW),
                transaction.signed_on,
                duties,
                transaction.get_absolute_url(),
                (transaction,),
            )


def to_discuss(as_of: AsOf) -> Iterator[AgendaProposal]:
    """Letters of regulators that wait for an answer."""
    for letter in open_letters(as_of):
        yield AgendaProposal(
            _("Discuss the regulator’s letter: %(matter)s") % {"matter": letter.matter},
            _("Received on %(day)s and not answered yet.") % {"day": long_day(letter.received_on)},
            letter.as_rule().due(as_of.day),
            (),
            letter.get_absolute_url(),
            (letter,),
        )


AGENDA.add_all(
    AgendaSource("committees.transactions", to_review),
    AgendaSource("committees.letters", to_discuss),
)
