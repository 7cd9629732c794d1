"""Papers the auditor gave, as rows and as a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from auditors.enums import LetterKind
from auditors.models import Letter, ServiceRequest
from auditors.reports import corrections
from auditors.reports.words import filled, year
from auditors.rules.communications import ITEMS
from auditors.rules.figures import QUALITY_WINDOW_YEARS
from auditors.rules.quality_report import window
from auditors.sentences import listed
from charters.answers import DatedEntry
from charters.reports.duty import Definition
from records.clock import day_of
from records.dates import long_day

if TYPE_CHECKING:
    from accounts.models import User
    from records.calendar import Calendar
    from records.models import Company

DISCUSSED = frozenset(
    {
        LetterKind.INDEPENDENCE,
        LetterKind.QUALITY,
        LetterKind.PLAN,
        LetterKind.PLAN_CHANGE,
        LetterKind.DESCRIPTION,
    }
)


@dataclass(frozen=True)
class LetterRow:
    title: str
    url: str
    firm: str
    dated: date
    state: str


def title_of(letter: Letter) -> str:
    """Its type; of a required communication, which one."""
    item = ITEMS.get(letter.item)
    return item.title if item else str(LetterKind(letter.kind).label)


def letter_row(letter: Letter) -> LetterRow:
    return LetterRow(
        title=title_of(letter),
        url=letter.get_absolute_url(),
        firm=str(letter.firm),
        dated=letter.dated,
        state=state_words(letter),
    )


def is_to_discuss(letter: Letter) -> bool:
    """Whether its discussion by the committee is not on file yet."""
    return letter.kind in DISCUSSED and letter.as_rule().discussed_on is None


def state_words(letter: Letter) -> str:
    """Discussed on a date; incomplete without; what else waits."""
    held = letter.as_rule().discussed_on
    open_items = sum(1 for each in letter.as_rule().exceptions if each.decided_on is None)
    if is_to_discuss(letter):
        return _("Discussion not on file")
    words = _("Discussed on %(on)s") % {"on": long_day(held)} if held else _("Received")
    if open_items:
        words += _("; items to decide: %(n)s") % {"n": open_items}
    return words


def facts(letter: Letter, calendar: Calendar | None, user: User) -> list[Definition]:
    """What the paper is; of the services that it describes, those whose requests `user` may see."""
    described = ServiceRequest.objects.visible_to(user).filter(descriptions=letter)
    item = ITEMS.get(letter.item)
    return filled(
        Definition(_("Type"), str(LetterKind(letter.kind).label)),
        Definition(_("Required communication"), item.title if item else ""),
        Definition(_("Rule"), item.citation if item else ""),
        Definition(_("Firm"), str(letter.firm), letter.firm.get_absolute_url()),
        Definition(_("Dated"), long_day(letter.dated)),
        Definition(_("Received on"), long_day(letter.received_on)),
        Definition(_("For"), year(letter.serves, calendar)),
        Definition(_("Describes"), listed([str(each) for each in described])),
        Definition(_("Given"), _("in writing") if letter.in_writing else _("orally")),
        Definition(_("Covers inquiries"), _window(letter)),
        Definition(_("Status"), state_words(letter)),
    )


def _window(letter: Letter) -> str:
    """The years before a quality report whose inquiries it covers (RULE-28)."""
    if letter.kind != LetterKind.QUALITY:
        return ""
    span = window(letter.dated, years=QUALITY_WINDOW_YEARS)
    return _("open on any date from %(first)s to %(last)s") % {
        "first": long_day(span.first),
        "last": long_day(span.last),
    }


@dataclass(frozen=True)
class ExceptionRow:
    pk: int
    label: str
    decided: str
    text: str
    is_open: bool
    decision: str = ""
    url: str = ""
    add_url: str = ""


def exception_rows(letter: Letter) -> list[ExceptionRow]:
    found = []
    for each in letter.exceptions.all():
        decision = getattr(each, "decision", None)
        act = decision.decision if decision else None
        add_url = reverse("exception_decision", args=[decision.pk]) if decision else ""
        found.append(
            ExceptionRow(
                pk=each.pk,
                label=each.label,
                decided=_("Decided on %(on)s") % {"on": long_day(decision.decided_on)}
                if decision
                else _("Waits for the committee's decision"),
                text=decision.text if decision else "",
                is_open=decision is None,
                decision=str(act or ""),
                url=act.get_absolute_url() if act else "",
                add_url="" if act else add_url,
            )
        )
    return found


def history(letter: Letter, company: Company | None) -> list[DatedEntry]:
    return sorted(_entries(letter, company), key=lambda entry: entry.on)[::-1]


def _entries(letter: Letter, company: Company | None) -> Iterator[DatedEntry]:
    recorded_on = day_of(letter.recorded_at, company)
    yield DatedEntry(letter.received_on, _("Received."), recorded_on=recorded_on)
    for each in letter.discussions.all():
        words = _("Discussed by the committee.")
        yield DatedEntry(each.held_on, words, recorded_on=day_of(each.recorded_at, company))
        yield from corrections.entries(each.corrections.all(), company)
    yield from corrections.entries(letter.corrections.all(), company)
