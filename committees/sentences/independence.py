"""Why a director is or is not independent, and what the Board may not determine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _

from charters.sentences import period_name
from committees.enums import (
    ExpertAttribute,
    OrganizationRole,
)
from committees.rules import exceptional, expertise
from committees.rules.exceptional import ExceptionObjection
from committees.rules.expertise import ExpertObjection
from committees.rules.findings import Finding, Outcome, Why
from committees.rules.funding import EngagementObjection
from committees.sentences.words import dollars, person
from records.dates import long_day

if TYPE_CHECKING:
    from datetime import date

Facts = Mapping[str, Any]


def because(finding: Finding) -> str:
    """Why a line passes or not, with its citation and, where one is known, the first clear date."""
    reason = capfirst(_REASONS[finding.why](finding.facts))
    cited = _("%(reason)s (%(citation)s).") % {
        "reason": reason,
        "citation": finding.line.citation,
    }
    return f"{cited} {_what_follows(finding)}".rstrip()


def _what_follows(finding: Finding) -> str:
    if finding.outcome is Outcome.JUDGMENT:
        return _("The Board weighs this.")
    if finding.outcome is Outcome.UNANSWERED:
        return _("Enter the missing fact to answer this line.")
    if finding.outcome is not Outcome.BARRED:
        return ""
    if finding.clear_on:
        return _("First clear date: %(day)s.") % {"day": long_day(finding.clear_on)}
    return _("No clear date follows from the record.")


def _clear(_facts: Facts) -> str:
    return _("nothing on record comes under this line")


def _since(facts: Facts) -> dict[str, str]:
    return {"first": long_day(facts["first"])}


def _term(facts: Facts) -> str:
    return _("from %(first)s through %(last)s") % {
        "first": long_day(facts["first"]),
        "last": long_day(facts["last"]),
    }


def _employed(facts: Facts) -> str:
    if facts["last"] is None:
        return _("the director has been employed by the company since %(first)s") % _since(facts)
    return _("the director is employed by the company %(term)s") % {"term": _term(facts)}


def _employment_ended(facts: Facts) -> str:
    return _("the director was employed by the company %(term)s") % {"term": _term(facts)}


def _interim_service(facts: Facts) -> str:
    return _(
        "the director was an interim executive officer %(term)s; the service has ended and lasted "
        "no more than one year"
    ) % {"term": _term(facts)}


def _compensation_over(facts: Facts) -> str:
    return _(
        "%(who)s received %(total)s from the company from %(first)s through %(last)s, more than "
        "%(limit)s in twelve months"
    ) % {
        "who": person(facts["who"]),
        "total": dollars(facts["total"]),
        "limit": dollars(facts["limit"]),
        "first": long_day(facts["first"]),
        "last": long_day(facts["last"]),
    }


def _compensation_together(facts: Facts) -> str:
    return _(
        "the director and family members together received %(total)s from the company from "
        "%(first)s through %(last)s; no one of them received more than the limit"
    ) % {
        "total": dollars(facts["total"]),
        "first": long_day(facts["first"]),
        "last": long_day(facts["last"]),
    }


def _family_officer(facts: Facts) -> str:
    who = {"who": person(facts["who"])}
    if facts["last"] is None:
        words = who | _since(facts)
        return _("%(who)s has been an executive officer of the company since %(first)s") % words
    words = who | {"term": _term(facts)}
    return _("%(who)s is an executive officer of the company %(term)s") % words


def _family_office_ended(facts: Facts) -> str:
    words = {"who": person(facts["who"]), "term": _term(facts)}
    return _("%(who)s was an executive officer of the company %(term)s") % words


def _payments(facts: Facts) -> str:
    words = {
        "organization": facts["organization"],
        "total": dollars(facts["total"]),
        "year": period_name(facts["year"]),
    }
    if facts["is_received"]:
        return _("%(organization)s paid the company %(total)s in %(year)s") % words
    return _("the company paid %(organization)s %(total)s in %(year)s") % words


def _a(role: OrganizationRole) -> str:
    """A partner; an executive officer."""
    label = str(role.label)
    return f"an {label}" if label[0] in "aeiou" else f"a {label}"


def _payments_over(facts: Facts) -> str:
    return _("%(who)s is %(role)s at %(organization)s; %(payments)s, more than %(limit)s") % {
        "who": person(facts["who"]),
        "role": _a(facts["role"]),
        "organization": facts["organization"],
        "payments": _payments(facts),
        "limit": dollars(facts["limit"]),
    }


def _payments_over_before(facts: Facts) -> str:
    return _("%(who)s left %(organization)s after %(day)s; %(payments)s") % {
        "who": person(facts["who"]),
        "organization": facts["organization"],
        "day": long_day(facts["left_on"]),
        "payments": _payments(facts),
    }


def _payments_other_role(facts: Facts) -> str:
    return _("%(who)s is %(role)s at %(organization)s; %(payments)s") % {
        "who": person(facts["who"]),
        "role": _a(facts["role"]),
        "organization": facts["organization"],
        "payments": _payments(facts),
    }


def _revenue_missing(facts: Facts) -> str:
    return _("%(payments)s, and the recipient's gross revenue of that year is not on record") % {
        "payments": _payments(facts)
    }


def _interlock(facts: Facts) -> str:
    return _(
        "%(who)s is an executive officer of %(organization)s, and an executive officer of the "
        "company serves or served on its compensation committee"
    ) % {"who": person(facts["who"]), "organization": facts["organization"]}


def _auditor_partner(facts: Facts) -> str:
    return _("%(who)s is a partner of the outside auditor") % {"who": person(facts["who"])}


def _auditor_work(facts: Facts) -> str:
    return _("%(who)s worked on the company's audit at the outside auditor until %(day)s") % {
        "who": person(facts["who"]),
        "day": long_day(facts["last_worked_on"]),
    }


def _fee_accepted(facts: Facts) -> str:
    return _("%(who)s received %(amount)s on %(day)s while the director served") % {
        "who": person(facts["who"]),
        "amount": dollars(facts["amount"]),
        "day": long_day(facts["on"]),
    }


def _fee_through_firm(facts: Facts) -> str:
    return _(
        "%(organization)s, where the director is %(role)s, received %(amount)s for advice on "
        "%(day)s while the director served"
    ) % {
        "organization": facts["organization"],
        "role": _a(facts["role"]),
        "amount": dollars(facts["amount"]),
        "day": long_day(facts["on"]),
    }


def _executive_officer(facts: Facts) -> str:
    return _("the director has been an executive officer of the company since %(first)s") % _since(
        facts
    )


def _affiliate_role(facts: Facts) -> str:
    return _("the director is %(role)s at %(organization)s, an affiliate of the company") % {
        "role": _a(facts["role"]),
        "organization": facts["organization"],
    }


def _holder_role(facts: Facts) -> str:
    return _(
        "the director is %(role)s at %(organization)s, which holds more than 10%% of a class of "
        "voting stock"
    ) % {"role": _a(facts["role"]), "organization": facts["organization"]}


def _holding_over(facts: Facts) -> str:
    return _(
        "the director beneficially owned %(shares)s of %(outstanding)s shares of %(share_class)s "
        "on %(day)s, more than 10%%"
    ) % {
        "shares": f"{facts['shares']:,}",
        "outstanding": f"{facts['outstanding']:,}",
        "share_class": facts["share_class"],
        "day": long_day(facts["as_of"]),
    }


def _board_found(facts: Facts) -> str:
    return _("the Board found on %(day)s that the director is not an affiliate") % {
        "day": long_day(facts["found_on"])
    }


def _preparing(facts: Facts) -> str:
    if facts["last"] is None:
        return _(
            "the director has taken part in preparing the financial statements since %(first)s"
        ) % _since(facts)
    return _("the director takes part in preparing the financial statements %(term)s") % {
        "term": _term(facts)
    }


def _preparation_ended(facts: Facts) -> str:
    return _("the director took part in preparing the financial statements %(term)s") % {
        "term": _term(facts)
    }


_REASONS: dict[Why, Callable[[Facts], str]] = {
    Why.CLEAR: _clear,
    Why.EMPLOYED: _employed,
    Why.EMPLOYMENT_ENDED: _employment_ended,
    Why.INTERIM_SERVICE: _interim_service,
    Why.COMPENSATION_OVER: _compensation_over,
    Why.COMPENSATION_TOGETHER: _compensation_together,
    Why.FAMILY_OFFICER: _family_officer,
    Why.FAMILY_OFFICE_ENDED: _family_office_ended,
    Why.PAYMENTS_OVER: _payments_over,
    Why.PAYMENTS_OVER_BEFORE: _payments_over_before,
    Why.PAYMENTS_OVER_OTHER_ROLE: _payments_other_role,
    Why.REVENUE_MISSING: _revenue_missing,
    Why.INTERLOCK: _interlock,
    Why.AUDITOR_PARTNER: _auditor_partner,
    Why.AUDITOR_WORK: _auditor_work,
    Why.FEE_ACCEPTED: _fee_accepted,
    Why.FEE_THROUGH_FIRM: _fee_through_firm,
    Why.EXECUTIVE_OFFICER: _executive_officer,
    Why.AFFILIATE_ROLE: _affiliate_role,
    Why.HOLDER_ROLE: _holder_role,
    Why.HOLDING_OVER: _holding_over,
    Why.BOARD_FOUND: _board_found,
    Why.PREPARING: _preparing,
    Why.PREPARATION_ENDED: _preparation_ended,
}


# What the Board may not determine, and what can be done instead.


def independence_refused(barring: Iterable[Finding]) -> str:
    """Why "independent" cannot be recorded, and the way out."""
    reasons = " ".join(because(finding) for finding in barring)
    way_out = _(
        "Correct the fact if it is wrong, or record the determination on or after the first clear "
        "date. Where only Nasdaq 5605(a)(2) stands in the way, the Board can find exceptional and "
        "limited circumstances (%(citation)s)."
    ) % {"citation": exceptional.CITATION}
    return f"{reasons} {way_out}"


def exception_refused(objections: Iterable[ExceptionObjection]) -> str:
    """Why the exception is not open to a director."""
    said = {
        ExceptionObjection.NOT_NEEDED: _("Every line passes, so no exception is needed."),
        ExceptionObjection.OTHER_TEST: _(
            "Rule 10A-3 and Nasdaq 5605(c)(2)(A)(iii) allow no such exception."
        ),
        ExceptionObjection.EMPLOYED: _("The director is employed by the company."),
        ExceptionObjection.FAMILY_OFFICER: _(
            "A family member is an executive officer of the company."
        ),
        ExceptionObjection.ANOTHER_MEMBER: _("Another member serves under the exception."),
        ExceptionObjection.CHAIR: _(
            "The director chairs the committee. Designate another chair first."
        ),
    }
    reasons = " ".join(said[objection] for objection in objections)
    return f"{reasons} ({exceptional.CITATION})"


def exception_used_up(ended_on: date) -> str:
    """Why the exception cannot be granted again in the same service."""
    return _(
        "The director has served two years under the exception, until %(day)s. It cannot be "
        "granted again (%(citation)s)."
    ) % {"day": long_day(ended_on), "citation": exceptional.CITATION}


def expert_refused(
    objections: Iterable[ExpertObjection], missing: Iterable[ExpertAttribute]
) -> str:
    """Why the designation as an audit committee financial expert cannot be recorded."""
    named = get_text_list([str(attribute.label) for attribute in missing], _("and"))
    said = {
        ExpertObjection.ATTRIBUTES: _("The Board has not found that the director %(missing)s.")
        % {"missing": named},
        ExpertObjection.ROUTE: _("Say in which way the director acquired the attributes."),
        ExpertObjection.LISTING: _("List the other relevant experience briefly."),
    }
    reasons = " ".join(said[objection] for objection in objections)
    return f"{reasons} ({expertise.EXPERT_CITATION})"


def engagement_remark(objection: EngagementObjection) -> str:
    """What speaks against an adviser: the first is refused, the second shown."""
    said = {
        EngagementObjection.IS_AUDITOR: _(
            "The firm is the company's outside auditor. Its services are pre-approved one by one "
            "(Regulation S-X 2-01(c)(4), (7)); enter a request for the service instead."
        ),
        EngagementObjection.ACTS_FOR_MANAGEMENT: _("The adviser also acts for management."),
    }
    return said[objection]
