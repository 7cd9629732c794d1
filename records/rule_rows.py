"""A rule of the rule-data as a row of the page: its values in words, the current one first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from records.dates import short_day
from records.enums import FilerCategory
from records.rule_data import Amount, Rule, Unit, Value


@dataclass(frozen=True)
class ValueRow:
    """One value: what it is, from when to when, and which rule says so."""

    words: str
    since: str
    citation: str
    is_current: bool


@dataclass(frozen=True)
class ProposalRow:
    words: str
    source: str


@dataclass(frozen=True)
class RuleRow:
    title: str
    looked_up_by: str
    values: tuple[ValueRow, ...]
    proposals: tuple[ProposalRow, ...]


def rule_row(rule: Rule, day: date) -> RuleRow:
    """A rule with its values, the last first; `day` says which one is current."""
    return RuleRow(
        title=rule.title,
        looked_up_by=rule.looked_up_by,
        values=tuple(
            ValueRow(
                amount_words(value.amount, rule.unit),
                _since(value),
                value.citation,
                value.covers(day),
            )
            for value in reversed(rule.values)
        ),
        proposals=tuple(
            ProposalRow(amount_words(each.amount, rule.unit), each.source)
            for each in rule.proposals
        ),
    )


def amount_words(amount: Amount, unit: Unit) -> str:
    """75 calendar days; $700,000,000; one of the forms and categories by its name."""
    match amount:
        case Decimal():
            return f"${number_format(amount, use_l10n=True, force_grouping=True)}"
        case Fraction():
            return f"{amount.numerator}/{amount.denominator}"
        case int():
            return _counted(amount, unit)
        case str():
            return _("Form %(form)s") % {"form": amount}
    return ", ".join(str(FilerCategory(each).label) for each in amount)


def _counted(amount: int, unit: Unit) -> str:
    match unit:
        case Unit.CALENDAR_DAYS:
            words = ngettext("%(count)s calendar day", "%(count)s calendar days", amount)
        case Unit.BUSINESS_DAYS:
            words = ngettext("%(count)s business day", "%(count)s business days", amount)
        case Unit.REPORTS:
            words = ngettext("%(count)s report a year", "%(count)s reports a year", amount)
        case Unit.YEARS:
            words = ngettext("%(count)s year", "%(count)s years", amount)
        case Unit.HOURS:
            words = ngettext("%(count)s hour", "%(count)s hours", amount)
        case Unit.NUMBER:
            return str(amount)
        case _other:
            return f"{amount} %"
    return words % {"count": amount}


def _since(value: Value) -> str:
    """From when it was, or is, in force."""
    words = {"first": short_day(value.first), "last": short_day(value.last or value.first)}
    if value.is_older:
        return _("Until %(last)s") % words if value.last else _("Since before %(first)s") % words
    return _("%(first)s to %(last)s") % words if value.last else _("Since %(first)s") % words
