"""Firms and engagements, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from auditors.enums import FirmRole
from auditors.models import Engagement, Ratification
from auditors.reports.words import day, filled, money, year
from auditors.sentences import amount
from charters.reports.duty import Definition
from records.dates import long_day

if TYPE_CHECKING:
    from records.calendar import Calendar


@dataclass(frozen=True)
class EngagementRow:
    firm: str
    url: str
    role: str
    year: str
    appointed_on: date
    fee: str
    state: str


def engagement_row(row: Engagement, calendar: Calendar | None) -> EngagementRow:
    fee = row.approved_fee()
    return EngagementRow(
        firm=str(row.firm),
        url=row.get_absolute_url(),
        role=str(FirmRole(row.role).label),
        year=year(row.year_ends_on, calendar),
        appointed_on=row.appointed_on,
        fee=amount(fee) if fee else _("due"),
        state=str(row.get_ended_how_display()) if row.ended_on else "",
    )


def engagement_facts(
    row: Engagement, calendar: Calendar | None, *, for_readers: bool
) -> list[Definition]:
    """The dates of an engagement. Its evaluation and decision are for the committee's readers."""
    fee, vote = row.approved_fee(), getattr(row, "ratification", None)
    found = [
        Definition(_("Firm"), str(row.firm), row.firm.get_absolute_url()),
        Definition(_("Role"), str(FirmRole(row.role).label)),
        Definition(_("For"), year(row.year_ends_on, calendar)),
        Definition(_("Appointed on"), long_day(row.appointed_on)),
    ]
    if for_readers:
        decision = row.decision
        found += [
            Definition(
                _("Decision"),
                str(decision) if decision else _("not on file"),
                decision.get_absolute_url() if decision else "",
            ),
            Definition(_("Auditor evaluated on"), day(row.evaluated_on)),
        ]
    found += [
        Definition(_("Engagement letter dated"), day(row.letter_dated)),
        Definition(_("Fee approved"), amount(fee) if fee else _("due")),
        Definition(_("Audit work from"), long_day(row.work_from) if row.work_from else ""),
        Definition(
            _("Auditor's report dated"), long_day(row.report_dated) if row.report_dated else ""
        ),
        Definition(_("Ratification"), vote_words(vote) if vote else ""),
        Definition(
            _("Ended"),
            f"{row.get_ended_how_display()}, {long_day(row.ended_on)}" if row.ended_on else "",
        ),
        Definition(_("Scope and terms"), row.scope),
    ]
    return filled(*found)


def vote_words(vote: Ratification) -> str:
    words = {"on": long_day(vote.voted_on), "votes": votes_words(vote)}
    return _("Voted on %(on)s: %(votes)s.") % words


def votes_words(vote: Ratification) -> str:
    """The three numbers of a vote."""
    words = {
        "for": f"{vote.votes_for:,}",
        "against": f"{vote.votes_against:,}",
        "abstain": f"{vote.votes_abstain:,}",
    }
    return _("%(for)s for, %(against)s against, %(abstain)s abstained") % words


@dataclass(frozen=True)
class FeeRow:
    approved_on: date
    amount: str
    note: str
    decision: str
    url: str
    pk: int


def fee_rows(row: Engagement) -> list[FeeRow]:
    return [
        FeeRow(
            each.approved_on,
            money(each.amount, each.currency),
            each.note,
            str(each.decision) if each.decision else _("not on file"),
            each.decision.get_absolute_url() if each.decision else "",
            each.pk,
        )
        for each in row.fees.all()
    ]
