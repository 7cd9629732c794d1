"""Event cards: entries beside entries, clocks that remind at once, and who sees nothing of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.models import RoleTerm, User
from accounts.tests.personas import make_person
from committees.enums import Counting, StartsFrom
from committees.models import EventCard, EventClock, EventEntry
from committees.models.kept import KeptError
from committees.permissions import events_open_to
from committees.registry import registry
from committees.reminders import Reminders
from committees.rules.cards import CardTemplate, ClockTemplate
from committees.services import events
from committees.services.reminders import remind
from committees.standing import Docket
from committees.tests.charters import Stage, set_the_stage
from records import post
from records.enums import Setback
from records.models import LedgerEntry, Notice
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
def card(stage: Stage, signed: dict[str, Any]) -> EventCard:
    return events.enter_event(
        stage.committee,
        template="blank",
        title="Comment letter received",
        learned_on=FRIDAY,
        learned="Three comments.",
        **signed,
    )


def a_clock(card: EventCard, by: Any, when: datetime | None = None, **terms: Any) -> EventClock:
    given = {"what": "Reply", "days": 10} | terms
    return events.enter_clock(card, by=by, at=when or at(13), **given)


def owed() -> list[tuple[str, str, str]]:
    notices = Notice.objects.order_by("pk").select_related("recipient")
    return [(each.kind, each.facts["on"], str(each.recipient)) for each in notices]


def clocks(stage: Stage, on: date) -> list[tuple[str, str, str]]:
    """What runs, until when, and whom it reminds next."""
    rows = Reminders(Docket(stage.committee, on, stage.company), "committees.events").owed()
    return [(row.clock.what, str(row.due_on), str(row.person)) for row in rows]


def test_what_happened_is_an_entry_and_the_ledger_holds_no_word_of_it(
    card: EventCard, secretary: User
) -> None:
    assert (str(card), card.entry.learned_on, card.is_running) == (
        "Comment letter received",
        FRIDAY,
        True,
    )
    entries = LedgerEntry.objects.order_by("-sequence")[:2]
    assert [entry.action for entry in entries] == ["event_card.described", "event_card.entered"]
    assert {entry.subject for entry in entries} == {f"committees.EventCard:{card.pk}"}
    assert "letter" not in str([entry.facts for entry in entries])
    assert "comments" not in str([entry.facts for entry in entries])


def test_change_is_a_new_entry_and_the_earlier_wording_stays(
    card: EventCard, company_counsel: User
) -> None:
    events.change_event(
        card, learned="Three comments, one on revenue.", by=company_counsel, at=at(16)
    )
    said = list(card.entries.values_list("learned", "title", "recorded_by__name"))
    assert said == [
        ("Three comments.", "Comment letter received", "Sara Secretary"),
        ("Three comments, one on revenue.", "Comment letter received", "Cora Counsel"),
    ]
    with pytest.raises(KeptError):
        card.entries.update(learned="Something else.")
    with pytest.raises(KeptError):
        card.entry.delete()


def test_change_that_changes_nothing_is_refused(card: EventCard, signed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="Nothing is different"):
        events.change_event(card, learned="Three comments.", **signed)
    assert card.entries.count() == 1


@pytest.mark.parametrize("field", ["learned_on", "determined_on"])
def test_day_that_has_not_come_is_refused(
    card: EventCard, signed: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError, match="has not come") as refusal:
        events.change_event(card, **{field: date(2026, 11, 14)}, **signed)
    assert list(refusal.value.error_dict) == [field]


def test_determination_needs_its_day(card: EventCard, signed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="on which day"):
        events.change_event(card, determined="Not material.", **signed)
    with pytest.raises(IntegrityError), transaction.atomic():
        EventEntry.objects.create(
            card=card, title="x", learned_on=FRIDAY, determined="y", recorded_at=at(13)
        )


def test_clock_reminds_at_once_and_then_every_business_day(
    card: EventCard, stage: Stage, secretary: User
) -> None:
    # Entered on a Saturday: at once all the same.
    a_clock(card, secretary, at(14))
    assert clocks(stage, date(2026, 11, 14)) == [("Reply", "2026-11-30", "Sara Secretary")]
    assert owed() == [("event_reminder", "2026-11-14", "Sara Secretary")]
    for day in (14, 15, 16, 16, 17):
        remind(at=at(day))
    assert [on for kind, on, __ in owed() if kind == "event_reminder"] == [
        "2026-11-14",
        "2026-11-16",
        "2026-11-17",
    ]


def test_outage_of_the_mail_brings_one_reminder_of_a_clock_and_not_one_for_every_day(
    card: EventCard, secretary: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_clock(card, secretary)
    with monkeypatch.context() as down:
        down.setattr(post, "hand_over", lambda letter: Setback.UNREACHABLE)
        for day in (13, 16, 17, 18):
            remind(at=at(day))
            with time_machine.travel(at(day), tick=False):
                sweep(at(day))
    assert len([on for kind, on, __ in owed() if kind == "event_reminder"]) == 4
    with time_machine.travel(at(18, 17), tick=False):
        sweep(at(18, 17))
    (letter,) = mail.outbox
    assert letter.body.count("Something falls due on November 30, 2026.") == 1


def test_clock_of_what_is_not_determined_waits(
    card: EventCard, stage: Stage, secretary: User
) -> None:
    a_clock(card, secretary, starts=StartsFrom.DETERMINED, days=4)
    assert clocks(stage, FRIDAY) == []
    assert owed() == []
    events.change_event(
        card, determined="Material.", determined_on=date(2026, 11, 16), by=secretary, at=at(16)
    )
    assert clocks(stage, date(2026, 11, 16)) == [("Reply", "2026-11-20", "Sara Secretary")]
    assert owed() == [("event_reminder", "2026-11-16", "Sara Secretary")]


def test_clock_that_is_done_withdrawn_or_closed_reminds_no_more(
    card: EventCard, stage: Stage, secretary: User
) -> None:
    signed = {"by": secretary, "at": at(16)}
    done = a_clock(card, secretary)
    withdrawn = a_clock(card, secretary, what="Disclose")
    a_clock(card, secretary, what="Tell the Board", days=30, counting=Counting.CALENDAR)
    events.stop_clock(done, done_on=date(2026, 11, 16), **signed)
    events.withdraw_clock(withdrawn, reason="Not asked for.", **signed)
    assert clocks(stage, date(2026, 11, 17)) == [("Tell the Board", "2026-12-13", "Sara Secretary")]
    events.close_event(card, closed_on=date(2026, 11, 16), reason="Answered.", **signed)
    assert clocks(stage, date(2026, 11, 17)) == []
    # As of the day before, they ran.
    assert {what for what, __, __ in clocks(stage, FRIDAY)} == {"Reply", "Tell the Board"}
    actions = LedgerEntry.objects.order_by("-sequence").values_list("action", flat=True)[:3]
    assert list(actions) == ["event_card.closed", "event_clock.withdrawn", "event_clock.stopped"]


def test_changed_clock_takes_the_place_of_the_one_before(
    card: EventCard, stage: Stage, secretary: User
) -> None:
    first = a_clock(card, secretary)
    later = events.change_clock(
        first, what="Reply, as agreed with the staff", days=20, by=secretary, at=at(17)
    )
    assert clocks(stage, date(2026, 11, 17)) == [
        ("Reply, as agreed with the staff", "2026-12-14", "Sara Secretary")
    ]
    assert (later.changes, EventClock.objects.count()) == (first, 2)
    with pytest.raises(ValidationError, match="changed or stopped meanwhile"):
        events.stop_clock(first, done_on=FRIDAY, by=secretary, at=at(17))


@pytest.mark.parametrize(
    "verb",
    [
        lambda card, clock, **signed: events.change_event(card, learned="More.", **signed),
        lambda card, clock, **signed: events.enter_clock(card, what="Reply", days=1, **signed),
        lambda card, clock, **signed: events.stop_clock(clock, done_on=FRIDAY, **signed),
        lambda card, clock, **signed: events.close_event(
            card, closed_on=FRIDAY, reason="Again.", **signed
        ),
    ],
)
def test_closed_card_takes_no_more_entries(
    card: EventCard, signed: dict[str, Any], verb: Any
) -> None:
    clock = a_clock(card, signed["by"])
    events.close_event(card, closed_on=FRIDAY, reason="Answered.", **signed)
    with pytest.raises(ValidationError, match="This card is closed"):
        verb(card, clock, **signed)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"closed_on": date(2026, 11, 14), "reason": "Answered."}, "closed_on"),
        ({"closed_on": FRIDAY, "reason": " "}, "reason"),
    ],
)
def test_closing_needs_a_day_that_has_come_and_a_reason(
    card: EventCard, signed: dict[str, Any], given: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        events.close_event(card, **given, **signed)
    assert list(refusal.value.error_dict) == [field]
    assert EventCard.objects.running(FRIDAY).exists()


def test_who_follows_it_up_is_reminded_instead_of_the_secretary(
    card: EventCard, stage: Stage, company_counsel: User, secretary: User
) -> None:
    events.change_event(card, responsible=company_counsel, by=secretary, at=at(13))
    a_clock(card, secretary)
    assert clocks(stage, FRIDAY) == [("Reply", "2026-11-30", "Cora Counsel")]
    RoleTerm.objects.filter(user=company_counsel).update(ends_on=FRIDAY)
    assert clocks(stage, FRIDAY) == [("Reply", "2026-11-30", "Sara Secretary")]


def test_card_closed_to_management_shows_and_reminds_nobody_who_is_management(
    card: EventCard,
    stage: Stage,
    secretary: User,
    management: User,
    secretary_in_management: User,
    member: User,
) -> None:
    a_clock(card, secretary)
    for reader in (management, secretary_in_management, member):
        assert events_open_to(reader).get() == card
    events.change_event(card, closed_to="management", by=secretary, at=at(13))
    assert not events_open_to(management).exists()
    assert not events_open_to(secretary_in_management).exists()
    assert events_open_to(member).get() == card
    assert clocks(stage, FRIDAY) == [("Reply", "2026-11-30", "Sara Secretary")]
    seen = Notice.objects.visible_to(secretary_in_management).filter(kind="event_reminder")
    assert not seen.exists()
    assert Notice.objects.visible_to(secretary).filter(kind="event_reminder").exists()


def test_giving_the_role_up_opens_no_card_of_the_time_it_was_held(
    card: EventCard, secretary: User, management: User
) -> None:
    events.change_event(card, closed_to="management", by=secretary, at=at(13))
    RoleTerm.objects.filter(user=management).update(ends_on=date(2026, 11, 14))
    RoleTerm.objects.create(user=management, role="secretary", starts_on=date(2026, 11, 14))
    management.forget_roles()
    assert not events_open_to(management).exists()


def test_who_was_management_in_between_reads_nothing_that_was_entered_meanwhile(
    card: EventCard, stage: Stage, secretary: User
) -> None:
    """Neither on the card nor among the clocks of a day before the role began."""
    a_clock(card, secretary)
    events.change_event(card, closed_to="management", by=secretary, at=at(13))
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
            found = Reminders(Docket(stage.committee, day, stage.company), "committees.events")
            assert found.visible_to(visitor) == []
            assert {row.person for row in found.owed()} == {secretary}
    other = events.enter_event(
        stage.committee, template="blank", title="x", learned_on=FRIDAY, by=visitor, at=at(13)
    )
    with pytest.raises(ValidationError, match="closed to you"):
        events.change_event(other, closed_to="management", by=visitor, at=at(20))


def test_who_reads_no_cards_follows_none_up(
    card: EventCard, stage: Stage, internal_auditor: User, company_counsel: User, secretary: User
) -> None:
    with pytest.raises(ValidationError, match="does not read event cards") as refusal:
        events.change_event(card, responsible=internal_auditor, by=secretary, at=at(13))
    assert list(refusal.value.error_dict) == ["responsible"]
    with pytest.raises(ValidationError, match="does not read event cards"):
        events.enter_event(
            stage.committee,
            template="blank",
            title="x",
            learned_on=FRIDAY,
            responsible=internal_auditor,
            by=secretary,
            at=at(13),
        )


def test_follower_who_reads_cards_no_more_is_reminded_no_more(
    card: EventCard, stage: Stage, company_counsel: User, secretary: User
) -> None:
    """They may still own duties, so that an account and a role for it are not enough."""
    events.change_event(card, responsible=company_counsel, by=secretary, at=at(13))
    a_clock(card, secretary)
    RoleTerm.objects.filter(user=company_counsel).update(role="internal_auditor")
    assert clocks(stage, FRIDAY) == [("Reply", "2026-11-30", "Sara Secretary")]
    # What else has changed is recorded all the same.
    events.change_event(card, learned="Four comments.", by=secretary, at=at(16))


def test_ledger_tells_neither_equal_nor_empty_texts_of_an_entry(
    stage: Stage, secretary: User
) -> None:
    card = events.enter_event(
        stage.committee,
        template="blank",
        title="The same",
        learned="The same",
        learned_on=FRIDAY,
        by=secretary,
        at=at(13),
    )
    a_clock(card, secretary, what="The same", rule="The same")
    for action in ("event_card.described", "event_clock.entered"):
        facts = LedgerEntry.objects.get(action=action).facts
        said = [facts[name] for name in (*events.TEXTS, "what", "rule", "reason") if name in facts]
        written = [each for each in said if each is not None]
        assert len(written) == len(set(written)) == 2
        assert all(each.startswith("sha256:") for each in written)
        assert len(said) > 2


def test_nobody_closes_a_card_to_themselves(
    card: EventCard, stage: Stage, secretary_in_management: User, management: User, secretary: User
) -> None:
    with pytest.raises(ValidationError, match="closed to you"):
        events.change_event(card, closed_to="management", by=secretary_in_management, at=at(13))
    events.change_event(card, closed_to="management", by=secretary, at=at(13))
    with pytest.raises(ValidationError, match="this person is management"):
        events.change_event(card, responsible=management, by=secretary, at=at(13))


@pytest.fixture
def non_reliance() -> Iterator[CardTemplate]:
    made = CardTemplate(
        key="non-reliance",
        name="Statements no longer to be relied on",
        clocks=(
            ClockTemplate("File Form 8-K", 4, "Form 8-K, B.1", StartsFrom.DETERMINED),
            ClockTemplate("Tell the auditor", 1),
        ),
    )
    registry.card(made)
    yield made
    del registry.cards[made.key]


def test_template_brings_its_clocks(
    stage: Stage, signed: dict[str, Any], non_reliance: CardTemplate
) -> None:
    card = events.enter_event(
        stage.committee,
        template="non-reliance",
        title="An error was found",
        learned_on=FRIDAY,
        **signed,
    )
    assert [clock.what for clock in card.clocks_standing()] == ["File Form 8-K", "Tell the auditor"]
    assert clocks(stage, FRIDAY) == [("Tell the auditor", "2026-11-16", "Sara Secretary")]


def test_withdrawn_clock_has_its_reason_in_the_database_too(
    card: EventCard, secretary: User
) -> None:
    clock = a_clock(card, secretary)
    with pytest.raises(IntegrityError), transaction.atomic():
        EventClock.objects.create(
            card=card, what="x", days=1, is_withdrawn=True, changes=clock, recorded_at=at(13)
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        EventCard.objects.create(
            committee=card.committee, template="blank", closed_to="director", entered_at=at(13)
        )
