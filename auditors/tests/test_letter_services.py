"""Letters received and discussed; findings from the first word to closure; the committee report."""

import json
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from accounts.models import User
from auditors.enums import EngagementEnd, FindingStage, Ground, LetterKind, Severity, Step
from auditors.models import AnnualReview, Finding, Letter, ServiceRequest
from auditors.rules.communications import ITEMS, judge
from auditors.rules.findings import stage
from auditors.rules.reasons import grounds
from auditors.services import findings, firms, letters, reports
from auditors.tests.factories import (
    FY25,
    FY26,
    SIGNED,
    TODAY,
    a_finding,
    a_firm,
    a_letter,
    a_paper,
    a_request,
    an_engagement,
    remediated,
)
from committees import services as seating
from committees.tests.factories import a_company, a_director, a_seat
from records.models import LedgerEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _company() -> None:
    a_company()


# Letters


def test_letter_is_received_for_somebody_who_does_not_sign_in() -> None:
    paper = a_paper("auditors.letter")
    letter = a_letter(document=paper)
    assert (letter.document, letter.as_rule().completed_on) == (paper, None)
    assert list(Letter.objects.open()) == [letter]


def test_letter_is_complete_once_discussed_and_decided() -> None:
    letter = a_letter(exceptions=["Loan to a staff member, repaid"])
    letters.discuss(letter, held_on=date(2026, 11, 10), **SIGNED)
    assert letter.as_rule().completed_on == date(2026, 11, 10)
    assert list(Letter.objects.open()) == [letter]
    (exception,) = letter.exceptions.all()
    letters.decide_exception(
        exception, decided_on=date(2026, 11, 10), text="Accepted with safeguards", **SIGNED
    )
    assert not Letter.objects.open().exists()
    told = json.dumps(list(LedgerEntry.objects.values_list("facts", flat=True)))
    assert "Loan" not in told
    assert "safeguards" not in told


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"dated": date(2026, 11, 21)}, "dated"),
        ({"received_on": date(2026, 11, 2)}, "received_on"),
        ({"serves": date(2026, 11, 30)}, "serves"),
        ({"kind": LetterKind.QUALITY, "exceptions": ["A"]}, "exceptions"),
        ({"exceptions": [" "]}, "exceptions"),
        ({"kind": LetterKind.COMMUNICATION, "item": "anything"}, "item"),
        ({"kind": LetterKind.DESCRIPTION}, "describes"),
    ],
)
def test_bad_input_is_refused_beside_its_field(given: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        a_letter(**given)
    assert list(refusal.value.error_dict) == [field]
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "given",
    [{"kind": LetterKind.COMMUNICATION}, {"item": "draft-report"}, {"in_writing": False}],
)
def test_letter_that_does_not_hold_together_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        a_letter(**given)


def test_letter_is_not_discussed_before_its_date_or_twice_on_one() -> None:
    letter = a_letter()
    with pytest.raises(ValidationError) as refusal:
        letters.discuss(letter, held_on=date(2026, 11, 2), **SIGNED)
    assert list(refusal.value.error_dict) == ["held_on"]
    letters.discuss(letter, held_on=date(2026, 11, 10), **SIGNED)
    with pytest.raises(ValidationError):
        letters.discuss(letter, held_on=date(2026, 11, 10), **SIGNED)


def test_communication_is_judged_by_the_checklist() -> None:
    given = a_letter(
        kind=LetterKind.COMMUNICATION, item="uncorrected-misstatements", in_writing=False
    )
    found = judge(ITEMS[given.item], given.as_given(), report_on=FY26, filed_on=None, on=TODAY)
    assert found.is_open_item


# Findings


def test_finding_from_the_first_word_to_closure() -> None:
    finding = a_finding()
    assert stage(finding.as_rule(TODAY), on=TODAY) == FindingStage.TOLD
    findings.plan(
        finding,
        text="A second person reviews",
        target_on=date(2026, 9, 30),
        set_on=date(2026, 3, 20),
        **SIGNED,
    )
    remediated(finding)
    finding = Finding.objects.with_history().get()
    assert stage(finding.as_rule(TODAY), on=TODAY) == FindingStage.CONCLUDED
    assert list(Finding.objects.open(TODAY)) == [finding]
    findings.review(finding, reviewed_on=date(2026, 11, 10), **SIGNED)
    findings.close(finding, closed_on=TODAY, **SIGNED)
    closed = Finding.objects.with_history().get()
    assert stage(closed.as_rule(TODAY), on=TODAY) == FindingStage.CLOSED
    assert not Finding.objects.open(TODAY).exists()
    assert Finding.objects.open(date(2026, 11, 19)).exists()


