"""Committees, directors and seats, made the way the portal makes them."""

from datetime import UTC, date, datetime
from typing import Any

from accounts.models import User
from charters import services
from charters.enums import CommitteeKind
from charters.models import Committee
from committees import services as seating
from committees.models import Director, Membership
from records.enums import SystemActor
from records.models import Company
from records.services.company import set_up

AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
SIGNED: dict[str, Any] = {"by": SystemActor.OPERATOR, "at": AT}
LONG_AGO = date(2020, 5, 1)


def a_company(**given: Any) -> Company:
    given = {"name": "Larch Instruments, Inc.", "records_begin": date(2020, 1, 1)} | given
    return Company.objects.current() or set_up(**given, **SIGNED)


def an_audit_committee(name: str = "Audit Committee") -> Committee:
    made = Committee.objects.audit()
    return made or services.establish(name=name, kind=CommitteeKind.AUDIT, **SIGNED)


def a_board(name: str = "Board of Directors") -> Committee:
    made = Committee.objects.board()
    return made or services.establish(name=name, kind=CommitteeKind.BOARD, **SIGNED)


def a_director(name: str = "Ngozi Okafor", user: User | None = None) -> Director:
    return seating.add_director(name=name, user=user, **SIGNED)


def a_seat(
    director: Director | None = None,
    committee: Committee | None = None,
    starts_on: date = LONG_AGO,
) -> Membership:
    return seating.seat(
        director or a_director(), committee or an_audit_committee(), starts_on=starts_on, **SIGNED
    )


def seats(*names: str, committee: Committee | None = None) -> list[Membership]:
    """A committee of these directors, since long ago."""
    return [a_seat(a_director(name), committee) for name in names]
