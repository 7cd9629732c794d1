"""A paper's PDF at upload: what cannot go into a pack, and what of it will not be seen there.

The original stays byte for byte; a refusal says what to do instead.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.pdf.assembly import hidden_layers, is_fit

COMMENTS = ("/Text", "/FreeText", "/Caret", "/Ink", "/Highlight", "/StrikeOut", "/Underline")
MEDIA = frozenset({"/Screen", "/RichMedia", "/Movie", "/Sound", "/3D"})
MAGIC = b"%PDF-"
# The header may stand behind some bytes of another program.
HEAD = 1024


class PaperRefusedError(ValueError):
    """The file cannot go into a pack. Its text is for the person who uploads it."""


@dataclass(frozen=True)
class Inspection:
    """What was found in a paper that can be used."""

    pages: int
    notes: tuple[str, ...] = ()


def inspect(content: bytes, name: str) -> Inspection:
    """Read a paper. Raises PaperRefusedError with a sentence that says what to do."""
    with _opened(content, name) as pdf:
        return Inspection(len(pdf.pages), (*_notes(pdf, name), *_notes_on_marks(pdf)))


def refuse_unreadable(content: bytes, name: str) -> None:
    """Raises PaperRefusedError for what cannot be read, or shows nothing."""
    _opened(content, name).close()


def _opened(content: bytes, name: str) -> pikepdf.Pdf:
    if MAGIC not in content[:HEAD]:
        raise PaperRefusedError(_unreadable(name))
    try:
        pdf = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError as refusal:
        raise PaperRefusedError(
            _("%(name)s needs a password. Upload a copy without one.") % {"name": name}
        ) from refusal
    except (pikepdf.PdfError, ValueError, RuntimeError) as refusal:
        raise PaperRefusedError(_unreadable(name)) from refusal
    if not len(pdf.pages):
        raise PaperRefusedError(_unreadable(name))
    if _is_xfa(pdf):
        raise PaperRefusedError(
            _("%(name)s is an Adobe XFA form. Print it to PDF and upload that copy.")
            % {"name": name}
        )
    return pdf


def refuse_unfit(content: bytes, name: str) -> None:
    """Refuse at upload what cannot be used, or bound into a pack. Raises PaperRefusedError."""
    refuse_unreadable(content, name)
    if not is_fit(content):
        raise PaperRefusedError(_unreadable(name))


def _unreadable(name: str) -> str:
    return _("%(name)s could not be read as a PDF. Export it again.") % {"name": name}


def _is_xfa(pdf: pikepdf.Pdf) -> bool:
    form = pdf.Root.get("/AcroForm")
    return isinstance(form, pikepdf.Dictionary) and "/XFA" in form


def _notes(pdf: pikepdf.Pdf, name: str) -> Iterator[str]:
    if pdf.is_encrypted:
        yield _("The print and copy limits of %(name)s do not apply in the pack.") % {"name": name}
    if pdf.get_warnings():
        yield _("%(name)s was repaired. Check its pages.") % {"name": name}
    if hidden := [str(layer.get("/Name", "")) for layer in hidden_layers(pdf)]:
        yield ngettext(
            "This PDF has %(count)s hidden layer: %(names)s. Upload a copy without it, or keep it "
            "hidden.",
            "This PDF has %(count)s hidden layers: %(names)s. Upload a copy without them, or keep "
            "them hidden.",
            len(hidden),
        ) % {"count": len(hidden), "names": ", ".join(hidden)}
    for attached in pdf.attachments:
        yield _(
            "%(file)s inside this PDF is not in the pack. Attach it to the item to share it."
        ) % {"file": attached}
    if _fields(pdf):
        yield _("Form fields are fixed in the pack: their answers can be read and not changed.")
    if _is_signed(pdf):
        yield _("The digital signature is not in the pack. The original keeps it.")


def _notes_on_marks(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What of comments, files, films and scripts on its pages is in the pack, and what is not."""
    kinds = Counter(_kinds(pdf))
    if count := kinds["/FileAttachment"]:
        yield ngettext(
            "%(count)s file attached to a page of this PDF is not in the pack. Attach it to the item "
            "to share it.",
            "%(count)s files attached to pages of this PDF are not in the pack. Attach them to the "
            "item to share them.",
            count,
        ) % {"count": count}
    if count := sum(kinds[kind] for kind in COMMENTS):
        yield ngettext(
            "This PDF has %(count)s comment. Readers of the pack see it.",
            "This PDF has %(count)s comments. Readers of the pack see them.",
            count,
        ) % {"count": count}
    if kinds["/Redact"]:
        yield _(
            "Text is marked for redaction and was not removed: it can be read. Apply the redactions "
            "and upload that copy."
        )
    if kinds.keys() & MEDIA or _has_scripts(pdf):
        yield _("Scripts, sound and film of this PDF are not in the pack.")


def _kinds(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The kinds of the marks on its pages."""
    for page in pdf.pages:
        found = page.obj.get("/Annots")
        for each in found if isinstance(found, pikepdf.Array) else ():
            if isinstance(each, pikepdf.Dictionary):
                yield str(each.get("/Subtype", ""))


def _has_scripts(pdf: pikepdf.Pdf) -> bool:
    names = pdf.Root.get("/Names")
    named = isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names
    return named or any(_acts(each) for each in pdf.objects)


def _acts(found: object) -> bool:
    """Whether an object, or what is written within it, starts a script or a program."""
    if isinstance(found, pikepdf.Dictionary):
        if found.get("/S") in (pikepdf.Name.JavaScript, pikepdf.Name.Launch):
            return True
        return any(_acts(each) for each in dict(found).values() if _is_within(each))
    if isinstance(found, pikepdf.Array):
        return any(_acts(each) for each in list(found) if _is_within(each))
    return False


def _is_within(found: object) -> bool:
    return isinstance(found, pikepdf.Object) and not found.is_indirect


def _is_signed(pdf: pikepdf.Pdf) -> bool:
    form = pdf.Root.get("/AcroForm")
    return isinstance(form, pikepdf.Dictionary) and bool(int(form.get("/SigFlags", 0) or 0) & 1)


def _fields(pdf: pikepdf.Pdf) -> bool:
    form = pdf.Root.get("/AcroForm")
    return isinstance(form, pikepdf.Dictionary) and bool(form.get("/Fields"))
