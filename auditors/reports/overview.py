"""The auditor's page: where the year stands, and where to go on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from accounts.withheld import without_withheld
from auditors.enums import LetterKind, Timing
from auditors.models import AnnualReview, Finding, Firm, Letter, Policy, ServiceRequest
from auditors.reports.words import day, filled
from auditors.rules.figures import LETTER_HINT_MONTHS
from auditors.rules.independence_letter import judge
from auditors.rules.plan import warning
from auditors.rules.quality_report import next_due
from auditors.sentences import sentence
from charters.answers import Link
from charters.reports.duty import Definition
from charters.sentences import period_name
from records.dates import long_day
from records.enums import Annually

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from records.calendar import Period
    from records.models import Company, Document

PAGES = (
    ("service_requests", "auditors.view_servicerequest", lazy("Service requests")),
    ("preapproval_policy", "auditors.view_policy", lazy("Pre-approval policy")),
    ("fees", "auditors.view_fees", lazy("Fees")),
    ("auditor_letters", "auditors.view_letter", lazy("Letters and reports")),
    ("audit_years", "auditors.view_committeereport", lazy("Annual cycle")),
    ("findings", "auditors.view_finding", lazy("Findings")),
)


def pages(user: User) -> list[Link]:
    """The pages about the auditor that this person may open."""
    return [Link(str(label), reverse(name)) for name, word, label in PAGES if user.has_perm(word)]


def this_year(user: User, on: date, company: Company | None) -> list[Definition]:
    """What is on file for the fiscal year of a date, in the order of the year."""
    if company is None:
        return []
    calendar = company.calendar
    ends = calendar.year_of(on).last
    # Of other years too, the letters that say when the next one is due.
    of_use = Q(serves=ends) | Q(kind=LetterKind.INDEPENDENCE)
    known = list(Letter.objects.filter(of_use, received_on__lte=on).with_history())
    letters = [each for each in known if each.serves == ends]
    waiting = without_withheld(ServiceRequest.objects.open(), user).count()
    policy = Policy.objects.in_force(on)
    last = calendar.year_before(calendar.year_of(on)).last
    review = AnnualReview.objects.filter(year_ends_on=last).first()
    return [
        _letter(letters, LetterKind.INDEPENDENCE),
        _next_letter(known, on, company),
        _letter(letters, LetterKind.PLAN),
        *_plan(letters, calendar.year_of(on), on),
        _letter(letters, LetterKind.QUALITY),
        _next_quality_report(on, company),
        Definition(
            _("Pre-approval policy adopted"),
            day(policy.adopted_on if policy else None),
            reverse("preapproval_policy"),
        ),
        Definition(
            _("Service requests to decide"), str(waiting or _("none")), reverse("service_requests")
        ),
        Definition(
            _("Statements of %(year)s recommended on")
            % {"year": period_name(calendar.year_of(last))},
            day(review.recommended_on if review else None),
            reverse("audit_year", args=[last.isoformat()]),
        ),
        Definition(_("Open findings"), _open_findings(user, on), reverse("findings")),
    ]


def _letter(letters: list[Letter], kind: LetterKind) -> Definition:
    """The last paper of a kind: when dated, and when discussed."""
    found = [each for each in letters if each.kind == kind]
    if not found:
        return Definition(str(kind.label), _("not on file"), reverse("auditor_letters"))
    letter = found[0]
    held = letter.as_rule().discussed_on
    words = {"dated": long_day(letter.dated), "held": day(held)}
    text = (
        _("dated %(dated)s, discussed on %(held)s")
        if held
        else _("dated %(dated)s, discussion not on file")
    )
    return Definition(str(kind.label), text % words, letter.get_absolute_url())


def _next_letter(letters: Iterable[Letter], on: date, company: Company) -> Definition:
    """When the next independence letter is to be discussed (RULE-27)."""
    ruled = judge(
        [each.as_rule() for each in letters if each.kind == LetterKind.INDEPENDENCE],
        on=on,
        calendar=company.calendar,
        twelve_months=company.annually == Annually.TWELVE_MONTHS,
        hint_months=LETTER_HINT_MONTHS,
    )
    words = _("due by %(day)s")
    if ruled.timing == Timing.NOT_ON_FILE:
        words = _("was due by %(day)s")
    text = words % {"day": long_day(ruled.due_on)}
    if ruled.hint_from and ruled.hint_from <= min(on, ruled.due_on):
        text += ". " + _("On %(day)s, fifteen months had passed since the last one.") % {
            "day": long_day(ruled.hint_from)
        }
    return Definition(_("Next independence letter"), text)


def _next_quality_report(on: date, company: Company) -> Definition:
    """When the next report on the firm's quality control is due (RULE-28)."""
    rows = Letter.objects.of_kind(LetterKind.QUALITY).filter(received_on__lte=on)
    due = next_due(
        rows.aggregate(last=Max("dated"))["last"],
        on=on,
        calendar=company.calendar,
        twelve_months=company.annually == Annually.TWELVE_MONTHS,
    )
    words = _("due by %(day)s") if on <= due else _("was due by %(day)s")
    return Definition(_("Next quality-control report"), words % {"day": long_day(due)})


def plan_warning(letters: Iterable[Letter], year: Period, on: date) -> str:
    """What good practice says of the review of a year's plan; empty where nothing (RULE-33)."""
    plans = [each for each in letters if each.kind == LetterKind.PLAN]
    held = [held for each in plans if (held := each.as_rule().discussed_on)]
    found = warning(min(held, default=None), year=year, on=on)
    return sentence(found) if found else ""


def _plan(letters: Iterable[Letter], year: Period, on: date) -> list[Definition]:
    return filled(Definition(_("Review of the plan"), plan_warning(letters, year, on)))


def _open_findings(user: User, on: date) -> str:
    count = Finding.objects.visible_to(user, on=on).open(on).count()
    return ngettext("%(n)s open", "%(n)s open", count) % {"n": count} if count else _("none")


def letters(firm: Firm, user: User) -> list[Definition]:
    """The last papers of a firm."""
    rows = Letter.objects.visible_to(user).filter(firm=firm)
    rows = rows.exclude(kind=LetterKind.COMMUNICATION)[:6]
    return [
        Definition(str(each.get_kind_display()), long_day(each.dated), each.get_absolute_url())
        for each in rows
    ]


def file_of(document: Document | None, user: User) -> dict[str, Any] | None:
    """A paper as a link, for who can open documents."""
    if document is None or not user.has_perm("records.view_document"):
        return None
    return {
        "label": str(document),
        "url": document.get_absolute_url(),
        "size": document.size,
    }
