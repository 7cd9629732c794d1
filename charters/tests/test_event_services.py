"""Events: entries beside entries, deadlines that remind at once, and who sees nothing of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Value

from accounts.enums import Role
from accounts.models import RoleTerm, User
from accounts.tests.personas import make_person
from charters.enums import Counting, StartsFrom
from charters.models import Event, EventDeadline, EventEntry
from charters.permissions import events_open_to
from charters.registry import EVENT_TEMPLATES
from charters.reminders import Reminders
from charters.rules.event_templates import DeadlineTemplate, EventTemplate
from charters.services import events
from charters.services.reminders import remind
from charters.standing import Docket
from charters.tests.charters import Stage, set_the_stage
from records import sending
from records.enums import Setback
from records.models import LedgerEntry, Notice
from records.models.bases import ImmutableError
from records.tests.owing import sweep

pytestmark = pytest.mark.django_db

# Friday the 13th in New York; the 26th is Thanksgiving.
FRIDAY = date(2026, 11, 13)


def at(day: int, hour: int = 15) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


@pytest.fixture
def stage(secretary: User) -> Stage:
    return set_the_stage()


@pytest.fixture
def signed(secretary: User) -> dict[str, Any]:
    return {"by": secretary, "at": at(13)}


@pytest.fixture
def event(stage: Stage, signed: dict[str, Any]) -> Event:
    return events.enter_event(
        stage.committee,
        template="charters.blank",
        title="Comment letter received",
        learned_on=FRIDAY,
        learned="Three comments.",
        **signed,
    )


def a_deadline(event: Event, by: Any, when: datetime | None = None, **terms: Any) -> EventDeadline:
    given = {"what": "Reply", "days": 10} | terms
    return events.enter_deadline(event, by=by, at=when or at(13), **given)


def owed() -> list[tuple[str, str, str]]:
    notices = Notice.objects.order_by("pk").select_related("recipient")
    return [(each.kind, each.facts["on"], str(each.recipient)) for each in notices]


def deadlines(stage: Stage, on: date) -> list[tuple[str, str, str]]:
    """What runs, until when, and whom it reminds next."""
    rows = Reminders(Docket(stage.committee, on, stage.company), "charters.events").owed()
    return [(row.deadline.what, str(row.due_on), str(row.person)) for row in rows]


def test_what_happened_is_an_entry_and_the_ledger_holds_no_word_of_it(
    event: Event, secretary: User
) -> None:
    assert (str(event), event.entry.learned_on, event.is_running) == (
        "Comment letter received",
        FRIDAY,
        True,
    )
    entries = LedgerEntry.objects.order_by("-sequence")[:2]
    assert [entry.action for entry in entries] == ["event.described", "event.entered"]
    assert {entry.subject for entry in entries} == {f"charters.Event:{event.pk}"}
    assert "letter" not in str([entry.facts for entry in entries])
    assert "comments" not in str([entry.facts for entry in entries])


def test_change_is_a_new_entry_and_the_earlier_wording_stays(
    event: Event, company_counsel: User
) -> None:
    events.change_event(
        event, learned="Three comments, one on revenue.", by=company_counsel, at=at(16)
    )
    said = list(event.entries.values_list("learned", "title", "recorded_by__name"))
    assert said == [
        ("Three comments.", "Comment letter received", "Sara Secretary"),
        ("Three comments, one on revenue.", "Comment letter received", "Cora Counsel"),
    ]
    with pytest.raises(ImmutableError):
        event.entries.update(learned="Something else.")
    with pytest.raises(ImmutableError):
        event.entry.delete()


def test_change_that_changes_nothing_is_refused(event: Event, signed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="Nothing was changed"):
        events.change_event(event, learned="Three comments.", **signed)
    assert event.entries.count() == 1


@pytest.mark.parametrize("field", ["learned_on", "determined_on"])
def test_day_that_has_not_come_is_refused(event: Event, signed: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError, match="in the future") as refusal:
        events.change_event(event, **{field: date(2026, 11, 14)}, **signed)
    assert list(refusal.value.error_dict) == [field]


def test_determination_needs_its_day(event: Event, signed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="date determined"):
        events.change_event(event, determined="Not material.", **signed)
    with pytest.raises(IntegrityError), transaction.atomic():
        EventEntry.objects.create(
            event=event, title="x", learned_on=FRIDAY, determined="y", recorded_at=at(13)
        )


def test_deadline_reminds_at_once_and_then_every_business_day(
    event: Event, stage: Stage, secretary: User
) -> None:
    # Entered on a Saturday: at once all the same.
    a_deadline(event, secretary, at(14))
    assert deadlines(stage, date(2026, 11, 14)) == [("Reply", "2026-11-30", "Sara Secretary")]
    assert owed() == [("charters.event_reminder", "2026-11-14", "Sara Secretary")]
    for day in (14, 15, 16, 16, 17):
        remind(at=at(day))
    assert [on for kind, on, __ in owed() if kind == "charters.event_reminder"] == [
        "2026-11-14",
        "2026-11-16",
        "2026-11-17",
    ]


def test_outage_of_the_mail_brings_one_reminder_of_a_deadline_and_not_one_for_every_day(
    event: Event, secretary: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_deadline(event, secretary)
    with monkeypatch.context() as down:
        down.setattr(sending, "hand_over", lambda letter: Setback.UNREACHABLE)
        for day in (13, 16, 17, 18):
            remind(at=at(day))
            with time_machine.travel(at(day), tick=False):
                sweep(at(day))
    assert len([on for kind, on, __ in owed() if kind == "charters.event_reminder"]) == 4
    with time_machine.travel(at(18, 17), tick=False):
        sweep(at(18, 17))
    (letter,) = mail.outbox
    assert letter.body.count("Something is due on November 30, 2026.") == 1


def test_deadline_of_what_is_not_determined_waits(
    event: Event, stage: Stage, secretary: User
) -> None:
    a_deadline(event, secretary, starts=StartsFrom.DETERMINED, days=4)
    assert deadlines(stage, FRIDAY) == []
    assert owed() == []
    events.change_event(
        event, determined="Material.", determined_on=date(2026, 11, 16), by=secretary, at=at(16)
    )
    assert deadlines(stage, date(2026, 11, 16)) == [("Reply", "2026-11-20", "Sara Secretary")]
    assert owed() == [("charters.event_reminder", "2026-11-16", "Sara Secretary")]


def test_deadline_that_is_done_withdrawn_or_closed_reminds_no_more(
    event: Event, stage: Stage, secretary: User
) -> None:
    signed = {"by": secretary, "at": at(16)}
    done = a_deadline(event, secretary)
    withdrawn = a_deadline(event, secretary, what="Disclose")
    a_deadline(event, secretary, what="Tell the Board", days=30, counting=Counting.CALENDAR)
    events.record_done(done, done_on=date(2026, 11, 16), **signed)
    events.withdraw_deadline(withdrawn, reason="Not asked for.", **signed)
    assert deadlines(stage, date(2026, 11, 17)) == [
        ("Tell the Board", "2026-12-13", "Sara Secretary")
    ]
    events.close_event(event, closed_on=date(2026, 11, 16), reason="Answered.", **signed)
    assert deadlines(stage, date(2026, 11, 17)) == []
    # As of the day before, they ran.
    assert {what for what, __, __ in deadlines(stage, FRIDAY)} == {"Reply", "Tell the Board"}
    actions = LedgerEntry.objects.order_by("-sequence").values_list("action", flat=True)[:3]
    assert list(actions) == ["event.closed", "event_deadline.withdrawn", "event_deadline.stopped"]


def test_changed_deadline_takes_the_place_of_the_one_before(
    event: Event, stage: Stage, secretary: User
) -> None:
    first = a_deadline(event, secretary)
    later = events.change_deadline(
        first, what="Reply, as agreed with the staff", days=20, by=secretary, at=at(17)
    )
    assert deadlines(stage, date(2026, 11, 17)) == [
        ("Reply, as agreed with the staff", "2026-12-14", "Sara Secretary")
    ]
    assert (later.changes, EventDeadline.objects.count()) == (first, 2)
    with pytest.raises(
        ValidationError, match="This deadline was changed or marked as done in the meantime"
    ):
        events.record_done(first, done_on=FRIDAY, by=secretary, at=at(17))


@pytest.mark.parametrize(
    "verb",
    [
        lambda event, deadline, **signed: events.change_event(event, learned="More.", **signed),
        lambda event, deadline, **signed: events.enter_deadline(
            event, what="Reply", days=1, **signed
        ),
        lambda event, deadline, **signed: events.record_done(deadline, done_on=FRIDAY, **signed),
        lambda event, deadline, **signed: events.close_event(
            event, closed_on=FRIDAY, reason="Again.", **signed
        ),
    ],
)
def test_closed_event_takes_no_more_entries(
    event: Event, signed: dict[str, Any], verb: Any
) -> None:
    deadline = a_deadline(event, signed["by"])
    events.close_event(event, closed_on=FRIDAY, reason="Answered.", **signed)
    with pytest.raises(ValidationError, match="This event is closed"):
        verb(event, deadline, **signed)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"closed_on": date(2026, 11, 14), "reason": "Answered."}, "closed_on"),
        ({"closed_on": FRIDAY, "reason": " "}, "reason"),
    ],
)
def test_closing_needs_a_day_that_has_come_and_a_reason(
    event: Event, signed: dict[str, Any], given: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        events.close_event(event, **given, **signed)
    assert list(refusal.value.error_dict) == [field]
    assert Event.objects.running(FRIDAY).exists()


def test_who_follows_it_up_is_reminded_instead_of_the_secretary(
    event: Event, stage: Stage, company_counsel: User, secretary: User
) -> None:
    events.change_event(event, responsible=company_counsel, by=secretary, at=at(13))
    a_deadline(event, secretary)
    assert deadlines(stage, FRIDAY) == [("Reply", "2026-11-30", "Cora Counsel")]
    RoleTerm.objects.filter(user=company_counsel).update(ends_on=FRIDAY)
    assert deadlines(stage, FRIDAY) == [("Reply", "2026-11-30", "Sara Secretary")]


def test_event_restricted_from_management_shows_and_reminds_nobody_who_is_management(
    event: Event,
    stage: Stage,
    secretary: User,
    management: User,
    secretary_in_management: User,
    member: User,
) -> None:
    a_deadline(event, secretary)
    for reader in (management, secretary_in_management, member):
        assert events_open_to(reader).get() == event
    events.change_event(event, restricted_roles={Role.MANAGEMENT}, by=secretary, at=at(13))
    assert not events_open_to(management).exists()
    assert not events_open_to(secretary_in_management).exists()
    assert events_open_to(member).get() == event
    assert deadlines(stage, FRIDAY) == [("Reply", "2026-11-30", "Sara Secretary")]
    seen = Notice.objects.visible_to(secretary_in_management).filter(kind="charters.event_reminder")
    assert not seen.exists()
    assert Notice.objects.visible_to(secretary).filter(kind="charters.event_reminder").exists()


def test_giving_the_role_up_opens_no_event_of_the_time_it_was_held(
    event: Event, secretary: User, management: User
) -> None:
    events.change_event(event, restricted_roles={Role.MANAGEMENT}, by=secretary, at=at(13))
    RoleTerm.objects.filter(user=management).update(ends_on=date(2026, 11, 14))
    RoleTerm.objects.create(user=management, role="secretary", starts_on=date(2026, 11, 14))
    management.forget_roles()
    assert not events_open_to(management).exists()


def test_who_was_management_in_between_reads_nothing_that_was_entered_meanwhile(
    event: Event, stage: Stage, secretary: User
) -> None:
    """Neither on the event nor among the deadlines of a day before the role began."""
    a_deadline(event, secretary)
    events.change_event(event, restricted_roles={Role.MANAGEMENT}, by=secretary, at=at(13))
    visitor = make_person("Vera Visitor", Role.SECRETARY)
    assert events_open_to(visitor).exists()
    term = RoleTerm.objects.create(user=visitor, role="management", starts_on=date(2026, 11, 16))
    for ends_on in (None, date(2026, 11, 18)):
        term.ends_on = ends_on
        term.save()
        visitor.forget_roles()
        with time_machine.travel(at(20), tick=False):
            assert not events_open_to(visitor).exists()
        for day in (FRIDAY, date(2026, 11, 20)):
            found = Reminders(Docket(stage.committee, day, stage.company), "charters.events")
            assert found.visible_to(visitor) == []
            assert {str(row.person) for row in found.owed()} == {str(secretary)}
    other = events.enter_event(
        stage.committee,
        template="charters.blank",
        title="x",
        learned_on=FRIDAY,
        by=visitor,
        at=at(13),
    )
    with pytest.raises(ValidationError, match="would apply to you"):
        events.change_event(other, restricted_roles={Role.MANAGEMENT}, by=visitor, at=at(20))


def test_who_reads_no_events_follows_none_up(
    event: Event, stage: Stage, internal_auditor: User, company_counsel: User, secretary: User
) -> None:
    with pytest.raises(ValidationError, match="This person has no access to events") as refusal:
        events.change_event(event, responsible=internal_auditor, by=secretary, at=at(13))
    assert list(refusal.value.error_dict) == ["responsible"]
    with pytest.raises(ValidationError, match="This person has no access to events"):
        events.enter_event(
            stage.committee,
            template="charters.blank",
            title="x",
            learned_on=FRIDAY,
            responsible=internal_auditor,
            by=secretary,
            at=at(13),
        )


def test_follower_who_reads_events_no_more_is_reminded_no_more(
    event: Event, stage: Stage, company_counsel: User, secretary: User
) -> None:
    """They may still own duties, so that an account and a role for it are not enough."""
    events.change_event(event, responsible=company_counsel, by=secretary, at=at(13))
    a_deadline(event, secretary)
    RoleTerm.objects.filter(user=company_counsel).update(role="internal_auditor")
    assert deadlines(stage, FRIDAY) == [("Reply", "2026-11-30", "Sara Secretary")]
    # What else has changed is recorded all the same.
    events.change_event(event, learned="Four comments.", by=secretary, at=at(16))


def test_ledger_tells_neither_equal_nor_empty_texts_of_an_entry(
    stage: Stage, secretary: User
) -> None:
    event = events.enter_event(
        stage.committee,
        template="charters.blank",
        title="The same",
        learned="The same",
        learned_on=FRIDAY,
        by=secretary,
        at=at(13),
    )
    a_deadline(event, secretary, what="The same", rule="The same")
    for action in ("event.described", "event_deadline.entered"):
        facts = LedgerEntry.objects.get(action=action).facts
        said = [facts[name] for name in (*events.TEXTS, "what", "rule", "reason") if name in facts]
        written = [each for each in said if each is not None]
        assert len(written) == len(set(written)) == 2
        assert all(each.startswith("sha256:") for each in written)
        assert len(said) > 2


def test_nobody_closes_a_event_to_themselves(
    event: Event, stage: Stage, secretary_in_management: User, management: User, secretary: User
) -> None:
    with pytest.raises(ValidationError, match="would apply to you"):
        events.change_event(
            event, restricted_roles={Role.MANAGEMENT}, by=secretary_in_management, at=at(13)
        )
    events.change_event(event, restricted_roles={Role.MANAGEMENT}, by=secretary, at=at(13))
    with pytest.raises(ValidationError, match="The event is restricted from management"):
        events.change_event(event, responsible=management, by=secretary, at=at(13))


@pytest.fixture
def non_reliance() -> Iterator[EventTemplate]:
    made = EventTemplate(
        "tests.non_reliance",
        "Statements no longer to be relied on",
        deadlines=(
            DeadlineTemplate("File Form 8-K", 4, "Form 8-K, B.1", StartsFrom.DETERMINED),
            DeadlineTemplate("Tell the auditor", 1),
        ),
    )
    with EVENT_TEMPLATES.temporarily(made):
        yield made


def test_template_brings_its_deadlines(
    stage: Stage, signed: dict[str, Any], non_reliance: EventTemplate
) -> None:
    event = events.enter_event(
        stage.committee,
        template=non_reliance.name,
        title="An error was found",
        learned_on=FRIDAY,
        **signed,
    )
    assert [deadline.what for deadline in event.current_deadlines()] == [
        "File Form 8-K",
        "Tell the auditor",
    ]
    assert deadlines(stage, FRIDAY) == [("Tell the auditor", "2026-11-16", "Sara Secretary")]


def test_withdrawn_deadline_has_its_reason_in_the_database_too(
    event: Event, secretary: User
) -> None:
    deadline = a_deadline(event, secretary)
    with pytest.raises(IntegrityError), transaction.atomic():
        EventDeadline.objects.create(
            event=event, what="x", days=1, is_withdrawn=True, changes=deadline, recorded_at=at(13)
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.update(restricted_roles=Value(",nobody,"))
