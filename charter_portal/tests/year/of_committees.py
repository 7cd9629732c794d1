"""Seats, determinations, facts, reviews, advisers, related parties and letters."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from charter_portal.tests.year.facts import Lost, Paid, Served, Transaction
from charter_portal.tests.year.registry import act, one, year_served
from charter_portal.tests.year.world import World
from committees import services as committees
from committees.enums import (
    AdviserRole,
    Conclusion,
    FundingPurpose,
    LetterStepKind,
    PaymentKind,
    PostingKind,
    Regulator,
    RelatedPersonBasis,
    RelativeKind,
    ReviewKind,
)
from committees.enums import DeterminationKind as Kind
from committees.models import (
    CompanyPayment,
    LossOfIndependence,
    RegulatorLetter,
    RelatedPartyTransaction,
)

NAMES = [f"{first} {last}" for last in ("Vale", "Ward", "York") for first in ("Ada", "Ben", "Cleo")]
REVIEWS = {
    "charter-review": (ReviewKind.CHARTER, Conclusion.ADEQUATE),
    "committee-evaluation": (ReviewKind.EVALUATION, Conclusion.HELD),
}


@act
def seat_a_director(world: World, pick: int) -> None:
    if len(world.sitting()) > 4:
        return
    away = [name for name in world.directors if name not in world.sitting()]
    new = [name for name in NAMES if name not in world.directors]
    if away and pick % 3 == 0:
        world.seat_again(away[pick % len(away)])
    elif new:
        world.seat(new[0])


@act
def end_a_seat(world: World, pick: int) -> None:
    if name := one(world.sitting(), pick):
        world.leave(name, notified=pick % 2 == 0)


@act
def determine(world: World, pick: int) -> None:
    kinds = (Kind.INDEPENDENT, Kind.LITERATE, Kind.INDEPENDENT, Kind.SOPHISTICATED)
    if name := one(sorted(world.directors), pick // 4):
        world.determine(name, kinds[pick % 4])


@act
def lose_independence(world: World, pick: int) -> None:
    name = one(world.sitting(), pick // 4)
    if name is None or any(each.person == name for each in world.log.lost):
        return
    told = world.today if pick % 4 else None
    lost = Lost(name, world.today, is_within_control=pick % 4 == 1, notified_on=told)
    committees.enter_fact(
        LossOfIndependence(
            director=world.directors[name],
            lost_on=lost.on,
            is_within_control=lost.is_within_control,
            exchange_notified_on=told,
        ),
        **world.signed,
    )
    world.log.lost.append(lost)


@act
def pay_a_brother(world: World, pick: int) -> None:
    """Entered from the company's books, often years later."""
    name = one(world.sitting(), pick // 50)
    if name is None or len(world.log.paid) > 5:
        return
    paid = Paid(name, world.ago(pick % 44, pick % 28), 40_000 + 10_000 * (pick % 5))
    committees.enter_fact(
        CompanyPayment(
            director=world.directors[name],
            relative=RelativeKind.SIBLING,
            on=paid.on,
            amount=Decimal(paid.dollars),
            kind=PaymentKind.COMPENSATION,
        ),
        **world.signed,
    )
    world.log.paid.append(paid)


@act
def review(world: World, pick: int) -> None:
    key = ("charter-review", "committee-evaluation")[pick % 2]
    kind, conclusion = REVIEWS[key]
    year = year_served(world, pick // 2)
    committees.record_review(
        world.committee,
        kind,
        held_on=world.today,
        serves=year,
        conclusion=conclusion,
        **world.signed,
    )
    world.log.served.append(Served(key, world.today, year))


@act
def post_the_charter(world: World, pick: int) -> None:
    committees.record_posting(
        world.committee,
        PostingKind.WEBSITE,
        posted_on=world.today,
        address="https://larch.example/charter",
        **world.signed,
    )


@act
def engage_an_adviser(world: World, pick: int) -> None:
    engagement = committees.engage(
        world.committee,
        adviser=f"Adviser {pick}",
        role=AdviserRole.COUNSEL,
        scope="Advice on disclosure.",
        engaged_on=world.today,
        **world.signed,
    )
    committees.determine_funding(
        world.committee,
        FundingPurpose.ADVISER,
        amount=Decimal(1_000 + pick),
        determined_on=world.today,
        engagement=engagement,
        **world.signed,
    )


@act
def log_a_transaction(world: World, pick: int) -> None:
    signed = world.today - timedelta(days=10) + timedelta(days=pick % 40)
    committees.log_transaction(
        world.committee,
        person=f"Person {pick}",
        basis=RelatedPersonBasis.FAMILY,
        terms="A lease.",
        amount=Decimal(900_000),
        known_on=world.today,
        signed_on=signed,
        **world.signed,
    )
    world.log.transactions.append(Transaction(world.today, signed))


@act
def review_a_transaction(world: World, pick: int) -> None:
    rows = list(RelatedPartyTransaction.objects.filter(reviews=None).order_by("pk"))
    if row := one(rows, pick):
        committees.review_transaction(row, reviewed_on=world.today, **world.signed)
        place = list(RelatedPartyTransaction.objects.order_by("pk")).index(row)
        world.log.transactions[place].reviewed_on = world.today


@act
def receive_a_regulators_letter(world: World, pick: int) -> None:
    committees.receive_letter(
        world.committee,
        regulator=Regulator.SEC,
        matter=f"Comment {pick}",
        dated_on=world.today - timedelta(days=2),
        received_on=world.today,
        due_on=world.today + timedelta(days=14),
        **world.signed,
    )


@act
def answer_a_regulator(world: World, pick: int) -> None:
    rows = list(RegulatorLetter.objects.filter(steps=None).order_by("pk"))
    if row := one(rows, pick):
        committees.record_letter_step(row, LetterStepKind.ANSWERED, on=world.today, **world.signed)
