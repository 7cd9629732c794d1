"""The audit firm: its people, engagements, appointment, and the policy on its services."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from auditors.enums import (
    FirmRole,
    PartnerRole,
    RecipientKind,
)
from auditors.models import (
    Engagement,
    Firm,
    Partner,
    Recipient,
)
from auditors.services import (
    firms,
    policy,
)
from charter_portal.demo import company as larkmere
from charter_portal.demo import people
from charter_portal.demo.company import Stage, Year
from charter_portal.demo.story import Story
from charters import services as charters
from charters.enums import HowDecided
from charters.models import Decision

FIRM = "Calloway Finch LLP"
SUBSIDIARY = "Larkmere Instruments GmbH"
PLAN = "Larkmere Instruments 401(k) Plan"
# How many years before the present one the lead partner began, and the reviewer.
LEAD_FOR, REVIEWER_FOR = 2, 1
FEE, PER_YEAR = 820_000, 25_000


def signed(story: Story, who: people.Character, when: datetime) -> dict[str, Any]:
    return {"by": story.people[who], "at": when}


def secretary(story: Story, when: datetime) -> dict[str, Any]:
    return signed(story, people.SECRETARY, when)


def decided(story: Story, on: date, text: str, when: datetime) -> Decision:
    """An act of the committee at its meeting."""
    return charters.record_decision(
        story.committee,
        decided_on=on,
        how=HowDecided.MEETING,
        text=text,
        **secretary(story, when),
    )


def the_firm() -> Firm:
    return Firm.objects.get(name=FIRM)


def recipient(name: str) -> Recipient:
    return Recipient.objects.get(name=name)


def open_the_books(story: Story, when: datetime, *, stage: Stage) -> None:
    """On the first day: the firm, whom it works for, and the years before."""
    by = secretary(story, when)
    firm = firms.add_firm(
        name=FIRM,
        auditor_since=stage.first_day.year - 6,
        since_basis="the company's first annual report after its listing",
        **by,
    )
    firms.set_contacts(firm, contacts=[story.people[people.AUDITOR]], **by)
    for name, kind in (
        (larkmere.NAME, RecipientKind.COMPANY),
        (SUBSIDIARY, RecipientKind.SUBSIDIARY),
        (PLAN, RecipientKind.PLAN),
    ):
        firms.add_recipient(name=name, kind=kind, **by)
    for name in (people.AUDITOR.name, "Dana Whitlock"):
        firms.add_partner(name=name, **by)
    first = stage.year_of(stage.first_day)
    last = first if first.may < stage.first_day else first.before
    for year in (last.before, last):
        engage(story, when, year, stage)
    adopt(story, when, last)
    policy.delegate(
        [story.directors[people.CHAIR], story.directors[people.MEMBER]],
        adopted_on=last.may,
        currency="USD",
        limit_per_service=Decimal(50_000),
        limit_between_meetings=Decimal(100_000),
        decision=decided(
            story,
            last.may,
            f"Delegated to {people.CHAIR.name}, or to {people.MEMBER.name} if the chair is not "
            "available, the approval of services up to $50,000 each and $100,000 in total between "
            "scheduled meetings.",
            when,
        ),
        **by,
    )


def engage(story: Story, when: datetime, year: Year, stage: Stage | None = None) -> Engagement:
    """The appointment for a fiscal year, its fee and who leads the audit."""
    by = secretary(story, when)
    decision = (
        decided(
            story,
            year.may,
            f"Evaluated {FIRM} and appointed it to audit fiscal year {year.number}.",
            when,
        )
        if stage is None
        else None
    )
    made = firms.appoint(
        the_firm(),
        role=FirmRole.AUDITOR,
        year_ends_on=year.last,
        appointed_on=year.may,
        decision=decision,
        scope="Audit of the annual statements and reviews of the three interim periods.",
        **by,
    )
    firms.record_evaluation(made, evaluated_on=year.may, **by)
    firms.set_fee(
        made,
        amount=Decimal(FEE + PER_YEAR * (year.number - 2024)),
        currency="USD",
        approved_on=year.may,
        decision=decision,
        **by,
    )
    present = story.stage.this_year.number
    partners = Partner.objects.in_bulk(field_name="pk").values()
    for partner, role, years in zip(
        sorted(partners, key=lambda each: each.pk),
        (PartnerRole.LEAD, PartnerRole.REVIEWER),
        (LEAD_FOR, REVIEWER_FOR),
        strict=True,
    ):
        if year.number >= present - years:
            firms.record_partner_year(partner, made, role=role, stated_on=year.may, **by)
    return made


def adopt(story: Story, when: datetime, year: Year) -> None:
    """The policy and its lines from the May meeting on."""
    by = secretary(story, when)
    decision = decided(
        story, year.may, "Adopted the pre-approval policy and its lines until next May.", when
    )
    policy.adopt_policy(
        adopted_on=year.may,
        currency="USD",
        tolerance_share=Decimal("0.05"),
        max_age_months=12,
        decision=decision,
        **by,
    )
    for title, service, work, cap in (
        (
            "Consents",
            "consent",
            f"Consents for the Company's Form S-3 and S-8 registration statements filed until "
            f"May {year.number + 1}",
            20_000,
        ),
        (
            "Comment letters",
            "sec-comments",
            f"Replies to SEC comment letters on Exchange Act filings received until May "
            f"{year.number + 1}",
            25_000,
        ),
    ):
        policy.adopt_line(
            title=f"{title}, {year.number}",
            service=service,
            work=work,
            recipients=[recipient(larkmere.NAME)],
            used_by=[story.people[people.FINANCE]],
            starts_on=year.may,
            last_on=year.next.may - timedelta(days=1),
            cap=Decimal(cap),
            currency="USD",
            adopted_on=year.may,
            decision=decision,
            **by,
        )


def appoint(story: Story, when: datetime, *, year: Year) -> None:
    """The May meeting: evaluated, appointed, paid; the policy for the next twelve months."""
    made = engage(story, when, year)
    by = secretary(story, when)
    firms.record_engagement_letter(made, dated=year.may, **by)
    adopt(story, when, year)


def ratify(story: Story, when: datetime, *, year: Year) -> None:
    made = Engagement.objects.get(year_ends_on=year.last)
    firms.record_ratification(
        made,
        voted_on=year.annual_meeting,
        votes_for=18_204_377,
        votes_against=214_906,
        votes_abstain=39_115,
        **secretary(story, when),
    )
