"""What a report to the Board says of the auditor and of findings: facts with their dates.

The evaluation of the auditor goes to the independent directors only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.restriction import Restriction, of_record
from auditors.enums import ApprovingBody, Basis, LetterKind
from auditors.models import (
    AnnualReview,
    Approval,
    CommitteeReport,
    Discussion,
    Engagement,
    EngagementFee,
    Finding,
    FindingClosure,
    FindingReview,
    Ratification,
)
from auditors.reports.engagements import votes_words
from auditors.rules.money import Money
from auditors.sentences import amount
from charters.answers import ReportSection, Sentence
from charters.registry import REPORT_PARTS, ReportPart, ReportScope
from charters.sentences import period_name
from meetings.models import Recommendation
from records.dates import long_day, long_days

Told = Iterator[Sentence]
# What may not reach the full Board, which management sits on.
INDEPENDENT_ONLY = Restriction(frozenset({Role.MANAGEMENT}))


def year_of(scope: ReportScope, day: date) -> str:
    return period_name(scope.as_of.settings.calendar.year_of(day))


def auditor(scope: ReportScope) -> Iterator[ReportSection]:
    told = sorted(
        (*_engaged(scope), *_services(scope), *_papers(scope), *_statements(scope)),
        key=lambda each: each.on,
    )
    if told:
        yield ReportSection(_("Independent auditor"), tuple(told))


def _engaged(scope: ReportScope) -> Told:
    rows = Engagement.objects.of_auditors().select_related("firm").prefetch_related("fees")
    said_with: set[int] = set()
    for row in rows:
        words = {"firm": row.firm, "year": year_of(scope, row.year_ends_on)}
        if scope.covers(row.appointed_on):
            text = _("The Committee appointed %(firm)s to audit %(year)s on %(on)s.")
            dated = words | {"on": long_day(row.appointed_on)}
            # The fee is another act, often of the same meeting.
            same_day = [fee for fee in row.fees.all() if fee.approved_on == row.appointed_on]
            if len(same_day) == 1:
                text = _(
                    "The Committee appointed %(firm)s to audit %(year)s on %(on)s, and approved a "
                    "fee of %(amount)s."
                )
                dated["amount"] = amount(Money(same_day[0].amount, same_day[0].currency))
                said_with.add(same_day[0].pk)
            yield Sentence(row.appointed_on, text % dated)
        if (
            row.evaluated_on
            and scope.covers(row.evaluated_on)
            and scope.as_of.sees(INDEPENDENT_ONLY)
        ):
            text = _("The Committee evaluated %(firm)s on %(on)s.")
            yield Sentence(row.evaluated_on, text % (words | {"on": long_day(row.evaluated_on)}))
    fees = EngagementFee.objects.filter(engagement__in=rows).select_related("engagement__firm")
    for fee in fees:
        if scope.covers(fee.approved_on) and fee.pk not in said_with:
            yield Sentence(
                fee.approved_on,
                _("The Committee approved a fee of %(amount)s for the audit of %(year)s on %(on)s.")
                % {
                    "amount": amount(Money(fee.amount, fee.currency)),
                    "year": year_of(scope, fee.engagement.year_ends_on),
                    "on": long_day(fee.approved_on),
                },
            )
    outcomes = {
        True: _("The stockholders ratified the appointment of %(firm)s on %(on)s: %(votes)s."),
        False: _(
            "The stockholders did not ratify the appointment of %(firm)s on %(on)s: %(votes)s."
        ),
        None: _("The stockholders voted on the appointment of %(firm)s on %(on)s: %(votes)s."),
    }
    for vote in Ratification.objects.select_related("engagement__firm"):
        if scope.covers(vote.voted_on):
            words = {
                "firm": vote.engagement.firm,
                "on": long_day(vote.voted_on),
                "votes": votes_words(vote),
            }
            text = outcomes[vote.is_ratified]
            yield Sentence(vote.voted_on, text % words)


def _services(scope: ReportScope) -> Told:
    """Each approval of a service, by its way."""
    ways = {
        Basis.COMMITTEE: _("The Committee approved a service on %(on)s: %(subject)s, %(fee)s."),
        Basis.DELEGATE: _(
            "A delegate of the Committee approved a service on %(on)s: %(subject)s, %(fee)s."
        ),
        Basis.POLICY: _(
            "A service that begins on %(starts)s was approved under the pre-approval policy on "
            "%(on)s: %(subject)s, %(fee)s."
        ),
        Basis.WAIVER: _(
            "The Committee approved a service by de minimis waiver on %(on)s: %(subject)s, %(fee)s."
        ),
    }
    by_delegate = _(
        "A delegate of the Committee approved a service by de minimis waiver on %(on)s: "
        "%(subject)s, %(fee)s."
    )
    by_another = _("%(body)s approved a service on %(on)s: %(subject)s, %(fee)s.")
    for row in Approval.objects.live().select_related("request"):
        if scope.covers(row.approved_on) and scope.as_of.sees(of_record(row.request)):
            is_delegated = row.basis == Basis.WAIVER and row.is_delegated
            words = {
                "on": long_day(row.approved_on),
                "subject": row.request,
                "fee": amount(row.money),
                "starts": long_day(row.request.starts_on),
                "body": row.get_body_display(),
            }
            text = by_delegate if is_delegated else ways[Basis(row.basis)]
            if row.body != ApprovingBody.COMMITTEE:
                text = by_another
            yield Sentence(row.approved_on, text % words)


def _papers(scope: ReportScope) -> Told:
    ways = {
        LetterKind.INDEPENDENCE: _(
            "The Committee discussed with %(firm)s its independence letter on %(on)s."
        ),
        LetterKind.QUALITY: _(
            "The Committee reviewed the report of %(firm)s on its quality control on %(on)s."
        ),
        LetterKind.PLAN: _("The Committee reviewed the audit plan of %(firm)s on %(on)s."),
        LetterKind.PLAN_CHANGE: _(
            "The Committee reviewed a change to the audit plan of %(firm)s on %(on)s."
        ),
        LetterKind.DESCRIPTION: _(
            "The Committee discussed with %(firm)s on %(on)s its description of tax or "
            "internal-control services."
        ),
    }
    rows = Discussion.objects.filter(letter__kind__in=list(ways)).select_related("letter__firm")
    for row in rows:
        if scope.covers(row.held_on) and scope.as_of.sees(of_record(row.letter)):
            words = {"firm": row.letter.firm, "on": long_day(row.held_on)}
            yield Sentence(row.held_on, ways[LetterKind(row.letter.kind)] % words)


def _statements(scope: ReportScope) -> Told:
    """The recommendation is told here unless one of that date to the Board tells it in its words."""
    rows = [
        row
        for row in AnnualReview.objects.exclude(recommended_on=None)
        if row.recommended_on and scope.covers(row.recommended_on)
    ]
    told = _told_to_the_board(scope) if rows else frozenset()
    for row in rows:
        if row.recommended_on and row.recommended_on not in told:
            text = _(
                "The Committee recommended on %(on)s that the audited statements for %(year)s be "
                "included in the annual report."
            )
            words = {
                "on": long_day(row.recommended_on),
                "year": year_of(scope, row.year_ends_on),
            }
            yield Sentence(row.recommended_on, text % words)
    for report in CommitteeReport.objects.select_related("review"):
        if scope.covers(report.adopted_on):
            text = _("The Committee adopted its report for the proxy statement on %(on)s.")
            yield Sentence(report.adopted_on, text % {"on": long_day(report.adopted_on)})


def _told_to_the_board(scope: ReportScope) -> frozenset[date]:
    made = Recommendation.objects.filter(text__icontains="annual report")
    return frozenset(each.made_on for each in made if scope.as_of.sees(each.restriction))


def findings(scope: ReportScope) -> Iterator[ReportSection]:
    """Findings told, reviewed and closed, as far as the readers of the report may see them."""
    seen = {row.pk: row for row in Finding.objects.all() if scope.as_of.sees(of_record(row))}
    told_on: dict[date, list[str]] = defaultdict(list)
    for row in seen.values():
        if scope.covers(row.told_on):
            told_on[row.told_on].append(str(row))
    told = [
        Sentence(on, _reported(titles) % {"on": long_day(on), "findings": "; ".join(titles)})
        for on, titles in told_on.items()
    ]
    reviews = FindingReview.objects.filter(finding__in=seen).values_list("reviewed_on", flat=True)
    if reviewed := sorted(on for on in set(reviews) if scope.covers(on)):
        text = _("The Committee reviewed findings and management's steps on %(on)s.")
        told.append(Sentence(reviewed[0], text % {"on": long_days(reviewed)}))
    for closure in FindingClosure.objects.filter(finding__in=seen).select_related("finding"):
        if scope.covers(closure.closed_on):
            words = {"on": long_day(closure.closed_on), "finding": closure.finding}
            text = _("The Committee closed a finding on %(on)s: %(finding)s.")
            told.append(Sentence(closure.closed_on, text % words))
    if told:
        yield ReportSection(_("Findings"), tuple(sorted(told, key=lambda each: each.on)))


def _reported(titles: Sequence[str]) -> str:
    if len(titles) == 1:
        return _("A finding was reported on %(on)s: %(findings)s.")
    return _("Findings were reported on %(on)s: %(findings)s.")


REPORT_PARTS.add_all(
    ReportPart("auditors.auditor", 40, auditor),
    ReportPart("auditors.findings", 50, findings),
)
