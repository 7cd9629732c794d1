"""Which firms audit the company on a date, for the committee's choice of advisers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from auditors.models import Engagement
from committees.registry import AUDIT_FIRMS, AuditFirms


def auditing(day: date) -> Iterable[str]:
    rows = Engagement.objects.of_auditors().open(day)
    return rows.values_list("firm__name", flat=True).distinct()


AUDIT_FIRMS.add(AuditFirms("auditors.firms", auditing))
