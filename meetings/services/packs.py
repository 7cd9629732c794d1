"""Agenda and papers sent as a numbered version. The first sending fixes the items' numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from meetings.meeting_notices import PACK_SENT, members_to_tell
from meetings.models import AgendaItem, Meeting, Pack, PackItem, PackPaper
from meetings.services.agenda import editable
from records import ledger, notices
from records.acts import act
from records.facts import Actor, recorded

PACK_SENT_ACTION = ledger.action("pack.sent", lazy("sent agenda and papers: %(record)s"))

AS_SENT = (
    "title",
    "kind",
    "ask",
    "recommendation",
    "presenter",
    "minutes",
    "in_consent_group",
    "removal",
)


@act
def send_pack(meeting: Meeting, *, by: Actor, at: datetime) -> Pack:
    """Send the agenda and its papers as they are now; refused where nothing has changed since.

    From the first sending on, every item keeps its number.
    """
    meeting = editable(meeting)
    items = list(meeting.items.order_by("place", "pk"))
    if not any(item.is_standing for item in items):
        raise ValidationError(_("The agenda has no items. Add what the meeting takes up first."))
    _number(meeting, items, at)
    numbered = [item for item in items if item.number is not None]
    last = meeting.packs.order_by("-version").first()
    if last is not None and _content(numbered) == _content_of(last):
        raise ValidationError(
            _("Nothing has changed since version %(number)s.") % {"number": last.version}
        )
    pack = Pack.objects.create(
        meeting=meeting, version=last.version + 1 if last else 1, **recorded(by, at)
    )
    _keep(pack, numbered)
    meeting.move_on()
    ledger.record(
        PACK_SENT_ACTION,
        subject=pack,
        by=by,
        at=at,
        meeting=meeting,
        version=pack.version,
        items=[item.pk for item in numbered],
    )
    for person in members_to_tell(meeting.body, meeting.on, at):
        notices.owe(PACK_SENT, to=person, key=f"pack:{pack.pk}:{person.pk}", at=at, subject=pack)
    return pack


def _number(meeting: Meeting, items: Iterable[AgendaItem], at: datetime) -> None:
    """In their order, the first time; those that were added later have theirs already."""
    if meeting.agenda_sent_at is not None:
        return
    standing = (item for item in items if item.is_standing)
    for number, item in enumerate(standing, start=1):
        item.number = number
        item.save(update_fields=["number"])
    meeting.agenda_sent_at = at
    meeting.save(update_fields=["agenda_sent_at"])


def _keep(pack: Pack, items: Iterable[AgendaItem]) -> None:
    for place, item in enumerate(items, start=1):
        kept = PackItem.objects.create(
            pack=pack,
            item=item,
            place=place,
            number=item.number or place,
            **{name: getattr(item, name) for name in AS_SENT},
        )
        for order, paper in enumerate(item.papers.attached().select_related("document"), start=1):
            PackPaper.objects.create(
                pack_item=kept,
                paper=paper,
                document=paper.document,
                title=paper.title,
                place=order,
            )


def _content(items: Iterable[AgendaItem]) -> list[tuple[object, ...]]:
    """What a version says, to be compared with another."""
    return [
        (
            item.pk,
            item.number,
            *(getattr(item, name) for name in AS_SENT),
            *item.papers.attached().values_list("pk", "document_id", "title"),
        )
        for item in items
    ]


def _content_of(pack: Pack) -> list[tuple[object, ...]]:
    return [
        (
            kept.item_id,
            kept.number,
            *(getattr(kept, name) for name in AS_SENT),
            *kept.papers.values_list("paper_id", "document_id", "title"),
        )
        for kept in pack.items.all()
    ]
