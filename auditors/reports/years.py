"""A fiscal year's cycle: the checklist, the committee's review, and the committee report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from auditors.enums import LetterKind, Precedes
from auditors.models import AnnualReview, CommitteeReport, Engagement, Letter
from auditors.reports.cycle import Cycle
from auditors.reports.words import day
from auditors.rules.committee_report import ReportRuling
from auditors.rules.communications import ItemRuling
from auditors.sentences import sentence
from charters.reports.duty import Definition
from charters.sentences import period_name
from records import pdf
from records.dates import long_day, written_for

if TYPE_CHECKING:
    from records.calendar import Calendar
    from records.models import Company


@dataclass(frozen=True)
class ItemRow:
    """One required communication: what it precedes, when it was given, and what that means."""

    title: str
    citation: str
    precedes: str
    given: str
    url: str
    is_open: bool


def item_row(ruled: ItemRuling, cycle: Cycle) -> ItemRow:
    item = ruled.item
    before = str(Precedes(item.precedes).label)
    if ruled.deadline:
        before = _("before %(day)s") % {"day": long_day(ruled.deadline)}
    letter = cycle.given.get(item.key)
    receive = reverse("auditor_letter_receive")
    asked = f"?kind=communication&item={item.key}&serves={cycle.year_ends_on.isoformat()}"
    return ItemRow(
        title=item.title,
        citation=item.citation,
        precedes=before,
        given=" ".join(sentence(each) for each in ruled.reasons),
        url=letter.get_absolute_url() if letter else f"{receive}{asked}",
        is_open=letter is None,
    )


def letter_years(ends: date, calendar: Calendar) -> tuple[date, ...]:
    """The fiscal years whose letter serves the report on a year: its own, and the next, in which
    its audit is finished."""
    year = calendar.year_of(ends)
    return year.last, calendar.year_after(year).last


def letter_of(
    review: AnnualReview, engagement: Engagement | None, years: Iterable[date]
) -> Letter | None:
    """The independence letter of the report: the one named in the review, unless it is of another
    firm than the auditor and the auditor's own is on file."""
    named = review.letter
    if named is None or engagement is None or named.firm_id == engagement.firm_id:
        return named
    own = Letter.objects.of_kind(LetterKind.INDEPENDENCE).filter(firm=engagement.firm_id)
    return own.filter(serves__in=list(years)).with_history().first() or named


def facts(
    review: AnnualReview | None, engagement: Engagement | None, years: Iterable[date]
) -> list[Definition]:
    """The dates behind the four statements of the report."""
    given = letter_of(review, engagement, years) if review else None
    letter = given.as_rule() if given else None
    recommended = day(review.recommended_on if review else None)
    if review and review.subject_to_changes:
        recommended += ", " + _("subject to final changes")
    found = [
        Definition(
            _("Statements reviewed with management on"), day(review.reviewed_on if review else None)
        ),
        Definition(
            _("Required matters discussed with the auditor on"),
            day(review.discussed_on if review else None),
        ),
        Definition(
            _("Independence letter dated"),
            day(letter.dated if letter else None),
            given.get_absolute_url() if given else "",
        ),
        Definition(
            _("Independence letter discussed on"), day(letter.discussed_on if letter else None)
        ),
        Definition(_("Statements recommended on"), recommended),
    ]
    if review and review.brought_down_on:
        words = {"on": long_day(review.brought_down_on), "by": review.brought_down_by}
        found.append(Definition(_("Final changes confirmed"), _("%(on)s by %(by)s") % words))
    return [
        *found,
        Definition(
            _("Auditor's report dated"), day(engagement.report_dated if engagement else None)
        ),
        Definition(_("Annual report filed on"), day(review.filed_on if review else None)),
    ]


def objections(ruled: ReportRuling | None) -> list[str]:
    return [sentence(each) for each in ruled.objections] if ruled else []


@dataclass(frozen=True)
class Printed:
    """The committee report in words: four statements, the names, footnotes."""

    year: str
    auditor: str
    committee: str
    statements: tuple[str, ...]
    names: tuple[str, ...]
    footnotes: tuple[str, ...]
    proxy_on: date


def printed(
    review: AnnualReview,
    names: list[str],
    ruled: ReportRuling,
    *,
    company: Company,
    committee: str,
    proxy_on: date,
) -> Printed:
    year = period_name(company.calendar.year_of(review.year_ends_on))
    engagement = Engagement.objects.reporting_on(review.year_ends_on)
    firm = _("the independent auditor")
    if engagement is not None:
        firm = str(engagement.firm)
    elif review.letter is not None:
        firm = str(review.letter.firm)
    words = {"year": year, "firm": firm, "company": company.name, "committee": committee}
    statements = (
        _(
            "The %(committee)s reviewed and discussed with management the audited financial "
            "statements for %(year)s."
        ),
        _(
            "The Committee discussed with %(firm)s the matters required to be discussed by the "
            "applicable requirements of the Public Company Accounting Oversight Board and the "
            "Securities and Exchange Commission."
        ),
        _(
            "The Committee received the written disclosures and the letter from %(firm)s required "
            "by the applicable requirements of the Public Company Accounting Oversight Board on "
            "the firm's communications with the Committee concerning independence, and discussed "
            "with the firm its independence."
        ),
        _(
            "Based on this review and these discussions, the Committee recommended to the Board of "
            "Directors that the audited financial statements be included in the annual report on "
            "Form 10-K of %(company)s for %(year)s."
        ),
    )
    return Printed(
        year=year,
        auditor=firm,
        committee=committee,
        statements=tuple(each % words for each in statements),
        names=tuple(names),
        footnotes=tuple(sentence(each) for each in ruled.footnotes),
        proxy_on=proxy_on,
    )


def report_html(report: Printed, company: Company) -> str:
    with written_for(company):
        return render_to_string(
            "auditors/committee_report.html",
            {"report": report, "company": company},
        )


def report_pdf(report: Printed, company: Company) -> bytes:
    """The report as a PDF. Raises PdfUnavailable where none can be made."""
    return pdf.render(report_html(report, company))


def issued_facts(report: CommitteeReport) -> list[Definition]:
    decision = report.decision
    return [
        Definition(_("Proxy dated"), long_day(report.proxy_on)),
        Definition(_("Adopted by the committee on"), long_day(report.adopted_on)),
        Definition(
            _("Decision"),
            str(decision) if decision else _("not on file"),
            decision.get_absolute_url() if decision else "",
        ),
        Definition(_("Issued on"), long_day(report.issued_on)),
        Definition(
            _("Named under it"),
            ", ".join(
                f"{name.director} ({_('chair')})" if name.is_chair else str(name.director)
                for name in report.names.all()
            ),
        ),
    ]
