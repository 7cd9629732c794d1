"""A pack as one PDF, assembled forward from what its reader may see; nothing is ever taken out of it.

The front matter comes first, then a tab for each item with papers. Pages are numbered by tab (4-3),
on the page and as page labels, so that they are the same for every reader.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Page, Pdf, Stream, String

# The address in the front matter that stands for a tab; it becomes a link within the pack.
TAB = "https://pack.invalid/tab/"
SIZE = 9
INSET, RISE = 30, 18
FONT = Name("/PackTabFont")
# Advance widths of Helvetica, in thousandths: digits and the hyphen.
DIGIT, HYPHEN = 556, 333
# What of a paper's page is shown. Everything else stays in the original: actions, thumbnails, private
# data of the program that made it, files attached to the page.
OF_A_PAGE = frozenset(
    "/Type /Parent /MediaBox /CropBox /BleedBox /TrimBox /ArtBox /Rotate /UserUnit /Group /Resources "
    "/Contents /Annots".split()
)
# What may hang at any picture or form on a page, and is not shown.
PRIVATE = ("/PieceInfo", "/Metadata", "/AF", "/LastModified")
# Marks that a reader of the page sees. No field, file, film, sound, script or pending redaction.
MARKS = frozenset(
    "/Text /FreeText /Line /Square /Circle /Polygon /PolyLine /Highlight /Underline /Squiggly "
    "/StrikeOut /Stamp /Caret /Ink /Popup /Watermark".split()
)
# Flags of a mark that is not seen on a screen: invisible, hidden, no view.
UNSEEN = 0b100011
# What a file that contradicts itself leads to.
FAULTS = (ValueError, TypeError, AttributeError, KeyError, IndexError, RuntimeError)
WEB = ("https://", "http://", "mailto:")


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
    fronts: int = 0
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
    pack.fronts = len(pack.pdf.pages)
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
    hidden = {layer.objgen for layer in hidden_layers(source)}
    for page in source.pages:
        # Before they are drawn: what is not seen would be.
        _keep_marks(page, lambda mark: _is_seen(mark, hidden))
    if "/AcroForm" in source.Root:
        if any(_is_undrawn(page) for page in source.pages):
            source.Root.AcroForm.NeedAppearances = True
            source.generate_appearance_streams()
        source.flatten_annotations("screen")
    for page in source.pages:
        for key in set(page.obj.keys()) - OF_A_PAGE:
            del page.obj[key]
        _keep_marks(page, _is_harmless)
    for found in source.objects:
        if isinstance(found, Dictionary | Stream):
            for key in PRIVATE:
                if key in found:
                    del found[key]


def _keep_marks(page: Page, is_kept: Callable[[pikepdf.Object], bool]) -> None:
    found = page.obj.get("/Annots")
    if found is None:
        return
    every = list(found) if isinstance(found, Array) else []
    page.obj.Annots = Array(
        [each for each in every if isinstance(each, Dictionary) and is_kept(each)]
    )


def _is_seen(mark: pikepdf.Object, hidden: Collection[tuple[int, int]]) -> bool:
    """Whether a mark is seen on a screen: neither by a flag nor by a layer is it hidden."""
    if int(mark.get("/F", 0) or 0) & UNSEEN:
        return False
    layer = mark.get("/OC")
    if not isinstance(layer, Dictionary):
        return True
    inside = layer.get("/OCGs", layer)
    groups = list(inside) if isinstance(inside, Array) else [inside]
    return not any(isinstance(each, Dictionary) and each.objgen in hidden for each in groups)


def hidden_layers(pdf: Pdf) -> list[pikepdf.Object]:
    """The layers that are switched off when the file is opened on a screen."""
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary):
        return []
    every = [each for each in properties.get("/OCGs", Array()) if isinstance(each, Dictionary)]
    shown = properties.get("/D", Dictionary())
    on, off = (
        {each.objgen for each in shown.get(key, Array()) if isinstance(each, Dictionary)}
        for key in ("/ON", "/OFF")
    )
    is_off = shown.get("/BaseState") == Name.OFF
    return [
        each
        for each in every
        if each.objgen in off or (is_off and each.objgen not in on) or _is_off_on_screens(each)
    ]


def _is_off_on_screens(layer: pikepdf.Object) -> bool:
    """By its own usage: a layer for printing only, say."""
    usage = layer.get("/Usage")
    view = usage.get("/View") if isinstance(usage, Dictionary) else None
    return isinstance(view, Dictionary) and view.get("/ViewState") == Name.OFF


def _is_undrawn(page: Page) -> bool:
    """Whether a field's answer is there as a value only, for the viewer to draw."""
    return any(
        each.get("/Subtype") == Name.Widget and "/AP" not in each
        for each in page.obj.get("/Annots", Array())
        if isinstance(each, Dictionary)
    )


def _is_harmless(annotation: pikepdf.Object) -> bool:
    """A mark that is seen, without an action; a link leads to the web and nowhere else, and what was
    to follow it is taken off."""
    if "/AA" in annotation:
        return False
    action = annotation.get("/A")
    if annotation.get("/Subtype") != Name.Link:
        return action is None and str(annotation.get("/Subtype")) in MARKS
    if not isinstance(action, Dictionary) or action.get("/S") != Name.URI:
        return False
    address = str(action.get("/URI", ""))
    if not address.lower().startswith(WEB) or address.startswith(TAB):
        return False
    annotation.A = Dictionary(S=Name.URI, URI=String(address))
    return True


def _keep_layers(pack: _Pack, source: Pdf) -> None:
    """A layer that is switched off in a paper stays so in the pack."""
    properties = source.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary):
        return
    every = [each for each in properties.get("/OCGs", Array()) if isinstance(each, Dictionary)]
    pack.layers += [pack.pdf.copy_foreign(each) for each in every]
    pack.off += [pack.pdf.copy_foreign(each) for each in hidden_layers(source)]


def _link(pack: _Pack) -> None:
    """The agenda's links lead to their tabs; a link to a tab without pages is taken off."""
    for page in list(pack.pdf.pages)[: pack.fronts]:
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
        hidden = {each.objgen for each in pack.off}
        root.OCProperties = Dictionary(
            OCGs=Array(pack.layers),
            # Layers that are hidden are on no list in which a reader switches them on.
            D=Dictionary(
                OFF=Array(pack.off),
                Locked=Array(pack.off),
                Order=Array([each for each in pack.layers if each.objgen not in hidden]),
            ),
        )


def is_fit(content: bytes) -> bool:
    """Whether a paper can be bound into a pack."""
    front = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(front)
    try:
        assemble("", front.getvalue(), [Tab(1, "", (TabFile("", content),))])
    except (pikepdf.PdfError, *FAULTS):
        return False
    return True


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
