"""The committee's own records: reviews, advisers, funding, related parties, regulators' letters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from charter_portal.demo import papers, people
from charter_portal.demo.company import Stage, Year, at
from charter_portal.demo.story import Scene, Story
from charters.enums import HowDecided
from charters.models import Decision
from charters.services import Upload, record_decision
from charters.services.actions import add_action, complete_action
from committees import services
from committees.enums import (
    AdviserRole,
    Conclusion,
    FundingPurpose,
    LetterStepKind,
    PostingKind,
    Regulator,
    RelatedPersonBasis,
    ReviewKind,
    ReviewOutcome,
)
from records.dates import long_day

ADDRESS = "https://investors.larkmere.example/governance/audit-committee-charter"
ADVISER = people.INDEPENDENT.name
TOTAL_ASSETS = Decimal(51_900_000)
LANDLORD = "Margaret Farquharson"
RENT = Decimal(86_400)
LEASE = (
    "Rent of a storage building in Duluth for one year from a sister of the chief executive "
    "officer, at the lower of two independent quotations."
)


def scenes(stage: Stage) -> Iterator[Scene]:
    yield Scene(at(stage.first_day, 10, 40), enter_total_assets)
    for year in stage.years_from(stage.first_day):
        yield from reviewed(stage, year)
        yield from funded(year)
        yield from leased(stage, year)
        if year.period.first > stage.first_day:
            yield Scene(at(year.march, 18), enter_last_years_assets)
        if year != stage.this_year and year.april > stage.first_day:
            yield Scene(at(year.april, 11), find_the_charter)
    yield Scene(at(stage.last_year.october, 14), engage_counsel)
    yield from letters(stage)


def signed(story: Story, when: datetime) -> dict[str, Any]:
    return {"by": story.people[people.SECRETARY], "at": when}


def decided(story: Story, day: date, text: str, when: datetime) -> Decision:
    return record_decision(
        story.committee, decided_on=day, how=HowDecided.MEETING, text=text, **signed(story, when)
    )


# The charter and the committee's own work.


def reviewed(stage: Stage, year: Year) -> Iterator[Scene]:
    """The charter in November and the evaluation in December; that of the year that was gone through
    in February came in January."""
    yield Scene(at(year.after(year.november, 2), 10, 5), partial(review_the_charter, year))
    held_on = year.next.on(1, 21) if year == stage.closed_year else year.december
    recorded_on = year.after(held_on, 2)
    yield Scene(at(recorded_on, 10, 10), partial(evaluate, year, held_on))


def review_the_charter(year: Year, story: Story, when: datetime) -> None:
    services.record_review(
        story.committee,
        ReviewKind.CHARTER,
        held_on=year.november,
        serves=year.last,
        conclusion=Conclusion.CHANGES_RECOMMENDED
        if year.next.november > story.stage.last_day
        else Conclusion.ADEQUATE,
        note="Gone through clause by clause.",
        **signed(story, when),
    )


def evaluate(year: Year, held_on: date, story: Story, when: datetime) -> None:
    title, content, file_name = papers.write(
        "evaluation", year.number, held_on, as_pdf=story.with_pdfs
    )
    review = services.record_review(
        story.committee,
        ReviewKind.EVALUATION,
        held_on=held_on,
        serves=year.last,
        conclusion=Conclusion.HELD,
        upload=Upload(content, file_name, title),
        **signed(story, when),
    )
    agreed: dict[str, Any] = {
        "agreed_on": held_on,
        "source": f"Evaluation of the committee, {long_day(held_on)}",
        "source_url": review.get_absolute_url(),
        **signed(story, when),
    }
    sent = add_action(
        story.committee,
        what=f"Send papers a week before each meeting of {year.next.number}",
        owner=story.people[people.FINANCE],
        due_on=year.after(held_on, 20),
        **agreed,
    )
    complete_action(
        sent, done_on=when.date(), how="Entered in the meeting calendar.", **signed(story, when)
    )
    add_action(
        story.committee,
        what=f"Hear the outside tester twice in {year.next.number}",
        owner=story.people[people.CHAIR],
        due_on=year.next.december,
        **agreed,
    )


def find_the_charter(story: Story, when: datetime) -> None:
    services.record_posting(
        story.committee,
        PostingKind.WEBSITE,
        posted_on=when.date(),
        address=ADDRESS,
        by=story.people[people.ASSISTANT],
        at=when,
    )


# Advisers and funding.


def engage_counsel(story: Story, when: datetime) -> None:
    day = when.date()
    text = (
        f"RESOLVED, that the Committee engages {ADVISER}, to go through the charter with it, and "
        "determines that the Company pays fees of up to $40,000."
    )
    decision = decided(story, day, text, when)
    engagement = services.engage(
        story.committee,
        adviser=ADVISER,
        role=AdviserRole.COUNSEL,
        scope="To go through the charter with the Committee and propose amendments.",
        engaged_on=day,
        independence_checked_on=day,
        **signed(story, when),
    )
    services.determine_funding(
        story.committee,
        FundingPurpose.ADVISER,
        engagement=engagement,
        amount=Decimal(40_000),
        determined_on=day,
        decision=decision,
        **signed(story, when),
    )


def funded(year: Year) -> Iterator[Scene]:
    yield Scene(at(year.december, 16, 30), determine_the_budget)


def determine_the_budget(story: Story, when: datetime) -> None:
    day = when.date()
    text = (
        "RESOLVED, that the Committee determines that the Company pays $15,000 for the ordinary "
        f"administration of the Committee in fiscal year {day.year + 1}."
    )
    services.determine_funding(
        story.committee,
        FundingPurpose.ADMINISTRATION,
        amount=Decimal(15_000),
        determined_on=day,
        decision=decided(story, day, text, when),
        **signed(story, when),
    )


# Related parties and regulators.


def enter_total_assets(story: Story, when: datetime) -> None:
    """At the ends of the last two fiscal years; in March the next one follows."""
    year = story.stage.year_of(when.date()).before
    for one in (year.before, year):
        services.record_total_assets(
            story.committee, as_of=one.last, amount=TOTAL_ASSETS, **signed(story, when)
        )


def enter_last_years_assets(story: Story, when: datetime) -> None:
    services.record_total_assets(
        story.committee,
        as_of=story.stage.year_of(when.date()).before.last,
        amount=TOTAL_ASSETS,
        **signed(story, when),
    )


def leased(stage: Stage, year: Year) -> Iterator[Scene]:
    """The lease is renewed each year: logged in October, reviewed in November, then signed."""
    if year.october > stage.first_day:
        yield Scene(at(year.october, 15), partial(log_the_lease, year))
        yield Scene(at(year.november, 17), partial(review_the_lease, year))
        yield Scene(at(year.after(year.november, 3), 11), partial(sign_the_lease, year))


def log_the_lease(year: Year, story: Story, when: datetime) -> None:
    story.lease = services.log_transaction(
        story.committee,
        person=LANDLORD,
        basis=RelatedPersonBasis.FAMILY,
        terms=LEASE,
        amount=RENT,
        known_on=when.date(),
        **signed(story, when),
    )


def review_the_lease(year: Year, story: Story, when: datetime) -> None:
    services.review_transaction(
        story.lease,
        reviewed_on=year.november,
        outcome=ReviewOutcome.APPROVED,
        decision=decided(
            story,
            year.november,
            f"RESOLVED, that the Committee, having reviewed the rent of a storage building from "
            f"{LANDLORD} for conflicts of interest, approves it.",
            when,
        ),
        **signed(story, when),
    )


def sign_the_lease(year: Year, story: Story, when: datetime) -> None:
    services.change_transaction(story.lease, signed_on=when.date(), **signed(story, when))


def letters(stage: Stage) -> Iterator[Scene]:
    """The exchange wrote about the vacancy; last week the SEC's staff commented."""
    received_on = stage.after(stage.exchange_notified_on, 3)
    yield Scene(at(received_on, 14), receive_from_the_exchange)
    yield Scene(at(stage.after(received_on, 5), 14), answer_the_exchange)
    yield Scene(at(stage.after(stage.successor_seated_on, 6), 11), close_with_the_exchange)
    yield Scene(at(stage.letter_received_on, 15, 30), receive_from_the_staff)


def receive_from_the_exchange(story: Story, when: datetime) -> None:
    story.letter = services.receive_letter(
        story.committee,
        regulator=Regulator.EXCHANGE,
        matter="The vacancy on the Audit Committee and its cure period",
        dated_on=when.date(),
        received_on=when.date(),
        due_on=story.stage.after(when.date(), 10),
        **signed(story, when),
    )


def answer_the_exchange(story: Story, when: datetime) -> None:
    services.record_letter_step(
        story.letter,
        LetterStepKind.ANSWERED,
        on=when.date(),
        note="The company gave the date by which the Board fills the vacancy.",
        **signed(story, when),
    )


def close_with_the_exchange(story: Story, when: datetime) -> None:
    services.record_letter_step(
        story.letter, LetterStepKind.CLOSED, on=when.date(), **signed(story, when)
    )


def receive_from_the_staff(story: Story, when: datetime) -> None:
    services.receive_letter(
        story.committee,
        regulator=Regulator.SEC,
        matter="Comments of the staff on the last annual report",
        dated_on=when.date(),
        received_on=when.date(),
        due_on=story.stage.after(when.date(), 10),
        **signed(story, when),
    )
