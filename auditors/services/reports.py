"""The year's review of the statements and the committee report in the proxy (R-3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from auditors import documents
from auditors.enums import LetterKind
from auditors.models import AnnualReview, CommitteeReport, Engagement, Letter, ReportName
from auditors.reports.years import Printed, letter_of, letter_years, printed, report_pdf
from auditors.rules.committee_report import (
    ReportFacts,
    ReportMember,
    ReportRuling,
    in_order,
    letter_objections,
    rule,
)
from auditors.services.checks import (
    checked,
    gain,
    refuse,
    refuse_ahead,
    refuse_kind,
    refuse_no_year_end,
)
from charters.models import Committee, Decision
from committees.models import ChairTerm, Membership
from records import ledger
from records.acts import act
from records.clock import day_of
from records.facts import recorded
from records.ledger import Actor
from records.models import Company, Document
from records.services import documents as filing

ANNUAL_REVIEW_RECORDED = ledger.action(
    "annual_review.recorded", lazy("added to the review of the statements of %(record)s")
)
COMMITTEE_REPORT_ISSUED = ledger.action(
    "committee_report.issued", lazy("issued the committee report of %(record)s")
)


@act
def record_review(
    *,
    year_ends_on: date,
    by: Actor,
    at: datetime,
    reviewed_on: date | None = None,
    discussed_on: date | None = None,
    letter: Letter | None = None,
    recommended_on: date | None = None,
    subject_to_changes: bool = False,
    brought_down_on: date | None = None,
    brought_down_by: str = "",
    filed_on: date | None = None,
) -> AnnualReview:
    """Add what is known of a fiscal year's review: each fact once, when it is known."""
    refuse_no_year_end("year_ends_on", year_ends_on)
    if letter is not None and letter.kind != LetterKind.INDEPENDENCE:
        raise ValidationError({"letter": _("Choose an independence letter.")})
    if letter is not None:
        named = AnnualReview(year_ends_on=year_ends_on, letter=letter)
        refuse(letter_objections(_facts(named)), "letter")
    known: dict[str, Any] = {
        "reviewed_on": reviewed_on,
        "discussed_on": discussed_on,
        "letter": letter,
        "recommended_on": recommended_on,
        "subject_to_changes": subject_to_changes,
        "brought_down_on": brought_down_on,
        "brought_down_by": brought_down_by.strip(),
        "filed_on": filed_on,
    }
    facts = {name: value for name, value in known.items() if value}
    if not facts:
        raise ValidationError(_("Enter at least one date."))
    for name, value in facts.items():
        refuse_ahead(name, value if isinstance(value, date) else None, at)
    found = AnnualReview.objects.select_for_update().filter(year_ends_on=year_ends_on).first()
    if found is None:
        found = AnnualReview(year_ends_on=year_ends_on, **recorded(by, at))
        checked(found)
    gain(found, **facts)
    told = {name: value for name, value in facts.items() if name != "brought_down_by"}
    ledger.record(ANNUAL_REVIEW_RECORDED, subject=found, by=by, at=at, **told)
    return found


def rule_on(
    review: AnnualReview, *, proxy_on: date, adopted_on: date | None = None
) -> ReportRuling:
    """Whether the report may be issued for a proxy of a date, and why not."""
    return rule(_facts(review), members(proxy_on), adopted_on=adopted_on)


def _facts(review: AnnualReview) -> ReportFacts:
    """The dates of the review, with the letter that serves it and who audited the statements."""
    facts, company = review.as_rule(), Company.objects.current()
    engagement = Engagement.objects.reporting_on(review.year_ends_on)
    facts = replace(facts, auditor=str(engagement.firm) if engagement else "")
    years = letter_years(review.year_ends_on, company.calendar) if company else ()
    letter = letter_of(review, engagement, years)
    if letter is None:
        return facts
    judged = letter.as_rule()
    return replace(
        facts,
        letter_dated=judged.dated,
        letter_discussed_on=judged.discussed_on,
        letter_firm=str(letter.firm),
        letter_serves=letter.serves,
        letter_years=years,
    )


