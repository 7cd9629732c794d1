"""Issuing a report to the Board, replacing one that was wrong; and asking for a test mail."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from charter_portal.documents import BOARD_REPORT
from charter_portal.models import BoardReport
from charter_portal.notices import MAIL_CHECK
from charter_portal.permissions import audiences_closed_to
from charter_portal.reports.compose import Issue, compose
from charter_portal.reports.plain import fingerprint, to_json
from charter_portal.reports.render import render, title_of
from charter_portal.reports.report import BoardReportData
from charter_portal.reports.scope import Scope
from committees.models import Committee
from records import ledger, notices
from records.acts import act
from records.clock import day_of
from records.dates import written_for
from records.models import Company, Document
from records.services import documents


@act
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
    company = _locked_company()
    with written_for(company):
        _refuse_closed_audience(scope, by, at)
        _refuse_second_replacement(replaces)
        number, today = next_number(), day_of(at, company)
        _refuse_other_number(number, expected)
        report = compose(
            committee,
            scope,
            company=company,
            on=today,
            issue=Issue(number, today, at),
            replaces=replaces.number if replaces else None,
        )
        if seen and seen != fingerprint(report):
            raise ValidationError(
                _("The record has changed since you looked at the preview. Look at it once more."),
                code="changed",
            )
        document = _filed(report, by, at)
        return _issued(committee, number, report, document, replaces, by, at)


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


def _locked_company() -> Company:
    """Its row is the lock behind which numbers are given, so that none is given twice or lost."""
    Company.objects.select_for_update().first()
    company = Company.objects.current()
    if company is None:
        raise ValidationError(_("No company is set up yet."))
    return company


def next_number() -> int:
    """The number that a report issued now would have. It is given behind the lock."""
    return (BoardReport.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _refuse_closed_audience(scope: Scope, by: User, at: datetime) -> None:
    """Nobody issues what they may not read (law 9)."""
    if scope.audience in audiences_closed_to(by, on=day_of(at)):
        raise ValidationError(
            {
                "audience": _(
                    "A report for the independent directors is closed to management, whatever "
                    "other role is held. Another secretary issues it."
                )
            }
        )


def _refuse_second_replacement(replaces: BoardReport | None) -> None:
    if replaces and (later := replaces.replaced_by_number):
        raise ValidationError(
            _("Report no. %(number)s was replaced by no. %(later)s already. Replace that one.")
            % {"number": replaces.number, "later": later}
        )


def _refuse_other_number(number: int, expected: int | None) -> None:
    if expected is not None and number != expected:
        raise ValidationError(
            _("Report no. %(number)s was issued meanwhile. Look at it before you issue another.")
            % {"number": number - 1},
            code="changed",
        )


def _filed(report: BoardReportData, by: User, at: datetime) -> Document:
    title = _("%(title)s no. %(number)s") % {"title": title_of(report), "number": report.number}
    return documents.file(
        kind=BOARD_REPORT.name,
        title=title,
        content=render(report),
        file_name=f"board-report-{report.number}.pdf",
        by=by,
        at=at,
    )


def _issued(
    committee: Committee,
    number: int,
    report: BoardReportData,
    document: Document,
    replaces: BoardReport | None,
    by: User,
    at: datetime,
) -> BoardReport:
    issued = BoardReport(
        number=number,
        committee=committee,
        chair_name=report.chair,
        period_from=report.period_from,
        period_to=report.period_to,
        as_of=report.as_of,
        audience=report.audience,
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
        "board_report.issued",
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
        head=issued.head_sequence,
        replaces=replaces,
    )
    return issued


@act
def ask_for_a_mail(*, by: User, at: datetime) -> None:
    """Owe the person a mail. It goes the way of every notice, and so tests the whole of it."""
    notices.owe(MAIL_CHECK, to=by, key=f"mail_check:{by.pk}:{at.isoformat()}", at=at)
    ledger.record("mail.asked_for", subject=by, by=by, at=at)
