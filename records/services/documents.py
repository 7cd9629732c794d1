"""Filing documents: uploads, later versions of them, and the PDFs the portal issues."""

from datetime import datetime
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from records import document_kinds, ledger, locks, store, texts
from records.acts import act
from records.facts import Fact
from records.filenames import visible
from records.filetypes import LARGEST, FileType, recognise
from records.ledger import Actor
from records.models import Document

DOCUMENT_FILED = ledger.action("document.filed", lazy("filed the document %(record)s"))


@act
def file(
    *,
    kind: str,
    title: str,
    content: bytes | IO[bytes],
    file_name: str,
    by: Actor,
    at: datetime,
    supersedes: Document | None = None,
) -> Document:
    """File a document, as the next version of another where it supersedes one.

    Raises DocumentRefused (a ValidationError) with a plain reason.
    """
    content = content if isinstance(content, bytes) else content.read(LARGEST + 1)
    content_type, name = recognise(content, file_name)
    earlier = _superseded(supersedes, kind) if supersedes else None
    locks.share(store.digest(content))
    document = Document(
        kind=document_kinds.DOCUMENT_KINDS.get(kind).name,
        title=" ".join(visible(title).split()) or name,
        file_name=name,
        content_type=content_type,
        size=len(content),
        sha256=store.keep(content),
        filed_by=ledger.person(by),
        filed_at=at,
    )
    if earlier:
        document.supersedes, document.series = earlier, earlier.series
        document.version = earlier.version + 1
    document.full_clean()
    document.save(force_insert=True)
    ledger.record(DOCUMENT_FILED, subject=document, by=by, at=at, **_facts(document, content_type))
    return document


def _superseded(earlier: Document, kind: str) -> Document:
    """The version before, under a lock: it gets one successor, of its own kind."""
    earlier = Document.objects.select_for_update().get(pk=earlier.pk)
    if earlier.kind != kind:
        raise ValueError(f"A {kind} is no later version of a {earlier.kind}.")
    if earlier.is_deleted:
        raise ValidationError(_("This version was deleted in the meantime. File a new draft."))
    if Document.objects.filter(supersedes=earlier).exists():
        raise ValidationError(_("A later version was already filed. Replace that version instead."))
    return earlier


def _facts(document: Document, content_type: FileType) -> dict[str, Fact]:
    facts: dict[str, Fact] = {
        "kind": document_kinds.DOCUMENT_KINDS.get(document.kind),
        "type": content_type,
        "size": document.size,
        "content": ledger.digest(document.sha256, document.salt),
        **texts.digests(document),
    }
    if document.supersedes:
        facts |= {"version": document.version, "supersedes": document.supersedes}
    return facts
