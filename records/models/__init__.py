"""The records of the ground floor."""

from records.models.company import AnnualMeeting, Company, FilerStatus, FiscalYearEnd, Holiday
from records.models.documents import Document
from records.models.ledger import LedgerCheck, LedgerEntry, LedgerHead

__all__ = [
    "AnnualMeeting",
    "Company",
    "Document",
    "FilerStatus",
    "FiscalYearEnd",
    "Holiday",
    "LedgerCheck",
    "LedgerEntry",
    "LedgerHead",
]
