"""Deadlines and reminders from records: whom, of what, and until when."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import RoleTerm, User
from accounts.restriction import Restriction
from accounts.tests.personas import make_person
from charters import services
from charters.answers import Deadline
from charters.docket import AsOf
from charters.enums import Cadence, ClosedAs, DutyKind, Layer
from charters.models import Duty
from charters.notices import EVENT_REMINDER
from charters.registry import DEADLINES, DeadlineSource
from charters.reminders import Reminder, Reminders
from charters.rules.reminders import DAILY
from charters.standing import Docket
from charters.tests.charters import SIGNED, Stage, set_the_stage
from records.models import Company
from records.services.company import add_holiday

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
YEAR_END = date(2026, 12, 31)


@pytest.fixture
def stage(secretary: User) -> Stage:
    return set_the_stage()


def deadlines(stage: Stage, on: date = TODAY) -> Reminders:
    return Reminders(Docket(stage.committee, on, stage.company))


def told(stage: Stage, on: date = TODAY, duty: Duty | None = None) -> list[tuple[str, str, str]]:
    """When who is reminded of which day, of one duty or of all."""
    return [
        (str(row.on), str(row.person), str(row.due_on))
        for row in deadlines(stage, on).ahead()
        if duty is None or row.deadline.key == f"charters.duty:{duty.pk}"
    ]


def owed(stage: Stage, on: date) -> list[tuple[str, str]]:
    return [(str(row.on), str(row.person)) for row in deadlines(stage, on).owed()]


def test_owner_is_reminded_before_the_day_and_the_secretary_after_it(
    stage: Stage, member: User
) -> None:
    duty = stage.duty(owner=member, in_force_from=date(2026, 1, 1))
    assert told(stage) == [
        ("2026-12-17", "Max Member", "2026-12-31"),
        ("2026-12-31", "Max Member", "2026-12-31"),
    ]
    # The next year has begun: the day that passed waits beside the new one.
    assert told(stage, date(2027, 1, 2)) == [
        ("2027-01-07", "Sara Secretary", "2026-12-31"),
        ("2027-11-16", "Max Member", "2027-12-31"),
        ("2027-12-17", "Max Member", "2027-12-31"),
        ("2027-12-30", "Max Member", "2027-12-31"),
    ]
    stage.complete(duty, date(2027, 1, 5), serves=YEAR_END, at=SIGNED["at"] + timedelta(days=60))
    assert "2026-12-31" not in {due for __, __, due in told(stage, date(2027, 1, 8), duty)}


def test_yearly_review_of_the_charter_and_quarterly_meeting_remind(stage: Stage) -> None:
    """The charter's yearly review (R-7) and four meetings a year (MT-1)."""
    review = stage.duty(title="Review whether the charter is still adequate")
    meeting = stage.duty(title="Meet in every quarter", cadence=Cadence.QUARTERLY, due_month=3)
    for day in (date(2026, 3, 10), date(2026, 5, 5), date(2026, 8, 4)):
        stage.complete(meeting, day, serves=stage.company.calendar.quarter_of(day).last)
    assert [(on, due) for on, __, due in told(stage, TODAY, review)][-2:] == [
        ("2026-12-17", "2026-12-31"),
        ("2026-12-31", "2026-12-31"),
    ]
    ahead = [(on, due) for on, __, due in told(stage, TODAY, meeting) if due > "2026"]
    assert ahead == [("2026-12-17", "2026-12-31"), ("2026-12-31", "2026-12-31")]
    held = date(2026, 11, 3)
    stage.complete(meeting, held, serves=YEAR_END)
    assert min(due for __, __, due in told(stage, TODAY, meeting) if due > "2026") == "2027-03-31"


def test_done_in_between_reminds_no_more(stage: Stage, member: User) -> None:
    duty = stage.duty(owner=member, in_force_from=date(2026, 1, 1))
    assert owed(stage, TODAY) == [("2026-11-16", "Max Member")]
    stage.complete(duty, TODAY)
    assert owed(stage, TODAY) == []
    assert {due for __, __, due in told(stage)} == {"2027-12-31"}