def members(on: date) -> list[ReportMember]:
    """The members of the audit committee on a date, in printed order."""
    audit = Committee.objects.audit()
    seats = Membership.objects.in_office(on).filter(committee=audit).select_related("director")
    terms = ChairTerm.objects.filter(membership__in=seats)
    chairs = {term.membership_id for term in terms if term.covers(on)}
    return in_order(
        ReportMember(
            key=str(seat.director_id),
            name=seat.director.name,
            sort_name=seat.director.sort_name or seat.director.name,
            joined_on=seat.starts_on,
            is_chair=seat.pk in chairs,
        )
        for seat in seats
    )


def printed_report(review: AnnualReview, *, proxy_on: date) -> Printed:
    """The report in words, as it would be issued for a proxy of a date."""
    company, committee = Company.objects.current(), Committee.objects.audit()
    assert company is not None  # noqa: S101  (there is no committee without a company)
    names = [
        _("%(name)s, Chair") % {"name": member.name} if member.is_chair else member.name
        for member in members(proxy_on)
    ]
    ruled = rule_on(review, proxy_on=proxy_on)
    return printed(
        review, names, ruled, company=company, committee=str(committee), proxy_on=proxy_on
    )


@act
def issue_as_pdf(
    review: AnnualReview,
    *,
    proxy_on: date,
    adopted_on: date,
    by: Actor,
    at: datetime,
    decision: Decision | None = None,
) -> CommitteeReport:
    """Issue the report with its PDF, filed in the same act.

    Raises PdfUnavailable where no PDF can be made; nothing is stored then.
    """
    refuse(rule_on(review, proxy_on=proxy_on, adopted_on=adopted_on).objections)
    company = Company.objects.current()
    assert company is not None  # noqa: S101  (there is no committee without a company)
    report = printed_report(review, proxy_on=proxy_on)
    document = filing.file(
        kind=documents.ISSUED.name,
        title=_("Committee report, %(year)s") % {"year": report.year},
        content=report_pdf(report, company),
        file_name=f"committee-report-{review.year_ends_on.year}.pdf",
        by=by,
        at=at,
    )
    return issue_report(
        review,
        proxy_on=proxy_on,
        adopted_on=adopted_on,
        decision=decision,
        document=document,
        by=by,
        at=at,
    )


@act
def issue_report(
    review: AnnualReview,
    *,
    proxy_on: date,
    adopted_on: date,
    by: Actor,
    at: datetime,
    decision: Decision | None = None,
    document: Document | None = None,
) -> CommitteeReport:
    """Issue the committee report, with every member on the proxy date. Refused until its four
    statements stand."""
    review = AnnualReview.objects.select_for_update().get(pk=review.pk)
    refuse_kind("document", document, documents.ISSUED)
    refuse_ahead("adopted_on", adopted_on, at)
    refuse(rule_on(review, proxy_on=proxy_on, adopted_on=adopted_on).objections)
    named = members(proxy_on)
    if not named:
        raise ValidationError(_("The committee has no members on the date of the proxy."))
    report = CommitteeReport(
        review=review,
        proxy_on=proxy_on,
        adopted_on=adopted_on,
        issued_on=day_of(at),
        document=document,
        decision=decision,
        **recorded(by, at),
    )
    checked(report)
    for place, member in enumerate(named, start=1):
        checked(
            ReportName(
                report=report,
                director_id=int(member.key),
                place=place,
                is_chair=member.is_chair,
                **recorded(by, at),
            )
        )
    ledger.record(
        COMMITTEE_REPORT_ISSUED,
        subject=report,
        by=by,
        at=at,
        year_ends_on=review.year_ends_on,
        proxy_on=proxy_on,
        adopted_on=adopted_on,
        members=len(named),
        document=document,
        decision=decision,
    )
    return report