def test_finding_as_of_an_earlier_date() -> None:
    finding = remediated(a_finding())
    earlier = finding.as_rule(date(2026, 3, 19))
    assert (earlier.severity, earlier.steps) == (Severity.UNDER_EVALUATION, {})


@pytest.mark.parametrize(
    "tester", ["Mona Mánager", "Mona Manager", "  mona   MANAGER ", "Manager, Mona"]
)
def test_owner_does_not_test(tester: str) -> None:
    refuse_closure_as_owner(remediated(a_finding(owner_name="Mona Mánager"), tester=tester))


def test_owner_by_the_name_of_the_account_does_not_test(management: User) -> None:
    finding = a_finding(owner_name="Chief Financial Officer", owner=management)
    refuse_closure_as_owner(remediated(finding, tester=management.name))


def refuse_closure_as_owner(finding: Finding) -> None:
    with pytest.raises(ValidationError) as refusal:
        findings.close(finding, closed_on=TODAY, **SIGNED)
    assert refusal.value.messages == [
        "The owner of the plan tested the control. Have someone else test it (good practice)."
    ]


@pytest.mark.parametrize("typed", [date(2026, 10, 2), date(2026, 4, 2)])
def test_step_recorded_again_corrects_its_date(typed: date) -> None:
    """However the date was mistyped, too late or too early."""
    finding, right = remediated(a_finding()), date(2026, 5, 1)
    for day in (typed, right):
        findings.record_step(
            finding, step=Step.OPERATING, done_on=day, done_by="Mona Manager", **SIGNED
        )
        finding = Finding.objects.get(pk=finding.pk)
        assert finding.as_rule(TODAY).steps[Step.OPERATING] == day
    findings.close(finding, closed_on=TODAY, **SIGNED)


def test_closure_without_steps_says_everything_that_is_missing() -> None:
    with pytest.raises(ValidationError) as refusal:
        findings.close(a_finding(), closed_on=TODAY, **SIGNED)
    assert len(refusal.value.messages) == 6


def test_closure_waits_for_a_test_after_the_control_was_changed_again() -> None:
    """The control failed and was redesigned: earlier tests no longer count."""
    finding = remediated(a_finding())
    given: dict[str, Any] = {"done_by": "Mona Manager"} | SIGNED
    findings.record_step(finding, step=Step.OPERATING, done_on=date(2026, 10, 15), **given)
    with pytest.raises(ValidationError) as refusal:
        findings.close(finding, closed_on=TODAY, **SIGNED)
    assert refusal.value.messages == [
        "Two steps are out of order: the control was tested on September 1, 2026, before the "
        "control began to operate on October 15, 2026. Correct the date or take the step again "
        "(good practice).",
        "The evidence of the test is dated September 1, 2026, before the control operated on "
        "October 15, 2026. Test the control again (good practice).",
    ]
    tested: dict[str, Any] = {"done_by": "Test House LLC"} | SIGNED
    day = date(2026, 11, 2)
    findings.record_step(finding, step=Step.TESTED, done_on=day, evidence_dated=day, **tested)
    findings.record_step(finding, step=Step.CONCLUDED, done_on=date(2026, 11, 5), **given)
    assert findings.close(finding, closed_on=TODAY, **SIGNED).closed_on == TODAY


def test_moved_date_keeps_the_old_one_and_needs_its_reason() -> None:
    finding = a_finding()
    given: dict[str, Any] = {"text": "A second person reviews"} | SIGNED
    findings.plan(finding, target_on=date(2026, 9, 30), set_on=date(2026, 3, 20), **given)
    moved = {"target_on": date(2026, 12, 15), "set_on": date(2026, 8, 4)}
    with pytest.raises(ValidationError) as refusal:
        findings.plan(finding, **moved, **given)
    assert list(refusal.value.error_dict) == ["reason"]
    findings.plan(finding, **moved, reason="A new system", agreed_by="Clara Chair", **given)
    targets = [each.on for each in finding.as_rule(TODAY).targets]
    assert targets == [date(2026, 9, 30), date(2026, 12, 15)]


