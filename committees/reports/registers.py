"""What the pages of the committee's registers show: frozen plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import capfirst

from charters.answers import DatedEntry
from charters.permissions import decisions_open_to
from charters.sentences import period_name
from committees import sentences
from committees.enums import PostingKind, ReviewKind
from committees.models import (
    AdviserEngagement,
    FundingDetermination,
    LetterStep,
    Posting,
    RegulatorLetter,
    RelatedPartyTransaction,
    Review,
    TransactionReview,
)
from committees.reports.independence import file_of
from committees.rules.letters import progress
from committees.rules.related_parties import Threshold, is_above, open_points
from committees.rules.yearly import publication, yearly
from records.enums import Annually

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User
    from charters.models import Committee
    from records.calendar import Calendar, Period
    from records.models import Company

LATE_FOR = 90


@dataclass(frozen=True)
class YearLine:
    """A fiscal year: where its charter review and its evaluation are."""

    name: str
    charter: str
    charter_url: str
    evaluation: str
    evaluation_url: str


@dataclass(frozen=True)
class PostingLine:
    on: date
    text: str
    withdraw_url: str


@dataclass(frozen=True)
class ReviewsPage:
    years: tuple[YearLine, ...]
    publication: str
    postings: tuple[PostingLine, ...]


@dataclass(frozen=True)
class EngagementLine:
    adviser: str
    role: str
    engaged_on: date
    ends_on: date | None
    is_over: bool
    url: str


@dataclass(frozen=True)
class FundingLine:
    text: str
    adviser: str
    on: date
    url: str


@dataclass(frozen=True)
class TransactionLine:
    person: str
    basis: str
    amount: str
    is_above: bool
    known_on: date
    state: str
    url: str


@dataclass(frozen=True)
class LetterLine:
    matter: str
    regulator: str
    received_on: date
    due_on: date | None
    state: str
    url: str


def reviews_page(committee: Committee, company: Company, today: date) -> ReviewsPage:
    """The fiscal years since the records begin, newest first, and how the charter is published."""
    rows = list(Review.objects.standing().filter(committee=committee))
    postings = list(Posting.objects.standing().filter(committee=committee))
    by_kind = {kind: [row for row in rows if row.kind == kind] for kind in ReviewKind}
    strict = company.annually == Annually.TWELVE_MONTHS
    years = company.calendar.years(company.records_begin, today)
    lines = [_year_line(year, by_kind, today, strict=strict) for year in years]
    return ReviewsPage(
        years=tuple(reversed(lines)),
        publication=_publication(committee, company, postings, today),
        postings=tuple(_posting_line(row) for row in reversed(postings)),
    )


def _year_line(
    year: Period, by_kind: dict[ReviewKind, list[Review]], today: date, *, strict: bool
) -> YearLine:
    said = {
        kind: sentences.of_year(
            yearly([row.as_rule() for row in rows], year, today, twelve_months=strict)
        )
        for kind, rows in by_kind.items()
    }
    urls = {
        kind: next((row.get_absolute_url() for row in rows if row.serves in year), "")
        for kind, rows in by_kind.items()
    }
    return YearLine(
        capfirst(period_name(year)),
        said[ReviewKind.CHARTER],
        urls[ReviewKind.CHARTER],
        said[ReviewKind.EVALUATION],
        urls[ReviewKind.EVALUATION],
    )


def _publication(
    committee: Committee, company: Company, postings: Sequence[Posting], today: date
) -> str:
    appended = [row.posted_on for row in postings if row.how == PostingKind.PROXY]
    version = committee.charter_versions.in_effect(today)
    found = publication(
        is_on_website=any(row.how == PostingKind.WEBSITE for row in postings),
        appended_on=max(appended, default=None),
        amended_on=version.effective_on if version else None,
        day=today,
        calendar=company.calendar,
    )
    return sentences.of_publication(found)


def _posting_line(row: Posting) -> PostingLine:
    withdraw = reverse("posting_withdraw", args=[row.pk])
    return PostingLine(row.posted_on, sentences.of_posting(row), withdraw)


def year_to_serve(held: QuerySet[Review], calendar: Calendar, today: date) -> Period:
    """The year just ended if it has none and the new year is at most 90 days old, else this one."""
    this = calendar.year_of(today)
    before = calendar.year_before(this)
    is_new = (today - before.last).days <= LATE_FOR
    if is_new and not held.filter(serves__range=(before.first, before.last)).exists():
        return before
    return this


def engagement_lines(engagements: Iterable[AdviserEngagement], today: date) -> list[EngagementLine]:
    lines = [
        EngagementLine(
            row.adviser,
            row.get_role_display(),
            row.engaged_on,
            row.ends_on,
            row.ends_on is not None and row.ends_on <= today,
            row.get_absolute_url(),
        )
        for row in engagements
    ]
    return sorted(lines, key=lambda line: (line.is_over, -line.engaged_on.toordinal()))


def funding_lines(
    rows: Iterable[FundingDetermination], seen: Sequence[AdviserEngagement]
) -> list[FundingLine]:
    """The latest first. An adviser is named where the reader may see the engagement."""
    names = {engagement.pk: engagement.adviser for engagement in seen}
    lines = [
        FundingLine(
            sentences.of_funding(row),
            names.get(row.engagement_id or 0, ""),
            row.determined_on,
            row.get_absolute_url(),
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: line.on, reverse=True)


def transaction_lines(
    rows: Iterable[RelatedPartyTransaction], limit: Threshold, today: date
) -> list[TransactionLine]:
    return [
        TransactionLine(
            row.person,
            row.get_basis_display(),
            sentences.money(row.amount, row.currency),
            is_above(row.amount, limit),
            row.known_on,
            sentences.of_transaction(row),
            row.get_absolute_url(),
        )
        for row in rows
    ]


def open_sentences(
    transaction: RelatedPartyTransaction, limit: Threshold, today: date
) -> list[str]:
    """What a transaction above the threshold still lacks, one sentence each."""
    found = open_points(transaction.as_rule(), limit, today)
    return [sentences.of_open_point(point) for point in found]


def review_entries(
    rows: Iterable[TransactionReview], reader: User, *, may_change: bool
) -> list[DatedEntry]:
    """The committee's reviews as a dated line, newest first."""
    readable = set(decisions_open_to(reader).values_list("pk", flat=True))
    found = []
    for row in sorted(rows, key=lambda row: row.reviewed_on, reverse=True):
        named = row.decision if row.decision_id in readable else None
        found.append(
            DatedEntry(
                on=row.reviewed_on,
                text=sentences.of_transaction_review(row),
                url=named.get_absolute_url() if named else "",
                detail=" ".join(filter(None, (str(named or ""), row.note))),
                files=tuple(file for file in (file_of(row.document),) if file),
                withdraw_url=reverse("transaction_review_withdraw", args=[row.pk])
                if may_change
                else "",
            )
        )
    return found


def letter_lines(rows: Iterable[RegulatorLetter], today: date) -> list[LetterLine]:
    return [letter_line(row, today) for row in rows]


def letter_line(letter: RegulatorLetter, today: date) -> LetterLine:
    rule = letter.as_rule()
    return LetterLine(
        letter.matter,
        letter.get_regulator_display(),
        letter.received_on,
        rule.due(today),
        sentences.of_letter(progress(rule, today)),
        letter.get_absolute_url(),
    )


def step_entries(rows: Iterable[LetterStep], *, may_change: bool) -> list[DatedEntry]:
    """What happened to a letter as a dated line, newest first."""
    return [
        DatedEntry(
            on=row.on,
            text=capfirst(row.get_kind_display()),
            detail=row.note,
            files=tuple(file for file in (file_of(row.document),) if file),
            withdraw_url=reverse("letter_step_withdraw", args=[row.pk]) if may_change else "",
        )
        for row in rows
    ]
