"""An agenda as one reader sees it: an item that is restricted from them is a line without words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.models import User
from meetings.enums import ItemKind, ItemOutcome, Removal
from meetings.models import AgendaItem, Meeting
from records.dates import long_day

RESTRICTED = "restricted"


@dataclass(frozen=True)
class AgendaLine:
    """One line. `label` is its number, or its place while the agenda is a draft.

    state    withdrawn, deferred, or its outcome, in words
    details  why it is there, until when it can wait, who presents it
    """

    label: str
    title: str
    url: str = ""
    kind: str = ""
    minutes: int | None = None
    papers: int = 0
    details: tuple[str, ...] = ()
    state: str = ""
    is_restricted: bool = False
    is_standing: bool = True
    in_consent_group: bool = False


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """Every item of a meeting in its order, with what a line needs, in two queries."""
    attached = Count("papers", filter=Q(papers__removed_on=None))
    items = meeting.items.annotate(attached=attached).select_related(
        "preparer", "carried_to__meeting"
    )
    return list(items.order_by("place", "pk"))


def agenda(meeting: Meeting, reader: User, on: date) -> list[AgendaLine]:
    """The agenda as a reader sees it on a date."""
    return [
        _restricted(item, label) if item.restriction.bars(reader, on=on) else _line(item, label)
        for item, label in labeled(items_of(meeting))
    ]


def labeled(items: Iterable[AgendaItem]) -> Iterator[tuple[AgendaItem, str]]:
    """Each item with its number; before the agenda is sent, with its place among those that stand."""
    place = 0
    for item in items:
        place += item.is_standing
        if item.number is not None:
            yield item, f"{item.number}."
        else:
            yield item, f"{place}." if item.is_standing else ""


def _restricted(item: AgendaItem, label: str) -> AgendaLine:
    """Nothing of its title, kind, length, papers or outcome; only who takes care of it."""
    return AgendaLine(
        label=label,
        title=_("Restricted item"),
        details=tuple(_care_of(item)),
        is_restricted=True,
        is_standing=item.is_standing,
    )


def _care_of(item: AgendaItem) -> Iterator[str]:
    if item.preparer:
        yield _("%(person)s prepares it.") % {"person": item.preparer}
    if item.has_source_record:
        yield _("The record that it came from is restricted as well.")


def _line(item: AgendaItem, label: str) -> AgendaLine:
    return AgendaLine(
        label=label,
        title=item.title,
        url=item.get_absolute_url(),
        kind=str(ItemKind(item.kind).label),
        minutes=item.minutes,
        papers=getattr(item, "attached", 0),
        details=tuple(_details(item)),
        state=state_words(item),
        is_standing=item.is_standing,
        in_consent_group=item.in_consent_group,
    )


def _details(item: AgendaItem) -> Iterator[str]:
    is_open = not item.outcome
    if item.because and is_open:
        yield item.because
    if item.can_wait_until and is_open:
        yield _("Can wait until %(day)s.") % {"day": long_day(item.can_wait_until)}
    if item.presenter:
        yield _("Presented by %(person)s.") % {"person": item.presenter}


def state_words(item: AgendaItem) -> str:
    """What became of it: where it went, how it left the agenda, or its outcome."""
    if later := getattr(item, "carried_to", None):
        return _("carried to %(day)s") % {"day": long_day(later.meeting.on)}
    if item.removal:
        return str(Removal(item.removal).label)
    return str(ItemOutcome(item.outcome).label) if item.outcome else ""
