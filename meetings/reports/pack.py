"""A pack as one reader may see it: cover, agenda and papers, assembled from what is open to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from meetings.enums import ItemKind, Removal
from meetings.models import AgendaItem, Meeting, Pack
from meetings.pdf.assembly import TAB, Tab, TabFile, assemble
from meetings.pdf.inspection import PaperRefusedError, inspect
from meetings.reports.words import when_words
from records import pdf, store
from records.clock import day_of
from records.dates import long_day, written_for
from records.models import Company, Document


@dataclass(frozen=True)
class PackFile:
    """A paper, and the file it was when the pack was sent."""

    title: str
    document: Document

    @property
    def content(self) -> bytes | None:
        """Its bytes, where they are there and can be read as a PDF."""
        if self.document.is_deleted:
            return None
        try:
            with store.fetch(self.document.sha256) as stored:
                content = stored.read()
            inspect(content, self.document.file_name)
        except (store.BytesLostError, PaperRefusedError):
            return None
        return content


@dataclass(frozen=True)
class PackLine:
    """A line of the agenda in a pack."""

    number: int
    title: str
    details: tuple[str, ...] = ()
    minutes: int | None = None
    files: tuple[PackFile, ...] = ()

    @property
    def url(self) -> str:
        """The tab, where there is one."""
        return f"{TAB}{self.number}" if self.files else ""


@dataclass(frozen=True)
class PackContent:
    """Everything that the file says. The title and the file's name are the same for every reader."""

    meeting: Meeting
    title: str
    when: str
    version: str
    lines: tuple[PackLine, ...]
    is_draft: bool = False

    @property
    def file_name(self) -> str:
        kind = "draft" if self.is_draft else "pack"
        return f"{kind}-{self.meeting.on.isoformat()}.pdf"


def sent(pack: Pack, reader: User, on: date) -> PackContent:
    """A version as it was sent, less what is restricted from the reader today."""
    rows = pack.items.select_related("item").prefetch_related("papers__document")
    lines = (
        _restricted(row.number)
        if row.item.restriction.bars(reader, on=on)
        else PackLine(
            row.number,
            row.title,
            tuple(_details(row)),
            row.minutes,
            tuple(PackFile(each.title, each.document) for each in row.papers.all()),
        )
        for row in rows
    )
    said = {"number": pack.version, "day": long_day(day_of(pack.recorded_at))}
    version = _("Version %(number)s, %(day)s") % said
    return _content(pack.meeting, version, lines, is_draft=False)


def draft(meeting: Meeting, reader: User, on: date) -> PackContent:
    """The agenda and its papers as they are now, less what is restricted from the reader."""
    items = meeting.items.order_by("place", "pk").prefetch_related("papers__document")
    standing = [item for item in items if item.is_standing or item.number is not None]
    lines = (
        _restricted(number)
        if item.restriction.bars(reader, on=on)
        else PackLine(
            number,
            item.title,
            tuple(_details(item)),
            item.minutes,
            tuple(
                PackFile(each.title, each.document)
                for each in item.papers.all()
                if each.removed_on is None
            ),
        )
        for number, item in _numbered(standing)
    )
    said = {"day": long_day(on)}
    return _content(meeting, _("Draft of %(day)s, not sent") % said, lines, is_draft=True)


def _numbered(items: Iterable[AgendaItem]) -> Iterator[tuple[int, AgendaItem]]:
    for place, item in enumerate(items, start=1):
        yield item.number or place, item


def _content(
    meeting: Meeting, version: str, lines: Iterable[PackLine], *, is_draft: bool
) -> PackContent:
    return PackContent(meeting, str(meeting), when_words(meeting), version, tuple(lines), is_draft)


def _restricted(number: int) -> PackLine:
    return PackLine(number, _("Restricted item"))


def _details(row: object) -> Iterator[str]:
    """Of an item, or of an item as it was sent: the ask and the recommendation first."""
    if removal := getattr(row, "removal", ""):
        yield str(Removal(removal).label).capitalize()
        return
    if ask := getattr(row, "ask", ""):
        yield ask
    if recommendation := getattr(row, "recommendation", ""):
        yield _("Recommendation: %(text)s") % {"text": recommendation}
    kind = str(ItemKind(getattr(row, "kind", "")).label)
    if getattr(row, "in_consent_group", False):
        kind = _("%(kind)s, for consent without discussion") % {"kind": kind}
    presenter = getattr(row, "presenter", "")
    yield f"{kind}, {presenter}" if presenter else kind


def pack_pdf(content: PackContent, company: Company) -> bytes:
    """The pack as one PDF. Raises PdfUnavailable where PDFs are off."""
    with written_for(company):
        tabs = [_tab(line, company) for line in content.lines]
        front = pdf.render(front_html(content, company))
        return assemble(content.title, front, tabs, contents=_("Agenda"), language=company.locale)


def front_html(content: PackContent, company: Company) -> str:
    """Cover and agenda."""
    context = {"pack": content, "company": company}
    return render_to_string("reports/pack.html", context)


def _tab(line: PackLine, company: Company) -> Tab:
    files = tuple(_file(each, company) for each in line.files)
    return Tab(line.number, f"{line.number}. {line.title}", files)


def _file(file: PackFile, company: Company) -> TabFile:
    content = file.content
    instead = b"" if content else pdf.render(missing_html(file, company))
    return TabFile(file.title, content, instead)


def missing_html(file: PackFile, company: Company) -> str:
    """The page that stands for a paper that cannot be read."""
    context = {"title": file.title, "company": company}
    return render_to_string("reports/pack_missing.html", context)


def missing(content: PackContent) -> list[str]:
    """The papers that cannot be read, by their titles."""
    return [file.title for line in content.lines for file in line.files if file.content is None]


def count_words(content: PackContent) -> str:
    """3 items, 2 papers."""
    items, papers = len(content.lines), sum(len(line.files) for line in content.lines)
    return ", ".join(
        (
            ngettext("%(count)s item", "%(count)s items", items) % {"count": items},
            ngettext("%(count)s paper", "%(count)s papers", papers) % {"count": papers},
        )
    )
