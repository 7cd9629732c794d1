"""The committee's decision, added to a record that was made before it was known."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as lazy

from auditors.models.bases import Decided
from auditors.services.checks import gain
from charters.models import Decision
from records import ledger
from records.acts import act
from records.ledger import Actor

DECISION_ADDED = ledger.action("decision.added", lazy("added the decision on %(record)s"))


@act
def add_decision(row: Decided, *, decision: Decision, by: Actor, at: datetime) -> Decided:
    """Add the decision on which a record rests. This is done once."""
    found = type(row)._default_manager.select_for_update().get(pk=row.pk)
    gain(found, decision=decision)
    ledger.record(DECISION_ADDED, subject=found, by=by, at=at, decision=decision)
    return found
