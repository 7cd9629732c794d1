"""A small charter and its company, for tests of what is read from records."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from charters import services
from charters.enums import ClosedAs, CommitteeKind, PassageRole
from charters.models import CharterVersion, Clause, Committee, Duty, Passage
from records.enums import SystemActor
from records.models import Company
from records.services.company import set_up

BY = SystemActor.OPERATOR
AT = datetime(2026, 11, 20, 15, tzinfo=UTC)
SIGNED: dict[str, Any] = {"by": BY, "at": AT}


@dataclass(frozen=True)
class Stage:
    """A company whose records begin in 2024, its audit committee, and a charter of two clauses."""

    company: Company
    committee: Committee
    version: CharterVersion
    size: Clause
    plan: Clause

    def duty(self, clause: Clause | None = None, **terms: Any) -> Duty:
        given = {"title": "Review the audit plan", "in_force_from": date(2024, 1, 1)} | terms
        return services.add_duty(clause or self.plan, **given, **SIGNED)

    def complete(self, duty: Duty, on: date, serves: date | None = None, **more: Any) -> Any:
        served = serves or self.company.calendar.year_of(on).last
        return services.record_completion(
            duty, performed_on=on, serves=served, **{**SIGNED, **more}
        )

    def close_gap(
        self, duty: Duty, period: str, *, kind: ClosedAs = ClosedAs.UNDER_REVIEW, **more: Any
    ) -> Any:
        """Close the open item of a period in which a duty was not on file."""
        return services.close_open_item(
            self.committee,
            rule="charters.gap",
            subject=f"duty-{duty.pk}",
            period=period,
            kind=kind,
            **{"reason": "Counsel has it.", **SIGNED, **more},
        )


def set_the_stage(records_begin: date = date(2024, 1, 1)) -> Stage:
    set_up(name="Larch Instruments, Inc.", records_begin=records_begin, **SIGNED)
    committee = services.establish(name="Audit Committee", kind=CommitteeKind.AUDIT, **SIGNED)
    version = CharterVersion.objects.create(
        committee=committee,
        title="Audit Committee Charter",
        text="Membership. Three or more directors. Responsibilities. Review the audit plan.",
        adopted_on=date(2024, 1, 1),
        effective_on=date(2024, 1, 1),
        recorded_at=AT,
    )
    membership, work = (
        Passage.objects.create(version=version, role=PassageRole.SECTION, text=text, order=order)
        for order, text in ((1, "Membership"), (3, "Responsibilities"))
    )
    size = Clause.objects.create(
        version=version,
        reference="M-0",
        order=2,
        section=membership,
        text="Three or more directors.",
    )
    plan = Clause.objects.create(
        version=version, reference="R-2", order=4, section=work, text="Review the audit plan."
    )
    return Stage(Company.objects.get(), committee, version, size, plan)
