"""Who gets in where: the committee's people, its charter, its duties."""

from datetime import date

from accounts.tests.walk import (
    AUDITORS,
    COUNSEL,
    DIRECTORS,
    MANAGERS,
    SECRETARIES,
    Cast,
    Door,
)
from committees import services
from committees.models import CharterVersion, Committee, Duty, EventCard, EventClock
from committees.services import events
from committees.tests.charters import AT, Stage, set_the_stage
from committees.tests.factories import LONG_AGO, SIGNED, a_company, a_director, a_seat
from records import ledger
from records.models import Company

READERS = SECRETARIES | DIRECTORS | COUNSEL
TEXT_READERS = READERS | MANAGERS | AUDITORS
# Who sits on the committee attests too; the walk's directors sit on none.
ATTESTERS = SECRETARIES


def stage() -> Stage:
    """The one stage of the walk, set when the first door needs it."""
    committee = Committee.objects.audit()
    if committee is None or not committee.charter_versions.exists():
        return set_the_stage()
    version = committee.charter_versions.adopted().get()
    size, plan = version.clauses.all()
    return Stage(Company.objects.get(), committee, version, size, plan)


def a_charter(cast: Cast) -> dict[str, object]:
    stage()
    return {}


def a_clause(cast: Cast) -> dict[str, object]:
    stage()
    return {"reference": "R-2"}


def a_duty(cast: Cast) -> dict[str, object]:
    return {"pk": (Duty.objects.first() or stage().duty()).pk}


def an_attestation(cast: Cast) -> dict[str, object]:
    scene = stage()
    return {"pk": scene.attest(scene.duty(), date(2026, 5, 5)).pk}


def an_exception(cast: Cast) -> dict[str, object]:
    duty = stage().duty()
    return {"key": f"gap:duty-{duty.pk}:FY2025"}


def a_version(cast: Cast) -> dict[str, object]:
    return {"pk": stage().version.pk}


def a_draft(cast: Cast) -> dict[str, object]:
    found = CharterVersion.objects.drafts().first() or CharterVersion.objects.create(
        committee=stage().committee,
        title="Draft",
        text="Draft.",
        salt=ledger.new_salt(),
        recorded_at=AT,
    )
    return {"pk": found.pk}


def a_year(cast: Cast) -> dict[str, object]:
    stage()
    return {"key": "FY2026"}


def a_performance(cast: Cast) -> dict[str, object]:
    return {"performed_on": "2026-05-05", "serves": "2026-12-31", "note": "Reviewed."}


def some_director(cast: Cast) -> dict[str, object]:
    a_company()
    return {"pk": a_director().pk}


def some_seat(cast: Cast) -> dict[str, object]:
    a_company()
    return {"pk": a_seat().pk}


def some_chair(cast: Cast) -> dict[str, object]:
    a_company()
    return {"pk": services.designate_chair(a_seat(), starts_on=LONG_AGO, **SIGNED).pk}


def a_correction(cast: Cast) -> dict[str, object]:
    return {"starts_on": "2021-01-02"}


def an_end(cast: Cast) -> dict[str, object]:
    return {"ends_on": "2026-01-02", "reason": "resigned"}


def an_event(cast: Cast) -> dict[str, object]:
    """Closed to management, and to nobody else of its readers (law 9)."""
    return {"pk": a_card(cast).pk}


def a_card(cast: Cast) -> EventCard:
    return EventCard.objects.first() or events.enter_event(
        stage().committee,
        template="blank",
        title="Letter received",
        learned_on=date(2026, 11, 9),
        closed_to="management",
        by=cast["secretary"],
        at=AT,
    )


def an_event_clock(cast: Cast) -> dict[str, object]:
    card = a_card(cast)
    signed = {"by": cast["secretary"], "at": AT}
    made = EventClock.objects.first() or events.enter_clock(card, what="Reply", days=10, **signed)
    return {"pk": made.pk}


def a_template(cast: Cast) -> dict[str, object]:
    stage()
    return {"template": "blank"}


def what_happened(cast: Cast) -> dict[str, object]:
    return {"title": "Letter received", "learned_on": "2026-11-09"}


def a_count(cast: Cast) -> dict[str, object]:
    return {"what": "Reply", "days": "10", "counting": "business", "starts": "learned"}


KEEPERS = (SECRETARIES | COUNSEL) - MANAGERS