def test_withdrawn_completion_lets_it_remind_again(stage: Stage, member: User) -> None:
    duty = stage.duty(owner=member, in_force_from=date(2026, 1, 1))
    done = stage.complete(duty, TODAY)
    services.withdraw_completion(done, reason="Another duty was meant.", **SIGNED)
    assert owed(stage, TODAY) == [("2026-11-16", "Max Member")]


def test_without_an_owner_every_secretary_is_reminded(stage: Stage) -> None:
    make_person("Ada Assistant", Role.SECRETARY)
    stage.duty(in_force_from=date(2026, 1, 1))
    assert owed(stage, TODAY) == [
        ("2026-11-16", "Ada Assistant"),
        ("2026-11-16", "Sara Secretary"),
    ]
    assert deadlines(stage).owed()[0].because == (
        "R-2 (charter): once in each fiscal year. "
        "45 days before, to the secretary, because it has no owner."
    )


def test_owner_who_has_left_is_not_reminded(stage: Stage, member: User) -> None:
    stage.duty(owner=member, in_force_from=date(2026, 1, 1))
    RoleTerm.objects.filter(user=member).update(ends_on=date(2026, 11, 1))
    assert owed(stage, TODAY) == [("2026-11-16", "Sara Secretary")]
    assert (
        deadlines(stage).owed()[0].because.endswith("to the secretary, because its owner has left.")
    )


def test_closed_account_is_not_reminded(stage: Stage, member: User, secretary: User) -> None:
    stage.duty(owner=member, in_force_from=date(2026, 1, 1))
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert owed(stage, TODAY) == [("2026-11-16", "Sara Secretary")]
    User.objects.filter(pk=secretary.pk).update(is_active=False)
    assert owed(stage, TODAY) == []
    assert {person for __, person, __ in told(stage)} == {"None"}


def test_new_owner_is_owed_the_latest_reminder_under_a_key_of_their_own(
    stage: Stage, member: User, chair: User
) -> None:
    duty = stage.duty(owner=member, in_force_from=date(2026, 1, 1))
    before = [row.key for row in deadlines(stage).owed()]
    services.change_duty(duty, owner=chair, **SIGNED)
    after = deadlines(stage).owed()
    assert [(str(row.on), str(row.person)) for row in after] == [("2026-11-16", str(chair))]
    assert before != [row.key for row in after]


def test_key_is_the_same_on_every_run_until_the_next_step(stage: Stage, member: User) -> None:
    stage.duty(owner=member, in_force_from=date(2026, 1, 1))
    keys = [deadlines(stage, date(2026, 11, day)).owed()[0].key for day in (16, 17, 30)]
    assert len(set(keys)) == 1
    assert deadlines(stage, date(2026, 12, 20)).owed()[0].key not in keys


def test_due_day_past_when_the_duty_is_entered_goes_to_the_secretary(
    stage: Stage, member: User
) -> None:
    stage.duty(owner=member, in_force_from=date(2026, 1, 1), due_month=4)
    assert owed(stage, TODAY) == [("2026-11-19", "Sara Secretary")]


def test_before_the_record_never_reminds(secretary: User) -> None:
    stage = set_the_stage(records_begin=date(2026, 10, 1))
    duty = stage.duty(due_month=4)
    assert owed(stage, TODAY) == []
    assert {due for __, __, due in told(stage, TODAY, duty)} == {"2027-04-30"}


def test_not_applicable_never_reminds(stage: Stage) -> None:
    duty = stage.duty()
    since = {"starts_on": date(2024, 1, 1), "reason": "No internal audit."}
    services.declare_not_applicable(duty, **since, **SIGNED)
    stage.duty(kind=DutyKind.AUTHORITY)
    assert told(stage) == []


def test_ended_duty_and_one_to_come_do_not_remind(stage: Stage) -> None:
    duty = stage.duty()
    services.end_duty(duty, until=date(2026, 11, 19), **SIGNED)
    stage.duty(in_force_from=date(2026, 12, 1))
    assert told(stage) == []


