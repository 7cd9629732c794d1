"""It knows of no firm that audits the company."""

from committees.registry import AUDIT_FIRMS, AuditFirms

AUDIT_FIRMS.add(AuditFirms("letters.none", lambda day: ()))