def test_closed_finding_takes_no_more_entries() -> None:
    finding = remediated(a_finding())
    findings.close(finding, closed_on=TODAY, **SIGNED)
    with pytest.raises(ValidationError, match="is closed"):
        findings.record_step(
            finding, step=Step.TESTED, done_on=TODAY, done_by="Test House LLC", **SIGNED
        )


def test_evidence_has_its_own_date() -> None:
    with pytest.raises(ValidationError):
        findings.record_step(
            a_finding(),
            step=Step.TESTED,
            done_on=TODAY,
            done_by="Test House LLC",
            evidence=a_paper("auditors.finding_evidence"),
            **SIGNED,
        )


def test_who_sees_findings(
    management: User, chair: User, external_auditor: User, administrator: User
) -> None:
    mine, other = a_finding(owner=management), a_finding()
    seen = Finding.objects.visible_to
    assert set(seen(management, on=TODAY)) == {mine}
    assert set(seen(chair, on=TODAY)) == {mine, other}
    for person in (external_auditor, administrator, AnonymousUser()):
        assert not seen(person, on=TODAY).exists()


def test_finding_reads_as_many_queries_for_many(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        remediated(a_finding())
        with django_assert_num_queries(4):
            assert [each.as_rule(TODAY) for each in Finding.objects.with_history()]


# The committee report

PROXY = date(2026, 4, 20)
FOR_FY25: dict[str, Any] = {
    "reviewed_on": date(2026, 3, 5),
    "discussed_on": date(2026, 3, 5),
    "recommended_on": date(2026, 3, 5),
    "filed_on": date(2026, 3, 10),
}


def a_review(**given: Any) -> AnnualReview:
    return reports.record_review(year_ends_on=FY25, **(FOR_FY25 | given | SIGNED))


def test_only_a_description_names_requests_and_those_of_its_firm() -> None:
    asked = a_request(service="sales-tax-advice")
    for given in ({"kind": LetterKind.PLAN}, {"firm": a_firm("Other LLP")}):
        with pytest.raises(ValidationError) as refusal:
            a_letter(**{"kind": LetterKind.DESCRIPTION} | given, describes=[asked])
        assert list(refusal.value.message_dict) == ["describes"]
    a_letter(kind=LetterKind.DESCRIPTION, describes=[asked])
    assert not ServiceRequest.objects.to_describe().exists()


def a_discussed_letter(**given: Any) -> Letter:
    dated = date(2026, 2, 18)
    letter = a_letter(**{"dated": dated, "received_on": dated, "serves": FY25} | given)
    letters.discuss(letter, held_on=date(2026, 3, 5), **SIGNED)
    return letter


def a_committee() -> None:
    for name in ("Amy Young", "Ngozi Okafor", "Ben Adams"):
        seat = a_seat(a_director(name))
        if name == "Ngozi Okafor":
            seating.designate_chair(seat, starts_on=seat.starts_on, **SIGNED)


def test_report_is_refused_until_its_statements_stand() -> None:
    a_committee()
    review = a_review()
    with pytest.raises(ValidationError) as refusal:
        reports.issue_report(review, proxy_on=PROXY, adopted_on=PROXY, **SIGNED)
    assert refusal.value.messages == [
        "The date of the independence letter is not on file (Reg. S-K 407(d)(3)(i)(C)).",
        "The discussion of the independence letter is not on file (Reg. S-K 407(d)(3)(i)(C)).",
    ]
    reports.record_review(year_ends_on=FY25, letter=a_discussed_letter(), **SIGNED)
    report = reports.issue_report(review, proxy_on=PROXY, adopted_on=PROXY, **SIGNED)
    names = [(each.director.name, each.is_chair) for each in report.names.all()]
    assert names == [("Ngozi Okafor", True), ("Ben Adams", False), ("Amy Young", False)]


def test_facts_of_a_review_are_added_once() -> None:
    a_review()
    with pytest.raises(ValidationError, match="on record already"):
        reports.record_review(year_ends_on=FY25, reviewed_on=TODAY, **SIGNED)
    with pytest.raises(ValidationError, match="at least one date"):
        reports.record_review(year_ends_on=FY25, **SIGNED)


def test_recommendation_after_the_filing_is_recorded_and_refuses_the_report() -> None:
    a_committee()
    review = a_review(recommended_on=date(2026, 3, 11), letter=a_discussed_letter())
    with pytest.raises(ValidationError, match="after the filing on March 10, 2026"):
        reports.issue_report(review, proxy_on=PROXY, adopted_on=PROXY, **SIGNED)


def test_recommendation_subject_to_changes_is_confirmed() -> None:
    a_committee()
    review = a_review(subject_to_changes=True, letter=a_discussed_letter())
    with pytest.raises(ValidationError, match="who confirmed it and when"):
        reports.issue_report(review, proxy_on=PROXY, adopted_on=PROXY, **SIGNED)
    reports.record_review(
        year_ends_on=FY25,
        brought_down_on=date(2026, 3, 9),
        brought_down_by="Ngozi Okafor",
        **SIGNED,
    )
    assert reports.issue_report(review, proxy_on=PROXY, adopted_on=PROXY, **SIGNED).pk


def test_report_is_issued_once() -> None:
    a_committee()
    review = a_review(letter=a_discussed_letter())
    reports.issue_report(review, proxy_on=PROXY, adopted_on=PROXY, **SIGNED)
    with pytest.raises(ValidationError):
        reports.issue_report(review, proxy_on=PROXY, adopted_on=PROXY, **SIGNED)


def test_review_takes_an_independence_letter_only() -> None:
    with pytest.raises(ValidationError, match="independence letter"):
        a_review(letter=a_letter(kind=LetterKind.QUALITY))


def test_report_names_the_auditor_of_its_year() -> None:
    """Reg. S-K 407(d)(3)(i)(B), (C): a firm dismissed in the year is not the accountant."""
    first = an_engagement(
        firm=a_firm("Aardvark LLP"), year_ends_on=FY25, appointed_on=date(2025, 3, 1)
    )
    firms.end_engagement(first, ended_on=date(2025, 4, 1), how=EngagementEnd.DISMISSED, **SIGNED)
    an_engagement(year_ends_on=FY25, appointed_on=date(2025, 4, 8))
    a_committee()
    review = a_review(letter=a_discussed_letter(serves=FY26))
    printed = reports.printed_report(review, proxy_on=PROXY)
    assert printed.auditor == "Ash & Birch LLP"
    assert "Aardvark" not in " ".join(printed.statements)
    assert reports.issue_report(review, proxy_on=PROXY, adopted_on=PROXY, **SIGNED).pk


@pytest.mark.parametrize(
    ("firm", "serves"),
    [("Candidate LLP", FY25), ("Candidate LLP", FY26), ("Ash & Birch LLP", date(2024, 12, 31))],
)
def test_letter_of_another_firm_or_year_serves_no_report(firm: str, serves: date) -> None:
    an_engagement(year_ends_on=FY25, appointed_on=date(2025, 3, 1))
    letter = a_discussed_letter(firm=a_firm(firm), serves=serves)
    with pytest.raises(ValidationError) as refusal:
        a_review(letter=letter)
    assert list(refusal.value.error_dict) == ["letter"]


def test_letter_of_the_new_auditor_takes_the_place_of_the_first() -> None:
    """The letter was recorded while its firm was the auditor; another firm reported then."""
    first = an_engagement(
        firm=a_firm("Aardvark LLP"), year_ends_on=FY25, appointed_on=date(2025, 3, 1)
    )
    a_committee()
    early = a_discussed_letter(firm=a_firm("Aardvark LLP"), serves=FY25)
    review = a_review(letter=early)
    firms.end_engagement(first, ended_on=date(2025, 4, 1), how=EngagementEnd.RESIGNED, **SIGNED)
    an_engagement(year_ends_on=FY25, appointed_on=date(2025, 4, 8))
    ruled = reports.rule_on(review, proxy_on=PROXY)
    assert grounds(ruled.objections) == (Ground.LETTER_OF_OTHER_FIRM,)
    a_discussed_letter(serves=FY25)
    assert reports.rule_on(review, proxy_on=PROXY).objections == ()
