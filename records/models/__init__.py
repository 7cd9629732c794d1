"""The records of this layer."""

from records.models.bases import Versioned
from records.models.company import (
    AnnualMeeting,
    Company,
    FilerStatus,
    FiscalYearEnd,
    Holiday,
    LateNotice,
)
from records.models.documents import DeletionPolicy, Document, LegalHold
from records.models.ledger import LedgerCheck, LedgerEntry, LedgerHead
from records.models.notices import Delivery, MailRhythm, Notice

__all__ = [
    "AnnualMeeting",
    "Company",
    "DeletionPolicy",
    "Delivery",
    "Document",
    "FilerStatus",
    "FiscalYearEnd",
    "Holiday",
    "LateNotice",
    "LedgerCheck",
    "LedgerEntry",
    "LedgerHead",
    "LegalHold",
    "MailRhythm",
    "Notice",
    "Versioned",
]
