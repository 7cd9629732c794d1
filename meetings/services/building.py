"""An agenda built from what the record proposes: taken at once, in the order of a meeting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as lazy

from meetings.candidates import Candidate
from meetings.enums import ItemKind, ItemSource
from meetings.models import AgendaItem, Meeting, Paper
from meetings.services.agenda import add_item
from meetings.services.recusals import accounts_recused, carry_recusals, lock_accounts
from records import ledger
from records.acts import act
from records.facts import Actor, recorded

PAPER_CARRIED = ledger.action("paper.carried", lazy("carried the paper %(record)s to another item"))

# Minutes first, then what has a source, then the template's lines; sessions come last.
ORDER = (
    ItemSource.MINUTES,
    ItemSource.ACTION,
    ItemSource.CARRIED,
    ItemSource.DUTY,
    ItemSource.PROPOSAL,
    ItemSource.ADDED,
    ItemSource.FIXED,
)


@act
def take(
    meeting: Meeting, chosen: Iterable[Candidate], *, by: Actor, at: datetime
) -> list[AgendaItem]:
    """Put what was chosen on the agenda, after what is there."""
    chosen = list(chosen)
    carried = [each.carried_from.pk for each in chosen if each.carried_from]
    records = frozenset[str]().union(*(_records(each) for each in chosen))
    earlier = AgendaItem.objects.filter(pk__in=carried) | AgendaItem.objects.about(records)
    lock_accounts(accounts_recused(earlier))
    return [_taken(meeting, each, by, at) for each in sorted(chosen, key=_place)]


def _records(chosen: Candidate) -> frozenset[str]:
    return chosen.carried_from.source_records if chosen.carried_from else chosen.records


def _place(candidate: Candidate) -> tuple[bool, int]:
    is_session = candidate.kind == ItemKind.EXECUTIVE_SESSION
    return (is_session, ORDER.index(candidate.source))


def _taken(meeting: Meeting, chosen: Candidate, by: Actor, at: datetime) -> AgendaItem:
    earlier = chosen.carried_from
    terms = _proposed(chosen) if earlier is None else _carried(earlier)
    item = add_item(
        meeting,
        source=chosen.source,
        source_key=chosen.matter,
        source_records=_records(chosen),
        because=chosen.because,
        by=by,
        at=at,
        **terms,
    )
    if earlier is not None:
        _carry_papers(earlier, item, by, at)
    carry_recusals(item, by=by, at=at)
    return item


def _proposed(chosen: Candidate) -> dict[str, Any]:
    return {
        "title": chosen.title,
        "kind": chosen.kind,
        "can_wait_until": chosen.until,
        "minutes": chosen.minutes,
        "in_consent_group": chosen.in_consent_group,
        "duties": chosen.duties,
        "serves_year": chosen.serves_year,
    }


def _carried(item: AgendaItem) -> dict[str, Any]:
    """What was prepared already, and from whom it is restricted: whoever takes it may not see it."""
    names = (
        *("title", "kind", "ask", "recommendation", "presenter", "preparer", "minutes"),
        *("can_wait_until", "in_consent_group", "serves_year"),
        *("restricted_roles", "restricted_people", "restricted_since"),
    )
    found = {name: getattr(item, name) for name in names}
    return found | {"duties": item.duties.all(), "carried_from": item}


def _carry_papers(earlier: AgendaItem, item: AgendaItem, by: Actor, at: datetime) -> None:
    for paper in earlier.papers.attached():
        carried = Paper.objects.create(
            item=item,
            document=paper.document,
            title=paper.title,
            place=paper.place,
            **recorded(by, at),
        )
        ledger.record(
            PAPER_CARRIED, subject=carried, by=by, at=at, document=paper.document, item=item
        )
