"""What the documents' pages show, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.defaultfilters import filesizeformat
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from records import kinds
from records.confirm import Line
from records.dates import long_day, short_day
from records.enums import Office, Retention

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import Promise

    from records.kinds import Kind
    from records.models import Document, Hold
    from records.services.purges import Passing


@dataclass(frozen=True)
class Paper:
    """A document as a line of a list."""

    title: str
    url: str
    kind: str | Promise
    number: int
    version: str
    filed_on: str
    filed_by: str
    size: int
    type: str
    kept: str | Promise


def papers(documents: Iterable[Document]) -> list[Paper]:
    return [_paper(document) for document in documents]


def _paper(document: Document) -> Paper:
    return Paper(
        title=str(document),
        url=document.about_url,
        kind=kinds.label_of(document.kind),
        number=document.version,
        version=version_words(document),
        filed_on=_day(document),
        filed_by=_filer(document),
        size=document.size,
        type=document.get_content_type_display(),
        kept=kinds.retention_of(document.kind).label,
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
    return str(document.filed_by) if document.filed_by else str(Office.OPERATOR.label)


def facts_of(document: Document) -> list[Line]:
    """What is known of a document, as terms."""
    kept = str(kinds.retention_of(document.kind).label)
    lines = [
        Line(_("Kind"), kinds.label_of(document.kind)),
        Line(_("Filed"), long_day(localtime(document.filed_at).date()), (_filer(document),)),
        Line(_("File"), document.get_content_type_display(), (filesizeformat(document.size),)),
        Line(_("Kept"), kept[:1].upper() + kept[1:]),
    ]
    if document.later is not None:
        words = _("by version %(version)s, on %(day)s") % {
            "version": document.later.version,
            "day": _day(document.later),
        }
        lines.append(Line(_("Superseded"), words))
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
            kind=kinds.label_of(one.document.kind),
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
    return [_kept(kind) for kind in kinds.every()]


def _kept(kind: Kind) -> KeptKind:
    if kind.retention is Retention.FOR_GOOD:
        return KeptKind(kind.label, kind.retention.label, "", _("kept for good too"))
    since = _("the day its owner names") if kind.runs_from else _("the day of filing")
    if kind.retention is Retention.DRAFT:
        if not kind.runs_from:
            since = _("the day a later version is filed")
        return KeptKind(kind.label, kind.retention.label, since, _("30 days, as drafts too"))
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


def hold_lines(holds: Iterable[Hold]) -> list[HoldLine]:
    return [
        HoldLine(
            pk=hold.pk,
            reason=hold.reason,
            placed=_signed(hold.placed_by, hold.placed_at),
            lifted=_signed(hold.lifted_by, hold.lifted_at) if hold.lifted_at else "",
            lifted_because=hold.lifted_because,
        )
        for hold in holds
    ]


def _signed(person: object, at: object) -> str:
    said = {"day": short_day(localtime(at).date()), "person": person}  # type: ignore[arg-type]
    return _("%(day)s, by %(person)s") % said
