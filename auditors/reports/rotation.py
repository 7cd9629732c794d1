"""Partners in the order of the audits: the year of service, the outlook, and who may not serve.

Years follow the person: a career holds every audit of the company's statements, by whichever firm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from auditors.enums import PartnerRole
from auditors.models import Engagement, Firm, PartnerYear
from auditors.rules.figures import rotation_on
from auditors.rules.reasons import Reason
from auditors.rules.rotation import Career, counted_audits, may_serve, outlook, small_firm
from auditors.sentences import sentence
from charters.reports.duty import Definition
from charters.sentences import period_name
from records.calendar import Period, plus_months
from records.dates import long_day
from records.rule_data import TABLE

if TYPE_CHECKING:
    from records.calendar import Calendar

# An outlook names years up to the end of a time-out, and no further.
AHEAD = 16


@dataclass(frozen=True)
class Careers:
    """`years` are the fiscal years that count; a career numbers its audits by their place there."""

    years: Sequence[Period]
    audits: Sequence[Engagement]
    careers: Mapping[int, Career]

    def number(self, audit: Engagement) -> int | None:
        """The place of an audit; None for a period too short to count."""
        places = {year.last: place for place, year in enumerate(self.years)}
        return places.get(audit.year_ends_on)

    def name(self, number: int) -> str:
        return period_name(self.years[number])

    def said(self, why: Reason) -> str:
        """A reason in words: the rule numbers the audits, the sentence names their years."""
        facts = {
            name: self.name(fact) if name in ("last", "back", "barred") else fact
            for name, fact in why.facts.items()
        }
        return sentence(Reason(why.ground, facts))

    def barred(self, each: PartnerYear) -> Reason | None:
        """Why a partner was not to serve in this year of the career; None where that was right."""
        number = self.number(each.engagement)
        figures = rotation_on(each.engagement.year_ends_on, TABLE)
        if number is None or not each.counts(figures):
            return None
        career = {at: role for at, role in self.careers[each.partner_id].items() if at < number}
        ruled = may_serve(career, PartnerRole(each.role), number, figures)
        return None if ruled.may_serve else ruled.reasons[0]


def careers(calendar: Calendar) -> Careers:
    """The careers of every partner on record, in three queries."""
    audits = list(
        Engagement.objects.of_auditors()
        .order_by("year_ends_on", "pk")
        .select_related("firm")
        .prefetch_related("partner_years__partner", "partner_years__engagement")
    )
    if not audits:
        return Careers((), (), {})
    until = plus_months(audits[-1].year_ends_on, 12 * AHEAD)
    years = counted_audits(calendar.years(audits[0].year_ends_on, until))
    number = {year.last: place for place, year in enumerate(years)}
    found: dict[int, dict[int, PartnerRole]] = {}
    for audit in audits:
        place, figures = number.get(audit.year_ends_on), rotation_on(audit.year_ends_on, TABLE)
        for each in audit.partner_years.all() if place is not None else ():
            if place is not None and each.counts(figures):
                found.setdefault(each.partner_id, {})[place] = PartnerRole(each.role)
    return Careers(years, audits, found)


@dataclass(frozen=True)
class PartnerLine:
    """One partner: the present role, the year of service, and what lies ahead."""

    name: str
    role: str
    sentence: str
    last: str
    back: str
    speaks: bool


@dataclass(frozen=True)
class Rotation:
    """`exemption` is the firm's own statement of its size, judged; empty where none is on file."""

    partners: tuple[PartnerLine, ...]
    exemption: str


def rotation(firm: Firm, calendar: Calendar | None, on: date) -> Rotation:
    """The partners of a firm with the outlook of each, as of its last audit on record."""
    known = careers(calendar) if calendar else Careers((), (), {})
    mine = [audit for audit in known.audits if audit.firm_id == firm.pk]
    last = max((known.number(audit) or 0 for audit in mine), default=0)
    names = {
        each.partner_id: str(each.partner)
        for audit in mine
        for each in audit.partner_years.all()
        if each.partner_id in known.careers
    }
    lines = tuple(_partner_line(known, key, name, last) for key, name in names.items())
    return Rotation(lines, exemption(firm, on))


def _partner_line(known: Careers, key: int, name: str, last: int) -> PartnerLine:
    career, figures = known.careers[key], rotation_on(known.years[last].last, TABLE)
    ahead = outlook(career, last, figures)
    if ahead is not None:
        words = {"year": ahead.year_of_service, "most": ahead.most}
        return PartnerLine(
            name=name,
            role=str(career[last].label),
            sentence=_("Year %(year)s of at most %(most)s.") % words,
            last=capfirst(known.name(ahead.last)),
            back=capfirst(known.name(ahead.back_in)),
            speaks=ahead.speaks,
        )
    served = max(audit for audit in career)
    role = career[served]
    ruled = may_serve(career, role, last + 1, figures)
    return PartnerLine(
        name=name,
        role=_("%(role)s until %(year)s") % {"role": role.label, "year": known.name(served)},
        sentence=_("May serve.") if ruled.may_serve else _("In a time-out."),
        last="",
        back=capfirst(known.name(ruled.back_in)) if ruled.back_in else "",
        speaks=False,
    )


def exemption(firm: Firm, on: date) -> str:
    """What the firm last stated of its size, judged (RULE-25)."""
    found = _small_firm(firm, on)
    return sentence(found[1]) if found else ""


def is_exempt(firm: Firm, on: date) -> bool:
    found = _small_firm(firm, on)
    return found is not None and found[0]


def _small_firm(firm: Firm, on: date) -> tuple[bool, Reason] | None:
    stated = firm.assertions.filter(stated_on__lte=on).first()
    return small_firm(stated.as_rule(), rotation_on(on, TABLE), on=on) if stated else None


def partner_rows(row: Engagement, calendar: Calendar | None) -> Iterator[Definition]:
    """The partners of an audit, as the firm stated them; what rotation says against one."""
    years = list(row.partner_years.all())
    known = careers(calendar) if calendar and years else None
    for each in years:
        words = {"name": each.partner, "on": long_day(each.stated_on)}
        text = _("%(name)s, stated by the firm on %(on)s") % words
        why = known.barred(each) if known else None
        if known and why:
            text = f"{text}. {known.said(why)}"
        yield Definition(str(PartnerRole(each.role).label), text)
