"""What the auditor gave in a year, the annual report, and the fees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from auditors import documents
from auditors.enums import (
    FeeCategory,
    FeeStatus,
    LetterKind,
    TaxKind,
)
from auditors.models import (
    AnnualReview,
    Approval,
    Engagement,
    FeeLine,
    Letter,
    ServiceRequest,
)
from auditors.rules.communications import CHECKLIST
from auditors.rules.money import Money
from auditors.rules.rounding import THOUSANDS
from auditors.services import (
    fees,
    firms,
    letters,
    papers,
    reports,
)
from charter_portal.demo import company as larkmere
from charter_portal.demo import papers as samples
from charter_portal.demo import people
from charter_portal.demo.auditor_firm import (
    FEE,
    PER_YEAR,
    decided,
    recipient,
    secretary,
    the_firm,
)
from charter_portal.demo.auditor_services import consent, consultation, returns
from charter_portal.demo.company import Year
from charter_portal.demo.story import Story
from charters import services as charters
from charters.enums import HowDecided


def receive(
    story: Story, when: datetime, kind: LetterKind, year: Year, *, paper: str, **given: Any
) -> Letter:
    """A paper received for the partner, who need not sign in: the file, its type, its date."""
    dated = story.stage.calendar.business_day_on_or_before(when.date() - timedelta(days=1))
    title, content, file_name = samples.write(paper, year.number, dated, as_pdf=story.with_pdfs)
    by = secretary(story, when)
    return papers.with_paper(
        lambda document: letters.receive(
            the_firm(),
            kind=kind,
            dated=dated,
            received_on=when.date(),
            serves=year.last,
            document=document,
            **given,
            **by,
        ),
        charters.Upload(content, file_name, title),
        kind=documents.LETTER,
        title=title,
        **by,
    )


def enter_letter(story: Story, when: datetime, *, year: Year) -> None:
    """The independence letter of a year in which the portal began later, entered afterwards."""
    by = secretary(story, when)
    letter = letters.receive(
        the_firm(),
        kind=LetterKind.INDEPENDENCE,
        dated=year.on(3, 5),
        received_on=year.on(3, 6),
        serves=year.last,
        **by,
    )
    letters.discuss(letter, held_on=year.march, **by)


def last_letter(kind: LetterKind, year: Year) -> Letter:
    return Letter.objects.filter(kind=kind, serves=year.last).latest("dated")


def receive_independence_letter(story: Story, when: datetime, *, year: Year) -> None:
    """It excepts one item, so that the committee has something to decide."""
    receive(
        story,
        when,
        LetterKind.INDEPENDENCE,
        year,
        paper="independence",
        exceptions=[
            f"A manager of the firm's tax practice held 40 shares of the Company until January 12, "
            f"{year.number}"
        ],
    )


def hear_the_auditor(story: Story, when: datetime, *, year: Year) -> None:
    """The March meeting: the letter, the communications, the statements."""
    by, held_on, audited = secretary(story, when), year.march, year.before
    letter = last_letter(LetterKind.INDEPENDENCE, year)
    letters.discuss(letter, held_on=held_on, **by)
    text = "The holding was sold when found and does not impair the firm's independence."
    letters.decide_exception(
        letter.exceptions.get(),
        decided_on=held_on,
        text=text,
        decision=decided(story, held_on, text, when),
        **by,
    )
    for item in CHECKLIST:
        if not item.is_event:
            letters.receive(
                the_firm(),
                kind=LetterKind.COMMUNICATION,
                item=item.key,
                dated=held_on,
                received_on=held_on,
                serves=audited.last,
                **by,
            )
    reports.record_review(
        year_ends_on=audited.last,
        reviewed_on=held_on,
        discussed_on=held_on,
        letter=letter,
        recommended_on=held_on,
        subject_to_changes=True,
        **by,
    )


def file_the_annual_report(story: Story, when: datetime, *, year: Year) -> None:
    """A week after the meeting; the chair has read the final changes."""
    by, audited = secretary(story, when), year.before
    filed_on = story.stage.after(year.march, 7)
    reports.record_review(
        year_ends_on=audited.last,
        brought_down_on=story.stage.after(year.march, 6),
        brought_down_by=people.CHAIR.name,
        filed_on=filed_on,
        **by,
    )
    made = Engagement.objects.filter(year_ends_on=audited.last).first()
    if made is not None:
        firms.record_audit_dates(made, report_dated=filed_on, **by)


def issue_the_report(story: Story, when: datetime, *, year: Year) -> None:
    review = AnnualReview.objects.filter(year_ends_on=year.before.last).first()
    if review is None:
        return
    issue = reports.issue_as_pdf if story.with_pdfs else reports.issue_report
    issue(
        review,
        proxy_on=when.date(),
        adopted_on=year.april,
        decision=charters.record_decision(
            story.committee,
            decided_on=year.april,
            how=HowDecided.WRITTEN_CONSENT,
            text="Adopted the committee report for the proxy statement.",
            **secretary(story, when),
        ),
        **secretary(story, when),
    )


def receive_plan(story: Story, when: datetime, *, year: Year) -> None:
    receive(story, when, LetterKind.PLAN, year, paper="plan")


def review_plan(story: Story, when: datetime, *, year: Year) -> None:
    letter = Letter.objects.filter(kind=LetterKind.PLAN, serves=year.last).first()
    if letter is not None:
        letters.discuss(letter, held_on=year.august, **secretary(story, when))


def receive_quality_report(story: Story, when: datetime, *, year: Year) -> None:
    receive(story, when, LetterKind.QUALITY, year, paper="quality")


def review_quality_report(story: Story, when: datetime, *, year: Year) -> None:
    letter = Letter.objects.filter(kind=LetterKind.QUALITY, serves=year.last).first()
    if letter is not None:
        letters.discuss(letter, held_on=year.november, **secretary(story, when))


def receive_description(story: Story, when: datetime, *, year: Year) -> None:
    """The firm describes the tax returns before the committee approves them."""
    asked = ServiceRequest.objects.filter(subject=returns(year))
    receive(story, when, LetterKind.DESCRIPTION, year, paper="description", describes=list(asked))


def discuss_description(story: Story, when: datetime, *, year: Year) -> None:
    """At the May meeting, before the approval."""
    letter = last_letter(LetterKind.DESCRIPTION, year)
    letters.discuss(letter, held_on=year.may, **secretary(story, when))


# Fees.


@dataclass(frozen=True)
class Bill:
    category: FeeCategory
    service: str
    description: str
    amount: int
    rendered_on: date
    tax_kind: TaxKind | None = None


def bills(year: Year) -> list[Bill]:
    """What is billed for a fiscal year: the audit, and services within what was approved."""
    audit = FEE + PER_YEAR * (year.number - 2024)
    lease = consultation(year)
    return [
        Bill(FeeCategory.AUDIT, "annual-audit", "Audit and interim reviews", audit, year.last),
        Bill(FeeCategory.AUDIT, "consent", consent(year), 12_000, year.on(6, 15)),
        Bill(FeeCategory.AUDIT_RELATED, "accounting-consultation", lease, 27_400, year.on(7, 30)),
        Bill(
            FeeCategory.TAX,
            "us-income-tax-returns",
            returns(year),
            46_000,
            year.on(8, 20),
            TaxKind.COMPLIANCE,
        ),
    ]


def bill_services(story: Story, when: datetime, *, year: Year) -> None:
    """The bills for services, once they are rendered."""
    for bill in bills(year)[1:]:
        enter(story, when, bill, year)


def bill_the_year_before(story: Story, when: datetime, *, year: Year) -> None:
    """The other bills of a fiscal year, once its audit is done."""
    entered = set(FeeLine.objects.values_list("invoice_number", flat=True))
    for bill in bills(year.before):
        if invoice(bill, year.before) not in entered:
            enter(story, when, bill, year.before)


def invoice(bill: Bill, year: Year) -> str:
    return f"CF-{year.number}-{bill.service}"


def enter(story: Story, when: datetime, bill: Bill, year: Year) -> None:
    """A bill with its approval. What was approved before the records begin and billed since is left
    out: it would be asked for its approval."""
    approval = Approval.objects.filter(request__subject=bill.description).first()
    is_of_the_audit = bill.service == "annual-audit"
    if approval is None and not is_of_the_audit and when.date() >= story.stage.records_begin:
        return
    fees.enter_fee(
        the_firm(),
        recipient=recipient(larkmere.NAME),
        service=bill.service,
        description=bill.description,
        year_ends_on=year.last,
        category=bill.category,
        status=FeeStatus.BILLED,
        fee=Money(Decimal(bill.amount), "USD"),
        rendered_on=bill.rendered_on,
        invoice_number=invoice(bill, year),
        invoiced_on=when.date(),
        tax_kind=bill.tax_kind,
        approval=approval,
        **secretary(story, when),
    )


def issue_fee_table(story: Story, when: datetime, *, year: Year) -> None:
    """The proxy's table of the two fiscal years before."""
    issue = fees.issue_table_as_pdf if story.with_pdfs else fees.issue_table
    issue(
        the_firm(),
        year_ends_on=[year.before.last, year.before.before.last],
        unit=THOUSANDS,
        descriptions={
            FeeCategory.AUDIT_RELATED: "Consultation on the application of a new standard.",
            FeeCategory.TAX: "Preparation of US federal and state income tax returns.",
        },
        **secretary(story, when),
    )
