"""A meeting of three members that took place, for tests of what is entered afterwards."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from accounts.models import User
from charters.models import Committee
from committees.models import Director
from committees.tests.factories import a_director, a_seat
from meetings import services
from meetings.enums import ItemKind
from meetings.models import AgendaItem, Meeting
from meetings.services.attendance import Attendance, GuestThere, MemberThere, Movement
from meetings.services.holding import Held, TakenUp
from meetings.tests.factories import a_body, a_meeting, an_item
from records.enums import SystemActor

AUGUST = date(2026, 8, 4)
BEFORE = datetime(2026, 7, 1, 15, tzinfo=UTC)
AFTER = datetime(2026, 8, 5, 15, tzinfo=UTC)
PLANNED: dict[str, Any] = {"by": SystemActor.OPERATOR, "at": BEFORE}
ENTERED: dict[str, Any] = {"by": SystemActor.OPERATOR, "at": AFTER}


@dataclass(frozen=True)
class Scene:
    """A committee of A, B and C, and a meeting of August 4 with the items that a test adds."""

    body: Committee
    meeting: Meeting
    a: Director
    b: Director
    c: Director

    @property
    def members(self) -> tuple[Director, ...]:
        return self.a, self.b, self.c

    def item(self, title: str = "Approve the plan", **given: Any) -> AgendaItem:
        return an_item(self.meeting, title, **{"kind": ItemKind.DECIDE, **PLANNED, **given})

    def there(self, *absent: Director, **moves: Movement) -> Attendance:
        """All three, but for the absent; `a=Movement(...)` says when A came and went."""
        named = {"a": self.a, "b": self.b, "c": self.c}
        moving = {named[name]: each for name, each in moves.items()}
        return Attendance(
            [
                MemberThere(each, each not in absent, moving.get(each, Movement()))
                for each in self.members
            ]
        )

    def enter(self, *items: TakenUp, absent: tuple[Director, ...] = (), **more: Any) -> Meeting:
        held = more.pop("held", None) or Held(self.there(*absent), time(11, 45), self.a)
        given = {"items": items, "held": held, **ENTERED, **more}
        return services.enter_meeting(self.meeting, **given)


def a_scene(chair: User | None = None, member: User | None = None) -> Scene:
    body = a_body()
    found = [a_director("Ann A", chair), a_director("Bob B", member), a_director("Cid C")]
    for each in found:
        a_seat(each, body)
    meeting = a_meeting(body, on=AUGUST, **PLANNED)
    return Scene(body, meeting, *found)


def a_guest(name: str = "Dora D", capacity: str = "audit partner", **given: Any) -> GuestThere:
    return GuestThere(name, capacity, **given)
