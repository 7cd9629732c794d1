"""Short ways to record what the tests of this app are about."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from charters.enums import HowDecided
from charters.models import Committee, Decision
from charters.services import record_decision
from committees import services
from committees.enums import DeterminationKind as Kind
from committees.enums import PaymentKind
from committees.models import CompanyPayment, Determination, Director
from committees.tests.factories import a_company, a_director, an_audit_committee
from records.enums import SystemActor
from records.models import LedgerEntry

NOW: dict[str, Any] = {
    "by": SystemActor.OPERATOR,
    "at": datetime(2026, 11, 20, 15, tzinfo=UTC),
}
MANAGEMENT = frozenset({Role.MANAGEMENT})
TODAY, TOMORROW = date(2026, 11, 20), date(2026, 11, 21)


def set_up() -> None:
    a_company()
    an_audit_committee()


def last_entry() -> LedgerEntry:
    return LedgerEntry.objects.order_by("sequence").last()


def refused(error: pytest.ExceptionInfo[ValidationError]) -> list[str]:
    return list(error.value.error_dict)


def paid(director: Director, amount: str = "150000", on: date = date(2025, 5, 1), **given: Any) -> CompanyPayment:  # fmt: skip
    return services.enter_fact(
        CompanyPayment(
            **({"director": director, "amount": amount, "on": on, "kind": PaymentKind.COMPENSATION} | given)
        ),
        **NOW,
    )  # fmt: skip


def determined(director: Director | None = None, kind: Kind = Kind.INDEPENDENT, on: date = TODAY, **given: Any) -> Determination:  # fmt: skip
    return services.determine(director or a_director(), kind, determined_on=on, **(NOW | given))


def decided(body: Committee | None, on: date = TODAY, **given: Any) -> Decision:
    terms = {"decided_on": on, "how": HowDecided.MEETING, "text": "RESOLVED."}
    return record_decision(body, **(terms | NOW | given))
