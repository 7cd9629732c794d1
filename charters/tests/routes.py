"""Who gets in where: the committee's people, its charter, its duties."""

from datetime import date

from accounts.enums import Role
from accounts.tests.walk import (
    AUDITORS,
    COUNSEL,
    DIRECTORS,
    MANAGERS,
    SECRETARIES,
    Cast,
    Route,
)
from charters.enums import HowDecided
from charters.models import Action, CharterVersion, Committee, Decision, Duty, Event, EventDeadline
from charters.services import actions, events, record_decision
from charters.tests.charters import AT, Stage, set_the_stage
from committees import services
from committees.tests.factories import LONG_AGO, SIGNED, a_company, a_director, a_seat
from records.models import Company

READERS = SECRETARIES | DIRECTORS | COUNSEL
TEXT_READERS = READERS | MANAGERS | AUDITORS
# Who sits on the committee records completions too; the walk's directors sit on none.
COMPLETERS = SECRETARIES


def stage() -> Stage:
    """The one stage of the walk, set when the first route needs it."""
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


def some_duties(cast: Cast) -> dict[str, object]:
    a_duty(cast)
    return {}


def a_completion(cast: Cast) -> dict[str, object]:
    scene = stage()
    return {"pk": scene.complete(scene.duty(), date(2026, 5, 5)).pk}


def an_open_item(cast: Cast) -> dict[str, object]:
    duty = stage().duty()
    return {"key": f"charters.gap:duty-{duty.pk}:FY2025"}


def a_version(cast: Cast) -> dict[str, object]:
    return {"pk": stage().version.pk}


