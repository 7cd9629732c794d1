"""Reminders as notices: owed once, whatever the worker did; withdrawn once it was done."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from charter_portal.celery import app
from charters import services, tasks
from charters.answers import Deadline
from charters.docket import AsOf
from charters.enums import Layer
from charters.models import Duty
from charters.notices import REMINDER
from charters.registry import DEADLINES, DeadlineSource
from charters.services.actions import add_action
from charters.services.reminders import remind
from charters.tests.charters import SIGNED, Stage, set_the_stage
from records import sending
from records.enums import NoticeState, Setback
from records.models import Notice
from records.tests.owing import sweep

pytestmark = pytest.mark.django_db


def at(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 14, 20, tzinfo=UTC)


@pytest.fixture
def stage(secretary: User) -> Stage:
    return set_the_stage()


@pytest.fixture
def duty(stage: Stage, member: User) -> Duty:
    """The member's, due on the last day of 2026."""
    return stage.duty(owner=member, in_force_from=date(2026, 1, 1))


def owed() -> list[tuple[str, str]]:
    """What is owed to whom so far, by the day of the reminder."""
    notices = Notice.objects.order_by("owed_at", "pk").select_related("recipient")
    return [(notice.facts["on"], str(notice.recipient)) for notice in notices]


def run(*days: datetime) -> None:
    for day in days:
        remind(at=day)


def test_ladder_is_owed_once_each_however_often_it_runs(duty: Duty) -> None:
    run(at(11, 13), at(11, 13))
    assert owed() == []
    run(*(at(11, day) for day in (16, 16, 17, 30)), at(12, 17), at(12, 31), at(12, 31))
    assert owed() == [
        ("2026-11-16", "Max Member"),
        ("2026-12-17", "Max Member"),
        ("2026-12-31", "Max Member"),
    ]
    run(*(at(1, day, 2027) for day in range(1, 21)))
    assert owed()[3:] == [("2027-01-07", "Sara Secretary"), ("2027-01-14", "Sara Secretary")]
    assert [notice.subject for notice in Notice.objects.all()] == [f"charters.Duty:{duty.pk}"] * 5


def test_worker_that_was_down_owes_the_latest_reminder_once(duty: Duty) -> None:
    run(at(11, 16))
    # Down from the 15th to the 18th: the one of the 17th is owed on the 19th, and once.
    run(at(12, 14), at(12, 19), at(12, 20), at(12, 21))
    assert owed() == [("2026-11-16", "Max Member"), ("2026-12-17", "Max Member")]
    # Down for months: one for what has passed, not one for every week.
    run(at(3, 1, 2027))
    assert owed()[2:] == [("2027-02-25", "Sara Secretary")]


def test_done_in_between_it_is_not_owed_and_what_was_owed_is_withdrawn(
    stage: Stage, duty: Duty
) -> None:
    run(at(11, 16))
    stage.complete(duty, date(2026, 11, 16), at=at(11, 16))
    run(at(12, 17), at(12, 31), at(1, 7, 2027))
    assert owed() == [("2026-11-16", "Max Member")]
    with time_machine.travel(at(11, 24), tick=False):
        sweep(at(11, 24))
    notice = Notice.objects.get()
    assert (notice.state, notice.withdrawn_because) == (NoticeState.WITHDRAWN, "nothing_waits")
    assert mail.outbox == []


def test_mail_says_that_something_falls_due_and_not_what(duty: Duty, member: User) -> None:
    run(at(11, 16))
    with time_machine.travel(at(11, 24), tick=False):
        sweep(at(11, 24))
    (letter,) = mail.outbox
    assert letter.to == [member.email]
    assert "Something is due on December 31, 2026." in letter.body
    assert duty.get_absolute_url() in letter.body
    assert duty.title not in letter.body + letter.subject


