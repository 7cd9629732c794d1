"""The auditor: appointment, letters, services, findings."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from auditors.enums import (
    FindingSource,
    FirmRole,
    LetterKind,
    RecipientKind,
    Severity,
    Step,
)
from auditors.models import (
    Engagement,
    Finding,
    Firm,
    Letter,
    LetterException,
    Recipient,
    ServiceRequest,
)
from auditors.rules.money import Money
from auditors.services import approvals, findings, firms, letters, policy, reports, requests
from charter_portal.tests.year.facts import Served
from charter_portal.tests.year.registry import act, one, year_served
from charter_portal.tests.year.world import World

LETTERS = {
    "quality-control-report": LetterKind.QUALITY,
    "independence-dialogue": LetterKind.INDEPENDENCE,
    "audit-plan": LetterKind.PLAN,
}


def the_firm(world: World) -> Firm:
    return Firm.objects.first() or firms.add_firm(name="Ash & Birch LLP", **world.signed)


def the_company(world: World) -> Recipient:
    made = Recipient.objects.first()
    return made or firms.add_recipient(
        name="Larch Instruments, Inc.", kind=RecipientKind.COMPANY, **world.signed
    )


@act
def appoint_the_auditor(world: World, pick: int) -> None:
    engagement = firms.appoint(
        the_firm(world),
        role=FirmRole.AUDITOR,
        year_ends_on=world.year_end(world.today),
        appointed_on=world.today,
        **world.signed,
    )
    firms.record_evaluation(engagement, evaluated_on=world.today, **world.signed)


@act
def set_the_fee(world: World, pick: int) -> None:
    if row := one(list(Engagement.objects.order_by("pk")), pick):
        firms.set_fee(
            row,
            amount=Decimal(100_000 + pick),
            currency="USD",
            approved_on=world.today,
            **world.signed,
        )
        firms.record_engagement_letter(row, dated=world.today, **world.signed)


@act
def receive_a_letter(world: World, pick: int) -> None:
    kinds = (*LETTERS.values(), LetterKind.OTHER)
    letters.receive(
        the_firm(world),
        kind=kinds[pick % len(kinds)],
        dated=world.today,
        received_on=world.today,
        serves=year_served(world, pick // 4),
        exceptions=["A holding of a manager"] if pick % 8 == 1 else (),
        **world.signed,
    )


@act
def decide_on_an_exception(world: World, pick: int) -> None:
    rows = LetterException.objects.filter(decision=None).order_by("pk")
    if row := one(list(rows), pick):
        letters.decide_exception(
            row, decided_on=world.today, text="It does not impair.", **world.signed
        )


@act
def review_the_statements(world: World, pick: int) -> None:
    reports.record_review(
        year_ends_on=date(world.today.year - 1, 12, 31),
        reviewed_on=world.today,
        discussed_on=world.today,
        recommended_on=world.today,
        **world.signed,
    )


@act
def discuss_a_letter(world: World, pick: int) -> None:
    rows = Letter.objects.filter(kind__in=LETTERS.values(), discussions=None).order_by("pk")
    if row := one(list(rows), pick):
        letters.discuss(row, held_on=world.today, **world.signed)
        key = next(key for key, kind in LETTERS.items() if kind == row.kind)
        world.log.served.append(Served(key, world.today, row.serves))


@act
def ask_for_a_service(world: World, pick: int) -> None:
    requests.ask(
        the_firm(world),
        service=("consent", "annual-audit", "sales-tax-advice", "legal-services")[pick % 4],
        subject=f"Service {pick}",
        recipients=[the_company(world)],
        fee=Money(Decimal(5_000 + pick), "USD"),
        starts_on=world.today + timedelta(days=pick % 20),
        **world.signed,
    )


@act
def approve_a_service(world: World, pick: int) -> None:
    if row := one(list(ServiceRequest.objects.open().order_by("pk")), pick):
        approvals.approve_by_committee(row, approved_on=world.today, **world.signed)


@act
def adopt_a_policy(world: World, pick: int) -> None:
    policy.adopt_policy(adopted_on=world.today, currency="USD", **world.signed)
    world.log.policies.append(world.today)
    served = Served("pre-approval-policy", world.today, world.year_end(world.today))
    world.log.served.append(served)


@act
def adopt_a_policy_line(world: World, pick: int) -> None:
    policy.adopt_line(
        title=f"Consents {pick}",
        service="consent",
        work="Consents for registration statements on Form S-8",
        recipients=[the_company(world)],
        starts_on=world.today,
        last_on=world.today + timedelta(days=180),
        cap=Decimal(60_000),
        currency="USD",
        adopted_on=world.today,
        **world.signed,
    )


@act
def enter_a_finding(world: World, pick: int) -> None:
    finding = findings.enter_finding(
        title=f"Finding {pick}",
        source=FindingSource.AUDITOR,
        told_on=world.today,
        owner_name="Mona Manager",
        **world.signed,
    )
    findings.review(finding, reviewed_on=world.today, **world.signed)


@act
def rate_a_finding(world: World, pick: int) -> None:
    if row := one(list(Finding.objects.order_by("pk")), pick // 4):
        findings.rate(
            row,
            severity=Severity.SIGNIFICANT,
            rated_on=world.today,
            rated_by="Mona Manager",
            **world.signed,
        )


@act
def take_a_step(world: World, pick: int) -> None:
    if row := one(list(Finding.objects.order_by("pk")), pick // 4):
        step = list(Step)[pick % len(Step)]
        findings.record_step(
            row,
            step=step,
            done_on=world.today,
            done_by="Test House LLC" if step is Step.TESTED else "Mona Manager",
            evidence_dated=world.today if step is Step.TESTED else None,
            **world.signed,
        )


@act
def close_a_finding(world: World, pick: int) -> None:
    if row := one(list(Finding.objects.order_by("pk")), pick // 4):
        findings.close(row, closed_on=world.today, **world.signed)
