"""The words of firms, services, approvals, fees, independence and findings."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeeCategory(models.TextChoices):
    """The four lines of the proxy's fee table (Schedule 14A Item 9(e)(1)-(4))."""

    AUDIT = "audit", _("Audit fees")
    AUDIT_RELATED = "audit_related", _("Audit-related fees")
    TAX = "tax", _("Tax fees")
    ALL_OTHER = "all_other", _("All other fees")


class TaxKind(models.TextChoices):
    """How a proxy adviser counts a tax fee. Without a split it counts wholly as other."""

    COMPLIANCE = "compliance", _("Compliance and preparation")
    ADVICE = "advice", _("Advice")
    UNKNOWN = "unknown", _("Not split")


class Prohibition(models.TextChoices):
    """Why the auditor may not give a service: the paragraphs of Reg. S-X 2-01(c)(4), then PCAOB."""

    BOOKKEEPING = "bookkeeping", _("Bookkeeping")
    INFORMATION_SYSTEMS = "information_systems", _("Financial information systems")
    VALUATION = "valuation", _("Appraisal, valuation and fairness opinions")
    ACTUARIAL = "actuarial", _("Actuarial services")
    INTERNAL_AUDIT = "internal_audit", _("Internal audit outsourcing")
    MANAGEMENT = "management", _("Management functions")
    HUMAN_RESOURCES = "human_resources", _("Human resources")
    BROKER_DEALER = "broker_dealer", _("Broker-dealer, adviser and investment banking services")
    LEGAL = "legal", _("Legal services")
    EXPERT = "expert", _("Expert services unrelated to the audit")
    AGGRESSIVE_TAX = "aggressive_tax", _("Aggressive or confidential tax transactions")
    OVERSIGHT_TAX = "oversight_tax", _("Tax services for persons in an oversight role")


class FeeBasis(models.TextChoices):
    FIXED = "fixed", _("Fixed fee")
    HOURLY = "hourly", _("Hours at agreed rates")
    CONTINGENT = "contingent", _("Depends on a result")


class Beneficiary(models.TextChoices):
    """For whom the service is done."""

    COMPANY = "company", _("The company or one of its entities")
    OVERSIGHT = "oversight", _("A person in a financial reporting oversight role, or close family")
    BOARD_ONLY = "board_only", _("A director whose only oversight role is a seat on the Board")
    EMPLOYEE = "employee", _("Another employee")


class Route(models.TextChoices):
    """The ways to approve a service in advance (Reg. S-X 2-01(c)(7)(i)(A), (B); 10A(i)(3))."""

    COMMITTEE = "committee", _("Specific approval by the committee")
    POLICY = "policy", _("A line of the pre-approval policy")
    DELEGATE = "delegate", _("A delegate of the committee")


class Basis(models.TextChoices):
    """On what an approval rests. The last is the waiver of Reg. S-X 2-01(c)(7)(i)(C)."""

    COMMITTEE = "committee", _("Specific approval by the committee")
    POLICY = "policy", _("Use of a policy line")
    DELEGATE = "delegate", _("Decision of a delegate")
    WAIVER = "waiver", _("De minimis waiver")


class RequestState(models.TextChoices):
    ASKED = "asked", _("Asked")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class FirmRole(models.TextChoices):
    """What a firm does for the company."""

    AUDITOR = "auditor", _("Independent auditor")
    PREDECESSOR = "predecessor", _("Predecessor auditor")
    COMPONENT = "component", _("Auditor of a subsidiary or a plan")
    TESTER = "tester", _("Outsourced tester of controls")


class EngagementEnd(models.TextChoices):
    """How an engagement ended; one stored value, used by every page (Reg. S-K 304(a)(1)(i))."""

    RESIGNED = "resigned", _("Resigned")
    DECLINED = "declined", _("Declined to stand for re-appointment")
    DISMISSED = "dismissed", _("Dismissed")
    NOT_REAPPOINTED = "not_reappointed", _("Not re-appointed")
    MERGER = "merger", _("Succeeded by merger")


class PartnerRole(models.TextChoices):
    """A partner's role in one audit."""

    LEAD = "lead", _("Lead partner")
    REVIEWER = "reviewer", _("Engagement quality reviewer")
    RELATIONSHIP = "relationship", _("Relationship partner")
    SUBSIDIARY_LEAD = "subsidiary_lead", _("Lead partner of a subsidiary")
    OTHER = "other", _("Other partner")


