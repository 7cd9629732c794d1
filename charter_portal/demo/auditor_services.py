"""Services that management asked for, and what became of each request."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from auditors.models import (
    PolicyLine,
    ServiceRequest,
)
from auditors.rules.money import Money
from auditors.services import (
    approvals,
    presenting,
    requests,
)
from charter_portal.demo import company as larkmere
from charter_portal.demo import people
from charter_portal.demo.auditor_firm import decided, recipient, secretary, signed, the_firm
from charter_portal.demo.company import Year
from charter_portal.demo.story import Story


def ask(
    story: Story,
    when: datetime,
    service: str,
    subject: str,
    amount: int,
    starts_on: date,
    who: str = larkmere.NAME,
) -> ServiceRequest:
    """The controller asks."""
    return requests.ask(
        the_firm(),
        service=service,
        subject=subject,
        recipients=[recipient(who)],
        fee=Money(Decimal(amount), "USD"),
        starts_on=starts_on,
        **signed(story, people.CONTROLLER, when),
    )


def asked(subject: str) -> ServiceRequest:
    return ServiceRequest.objects.get(subject=subject)


def returns(year: Year) -> str:
    return f"US federal and state income tax returns for fiscal year {year.number - 1}"


def consent(year: Year) -> str:
    return f"Consent for the Form S-8 of June {year.number}"


def consultation(year: Year) -> str:
    return f"Consultation on the new lease standard, {year.number}"


def training(year: Year) -> str:
    return f"Training of the finance team, autumn {year.number}"


def ask_for_returns(story: Story, when: datetime, *, year: Year) -> None:
    ask(story, when, "us-income-tax-returns", returns(year), 46_000, year.on(6, 8))


def approve_returns(story: Story, when: datetime, *, year: Year) -> None:
    subject = returns(year)
    approvals.approve_by_committee(
        asked(subject),
        approved_on=year.may,
        decision=decided(story, year.may, f"Approved: {subject}, fee $46,000.", when),
        **secretary(story, when),
    )


def ask_for_consent(story: Story, when: datetime, *, year: Year) -> None:
    ask(story, when, "consent", consent(year), 12_000, year.on(6, 15))


def use_the_line(story: Story, when: datetime, *, year: Year) -> None:
    """The chief financial officer uses the line of the policy and approves nothing."""
    approvals.use_line(
        asked(consent(year)),
        PolicyLine.objects.get(title=f"Consents, {year.number}"),
        used_by=story.people[people.FINANCE],
        used_on=when.date(),
        **signed(story, people.FINANCE, when),
    )


def ask_for_consultation(story: Story, when: datetime, *, year: Year) -> None:
    ask(story, when, "accounting-consultation", consultation(year), 28_000, year.on(7, 7))


def approve_as_delegate(story: Story, when: datetime, *, year: Year) -> None:
    """The chair approves within the delegation."""
    given = approvals.approve_by_delegate(
        asked(consultation(year)),
        story.directors[people.CHAIR],
        approved_on=when.date(),
        **signed(story, people.CHAIR, when),
    )
    presenting.record_others_told(given, told_on=when.date(), **secretary(story, when))


def present_approvals(story: Story, when: datetime, *, year: Year) -> None:
    for subject in (consent(year), consultation(year)):
        presenting.present(
            asked(subject).approvals.get(), meeting_on=year.august, **secretary(story, when)
        )


def ask_for_training(story: Story, when: datetime, *, year: Year) -> None:
    ask(story, when, "training", training(year), 9_000, year.on(10, 6))


def decline_training(story: Story, when: datetime, *, year: Year) -> None:
    requests.decline(
        asked(training(year)),
        decided_on=when.date(),
        reason="Another firm gives the training.",
        **secretary(story, when),
    )


def ask_lately(story: Story, when: datetime, *, year: Year) -> None:
    """Not decided yet: the line has room for less, so that the delegate or the committee decides."""
    starts_on = story.stage.after(story.stage.today, 15)
    subject = "Consent for the Form S-3 shelf registration"
    ask(story, when, "consent", subject, 14_000, starts_on)
