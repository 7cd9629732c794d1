"""Issuing a report to the Board, replacing one that was wrong; and asking for a test mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from charter_portal.documents import BOARD_REPORT
from charter_portal.enums import Audience
from charter_portal.models import BoardReport, PreparedReport
from charter_portal.notices import MAIL_CHECK
from charter_portal.permissions import audiences_open_to, restricted_roles
from charter_portal.release import release_on
from charter_portal.reports.compose import Issue, compose
from charter_portal.reports.plain import fingerprint, to_json, values_as_text
from charter_portal.reports.render import render, title_of
from charter_portal.reports.report import BoardReportData
from charter_portal.reports.scope import Scope
from charters.models import Committee
from records import ledger, notices
from records.acts import act
from records.clock import day_of
from records.dates import written_for
from records.models import Company, Document
from records.services import documents

BOARD_REPORT_ISSUED = ledger.action(
    "board_report.issued", lazy("issued the %(record)s to the Board")
)
MAIL_ASKED_FOR = ledger.action("mail.asked_for", lazy("asked for a test email to %(record)s"))


@dataclass(frozen=True)
class Drawn:
    """A report with its PDF, which was drawn before anybody had to wait for it."""

    report: BoardReportData
    content: bytes


def issue(
    committee: Committee,
    scope: Scope,
    *,
    by: User,
    at: datetime,
    replaces: BoardReport | None = None,
    seen: str = "",
    expected: int | None = None,
) -> BoardReport:
    """Issue a report: numbered, filed as a PDF, on record.

    `seen` is the fingerprint of the preview and `expected` the number it promised: with them
    nothing else is issued than what was read, and a form that is sent twice issues once.
    Raises ValidationError where the days or the record do not allow it, or where the record has
    changed since the preview, and PdfUnavailable where no PDF can be made: nothing is stored then.
    """

    def to_issue(company: Company) -> tuple[BoardReportData, Issue]:
        refuse_closed_audience(scope, by, at)
        refuse_second_replacement(replaces, by, at)
        _refuse_past_the_chair(committee, by, at)
        _refuse_other_number(next_number(), expected)
        issue = Issue(next_number(), day_of(at, company), at)
        return issue.of(composed_as_seen(committee, scope, company, at, replaces, seen)), issue

    return _issue(committee, to_issue, replaces, drawn_ahead(lambda c: to_issue(c)[0]), by=by)


@act
def _issue(
    committee: Committee,
    to_issue: Callable[[Company], tuple[BoardReportData, Issue]],
    replaces: BoardReport | None,
    drawn: Drawn | None,
    *,
    by: User,
) -> BoardReport:
    """Composed again behind the lock, and filed as it was drawn if it is still the same."""
    company = locked_company()
    with written_for(company):
        report, issue = to_issue(company)
        return file_and_record(committee, report, issue, replaces, drawn, by=by)


def drawn_ahead(composed: Callable[[Company], BoardReportData]) -> Drawn | None:
    """The report as of now, drawn while nothing is locked; inside a transaction it is drawn there."""
    if connection.in_atomic_block:
        return None
    company = the_company()
    with written_for(company):
        report = composed(company)
        return Drawn(report, render(report))


def composed_as_seen(
    committee: Committee,
    scope: Scope,
    company: Company,
    at: datetime,
    replaces: BoardReport | None,
    seen: str,
) -> BoardReportData:
    """The report as of now, refused where it is not the one that was read."""
    report = compose(
        committee,
        scope,
        company=company,
        on=day_of(at, company),
        replaces=told_number(replaces, scope.audience),
    )
    if seen and seen != fingerprint(report):
        raise ValidationError(
            _(
                "The records have changed since you opened the review page. Review the report again."
            ),
            code="changed",
        )
    return report


def _refuse_past_the_chair(committee: Committee, by: User, at: datetime) -> None:
    chair = release_on(committee, day_of(at)).chair
    if chair is not None and chair != by:
        raise ValidationError(
            _(
                "The chair, %(chair)s, issues reports to the Board. Prepare the report, and the "
                "chair is asked to issue it."
            )
            % {"chair": chair},
            code="chair",
        )


def replace(
    report: BoardReport,
    scope: Scope,
    *,
    by: User,
    at: datetime,
    seen: str = "",
    expected: int | None = None,
) -> BoardReport:
    """Issue a report in the place of a wrong one, which stays and is marked as replaced."""
    return issue(
        report.committee, scope, by=by, at=at, replaces=report, seen=seen, expected=expected
    )


def locked_company() -> Company:
    """Its row is the lock behind which numbers are given, so that none is given twice or lost."""
    Company.objects.select_for_update().first()
    return the_company()


def the_company() -> Company:
    company = Company.objects.current()
    if company is None:
        raise ValidationError(_("No company is set up yet."))
    return company


def next_number() -> int:
    """The number that a report issued now would have. It is given behind the lock."""
    return (BoardReport.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def refuse_closed_audience(scope: Scope, by: User, at: datetime) -> None:
    """Nobody issues what they may not read."""
    if scope.audience not in audiences_open_to(by, on=day_of(at)):
        raise ValidationError(
            {
                "audience": _(
                    "A report to the independent directors is restricted from management. "
                    "Ask another secretary to issue it."
                )
            }
        )


def told_number(replaced: BoardReport | None, audience: Audience) -> int | None:
    """The number of a replaced report, for readers from none of whom it is restricted."""
    if replaced is None or not replaced.restricted_roles <= restricted_roles(audience):
        return None
    return replaced.number


def refuse_second_replacement(replaces: BoardReport | None, by: User, at: datetime) -> None:
    if replaces is None or not (later := replaces.replaced_by_number):
        return
    numbers = {"number": replaces.number, "later": later}
    if BoardReport.objects.visible_to(by, on=day_of(at)).filter(number=later).exists():
        raise ValidationError(
            _("Report no. %(number)s was already replaced by no. %(later)s. Replace that report.")
            % numbers
        )
    raise ValidationError(
        _("Report no. %(number)s was already replaced. Another secretary can replace it again.")
        % numbers
    )


def _refuse_other_number(number: int, expected: int | None) -> None:
    if expected is not None and number != expected:
        raise ValidationError(
            _(
                "Another report was issued in the meantime. Read the list before you issue this one."
            ),
            code="changed",
        )


def _filed(report: BoardReportData, drawn: Drawn | None, by: User, at: datetime) -> Document:
    title = _("%(title)s no. %(number)s") % {"title": title_of(report), "number": report.number}
    return documents.file(
        kind=BOARD_REPORT.name,
        title=title,
        content=drawn.content if drawn and drawn.report == report else render(report),
        file_name=f"board-report-{report.number}.pdf",
        by=by,
        at=at,
    )


def file_and_record(
    committee: Committee,
    report: BoardReportData,
    issue: Issue,
    replaces: BoardReport | None,
    drawn: Drawn | None = None,
    *,
    by: User,
) -> BoardReport:
    """File the PDF of a report that is issued so, and put the report on record. What is prepared for
    the same readers gives way to it."""
    at, document = issue.at, _filed(report, drawn, by, issue.at)
    issued = BoardReport(
        number=issue.number,
        committee=committee,
        chair_name=report.chair,
        period_from=report.period_from,
        period_to=report.period_to,
        as_of=report.as_of,
        audience=report.audience,
        restricted_roles=restricted_roles(Audience(report.audience)),
        restricted_since=day_of(at),
        document=document,
        data=to_json(report),
        head_sequence=report.head_sequence,
        head_hash=report.head_hash,
        replaces=replaces,
        issued_by=by,
        issued_at=at,
    )
    issued.full_clean(exclude=["data"])
    issued.save()
    ledger.record(
        BOARD_REPORT_ISSUED,
        subject=issued,
        by=by,
        at=at,
        number=issued.number,
        committee=committee,
        period_from=issued.period_from,
        period_to=issued.period_to,
        as_of=issued.as_of,
        audience=issued.audience_word,
        document=document,
        content=ledger.digest(document.sha256, document.salt),
        values=ledger.digest(values_as_text(issued.data), document.salt),
        head=issued.head_sequence,
        replaces=replaces,
    )
    PreparedReport.objects.give_way(committee, report.audience)
    return issued


@act
def ask_for_a_mail(*, by: User, at: datetime) -> None:
    """Owe the person a mail. It goes the way of every notice, and so tests the whole of it."""
    notices.owe(MAIL_CHECK, to=by, key=f"mail_check:{by.pk}:{at.isoformat()}", at=at)
    ledger.record(MAIL_ASKED_FOR, subject=by, by=by, at=at)
