"""A company with an open channel, made the way the portal makes it: five readers with keys, and a
register of officers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from accounts.enums import Role
from accounts.models import User
from accounts.tests.personas import make_person
from committees import services as seating
from committees.models import ChairTerm, Director
from committees.services import officers
from committees.tests.factories import (
    LONG_AGO,
    SIGNED,
    a_board,
    a_company,
    a_director,
    a_seat,
    an_audit_committee,
)
from records.models import Company
from whistleblower import texts
from whistleblower.crypto import codes
from whistleblower.crypto import roster as rosters
from whistleblower.crypto.roster import Terms
from whistleblower.enums import ReaderRole, Way
from whistleblower.models import Channel, OpenDesk, RosterList
from whistleblower.services import desk as desks
from whistleblower.services import readers, submission
from whistleblower.services.desk import Desk, Token
from whistleblower.services.submission import Report

TODAY = date(2026, 11, 20)
# Two in the afternoon in New York, and the morning of the next day there.
AT = datetime(2026, 11, 20, 19, tzinfo=UTC)
NEXT = datetime(2026, 11, 21, 15, tzinfo=UTC)
# Before the chairs that other tests designate.
EARLIER = date(2019, 1, 2)
# Counsel approved the pages in every language.
APPROVED = Terms(languages=dict.fromkeys(texts.LANGUAGES, "2026-11-02"))
TEXT = "The revenue of the third quarter was booked before the goods left."


@dataclass
class Reader:
    """A person with a passphrase."""

    user: User
    role: ReaderRole
    uid: str = ""
    passphrase: str = ""
    sheet: str = ""

    def token(self, at: datetime = NEXT) -> Token:
        return desks.open_desk(self.user, self.passphrase, at=at)

    def desk(self, at: datetime = NEXT) -> Desk:
        found = desks.find(self.token(at), self.user)
        assert found is not None
        return found


@dataclass
class World:
    company: Company
    channel: Channel
    readers: dict[str, Reader] = field(default_factory=dict)
    officers: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Reader:
        try:
            return self.__dict__["readers"][name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def roster(self) -> rosters.Roster:
        from whistleblower import opening

        return opening.in_force()

    def person(self, name: str) -> str:
        """What the rules compare of a reader."""
        entry = self.roster.entry(self.readers[name].uid)
        assert entry is not None
        return entry.person

    def officer(self, name: str) -> str:
        return f"officer-{self.officers[name].pk}"

    def send(self, text: str = TEXT, **given: Any) -> str:
        """Send a report and answer its code."""
        code = codes.new_code("en")
        on = given.pop("on", TODAY)
        submission.send(code, Report(texts={"what": text}, **given), self.roster, on=on)
        return code


def open_world(chair: User | None = None, member: User | None = None, **more: User) -> World:
    """The channel, open today. People who are not given are made."""
    company, committee, board = a_company(), an_audit_committee(), a_board()
    people = {
        "counsel": more.get("counsel") or make_person("Iris Counsel", Role.INDEPENDENT_COUNSEL),
        "colleague": make_person("Cole Colleague", Role.INDEPENDENT_COUNSEL),
        "chair": chair or make_person("Clara Chairwell", Role.DIRECTOR),
        "member": member or make_person("Max Memberton", Role.DIRECTOR),
        "second": make_person("Sara Secondly", Role.DIRECTOR),
        "board_chair": make_person("Bob Boardman", Role.DIRECTOR),
    }
    for name in ("chair", "member", "second", "board_chair"):
        known = Director.objects.filter(user=people[name]).first()
        director = known or a_director(people[name].name, people[name])
        a_seat(director, board)
        if name != "board_chair":
            seat = director.memberships.filter(committee=committee).first()
            seat = seat or a_seat(director, committee, EARLIER)
            if name == "chair" and not ChairTerm.objects.exists():
                seating.designate_chair(seat, starts_on=EARLIER, **SIGNED)
    roles = {
        "counsel": ReaderRole.COUNSEL,
        "colleague": ReaderRole.COUNSEL,
        "chair": ReaderRole.CHAIR,
        "member": ReaderRole.MEMBER,
        "second": ReaderRole.MEMBER,
        "board_chair": ReaderRole.BOARD_CHAIR,
    }
    channel = readers.choose_way(committee, way=Way.OWN, **SIGNED)
    world = World(company, channel)
    for name, user in people.items():
        world.readers[name] = a_reader(user, roles[name])
    world.officers = some_officers()
    sign_first_list(world)
    OpenDesk.objects.all().delete()
    return world


def a_reader(user: User, role: ReaderRole, at: datetime = AT) -> Reader:
    made = readers.make_key(user, at=at)
    readers.verify_sheet(user, passphrase=made.passphrase, sheet=made.sheet, at=at)
    return Reader(user, role, made.key.uid, made.passphrase, made.sheet)


def some_officers() -> dict[str, Any]:
    """Chief executive, chief financial officer below, controller below that."""
    made: dict[str, Any] = {}
    above = None
    for name, title in (
        ("chief", "Chief executive officer"),
        ("finance", "Chief financial officer"),
        ("controller", "Controller"),
    ):
        above = made[name] = officers.add_officer(
            name=f"Olga {name.title()}", title=title, reports_to=above, starts_on=LONG_AGO, **SIGNED
        )
    return made


def sign_first_list(world: World, at: datetime = AT) -> RosterList:
    first = next(iter(world.readers.values()))
    chosen = [(key, world_role(world, key.uid)) for key in readers.keys_that_may_be_listed()]
    desk = first.desk(at)
    listed = readers.propose_list(desk, chosen, APPROVED, by=first.user, at=at)
    for reader in world.readers.values():
        listed = readers.sign_list(
            reader.desk(at), digest=rosters.digest_of(listed.text), by=reader.user, at=at
        )
    readers.open_channel(first.desk(at), by=first.user, at=at)
    return listed


def world_role(world: World, uid: str) -> ReaderRole:
    return next(each.role for each in world.readers.values() if each.uid == uid)