class RecipientKind(models.TextChoices):
    """Who receives a service. Fees of what is not consolidated stand below the fee table."""

    COMPANY = "company", _("The company")
    SUBSIDIARY = "subsidiary", _("Consolidated subsidiary")
    PLAN = "plan", _("Employee benefit plan")
    UNCONSOLIDATED = "unconsolidated", _("Affiliate that is not consolidated")


class Payer(models.TextChoices):
    COMPANY = "company", _("The company")
    SUBSIDIARY = "subsidiary", _("A subsidiary")
    PLAN = "plan", _("The plan")
    THIRD_PARTY = "third_party", _("A third party")


class ApprovingBody(models.TextChoices):
    """Who approved a fee. Approvals of another body are noted and raise no open item."""

    COMMITTEE = "committee", _("The audit committee")
    SUBSIDIARY_COMMITTEE = "subsidiary_committee", _("The audit committee of a subsidiary")
    FORMER_PARENT = "former_parent", _("The audit committee of the former parent")


class FeeStatus(models.TextChoices):
    ESTIMATED = "estimated", _("Expected, not yet billed")
    BILLED = "billed", _("Billed")


class LetterKind(models.TextChoices):
    """What the auditor sends and the secretary receives."""

    INDEPENDENCE = "independence", _("Independence letter (PCAOB Rule 3526)")
    QUALITY = "quality", _("Report on the firm's quality control")
    PLAN = "plan", _("Audit plan")
    PLAN_CHANGE = "plan_change", _("Change to the audit plan")
    COMMUNICATION = "communication", _("Required communication")
    DESCRIPTION = "description", _("Description of a service (PCAOB Rules 3524, 3525)")
    OTHER = "other", _("Other report of the firm")


class Precedes(models.TextChoices):
    """Before what a communication must be made."""

    AUDIT_REPORT = "audit_report", _("before the auditor's report is issued")
    FILING = "filing", _("before the annual report is filed")


class Severity(models.TextChoices):
    """Under evaluation until management's dated conclusion (Reg. S-X 1-02(a)(4), AS 1305)."""

    UNDER_EVALUATION = "under_evaluation", _("Under evaluation")
    DEFICIENCY = "deficiency", _("Control deficiency")
    SIGNIFICANT = "significant", _("Significant deficiency")
    MATERIAL = "material", _("Material weakness")


class FindingSource(models.TextChoices):
    AUDITOR = "auditor", _("Independent auditor")
    INTERNAL_AUDIT = "internal_audit", _("Internal auditor or outsourced tester")
    MANAGEMENT = "management", _("Management")
    OTHER = "other", _("Another source")


class FindingStage(models.TextChoices):
    """How far the remediation of a finding has come, from its dated facts."""

    TOLD = "told", _("Reported")
    PLANNED = "planned", _("Plan on file")
    DESIGNED = "designed", _("Control designed")
    OPERATING = "operating", _("Control operating")
    TESTED = "tested", _("Tested")
    CONCLUDED = "concluded", _("Management concluded")
    CLOSED = "closed", _("Closed by the committee")


class Step(models.TextChoices):
    """The four dated steps of remediation."""

    DESIGNED = "designed", _("Control designed")
    OPERATING = "operating", _("Operating since")
    TESTED = "tested", _("Tested")
    CONCLUDED = "concluded", _("Management concluded that it is remediated")


class ReportStatement(models.TextChoices):
    """The four statements of the committee report (Reg. S-K 407(d)(3)(i)(A)-(D))."""

    REVIEWED = "reviewed", _("Reviewed and discussed the audited statements with management")
    DISCUSSED = "discussed", _("Discussed with the auditor what the PCAOB and the SEC require")
    INDEPENDENCE = "independence", _("Received the independence letter and discussed it")
    RECOMMENDED = "recommended", _("Recommended the statements for the annual report")


class Timing(models.TextChoices):
    """How a date relates to the date it had to precede."""

    ON_TIME = "on_time", _("on time")
    SAME_DATE = "same_date", _("same date")
    LATE = "late", _("late")
    STALE = "stale", _("after the approval lapsed")
    NOTED = "noted", _("noted")
    DUE = "due", _("due")
    NOT_ON_FILE = "not_on_file", _("not on file")


