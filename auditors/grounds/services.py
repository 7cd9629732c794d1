"""The words of grounds about services: rulings, policies, delegates, waivers, presenting."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from auditors.enums import Ground
from auditors.grounds.citations import (
    DELEGATION,
    FROM_FACTS,
    IN_ADVANCE,
    OWN_POLICY,
    OWN_RESOLUTION,
    POLICY,
    PRACTICE,
    SPECIFIC,
    STAFF_FAQ,
    WAIVER,
    Words,
)

SERVICES: Mapping[Ground, Words] = {
    # The service itself
    Ground.SERVICE_PROHIBITED: (
        _("The auditor may not provide this service: %(service)s"),
        "%(citation)s",
    ),
    Ground.SERVICE_NEEDS_CONCLUSION: (
        _(
            "The auditor may not provide this service unless a signed, reasoned conclusion that "
            "its results will not be audited is on file: %(service)s"
        ),
        "%(citation)s",
    ),
    Ground.CONCLUSION_ON_FILE: (
        _("A signed conclusion that the results will not be audited is on file"),
        "%(citation)s",
    ),
    Ground.CONTINGENT_FEE: (
        _("The fee may not depend on a result. Agree on a fixed fee or hourly rates"),
        "Reg. S-X 2-01(c)(5); PCAOB Rule 3521",
    ),
    Ground.OVERSIGHT_TAX: (
        _(
            "The auditor may not provide tax services to a person in a financial reporting "
            "oversight role or close family, whoever pays"
        ),
        "PCAOB Rule 3523",
    ),
    Ground.BOARD_ROLE_ONLY: (
        _(
            "The person is in an oversight role only by a seat on the Board, so approval is possible"
        ),
        "PCAOB Rule 3523",
    ),
    Ground.NOT_BEGUN: (_("The auditor confirms that the work has not begun"), FROM_FACTS),
    Ground.ALREADY_BEGUN: (
        _("The start date, %(start)s, is before an approval. The dates are recorded as they are"),
        IN_ADVANCE,
    ),
    Ground.TOO_EARLY: (
        _(
            "Work that begins on %(start)s can be approved from %(earliest)s, because an approval "
            "lapses after %(months)s"
        ),
        OWN_POLICY,
    ),
    Ground.DESCRIPTION_ASKED: (
        _(
            "Before the approval, the auditor describes this service in writing and discusses it "
            "with the committee"
        ),
        "%(citation)s",
    ),
    Ground.NO_DESCRIPTION: (
        _("No description of this service by the auditor is on file"),
        "%(citation)s",
    ),
    Ground.DESCRIPTION_NOT_DISCUSSED: (
        _(
            "The auditor's description of %(dated)s is on file. Its discussion with the committee "
            "is not"
        ),
        "%(citation)s",
    ),
    Ground.DESCRIPTION_DISCUSSED: (
        _("The auditor's description of %(dated)s was discussed on %(discussed)s"),
        "%(citation)s",
    ),
    Ground.DESCRIPTION_AFTER_APPROVAL: (
        _(
            "The auditor's description of %(dated)s was discussed on %(discussed)s, after the "
            "approval of %(approved)s"
        ),
        "%(citation)s",
    ),
    # Routes
    Ground.COMMITTEE_DECIDES: (
        _("The committee may approve this service specifically"),
        SPECIFIC,
    ),
    Ground.FULL_COMMITTEE_ONLY: (
        _("Only the full committee may approve this service, with counsel's memo"),
        SPECIFIC,
    ),
    Ground.SPECIFIC_ONLY: (
        _("The committee approves this service itself, with the engagement letter: %(service)s"),
        SPECIFIC,
    ),
    Ground.NOT_IN_CATALOGUE: (
        _("The service is not in the list, so the committee decides"),
        STAFF_FAQ,
    ),
    Ground.CATEGORY_CLOSED: (
        _("The policy does not admit this category: %(category)s"),
        OWN_POLICY,
    ),
    Ground.PERSON_CLOSED: (
        _("The policy does not admit services to this person"),
        OWN_POLICY,
    ),
    Ground.NO_LINE: (_("No policy line names this service"), POLICY),
    Ground.OUTSIDE_PERIOD: (
        _("The line “%(line)s” covers work that begins from %(first)s to %(last)s"),
        POLICY,
    ),
    Ground.RECIPIENT_OUTSIDE_LINE: (
        _("The line “%(line)s” does not name %(names)s"),
        POLICY,
    ),
    Ground.OVER_ENGAGEMENT_CAP: (
        _("The line “%(line)s” allows %(limit)s per engagement. The fee is %(over)s above that"),
        POLICY,
    ),
    Ground.OVER_PERIOD_CAP: (
        _(
            "The line “%(line)s” allows %(limit)s for the period and %(used)s is used. With this "
            "fee the total would be %(total)s, which is %(over)s above the limit"
        ),
        POLICY,
    ),
    Ground.WITHIN_CAP: (
        _("The line “%(line)s” admits this service and has %(left)s left of %(limit)s"),
        POLICY,
    ),
    Ground.NOT_A_LINE_USER: (
        _("You are not named as a user of the line “%(line)s”"),
        POLICY,
    ),
    Ground.RATE_MISSING: (
        _("An amount in another currency has no exchange rate, so this cannot be computed"),
        FROM_FACTS,
    ),
    Ground.NO_DELEGATION: (_("The committee has no delegation in effect"), DELEGATION),
    Ground.KIND_NOT_DELEGATED: (
        _("The committee has not delegated this category: %(category)s"),
        OWN_RESOLUTION,
    ),
    Ground.INTERNAL_CONTROL_NOT_DELEGATED: (
        _("The committee has not delegated services on internal control"),
        OWN_RESOLUTION,
    ),
    Ground.OVER_DELEGATE_LIMIT: (
        _("A delegate may approve up to %(limit)s per service. The fee is %(over)s above that"),
        OWN_RESOLUTION,
    ),
    Ground.OVER_DELEGATE_TOTAL: (
        _(
            "Delegates may approve up to %(limit)s in total between scheduled meetings and "
            "%(used)s is used. With this fee the total would be %(over)s above that"
        ),
        OWN_RESOLUTION,
    ),
    Ground.NO_DELEGATE_IN_OFFICE: (
        _("No delegate is a current, independent member of the committee"),
        DELEGATION,
    ),
    Ground.WAIVER_DELEGATED_ONLY: (
        _("The committee has delegated only approvals under the de minimis waiver"),
        OWN_RESOLUTION,
    ),
    Ground.DELEGATE_ASKED: (
        _(
            "%(name)s asked for this service and does not decide on it. Another delegate or the "
            "committee decides"
        ),
        PRACTICE,
    ),
    Ground.DELEGATE_CONCERNED: (
        _(
            "This service is done for %(name)s, who does not decide on it. Another delegate or the "
            "committee decides"
        ),
        PRACTICE,
    ),
    Ground.DELEGATE_DECIDES: (
        _("%(name)s may approve as delegate and presents it at the next scheduled meeting"),
        DELEGATION,
    ),
    Ground.DELEGATE_IF_UNAVAILABLE: (
        _("%(name)s may approve if the delegates named before are not available"),
        DELEGATION,
    ),
    # Adopting a policy line or a delegation
    Ground.LINE_NAMES_NO_SERVICE: (
        _(
            "The text names a category or an amount and no particular work. Say which work, on "
            "what and for whom"
        ),
        STAFF_FAQ,
    ),
    Ground.LINE_HAS_BLANK: (_("The text still has a blank. Fill it in"), OWN_POLICY),
    Ground.LINE_SERVICE_PROHIBITED: (
        _("The auditor may not provide this service, so no line can allow it: %(service)s"),
        "%(citation)s",
    ),
    Ground.LINE_SPECIFIC_ONLY: (
        _("The committee approves this service itself, never under a line: %(service)s"),
        SPECIFIC,
    ),
    Ground.LINE_CAP_MISSING: (_("Each limit is an amount above zero"), POLICY),
    Ground.LINE_PERIOD_REVERSED: (_("The period ends before it begins"), POLICY),
    Ground.DELEGATE_NOT_MEMBER: (
        _("%(name)s is not a member of the committee and cannot be a delegate"),
        DELEGATION,
    ),
    Ground.DELEGATE_NOT_INDEPENDENT: (
        _("%(name)s has no finding of independence on file and cannot be a delegate"),
        DELEGATION,
    ),
    Ground.DELEGATE_IS_OFFICER: (
        _("%(name)s is an officer and cannot be a delegate. Management asks and never approves"),
        DELEGATION,
    ),
    Ground.DELEGATES_MISSING: (_("Name at least one delegate"), DELEGATION),
    # Order in time
    Ground.APPROVED_IN_ADVANCE: (
        _("Approved on %(approved)s, before the work began on %(start)s"),
        IN_ADVANCE,
    ),
    Ground.APPROVED_SAME_DATE: (
        _("Approved on %(approved)s, the date the work began. Record which came first"),
        IN_ADVANCE,
    ),
    Ground.APPROVED_LATE: (
        _("Approved on %(approved)s, %(days)s after the work began on %(start)s"),
        IN_ADVANCE,
    ),
    Ground.APPROVAL_LAPSED: (
        _(
            "The approval of %(approved)s covered work that began by %(last)s. It began on %(start)s"
        ),
        OWN_POLICY,
    ),
    Ground.APPROVED_BY_ANOTHER_BODY: (
        _("Approved on %(approved)s by another body: %(body)s"),
        FROM_FACTS,
    ),
    Ground.FEE_WITHOUT_APPROVAL: (
        _("A fee for work rendered on %(rendered)s is on record. No approval of it is on file"),
        IN_ADVANCE,
    ),
    Ground.APPROVED_BEFORE_RECORDS: (
        _("The work began on %(start)s, before the portal's records begin"),
        FROM_FACTS,
    ),
    # De minimis
    Ground.WAIVER_AVAILABLE: (
        _("The waived services total %(sum)s, which is not more than %(limit)s"),
        WAIVER,
    ),
    Ground.WAIVER_PROVISIONAL: (
        _(
            "The waived services total %(sum)s, which is not more than %(limit)s so far. The "
            "result is provisional until the fiscal year ends"
        ),
        WAIVER,
    ),
    Ground.WAIVER_AUDIT_SERVICE: (_("The waiver does not apply to audit services"), WAIVER),
    Ground.WAIVER_RECOGNIZED: (
        _("The service was known to be a non-audit service when it was engaged"),
        WAIVER,
    ),
    Ground.WAIVER_NOT_PROMPT: (
        _("The service was not brought to the committee's attention promptly"),
        WAIVER,
    ),
    Ground.WAIVER_OVER_SHARE: (
        _("The waived services total %(sum)s, which is more than %(limit)s"),
        WAIVER,
    ),
    Ground.WAIVER_OVER_SHARE_ON_RECORD: (
        _(
            "The waived services total %(sum)s. The fees on record for the fiscal year total "
            "%(paid)s, so the limit is %(limit)s"
        ),
        WAIVER,
    ),
    Ground.WAIVER_AFTER_AUDIT: (
        _("Approved on %(approved)s, after the audit was completed on %(completed)s"),
        WAIVER,
    ),
    Ground.WAIVER_CLOSED_BY_POLICY: (_("The policy does not allow the waiver"), OWN_POLICY),
    # Presenting
    Ground.PRESENTATION_DUE: (
        _("Decided on %(decided)s. Present it at the scheduled meeting on %(due)s"),
        DELEGATION,
    ),
    Ground.PRESENTED: (_("Presented to the committee on %(on)s"), DELEGATION),
    Ground.PRESENTATION_NOT_ON_FILE: (
        _("Decided on %(decided)s. No presentation at the meeting on %(due)s is on file"),
        DELEGATION,
    ),
    Ground.OTHERS_NOT_TOLD: (
        _("Decided on %(decided)s. No notice to the other members by %(due)s is on file"),
        OWN_RESOLUTION,
    ),
    Ground.NO_MEETING_SCHEDULED: (
        _("Decided on %(decided)s. No scheduled meeting after that date is on file"),
        DELEGATION,
    ),
}
