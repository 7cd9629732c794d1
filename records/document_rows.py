"""What the documents' pages show, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.template.defaultfilters import filesizeformat
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from records import document_kinds
from records.confirm import Detail
from records.dates import long_day, short_day
from records.enums import Retention, SystemActor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import Promise

    from records.document_kinds import DocumentKind
    from records.models import Document, LegalHold
    from records.services.deletions import Passing


@dataclass(frozen=True)
class DocumentRow:
    """A document as a line of a list."""

    title: str
    url: str
    kind: str | Promise
    number: int
    version: str
    filed: date
    filed_on: str
    filed_by: str
    size: int
    type: str
    kept: str | Promise


def papers(documents: Iterable[Document]) -> list[DocumentRow]:
    return [_paper(document) for document in documents]


def _paper(document: Document) -> DocumentRow:
    return DocumentRow(
        title=str(document),
        url=document.about_url,
        kind=document_kinds.label_of(document.kind),
        number=document.version,
        version=version_words(document),
        filed=localtime(document.filed_at).date(),
        filed_on=_day(document),
        filed_by=_filer(document),
        size=document.size,
        type=document.get_content_type_display(),
        kept=document_kinds.retention_of(document.kind).label,
    )


def version_words(document: Document) -> str:
    """Which version it is, and what became of it; nothing for the only one."""
    said = {"version": document.version}
    if document.later is not None:
        said["later"] = document.later.version
        return _("version %(version)s, superseded by version %(later)s") % said
    return _("version %(version)s") % said if document.version > 1 else ""


def _day(document: Document) -> str:
    return short_day(localtime(document.filed_at).date())


def _filer(document: Document) -> str:
    return str(document.filed_by) if document.filed_by else str(SystemActor.OPERATOR.label)


def facts_of(document: Document) -> list[Detail]:
    """What is known of a document, as terms."""
    kept = str(document_kinds.retention_of(document.kind).label)
    lines = [
        Detail(_("Kind"), document_kinds.label_of(document.kind)),
        Detail(_("Filed"), long_day(localtime(document.filed_at).date()), (_filer(document),)),
        Detail(_("File"), document.get_content_type_display(), (filesizeformat(document.size),)),
        Detail(_("Kept"), kept[:1].upper() + kept[1:]),
    ]
    if document.later is not None:
        words = _("by version %(version)s on %(day)s") % {
            "version": document.later.version,
            "day": _day(document.later),
        }
        lines.append(Detail(_("Superseded"), words))
    return lines


@dataclass(frozen=True)
class GoingPaper:
    """A document that goes one day: why, and from when."""

    title: str
    url: str
    version: str
    kind: str | Promise
    because: str
    filed_on: str
    goes_on: str


def going(passing: Iterable[Passing]) -> list[GoingPaper]:
    return [
        GoingPaper(
            title=str(one.document),
            url=one.document.about_url,
            version=version_words(one.document),
            kind=document_kinds.label_of(one.document.kind),
            because=str(one.term.because.label),
            filed_on=_day(one.document),
            goes_on=short_day(one.term.over_on) if one.term.over_on else "",
        )
        for one in passing
    ]


@dataclass(frozen=True)
class KeptKind:
    """A kind of document and how long it is kept."""

    label: str | Promise
    kept: str | Promise
    since: str
    earlier: str


def kept_kinds() -> list[KeptKind]:
    """The register of kinds: what is kept how long."""
    return [_kept(kind) for kind in document_kinds.DOCUMENT_KINDS]


def _kept(kind: DocumentKind) -> KeptKind:
    if kind.retention is Retention.FOR_GOOD:
        return KeptKind(kind.label, kind.retention.label, "", _("also kept permanently"))
    since = _("the date set with the document") if kind.runs_from else _("the date of filing")
    if kind.retention is Retention.DRAFT:
        if not kind.runs_from:
            since = _("the date a later version is filed")
        return KeptKind(kind.label, kind.retention.label, since, _("30 days, also as drafts"))
    return KeptKind(
        kind.label, kind.retention.label, since, _("30 days after the later one was filed")
    )


@dataclass(frozen=True)
class HoldLine:
    """A hold as those read it who may place one."""

    pk: int
    reason: str
    placed: str
    lifted: str
    lifted_because: str
    lifting: str
    lifting_because: str


def hold_lines(holds: Iterable[LegalHold]) -> list[HoldLine]:
    return [
        HoldLine(
            pk=hold.pk,
            reason=hold.reason,
            placed=_signed(hold.placed_by, hold.placed_at),
            lifted=_signed(hold.lifted_by, hold.lifted_at) if hold.lifted_at else "",
            lifted_because=hold.lifted_because,
            lifting=_signed(hold.lifting_by, hold.lifting_at) if hold.lifting_at else "",
            lifting_because=hold.lifting_because,
        )
        for hold in holds
    ]


def _signed(person: object, at: object) -> str:
    said = {"day": short_day(localtime(at).date()), "person": person}  # type: ignore[arg-type]
    return _("%(day)s, by %(person)s") % said
