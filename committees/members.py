"""Who sits on a body on a date: the engine asks here for whom to call and who may record."""

from collections.abc import Iterable
from datetime import date

from charters.answers import Member
from charters.models import Committee
from charters.registry import MEMBERS, MemberSource
from committees.models import Membership


def members(body: Committee, on: date) -> Iterable[Member]:
    """Who sits on a body on a date, the chair first."""
    seats = (
        Membership.objects.in_office(on)
        .filter(committee=body)
        .select_related("director__user")
        .prefetch_related("chair_terms", "director__user__roleterm_set")
    )
    found = [
        Member(
            name=seat.director.name,
            user=seat.director.user,
            is_chair=any(term.covers(on) for term in seat.chair_terms.all()),
        )
        for seat in seats
    ]
    return sorted(found, key=lambda member: not member.is_chair)


MEMBERS.add(MemberSource("committees.members", members))
