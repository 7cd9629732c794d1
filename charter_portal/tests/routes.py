"""Who gets in where: home, and the reports to the Board with their documents."""

from datetime import date

from accounts.tests.walk import (
    COUNSEL,
    DIRECTORS,
    MANAGERS,
    SECRETARIES,
    SIGNED_IN,
    Cast,
    Route,
)
from charter_portal.enums import Audience
from charter_portal.models import BoardReport, PreparedReport, ReleaseDelegation
from charter_portal.services import release as release_services
from charter_portal.tests.reporting import LAST, NOW, delegated, make_world, stored

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
    readers."""
    report = stored(make_world(), cast["secretary"], audience=Audience.INDEPENDENT)
    return {"pk": report.document.pk}


def issued() -> BoardReport | None:
    """The walk may ask twice for the same route."""
    return BoardReport.objects.last()


def a_prepared_report(cast: Cast) -> dict[str, object]:
    found = PreparedReport.objects.first()
    if found is None:
        world = make_world(cast["chair"])
        found = release_services.prepare(
            world.committee, world.scope(), by=cast["secretary"], at=NOW
        )
    return {"pk": found.pk}


def a_delegation(cast: Cast) -> dict[str, object]:
    found = ReleaseDelegation.objects.first()
    if found is None:
        found = delegated(make_world(cast["chair"]))
    return {"pk": found.pk}


def a_world(cast: Cast) -> dict[str, object]:
    issued() or make_world()
    return {}


def a_span(cast: Cast) -> dict[str, object]:
    return {"first": "2026-01-01", "last": LAST.isoformat()}


def a_period(cast: Cast) -> dict[str, object]:
    return {
        "period_from": date(2026, 1, 1).isoformat(),
        "period_to": LAST.isoformat(),
        "audience": "board",
    }


def a_resolution(cast: Cast) -> dict[str, object]:
    return {"key": "recording"}


ROUTES = {
    "home": Route(get=SIGNED_IN),
    "glossary": Route(get=SIGNED_IN),
    "document": Route(get=READERS - MANAGERS, kwargs=a_closed_document),
    "kit": Route(get=READERS),
    "kit_resolution": Route(get=READERS, kwargs=a_resolution),
    "kit_word": Route(get=READERS, kwargs=a_resolution),
    "kit_pdf": Route(get=READERS, kwargs=a_resolution),
    "setup": Route(get=SECRETARIES),
    "setup_company": Route(get=SECRETARIES, post=SECRETARIES),
    "setup_calendar": Route(get=SECRETARIES, post=SECRETARIES),
    "setup_record": Route(get=SECRETARIES, post=SECRETARIES),
    "setup_mail": Route(get=SECRETARIES, post=SECRETARIES),
    "setup_people": Route(get=SECRETARIES, post=SECRETARIES),
    "setup_committee": Route(get=SECRETARIES, post=SECRETARIES),
    "reports": Route(get=READERS),
    "report": Route(get=READERS, kwargs=a_report),
    "minutes_folder": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_world, data=a_span),
    "report_paper": Route(get=SECRETARIES, kwargs=a_report, sees=READERS),
    "report_copy": Route(get=READERS, kwargs=a_replaced_report),
    "report_new": Route(get=SECRETARIES, post=SECRETARIES, data=a_period),
    "report_draft": Route(get=SECRETARIES, post=SECRETARIES, data=a_period),
    "report_issue": Route(get=SECRETARIES, post=SECRETARIES, data=a_period),
    "report_prepared": Route(get=SECRETARIES | {"chair"}, kwargs=a_prepared_report),
    "report_again": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=a_prepared_report, data=a_period, sees={"chair"}
    ),
    "report_release": Route(
        get=frozenset({"chair"}),
        post=frozenset({"chair"}),
        kwargs=a_prepared_report,
        sees=SECRETARIES,
    ),
    "report_send_back": Route(
        get=frozenset({"chair"}),
        post=frozenset({"chair"}),
        kwargs=a_prepared_report,
        sees=SECRETARIES,
    ),
    "report_release_by": Route(get=READERS),
    "report_delegate": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_world, sees=READERS),
    "report_delegation_end": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=a_delegation, sees=READERS
    ),
    "report_replace": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=a_report, data=a_period, sees=READERS
    ),
}
