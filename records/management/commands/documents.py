"""Compare the documents on record with the files that are stored."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from records import kinds, papers, store
from records.models import Document
from records.services import purges


class Command(BaseCommand):
    help = (
        "Compare every document with its file. Exits with 1 if a file is missing or was changed, "
        "naming the document. Files that no document counts on are named too; the nightly sweep "
        "takes them away."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--kinds",
            action="store_true",
            help="print what is kept how long, as the table that docs/documents.md holds",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["kinds"]:
            self.stdout.write(as_markdown())
            return
        lost = [document for document in Document.objects.kept() if is_lost(document)]
        for document in lost:
            self.stdout.write(f"Document {document.pk}: {document.sha256} is missing or changed.")
        for sha256 in purges.unclaimed():
            self.stdout.write(f"{sha256} belongs to no document.")
        if lost:
            raise SystemExit(1)
        self.stdout.write(f"All {Document.objects.kept().count()} files are what was filed.")


def is_lost(document: Document) -> bool:
    try:
        store.fetch(document.sha256).close()
    except store.BytesLostError:
        return True
    return False


def as_markdown() -> str:
    """The register of kinds, each with its retention."""
    rows = [
        [f"`{kind.name}`", str(row.label), str(row.kept), row.since or "–", row.earlier]
        for kind, row in zip(kinds.every(), papers.kept_kinds(), strict=True)
    ]
    head = ["Kind", "What it is", "Kept", "From", "Earlier versions"]
    lines = [head, ["---"] * len(head), *sorted(rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