class Ground(models.TextChoices):
    """Why a ruling is what it is. auditors.sentences turns each into a sentence."""

    # The service itself
    SERVICE_PROHIBITED = "service_prohibited"
    SERVICE_NEEDS_CONCLUSION = "service_needs_conclusion"
    CONCLUSION_ON_FILE = "conclusion_on_file"
    CONTINGENT_FEE = "contingent_fee"
    OVERSIGHT_TAX = "oversight_tax"
    BOARD_ROLE_ONLY = "board_role_only"
    NOT_BEGUN = "not_begun"
    ALREADY_BEGUN = "already_begun"
    TOO_EARLY = "too_early"
    DESCRIPTION_ASKED = "description_asked"
    NO_DESCRIPTION = "no_description"
    DESCRIPTION_NOT_DISCUSSED = "description_not_discussed"
    DESCRIPTION_DISCUSSED = "description_discussed"
    DESCRIPTION_AFTER_APPROVAL = "description_after_approval"
    # Routes
    COMMITTEE_DECIDES = "committee_decides"
    FULL_COMMITTEE_ONLY = "full_committee_only"
    SPECIFIC_ONLY = "specific_only"
    NOT_IN_CATALOGUE = "not_in_catalogue"
    CATEGORY_CLOSED = "category_closed"
    PERSON_CLOSED = "person_closed"
    NO_LINE = "no_line"
    OUTSIDE_PERIOD = "outside_period"
    RECIPIENT_OUTSIDE_LINE = "recipient_outside_line"
    OVER_ENGAGEMENT_CAP = "over_engagement_cap"
    OVER_PERIOD_CAP = "over_period_cap"
    WITHIN_CAP = "within_cap"
    NOT_A_LINE_USER = "not_a_line_user"
    RATE_MISSING = "rate_missing"
    NO_DELEGATION = "no_delegation"
    KIND_NOT_DELEGATED = "kind_not_delegated"
    INTERNAL_CONTROL_NOT_DELEGATED = "internal_control_not_delegated"
    OVER_DELEGATE_LIMIT = "over_delegate_limit"
    OVER_DELEGATE_TOTAL = "over_delegate_total"
    NO_DELEGATE_IN_OFFICE = "no_delegate_in_office"
    WAIVER_DELEGATED_ONLY = "waiver_delegated_only"
    DELEGATE_ASKED = "delegate_asked"
    DELEGATE_CONCERNED = "delegate_concerned"
    DELEGATE_DECIDES = "delegate_decides"
    DELEGATE_IF_UNAVAILABLE = "delegate_if_unavailable"
    # Adopting a policy line or a delegation
    LINE_NAMES_NO_SERVICE = "line_names_no_service"
    LINE_HAS_BLANK = "line_has_blank"
    LINE_SERVICE_PROHIBITED = "line_service_prohibited"
    LINE_SPECIFIC_ONLY = "line_specific_only"
    LINE_CAP_MISSING = "line_cap_missing"
    LINE_PERIOD_REVERSED = "line_period_reversed"
    DELEGATE_NOT_MEMBER = "delegate_not_member"
    DELEGATE_NOT_INDEPENDENT = "delegate_not_independent"
    DELEGATE_IS_OFFICER = "delegate_is_officer"
    DELEGATES_MISSING = "delegates_missing"
    # Order in time
    APPROVED_IN_ADVANCE = "approved_in_advance"
    APPROVED_SAME_DATE = "approved_same_date"
    APPROVED_LATE = "approved_late"
    APPROVAL_LAPSED = "approval_lapsed"
    APPROVED_BY_ANOTHER_BODY = "approved_by_another_body"
    APPROVED_BEFORE_RECORDS = "approved_before_records"
    FEE_WITHOUT_APPROVAL = "fee_without_approval"
    # De minimis
    WAIVER_AVAILABLE = "waiver_available"
    WAIVER_PROVISIONAL = "waiver_provisional"
    WAIVER_AUDIT_SERVICE = "waiver_audit_service"
    WAIVER_RECOGNIZED = "waiver_recognized"
    WAIVER_NOT_PROMPT = "waiver_not_prompt"
    WAIVER_OVER_SHARE = "waiver_over_share"
    WAIVER_OVER_SHARE_ON_RECORD = "waiver_over_share_on_record"
    WAIVER_AFTER_AUDIT = "waiver_after_audit"
    WAIVER_CLOSED_BY_POLICY = "waiver_closed_by_policy"
    # Presenting
    PRESENTATION_DUE = "presentation_due"
    PRESENTED = "presented"
    PRESENTATION_NOT_ON_FILE = "presentation_not_on_file"
    OTHERS_NOT_TOLD = "others_not_told"
    NO_MEETING_SCHEDULED = "no_meeting_scheduled"
    # Fees
    BILLED_WITHIN = "billed_within"
    BILLED_WITHIN_TOLERANCE = "billed_within_tolerance"
    BILLED_ABOVE = "billed_above"
    MAY_NOT_ADD = "may_not_add"
    TOTAL_NOT_SUM = "total_not_sum"
    INCLUDES_ESTIMATES = "includes_estimates"
    PRIOR_YEAR_CHANGED = "prior_year_changed"
    DESCRIPTION_MISSING = "description_missing"
    HOURS_OF_OTHERS = "hours_of_others"
    NON_AUDIT_ABOVE_BASE = "non_audit_above_base"
    FILED_AS_AUDIT_RELATED = "filed_as_audit_related"
    PAID_BY_THIRD_PARTY = "paid_by_third_party"
    # Rotation
    MAY_SERVE = "may_serve"
    YEARS_USED = "years_used"
    IN_TIME_OUT = "in_time_out"
    REVIEWER_LED_RECENTLY = "reviewer_led_recently"
    SMALL_FIRM_EXEMPT = "small_firm_exempt"
    SMALL_FIRM_NOT_EXEMPT = "small_firm_not_exempt"
    LAST_YEAR_AHEAD = "last_year_ahead"
    # Letters, reports, communications
    LETTER_COMPLETE = "letter_complete"
    LETTER_NOT_DISCUSSED = "letter_not_discussed"
    LETTER_AFTER_ACCEPTANCE = "letter_after_acceptance"
    LETTER_BEFORE_ACCEPTANCE = "letter_before_acceptance"
    EXCEPTION_UNDECIDED = "exception_undecided"
    PLAN_NOT_REVIEWED = "plan_not_reviewed"
    PLAN_REVIEWED_LATER = "plan_reviewed_later"
    GIVEN_ON_TIME = "given_on_time"
    GIVEN_SAME_DATE = "given_same_date"
    GIVEN_LATE = "given_late"
    GIVEN_ORALLY = "given_orally"
    NOT_GIVEN = "not_given"
    NOT_GIVEN_BY = "not_given_by"
    # Committee report
    STATEMENT_WITHOUT_DATE = "statement_without_date"
    STATEMENT_AHEAD = "statement_ahead"
    LETTER_AFTER_DISCUSSION = "letter_after_discussion"
    LETTER_AFTER_ADOPTION = "letter_after_adoption"
    LETTER_WITHOUT_DATE = "letter_without_date"
    LETTER_OF_OTHER_FIRM = "letter_of_other_firm"
    LETTER_OF_OTHER_YEAR = "letter_of_other_year"
    LETTER_WITHOUT_DISCUSSION = "letter_without_discussion"
    RECOMMENDED_AFTER_FILING = "recommended_after_filing"
    BRING_DOWN_MISSING = "bring_down_missing"
    BRING_DOWN_AFTER_FILING = "bring_down_after_filing"
    BRING_DOWN_BEFORE_RECOMMENDATION = "bring_down_before_recommendation"
    NAME_MISSING = "name_missing"
    NAME_NOT_A_MEMBER = "name_not_a_member"
    JOINED_AFTER_RECOMMENDATION = "joined_after_recommendation"
    # Findings
    STEP_MISSING = "step_missing"
    STEP_OUT_OF_ORDER = "step_out_of_order"
    TESTED_BY_OWNER = "tested_by_owner"
    EVIDENCE_MISSING = "evidence_missing"
    EVIDENCE_BEFORE_OPERATION = "evidence_before_operation"
    UNDER_EVALUATION = "under_evaluation"
    PAST_TARGET = "past_target"
    OPEN_AT_SECOND_YEAR_END = "open_at_second_year_end"
