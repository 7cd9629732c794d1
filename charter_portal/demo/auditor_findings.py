"""Findings, from the first word to closure."""

from __future__ import annotations

from datetime import datetime

from auditors.enums import (
    FindingSource,
    Severity,
    Step,
)
from auditors.models import (
    Finding,
)
from auditors.services import (
    findings,
)
from charter_portal.demo import company as larkmere
from charter_portal.demo import people
from charter_portal.demo.auditor_firm import decided, secretary, signed, the_firm
from charter_portal.demo.company import Year
from charter_portal.demo.story import Story

JOURNALS, ACCESS = "Review of manual journal entries", "Access rights in the warehouse system"


def title_of(name: str, year: Year) -> str:
    return f"{name}, {year.number - 1} audit"


def found(name: str, year: Year) -> Finding | None:
    return Finding.objects.filter(title=title_of(name, year)).first()


def tell_findings(story: Story, when: datetime, *, year: Year) -> None:
    """Two control deficiencies, told and reviewed at the March meeting."""
    by = secretary(story, when)
    for name, account in ((JOURNALS, "Accrued liabilities"), (ACCESS, "Inventory")):
        made = findings.enter_finding(
            title=title_of(name, year),
            source=FindingSource.AUDITOR,
            firm=the_firm(),
            told_on=year.march,
            owner=story.people[people.CONTROLLER],
            owner_name=people.CONTROLLER.name,
            account=account,
            component=larkmere.NAME,
            cause="The control was performed and not documented.",
            **by,
        )
        findings.review(made, reviewed_on=year.march, **by)


def plan_remediation(story: Story, when: datetime, *, year: Year) -> None:
    """Management concludes on the severity; the controller enters the plans."""
    by = signed(story, people.CONTROLLER, when)
    for name in (JOURNALS, ACCESS):
        finding = found(name, year)
        if finding is None:
            continue
        findings.rate(
            finding,
            severity=Severity.DEFICIENCY,
            rated_on=when.date(),
            rated_by=people.FINANCE.name,
            **secretary(story, when),
        )
        findings.plan(
            finding,
            text="A second person reviews and signs each entry; the review is kept.",
            target_on=year.on(9, 30) if name == JOURNALS else year.next.on(1, 29),
            set_on=when.date(),
            **by,
        )
        findings.record_step(
            finding, step=Step.DESIGNED, done_on=when.date(), done_by=people.CONTROLLER.name, **by
        )


def have_control_tested(story: Story, when: datetime, *, year: Year) -> None:
    """The outside tester tests what the controller operates."""
    finding = found(JOURNALS, year)
    if finding is None:
        return
    by = signed(story, people.CONTROLLER, when)
    findings.record_step(
        finding,
        step=Step.OPERATING,
        done_on=year.on(6, 30),
        done_by=people.CONTROLLER.name,
        **by,
    )
    findings.record_step(
        finding,
        step=Step.TESTED,
        done_on=when.date(),
        done_by=people.TESTER.name,
        evidence_dated=when.date(),
        **secretary(story, when),
    )
    findings.record_step(
        finding,
        step=Step.CONCLUDED,
        done_on=when.date(),
        done_by=people.FINANCE.name,
        **secretary(story, when),
    )


def close_finding(story: Story, when: datetime, *, year: Year) -> None:
    by = secretary(story, when)
    for name in (JOURNALS, ACCESS):
        finding = found(name, year)
        if finding is not None:
            findings.review(finding, reviewed_on=year.november, **by)
    closed = found(JOURNALS, year)
    if closed is not None and closed.steps.exists():
        title = title_of(JOURNALS, year)
        findings.close(
            closed,
            closed_on=year.november,
            decision=decided(story, year.november, f"Closed the finding: {title}.", when),
            **by,
        )
