"""What the auditor's records show the charter, propose, remind of, and tell the Board."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import ANY

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from accounts.models import User
from auditors.enums import (
    ApprovingBody,
    EngagementEnd,
    FeeCategory,
    FeeStatus,
    FirmRole,
    LetterKind,
    PartnerRole,
    Precedes,
    RecipientKind,
    Severity,
)
from auditors.models import Approval, FeeLine, ServiceRequest
from auditors.reports.cycle import cycle_of, cycles
from auditors.reports.requests import approval_facts
from auditors.rules.communications import CHECKLIST
from auditors.rules.money import Money
from auditors.services import (
    approvals,
    findings,
    firms,
    letters,
    policy,
    presenting,
    reports,
    requests,
)
from auditors.tests.factories import (
    FY25,
    FY26,
    SIGNED,
    TODAY,
    a_delegation,
    a_fee,
    a_finding,
    a_firm,
    a_letter,
    a_line,
    a_recipient,
    a_request,
    an_engagement,
    use,
    waived,
)
from charters.docket import as_seen_by
from charters.enums import DutyKind, Standing
from charters.registry import AGENDA, DEADLINES, REPORT_PARTS, ReportScope
from charters.standing import Docket
from charters.tests.charters import Stage, set_the_stage
from committees.tests.factories import a_director, a_seat
from meetings.enums import MeetingKind
from meetings.services import enter_past_meeting
from meetings.services import meetings as planning
from meetings.services.board_reports import recommend

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 5)
ITEM = "uncorrected-misstatements"


@pytest.fixture
def stage() -> Stage:
    return set_the_stage()


def docket(stage: Stage, on: date = TODAY, **given: Any) -> Docket:
    return Docket(stage.committee, on, stage.company, **given)


def row(stage: Stage, duty: Any, **given: Any) -> Any:
    return next(each for each in docket(stage, **given).reading().duties if each.duty.pk == duty.pk)


def sources(stage: Stage, duty: Any) -> set[str]:
    return {piece.source for piece in row(stage, duty).evidence}


def open_items(stage: Stage, name: str, on: date = TODAY) -> list[str]:
    found = docket(stage, on).open_items()
    return [each.because for each in found if each.rule == f"auditors.{name}"]


def a_chair(stage: Stage, user: User | None = None) -> Any:
    return a_seat(a_director("Clara Chair", user=user), stage.committee).director


# Evidence


def test_appointment_again_needs_the_evaluation(stage: Stage) -> None:
    duty = stage.duty(catalogue_key="evaluate-auditor")
    an_engagement(year_ends_on=FY25, appointed_on=date(2025, 5, 6))
    again = an_engagement()
    assert row(stage, duty).standing != Standing.ON_FILE
    firms.record_evaluation(again, evaluated_on=date(2026, 5, 5), **SIGNED)
    assert row(stage, duty).standing == Standing.ON_FILE
    assert sources(stage, duty) == {"auditors.appointments"}


def test_fee_and_vote_are_evidence_of_their_own_duties(stage: Stage) -> None:
    fee = stage.duty(catalogue_key="auditor-compensation")
    vote = stage.duty(catalogue_key="stockholder-ratification")
    made = an_engagement()
    firms.set_fee(
        made, amount=Decimal(850_000), currency="USD", approved_on=date(2026, 5, 5), **SIGNED
    )
    assert sources(stage, fee) == {"auditors.engagement_fees"}
    assert not sources(stage, vote)
    firms.record_ratification(
        made, voted_on=date(2026, 5, 28), votes_for=9, votes_against=1, votes_abstain=0, **SIGNED
    )
    assert sources(stage, vote) == {"auditors.ratifications"}


@pytest.mark.parametrize(
    ("kind", "key", "source"),
    [
        (LetterKind.INDEPENDENCE, "independence-dialogue", "independence_letters"),
        (LetterKind.QUALITY, "quality-control-report", "quality_reports"),
        (LetterKind.PLAN, "audit-plan", "audit_plans"),
        (LetterKind.PLAN, "oversee-audit-work", "oversight"),
    ],
)
def test_paper_is_evidence_once_it_is_discussed(
    stage: Stage, kind: LetterKind, key: str, source: str
) -> None:
    duty = stage.duty(catalogue_key=key)
    letter = a_letter(kind=kind)
    assert not sources(stage, duty)
    letters.discuss(letter, held_on=date(2026, 11, 10), **SIGNED)
    assert sources(stage, duty) == {f"auditors.{source}"}


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (LetterKind.INDEPENDENCE, "independence-dialogue"),
        (LetterKind.QUALITY, "quality-control-report"),
        (LetterKind.PLAN, "audit-plan"),
        (LetterKind.PLAN, "oversee-audit-work"),
        (LetterKind.OTHER, "other-auditor-reports"),
    ],
)
def test_paper_of_a_firm_that_is_not_the_auditor_is_no_evidence(
    stage: Stage, kind: LetterKind, key: str
) -> None:
    duty = stage.duty(catalogue_key=key)
    an_engagement()
    for name in ("Candidate LLP", "Ash & Birch LLP"):
        assert not sources(stage, duty)
        letter = a_letter(kind=kind, firm=a_firm(name))
        if kind != LetterKind.OTHER:
            letters.discuss(letter, held_on=date(2026, 11, 10), **SIGNED)
    assert [piece.label for piece in row(stage, duty).evidence] == [ANY]
    assert "Ash & Birch LLP" in row(stage, duty).evidence[0].label


def test_papers_of_a_replaced_auditor_show_oversight_and_no_independence(stage: Stage) -> None:
    independence = stage.duty(catalogue_key="independence-dialogue")
    oversight = stage.duty(catalogue_key="oversee-audit-work")
    left = an_engagement(firm=a_firm("Left LLP"), appointed_on=date(2026, 3, 1))
    for kind in (LetterKind.INDEPENDENCE, LetterKind.PLAN):
        letter = a_letter(
            kind=kind,
            firm=left.firm,
            dated=date(2026, 8, 3),
            received_on=date(2026, 8, 3),
        )
        letters.discuss(letter, held_on=date(2026, 8, 4), **SIGNED)
    assert sources(stage, independence)
    firms.end_engagement(left, ended_on=date(2026, 9, 1), how=EngagementEnd.DISMISSED, **SIGNED)
    an_engagement(appointed_on=date(2026, 9, 8))
    assert not sources(stage, independence)
    assert sources(stage, oversight) == {"auditors.oversight"}


def test_work_on_the_statements_serves_the_year_after(stage: Stage) -> None:
    statements = stage.duty(catalogue_key="annual-statements", due_month=3)
    matters = stage.duty(catalogue_key="required-communications", due_month=3)
    reports.record_review(year_ends_on=FY25, reviewed_on=MARCH, **SIGNED)
    assert row(stage, statements).standing == Standing.ON_FILE
    assert row(stage, matters).standing == Standing.NOT_ON_FILE


# What arose


def test_each_service_is_dealt_with_by_its_decision(stage: Stage) -> None:
    duty = stage.duty(catalogue_key="pre-approve-non-audit", kind=DutyKind.EVENT)
    assert row(stage, duty).standing == Standing.NOT_APPLICABLE
    asked = a_request(service="training", starts_on=date(2026, 12, 1))
    assert row(stage, duty).standing == Standing.DUE
    requests.decline(asked, decided_on=TODAY, reason="Another firm does it.", **SIGNED)
    assert row(stage, duty).standing == Standing.ON_FILE
    assert sources(stage, duty) == {"auditors.other_services"}


def tax_returns(**given: Any) -> Any:
    given = {"service": "us-income-tax-returns", "subject": "Income tax returns for 2025"} | given
    return a_request(**given)


def test_tax_service_is_described_and_discussed_before_its_approval(stage: Stage) -> None:
    duty = stage.duty(catalogue_key="tax-and-control-services", kind=DutyKind.EVENT)
    asked = tax_returns()
    assert row(stage, duty).standing == Standing.DUE
    paper = a_letter(kind=LetterKind.DESCRIPTION, describes=[asked])
    assert row(stage, duty).standing == Standing.DUE
    letters.discuss(paper, held_on=date(2026, 11, 10), **SIGNED)
    approvals.approve_by_committee(asked, approved_on=date(2026, 11, 10), **SIGNED)
    assert row(stage, duty).standing == Standing.ON_FILE
    assert sources(stage, duty) == {"auditors.described"}


def test_approval_without_a_description_leaves_the_tax_service_not_on_file(stage: Stage) -> None:
    duty = stage.duty(catalogue_key="tax-and-control-services", kind=DutyKind.EVENT)
    approvals.approve_by_committee(tax_returns(), approved_on=date(2026, 11, 10), **SIGNED)
    assert row(stage, duty).standing == Standing.NOT_ON_FILE


@pytest.mark.parametrize(
    ("service", "is_asked"),
    [("controls-review", True), ("training", False), ("consent", False), ("", False)],
)
def test_only_tax_and_internal_control_services_are_described(
    stage: Stage, service: str, is_asked: bool
) -> None:
    duty = stage.duty(catalogue_key="tax-and-control-services", kind=DutyKind.EVENT)
    a_request(service=service)
    found = {piece.source for piece in row(stage, duty).evidence}
    assert (row(stage, duty).standing == Standing.DUE) == is_asked
    assert found == ({"auditors.described"} if is_asked else set())


def test_declined_tax_service_asks_for_no_description(stage: Stage) -> None:
    duty = stage.duty(catalogue_key="tax-and-control-services", kind=DutyKind.EVENT)
    requests.decline(tax_returns(), decided_on=TODAY, reason="Another firm does it.", **SIGNED)
    assert row(stage, duty).standing == Standing.ON_FILE


def test_withdrawn_tax_service_asks_for_no_description_though_approved(stage: Stage) -> None:
    duty = stage.duty(catalogue_key="tax-and-control-services", kind=DutyKind.EVENT)
    asked = tax_returns(at=datetime(2026, 11, 2, tzinfo=UTC))
    approvals.approve_by_committee(asked, approved_on=date(2026, 11, 10), **SIGNED)
    withdrawn = date(2026, 11, 16)
    requests.withdraw(asked, withdrawn_on=withdrawn, reason="Not needed.", **SIGNED)
    assert row(stage, duty).standing == Standing.ON_FILE
    assert not ServiceRequest.objects.to_describe().exists()
    # A later discussion does not move the date.
    paper = a_letter(kind=LetterKind.DESCRIPTION, describes=[asked])
    letters.discuss(paper, held_on=date(2026, 11, 18), **SIGNED)
    assert [piece.on for piece in row(stage, duty).evidence] == [withdrawn]


def test_undiscussed_description_is_proposed_for_the_agenda(stage: Stage) -> None:
    stage.duty(catalogue_key="tax-and-control-services", kind=DutyKind.EVENT)
    a_letter(kind=LetterKind.DESCRIPTION, describes=[tax_returns()])
    titles = [each.title for each in proposals(stage)]
    assert any(title.startswith("Discuss: Description of a service") for title in titles)


def test_excepted_item_waits_for_the_committee(stage: Stage) -> None:
    duty = stage.duty(catalogue_key="act-on-independence", kind=DutyKind.EVENT)
    letter = a_letter(exceptions=["A tax manager held 40 shares"])
    assert row(stage, duty).standing == Standing.DUE
    item = letter.exceptions.get()
    letters.decide_exception(item, decided_on=TODAY, text="Not impaired.", **SIGNED)
    assert row(stage, duty).standing == Standing.ON_FILE


def test_restricted_finding_shows_to_nobody_it_is_restricted_from(
    stage: Stage, secretary: User, secretary_in_management: User
) -> None:
    duty = stage.duty(catalogue_key="findings-follow-up", kind=DutyKind.EVENT)
    a_finding(title="Expenses of an officer", restricted_roles={Role.MANAGEMENT})
    seen = row(stage, duty, sees=as_seen_by(secretary, TODAY))
    barred = row(stage, duty, sees=as_seen_by(secretary_in_management, TODAY))
    assert [len(each.evidence) for each in (seen, barred)] == [1, 0]
    assert (barred.standing, barred.because) == (seen.standing, "Due.")
    titles = [each.title + each.because for each in proposals(stage)]
    assert not any("Expenses" in title for title in titles)


def test_policy_is_in_force_from_its_adoption(stage: Stage) -> None:
    duty = stage.duty(catalogue_key="pre-approval-policy", kind=DutyKind.PROCEDURE)
    assert row(stage, duty).standing == Standing.OPEN
    policy.adopt_policy(adopted_on=date(2026, 5, 5), currency="USD", **SIGNED)
    assert row(stage, duty).standing == Standing.ON_FILE


# Open items


def test_late_approval_is_a_fact_and_an_open_item(stage: Stage) -> None:
    asked = a_request(service="training", starts_on=date(2026, 11, 2))
    approvals.approve_by_committee(asked, approved_on=date(2026, 11, 10), **SIGNED)
    (because,) = open_items(stage, "approved_late")
    assert because.startswith("Approved on November 10, 2026, 8 days after the work began")


def test_start_without_a_decision_is_an_open_item(stage: Stage) -> None:
    asked = a_request(starts_on=date(2026, 11, 16), at=datetime(2026, 11, 2, tzinfo=UTC))
    assert len(open_items(stage, "work_unapproved")) == 1
    # A withdrawal after that date leaves the item, which is closed with its reason.
    requests.withdraw(asked, withdrawn_on=TODAY, reason="Not needed.", **SIGNED)
    (because,) = open_items(stage, "work_unapproved")
    assert because.endswith("The request was withdrawn on November 20, 2026.")
    (because,) = open_items(stage, "work_unapproved", on=date(2026, 11, 19))
    assert because.endswith("No decision by then is on file.")


@pytest.mark.parametrize(("starts_on", "found"), [(TODAY, 0), (date(2026, 11, 19), 1)])
def test_withdrawal_leaves_what_arose_before_it(stage: Stage, starts_on: date, found: int) -> None:
    duty = stage.duty(catalogue_key="pre-approve-non-audit", kind=DutyKind.EVENT)
    asked = a_request(service="training", starts_on=starts_on)
    requests.withdraw(asked, withdrawn_on=TODAY, reason="Not needed.", **SIGNED)
    assert len(open_items(stage, "work_unapproved", on=date(2026, 12, 1))) == found
    assert len(row(stage, duty).evidence) == found


@pytest.mark.parametrize(("withdrawn_on", "found"), [(date(2026, 10, 12), 0), (TODAY, 1)])
def test_withdrawal_leaves_the_late_approval(stage: Stage, withdrawn_on: date, found: int) -> None:
    early = {"at": datetime(2026, 9, 1, tzinfo=UTC)}
    asked = a_request(starts_on=date(2026, 10, 12), **early)
    approvals.approve_by_committee(asked, approved_on=date(2026, 11, 16), **SIGNED)
    assert len(open_items(stage, "approved_late")) == 1
    requests.withdraw(asked, withdrawn_on=withdrawn_on, reason="Not needed.", **SIGNED)
    assert len(open_items(stage, "approved_late")) == found


@pytest.mark.parametrize(("withdrawn_on", "found"), [(date(2026, 11, 16), 0), (TODAY, 1)])
def test_withdrawal_leaves_the_presentation_that_was_due(
    stage: Stage, withdrawn_on: date, found: int
) -> None:
    duty = stage.duty(catalogue_key="delegated-approvals", kind=DutyKind.EVENT)
    planning.plan_meeting(
        stage.committee,
        on=date(2026, 11, 16),
        time=datetime(2026, 1, 1, 9, tzinfo=UTC).time(),
        kind=MeetingKind.REGULAR,
        **(SIGNED | {"at": datetime(2026, 1, 5, tzinfo=UTC)}),
    )
    chair = a_chair(stage)
    a_delegation(chair)
    asked = a_request(service="training", at=datetime(2026, 11, 1, tzinfo=UTC))
    approvals.approve_by_delegate(asked, chair, approved_on=date(2026, 11, 3), **SIGNED)
    assert len(open_items(stage, "not_presented")) == 1
    requests.withdraw(asked, withdrawn_on=withdrawn_on, reason="Not needed.", **SIGNED)
    assert len(open_items(stage, "not_presented")) == found
    assert len(row(stage, duty).evidence) == found


def test_delegate_presents_at_the_next_scheduled_meeting(stage: Stage) -> None:
    for day, kind in ((date(2026, 11, 10), MeetingKind.SPECIAL), (TODAY, MeetingKind.REGULAR)):
        planning.plan_meeting(
            stage.committee,
            on=day,
            time=datetime(2026, 1, 1, 9, tzinfo=UTC).time(),
            kind=kind,
            **(SIGNED | {"at": datetime(2026, 1, 5, tzinfo=UTC)}),
        )
    chair = a_chair(stage)
    a_delegation(chair)
    asked = a_request(service="training", starts_on=date(2026, 12, 1))
    given = approvals.approve_by_delegate(asked, chair, approved_on=date(2026, 11, 3), **SIGNED)
    (deadline,) = deadlines(stage, "presentations")
    assert deadline.due_on == TODAY
    assert not open_items(stage, "not_presented")
    assert len(open_items(stage, "not_presented", on=date(2026, 11, 21))) == 1
    # A date without a meeting is no scheduled one, and the special meeting stays special.
    with pytest.raises(ValidationError) as refusal:
        presenting.present(given, meeting_on=date(2026, 11, 14), **SIGNED)
    assert list(refusal.value.error_dict) == ["meeting_on"]
    shown = presenting.present(given, meeting_on=date(2026, 11, 10), is_scheduled=True, **SIGNED)
    assert not shown.is_scheduled
    assert len(open_items(stage, "not_presented", on=date(2026, 11, 21))) == 1
    presenting.present(given, meeting_on=TODAY, **SIGNED)
    assert not open_items(stage, "not_presented", on=date(2026, 11, 21))
    assert not Approval.objects.to_present().exists()


@pytest.mark.parametrize("at_once", [True, False])
def test_other_members_are_told_at_once_where_the_resolution_says_so(
    stage: Stage, at_once: bool
) -> None:
    chair = a_chair(stage)
    a_delegation(chair, notify_others_at_once=at_once)
    asked = a_request(service="training", at=datetime(2026, 11, 2, tzinfo=UTC))
    given = approvals.approve_by_delegate(asked, chair, approved_on=date(2026, 11, 3), **SIGNED)
    assert [each.due_on for each in deadlines(stage, "notices")] == [date(2026, 11, 4)] * at_once
    assert not open_items(stage, "others_not_told", on=date(2026, 11, 4))
    assert len(open_items(stage, "others_not_told", on=date(2026, 11, 5))) == at_once
    presenting.record_others_told(given, told_on=TODAY, **SIGNED)
    assert not deadlines(stage, "notices")
    assert not open_items(stage, "others_not_told")
    # What was not on file on that date stays so.
    assert len(open_items(stage, "others_not_told", on=date(2026, 11, 19))) == at_once


def communicate(item: str, on: date) -> None:
    facts = {"dated": on, "received_on": on, "serves": FY25}
    a_letter(kind=LetterKind.COMMUNICATION, item=item, **facts)


def test_communication_after_the_report_or_never_is_an_open_item(stage: Stage) -> None:
    made = an_engagement(year_ends_on=FY25, appointed_on=date(2025, 5, 6))
    asked = {item.key for item in CHECKLIST if item.precedes == Precedes.AUDIT_REPORT}
    asked -= {item.key for item in CHECKLIST if item.is_event}
    assert not open_items(stage, "communication_late")
    firms.record_audit_dates(made, report_dated=date(2026, 3, 8), **SIGNED)
    # Nothing at all is on file for the year.
    assert not open_items(stage, "communication_late", on=date(2026, 3, 8))
    assert len(open_items(stage, "communication_late", on=date(2026, 3, 9))) == len(asked)
    for key in asked - {"uncorrected-misstatements", "draft-report"}:
        communicate(key, date(2026, 3, 5))
    communicate("draft-report", date(2026, 3, 9))
    assert sorted(open_items(stage, "communication_late")) == [
        "Given on March 9, 2026, after March 8, 2026. It is asked for before the auditor's report "
        "is issued.",
        "Not on file after March 8, 2026. It is asked for before the auditor's report is issued.",
    ]


@pytest.mark.parametrize(
    ("severity", "rated_on", "told"),
    [
        (Severity.MATERIAL, date(2026, 3, 1), 1),
        (Severity.DEFICIENCY, date(2026, 3, 1), 0),
        # A conclusion of management after the report.
        (Severity.MATERIAL, date(2026, 3, 20), 0),
    ],
)
def test_weakness_without_its_letter_is_an_open_item(
    stage: Stage, severity: Severity, rated_on: date, told: int
) -> None:
    made = an_engagement(year_ends_on=FY25, appointed_on=date(2025, 5, 6))
    firms.record_audit_dates(made, report_dated=date(2026, 3, 8), **SIGNED)
    before = len(open_items(stage, "communication_late"))
    finding = a_finding(told_on=date(2026, 2, 20))
    findings.rate(finding, severity=severity, rated_on=rated_on, rated_by="Mona", **SIGNED)
    assert len(open_items(stage, "communication_late")) == before + told
    communicate("material-weakness-letter", date(2026, 3, 5))
    assert len(open_items(stage, "communication_late")) == before


def test_letter_that_is_asked_for_shows_no_restricted_finding(stage: Stage) -> None:
    made = an_engagement(year_ends_on=FY25, appointed_on=date(2025, 5, 6))
    firms.record_audit_dates(made, report_dated=date(2026, 3, 8), **SIGNED)
    rating = {"severity": Severity.MATERIAL, "rated_on": date(2026, 3, 1), "rated_by": "Mona"}
    before = len(open_items(stage, "communication_late"))
    for barred, told in ({Role.MANAGEMENT}, 0), (frozenset(), 1):
        finding = a_finding(told_on=date(2026, 2, 20), restricted_roles=barred)
        findings.rate(finding, **rating, **SIGNED)
        assert len(open_items(stage, "communication_late")) == before + told


def test_communication_of_another_firm_than_the_auditor_is_not_the_year_s(stage: Stage) -> None:
    made = an_engagement(year_ends_on=FY25, appointed_on=date(2025, 5, 6))
    given: dict[str, Any] = {"kind": LetterKind.COMMUNICATION, "serves": FY25, "item": ITEM}
    dated = {"dated": date(2026, 3, 4), "received_on": date(2026, 3, 4)}
    a_letter(firm=a_firm("Candidate LLP"), **given, **dated)
    assert not cycle_of(FY25, TODAY).given
    assert not list(cycles(TODAY, date(2025, 1, 1)))
    own = a_letter(firm=made.firm, **given, **dated)
    assert cycle_of(FY25, TODAY).given == {ITEM: own}
    assert [cycle.given for cycle in cycles(TODAY, date(2025, 1, 1))] == [{ITEM: own}]


def test_new_firm_writes_before_it_is_accepted(stage: Stage) -> None:
    firm = firms.add_firm(name="Elm LLP", auditor_since=2026, since_basis="engaged", **SIGNED)
    an_engagement(firm=firm, appointed_on=date(2026, 10, 20))
    assert len(open_items(stage, "letter_after_acceptance")) == 1
    a_letter(firm=firm, dated=date(2026, 10, 19), received_on=date(2026, 10, 19))
    assert not open_items(stage, "letter_after_acceptance")


def test_firm_without_an_engagement_for_the_year_before_is_new(stage: Stage) -> None:
    an_engagement(firm=a_firm("Left LLP"), appointed_on=date(2026, 5, 5))
    firm = firms.add_firm(name="Elm LLP", **SIGNED)
    an_engagement(firm=firm, year_ends_on=date(2027, 12, 31), appointed_on=date(2026, 10, 20))
    # A letter of its earlier time as auditor is not that of this acceptance.
    a_letter(
        firm=firm, dated=date(2021, 2, 1), received_on=date(2021, 2, 1), serves=date(2020, 12, 31)
    )
    day = date(2026, 10, 22)
    a_letter(firm=firm, dated=day, received_on=day)
    assert open_items(stage, "letter_after_acceptance") == [
        "The letter is dated October 22, 2026, after the firm was accepted on October 20, 2026 "
        "(PCAOB Rule 3526)."
    ]


@pytest.mark.parametrize(
    ("dated", "serves", "told_on"),
    [
        # Received in the year it serves: discussed by the end of that year.
        (date(2025, 11, 3), FY25, date(2026, 1, 1)),
        # The letter on the audit of 2025, dated in 2026: discussed in 2026.
        (date(2026, 2, 20), FY25, date(2027, 1, 1)),
    ],
)
def test_letter_is_discussed_by_the_end_of_a_year(
    stage: Stage, dated: date, serves: date, told_on: date
) -> None:
    letter = a_letter(dated=dated, received_on=dated, serves=serves)
    assert not open_items(stage, "letter_undiscussed", on=told_on - timedelta(days=1))
    assert len(open_items(stage, "letter_undiscussed", on=told_on)) == 1
    letters.discuss(letter, held_on=TODAY, **SIGNED)
    assert not open_items(stage, "letter_undiscussed", on=date(2027, 1, 1))


def test_bills_above_the_approval_and_its_tolerance_are_an_open_item(stage: Stage) -> None:
    policy.adopt_policy(
        adopted_on=date(2025, 5, 5), currency="USD", tolerance_amount=Decimal(5_000), **SIGNED
    )
    asked = a_request("40000", starts_on=TODAY)
    approval = approvals.approve_by_committee(asked, approved_on=date(2026, 11, 3), **SIGNED)
    # One approval, billed in two fiscal years: together above it, neither alone.
    for amount, rendered_on, year in (
        ("25000", date(2025, 12, 1), FY25),
        ("20000", date(2026, 11, 2), FY26),
    ):
        bill(amount, rendered_on, approval=approval, year_ends_on=year)
    assert not open_items(stage, "billed_above")
    bill("0.01", TODAY, approval=approval)
    (because,) = open_items(stage, "billed_above")
    assert because.startswith(
        "Billed $45,000.01, which is $5,000.01 more than the approved $40,000"
    )


def test_audit_billed_above_its_fee_is_an_open_item(stage: Stage) -> None:
    made = an_engagement()
    given: dict[str, Any] = {"currency": "USD", "approved_on": date(2026, 5, 5)} | SIGNED
    firms.set_fee(made, amount=Decimal(800_000), **given)
    bill("800000", TODAY, service="annual-audit", category=FeeCategory.AUDIT)
    # The audit of a listed subsidiary, approved by that company's own committee.
    other = ApprovingBody.SUBSIDIARY_COMMITTEE
    bill("90000", TODAY, service="annual-audit", category=FeeCategory.AUDIT, body=other)
    assert not open_items(stage, "billed_above")
    bill("1", TODAY, service="annual-audit", category=FeeCategory.AUDIT)
    assert len(open_items(stage, "billed_above")) == 1
    firms.set_fee(made, amount=Decimal(1), note="Change order", **given)
    assert not open_items(stage, "billed_above")


def bill(amount: str, rendered_on: date, **given: Any) -> FeeLine:
    number = FeeLine.objects.count() + 1
    given = {
        "service": "sales-tax-advice",
        "description": "Advice",
        "category": FeeCategory.AUDIT_RELATED,
        "status": FeeStatus.BILLED,
        "invoice_number": str(number),
        "invoiced_on": rendered_on,
        "rendered_on": rendered_on,
    } | given
    return a_fee(amount, **given)


def test_fee_of_the_auditor_without_an_approval_is_an_open_item(stage: Stage) -> None:
    an_engagement()
    an_engagement(firm=a_firm("Test House LLC"), role=FirmRole.TESTER)
    fund = a_recipient("Larch Fund", RecipientKind.UNCONSOLIDATED)
    bill("850000", TODAY, service="annual-audit", category=FeeCategory.AUDIT)
    bill("700", TODAY, firm=a_firm("Test House LLC"))
    bill("90", TODAY, recipient=fund)
    bill("80", TODAY, body=ApprovingBody.SUBSIDIARY_COMMITTEE)
    assert not open_items(stage, "fee_unapproved")
    line = bill("46000", TODAY, description="Tax planning")
    (item,) = [
        each for each in docket(stage).open_items() if each.rule == "auditors.fee_unapproved"
    ]
    assert (item.title, item.on) == ("Tax planning", TODAY)
    assert not open_items(stage, "fee_unapproved", on=TODAY - timedelta(days=1))
    asked = a_request("46000", service="sales-tax-advice", starts_on=TODAY)
    approval = approvals.approve_by_committee(asked, approved_on=TODAY, **SIGNED)
    bill("46000", TODAY, description="Tax planning", approval=approval, replaces=line)
    assert not open_items(stage, "fee_unapproved")


def test_audit_fee_of_a_year_without_the_engagement_is_an_open_item(stage: Stage) -> None:
    an_engagement()
    bill("1000", TODAY, service="annual-audit", category=FeeCategory.AUDIT, year_ends_on=FY25)
    assert len(open_items(stage, "fee_unapproved")) == 1


def test_partner_in_a_sixth_year_is_an_open_item(stage: Stage) -> None:
    partner = firms.add_partner(name="Paula Partner", **SIGNED)
    for year in range(2021, 2027):
        firm = a_firm("Ash & Birch LLP" if year < 2025 else "Cedar LLP")
        audit = an_engagement(firm=firm, year_ends_on=date(year, 12, 31))
        assert not open_items(stage, "rotation")
        firms.record_partner_year(partner, audit, role=PartnerRole.LEAD, stated_on=TODAY, **SIGNED)
    (because,) = open_items(stage, "rotation")
    assert because.startswith(
        "5 years are used of at most 5. May serve again from fiscal year 2031"
    )
    firms.record_assertion(
        firm,
        stated_on=TODAY,
        issuer_clients=4,
        partners=9,
        reviewed_on=date(2024, 6, 1),
        **SIGNED,
    )
    assert not open_items(stage, "rotation")


def test_waived_service_is_no_late_approval(stage: Stage) -> None:
    policy.adopt_policy(adopted_on=date(2025, 5, 5), currency="USD", waiver_allowed=True, **SIGNED)
    waived()
    assert not open_items(stage, "approved_late")


def test_waivers_are_judged_again_once_the_year_is_over(stage: Stage) -> None:
    """The total that was typed is provisional; what counts afterwards is on record."""
    policy.adopt_policy(adopted_on=date(2025, 5, 5), currency="USD", waiver_allowed=True, **SIGNED)
    given = waived("48000", paid_in_year=Money(Decimal(9_900_000), "USD"))
    assert given.stated == Money(Decimal(9_900_000), "USD")
    assert not open_items(stage, "waivers_above", on=FY26)
    after = FY26 + timedelta(days=1)
    (because,) = open_items(stage, "waivers_above", on=after)
    assert "$48,000" in because
    an_engagement()
    bill("959999.99", TODAY, service="annual-audit", category=FeeCategory.AUDIT)
    assert len(open_items(stage, "waivers_above", on=after)) == 1
    bill("0.01", TODAY, service="annual-audit", category=FeeCategory.AUDIT)
    assert not open_items(stage, "waivers_above", on=after)


# Deadlines, proposals, reports


def deadlines(stage: Stage, name: str) -> list[Any]:
    return list(DEADLINES.get(f"auditors.{name}").load(docket(stage)))


def proposals(stage: Stage) -> list[Any]:
    found = [source for source in AGENDA if source.name.startswith("auditors.")]
    return [each for source in found for each in source.propose(docket(stage))]


def test_who_is_done_is_not_reminded(stage: Stage, chair: User, management: User) -> None:
    a_delegation(a_chair(stage, chair))
    asked = a_request(service="training")
    finding = a_finding(owner=management)
    findings.plan(finding, text="Sign", target_on=FY26, set_on=TODAY, **SIGNED)
    assert [each.owner for each in deadlines(stage, "requests")] == [chair.pk]
    assert [each.owner for each in deadlines(stage, "plans")] == [management.pk]
    requests.withdraw(asked, withdrawn_on=TODAY, reason="Not needed.", **SIGNED)
    assert not deadlines(stage, "requests")


def test_agenda_holds_what_waits(stage: Stage) -> None:
    a_request(service="training")
    a_letter()
    a_finding()
    titles = " / ".join(each.title for each in proposals(stage))
    for words in ("Approve a service", "Discuss: Independence letter", "Review open findings"):
        assert words in titles


@pytest.mark.parametrize("sees_all", [True, False], ids=["independent directors", "full Board"])
def test_evaluation_goes_to_the_independent_directors(stage: Stage, sees_all: bool) -> None:
    made = an_engagement()
    firms.record_evaluation(made, evaluated_on=date(2026, 5, 5), **SIGNED)
    barring = lambda restriction: sees_all or not restriction.roles  # noqa: E731
    scope = ReportScope(docket(stage, sees=barring), date(2026, 1, 1), FY26)
    part = REPORT_PARTS.get("auditors.auditor")
    told = " ".join(each.text for section in part.compose(scope) for each in section.sentences)
    assert "appointed Ash & Birch LLP" in told
    assert ("evaluated" in told) is sees_all


def auditor_part(stage: Stage) -> str:
    scope = ReportScope(docket(stage), date(2026, 1, 1), FY26)
    part = REPORT_PARTS.get("auditors.auditor")
    return " ".join(each.text for section in part.compose(scope) for each in section.sentences)


@pytest.mark.parametrize(
    ("votes", "told"),
    [((71, 30, 40), "ratified"), ((40, 30, 40), "voted on"), ((30, 40, 1), "did not ratify")],
)
def test_report_says_ratified_only_of_a_majority(
    stage: Stage, votes: tuple[int, int, int], told: str
) -> None:
    in_favor, against, abstain = votes
    firms.record_ratification(
        an_engagement(),
        voted_on=date(2026, 5, 20),
        votes_for=in_favor,
        votes_against=against,
        votes_abstain=abstain,
        **SIGNED,
    )
    vote = stage.duty(catalogue_key="stockholder-ratification")
    assert told in row(stage, vote).evidence[0].label
    assert (
        f"The stockholders {told} the appointment of Ash & Birch LLP on May 20, 2026: "
        f"{in_favor} for, {against} against, {abstain} abstained."
    ) in auditor_part(stage)


def test_recommendation_is_told_once(stage: Stage) -> None:
    """Here, unless a recommendation of that date to the Board says the same in its own words."""
    reports.record_review(year_ends_on=FY25, reviewed_on=MARCH, recommended_on=MARCH, **SIGNED)
    assert "recommended on March" in auditor_part(stage)
    held = enter_past_meeting(stage.committee, on=MARCH, **SIGNED)
    recommend(held, text="That the budget be approved.", **SIGNED)
    assert "recommended on March" in auditor_part(stage)
    recommend(held, text="That they be included in the Annual Report.", **SIGNED)
    assert "recommended on March" not in auditor_part(stage)


def test_report_names_the_body_that_approved(stage: Stage) -> None:
    asked = a_request(starts_on=date(2026, 11, 1))
    approval = approvals.approve_by_committee(
        asked, approved_on=TODAY, body=ApprovingBody.SUBSIDIARY_COMMITTEE, **SIGNED
    )
    told = auditor_part(stage)
    assert "The audit committee of a subsidiary approved a service on November 20, 2026" in told
    assert "The Committee approved" not in told
    # Its page judges the order as the open items do: noted.
    (order,) = [
        each.text
        for each in approval_facts(
            approval, max_age_months=12, records_begin=date(2025, 1, 1), meetings=[], on=TODAY
        )
        if each.term == "Order in time"
    ]
    assert order == (
        "Approved on November 20, 2026 by another body: The audit committee of a subsidiary."
    )


def test_report_tells_when_a_line_was_used_and_when_the_work_begins(
    stage: Stage, management: User
) -> None:
    use(a_line(used_by=[management]), management)
    told = auditor_part(stage)
    assert (
        "A service that begins on December 1, 2026 was approved under the pre-approval policy on November 20, 2026"
        in told
    )


def test_report_tells_of_a_description_discussed_after_the_approval(stage: Stage) -> None:
    asked = tax_returns()
    approvals.approve_by_committee(asked, approved_on=date(2026, 11, 10), **SIGNED)
    paper = a_letter(kind=LetterKind.DESCRIPTION, describes=[asked])
    letters.discuss(paper, held_on=date(2026, 11, 18), **SIGNED)
    scope = ReportScope(docket(stage), date(2026, 1, 1), FY26)
    (section,) = REPORT_PARTS.get("auditors.auditor").compose(scope)
    assert section.sentences[-1].text == (
        "The Committee discussed with Ash & Birch LLP on November 18, 2026 its description of tax "
        "or internal-control services."
    )


def test_end_of_an_engagement_is_kept_with_its_word() -> None:
    made = an_engagement()
    ended = firms.end_engagement(made, ended_on=TODAY, how=EngagementEnd.RESIGNED, **SIGNED)
    assert ended.get_ended_how_display() == "Resigned"


def test_severity_is_under_evaluation_until_management_concludes() -> None:
    finding = a_finding()
    assert finding.as_rule(TODAY).severity == Severity.UNDER_EVALUATION
