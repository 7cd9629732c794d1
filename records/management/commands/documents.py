"""Compare the documents on record with the files that are stored."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from records import document_kinds, document_rows, filed, texts
from records.models import Document
from records.services import deletions


class Command(BaseCommand):
    help = (
        "Compare every document with its file, and documents and the texts of records with the "
        "ledger. Exits with 1 if a file is missing or was changed, or if a document or text is not "
        "the one that was recorded, and names the document or record. Files without a document are "
        "named too. The nightly task removes them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--kinds",
            action="store_true",
            help="print the retention periods as the table in docs/documents.md",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["kinds"]:
            self.stdout.write(as_markdown())
            return
        lost = [document for document in Document.objects.kept() if filed.is_lost(document)]
        contradicted, changed = filed.contradictions(), texts.changed()
        for document in lost:
            self.stdout.write(f"Document {document.pk}: {document.sha256} is missing or changed.")
        for subject in contradicted:
            self.stdout.write(f"{subject} is not what the ledger says was filed.")
        for subject in sorted({*changed} - {*contradicted}):
            self.stdout.write(f"{subject} has a text other than the one that was recorded.")
        for sha256 in deletions.unclaimed():
            self.stdout.write(f"{sha256} belongs to no document.")
        if lost or contradicted or changed:
            raise SystemExit(1)
        count = Document.objects.kept().count()
        self.stdout.write(f"Files as filed: {count}. The texts of all records are as recorded.")


def as_markdown() -> str:
    """The register of kinds, each with its retention."""
    rows = [
        [f"`{kind.name}`", str(row.label), str(row.kept), row.since or "–", row.earlier]
        for kind, row in zip(document_kinds.DOCUMENT_KINDS, document_rows.kept_kinds(), strict=True)
    ]
    head = ["Kind", "What it is", "Kept", "From", "Earlier versions"]
    lines = [head, ["---"] * len(head), *sorted(rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
