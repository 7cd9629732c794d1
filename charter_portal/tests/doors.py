"""Who gets in where: home, and the reports to the Board."""

from datetime import date

from accounts.tests.walk import COUNSEL, DIRECTORS, SECRETARIES, SIGNED_IN, Cast, Door
from charter_portal.models import BoardReport
from charter_portal.tests.reporting import LAST, make_world, stored

READERS = SECRETARIES | DIRECTORS | COUNSEL


def a_report(cast: Cast) -> dict[str, object]:
    return {"number": (issued() or stored(make_world(), cast["secretary"])).number}


def a_replaced_report(cast: Cast) -> dict[str, object]:
    if issued() is None:
        world = make_world()
        first = stored(world, cast["secretary"])
        stored(world, cast["secretary"], replaces=first)
    return {"number": 1}


def issued() -> BoardReport | None:
    """The walk may ask twice for the same door."""
    return BoardReport.objects.last()


def a_period(cast: Cast) -> dict[str, object]:
    return {
        "period_from": date(2026, 1, 1).isoformat(),
        "period_to": LAST.isoformat(),
        "audience": "board",
    }


DOORS = {
    "home": Door(get=SIGNED_IN),
    "reports": Door(get=READERS),
    "report": Door(get=READERS, kwargs=a_report),
    "report_copy": Door(get=READERS, kwargs=a_replaced_report),
    "report_new": Door(get=SECRETARIES, post=SECRETARIES, data=a_period),
    "report_draft": Door(get=SECRETARIES, post=SECRETARIES, data=a_period),
    "report_issue": Door(get=SECRETARIES, post=SECRETARIES, data=a_period),
    "report_replace": Door(get=SECRETARIES, post=SECRETARIES, kwargs=a_report, data=a_period),
}
