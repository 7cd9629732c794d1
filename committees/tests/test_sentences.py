"""Rulings in plain English, each with its citation."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from charters.tests.wording import loaded
from committees import sentences
from committees.enums import ExpertAttribute, OrganizationRole, RelativeKind
from committees.rules.composition import Cure, Seat
from committees.rules.exceptional import ExceptionObjection
from committees.rules.expertise import ExpertObjection
from committees.rules.family import SELF, Relative
from committees.rules.findings import Finding, Line, Outcome, Why
from committees.rules.funding import EngagementObjection
from committees.rules.letters import LetterProgress
from committees.rules.related_parties import OpenPoint, Threshold
from committees.rules.requirements import Assessment, LostIndependence, Meets, Requirement
from committees.rules.yearly import Posting, Progress, Publication, Yearly
from committees.tests.rules.figures import CALENDAR_YEAR, CHILD, SPOUSE

FY2025 = CALENDAR_YEAR.year_of(date(2025, 6, 1))
FY2026 = CALENDAR_YEAR.year_of(date(2026, 6, 1))
BARRED, JUDGMENT = Outcome.BARRED, Outcome.JUDGMENT
CLEAR = date(2027, 1, 1)
ENDED = {"first": date(2015, 1, 1), "last": date(2023, 12, 31)}
WINDOW = {"first": date(2024, 2, 15), "last": date(2025, 2, 14), "total": Decimal(145_000)}
TRADE = {
    "who": SELF,
    "role": OrganizationRole.PARTNER,
    "organization": "X",
    "year": FY2025,
    "total": Decimal("310000.50"),
    "limit": Decimal(250_000),
    "is_received": False,
    "left_on": date(2026, 6, 30),
}
FIRM = {"organization": "X", "role": OrganizationRole.PARTNER}

PLANNED = {"first": date(2015, 1, 1), "last": date(2027, 3, 31)}
OFFICER = {"role": OrganizationRole.EXECUTIVE_OFFICER, "organization": "X"}

REASONS: list[tuple[Line, Outcome, Why, dict[str, Any], date | None, str]] = [
    (Line.EMPLOYED, Outcome.PASSES, Why.CLEAR, {}, None, "Nothing on record comes under this line (Nasdaq 5605(a)(2)(A))."),
    (Line.EMPLOYED, BARRED, Why.EMPLOYED, {"first": date(2015, 1, 1), "last": None}, None, "The director has been employed by the company since January 1, 2015 (Nasdaq 5605(a)(2)(A)). No clear date follows from the record."),
    (Line.EMPLOYED, BARRED, Why.EMPLOYED, PLANNED, date(2030, 4, 1), "The director is employed by the company from January 1, 2015 through March 31, 2027 (Nasdaq 5605(a)(2)(A)). First clear date: April 1, 2030."),
    (Line.FAMILY_OFFICER, BARRED, Why.FAMILY_OFFICER, PLANNED | {"who": SPOUSE}, date(2030, 4, 1), "The director's spouse is an executive officer of the company from January 1, 2015 through March 31, 2027 (Nasdaq 5605(a)(2)(C)). First clear date: April 1, 2030."),
    (Line.PREPARATION, BARRED, Why.PREPARING, PLANNED, date(2030, 4, 1), "The director takes part in preparing the financial statements from January 1, 2015 through March 31, 2027 (Nasdaq 5605(c)(2)(A)(iii)). First clear date: April 1, 2030."),
    (Line.AFFILIATE, BARRED, Why.AFFILIATE_ROLE, OFFICER, None, "The director is an executive officer at X, an affiliate of the company (Rule 10A-3(b)(1)(ii)(B)). No clear date follows from the record."),
    (Line.EMPLOYED, BARRED, Why.EMPLOYMENT_ENDED, ENDED, CLEAR, "The director was employed by the company from January 1, 2015 through December 31, 2023 (Nasdaq 5605(a)(2)(A)). First clear date: January 1, 2027."),
    (Line.EMPLOYED, Outcome.PASSES, Why.INTERIM_SERVICE, {"first": date(2025, 1, 6), "last": date(2025, 12, 19)}, None, "The director was an interim executive officer from January 6, 2025 through December 19, 2025; the service has ended and lasted no more than one year (Nasdaq 5605(a)(2)(A))."),
    (Line.COMPENSATION, BARRED, Why.COMPENSATION_OVER, WINDOW | {"who": SPOUSE, "limit": Decimal(120_000)}, date(2027, 2, 16), "The director's spouse received $145,000 from the company from February 15, 2024 through February 14, 2025, more than $120,000 in twelve months (Nasdaq 5605(a)(2)(B)). First clear date: February 16, 2027."),
    (Line.COMPENSATION, JUDGMENT, Why.COMPENSATION_TOGETHER, WINDOW, None, "The director and family members together received $145,000 from the company from February 15, 2024 through February 14, 2025; no one of them received more than the limit (Nasdaq 5605(a)(2)(B)). The Board weighs this."),
    (Line.FAMILY_OFFICER, BARRED, Why.FAMILY_OFFICER, {"who": CHILD, "first": date(2015, 1, 1), "last": None}, None, "The director's child Ann has been an executive officer of the company since January 1, 2015 (Nasdaq 5605(a)(2)(C)). No clear date follows from the record."),
    (Line.FAMILY_OFFICER, BARRED, Why.FAMILY_OFFICE_ENDED, ENDED | {"who": SPOUSE}, CLEAR, "The director's spouse was an executive officer of the company from January 1, 2015 through December 31, 2023 (Nasdaq 5605(a)(2)(C)). First clear date: January 1, 2027."),
    (Line.BUSINESS, BARRED, Why.PAYMENTS_OVER, TRADE, date(2029, 1, 1), "The director is a partner at X; the company paid X $310,000.50 in fiscal year 2025, more than $250,000 (Nasdaq 5605(a)(2)(D)). First clear date: January 1, 2029."),
    (Line.BUSINESS, BARRED, Why.PAYMENTS_OVER, TRADE | {"is_received": True}, date(2029, 1, 1), "The director is a partner at X; X paid the company $310,000.50 in fiscal year 2025, more than $250,000 (Nasdaq 5605(a)(2)(D)). First clear date: January 1, 2029."),
    (Line.BUSINESS, JUDGMENT, Why.PAYMENTS_OVER_BEFORE, TRADE, None, "The director left X after June 30, 2026; the company paid X $310,000.50 in fiscal year 2025 (Nasdaq 5605(a)(2)(D)). The Board weighs this."),
    (Line.BUSINESS, JUDGMENT, Why.PAYMENTS_OVER_OTHER_ROLE, TRADE, None, "The director is a partner at X; the company paid X $310,000.50 in fiscal year 2025 (Nasdaq 5605(a)(2)(D)). The Board weighs this."),
    (Line.BUSINESS, Outcome.UNANSWERED, Why.REVENUE_MISSING, TRADE, None, "The company paid X $310,000.50 in fiscal year 2025, and the recipient's gross revenue of that year is not on record (Nasdaq 5605(a)(2)(D)). Enter the missing fact to answer this line."),
    (Line.INTERLOCK, BARRED, Why.INTERLOCK, {"who": SELF, "organization": "X"}, None, "The director is an executive officer of X, and an executive officer of the company serves or served on its compensation committee (Nasdaq 5605(a)(2)(E)). No clear date follows from the record."),
    (Line.AUDITOR, BARRED, Why.AUDITOR_PARTNER, {"who": SPOUSE}, None, "The director's spouse is a partner of the outside auditor (Nasdaq 5605(a)(2)(F)). No clear date follows from the record."),
    (Line.AUDITOR, BARRED, Why.AUDITOR_WORK, {"who": SELF, "last_worked_on": date(2024, 3, 10)}, date(2027, 3, 11), "The director worked on the company's audit at the outside auditor until March 10, 2024 (Nasdaq 5605(a)(2)(F)). First clear date: March 11, 2027."),
    (Line.FEES, BARRED, Why.FEE_ACCEPTED, {"who": SELF, "amount": Decimal("0.01"), "on": date(2026, 8, 3)}, None, "The director received $0.01 on August 3, 2026 while the director served (Rule 10A-3(b)(1)(ii)(A)). No clear date follows from the record."),
    (Line.FEES, BARRED, Why.FEE_THROUGH_FIRM, FIRM | {"amount": Decimal(6000), "on": date(2026, 8, 3)}, None, "X, where the director is a partner, received $6,000 for advice on August 3, 2026 while the director served (Rule 10A-3(b)(1)(ii)(A)). No clear date follows from the record."),
    (Line.AFFILIATE, BARRED, Why.EXECUTIVE_OFFICER, {"first": date(2020, 1, 1)}, None, "The director has been an executive officer of the company since January 1, 2020 (Rule 10A-3(b)(1)(ii)(B)). No clear date follows from the record."),
    (Line.AFFILIATE, BARRED, Why.AFFILIATE_ROLE, FIRM, None, "The director is a partner at X, an affiliate of the company (Rule 10A-3(b)(1)(ii)(B)). No clear date follows from the record."),
    (Line.AFFILIATE, JUDGMENT, Why.HOLDER_ROLE, FIRM, None, "The director is a partner at X, which holds more than 10% of a class of voting stock (Rule 10A-3(b)(1)(ii)(B)). The Board weighs this."),
    (Line.AFFILIATE, JUDGMENT, Why.HOLDING_OVER, {"shares": 1_200_001, "outstanding": 12_000_000, "share_class": "common stock", "as_of": date(2026, 3, 31)}, None, "The director beneficially owned 1,200,001 of 12,000,000 shares of common stock on March 31, 2026, more than 10% (Rule 10A-3(b)(1)(ii)(B)). The Board weighs this."),
    (Line.AFFILIATE, Outcome.PASSES, Why.BOARD_FOUND, {"found_on": date(2026, 3, 31)}, None, "The Board found on March 31, 2026 that the director is not an affiliate (Rule 10A-3(b)(1)(ii)(B))."),
    (Line.PREPARATION, BARRED, Why.PREPARING, {"first": date(2025, 1, 6), "last": None}, None, "The director has taken part in preparing the financial statements since January 6, 2025 (Nasdaq 5605(c)(2)(A)(iii)). No clear date follows from the record."),
    (Line.PREPARATION, BARRED, Why.PREPARATION_ENDED, {"first": date(2025, 1, 6), "last": date(2025, 12, 19)}, date(2028, 12, 20), "The director took part in preparing the financial statements from January 6, 2025 through December 19, 2025 (Nasdaq 5605(c)(2)(A)(iii)). First clear date: December 20, 2028."),
]  # fmt: skip


@pytest.mark.parametrize(("line", "outcome", "why", "facts", "clear", "sentence"), REASONS)
def test_why_a_line_passes_or_not(
    line: Line, outcome: Outcome, why: Why, facts: dict[str, Any], clear: date | None, sentence: str
) -> None:
    assert sentences.because(Finding(line, outcome, why, facts, (), clear)) == sentence


def test_every_reason_is_in_the_table() -> None:
    assert {why for _line, _outcome, why, *_rest in REASONS} == set(Why)


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (SELF, "the director"),
        (SPOUSE, "the director's spouse"),
        (Relative(RelativeKind.SIBLING_IN_LAW), "the director's brother- or sister-in-law"),
        (Relative(RelativeKind.HOUSEHOLD), "a person who shares the director's home"),
        (Relative(RelativeKind.HOUSEHOLD, "Ann Roe"), "Ann Roe"),
    ],
)
def test_people_are_named_by_how_they_stand_to_the_director(who: Relative, words: str) -> None:
    assert sentences.person(who) == words


def test_refusal_names_every_reason_and_the_way_out() -> None:
    finding = Finding(Line.EMPLOYED, BARRED, Why.EMPLOYMENT_ENDED, ENDED, (), CLEAR)
    assert sentences.independence_refused([finding]) == (
        "The director was employed by the company from January 1, 2015 through December 31, 2023 "
        "(Nasdaq 5605(a)(2)(A)). First clear date: January 1, 2027. Correct the fact if it is "
        "wrong, or record the determination on or after the first clear date. Where only Nasdaq "
        "5605(a)(2) stands in the way, the Board can find exceptional and limited circumstances "
        "(Nasdaq 5605(c)(2)(B))."
    )


def test_refusal_of_an_expert_names_what_is_missing() -> None:
    said = sentences.expert_refused(
        [ExpertObjection.ATTRIBUTES, ExpertObjection.ROUTE],
        [ExpertAttribute.CONTROLS, ExpertAttribute.FUNCTIONS],
    )
    assert said == (
        "The Board has not found that the director understands internal control over financial "
        "reporting and understands audit committee functions. Say in which way the director "
        "acquired the attributes. (Item 407(d)(5) of Regulation S-K)"
    )


A, B = Seat("Ngozi Okafor", date(2020, 1, 1)), Seat("Li Wei", date(2020, 1, 1))
UNTIL = date(2027, 11, 20)
LOST = LostIndependence(date(2026, 11, 20), False, date(2026, 11, 23))


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (Assessment(Requirement.INDEPENDENCE, Meets.MEETS), "The Board has determined that every member is independent. (Nasdaq 5605(c)(2)(A))"),
        (Assessment(Requirement.INDEPENDENCE, Meets.UNTIL, (), UNTIL), "A member serves under exceptional circumstances until November 20, 2027. (Nasdaq 5605(c)(2)(A))"),
        (Assessment(Requirement.INDEPENDENCE, Meets.UNTIL, (A,), UNTIL, Cure.PHASE_IN), "No determination of independence stands for Ngozi Okafor. The phase-in of a new listing allows that; its next date is November 20, 2027 (Nasdaq 5615(b)(1)). (Nasdaq 5605(c)(2)(A))"),
        (Assessment(Requirement.INDEPENDENCE, Meets.UNTIL, (A,), UNTIL, Cure.RUNNING, ((A, LOST),)), "Ngozi Okafor ceased to be independent on November 20, 2026. The member may stay until November 20, 2027 (Nasdaq 5605(c)(4)(A)); the exchange was notified on November 23, 2026. (Nasdaq 5605(c)(2)(A))"),
        (Assessment(Requirement.INDEPENDENCE, Meets.NOT, (A,), UNTIL, Cure.ENDED, ((A, LOST),)), "Ngozi Okafor ceased to be independent on November 20, 2026. The cure period ended on November 20, 2027 (Nasdaq 5605(c)(4)(A)). (Nasdaq 5605(c)(2)(A))"),
        (Assessment(Requirement.INDEPENDENCE, Meets.NOT, (A,), None, Cure.NOT_NOTIFIED, ((A, LOST),)), "Ngozi Okafor ceased to be independent on November 20, 2026. No notice to the exchange is on record, and the cure period asks for one (Nasdaq 5605(c)(4)(A)). (Nasdaq 5605(c)(2)(A))"),
        (Assessment(Requirement.INDEPENDENCE, Meets.NOT, (A,), None, Cure.NONE, ((A, LOST),)), "Ngozi Okafor ceased to be independent on November 20, 2026. No automatic cure period runs; a matter for counsel. (Nasdaq 5605(c)(2)(A))"),
        (Assessment(Requirement.INDEPENDENCE, Meets.NOT, (A, B)), "No determination of independence stands for Ngozi Okafor and Li Wei. (Nasdaq 5605(c)(2)(A))"),
        (Assessment(Requirement.INDEPENDENCE, Meets.NOT), "No member is on record. (Nasdaq 5605(c)(2)(A))"),
        (Assessment(Requirement.LITERACY, Meets.MEETS), "The Board has found that every member is financially literate. (Nasdaq 5605(c)(2)(A)(iv))"),
        (Assessment(Requirement.LITERACY, Meets.NOT, (B,)), "No finding of financial literacy is on file for Li Wei. (Nasdaq 5605(c)(2)(A)(iv))"),
        (Assessment(Requirement.LITERACY, Meets.NOT), "No member is on record. (Nasdaq 5605(c)(2)(A)(iv))"),
        (Assessment(Requirement.SOPHISTICATION, Meets.MEETS), "The Board has found that a member is financially sophisticated. (Nasdaq 5605(c)(2)(A))"),
        (Assessment(Requirement.SOPHISTICATION, Meets.NOT), "No finding that a member is financially sophisticated is on file. (Nasdaq 5605(c)(2)(A))"),
        (Assessment(Requirement.EXPERT, Meets.MEETS), "The Board has determined that a member is an audit committee financial expert. (Item 407(d)(5) of Regulation S-K)"),
        (Assessment(Requirement.EXPERT, Meets.EXPLAIN), "No member is designated as an audit committee financial expert; the annual report discloses that and says why. (Item 407(d)(5) of Regulation S-K)"),
    ],
)  # fmt: skip
def test_the_committee_as_a_whole(found: Assessment, sentence: str) -> None:
    assert sentences.of_requirement(found) == sentence


YEAR_END, NOVEMBER = date(2026, 12, 31), date(2026, 11, 1)


@pytest.mark.parametrize(
    ("progress", "held", "sentence"),
    [
        (Progress.DONE, date(2026, 12, 8), "Held on December 8, 2026."),
        (Progress.DONE_LATE, date(2027, 1, 12), "Held on January 12, 2027. It was due December 31, 2026."),
        (Progress.AHEAD, None, "Due by December 31, 2026."),
        (Progress.DUE, None, "Due by December 31, 2026."),
        (Progress.NOT_ON_FILE, None, "Was due December 31, 2026. No record is on file."),
    ],
)  # fmt: skip
def test_review_of_a_year(progress: Progress, held: date | None, sentence: str) -> None:
    assert sentences.of_year(Yearly(FY2026, YEAR_END, NOVEMBER, progress, held)) == sentence


@pytest.mark.parametrize(
    ("limit", "sentence"),
    [
        (Threshold(Decimal(100_000)), "Those above $100,000 are disclosed (Item 404 of Regulation S-K)."),
        (Threshold(Decimal(120_000), lacks_assets=True), "The threshold for disclosure is $120,000 at most. Enter the total assets of the last two fiscal year-ends to calculate it (Item 404(d)(1) of Regulation S-K)."),
    ],
)  # fmt: skip
def test_threshold_for_disclosure(limit: Threshold, sentence: str) -> None:
    assert sentences.of_threshold(limit) == sentence


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (Publication(Posting.WEBSITE), "The charter is on the website; the proxy statement gives the address."),
        (Publication(Posting.APPEND_NOW), "Append the charter to the next proxy statement."),
        (Publication(Posting.APPEND_BY, FY2026), "Append the charter to a proxy statement in fiscal year 2026 at the latest."),
    ],
)  # fmt: skip
def test_publication_of_the_charter(found: Publication, sentence: str) -> None:
    assert sentences.of_publication(found) == sentence


def everything_said() -> Iterator[str]:
    for line, outcome, why, facts, clear, _sentence in REASONS:
        yield sentences.because(Finding(line, outcome, why, facts, (), clear))
    yield sentences.exception_refused(ExceptionObjection)
    yield sentences.expert_refused(ExpertObjection, ExpertAttribute)
    yield from map(sentences.engagement_remark, EngagementObjection)
    yield from map(sentences.of_open_point, OpenPoint)
    yield from map(sentences.of_letter, LetterProgress)


def test_no_sentence_uses_a_loaded_word() -> None:
    assert [said for said in everything_said() if loaded(said)] == []
