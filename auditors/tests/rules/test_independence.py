"""RULE-15: services and fees that the auditor may not provide."""

import pytest

from auditors.enums import Beneficiary, FeeBasis, Ground
from auditors.rules.catalogue import CATALOGUE, SERVICES, WITH_CONCLUSION
from auditors.rules.independence import assess
from auditors.rules.reasons import Reason, grounds, reason

COMPANY, OVERSIGHT = Beneficiary.COMPANY, Beneficiary.OVERSIGHT
FIXED, CONTINGENT = FeeBasis.FIXED, FeeBasis.CONTINGENT


@pytest.mark.parametrize(
    ("service", "beneficiary", "basis", "conclusion", "bars"),
    [
        # The five that may rest on a signed conclusion.
        ("payroll", COMPANY, FIXED, False, [Ground.SERVICE_NEEDS_CONCLUSION]),
        ("payroll", COMPANY, FIXED, True, []),
        ("valuation", COMPANY, FIXED, False, [Ground.SERVICE_NEEDS_CONCLUSION]),
        ("internal-audit", COMPANY, FIXED, True, []),
        # The five that have no exception: a conclusion changes nothing.
        ("legal-services", COMPANY, FIXED, False, [Ground.SERVICE_PROHIBITED]),
        ("legal-services", COMPANY, FIXED, True, [Ground.SERVICE_PROHIBITED]),
        ("executive-search", COMPANY, FIXED, True, [Ground.SERVICE_PROHIBITED]),
        ("aggressive-tax", COMPANY, FIXED, True, [Ground.SERVICE_PROHIBITED]),
        # A fee that depends on a result, whatever the service.
        ("refund-claim", COMPANY, CONTINGENT, False, [Ground.CONTINGENT_FEE]),
        ("annual-audit", COMPANY, CONTINGENT, False, [Ground.CONTINGENT_FEE]),
        (
            "payroll",
            COMPANY,
            CONTINGENT,
            True,
            [Ground.CONTINGENT_FEE],
        ),
        (
            "legal-services",
            COMPANY,
            CONTINGENT,
            False,
            [Ground.CONTINGENT_FEE, Ground.SERVICE_PROHIBITED],
        ),
        # Tax services for persons: the chief financial officer's return, paid by anyone.
        ("personal-tax-return", OVERSIGHT, FIXED, False, [Ground.OVERSIGHT_TAX]),
        ("us-income-tax-returns", OVERSIGHT, FIXED, False, [Ground.OVERSIGHT_TAX]),
        ("oversight-person-tax", OVERSIGHT, FIXED, False, [Ground.OVERSIGHT_TAX]),
        ("oversight-person-tax", COMPANY, FIXED, False, [Ground.OVERSIGHT_TAX]),
        # A director in the role only by a seat on the Board goes on to approval.
        ("personal-tax-return", Beneficiary.BOARD_ONLY, FIXED, False, []),
        ("oversight-person-tax", Beneficiary.BOARD_ONLY, FIXED, False, []),
        ("employee-returns", Beneficiary.EMPLOYEE, FIXED, False, []),
        # What is not tax is not Rule 3523's.
        ("training", OVERSIGHT, FIXED, False, []),
        ("us-income-tax-returns", COMPANY, FIXED, False, []),
        ("us-income-tax-returns", COMPANY, FeeBasis.HOURLY, False, []),
    ],
)
def test_bars(
    service: str, beneficiary: Beneficiary, basis: FeeBasis, conclusion: bool, bars: list[Ground]
) -> None:
    found = assess(
        SERVICES[service],
        fee_basis=basis,
        beneficiary=beneficiary,
        conclusion_on_file=conclusion,
    )
    assert list(grounds(found.bars)) == bars


@pytest.mark.parametrize("conclusion", [False, True])
def test_every_service_of_the_catalogue(conclusion: bool) -> None:
    expected = {}
    for service in CATALOGUE:
        rests = service.prohibition in WITH_CONCLUSION and conclusion
        expected[service.key] = (service.prohibition is not None and not rests, rests)
    found = {
        service.key: assess(
            service, fee_basis=FIXED, beneficiary=COMPANY, conclusion_on_file=conclusion
        )
        for service in CATALOGUE
    }
    assert {
        key: (bool(one.bars), one.full_committee_only) for key, one in found.items()
    } == expected


def test_service_outside_the_list_is_barred_by_its_fee_alone() -> None:
    assert assess(None, fee_basis=FIXED, beneficiary=COMPANY).bars == ()
    contingent = assess(None, fee_basis=CONTINGENT, beneficiary=COMPANY)
    assert grounds(contingent.bars) == (Ground.CONTINGENT_FEE,)


@pytest.mark.parametrize(
    ("beneficiary", "notes"),
    [
        (Beneficiary.BOARD_ONLY, [reason(Ground.BOARD_ROLE_ONLY)]),
        (OVERSIGHT, []),
        (Beneficiary.EMPLOYEE, []),
        (COMPANY, []),
    ],
)
def test_role_by_a_seat_on_the_board_alone_is_noted(
    beneficiary: Beneficiary, notes: list[Reason]
) -> None:
    for service in (None, SERVICES["personal-tax-return"]):
        assert [*assess(service, fee_basis=FIXED, beneficiary=beneficiary).notes] == notes


def test_bar_names_its_paragraph() -> None:
    found = assess(SERVICES["actuarial"], fee_basis=FIXED, beneficiary=COMPANY)
    assert found.bars[0].facts["service"] == SERVICES["actuarial"].name
    assert found.bars[0].facts["citation"] == "Reg. S-X 2-01(c)(4)(iv)"
