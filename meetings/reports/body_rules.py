"""What the bylaws say of each body, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charters.models import Committee
from charters.reports.duty import Definition
from meetings.enums import CountedVotes
from meetings.models import BodyRules


@dataclass(frozen=True)
class BodyRow:
    name: str
    change_url: str
    facts: tuple[Definition, ...]


def rows(bodies: Iterable[Committee]) -> list[BodyRow]:
    return [
        BodyRow(
            str(body),
            reverse("body_rules_change", args=[body.pk]),
            tuple(_facts(getattr(body, "meeting_rules", None) or BodyRules(body=body))),
        )
        for body in bodies
    ]


def _facts(rules: BodyRules) -> Iterator[Definition]:
    yield Definition(_("Notice"), _notice(rules))
    yield Definition(_("Quorum"), _quorum(rules))
    counted = str(CountedVotes(rules.counted).label)
    yield Definition(_("A majority of"), _cited(counted, rules.citation))
    if rules.first_number_year:
        said = {"number": rules.first_number, "year": rules.first_number_year}
        yield Definition(_("First resolution number"), _("%(number)s in %(year)s") % said)


def _notice(rules: BodyRules) -> str:
    if rules.notice_days is None:
        return _("Not entered yet")
    days = ngettext("%(count)s day", "%(count)s days", rules.notice_days)
    return _cited(days % {"count": rules.notice_days}, rules.notice_citation)


def _quorum(rules: BodyRules) -> str:
    part = {"part": rules.quorum_part, "of": rules.quorum_of}
    if rules.quorum_of == 2 * rules.quorum_part:
        words = _("More than half of the members serving")
    else:
        words = _("%(part)s of %(of)s of the members serving") % part
    if rules.seats is not None:
        words = ngettext(
            "More than half of %(count)s seat", "More than half of %(count)s seats", rules.seats
        ) % {"count": rules.seats}
    return words


def _cited(words: str, citation: str) -> str:
    return f"{words} ({citation})" if citation else words
