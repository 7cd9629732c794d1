"""A paper's PDF at upload: what cannot go into a pack, and what of it will not be seen there.

The original stays byte for byte; a refusal says what to do instead.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
    with pdf:
        if not len(pdf.pages):
            raise PaperRefusedError(_unreadable(name))
        if _is_xfa(pdf):
            raise PaperRefusedError(
                _("%(name)s is an Adobe XFA form. Print it to PDF and upload that copy.")
                % {"name": name}
            )
        return Inspection(len(pdf.pages), tuple(_notes(pdf, name)))


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
    if hidden := hidden_layers(pdf):
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


def hidden_layers(pdf: pikepdf.Pdf) -> list[str]:
    """The names of the layers that are switched off when the file is opened."""
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, pikepdf.Dictionary):
        return []
    off = properties.get("/D", pikepdf.Dictionary()).get("/OFF", pikepdf.Array())
    return [str(layer.get("/Name", "")) for layer in off if isinstance(layer, pikepdf.Dictionary)]


def _fields(pdf: pikepdf.Pdf) -> bool:
    form = pdf.Root.get("/AcroForm")
    return isinstance(form, pikepdf.Dictionary) and bool(form.get("/Fields"))