def a_draft(cast: Cast) -> dict[str, object]:
    found = CharterVersion.objects.drafts().first() or CharterVersion.objects.create(
        committee=stage().committee,
        title="Draft",
        text="Draft.",
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
    """Closed to management, and to nobody else of its readers."""
    return {"pk": the_event(cast).pk}


def the_event(cast: Cast) -> Event:
    return Event.objects.first() or events.enter_event(
        stage().committee,
        template="charters.blank",
        title="Letter received",
        learned_on=date(2026, 11, 9),
        restricted_roles={Role.MANAGEMENT},
        by=cast["secretary"],
        at=AT,
    )


def an_event_deadline(cast: Cast) -> dict[str, object]:
    event = the_event(cast)
    signed = {"by": cast["secretary"], "at": AT}
    made = EventDeadline.objects.first() or events.enter_deadline(
        event, what="Reply", days=10, **signed
    )
    return {"pk": made.pk}


def an_action(cast: Cast) -> dict[str, object]:
    """Owed by management, who read no standings."""
    found = Action.objects.first() or actions.add_action(
        stage().committee,
        what="Send the cash forecast",
        owner=cast["management"],
        due_on=date(2026, 12, 15),
        agreed_on=date(2026, 11, 9),
        by=cast["secretary"],
        at=AT,
    )
    return {"pk": found.pk}


def a_new_action(cast: Cast) -> dict[str, object]:
    return {
        "what": "Send the plan",
        "owner_name": "Paula Partner",
        "due_on": "2026-12-15",
        "agreed_on": "2026-11-09",
    }


def a_template(cast: Cast) -> dict[str, object]:
    stage()
    return {"template": "charters.blank"}


def what_happened(cast: Cast) -> dict[str, object]:
    return {"title": "Letter received", "learned_on": "2026-11-09"}


def a_count(cast: Cast) -> dict[str, object]:
    return {"what": "Reply", "days": "10", "counting": "business", "starts": "learned"}


# The action of the walk is owed by management.
ACTION_READERS = READERS | {"management"}


def a_decision(cast: Cast) -> dict[str, object]:
    """Restricted from management, and from nobody else of its readers."""
    made = Decision.objects.first() or record_decision(
        stage().committee,
        decided_on=date(2026, 11, 9),
        how=HowDecided.MEETING,
        text="The committee engaged counsel.",
        restricted_roles={Role.MANAGEMENT},
        by=cast["secretary"],
        at=AT,
    )
    return {"pk": made.pk}


def what_was_decided(cast: Cast) -> dict[str, object]:
    return {"decided_on": "2026-11-09", "how": "meeting", "text": "The Board met."}


KEEPERS = (SECRETARIES | COUNSEL) - MANAGERS

ROUTES = {
    # The committee's people.
    "committee": Route(get=READERS | MANAGERS),
    "committee_establish": Route(get=SECRETARIES, post=SECRETARIES),
    "director": Route(get=READERS | MANAGERS, kwargs=some_director),
    "director_add": Route(get=SECRETARIES, post=SECRETARIES),
    "director_change": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=some_director, sees=READERS | MANAGERS
    ),
    "membership_begin": Route(get=SECRETARIES, post=SECRETARIES),
    "membership_end": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=some_seat, data=an_end, sees=READERS | MANAGERS
    ),
    "membership_notice": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=some_seat, sees=READERS | MANAGERS
    ),
    "membership_correct": Route(
        get=SECRETARIES,
        post=SECRETARIES,
        kwargs=some_seat,
        data=a_correction,
        sees=READERS | MANAGERS,
    ),
    "chair_end": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=some_chair, sees=READERS | MANAGERS
    ),
    "chair_designate": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=some_seat, sees=READERS | MANAGERS
    ),
    # The charter and its duties.
    "charter": Route(get=TEXT_READERS, kwargs=a_charter),
    "clause": Route(get=TEXT_READERS, kwargs=a_clause),
    "year": Route(get=READERS, kwargs=a_charter),
    "fiscal_year": Route(get=READERS, kwargs=a_year),
    "deadlines": Route(get=READERS | MANAGERS | {"internal_auditor"}, kwargs=a_charter),
    "events": Route(get=READERS | MANAGERS, kwargs=a_charter),
    "event_new": Route(get=SECRETARIES | COUNSEL, kwargs=a_charter),
    "event_add": Route(
        get=SECRETARIES | COUNSEL,
        post=SECRETARIES | COUNSEL,
        kwargs=a_template,
        data=what_happened,
        sees=READERS | MANAGERS,
    ),
    "event": Route(get=READERS - MANAGERS, kwargs=an_event),
    "event_sheet": Route(get=READERS - MANAGERS, kwargs=an_event),
    "event_change": Route(
        get=KEEPERS, post=KEEPERS, kwargs=an_event, data=what_happened, sees=READERS - MANAGERS
    ),
    "event_deadline_add": Route(
        get=KEEPERS, post=KEEPERS, kwargs=an_event, data=a_count, sees=READERS - MANAGERS
    ),
    "event_close": Route(get=KEEPERS, post=KEEPERS, kwargs=an_event, sees=READERS - MANAGERS),
    "event_deadline_change": Route(
        get=KEEPERS, post=KEEPERS, kwargs=an_event_deadline, data=a_count, sees=READERS - MANAGERS
    ),
    "event_deadline_done": Route(
        get=KEEPERS, post=KEEPERS, kwargs=an_event_deadline, sees=READERS - MANAGERS
    ),
    "event_deadline_withdraw": Route(
        get=KEEPERS, post=KEEPERS, kwargs=an_event_deadline, sees=READERS - MANAGERS
    ),
    "actions": Route(get=READERS | MANAGERS | {"internal_auditor"}, kwargs=a_charter),
    "action_add": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_charter, data=a_new_action),
    "action": Route(get=ACTION_READERS, kwargs=an_action),
    "action_complete": Route(
        get=SECRETARIES | {"management"},
        post=SECRETARIES | {"management"},
        kwargs=an_action,
        sees=ACTION_READERS,
    ),
    "action_cancel": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=an_action, sees=ACTION_READERS
    ),
    "action_reopen": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=an_action, sees=ACTION_READERS
    ),
    "action_reassign": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=an_action, sees=ACTION_READERS
    ),
    "open_items": Route(get=READERS, kwargs=a_charter),
    "open_item": Route(get=READERS, kwargs=an_open_item),
    "open_item_close": Route(get=SECRETARIES, post=SECRETARIES, kwargs=an_open_item, sees=READERS),
    "duty": Route(get=READERS, kwargs=a_duty),
    "duty_add": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_clause, sees=READERS),
    "duty_change": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_duty, sees=READERS),
    "duty_end": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_duty, sees=READERS),
    "duty_not_applicable": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_duty, sees=READERS),
    "duty_apply": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_duty, sees=READERS),
    "clause_note": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_clause, sees=TEXT_READERS),
    "completion_add": Route(
        get=COMPLETERS, post=COMPLETERS, kwargs=a_duty, data=a_performance, sees=READERS
    ),
    "completion": Route(get=READERS, kwargs=a_completion),
    "completion_correct": Route(
        get=COMPLETERS, post=COMPLETERS, kwargs=a_completion, data=a_performance, sees=READERS
    ),
    "completion_withdraw": Route(
        get=COMPLETERS, post=COMPLETERS, kwargs=a_completion, sees=READERS
    ),
    "charter_versions": Route(get=TEXT_READERS, kwargs=a_charter),
    "charter_version": Route(get=TEXT_READERS, kwargs=a_version),
    "charter_compare": Route(get=SECRETARIES, kwargs=a_draft),
    "charter_compare_pdf": Route(get=SECRETARIES, kwargs=a_draft),
    "charter_put_before_board": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_draft),
    "charter_import": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_charter),
    "charter_adopt": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_draft),
    "charter_decision": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=a_version, sees=TEXT_READERS
    ),
    "decisions": Route(get=READERS, kwargs=a_charter),
    "decision_record": Route(
        get=SECRETARIES, post=SECRETARIES, kwargs=a_charter, data=what_was_decided, sees=READERS
    ),
    "decision": Route(get=READERS - MANAGERS, kwargs=a_decision),
    "charter_discard": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_draft),
    "backfill": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_charter),
    "charter_duties": Route(get=SECRETARIES, post=SECRETARIES, kwargs=a_charter),
    "charter_owners": Route(get=SECRETARIES, post=SECRETARIES, kwargs=some_duties, sees=READERS),
}
