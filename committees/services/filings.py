"""Filings that state a reliance on a cure period or a phase-in: recorded, corrected, withdrawn."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as lazy

from charters.models import Committee
from committees.enums import FilingForm
from committees.models import Filing
from committees.services.entries import corrected, put, refuse_twice, withdrawn
from records import ledger
from records.acts import act
from records.facts import Fact
from records.ledger import Actor

FILING_RECORDED = ledger.action("filing.recorded", lazy("recorded the filing: %(record)s"))
FILING_CORRECTED = ledger.action("filing.corrected", lazy("corrected the filing: %(record)s"))
FILING_WITHDRAWN = ledger.action("filing.withdrawn", lazy("withdrew the filing: %(record)s"))


@act
def record_filing(
    committee: Committee,
    *,
    form: FilingForm,
    filed_on: date,
    states_reliance: bool,
    by: Actor,
    at: datetime,
) -> Filing:
    """Record a filing, and whether it states the reliance (RULE-49). One that does not is a fact
    like another."""
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    filing = Filing(
        committee=committee, form=form, filed_on=filed_on, states_reliance=states_reliance
    )
    refuse_twice(filing)
    return put(filing, FILING_RECORDED, by=by, at=at, **_facts(filing))


@act
def correct_filing(filing: Filing, later: Filing, *, by: Actor, at: datetime) -> Filing:
    """Correct a filing by a later entry; the first one stays on record."""
    return corrected(filing, later, FILING_CORRECTED, by=by, at=at, **_facts(later))


@act
def withdraw_filing(filing: Filing, *, reason: str, by: Actor, at: datetime) -> Filing:
    """Withdraw a filing that was entered in error."""
    return withdrawn(filing, FILING_WITHDRAWN, reason=reason, by=by, at=at)


def _facts(filing: Filing) -> dict[str, Fact]:
    return {
        "form": FilingForm(filing.form),
        "filed_on": filing.filed_on,
        "states_reliance": filing.states_reliance,
    }
