"""Firms, lines, requests and letters, recorded the way the portal records them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from accounts.models import User
from auditors.enums import (
    FeeCategory,
    FeeStatus,
    FindingSource,
    FirmRole,
    LetterKind,
    RecipientKind,
    Severity,
    Step,
)
from auditors.models import (
    Approval,
    CommitteeReport,
    Delegation,
    Engagement,
    FeeLine,
    Finding,
    Firm,
    Letter,
    PolicyLine,
    Recipient,
    ServiceRequest,
)
from auditors.rules.money import Money
from auditors.services import (
    approvals,
    fees,
    findings,
    firms,
    letters,
    policy,
    reports,
    requests,
)
from committees.models import Director
from records.enums import SystemActor
from records.models import Document
from records.services import documents

AT = datetime(2026, 11, 20, 17, tzinfo=UTC)
TODAY = date(2026, 11, 20)
SIGNED: dict[str, Any] = {"by": SystemActor.OPERATOR, "at": AT}
FY25, FY26 = date(2025, 12, 31), date(2026, 12, 31)


def a_firm(name: str = "Ash & Birch LLP") -> Firm:
    return Firm.objects.filter(name=name).first() or firms.add_firm(name=name, **SIGNED)


def the_company() -> Recipient:
    return a_recipient("Larch Instruments, Inc.", RecipientKind.COMPANY)


def a_recipient(name: str, kind: RecipientKind = RecipientKind.SUBSIDIARY) -> Recipient:
    made = Recipient.objects.filter(name=name).first()
    return made or firms.add_recipient(name=name, kind=kind, **SIGNED)


def an_engagement(**given: Any) -> Engagement:
    given = {
        "role": FirmRole.AUDITOR,
        "year_ends_on": FY26,
        "appointed_on": date(2026, 5, 5),
    } | given
    return firms.appoint(given.pop("firm", None) or a_firm(), **(given | SIGNED))


def a_line(**given: Any) -> PolicyLine:
    given = {
        "title": "Consents FY2026",
        "service": "consent",
        "work": "Consents for FY2026 registration statements on Form S-8",
        "recipients": [the_company()],
        "starts_on": date(2026, 1, 1),
        "last_on": FY26,
        "cap": Decimal(60_000),
        "currency": "USD",
        "adopted_on": date(2026, 1, 15),
    } | given
    return policy.adopt_line(**(SIGNED | given))


def a_request(amount: str = "10000", **given: Any) -> ServiceRequest:
    given = {
        "service": "consent",
        "subject": "Consent for the Form S-8 of December 2026",
        "recipients": [the_company()],
        "fee": Money(Decimal(amount), "USD"),
        "starts_on": date(2026, 12, 1),
    } | given
    return requests.ask(given.pop("firm", None) or a_firm(), **(SIGNED | given))


def use(line: PolicyLine, officer: User, amount: str = "10000", **given: Any) -> Approval:
    """Ask under a line and use it at once."""
    asked = a_request(amount, **given)
    return approvals.use_line(asked, line, used_by=officer, used_on=TODAY, **SIGNED)


def a_delegation(*directors: Director, **given: Any) -> Delegation:
    given = {"adopted_on": date(2026, 1, 15), "currency": "USD"} | given
    return policy.delegate(directors, **(SIGNED | given))


def a_letter(**given: Any) -> Letter:
    given = {
        "kind": LetterKind.INDEPENDENCE,
        "dated": date(2026, 11, 3),
        "received_on": date(2026, 11, 4),
        "serves": FY26,
    } | given
    return letters.receive(given.pop("firm", None) or a_firm(), **(SIGNED | given))


def a_fee(amount: str = "850000", **given: Any) -> FeeLine:
    given = {
        "recipient": the_company(),
        "service": "annual-audit",
        "description": "Audit of the year",
        "year_ends_on": FY26,
        "category": FeeCategory.AUDIT,
        "status": FeeStatus.ESTIMATED,
        "fee": Money(Decimal(amount), "USD"),
        "rendered_on": date(2026, 11, 1),
    } | given
    return fees.enter_fee(given.pop("firm", None) or a_firm(), **(SIGNED | given))


def a_finding(**given: Any) -> Finding:
    given = {
        "title": "Review of manual journal entries",
        "source": FindingSource.AUDITOR,
        "told_on": date(2026, 3, 5),
        "owner_name": "Mona Manager",
    } | given
    return findings.enter_finding(**(SIGNED | given))


def remediated(finding: Finding, tester: str = "Test House LLC") -> Finding:
    """All four steps taken, the test with its evidence, the severity concluded."""
    findings.rate(
        finding,
        severity=Severity.SIGNIFICANT,
        rated_on=date(2026, 3, 20),
        rated_by="Mona Manager",
        **SIGNED,
    )
    for month, step in zip((4, 5, 9, 10), Step, strict=True):
        day, is_test = date(2026, month, 1), step == Step.TESTED
        findings.record_step(
            finding,
            step=step,
            done_on=day,
            done_by=tester if is_test else "Mona Manager",
            evidence_dated=day if is_test else None,
            **SIGNED,
        )
    return finding


def a_paper(kind: str) -> Document:
    return documents.file(
        kind=kind, title="Paper", content=b"The paper.\n", file_name="paper.txt", **SIGNED
    )


def waived(amount: str = "48000", **given: Any) -> Approval:
    """Work that began without approval, and its waiver."""
    asked: dict[str, Any] = {"service": "sales-tax-advice", "starts_on": date(2026, 11, 1)}
    asked |= {name: given.pop(name) for name in ("service", "starts_on", "firm") if name in given}
    facts: dict[str, Any] = {
        "approved_on": TODAY,
        "recognized_later": True,
        "promptly_brought": True,
        "paid_in_year": Money(Decimal(1_033_000), "USD"),
    }
    return approvals.approve_by_waiver(a_request(amount, **asked), **(facts | SIGNED | given))


def an_issued_report(year_ends_on: date = date(2024, 12, 31)) -> CommitteeReport:
    """Its four statements stand, and somebody sits on the committee."""
    spring = year_ends_on.year + 1
    held_on, filed_on = date(spring, 3, 5), date(spring, 3, 10)
    letter = a_letter(dated=held_on, received_on=held_on, serves=year_ends_on)
    letters.discuss(letter, held_on=held_on, **SIGNED)
    review = reports.record_review(
        year_ends_on=year_ends_on,
        reviewed_on=held_on,
        discussed_on=held_on,
        letter=letter,
        recommended_on=held_on,
        filed_on=filed_on,
        **SIGNED,
    )
    proxy_on = date(spring, 4, 20)
    return reports.issue_report(review, proxy_on=proxy_on, adopted_on=proxy_on, **SIGNED)