def test_reminder_of_the_day_that_leaves_later_says_that_the_day_has_passed(
    duty: Duty, member: User
) -> None:
    """A weekly digest leaves up to six days after it was gathered into it."""
    run(at(12, 31))
    with time_machine.travel(at(1, 5, 2027), tick=False):
        sweep(at(1, 5, 2027))
    (letter,) = mail.outbox
    assert "Something was due on December 31, 2026" in letter.body
    assert "falls due" not in letter.body


def test_mail_of_many_reminders_reads_the_record_once(stage: Stage, member: User) -> None:
    counts = []
    for month, more in ((10, 1), (11, 9)):
        for number in range(more):
            stage.duty(title=f"Duty {month}-{number}", owner=member, in_force_from=date(2026, 1, 1))
        run(at(11, 16))
        owed = list(Notice.objects.all())
        with CaptureQueriesContext(connection) as queries:
            assert len(REMINDER.lines(owed, member)) == len(owed)
        counts.append((len(owed), len(queries)))
    (one, few), (ten, many) = counts
    assert (one, ten) == (1, 10)
    assert many == few


def test_mail_of_several_kinds_reads_the_record_once(
    stage: Stage, duty: Duty, member: User
) -> None:
    """A responsibility, a practice and an action: one person, one sweep, one reading."""
    stage.duty(owner=member, in_force_from=date(2026, 1, 1), layer=Layer.GOOD_PRACTICE)
    add_action(
        stage.committee,
        what="Ask counsel",
        due_on=date(2026, 12, 31),
        agreed_on=date(2026, 11, 1),
        owner=member,
        **SIGNED,
    )
    run(at(11, 16), at(12, 17))
    kinds = set(Notice.objects.values_list("kind", flat=True))
    assert len(kinds) == 3
    asked: list[date] = []

    def count(as_of: AsOf) -> Iterator[Deadline]:
        asked.append(as_of.day)
        yield from ()

    counting = DeadlineSource("tests.counting", count, "charters.view_standing", REMINDER.name)
    with DEADLINES.temporarily(counting), time_machine.travel(at(12, 22), tick=False):
        sweep(at(12, 22))
    assert len(mail.outbox) == 1
    assert asked == [date(2026, 12, 22)]


def test_mail_server_that_was_down_lets_the_last_reminder_through_once(
    duty: Duty, secretary: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as down:
        down.setattr(sending, "hand_over", lambda letter: Setback.UNREACHABLE)
        for day in (7, 14, 21):
            run(at(1, day, 2027))
            with time_machine.travel(at(1, day, 2027), tick=False):
                sweep(at(1, day, 2027))
    with time_machine.travel(at(1, 22, 2027), tick=False):
        sweep(at(1, 22, 2027))
    assert [letter.to for letter in mail.outbox] == [[secretary.email]]
    assert list(Notice.objects.order_by("pk").values_list("state", flat=True)) == [
        NoticeState.WITHDRAWN,
        NoticeState.WITHDRAWN,
        NoticeState.CARRIED,
    ]


def test_new_owner_is_told_and_the_old_ones_mail_withdrawn(
    duty: Duty, member: User, chair: User
) -> None:
    run(at(11, 16))
    services.change_duty(duty, owner=chair, **SIGNED)
    run(at(11, 17))
    with time_machine.travel(at(11, 24), tick=False):
        sweep(at(11, 24))
    assert [letter.to for letter in mail.outbox] == [[chair.email]]


def test_nothing_is_owed_before_there_is_a_charter(db: None) -> None:
    run(at(11, 16))
    assert owed() == []


def test_beat_reminds_every_day(duty: Duty) -> None:
    schedule = app.conf.beat_schedule["charters.remind"]
    assert schedule["task"] == tasks.remind.name
    assert schedule["schedule"].hour == {9}
    with time_machine.travel(at(12, 18), tick=False):
        tasks.remind()
    assert owed() == [("2026-12-17", "Max Member")]


def test_clock_does_not_come_from_the_desk() -> None:
    """The existence of a case shows nowhere outside it."""
    assert len(DEADLINES)
    assert not [source for source in DEADLINES if source.name.startswith("whistleblower.")]
