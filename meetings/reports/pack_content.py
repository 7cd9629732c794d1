"""What a pack says to one reader, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from meetings.models import Meeting
from meetings.pdf.assembly import TAB
from meetings.pdf.inspection import PaperRefusedError, refuse_unreadable
from records import store
from records.models import Document


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
            refuse_unreadable(content, self.document.file_name)
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
    # How it left the agenda, where it did.
    left: str = ""

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
    # Of the version that was sent before: its number, and what changed since; None for the first.
    since: int | None = None
    changes: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        kind = "draft" if self.is_draft else "pack"
        return f"{kind}-{self.meeting.on.isoformat()}.pdf"
