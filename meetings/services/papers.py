"""Papers of agenda items: filed, superseded by a later file, removed."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from charters.services.uploads import Upload
from meetings.documents import PAPER
from meetings.models import AgendaItem, Paper
from meetings.pdf.inspection import PaperRefusedError, refuse_unfit
from meetings.services.agenda import on_agenda
from records import ledger
from records.acts import act
from records.clock import day_of
from records.facts import Actor, recorded
from records.filetypes import DocumentRefused
from records.models import Document
from records.services import documents

PAPER_ADDED = ledger.action("paper.added", lazy("added the paper %(record)s"))
PAPER_REPLACED = ledger.action("paper.replaced", lazy("replaced the file of the paper %(record)s"))
PAPER_REMOVED = ledger.action("paper.removed", lazy("removed the paper %(record)s"))


@act
def add_paper(
    item: AgendaItem, *, upload: Upload, by: Actor, at: datetime, title: str = ""
) -> Paper:
    """File a PDF for an item, after its last paper."""
    item = on_agenda(item)
    document = _filed(upload, title or upload.title, by, at)
    last = item.papers.aggregate(place=Max("place"))["place"] or 0
    paper = Paper.objects.create(
        item=item, document=document, title=document.title, place=last + 1, **recorded(by, at)
    )
    item.move_on()
    ledger.record(PAPER_ADDED, subject=paper, by=by, at=at, document=document, item=item)
    return paper


@act
def replace_paper(paper: Paper, *, upload: Upload, by: Actor, at: datetime) -> Paper:
    """File a later version of a paper's file; the same file again is refused."""
    paper = _attached(paper)
    earlier = paper.document
    document = _filed(upload, paper.title, by, at, supersedes=earlier)
    if document.sha256 == earlier.sha256:
        raise ValidationError(
            {
                "file": _("This is the same file as version %(number)s.")
                % {"number": earlier.version}
            }
        )
    paper.document = document
    paper.save(update_fields=["document"])
    paper.item.move_on()
    ledger.record(PAPER_REPLACED, subject=paper, by=by, at=at, document=document)
    return paper


@act
def remove_paper(paper: Paper, *, by: Actor, at: datetime) -> Paper:
    """Take a paper from its item. Packs that were sent keep it."""
    paper = _attached(paper)
    paper.removed_on = day_of(at)
    paper.save(update_fields=["removed_on"])
    paper.item.move_on()
    ledger.record(PAPER_REMOVED, subject=paper, by=by, at=at)
    return paper


def _attached(paper: Paper) -> Paper:
    item = on_agenda(paper.item)
    paper = Paper.objects.select_for_update().select_related("document").get(pk=paper.pk)
    paper.item = item
    if paper.removed_on:
        raise ValidationError(_("This paper was removed. Add the file again."))
    return paper


def _filed(
    upload: Upload, title: str, by: Actor, at: datetime, supersedes: Document | None = None
) -> Document:
    content = upload.content if isinstance(upload.content, bytes) else upload.content.read()
    try:
        refuse_unfit(content, upload.file_name)
        return documents.file(
            kind=PAPER.name,
            title=title,
            content=content,
            file_name=upload.file_name,
            by=by,
            at=at,
            supersedes=supersedes,
        )
    except PaperRefusedError as refusal:
        raise ValidationError({"file": str(refusal)}) from refusal
    except DocumentRefused as refusal:
        raise ValidationError({"file": refusal}) from refusal
