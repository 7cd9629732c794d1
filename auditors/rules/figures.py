"""The figures of these rules: what law may change is an argument of every rule.

The law's are in the rule-data, each with its citation and its dates. Those of the charter and of
good practice stand here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from records.rule_data import RuleData


@dataclass(frozen=True)
class Rotation:
    """Reg. S-X 2-01(c)(6), (f)(7)(ii); PCAOB AS 1220.08. Years are fiscal years audited."""

    lead_years: int
    lead_time_out: int
    other_years: int
    other_time_out: int
    reviewer_cooling: int
    # A partner counts above so many hours, or leading a subsidiary of so large a share.
    hours: Decimal
    subsidiary_share: Decimal
    # Good practice: the outlook speaks from the start of this year of service.
    outlook_from: int
    # The exemption: fewer clients and partners than these, reviewed within so many years.
    small_firm_clients: int
    small_firm_partners: int
    small_firm_review_years: int


def rotation_on(day: date, table: RuleData) -> Rotation:
    """The figures of rotation for the audit of a fiscal year, by its last date."""

    def figure(name: str) -> int:
        return _figure(f"auditor.{name}", day, table)

    return Rotation(
        lead_years=figure("rotation.lead_years"),
        lead_time_out=figure("rotation.lead_time_out"),
        other_years=figure("rotation.other_years"),
        other_time_out=figure("rotation.other_time_out"),
        reviewer_cooling=figure("rotation.reviewer_cooling"),
        hours=Decimal(figure("rotation.hours")),
        subsidiary_share=Decimal(figure("rotation.subsidiary_percent")) / 100,
        outlook_from=OUTLOOK_FROM,
        small_firm_clients=figure("small_firm.clients"),
        small_firm_partners=figure("small_firm.partners"),
        small_firm_review_years=figure("small_firm.review_years"),
    )


def waiver_share_on(day: date, table: RuleData) -> Decimal:
    """The share of the waiver as a fraction, for a service that begins on a date."""
    return Decimal(_figure("auditor.waiver_percent", day, table)) / 100


def _figure(key: str, day: date, table: RuleData) -> int:
    """What an audit before the first date of the table is judged by: its first value."""
    return table.number_on(key, max(day, table.rule(key).values[0].first))


# Good practice: the outlook speaks from the start of this year of service.
OUTLOOK_FROM = 4
# Good practice: an excepted item without a decision is an open item after so many days.
EXCEPTION_OPEN_DAYS = 30
# Good practice: a hint so many months after the last complete independence letter (C8).
LETTER_HINT_MONTHS = 15
# The charter's own window for inquiries before a quality-control report.
QUALITY_WINDOW_YEARS = 5
