"""The catalogue, linted: every entry whole, in its own words, and true to the regulation."""

import re
from collections.abc import Callable

import pytest

from auditors.enums import FeeCategory, Prohibition, TaxKind
from auditors.rules.catalogue import CATALOGUE, CITATIONS, SERVICES, WITH_CONCLUSION, Service
from auditors.rules.particular_work import names_particular_work

NEUTRAL = re.compile(r"violat|breach|fail", re.IGNORECASE)


def test_there_are_about_forty_services_each_with_a_key_of_its_own() -> None:
    assert 40 <= len(CATALOGUE) <= 50
    assert len(SERVICES) == len({service.name for service in CATALOGUE}) == len(CATALOGUE)


def not_so(holds: Callable[[Service], object]) -> list[str]:
    """The keys of the services of which it does not hold: one test names them all."""
    return [service.key for service in CATALOGUE if not holds(service)]


def is_sentence(text: str) -> bool:
    return text[0].isupper() and text.endswith(".") and len(text) <= 200


WHOLE: dict[str, Callable[[Service], object]] = {
    "key": lambda service: re.fullmatch(r"[a-z]+(-[a-z]+)*", service.key),
    "name": lambda service: service.name[0].isupper() and not service.name.endswith("."),
    "description": lambda service: is_sentence(service.description),
    "neutral words": lambda service: not NEUTRAL.search(service.name + service.description),
}
CONSISTENT: dict[str, Callable[[Service], object]] = {
    "tax": lambda s: (s.tax_kind is not None) == (s.category == FeeCategory.TAX),
    "year audited": lambda s: not s.by_year_audited or s.is_audit,
    "audit-related": lambda s: not s.may_be_audit_related or s.is_audit,
    "specific": lambda s: not (s.always_specific and s.prohibition),
    "citation": lambda s: bool(s.citation) == (s.prohibition is not None),
}


def test_entries_are_whole() -> None:
    assert {name: not_so(holds) for name, holds in WHOLE.items()} == {name: [] for name in WHOLE}


def test_entries_are_consistent() -> None:
    found = {name: not_so(holds) for name, holds in CONSISTENT.items()}
    assert found == {name: [] for name in CONSISTENT}


def test_every_prohibition_has_a_service_and_a_paragraph_of_its_own() -> None:
    assert {service.prohibition for service in CATALOGUE} - {None} == set(Prohibition)
    assert len(set(CITATIONS.values())) == len(CITATIONS) == len(Prohibition)


def test_paragraphs_follow_the_regulation() -> None:
    roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
    assert [CITATIONS[each] for each in Prohibition][:10] == [
        f"Reg. S-X 2-01(c)(4)({number})" for number in roman
    ]


def test_the_first_five_alone_may_rest_on_a_conclusion() -> None:
    assert set(list(Prohibition)[:5]) == WITH_CONCLUSION


def test_services_approved_with_the_engagement_letter() -> None:
    specific = {service.key for service in CATALOGUE if service.always_specific}
    assert specific == {"annual-audit", "interim-reviews", "controls-audit"}


@pytest.mark.parametrize(
    ("key", "category", "by_year_audited"),
    [
        ("annual-audit", FeeCategory.AUDIT, True),
        ("interim-reviews", FeeCategory.AUDIT, True),
        ("statutory-audit", FeeCategory.AUDIT, True),
        # Consents, comfort letters and replies to the SEC are proposed as Audit, by year rendered.
        ("consent", FeeCategory.AUDIT, False),
        ("comfort-letter", FeeCategory.AUDIT, False),
        ("sec-comments", FeeCategory.AUDIT, False),
        ("plan-audit", FeeCategory.AUDIT_RELATED, False),
        ("due-diligence", FeeCategory.AUDIT_RELATED, False),
        ("sustainability-assurance", FeeCategory.AUDIT_RELATED, False),
        ("us-income-tax-returns", FeeCategory.TAX, False),
        ("research-library", FeeCategory.ALL_OTHER, False),
    ],
)
def test_category_and_year(key: str, category: FeeCategory, by_year_audited: bool) -> None:
    service = SERVICES[key]
    assert (service.category, service.by_year_audited) == (category, by_year_audited)


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("us-income-tax-returns", TaxKind.COMPLIANCE),
        ("refund-claim", TaxKind.COMPLIANCE),
        ("research-credit", TaxKind.ADVICE),
        ("transfer-pricing", TaxKind.ADVICE),
    ],
)
def test_tax_kind(key: str, kind: TaxKind) -> None:
    assert SERVICES[key].tax_kind == kind


def test_no_entry_is_a_mere_category() -> None:
    """But three: a line on due diligence, a consultation or tax advice says on which transaction
    or standard. A prohibited service is refused as such."""
    permitted = [s for s in CATALOGUE if s.prohibition is None]
    generic = [s.key for s in permitted if not names_particular_work(s.name)]
    assert generic == ["due-diligence", "accounting-consultation", "transaction-tax-advice"]
