"""How the acts of the project package read in the ledger."""

from charter_portal.documents import open_delegations, open_prepared, open_reports
from records.ledger_words import SUBJECTS, Subject

SUBJECTS.add_all(
    Subject("charter_portal.BoardReport", open_reports, title=str),
    Subject("charter_portal.PreparedReport", open_prepared, title=str),
    Subject(
        "charter_portal.ReleaseDelegation",
        open_delegations,
        title=str,
        related=("decision__body",),
    ),
)
