"""The records of the ground floor."""

from records.models.company import AnnualMeeting, Company, FilerStatus, FiscalYearEnd, Holiday
from records.models.documents import Document, Hold, PurgePolicy
from records.models.ledger import LedgerCheck, LedgerEntry, LedgerHead
from records.models.notices import Delivery, MailRhythm, Notice

__all__ = [
    "AnnualMeeting",
    "Company",
    "Delivery",
    "Document",
    "FilerStatus",
    "FiscalYearEnd",
    "Hold",
    "Holiday",
    "LedgerCheck",
    "LedgerEntry",
    "LedgerHead",
    "MailRhythm",
    "Notice",
    "PurgePolicy",
]
