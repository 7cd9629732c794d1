"""Who gets in where: home, and the reports to the Board with their documents."""

from datetime import date

from accounts.tests.walk import (
    COUNSEL,
    DIRECTORS,
    MANAGERS,
    SECRETARIES,
    SIGNED_IN,
    Cast,
    Door,
)
from charter_portal.enums import Audience
from charter_portal.models import BoardReport
from charter_portal.tests.reporting import LAST, make_world, stored
from records.tests.doors import PRESERVERS, a_hold, a_reason

READERS = SECRETARIES | DIRECTORS | COUNSEL


def a_report(cast: Cast) -> dict[str, object]:
    return {"number": (issued() or stored(make_world(), cast["secretary"])).number}


def a_replaced_report(cast: Cast) -> dict[str, object]:
    if issued() is None:
        world = make_world()
        first = stored(world, cast["secretary"])
        stored(world, cast["secretary"], replaces=first)
    return {"number": 1}


def a_closed_document(cast: Cast) -> dict[str, object]:
    """A report for the independent directors: closed to management, and to nobody else of its
    readers (law 9)."""
    report = stored(make_world(), cast["secretary"], audience=Audience.INDEPENDENT)
    return {"pk": report.document.pk}


def issued() -> BoardReport | None:
    """The walk may ask twice for the same door."""
    return BoardReport.objects.last()


def a_period(cast: Cast) -> dict[str, object]:
    return {
        "period_from": date(2026, 1, 1).isoformat(),
        "period_to": LAST.isoformat(),
        "audience": "board",
    }


def a_resolution(cast: Cast) -> dict[str, object]:
    return {"key": "recording"}


DOORS = {
    "ledger_export": Door(post=SECRETARIES),
    "purge": Door(get=SECRETARIES, post=SECRETARIES),
    "purge_nightly": Door(get=SECRETARIES, post=SECRETARIES),
    "hold_lift": Door(get=PRESERVERS, post=PRESERVERS, kwargs=a_hold, data=a_reason),
    "notices_purge": Door(get=SECRETARIES, post=SECRETARIES),
    "home": Door(get=SIGNED_IN),
    "document": Door(get=READERS - MANAGERS, kwargs=a_closed_document),
    "kit": Door(get=READERS),
    "kit_resolution": Door(get=READERS, kwargs=a_resolution),
    "kit_word": Door(get=READERS, kwargs=a_resolution),
    "kit_pdf": Door(get=READERS, kwargs=a_resolution),
    "setup": Door(get=SECRETARIES),
    "setup_company": Door(get=SECRETARIES, post=SECRETARIES),
    "setup_calendar": Door(get=SECRETARIES, post=SECRETARIES),
    "setup_record": Door(get=SECRETARIES, post=SECRETARIES),
    "setup_mail": Door(get=SECRETARIES, post=SECRETARIES),
    "setup_people": Door(get=SECRETARIES, post=SECRETARIES),
    "setup_committee": Door(get=SECRETARIES, post=SECRETARIES),
    "reports": Door(get=READERS),
    "report": Door(get=READERS, kwargs=a_report),
    "report_copy": Door(get=READERS, kwargs=a_replaced_report),
    "report_new": Door(get=SECRETARIES, post=SECRETARIES, data=a_period),
    "report_draft": Door(get=SECRETARIES, post=SECRETARIES, data=a_period),
    "report_issue": Door(get=SECRETARIES, post=SECRETARIES, data=a_period),
    "report_replace": Door(
        get=SECRETARIES, post=SECRETARIES, kwargs=a_report, data=a_period, sees=READERS
    ),
}
