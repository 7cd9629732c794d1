"""Who gets in where: the reports to the Board."""

from datetime import UTC, date, datetime

from accounts.tests.walk import COUNSEL, DIRECTORS, SECRETARIES, Cast, Door
from charter_portal.enums import Audience
from charter_portal.models import BoardReport
from charter_portal.reports import compose, to_json
from charter_portal.tests.reporting import LAST, World, make_world
from records.services import documents

READERS = SECRETARIES | DIRECTORS | COUNSEL
ISSUED = datetime(2026, 10, 5, 15, 0, tzinfo=UTC)


def stored(
    world: World, by: object, *, audience: Audience = Audience.BOARD, replaces: object = None
) -> BoardReport:
    """A report on record whose PDF is a stand-in: for pages and access, where Pango may be missing."""
    number = BoardReport.objects.count() + 1
    scope = world.scope(audience=audience)
    report = compose(world.committee, scope, company=world.company, on=ISSUED.date())
    document = documents.file(
        kind="board_report",
        title=f"Report no. {number}",
        content=b"%PDF-1.7\n%stand-in for a report\n%%EOF\n",
        file_name=f"board-report-{number}.pdf",
        by=by,
        at=ISSUED,
    )
    issued = BoardReport(
        number=number,
        committee=world.committee,
        chair_name=report.chair,
        period_from=report.period_from,
        period_to=report.period_to,
        as_of=report.as_of,
        audience=audience,
        document=document,
        data=to_json(report),
        head_sequence=report.head_sequence,
        head_hash=report.head_hash,
        replaces=replaces,
        issued_by=by,
        issued_at=ISSUED,
    )
    issued.save()
    return issued


def a_report(cast: Cast) -> dict[str, object]:
    return {"number": stored(make_world(), cast["secretary"]).number}


def a_replaced_report(cast: Cast) -> dict[str, object]:
    world = make_world()
    first = stored(world, cast["secretary"])
    stored(world, cast["secretary"], replaces=first)
    return {"number": first.number}


def a_period(cast: Cast) -> dict[str, object]:
    return {
        "period_from": date(2026, 1, 1).isoformat(),
        "period_to": LAST.isoformat(),
        "audience": "board",
    }


DOORS = {
    "reports": Door(get=READERS),
    "report": Door(get=READERS, kwargs=a_report),
    "report_copy": Door(get=READERS, kwargs=a_replaced_report),
    "report_new": Door(get=SECRETARIES, post=SECRETARIES, data=a_period),
    "report_draft": Door(get=SECRETARIES, post=SECRETARIES, data=a_period),
    "report_issue": Door(get=SECRETARIES, post=SECRETARIES, data=a_period),
    "report_replace": Door(get=SECRETARIES, post=SECRETARIES, kwargs=a_report, data=a_period),
}
