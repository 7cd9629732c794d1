"""Who the officers are, what the directors answered, and what the Board determined of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from charter_portal.demo import company as larkmere
from charter_portal.demo import people
from charter_portal.demo.company import Stage, Year, at
from charter_portal.demo.people import Character
from charter_portal.demo.story import Scene, Story
from charters.enums import HowDecided
from charters.models import Decision
from charters.services import Upload, record_decision
from committees import services
from committees.enums import DeterminationKind as Kind
from committees.enums import ExpertAttribute, ExpertRoute, OrganizationRole, SophisticationGround
from committees.models import Association, BusinessPayment, Employment, Officer, Shareholding
from records.dates import long_day

EXPERT = people.CHAIR
NOTHING = "No relationship other than service on the Board was reported."
CUSTOMER = "Kestrel Ridge Observatories, Inc."
CONSIDERED = {
    people.SUCCESSOR: (
        f"Director of {CUSTOMER}, a customer of the company; sales to it stayed below the limit of "
        "Nasdaq 5605(a)(2)(D), and the director is not an officer or owner there."
    )
}
RESOLVED = (
    "RESOLVED, that the Board, on the questionnaires and relationships presented, determines that "
    "each member of the Audit Committee is independent under Nasdaq 5605(a)(2) and Rule 10A-3 and "
    "can read and understand fundamental financial statements, and that Judith Amankwah is "
    "financially sophisticated and an audit committee financial expert."
)
ELECTED = (
    "RESOLVED, that the Board determines that {name} is independent under Nasdaq 5605(a)(2) and "
    "Rule 10A-3 and can read and understand fundamental financial statements, and appoints them a "
    "member of the Audit Committee."
)
OFFICERS = (
    (people.CHIEF, "Chief Executive Officer", True, None),
    (people.FINANCE, "Chief Financial Officer", True, people.CHIEF),
    (people.CONTROLLER, "Controller", False, people.FINANCE),
    (people.SECRETARY, "Corporate Secretary", False, people.CHIEF),
)


def scenes(stage: Stage) -> Iterator[Scene]:
    yield Scene(at(stage.first_day, 10, 20), register_the_officers)
    yield Scene(at(stage.first_day, 10, 30), enter_what_was_determined_before)
    for year in stage.years_from(stage.first_day):
        if year.on(1, 20) > stage.first_day:
            yield Scene(at(year.on(1, 20), 14), file_the_questionnaires)
        if year.board_in_march > stage.first_day:
            yield Scene(at(year.board_in_march, 16, 30), determine)
    yield Scene(at(stage.successor_seated_on, 17, 10), determine_the_successor)


def signed(story: Story, when: datetime) -> dict[str, Any]:
    return {"by": story.people[people.SECRETARY], "at": when}


def register_the_officers(story: Story, when: datetime) -> None:
    since = story.stage.annual_meeting_before(6)
    officers: dict[Character, Officer] = {}
    for who, title, is_executive, above in OFFICERS:
        officers[who] = services.add_officer(
            name=who.name,
            title=title,
            starts_on=since,
            is_executive=is_executive,
            reports_to=officers[above] if above else None,
            user=story.people[who],
            **signed(story, when),
        )


def enter_what_was_determined_before(story: Story, when: datetime) -> None:
    """The Board's last determinations before the records begin, and the facts they rest on."""
    chief, chair = story.directors[people.CHIEF], story.directors[people.CHAIR]
    since = story.stage.annual_meeting_before(6)
    services.enter_fact(
        Employment(director=chief, starts_on=since, is_executive=True), **signed(story, when)
    )
    services.enter_fact(
        Shareholding(
            director=chair,
            share_class="Common stock",
            shares=41_200,
            outstanding=11_860_000,
            as_of=when.date(),
        ),
        **signed(story, when),
    )
    year = story.stage.year_of(story.stage.first_day)
    before = year if year.board_in_march < story.stage.first_day else year.before
    for_everybody(story, before.board_in_march, when)


def file_the_questionnaires(story: Story, when: datetime) -> None:
    """Counsel sends one form to every director; the signed forms are filed together."""
    for who in sitting(story, when.date()):
        file_one(story, who, when.date(), when)


def file_one(story: Story, who: Character, day: date, when: datetime) -> None:
    text = (
        f"{larkmere.NAME}\n\nQuestionnaire of directors and officers\n\n{who.name}\n"
        f"Signed on {long_day(day)}\n\nInvented for the demonstration\n"
    )
    form = Upload(text.encode(), f"questionnaire-{who.key}-{day.year}.txt")
    services.record_questionnaire(
        story.directors[who], signed_on=day, form=form, **signed(story, when)
    )


def determine(story: Story, when: datetime) -> None:
    for_everybody(story, when.date(), when)


def for_everybody(story: Story, day: date, when: datetime) -> None:
    """Yearly, when the proxy statement is prepared."""
    decision = decided(story, day, RESOLVED, when)
    for who in sitting(story, day):
        of_a_member(story, who, day, decision, when)
    director = story.directors[EXPERT]
    terms: dict[str, Any] = {"determined_on": day, "decision": decision}
    services.determine(
        director,
        Kind.SOPHISTICATED,
        grounds=[SophisticationGround.EMPLOYMENT],
        **terms,
        **signed(story, when),
    )
    services.determine(
        director,
        Kind.EXPERT,
        grounds=[ExpertRoute.EXPERIENCE],
        attributes=list(ExpertAttribute),
        **terms,
        **signed(story, when),
    )


def determine_the_successor(story: Story, when: datetime) -> None:
    """Seated on the same day: the questionnaire first, then the customer where she is a director."""
    who, day = people.SUCCESSOR, when.date()
    file_one(story, who, day, when)
    customer = services.add_organization(name=CUSTOMER, **signed(story, when))
    year: Year = story.stage.last_year.before
    services.enter_fact(
        BusinessPayment(
            organization=customer,
            on=year.last,
            amount=Decimal(148_500),
            is_received=True,
            recipient_revenue=Decimal(54_000_000),
        ),
        **signed(story, when),
    )
    director = story.directors[who]
    services.enter_fact(
        Association(
            director=director,
            organization=customer,
            role=OrganizationRole.DIRECTOR,
            starts_on=year.before.annual_meeting,
            questionnaire=director.questionnaires.get(),
        ),
        **signed(story, when),
    )
    decision = decided(story, day, ELECTED.format(name=who.name), when)
    of_a_member(story, who, day, decision, when)


def of_a_member(
    story: Story, who: Character, day: date, decision: Decision, when: datetime
) -> None:
    for kind in (Kind.INDEPENDENT, Kind.LITERATE):
        services.determine(
            story.directors[who],
            kind,
            determined_on=day,
            considered=CONSIDERED.get(who, NOTHING) if kind is Kind.INDEPENDENT else "",
            decision=decision,
            **signed(story, when),
        )


def decided(story: Story, day: date, text: str, when: datetime) -> Decision:
    return record_decision(
        story.board, decided_on=day, how=HowDecided.MEETING, text=text, **signed(story, when)
    )


def sitting(story: Story, day: date) -> list[Character]:
    """Who sits on the committee on a day."""
    return [who for who, seat in story.memberships.items() if seat_of(seat).covers(day)]


def seat_of(membership: Any) -> Any:
    """As it stands now: a seat may have ended since it was told."""
    membership.refresh_from_db()
    return membership
