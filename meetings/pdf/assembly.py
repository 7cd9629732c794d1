"""A pack as one PDF, assembled forward from what its reader may see; nothing is ever taken out of it.

The front matter comes first, then a tab for each item with papers. Pages are numbered by tab (4-3),
on the page and as page labels, so that they are the same for every reader.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Page, Pdf, String

# The address in the front matter that stands for a tab; it becomes a link within the pack.
TAB = "https://pack.invalid/tab/"
SIZE = 9
INSET, RISE = 30, 18
FONT = Name("/PackTabFont")
# Advance widths of Helvetica, in thousandths: digits and the hyphen.
DIGIT, HYPHEN = 556, 333
# What a paper carries beside its pages: it stays in the original.
PRIVATE = ("/AA", "/PieceInfo", "/Metadata", "/Thumb", "/Tabs", "/StructParents", "/B")


@dataclass(frozen=True)
class TabFile:
    """A paper of a tab: its title, and its file. Without content, `instead` is shown."""

    title: str
    content: bytes | None
    instead: bytes = b""


@dataclass(frozen=True)
class Tab:
    """An item with its papers; `number` is the item's, and the tab's."""

    number: int
    title: str
    files: tuple[TabFile, ...] = ()


@dataclass
class _Pack:
    pdf: Pdf
    labels: Array = field(default_factory=Array)
    layers: list[pikepdf.Object] = field(default_factory=list)
    off: list[pikepdf.Object] = field(default_factory=list)
    # By tab, the first page.
    starts: dict[int, int] = field(default_factory=dict)


def assemble(
    title: str,
    front: bytes,
    tabs: Sequence[Tab],
    *,
    contents: str = "Agenda",
    language: str = "en-US",
) -> bytes:
    """The pack's bytes: the same for the same arguments."""
    with pikepdf.new() as pdf:
        pack = _Pack(pdf)
        bookmarks = [OutlineItem(contents, 0), *_filled(pack, front, tabs)]
        _link(pack)
        _finish(pack, title, language)
        with pdf.open_outline() as outline:
            outline.root.extend(bookmarks)
        file = io.BytesIO()
        pdf.save(
            file,
            deterministic_id=True,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return file.getvalue()


def _filled(pack: _Pack, front: bytes, tabs: Sequence[Tab]) -> Iterator[OutlineItem]:
    _label(pack, 0, Dictionary(S=Name.r))
    with pikepdf.open(io.BytesIO(front)) as pages:
        pack.pdf.pages.extend(pages.pages)
    for tab in tabs:
        yield _bookmark(pack, tab)


def _label(pack: _Pack, start: int, style: Dictionary) -> None:
    pack.labels.append(start)
    pack.labels.append(style)


def _bookmark(pack: _Pack, tab: Tab) -> OutlineItem:
    start = len(pack.pdf.pages)
    papers = [_added(pack, tab, file) for file in tab.files]
    if not papers:
        # An item without papers, or one that is restricted: its line on the agenda.
        return OutlineItem(tab.title, 0)
    pack.starts[tab.number] = start
    _label(pack, start, Dictionary(S=Name.D, P=String(f"{tab.number}-"), St=1))
    for count, page in enumerate(pack.pdf.pages[start:], start=1):
        stamp(page, f"{tab.number}-{count}", pack.pdf)
    bookmark = OutlineItem(tab.title, start)
    bookmark.children.extend(papers)
    return bookmark


def _added(pack: _Pack, tab: Tab, file: TabFile) -> OutlineItem:
    start = len(pack.pdf.pages)
    with pikepdf.open(io.BytesIO(file.content or file.instead)) as source:
        _prepare(source)
        pack.pdf.pages.extend(source.pages)
        _keep_layers(pack, source)
    return OutlineItem(file.title, start)


def _prepare(source: Pdf) -> None:
    """Answers are drawn onto the page; scripts, actions and private data are left behind."""
    if "/AcroForm" in source.Root:
        if any(_is_undrawn(page) for page in source.pages):
            source.Root.AcroForm.NeedAppearances = True
            source.generate_appearance_streams()
        source.flatten_annotations("all")
    for page in source.pages:
        for key in PRIVATE:
            if key in page.obj:
                del page.obj[key]
        annotations = page.obj.get("/Annots")
        if annotations is not None:
            kept = [each for each in annotations if _is_harmless(each)]
            page.obj.Annots = Array(kept)


def _is_undrawn(page: Page) -> bool:
    """Whether a field's answer is there as a value only, for the viewer to draw."""
    return any(
        each.get("/Subtype") == Name.Widget and "/AP" not in each
        for each in page.obj.get("/Annots", Array())
    )


def _is_harmless(annotation: pikepdf.Object) -> bool:
    """No form field, no file, no script; a link may lead to the web and nowhere else."""
    if not isinstance(annotation, Dictionary) or "/AA" in annotation:
        return False
    kind = annotation.get("/Subtype")
    if kind in (Name.Widget, Name.FileAttachment, Name.Screen, Name.RichMedia, Name.Movie):
        return False
    action = annotation.get("/A")
    if kind == Name.Link:
        return isinstance(action, Dictionary) and action.get("/S") == Name.URI
    return action is None


def _keep_layers(pack: _Pack, source: Pdf) -> None:
    """A layer that is switched off in a paper stays so in the pack."""
    properties = source.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary):
        return
    pack.layers += [pack.pdf.copy_foreign(each) for each in properties.get("/OCGs", Array())]
    shown = properties.get("/D", Dictionary())
    pack.off += [pack.pdf.copy_foreign(each) for each in shown.get("/OFF", Array())]


