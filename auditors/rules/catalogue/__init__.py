"""The services an auditor is asked for, picked by hand: what each is and where its fee stands.

The TOML file beside this module holds them, to be read and corrected by a lawyer. A service that
is not in the list goes to the committee; text is never classified.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from auditors.enums import FeeCategory, Prohibition, TaxKind

# Prohibited unless it is reasonable to conclude that the results are not audited.
WITH_CONCLUSION = frozenset(
    {
        Prohibition.BOOKKEEPING,
        Prohibition.INFORMATION_SYSTEMS,
        Prohibition.VALUATION,
        Prohibition.ACTUARIAL,
        Prohibition.INTERNAL_AUDIT,
    }
)
CITATIONS: Mapping[Prohibition, str] = {
    Prohibition.BOOKKEEPING: "Reg. S-X 2-01(c)(4)(i)",
    Prohibition.INFORMATION_SYSTEMS: "Reg. S-X 2-01(c)(4)(ii)",
    Prohibition.VALUATION: "Reg. S-X 2-01(c)(4)(iii)",
    Prohibition.ACTUARIAL: "Reg. S-X 2-01(c)(4)(iv)",
    Prohibition.INTERNAL_AUDIT: "Reg. S-X 2-01(c)(4)(v)",
    Prohibition.MANAGEMENT: "Reg. S-X 2-01(c)(4)(vi)",
    Prohibition.HUMAN_RESOURCES: "Reg. S-X 2-01(c)(4)(vii)",
    Prohibition.BROKER_DEALER: "Reg. S-X 2-01(c)(4)(viii)",
    Prohibition.LEGAL: "Reg. S-X 2-01(c)(4)(ix)",
    Prohibition.EXPERT: "Reg. S-X 2-01(c)(4)(x)",
    Prohibition.AGGRESSIVE_TAX: "PCAOB Rule 3522",
    Prohibition.OVERSIGHT_TAX: "PCAOB Rule 3523",
}


@dataclass(frozen=True)
class Service:
    """One service. `category` is where its fee is proposed to stand; the user may file otherwise.

    `by_year_audited`: its fee belongs to the year audited; every other fee to the year rendered
    (Schedule 14A Item 9(e)). `always_specific`: approved with the engagement letter, never under
    a policy line or by a delegate.
    """

    key: str
    name: str
    description: str
    category: FeeCategory
    prohibition: Prohibition | None = None
    tax_kind: TaxKind | None = None
    by_year_audited: bool = False
    always_specific: bool = False
    concerns_internal_control: bool = False
    may_be_audit_related: bool = False

    @property
    def is_audit(self) -> bool:
        return self.category == FeeCategory.AUDIT

    @property
    def citation(self) -> str:
        return CITATIONS[self.prohibition] if self.prohibition else ""

    @property
    def may_rest_on_conclusion(self) -> bool:
        return self.prohibition in WITH_CONCLUSION


def _services() -> Iterator[Service]:
    text = (files(__name__) / "services.toml").read_text(encoding="utf-8")
    for table in tomllib.loads(text)["service"]:
        prohibition, tax_kind = table.pop("prohibition", None), table.pop("tax_kind", None)
        yield Service(
            category=FeeCategory(table.pop("category")),
            prohibition=Prohibition(prohibition) if prohibition else None,
            tax_kind=TaxKind(tax_kind) if tax_kind else None,
            **table,
        )


CATALOGUE = tuple(_services())
SERVICES: Mapping[str, Service] = {service.key: service for service in CATALOGUE}
