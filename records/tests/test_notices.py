"""Owing: in the act's transaction, once, without prose, and with a message to a worker after the commit."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection
from kombu.exceptions import OperationalError

from accounts.models import User
from records import guards, notices
from records.acts import act
from records.enums import NoticeState, SystemActor
from records.models import LedgerCheck, Notice
from records.notice_kinds import NOTICE_KINDS, NoticeKind
from records.services import ledger as ledger_services
from records.tests.mail_server import closed_port
from records.tests.owing import AT, a_kind, owe

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kind() -> Iterator[None]:
    with a_kind():
        yield


def test_notice_is_owed_with_its_act(member: User) -> None:
    owe(member, subject=member, day=date(2026, 8, 7))

    notice = Notice.objects.get()
    assert (notice.kind, notice.recipient, notice.state) == (
        "tests.paper",
        member,
        NoticeState.OWED,
    )
    assert (notice.subject, notice.subject_key) == (f"accounts.User:{member.pk}", str(member.pk))
    assert notice.facts == {"day": "2026-08-07"}
    assert notice.owed_at == AT


def test_act_that_fails_owes_nothing(member: User) -> None:
    @act
    def owe_and_fail() -> None:
        owe(member)
        raise ValueError("after all")

    with pytest.raises(ValueError, match="after all"):
        owe_and_fail()

    assert not Notice.objects.exists()


def test_inner_act_that_fails_owes_nothing(member: User, chair: User) -> None:
    @act
    def owe_and_fail() -> None:
        owe(chair)
        raise ValueError("not this one")

    @act
    def owe_what_can_be() -> None:
        owe(member)
        with pytest.raises(ValueError, match="not this one"):
            owe_and_fail()

    owe_what_can_be()

    assert [notice.recipient for notice in Notice.objects.all()] == [member]


def test_second_time_is_nothing_new(member: User) -> None:
    owe(member)
    owe(member, day=date(2026, 8, 7))

    assert Notice.objects.get().facts == {}


def test_one_key_serves_several_people(member: User, chair: User) -> None:
    owe(member)
    owe(chair)

    assert {notice.recipient for notice in Notice.objects.all()} == {member, chair}


def test_outside_an_act_nothing_can_be_owed(member: User) -> None:
    with pytest.raises(RuntimeError, match="outside an act"):
        notices.owe("tests.paper", to=member, key="paper:1", at=AT)


def test_unknown_kind_is_refused(member: User) -> None:
    with pytest.raises(LookupError, match="no app has registered"):
        owe(member, kind="sealed")


@pytest.mark.parametrize("fact", ["prose", b"bytes", 1.5])
def test_prose_is_refused(member: User, fact: object) -> None:
    with pytest.raises(TypeError, match="no prose"):
        owe(member, what=fact)


def test_instant_without_a_zone_is_refused(member: User) -> None:
    with pytest.raises(TypeError, match="time zone"):
        owe(member, not_before=datetime(2026, 8, 7))  # noqa: DTZ001


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_key_has_a_length(member: User, key: str) -> None:
    with pytest.raises(ValueError, match="1 to 200"):
        owe(member, key)


def test_kind_is_registered_once() -> None:
    with pytest.raises(ValueError, match="registered already"):
        NOTICE_KINDS.add(NoticeKind("tests.paper", "Again", lambda notice, reader: None))


@pytest.mark.parametrize("name", ["", "paper", "Tests.paper", "tests.a paper", ".paper"])
def test_kind_has_a_plain_name(name: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        NOTICE_KINDS.add(NoticeKind(name, "A paper", lambda notice, reader: None))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "company/",
        "//evil.example/",
        "/\\evil.example",
        "https://evil.example/",
        "/a b",
        "/a\nb",
    ],
)
def test_line_leads_into_the_portal_alone(url: str) -> None:
    with pytest.raises(ValueError, match="no path of the portal"):
        notices.EmailLine("Something waits.", url)


def test_line_is_one_line() -> None:
    assert notices.EmailLine("Something\r\nwaits\t here.", "/").text == "Something waits here."


def test_act_rings_once_after_its_commit(
    member: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable
) -> None:
    rung: list[str] = []
    monkeypatch.setattr(notices.current_app, "send_task", lambda name, **options: rung.append(name))

    @act
    def owe_two() -> None:
        owe(member, "paper:1")
        owe(member, "paper:2")
        assert not rung

    with django_capture_on_commit_callbacks(execute=True):
        owe_two()

    assert rung == ["records.tasks.deliver_notices"]


def test_broker_that_is_down_keeps_nobody_from_acting(
    member: User,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Callable,
) -> None:
    def nobody_there(name: str, **options: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(notices.current_app, "send_task", nobody_there)

    with django_capture_on_commit_callbacks(execute=True):
        owe(member)

    assert Notice.objects.count() == 1
    assert "Nobody was rung" in caplog.text


@pytest.mark.redis
def test_broker_that_nobody_answers_for_is_let_be(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    elsewhere = Celery("elsewhere", broker=f"redis://127.0.0.1:{closed_port()}/0")
    elsewhere.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    monkeypatch.setattr(notices, "current_app", elsewhere)

    notices.ring()

    assert "Nobody was rung" in caplog.text


def test_fault_of_the_ledger_is_owed_to_its_keepers(
    secretary: User, administrator: User, member: User
) -> None:
    owe(member)
    with guards.lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE records_ledgerentry SET action = 'paper.hidden'")
    at = datetime(2026, 8, 6, 3, 10, tzinfo=UTC)
    ledger_services.check(by=SystemActor.SCHEDULER, at=at)
    ledger_services.check(by=SystemActor.SCHEDULER, at=at)

    told = Notice.objects.filter(kind="records.ledger_fault")
    assert LedgerCheck.objects.count() == 2
    assert {notice.recipient for notice in told} == {secretary, administrator}
    assert told.count() == 2


def test_sound_ledger_is_no_news(secretary: User, member: User) -> None:
    owe(member)
    ledger_services.check(by=SystemActor.SCHEDULER, at=AT)

    assert not Notice.objects.filter(kind="records.ledger_fault").exists()