def _link(pack: _Pack) -> None:
    """The agenda's links lead to their tabs; a link to a tab without pages is taken off."""
    for page in pack.pdf.pages:
        annotations = page.obj.get("/Annots")
        if annotations is None:
            continue
        for each in list(annotations):
            action = each.get("/A")
            address = str(action.get("/URI", "")) if isinstance(action, Dictionary) else ""
            if address.startswith(TAB):
                start = pack.starts.get(int(address.removeprefix(TAB)))
                del each["/A"]
                if start is not None:
                    each.Dest = Array([pack.pdf.pages[start].obj, Name.Fit])


def _finish(pack: _Pack, title: str, language: str) -> None:
    root = pack.pdf.Root
    root.PageLabels = Dictionary(Nums=pack.labels)
    root.Lang = String(language)
    root.PageMode = Name.UseOutlines
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pack.pdf.docinfo[Name.Title] = String(title)
    if pack.layers:
        root.OCProperties = Dictionary(
            OCGs=Array(pack.layers), D=Dictionary(OFF=Array(pack.off), Order=Array(pack.layers))
        )


def stamp(page: Page, label: str, pdf: Pdf) -> None:
    """Set the page's number at the lower right as it is seen, whatever its rotation and crop."""
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    width = sum(HYPHEN if sign == "-" else DIGIT for sign in label) * SIZE / 1000
    near, far = INSET, INSET + width
    turn = int(page.obj.get("/Rotate", 0) or 0) % 360
    matrix = {
        0: (1, 0, 0, 1, right - far, bottom + RISE),
        90: (0, 1, -1, 0, right - RISE, top - far),
        180: (-1, 0, 0, -1, left + far, top - RISE),
        270: (0, -1, 1, 0, left + RISE, bottom + far),
    }.get(turn, (1, 0, 0, 1, right - near, bottom + RISE))
    placed = " ".join(f"{number:.2f}" for number in matrix)
    text = f"\nQ q BT {FONT} {SIZE} Tf 0 g {placed} Tm ({label}) Tj ET Q\n"
    _give_font(page)
    page.contents_add(pdf.make_stream(b"q\n"), prepend=True)
    page.contents_add(pdf.make_stream(text.encode("ascii")))


def _give_font(page: Page) -> None:
    """The page's own resources, with one more font; another page may share them."""
    resources, fonts = Dictionary(), Dictionary()
    for key, value in page.resources.items():
        resources[key] = value
    for key, value in dict(resources.get("/Font", Dictionary())).items():
        fonts[key] = value
    fonts[FONT] = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name.Helvetica,
        Encoding=Name.WinAnsiEncoding,
    )
    resources.Font = fonts
    page.obj.Resources = resources
