"""A pack as one reader may see it: cover, agenda and papers, assembled from what is open to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from meetings.enums import ItemKind, Removal
from meetings.models import AgendaItem, Meeting, Pack
from meetings.pdf.assembly import Tab, TabFile, assemble
from meetings.reports.pack_changes import changes
from meetings.reports.pack_content import PackContent, PackFile, PackLine
from meetings.reports.words import when_words
from records import pdf
from records.clock import day_of
from records.dates import long_day, written_for
from records.models import Company


def sent(pack: Pack, reader: User, on: date) -> PackContent:
    """A version as it was sent, less what is restricted from the reader today, with what changed
    since the version before."""
    earlier = pack.meeting.packs.filter(version__lt=pack.version).order_by("version").last()
    return _compared(_sent(pack, reader, on), earlier, reader, on)


def _compared(now: PackContent, earlier: Pack | None, reader: User, on: date) -> PackContent:
    if earlier is None:
        return now
    found = changes(_sent(earlier, reader, on), now)
    return replace(now, since=earlier.version, changes=tuple(found))


def _sent(pack: Pack, reader: User, on: date) -> PackContent:
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
            _left(row.removal),
        )
        for row in rows
    )
    said = {"number": pack.version, "day": long_day(day_of(pack.recorded_at))}
    version = _("Version %(number)s, %(day)s") % said
    return _content(pack.meeting, version, lines, is_draft=False)


def draft(meeting: Meeting, reader: User, on: date) -> PackContent:
    """The agenda and its papers as they are now, less what is restricted from the reader, with what
    changed since they were last sent."""
    last = meeting.packs.order_by("version").last()
    return _compared(_draft(meeting, reader, on), last, reader, on)


def _draft(meeting: Meeting, reader: User, on: date) -> PackContent:
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
            _left(item.removal),
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


def _left(removal: str) -> str:
    """How an item left the agenda: Withdrawn."""
    return str(Removal(removal).label).capitalize() if removal else ""


def _details(row: object) -> Iterator[str]:
    """Of an item, or of an item as it was sent: the ask and the recommendation first."""
    if left := _left(getattr(row, "removal", "")):
        yield left
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
