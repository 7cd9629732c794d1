"""Every ground as counsel reads it, in neutral words, with its citation."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from auditors.enums import FeeCategory, Ground, Precedes, ReportStatement, Step
from auditors.rules.money import Money
from auditors.rules.reasons import Reason, reason
from auditors.sentences import WORDS, amount, citation, listed, sentence, work_begins
from auditors.tests.rules.amounts import usd

NOT_NEUTRAL = re.compile(r"violat|breach|fail|broke|overdue|missed|unmet|illegal", re.IGNORECASE)
MARCH_8 = date(2027, 3, 8)

SENTENCES = [
    (
        reason(
            Ground.SERVICE_PROHIBITED, service="Legal services", citation="Reg. S-X 2-01(c)(4)(ix)"
        ),
        "The auditor may not provide this service: Legal services (Reg. S-X 2-01(c)(4)(ix)).",
    ),
    (
        reason(Ground.CONTINGENT_FEE),
        "The fee may not depend on a result. Agree on a fixed fee or hourly rates "
        "(Reg. S-X 2-01(c)(5); PCAOB Rule 3521).",
    ),
    (
        reason(Ground.APPROVED_LATE, approved=date(2026, 4, 9), start=date(2026, 4, 1), days=8),
        "Approved on April 9, 2026, 8 days after the work began on April 1, 2026 "
        "(Exchange Act s. 10A(i)(1)(A)).",
    ),
    (
        reason(Ground.APPROVED_LATE, approved=date(2026, 4, 2), start=date(2026, 4, 1), days=1),
        "Approved on April 2, 2026, 1 day after the work began on April 1, 2026 "
        "(Exchange Act s. 10A(i)(1)(A)).",
    ),
    (
        reason(Ground.RECIPIENT_OUTSIDE_LINE, line="Tax returns", names=["Larch GmbH", "Larch KK"]),
        "The line “Tax returns” does not name Larch GmbH and Larch KK (Reg. S-X 2-01(c)(7)(i)(B)).",
    ),
    (
        reason(Ground.OVER_DELEGATE_LIMIT, limit=usd("50,000"), over=usd("0.01")),
        "A delegate may approve up to $50,000 per service. The fee is $0.01 above that "
        "(resolution on delegation).",
    ),
    (
        reason(Ground.DESCRIPTION_MISSING, category=FeeCategory.TAX),
        "Describe the nature of the services: Tax fees (Schedule 14A Item 9(e)).",
    ),
    (
        reason(
            Ground.GIVEN_LATE,
            given=date(2027, 3, 9),
            deadline=MARCH_8,
            precedes=Precedes.AUDIT_REPORT,
        ),
        "Given on March 9, 2027, after March 8, 2027. It is asked for before the auditor's report "
        "is issued.",
    ),
    (
        reason(Ground.STATEMENT_WITHOUT_DATE, statement=ReportStatement.RECOMMENDED),
        "No date is on file for this statement: Recommended the statements for the annual "
        "report (Reg. S-K 407(d)(3)(i)).",
    ),
    (
        reason(Ground.LINE_NAMES_NO_SERVICE),
        "The text names a category or an amount and no particular work. Say which work, on what "
        "and for whom (SEC staff FAQ H on auditor independence).",
    ),
    (
        reason(
            Ground.STEP_OUT_OF_ORDER,
            step_taken=Step.TESTED,
            taken=date(2026, 3, 1),
            step_before=Step.OPERATING,
            before=date(2026, 3, 5),
        ),
        "Two steps are out of order: the control was tested on March 1, 2026, before the control "
        "began to operate on March 5, 2026. Correct the date or take the step again "
        "(good practice).",
    ),
    (
        reason(Ground.DELEGATE_ASKED, name="Ngozi Okafor"),
        "Ngozi Okafor asked for this service and does not decide on it. Another delegate or the "
        "committee decides (good practice).",
    ),
    (
        reason(Ground.NO_DESCRIPTION, citation="PCAOB Rule 3524"),
        "No description of this service by the auditor is on file (PCAOB Rule 3524).",
    ),
    (reason(Ground.MAY_NOT_ADD), "Figures may not add because of rounding."),
]


@pytest.mark.parametrize(("given", "expected"), SENTENCES, ids=[s[0].ground for s in SENTENCES])
@pytest.mark.django_db
def test_sentence(given: Reason, expected: str) -> None:
    assert sentence(given) == expected


def test_citation_alone() -> None:
    assert citation(reason(Ground.CONTINGENT_FEE)) == "Reg. S-X 2-01(c)(5); PCAOB Rule 3521"
    assert citation(reason(Ground.MAY_NOT_ADD)) == ""


@pytest.mark.parametrize("ground", list(Ground))
def test_every_ground_has_neutral_words(ground: Ground) -> None:
    text, source = map(str, WORDS[ground])
    assert not NOT_NEUTRAL.search(text)
    assert text[0].isupper() or text.startswith("%(")
    assert text[-1] not in ".:;"
    assert "%(citation)s" not in text
    assert source == "" or source[-1] not in ".:;"


@pytest.mark.parametrize("ground", list(Ground))
def test_every_ground_is_used_by_a_rule(ground: Ground) -> None:
    rules = Path(settings.BASE_DIR, "auditors", "rules").rglob("*.py")
    assert any(f"Ground.{ground.name}" in path.read_text() for path in rules)


@pytest.mark.parametrize(
    ("money", "expected"),
    [
        (usd("18,000"), "$18,000"),
        (usd("18,000.5"), "$18,000.50"),
        (usd("-21,862"), "-$21,862"),
        (usd("0"), "$0"),
        (Money(Decimal(12500), "EUR"), "EUR 12,500"),
        (Money(Decimal("12500.25"), "EUR"), "EUR 12,500.25"),
    ],
)
def test_amount(money: Money, expected: str) -> None:
    assert amount(money) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")],
)
def test_listed(words: list[str], expected: str) -> None:
    assert listed(words) == expected


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2027, 3, 8), "Work begins on March 8, 2027."),
        (date(2027, 3, 9), "Work was to begin on March 8, 2027."),
    ],
)
def test_date_of_work_that_has_passed_is_said_as_passed(day: date, said: str) -> None:
    assert work_begins(MARCH_8, day) == said
