"""A company whose committee begins its records, and everything that may be recorded of it on a date.

Every act goes through the services of its app. What was recorded is also kept here, as plain facts
that a slow reference can judge without asking the database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from charter_portal.tests.year.facts import (
    Determined,
    Lost,
    Met,
    Paid,
    Seat,
    Served,
    Transaction,
)
from charters import proposals
from charters import services as charters
from charters.models import Committee, Duty
from charters.standing import Docket
from committees import services as committees
from committees.enums import DeterminationKind as Kind
from committees.enums import EndReason, SophisticationGround
from committees.models import Director, Membership
from records.calendar import plus_months
from records.enums import SystemActor
from records.services.company import record_annual_meeting, set_up
from whistleblower.tests.channels import World as Channel
from whistleblower.tests.channels import open_world

if TYPE_CHECKING:
    from accounts.models import User

RECORDS_BEGIN = date(2027, 1, 1)
FIRST, LAST = date(2027, 7, 1), date(2028, 6, 30)
ANNUAL_MEETING = date(2028, 5, 17)
BY = SystemActor.OPERATOR


@dataclass
class Log:
    """What was recorded, in the order in which it was."""

    seats: list[Seat] = field(default_factory=list)
    determined: list[Determined] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    paid: list[Paid] = field(default_factory=list)
    served: list[Served] = field(default_factory=list)
    met: list[Met] = field(default_factory=list)
    transactions: list[Transaction] = field(default_factory=list)
    policies: list[date] = field(default_factory=list)


class World:
    """Today, the people, and the rows that acts can be about."""

    def __init__(self, charter: Path) -> None:
        self.today, self.minute = RECORDS_BEGIN, 0
        set_up(name="Larch Instruments, Inc.", records_begin=RECORDS_BEGIN, **self.signed)
        self.channel: Channel = open_world()
        self.company = self.channel.company
        self.log = Log()
        self.directors: dict[str, Director] = {}
        self.adopt(charter)
        record_annual_meeting(self.company, on=ANNUAL_MEETING, **self.signed)
        for seat in Membership.objects.filter(committee=self.committee).select_related("director"):
            self.directors[seat.director.name] = seat.director
            self.log.seats.append(Seat(seat.director.name, seat.starts_on))
        self.determine_everybody()
        self.today = FIRST

    @property
    def signed(self) -> dict[str, Any]:
        """Who acts and when: a minute after the act before."""
        self.minute += 1
        noon = datetime.combine(self.today, datetime.min.time(), UTC) + timedelta(hours=16)
        return {"by": BY, "at": noon + timedelta(seconds=self.minute % 3600)}

    @property
    def committee(self) -> Committee:
        found = Committee.objects.audit()
        assert found is not None
        return found

    @property
    def board(self) -> Committee:
        found = Committee.objects.board()
        assert found is not None
        return found

    def year_end(self, day: date) -> date:
        return date(day.year, 12, 31)

    def duty(self, key: str) -> Duty | None:
        return self.committee.duties.filter(catalogue_key=key).first()

    def docket(self, day: date) -> Docket:
        return Docket(self.committee, day, self.company)

    def adopt(self, path: Path) -> None:
        """Import a charter and take up every responsibility that the import is sure of."""
        taken = proposals.take_apart(path.read_bytes(), path.name)
        version = charters.load_charter(
            title=taken.found.title or "Audit Committee Charter",
            text=taken.text,
            passages=taken.found.passages,
            headings=proposals.short_names(taken.found),
            company_name=taken.found.company,
            committee_name="",
            **self.signed,
        )
        days = {"adopted_on": RECORDS_BEGIN, "effective_on": RECORDS_BEGIN}
        version = charters.take_up(version, carried={}, **days, **self.signed)
        clauses = {clause.reference: clause for clause in version.clauses.all()}
        chosen = {
            each.key: clauses[each.reference]
            for each in proposals.proposals_for(self.docket(RECORDS_BEGIN))
            if each.is_sure
        }
        charters.attach(chosen, in_force_from=RECORDS_BEGIN, **self.signed)

    def determine_everybody(self) -> None:
        for name in self.directors:
            self.determine(name, Kind.INDEPENDENT)
            self.determine(name, Kind.LITERATE)
        self.determine(next(iter(self.directors)), Kind.SOPHISTICATED)

    # What the committee is made of.

    def seat(self, name: str) -> None:
        self.directors[name] = committees.add_director(name=name, **self.signed)
        self.seat_again(name)

    def seat_again(self, name: str) -> None:
        committees.seat(self.directors[name], self.committee, starts_on=self.today, **self.signed)
        self.log.seats.append(Seat(name, self.today))

    def leave(self, name: str, *, notified: bool) -> None:
        seat = self.committee.memberships.get(director=self.directors[name], ends_on=None)
        told = self.today if notified else None
        committees.end_membership(
            seat,
            ends_on=self.today,
            reason=EndReason.RESIGNED,
            exchange_notified_on=told,
            **self.signed,
        )
        told_of = next(s for s in self.log.seats if s.person == name and s.until is None)
        told_of.until, told_of.notified_on = self.today, told

    def determine(self, name: str, kind: Kind) -> None:
        grounds = [SophisticationGround.EMPLOYMENT] if kind is Kind.SOPHISTICATED else []
        committees.determine(
            self.directors[name], kind, determined_on=self.today, grounds=grounds, **self.signed
        )
        self.log.determined.append(Determined(name, kind.value, self.today))

    def sitting(self) -> list[str]:
        return sorted({seat.person for seat in self.log.seats if seat.covers(self.today)})

    def send_concern(self) -> None:
        self.channel.send(on=self.today)

    def user(self, name: str) -> User:
        return self.channel.readers[name].user

    def ago(self, months: int, days: int) -> date:
        return plus_months(self.today, -months) - timedelta(days=days)
