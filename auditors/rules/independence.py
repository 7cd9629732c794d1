"""Whether a service or its fee would impair the auditor's independence (RULE-15).

Reg. S-X 2-01(c)(4), (5); PCAOB Rules 3521 to 3523. A ban reaches affiliates of the company and
does not depend on who pays.
"""

from __future__ import annotations

from dataclasses import dataclass

from auditors.enums import Beneficiary, FeeBasis, FeeCategory, Ground, Prohibition
from auditors.rules.catalogue import CITATIONS, Service
from auditors.rules.reasons import Reason, reason


@dataclass(frozen=True)
class Assessment:
    """`bars` refuse the service on every route; `notes` are said and bar nothing.

    `full_committee_only`: one of the five services for which a signed, reasoned conclusion that
    the results will not be audited is on file.
    """

    bars: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    full_committee_only: bool = False


def assess(
    service: Service | None,
    *,
    fee_basis: FeeBasis,
    beneficiary: Beneficiary,
    conclusion_on_file: bool = False,
) -> Assessment:
    """Assess a service; None is a service that the catalogue does not hold."""
    bars = [reason(Ground.CONTINGENT_FEE)] if fee_basis == FeeBasis.CONTINGENT else []
    notes = []
    if beneficiary == Beneficiary.BOARD_ONLY:
        notes.append(reason(Ground.BOARD_ROLE_ONLY))
    if service and _is_oversight_tax(service, beneficiary):
        bars.append(reason(Ground.OVERSIGHT_TAX))
    elif service and service.prohibition not in (None, Prohibition.OVERSIGHT_TAX):
        ruled = _prohibited(service, service.prohibition, conclusion_on_file)
        (notes if ruled.ground == Ground.CONCLUSION_ON_FILE else bars).append(ruled)
    concluded = any(note.ground == Ground.CONCLUSION_ON_FILE for note in notes)
    return Assessment(tuple(bars), tuple(notes), full_committee_only=concluded)


def _is_oversight_tax(service: Service, beneficiary: Beneficiary) -> bool:
    """PCAOB Rule 3523. Whom a service for persons concerns is said by the beneficiary."""
    if service.prohibition == Prohibition.OVERSIGHT_TAX:
        return beneficiary != Beneficiary.BOARD_ONLY
    return service.category == FeeCategory.TAX and beneficiary == Beneficiary.OVERSIGHT


def _prohibited(service: Service, prohibition: Prohibition, conclusion_on_file: bool) -> Reason:
    facts = {"service": service.name, "citation": CITATIONS[prohibition]}
    if not service.may_rest_on_conclusion:
        return Reason(Ground.SERVICE_PROHIBITED, facts)
    if conclusion_on_file:
        return Reason(Ground.CONCLUSION_ON_FILE, facts)
    return Reason(Ground.SERVICE_NEEDS_CONCLUSION, facts)
