"""Firms, services, approvals, fees, letters, findings and the committee report."""

from auditors.models.corrections import DateCorrection
from auditors.models.fees import FeeLine, IssuedAmount, IssuedDescription, IssuedFeeTable
from auditors.models.findings import (
    Finding,
    FindingClosure,
    FindingReview,
    Rating,
    RemediationPlan,
    RemediationStep,
)
from auditors.models.firms import (
    Engagement,
    EngagementFee,
    Firm,
    FirmAssertion,
    Partner,
    PartnerYear,
    Ratification,
    Recipient,
)
from auditors.models.letters import Discussion, ExceptionDecision, Letter, LetterException
from auditors.models.policy import Delegate, Delegation, Policy, PolicyLine, PolicyReview
from auditors.models.reports import AnnualReview, CommitteeReport, ReportName
from auditors.models.requests import Approval, Presentation, ServiceRequest

__all__ = [
    "AnnualReview",
    "Approval",
    "CommitteeReport",
    "DateCorrection",
    "Delegate",
    "Delegation",
    "Discussion",
    "Engagement",
    "EngagementFee",
    "ExceptionDecision",
    "FeeLine",
    "Finding",
    "FindingClosure",
    "FindingReview",
    "Firm",
    "FirmAssertion",
    "IssuedAmount",
    "IssuedDescription",
    "IssuedFeeTable",
    "Letter",
    "LetterException",
    "Partner",
    "PartnerYear",
    "Policy",
    "PolicyLine",
    "PolicyReview",
    "Presentation",
    "Ratification",
    "Rating",
    "Recipient",
    "RemediationPlan",
    "RemediationStep",
    "ReportName",
    "ServiceRequest",
]