DOORS = {
    # The committee's people.
    "committee": Door(get=READERS | MANAGERS),
    "committee_establish": Door(get=SECRETARIES, post=SECRETARIES),
    "director": Door(get=READERS | MANAGERS, kwargs=some_director),
    "director_add": Door(get=SECRETARIES, post=SECRETARIES),
    "director_change": Door(
        get=SECRETARIES, post=SECRETARIES, kwargs=some_director, sees=READERS | MANAGERS
    ),
    "membership_begin": Door(get=SECRETARIES, post=SECRETARIES),
    "membership_end": Door(
        get=SECRETARIES, post=SECRETARIES, kwargs=some_seat, data=an_end, sees=READERS | MANAGERS
    ),
    "membership_notice": Door(
        get=SECRETARIES, post=SECRETARIES, kwargs=some_seat, sees=READERS | MANAGERS
    ),
    "membership_correct": Door(
        get=SECRETARIES,
        post=SECRETARIES,
        kwargs=some_seat,
        data=a_correction,
        sees=READERS | MANAGERS,
    ),
    "chair_end": Door(
        get=SECRETARIES, post=SECRETARIES, kwargs=some_chair, sees=READERS | MANAGERS
    ),
    "chair_designate": Door(
        get=SECRETARIES, post=SECRETARIES, kwargs=some_seat, sees=READERS | MANAGERS
    ),
    # The charter and its duties.
    "charter": Door(get=TEXT_READERS, kwargs=a_charter),
    "clause": Door(get=TEXT_READERS, kwargs=a_clause),
    "year": Door(get=READERS, kwargs=a_charter),
    "fiscal_year": Door(get=READERS, kwargs=a_year),
    "clocks": Door(get=READERS | MANAGERS | {"internal_auditor"}, kwargs=a_charter),
    "events": Door(get=READERS | MANAGERS, kwargs=a_charter),
    "event_new": Door(get=SECRETARIES | COUNSEL, kwargs=a_charter),
    "event_add": Door(
        get=SECRETARIES | COUNSEL,
        post=SECRETARIES | COUNSEL,
        kwargs=a_template,
        data=what_happened,
        sees=READERS | MANAGERS,
    ),
    "event": Door(get=READERS - MANAGERS, kwargs=an_event),
    "event_sheet": Door(get=READERS - MANAGERS, kwargs=an_event),
    "event_change": Door(
        get=KEEPERS, post=KEEPERS, kwargs=an_event, data=what_happened, sees=READERS - MANAGERS
    ),
    "event_clock_add": Door(
        get=KEEPERS, post=KEEPERS, kwargs=an_event, data=a_count, sees=READERS - MANAGERS
    ),
    "event_close": Door(get=KEEPERS, post=KEEPERS, kwargs=an_event, sees=READERS - MANAGERS),
    "event_clock_change": Door(
        get=KEEPERS, post=KEEPERS, kwargs=an_event_clock, data=a_count, sees=READERS - MANAGERS
    ),
    "event_clock_stop": Door(
        get=KEEPERS, post=KEEPERS, kwargs=an_event_clock, sees=READERS - MANAGERS
    ),
    "event_clock_withdraw": Door(
        get=KEEPERS, post=KEEPERS, kwargs=an_event_clock, sees=READERS - MANAGERS
    ),
    "exceptions": Door(get=READERS, kwargs=a_charter),
    "exception": Door(get=READERS, kwargs=an_exception),
    "exception_dispose": Door(get=SECRETARIES, post=SECRETARIES, kwargs=an_exception, sees=READERS),
    "duty": Door(get=READERS, kwargs=a_duty),
    "duty_add": Door(get=SECRETARIES, post=SECRETARIES, kwargs=a_clause, sees=READERS),
    "duty_change": Door(get=SECRETARIES, post=SECRETARIES, kwargs=a_duty, sees=READERS),
    "duty_end": Door(get=SECRETARIES, post=SECRETARIES, kwargs=a_duty, sees=READERS),
    "duty_not_applicable": Door(get=SECRETARIES, post=SECRETARIES, kwargs=a_duty, sees=READERS),
    "duty_apply": Door(get=SECRETARIES, post=SECRETARIES, kwargs=a_duty, sees=READERS),
    "clause_note": Door(get=SECRETARIES, post=SECRETARIES, kwargs=a_clause, sees=TEXT_READERS),
    "attest": Door(get=ATTESTERS, post=ATTESTERS, kwargs=a_duty, data=a_performance, sees=READERS),
    "attestation": Door(get=READERS, kwargs=an_attestation),
    "attestation_correct": Door(
        get=ATTESTERS, post=ATTESTERS, kwargs=an_attestation, data=a_performance, sees=READERS
    ),
    "attestation_withdraw": Door(
        get=ATTESTERS, post=ATTESTERS, kwargs=an_attestation, sees=READERS
    ),
    "charter_versions": Door(get=TEXT_READERS, kwargs=a_charter),
    "charter_version": Door(get=TEXT_READERS, kwargs=a_version),
    "charter_import": Door(get=SECRETARIES, post=SECRETARIES, kwargs=a_charter),
    "charter_adopt": Door(get=SECRETARIES, post=SECRETARIES, kwargs=a_draft),
    "charter_act": Door(get=SECRETARIES, post=SECRETARIES, kwargs=a_version, sees=TEXT_READERS),
    "charter_discard": Door(get=SECRETARIES, post=SECRETARIES, kwargs=a_draft),
    "backfill": Door(get=SECRETARIES, post=SECRETARIES, kwargs=a_charter),
    "charter_duties": Door(get=SECRETARIES, post=SECRETARIES, kwargs=a_charter),
}
