"""The words of grounds about the firm and its year: fees, rotation, letters, reports, findings."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from auditors.enums import Ground
from auditors.grounds.citations import (
    FROM_FACTS,
    LETTER,
    NAMES,
    OWN_POLICY,
    PRACTICE,
    REPORT,
    ROTATION,
    TABLE,
    Words,
)

FIRMS: Mapping[Ground, Words] = {
    # Fees
    Ground.BILLED_WITHIN: (
        _("Billed %(billed)s of the approved %(approved)s"),
        FROM_FACTS,
    ),
    Ground.BILLED_WITHIN_TOLERANCE: (
        _("Billed %(billed)s, which is %(over)s more than approved and within the tolerance"),
        OWN_POLICY,
    ),
    Ground.BILLED_ABOVE: (
        _("Billed %(billed)s, which is %(over)s more than the approved %(approved)s"),
        PRACTICE,
    ),
    Ground.MAY_NOT_ADD: (_("Figures may not add because of rounding"), FROM_FACTS),
    Ground.TOTAL_NOT_SUM: (
        _("The total is not the sum of its parts: the difference is %(difference)s"),
        FROM_FACTS,
    ),
    Ground.INCLUDES_ESTIMATES: (
        _("Includes amounts expected and not yet billed"),
        FROM_FACTS,
    ),
    Ground.PRIOR_YEAR_CHANGED: (
        _("%(category)s for %(year)s differ by %(difference)s from the table issued before"),
        FROM_FACTS,
    ),
    Ground.HOURS_OF_OTHERS: (
        _(
            "Persons other than the full-time, permanent employees of the firm worked %(share)s%% "
            "of the hours of the audit"
        ),
        "Schedule 14A Item 9(e)(6)",
    ),
    Ground.DESCRIPTION_MISSING: (
        _("Describe the nature of the services: %(category)s"),
        TABLE,
    ),
    Ground.NON_AUDIT_ABOVE_BASE: (
        _(
            "Other fees, %(other)s, are above audit, audit-related and tax compliance fees, %(base)s"
        ),
        PRACTICE,
    ),
    Ground.FILED_AS_AUDIT_RELATED: (
        _("Filed as audit-related. Many companies show this service under audit fees"),
        TABLE,
    ),
    Ground.PAID_BY_THIRD_PARTY: (_("Paid by a third party"), FROM_FACTS),
    # Rotation
    Ground.MAY_SERVE: (_("Year %(year)s of at most %(most)s"), ROTATION),
    Ground.YEARS_USED: (
        _("%(count)s years are used of at most %(most)s. May serve again from %(back)s"),
        ROTATION,
    ),
    Ground.IN_TIME_OUT: (
        _("In a time-out after %(last)s. May serve again from %(back)s"),
        ROTATION,
    ),
    Ground.REVIEWER_LED_RECENTLY: (
        _("Led the audit of %(last)s. May be the reviewer from %(back)s"),
        "PCAOB AS 1220.08",
    ),
    Ground.SMALL_FIRM_EXEMPT: (
        _(
            "The firm stated on %(stated)s that it has %(clients)s and %(partners)s. The PCAOB "
            "reviewed the engagement on %(reviewed)s, so rotation is not required"
        ),
        "Reg. S-X 2-01(c)(6)(ii)",
    ),
    Ground.SMALL_FIRM_NOT_EXEMPT: (
        _(
            "The firm stated on %(stated)s that it has %(clients)s and %(partners)s. The "
            "exemption for small firms does not apply"
        ),
        "Reg. S-X 2-01(c)(6)(ii)",
    ),
    Ground.LAST_YEAR_AHEAD: (
        _("Year %(year)s of at most %(most)s. The last audit is %(last)s"),
        ROTATION,
    ),
    # Letters, reports, communications
    Ground.LETTER_COMPLETE: (_("Received and discussed by %(on)s"), LETTER),
    Ground.LETTER_NOT_DISCUSSED: (
        _("The letter of %(dated)s is on file. Its discussion is not on file"),
        LETTER,
    ),
    Ground.LETTER_AFTER_ACCEPTANCE: (
        _("The letter is dated %(dated)s, after the firm was accepted on %(accepted)s"),
        LETTER,
    ),
    Ground.LETTER_BEFORE_ACCEPTANCE: (
        _("The letter is dated %(dated)s. The firm was accepted on %(accepted)s"),
        LETTER,
    ),
    Ground.EXCEPTION_UNDECIDED: (
        _("Decide on an item excepted in the letter of %(dated)s: %(label)s"),
        LETTER,
    ),
    Ground.GIVEN_ON_TIME: (_("Given on %(given)s"), FROM_FACTS),
    Ground.GIVEN_SAME_DATE: (
        _("Given on %(given)s, the date it had to precede. Record which came first"),
        FROM_FACTS,
    ),
    Ground.GIVEN_LATE: (
        _("Given on %(given)s, after %(deadline)s. It is asked for %(precedes)s"),
        FROM_FACTS,
    ),
    Ground.GIVEN_ORALLY: (
        _("Given orally on %(given)s. The standard asks for it in writing"),
        FROM_FACTS,
    ),
    Ground.NOT_GIVEN: (_("Not on file"), FROM_FACTS),
    Ground.NOT_GIVEN_BY: (
        _("Not on file after %(deadline)s. It is asked for %(precedes)s"),
        FROM_FACTS,
    ),
    # Committee report
    Ground.STATEMENT_WITHOUT_DATE: (
        _("No date is on file for this statement: %(statement)s"),
        REPORT,
    ),
    Ground.STATEMENT_AHEAD: (
        _("The report adopted on %(adopted)s states what is dated %(done)s: %(statement)s"),
        REPORT,
    ),
    Ground.LETTER_AFTER_DISCUSSION: (
        _("The independence letter is dated %(dated)s, after its discussion on %(discussed)s"),
        REPORT,
    ),
    Ground.LETTER_AFTER_ADOPTION: (
        _("The independence letter is dated %(dated)s, after the report adopted on %(adopted)s"),
        REPORT,
    ),
    Ground.LETTER_OF_OTHER_FIRM: (
        _("The independence letter is of %(firm)s. The auditor of the statements is %(auditor)s"),
        REPORT,
    ),
    Ground.LETTER_OF_OTHER_YEAR: (
        _("The independence letter is for the fiscal year ending %(serves)s"),
        REPORT,
    ),
    Ground.LETTER_WITHOUT_DATE: (
        _("The date of the independence letter is not on file"),
        f"{REPORT}(C)",
    ),
    Ground.LETTER_WITHOUT_DISCUSSION: (
        _("The discussion of the independence letter is not on file"),
        f"{REPORT}(C)",
    ),
    Ground.RECOMMENDED_AFTER_FILING: (
        _("The recommendation is dated %(recommended)s, after the filing on %(filed)s"),
        f"{REPORT}(D)",
    ),
    Ground.BRING_DOWN_MISSING: (
        _(
            "The recommendation was given subject to final changes. Record who confirmed it and "
            "when"
        ),
        f"{REPORT}(D)",
    ),
    Ground.BRING_DOWN_AFTER_FILING: (
        _("The recommendation was confirmed on %(confirmed)s, after the filing on %(filed)s"),
        f"{REPORT}(D)",
    ),
    Ground.BRING_DOWN_BEFORE_RECOMMENDATION: (
        _(
            "The recommendation of %(recommended)s was confirmed on %(confirmed)s, before it was "
            "made"
        ),
        f"{REPORT}(D)",
    ),
    Ground.NAME_MISSING: (
        _("Each member on the date of the proxy is named. Add %(name)s"),
        NAMES,
    ),
    Ground.NAME_NOT_A_MEMBER: (
        _("Only members on the date of the proxy are named. Remove %(name)s"),
        NAMES,
    ),
    Ground.JOINED_AFTER_RECOMMENDATION: (
        _("%(name)s joined the committee on %(joined)s, after the recommendation"),
        NAMES,
    ),
    # Findings
    Ground.PLAN_NOT_REVIEWED: (
        _("The review of the audit plan by %(by)s is not on file"),
        PRACTICE,
    ),
    Ground.PLAN_REVIEWED_LATER: (
        _("The committee reviewed the audit plan on %(on)s, after %(by)s"),
        PRACTICE,
    ),
    Ground.STEP_MISSING: (_("No date is on file for this step: %(step)s"), PRACTICE),
    Ground.STEP_OUT_OF_ORDER: (
        _(
            "Two steps are out of order: %(step_taken)s on %(taken)s, before %(step_before)s on "
            "%(before)s. Correct the date or take the step again"
        ),
        PRACTICE,
    ),
    Ground.TESTED_BY_OWNER: (
        _("The owner of the plan tested the control. Have someone else test it"),
        PRACTICE,
    ),
    Ground.EVIDENCE_MISSING: (_("No evidence of the test is on file"), PRACTICE),
    Ground.EVIDENCE_BEFORE_OPERATION: (
        _(
            "The evidence of the test is dated %(dated)s, before the control operated on "
            "%(since)s. Test the control again"
        ),
        PRACTICE,
    ),
    Ground.UNDER_EVALUATION: (
        _("Management has not concluded on the severity"),
        "Reg. S-X 1-02(a)(4)",
    ),
    Ground.PAST_TARGET: (_("The target date passed %(days)s ago"), PRACTICE),
    Ground.OPEN_AT_SECOND_YEAR_END: (
        _("Open at %(count)s fiscal year-ends"),
        PRACTICE,
    ),
}
