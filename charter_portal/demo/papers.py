"""Small papers attached to a few completions: PDFs, or plain text where no PDF can be made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from django.utils.html import format_html, format_html_join

from charter_portal.demo import company
from records import pdf
from records.dates import long_day


class SamplePaper(NamedTuple):
    title: str
    paragraphs: tuple[str, ...]


INVENTED = "Invented for the demonstration"
PAPERS = {
    "engagement": SamplePaper(
        "Engagement letter, fiscal year {year}",
        (
            "Calloway Finch LLP will audit the financial statements of Larkmere Instruments, Inc. "
            "for fiscal year {year} and review the three interim periods.",
            "The firm reports to the Audit Committee. Fees are as the Committee approved them.",
        ),
    ),
    "quality": SamplePaper(
        "Report on the firm's quality control, {year}",
        (
            "Calloway Finch LLP describes how it assures the quality of its audits, what its last "
            "internal inspection and the last inspection by the PCAOB raised, and the steps taken.",
            "No inquiry by an authority concerned an audit of the firm in the last five years.",
        ),
    ),
    "independence": SamplePaper(
        "Letter on independence, {year}",
        (
            "Calloway Finch LLP describes in writing every relationship between the firm and "
            "Larkmere Instruments, Inc. that may bear on its independence.",
            "The firm affirms that it is independent of the company.",
        ),
    ),
    "rotation": SamplePaper(
        "Rotation of the audit partners, {year}",
        (
            "For each partner: the first year in the role, the years served, and the last year "
            "that the rules admit.",
            "No partner reaches the limit within the next two years.",
        ),
    ),
    "plan": SamplePaper(
        "Audit plan, fiscal year {year}",
        (
            "Scope, timing, significant risks, staffing and other participants in the audit.",
            "Significant risks: revenue from service contracts; the count of inventory at sites.",
        ),
    ),
    "description": SamplePaper(
        "Description of tax services, {year}",
        (
            "Calloway Finch LLP will prepare the US federal and state income tax returns of "
            "Larkmere Instruments, Inc. for a fixed fee. There is no side letter.",
            "Nobody receives a referral fee or a commission for this service.",
        ),
    ),
    "evaluation": SamplePaper(
        "Evaluation of the Committee, fiscal year {year}",
        (
            "Held in discussion, by the prompts of the year; no ballots were taken.",
            "Actions: papers a week before each meeting; the tester to be heard twice in the year.",
        ),
    ),
}


@cache
def write(name: str, year: int, day: date, *, as_pdf: bool) -> tuple[str, bytes, str]:
    """The title, the content and the file name of a paper for a fiscal year."""
    paper = PAPERS[name]
    title = paper.title.format(year=year)
    lines = [line.format(year=year) for line in paper.paragraphs]
    if as_pdf:
        return title, pdf.render(as_html(title, long_day(day), lines)), f"{name}-{year}.pdf"
    head = (company.NAME, company.COMMITTEE, title, long_day(day), INVENTED)
    return title, "\n\n".join((*head, *lines)).encode(), f"{name}-{year}.txt"


def as_html(title: str, day: str, lines: Sequence[str]) -> str:
    """In the hand in which the portal sets its own documents."""
    return format_html(
        """<!doctype html>
        <html lang="en-us">
          <head><title>{title}</title><link rel="stylesheet" href="css/document.css"></head>
          <body>
            <header class="title-block">
              <p><span class="doc-company">{company}</span>
                <span class="doc-committee">{committee}</span></p>
              <h1>{title}</h1>
              <p><span class="doc-number">{invented}</span>
                <span class="doc-date">{day}</span></p>
            </header>
            {paragraphs}
          </body>
        </html>""",
        title=title,
        company=company.NAME,
        committee=company.COMMITTEE,
        invented=INVENTED,
        day=day,
        paragraphs=format_html_join("", "<p>{}</p>", ((line,) for line in lines)),
    )
