"""What the auditor's records show the charter, and what of them contradicts the record."""

from auditors.duties import communicated, evidence, occurrences, open_items
from charters.registry import (
    CONDITIONS,
    EVIDENCE,
    OCCURRENCES,
    OPEN_ITEMS,
    ConditionSource,
    EvidenceSource,
    OccurrenceSource,
    OpenItemSource,
)


def shows(name: str, load: evidence.Load, *keys: str) -> EvidenceSource:
    return EvidenceSource(f"auditors.{name}", load, frozenset(keys))


EVIDENCE.add_all(
    shows("appointments", evidence.appointments, "evaluate-auditor"),
    shows("ratifications", evidence.ratifications, "stockholder-ratification"),
    shows("engagement_fees", evidence.engagement_fees, "auditor-compensation"),
    shows("engagement_letters", evidence.engagement_letters, "engagement-letter"),
    shows("oversight", evidence.oversight, "oversee-audit-work"),
    shows("policies", evidence.policies, "pre-approval-policy"),
    shows("quality_reports", evidence.quality_reports, "quality-control-report"),
    shows("other_reports", evidence.other_reports, "other-auditor-reports"),
    shows("independence_letters", evidence.independence_letters, "independence-dialogue"),
    shows("audit_plans", evidence.audit_plans, "audit-plan"),
    shows("statements", evidence.statements, "annual-statements"),
    shows("communications", evidence.communications, "required-communications"),
    shows("recommendations", evidence.recommendations, "recommend-statements"),
    shows("committee_reports", evidence.committee_reports, "committee-report"),
    shows("finding_reviews", evidence.finding_reviews, "audit-findings"),
)
OCCURRENCES.add_all(
    OccurrenceSource(
        "auditors.audit_services", occurrences.audit_services, frozenset({"pre-approve-audit"})
    ),
    OccurrenceSource(
        "auditors.other_services",
        occurrences.other_services,
        frozenset({"pre-approve-non-audit"}),
    ),
    OccurrenceSource(
        "auditors.delegated", occurrences.delegated, frozenset({"delegated-approvals"})
    ),
    OccurrenceSource(
        "auditors.described", occurrences.described, frozenset({"tax-and-control-services"})
    ),
    OccurrenceSource(
        "auditors.exceptions", occurrences.excepted, frozenset({"act-on-independence"})
    ),
    OccurrenceSource(
        "auditors.remediation", occurrences.remediation, frozenset({"findings-follow-up"})
    ),
)
CONDITIONS.add(
    ConditionSource(
        "auditors.policy_in_force",
        "pre-approval-policy",
        evidence.policy_in_force,
        ahead=evidence.policy_lapse,
    )
)
OPEN_ITEMS.add_all(
    OpenItemSource("auditors.approved_late", open_items.approved_late),
    OpenItemSource("auditors.work_unapproved", open_items.work_unapproved),
    OpenItemSource("auditors.not_presented", open_items.not_presented),
    OpenItemSource("auditors.others_not_told", open_items.others_not_told),
    OpenItemSource("auditors.letter_undiscussed", open_items.letters_undiscussed),
    OpenItemSource("auditors.letter_after_acceptance", open_items.letters_after_acceptance),
    OpenItemSource("auditors.exception_undecided", open_items.exceptions_undecided),
    OpenItemSource("auditors.communication_late", communicated.communications_late),
    OpenItemSource("auditors.billed_above", open_items.billed_above),
    OpenItemSource("auditors.fee_unapproved", open_items.fees_unapproved),
    OpenItemSource("auditors.waivers_above", open_items.waivers_above_the_share),
    OpenItemSource("auditors.rotation", open_items.partners_barred),
)
