"""The figures of the law that this app compares with, as they are in force."""

from decimal import Decimal

from committees.rules.limits import IndependenceLimits, RelatedPartyLimits

INDEPENDENCE = IndependenceLimits(
    compensation=Decimal(120_000),
    payments=Decimal(200_000),
    revenue_share=Decimal("0.05"),
    holding_share=Decimal("0.10"),
)
RELATED_PARTIES = RelatedPartyLimits(amount=Decimal(120_000), asset_share=Decimal("0.01"))
