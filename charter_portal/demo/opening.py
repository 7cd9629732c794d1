"""The portal's first day at Larkmere: the company, its people, and who sits where."""

from collections.abc import Iterator
from datetime import date, datetime
from secrets import token_urlsafe

from accounts import services as accounts
from accounts.models import RoleTerm, User
from charter_portal.demo import company as larkmere
from charter_portal.demo import people
from charter_portal.demo.company import Stage, at
from charter_portal.demo.people import Character
from charter_portal.demo.story import Scene, Story
from charters import services as bodies
from charters.enums import ClosedAs, CommitteeKind
from committees import services as committees
from committees.duties.notices import NOTICE
from committees.enums import EndReason
from records.enums import Exchange, SystemActor
from records.services import company as companies

# How many years before the first day each director was elected, and seated on the Committee.
ELECTED = {
    people.CHAIR: 7,
    people.MEMBER: 5,
    people.LEAVER: 9,
    people.DIRECTOR: 3,
    people.CHIEF: 6,
}
CHAIR_FOR = 4
SEATED = {people.CHAIR: 6, people.MEMBER: 4, people.LEAVER: 8}


def scenes(stage: Stage) -> Iterator[Scene]:
    day = stage.first_day
    yield Scene(at(day, 9), set_up)
    yield Scene(at(day, 9, 5), admit_the_secretary)
    yield Scene(at(day, 9, 20), admit_the_others)
    yield Scene(at(day, 9, 40), confirm_the_defaults)
    yield Scene(at(day, 10), establish_the_bodies)
    yield Scene(at(day, 10, 15), seat_the_directors)
    for year in stage.years_from(day):
        yield Scene(at(max(day, year.on(1, 15)), 11), plan_the_year)
    yield from vacancy(stage)


def vacancy(stage: Stage) -> Iterator[Scene]:
    """A member resigns; the exchange is told a week and a half later; the Board elects another."""
    yield Scene(at(stage.resigned_on, 16), resign)
    yield Scene(at(stage.exchange_notified_on, 15), notify_the_exchange)
    yield Scene(at(stage.exchange_notified_on, 15, 20), close_the_late_notice)
    yield Scene(at(stage.successor_seated_on, 17), seat_the_successor)


def set_up(story: Story, when: datetime) -> None:
    story.company = companies.set_up(
        name=larkmere.NAME,
        ticker=larkmere.TICKER,
        exchange=Exchange.NASDAQ,
        state=larkmere.STATE,
        time_zone=larkmere.TIME_ZONE,
        records_begin=story.stage.records_begin,
        by=SystemActor.OPERATOR,
        at=when,
    )


def confirm_the_defaults(story: Story, when: datetime) -> None:
    companies.confirm_defaults(story.company, by=story.people[people.SECRETARY], at=when)


def plan_the_year(story: Story, when: datetime) -> None:
    """In January: the day of the annual meeting, and the holidays of the year to come."""
    year, by = story.stage.year_of(when.date()), story.people[people.SECRETARY]
    companies.record_annual_meeting(story.company, on=year.annual_meeting, by=by, at=when)
    companies.seed_holidays([year.number + 1], by=by, at=when)


def admit(
    story: Story, who: Character, starts_on: date, *, by: User | SystemActor, when: datetime
) -> None:
    """With a password that nobody knows: a demo invites nobody, and is entered by "View as"."""
    story.people[who] = accounts.admit(
        who.email, who.name, who.roles, starts_on, by=by, at=when, password=token_urlsafe()
    )


def admit_the_secretary(story: Story, when: datetime) -> None:
    admit(story, people.SECRETARY, when.date(), by=SystemActor.OPERATOR, when=when)


def admit_the_others(story: Story, when: datetime) -> None:
    for who in people.ADMITTED:
        admit(story, who, when.date(), by=story.people[people.SECRETARY], when=when)


def establish_the_bodies(story: Story, when: datetime) -> None:
    by = story.people[people.SECRETARY]
    story.board = bodies.establish(name=larkmere.BOARD, kind=CommitteeKind.BOARD, by=by, at=when)
    story.committee = bodies.establish(
        name=larkmere.COMMITTEE, kind=CommitteeKind.AUDIT, by=by, at=when
    )


def seat_the_directors(story: Story, when: datetime) -> None:
    """Who sat already when the portal began, from the day of their first annual meeting on."""
    for who, ago in ELECTED.items():
        put_on_the_board(story, who, story.stage.annual_meeting_before(ago), when)
    for who, ago in SEATED.items():
        seat(story, who, story.stage.annual_meeting_before(ago), when)
    committees.designate_chair(
        story.memberships[people.CHAIR],
        starts_on=story.stage.annual_meeting_before(CHAIR_FOR),
        by=story.people[people.SECRETARY],
        at=when,
    )


def put_on_the_board(story: Story, who: Character, day: date, when: datetime) -> None:
    by = story.people[people.SECRETARY]
    story.directors[who] = committees.add_director(
        name=who.name, sort_name=who.sort_name, user=story.people[who], by=by, at=when
    )
    committees.seat(story.directors[who], story.board, starts_on=day, by=by, at=when)


def seat(story: Story, who: Character, day: date, when: datetime) -> None:
    story.memberships[who] = committees.seat(
        story.directors[who],
        story.committee,
        starts_on=day,
        by=story.people[people.SECRETARY],
        at=when,
    )


def resign(story: Story, when: datetime) -> None:
    """From the Board, and so from the Committee and from the portal."""
    by, day = story.people[people.SECRETARY], when.date()
    for membership in story.directors[people.LEAVER].memberships.filter(ends_on=None):
        committees.end_membership(
            membership, ends_on=day, reason=EndReason.RESIGNED, by=by, at=when
        )
    for term in RoleTerm.objects.filter(user=story.people[people.LEAVER]).open():
        accounts.end_role(term, day, by=by, at=when)
    accounts.close_account(story.people[people.LEAVER], by=by, at=when)


def notify_the_exchange(story: Story, when: datetime) -> None:
    committees.record_exchange_notice(
        story.memberships[people.LEAVER],
        on=when.date(),
        by=story.people[people.SECRETARY],
        at=when,
    )


def close_the_late_notice(story: Story, when: datetime) -> None:
    since = story.stage.resigned_on.isoformat()
    bodies.close_open_item(
        story.committee,
        rule=NOTICE,
        subject=f"exchange-notice-{since}",
        period=since,
        kind=ClosedAs.COMPLETED_LATE,
        reason="Counsel was consulted.",
        by=story.people[people.SECRETARY],
        at=when,
    )


def seat_the_successor(story: Story, when: datetime) -> None:
    by, day = story.people[people.SECRETARY], when.date()
    admit(story, people.SUCCESSOR, day, by=by, when=when)
    put_on_the_board(story, people.SUCCESSOR, day, when)
    seat(story, people.SUCCESSOR, day, when)
