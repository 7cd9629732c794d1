"""A small committee with a year of records, for the tests of the report to the Board."""

import io
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pikepdf

from accounts.models import User
from charter_portal.enums import Audience
from charter_portal.models import BoardReport, ReleaseDelegation
from charter_portal.permissions import restricted_roles
from charter_portal.reports import BoardReportData, compose, render_html, render_paper_html, to_json
from charter_portal.reports.plain import values_as_text
from charter_portal.reports.scope import Scope
from charter_portal.services import release as release_services
from charters import services
from charters.enums import Cadence, ClosedAs, CommitteeKind, DutyKind, HowDecided, Layer
from charters.models import CharterVersion, Committee, Duty
from charters.reading.structure import Role, TextPassage
from charters.standing import Docket
from committees import services as seating
from committees.enums import EndReason
from committees.models import Director, Membership
from records import ledger
from records.acts import act
from records.enums import SystemActor
from records.models import Company
from records.services import documents

BEGIN = date(2025, 1, 1)
FIRST, LAST = date(2026, 1, 1), date(2026, 9, 30)
NOW = datetime(2026, 10, 5, 15, 0, tzinfo=UTC)
LONG_AGO = datetime(2025, 1, 2, 15, 0, tzinfo=UTC)
BY = SystemActor.OPERATOR

# Section, reference, heading, and the duties on the clause: title, terms, days of evidence.
CLAUSES: tuple[
    tuple[str, str, str, tuple[tuple[str, dict[str, object], tuple[date, ...]], ...]], ...
] = (
    (
        "Purpose",
        "P-a",
        "Statements and controls",
        (
            (
                "Keep the integrity of the financial statements in view",
                {"kind": DutyKind.PURPOSE},
                (date(2025, 8, 5), date(2026, 5, 6)),
            ),
            (
                "Look at the insurance programme",
                {"due_month": 6},
                (),
            ),
        ),
    ),
    (
        "Membership",
        "M-0",
        "Three or more directors",
        (
            (
                "At least three directors sit on the committee",
                {
                    "kind": DutyKind.CONDITION,
                    "catalogue_key": "minimum-size",
                    "layer": Layer.LAW,
                    "citation": "Nasdaq 5605(c)(2)(A)",
                },
                (),
            ),
        ),
    ),
    (
        "Responsibilities",
        "R-1a",
        "The auditor",
        (
            (
                "Evaluate the independent auditor",
                {"due_month": 3},
                (date(2025, 3, 4), date(2026, 3, 3)),
            ),
        ),
    ),
    (
        "Responsibilities",
        "R-1g",
        "Independence",
        (
            (
                "Discuss the auditor's independence with the auditor",
                {"layer": Layer.LAW, "citation": "PCAOB Rule 3526", "due_month": 3},
                (date(2026, 3, 3),),
            ),
        ),
    ),
    (
        "Responsibilities",
        "R-6",
        "Advisers",
        (("Engage advisers of its own", {"kind": DutyKind.AUTHORITY}, ()),),
    ),
    (
        "Meetings",
        "MT-1",
        "Four meetings",
        (
            (
                "Meet in every quarter",
                {"cadence": Cadence.QUARTERLY, "due_month": 3},
                (
                    date(2025, 3, 4),
                    date(2025, 5, 6),
                    date(2025, 8, 5),
                    date(2025, 11, 4),
                    date(2026, 3, 3),
                    date(2026, 5, 6),
                    date(2026, 8, 4),
                ),
            ),
        ),
    ),
    ("Meetings", "MT-3", "Report to the Board", ()),
)


@dataclass
class World:
    company: Company
    committee: Committee
    version: CharterVersion
    duties: dict[str, Duty] = field(default_factory=dict)
    members: list[Membership] = field(default_factory=list)

    def scope(self, **terms: object) -> Scope:
        given = {"period_from": FIRST, "period_to": LAST, "as_of": LAST, "audience": Audience.BOARD}
        return Scope(**{**given, **terms})

    def docket(self, day: date = LAST) -> Docket:
        return Docket(self.committee, day, self.company)

    def close(self, title: str, period: str, kind: ClosedAs, reason: str) -> None:
        services.close_open_item(
            self.committee,
            rule="charters.gap",
            subject=f"duty-{self.duties[title].pk}",
            period=period,
            kind=kind,
            reason=reason,
            by=BY,
            at=NOW,
        )


