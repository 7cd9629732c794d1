"""The committee and its directors put on record at once, as a new installation needs it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from charters.models import Committee
from charters.services.loading import ensure_committee
from committees.models import Director
from committees.services.chairs import designate_chair
from committees.services.people import add_director, seat
from records import rows
from records.acts import act
from records.ledger import Actor


@dataclass(frozen=True)
class Seating:
    """A director, and since when on the Board, on the audit committee, in its chair."""

    name: str
    user: User | None = None
    board_since: date | None = None
    committee_since: date | None = None
    chair_since: date | None = None


@act
def constitute(
    seatings: Iterable[Seating], *, by: Actor, at: datetime, committee_name: str = ""
) -> Committee:
    """Establish the audit committee and the Board where they are missing, and seat directors."""
    committee = ensure_committee(committee_name, by=by, at=at)
    for number, seating in enumerate(seatings):
        with rows.row(number):
            _take_in(seating, committee, by, at)
    return committee


def _take_in(seating: Seating, committee: Committee, by: Actor, at: datetime) -> None:
    if Director.objects.filter(name__iexact=seating.name.strip()).exists():
        sentence = _(
            "This director is on record already. Give further seats on the director's page."
        )
        raise ValidationError({"name": sentence})
    director = add_director(name=seating.name.strip(), user=seating.user, by=by, at=at)
    board = Committee.objects.board()
    if board and seating.board_since:
        seat(director, board, starts_on=seating.board_since, by=by, at=at)
    if seating.committee_since:
        membership = seat(director, committee, starts_on=seating.committee_since, by=by, at=at)
        if seating.chair_since:
            designate_chair(membership, starts_on=seating.chair_since, by=by, at=at)