def test_good_practice_reminds_and_says_so(stage: Stage, member: User) -> None:
    stage.duty(owner=member, layer=Layer.GOOD_PRACTICE, in_force_from=date(2026, 1, 1))
    assert deadlines(stage).owed()[0].because == (
        "R-2 (good practice): once in each fiscal year. 45 days before, to its owner."
    )


def test_past_period_waits_until_it_is_closed(stage: Stage) -> None:
    duty = stage.duty(in_force_from=date(2025, 1, 1))
    assert told(stage)[0] == ("2026-11-25", "Sara Secretary", "2025-12-31")
    stage.close_gap(
        duty,
        "FY2025",
        reason="The letter was found.",
        kind=ClosedAs.NOW_ON_FILE,
        record=services.Found(
            upload=services.Upload(b"The letter.", "letter.txt"), performed_on=date(2025, 6, 3)
        ),
    )
    assert {due for __, __, due in told(stage)} == {"2026-12-31"}


def test_past_span_of_months_is_not_said_twice(stage: Stage) -> None:
    stage.duty(cadence=Cadence.MONTHS, months=6, in_force_from=date(2026, 1, 1))
    assert told(stage) == [("2026-11-25", "Sara Secretary", "2026-07-01")]


def test_holiday_of_the_company_is_a_quiet_day(stage: Stage, member: User) -> None:
    stage.duty(owner=member, in_force_from=date(2026, 1, 1))
    add_holiday(on=date(2026, 12, 17), name="Founder's Day", **SIGNED)
    rows = Reminders(Docket(stage.committee, TODAY, Company.objects.get())).ahead()
    assert [str(row.on) for row in rows] == ["2026-12-16", "2026-12-31"]


@pytest.fixture
def closed_deadline(member: User) -> Any:
    """A deadline of an event, closed to management."""
    given: dict[str, Any] = {"owner": None}

    def load(as_of: AsOf) -> list[Deadline]:
        return [
            Deadline(
                key="tests.event:1",
                due_on=date(2026, 12, 4),
                what="Reply to the letter",
                because="Ten business days.",
                url="/",
                pace=DAILY,
                known_on=TODAY,
                restriction=Restriction(frozenset({Role.MANAGEMENT})),
                subject=member,
                **given,
            )
        ]

    source = DeadlineSource("tests.events", load, "charters.view_standing", EVENT_REMINDER.name)
    with DEADLINES.temporarily(source):
        yield given


def people_of(rows: list[Reminder]) -> set[str]:
    return {str(row.person) for row in rows}


def test_closed_deadline_passes_over_who_holds_the_closed_role(
    stage: Stage, secretary_in_management: User, management: User, closed_deadline: dict[str, Any]
) -> None:
    assert people_of(deadlines(stage).owed()) == {"Sara Secretary"}
    closed_deadline["owner"] = management
    assert people_of(deadlines(stage).owed()) == {"Sara Secretary"}
    assert deadlines(stage).visible_to(secretary_in_management) == []
    assert deadlines(stage).visible_to(management) == []


def test_who_reads_no_standings_sees_their_own_reminders_alone(
    stage: Stage, member: User, management: User, secretary: User
) -> None:
    stage.duty(title="Test the controls", owner=management, in_force_from=date(2026, 1, 1))
    stage.duty(owner=member, in_force_from=date(2026, 1, 1))
    seen = deadlines(stage).visible_to(management)
    assert {row.deadline.what for row in seen} == {"Test the controls"}
    for reader in (member, secretary):
        assert len({row.deadline.what for row in deadlines(stage).visible_to(reader)}) == 2


def test_reminders_take_as_many_queries_for_many_duties_as_for_one(
    stage: Stage, member: User, django_assert_num_queries: Any
) -> None:
    stage.duty(owner=member)
    deadlines(stage).ahead()  # the company's calendar is read once
    with CaptureQueriesContext(connection) as one:
        deadlines(stage).ahead()
    for number in range(20):
        stage.duty(title=f"Duty {number}", owner=member)
    with django_assert_num_queries(len(one)):
        deadlines(stage).ahead()
