"""Who sits on the committee, as a report to the Board names them, and who came and went."""

from collections.abc import Iterator
from functools import cached_property

from django.utils.translation import gettext as _

from charter_portal.reports.report import Change, Member
from charter_portal.reports.scope import Scope
from charters.models import Committee
from committees.models import ChairTerm, Membership


class Seats:
    """The memberships and chairs of a committee, as of the days a report covers."""

    def __init__(self, committee: Committee, scope: Scope) -> None:
        self.committee, self.scope = committee, scope

    @cached_property
    def _seats(self) -> list[Membership]:
        return list(
            self.committee.memberships.select_related("director").prefetch_related("chair_terms")
        )

    @cached_property
    def chair(self) -> str:
        """The chair's name on the day of the standings; empty where none is on record."""
        chairs = (seat.director.name for seat in self._seats if self._chairs(seat))
        return next(chairs, "")

    def _chairs(self, seat: Membership) -> bool:
        day = self.scope.as_of
        return seat.covers(day) and any(term.covers(day) for term in seat.chair_terms.all())

    def members(self) -> Iterator[Member]:
        """The chair first."""
        sitting = [seat for seat in self._seats if seat.covers(self.scope.as_of)]
        for seat in sorted(sitting, key=lambda seat: not self._chairs(seat)):
            yield Member(seat.director.name, seat.starts_on, self._chairs(seat))

    def changes(self) -> Iterator[Change]:
        for seat in self._seats:
            if self.scope.reports_on(seat.starts_on):
                sentence = _("%(name)s joined the committee.")
                yield Change(seat.starts_on, sentence % {"name": seat.director.name})
            if seat.ends_on and self.scope.reports_on(seat.ends_on):
                sentence = _("%(name)s left the committee (%(reason)s).")
                words = {"name": seat.director.name, "reason": seat.get_end_reason_display()}
                yield Change(seat.ends_on, sentence % words)
            for term in seat.chair_terms.all():
                yield from self._chair_changes(seat, term)

    def _chair_changes(self, seat: Membership, term: ChairTerm) -> Iterator[Change]:
        if self.scope.reports_on(term.starts_on):
            sentence = _("%(name)s became chair.")
            yield Change(term.starts_on, sentence % {"name": seat.director.name})
        leaves = term.ends_on == seat.ends_on
        if term.ends_on and not leaves and self.scope.reports_on(term.ends_on):
            sentence = _("%(name)s ceased to be chair.")
            yield Change(term.ends_on, sentence % {"name": seat.director.name})