def make_world(chair_user: User | None = None) -> World:
    company = Company.objects.create(
        name="Alder & Brook Instruments, Inc.", ticker="ABIX", records_begin=BEGIN
    )
    services.establish(name="Board of Directors", kind=CommitteeKind.BOARD, by=BY, at=LONG_AGO)
    committee = services.establish(
        name="Audit Committee", kind=CommitteeKind.AUDIT, by=BY, at=LONG_AGO
    )
    version = services.draft(
        committee,
        title="Charter of the Audit Committee",
        text="\n".join(f"{heading}." for __, __, heading, __ in CLAUSES),
        passages=passages(),
        headings={reference: heading for __, reference, heading, __ in CLAUSES},
        by=BY,
        at=LONG_AGO,
    )
    version = services.adopt(
        version,
        adopted_on=date(2024, 12, 10),
        effective_on=BEGIN,
        how=HowDecided.MEETING,
        number="4",
        by=BY,
        at=LONG_AGO,
    )
    world = World(company, committee, version)
    seat_members(world, chair_user)
    for __, reference, __, duties in CLAUSES:
        for title, terms, days in duties:
            add_duty(world, reference, title, terms, days)
    return world


def passages() -> list[TextPassage]:
    found: list[TextPassage] = []
    for section, reference, heading, __ in CLAUSES:
        if section not in {passage.text for passage in found}:
            found.append(TextPassage(Role.SECTION, section, len(found), section=section))
        found.append(
            TextPassage(
                Role.CLAUSE, f"{heading}.", len(found), section=section, reference=reference
            )
        )
    return found


def seat_members(world: World, chair_user: User | None) -> None:
    people = [("Clara Chair", chair_user), ("Max Member", None), ("Nora Newcomer", None)]
    for name, user in people:
        director = seating.add_director(name=name, user=user, by=BY, at=LONG_AGO)
        starts_on = date(2026, 5, 20) if name.startswith("Nora") else BEGIN
        world.members.append(
            seating.seat(director, world.committee, starts_on=starts_on, by=BY, at=LONG_AGO)
        )
    seating.designate_chair(world.members[0], starts_on=BEGIN, by=BY, at=LONG_AGO)
    leaver = seating.add_director(name="Leo Leaver", by=BY, at=LONG_AGO)
    seat = seating.seat(leaver, world.committee, starts_on=BEGIN, by=BY, at=LONG_AGO)
    seating.end_membership(
        seat, ends_on=date(2026, 5, 20), reason=EndReason.NOT_REELECTED, by=BY, at=NOW
    )


def add_duty(
    world: World, reference: str, title: str, terms: dict[str, object], days: tuple[date, ...]
) -> None:
    clause = world.version.clauses.get(reference=reference)
    duty = services.add_duty(clause, title=title, in_force_from=BEGIN, by=BY, at=LONG_AGO, **terms)
    world.duties[title] = duty
    for day in days:
        services.record_completion(
            duty, performed_on=day, serves=day, note=f"Private words of {day:%B}", by=BY, at=NOW
        )


def resign(world: World, name: str, on: date) -> None:
    director = Director.objects.get(name=name)
    seat = world.committee.memberships.get(director=director, ends_on=None)
    seating.end_membership(
        seat, ends_on=on, reason=EndReason.RESIGNED, exchange_notified_on=on, by=BY, at=NOW
    )


def whole(report: BoardReportData) -> str:
    """The report and its working paper."""
    return render_html(report) + render_paper_html(report)


def blank_pdf() -> bytes:
    page = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(page, deterministic_id=True)
    return page.getvalue()


def stored(
    world: World, by: object, *, audience: Audience = Audience.BOARD, replaces: object = None
) -> BoardReport:
    """A report on record whose PDF is a stand-in: for pages and access, where Pango may be missing."""
    number = BoardReport.objects.count() + 1
    scope = world.scope(audience=audience)
    report = compose(world.committee, scope, company=world.company, on=NOW.date())
    document = documents.file(
        kind="charter_portal.board_report",
        title=f"Report no. {number}",
        content=blank_pdf(),
        file_name=f"board-report-{number}.pdf",
        by=by,
        at=NOW,
    )
    issued = BoardReport(
        number=number,
        committee=world.committee,
        chair_name=report.chair,
        period_from=report.period_from,
        period_to=report.period_to,
        as_of=report.as_of,
        audience=audience,
        restricted_roles=restricted_roles(audience),
        restricted_since=NOW.date(),
        document=document,
        data=to_json(report),
        head_sequence=report.head_sequence,
        head_hash=report.head_hash,
        replaces=replaces,
        issued_by=by,
        issued_at=NOW,
    )
    issued.save()
    record_issue(issued, by=by, at=NOW)
    return issued


@act
def record_issue(report: BoardReport, *, by: object, at: datetime) -> None:
    document = report.document
    ledger.record(
        "board_report.issued",
        subject=report,
        by=by,
        at=at,
        document=document,
        content=ledger.digest(document.sha256, document.salt),
        values=ledger.digest(values_as_text(report.data), document.salt),
    )


def delegated(world: World) -> ReleaseDelegation:
    """The Committee decided that the secretary issues its reports."""
    decision = services.record_decision(
        world.committee,
        decided_on=date(2026, 3, 3),
        how=HowDecided.MEETING,
        text="RESOLVED, that the secretary issues the Committee’s reports.",
        by=BY,
        at=NOW,
    )
    return release_services.delegate_release(world.committee, decision, by=BY, at=NOW)
