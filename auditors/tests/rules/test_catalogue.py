"""The catalogue, linted: every entry whole, in its own words, and true to the regulation."""

import re

import pytest

from auditors.enums import FeeCategory, Prohibition, TaxKind
from auditors.rules.catalogue import CATALOGUE, CITATIONS, SERVICES, WITH_CONCLUSION, Service
from auditors.rules.policy import names_particular_work

NEUTRAL = re.compile(r"violat|breach|fail", re.IGNORECASE)


def test_there_are_about_forty_services_each_with_a_key_of_its_own() -> None:
    assert 40 <= len(CATALOGUE) <= 50
    assert len(SERVICES) == len({service.name for service in CATALOGUE}) == len(CATALOGUE)


@pytest.mark.parametrize("service", CATALOGUE, ids=lambda service: service.key)
def test_entry_is_whole(service: Service) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", service.key)
    assert service.name[0].isupper()
    assert not service.name.endswith(".")
    assert service.description[0].isupper()
    assert service.description.endswith(".")
    assert len(service.description) <= 200
    assert not NEUTRAL.search(service.name + service.description)


@pytest.mark.parametrize("service", CATALOGUE, ids=lambda service: service.key)
def test_entry_is_consistent(service: Service) -> None:
    assert (service.tax_kind is not None) == (service.category == FeeCategory.TAX)
    assert not service.by_year_audited or service.is_audit
    assert not service.may_be_audit_related or service.is_audit
    assert not (service.always_specific and service.prohibition)
    assert bool(service.citation) == (service.prohibition is not None)


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
    """But one: a line on accounting consultation says on which transaction or standard."""
    generic = [s.key for s in CATALOGUE if not names_particular_work(s.name)]
    assert generic == ["accounting-consultation"]
