"""What the bylaws say of each body on a date, in words, with what was and will be in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charters.enums import CommitteeKind
from charters.models import Committee
from charters.reports.duty import Definition
from meetings.enums import CountedVotes
from meetings.models import BodyRules, rules_on
from records.dates import long_day


@dataclass(frozen=True)
class RulesInForce:
    """One entry: its dates in words, what it says, and where it is corrected."""

    dates: str
    facts: tuple[Definition, ...]
    correct_url: str


@dataclass(frozen=True)
class BodyRow:
    """A body with the rules in force today, or the statute, and the other entries, latest first."""

    name: str
    change_url: str
    in_force: RulesInForce
    others: tuple[RulesInForce, ...]


def rows(bodies: Iterable[Committee], today: date) -> list[BodyRow]:
    return [_row(body, list(body.meeting_rules.all()), today) for body in bodies]


def _row(body: Committee, entries: list[BodyRules], today: date) -> BodyRow:
    current = rules_on(entries, today)
    others = [each for each in reversed(entries) if each != current]
    return BodyRow(
        name=str(body),
        change_url=reverse("body_rules_change", args=[body.pk]),
        in_force=_entry(current, entries) if current else _statute(body, today),
        others=tuple(_entry(each, entries) for each in others),
    )


def _statute(body: Committee, today: date) -> RulesInForce:
    facts = _facts(BodyRules(body=body, effective_on=today))
    return RulesInForce(_("No rules entered. The statute decides."), tuple(facts), "")


def _entry(rules: BodyRules, entries: list[BodyRules]) -> RulesInForce:
    later = [each.effective_on for each in entries if each.effective_on > rules.effective_on]
    said = {"first": long_day(rules.effective_on), "next": long_day(min(later)) if later else ""}
    dates = (
        _("In effect from %(first)s until %(next)s, when the next rules begin")
        if later
        else _("In effect from %(first)s")
    )
    correct_url = reverse("body_rules_correct", args=[rules.pk])
    return RulesInForce(dates % said, tuple(_facts(rules)), correct_url)


def _facts(rules: BodyRules) -> Iterator[Definition]:
    yield Definition(_("Notice"), _notice(rules))
    yield Definition(_("Quorum"), _cited(_quorum(rules), rules.citation))
    if rules.body.kind == CommitteeKind.BOARD:
        yield Definition(_("Seats of the Board"), _seats(rules))
    counted = str(CountedVotes(rules.counted).label)
    yield Definition(_("A majority of"), _cited(counted, rules.citation))
    if rules.forbids_consents:
        words = _cited(_("Not allowed"), rules.consents_citation)
        yield Definition(_("Written consents"), words)
    if rules.first_number_year:
        said = {"number": rules.first_number, "year": rules.first_number_year}
        yield Definition(_("First resolution number"), _("%(number)s in %(year)s") % said)


def _notice(rules: BodyRules) -> str:
    if rules.notice_days is None:
        return _("Not entered yet")
    days = ngettext("%(count)s day", "%(count)s days", rules.notice_days)
    return _cited(days % {"count": rules.notice_days}, rules.notice_citation)


def _quorum(rules: BodyRules) -> str:
    is_board = rules.body.kind == CommitteeKind.BOARD
    if rules.quorum_of == 2 * rules.quorum_part:
        if is_board:
            return _("More than half of all seats, vacant ones too")
        return _("More than half of the members serving")
    part = {"part": rules.quorum_part, "of": rules.quorum_of}
    if is_board:
        return _("%(part)s of %(of)s of all seats, vacant ones too") % part
    return _("%(part)s of %(of)s of the members serving") % part


def _seats(rules: BodyRules) -> str:
    if rules.seats is None:
        return _("Not on record. Without the number, no quorum of the Board can be shown.")
    return str(rules.seats)


def _cited(words: str, citation: str) -> str:
    return f"{words} ({citation})" if citation else words
