"""One agenda item as a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from charters.answers import Link
from charters.reports.duty import Definition
from meetings.enums import ItemKind, Removal
from meetings.models import AgendaItem
from meetings.pdf.inspection import PaperRefusedError, inspect
from meetings.reports.agenda import state_words
from records import store
from records.dates import long_day
from records.models import Document


@dataclass(frozen=True)
class PaperRow:
    """A paper with its file, and what can be done with it."""

    label: str
    url: str
    size: int
    version: int
    acts: tuple[Link, ...] = ()
    # What of it is not seen in the pack, for who prepares the item.
    notes: tuple[str, ...] = ()


def facts(item: AgendaItem) -> list[Definition]:
    """The ask and the recommendation first."""
    return list(_facts(item))


def _facts(item: AgendaItem) -> Iterator[Definition]:
    meeting = item.meeting
    yield from _texts((_("What is asked"), item.ask), (_("Recommendation"), item.recommendation))
    yield Definition(_("Meeting"), str(meeting), meeting.get_absolute_url())
    kind = str(ItemKind(item.kind).label)
    if item.in_consent_group:
        kind = _("%(kind)s, for consent without discussion") % {"kind": kind}
    yield Definition(_("Kind"), kind)
    year, until = item.serves_year, item.can_wait_until
    yield from _texts(
        (_("Presenter"), item.presenter),
        (_("Minutes"), str(item.minutes or "")),
        (_("Prepared by"), str(item.preparer or "")),
        (_("Why"), item.because),
        (_("Can wait until"), long_day(until) if until else ""),
        (_("Responsibilities served"), "; ".join(str(duty) for duty in item.duties.all())),
        (_("For the fiscal year ending"), long_day(year) if year else ""),
    )
    if item.removal:
        left = str(Removal(item.removal).label).capitalize()
        yield Definition(_("Left the agenda"), f"{left}: {item.removal_reason}")
    elif item.outcome:
        yield Definition(_("Outcome"), state_words(item).capitalize())


def _texts(*facts: tuple[str, str]) -> Iterator[Definition]:
    """Those of the facts that say something."""
    return (Definition(term, text) for term, text in facts if text)


def papers(item: AgendaItem, *, may_change: bool, prepares: bool) -> list[PaperRow]:
    """The papers of an item in their order; for who prepares it, with what was found in them."""
    return [
        PaperRow(
            label=paper.title,
            url=paper.document.get_absolute_url(),
            size=paper.document.size,
            version=paper.document.version,
            acts=(
                (
                    Link(_("Replace file"), reverse("paper_replace", args=[paper.pk])),
                    Link(_("Remove"), reverse("paper_remove", args=[paper.pk])),
                )
                if may_change
                else ()
            ),
            notes=notes_of(paper.document) if prepares else (),
        )
        for paper in item.papers.attached().select_related("document")
    ]


def notes_of(document: Document) -> tuple[str, ...]:
    """What of a paper is not seen in the pack, or is seen otherwise."""
    if document.is_deleted:
        return ()
    try:
        return _notes_of(document.sha256, document.file_name, get_language())
    except store.BytesLostError:
        return (_("The file of this paper is lost. Replace it."),)


@lru_cache(maxsize=256)
def _notes_of(sha256: str, file_name: str, language: str) -> tuple[str, ...]:
    """Of a file, by its digest: the same bytes have the same notes.

    Raises BytesLostError, which is not kept: the file can be restored.
    """
    with store.fetch(sha256) as stored:
        content = stored.read()
    try:
        return inspect(content, file_name).notes
    except PaperRefusedError as refusal:
        return (str(refusal),)
