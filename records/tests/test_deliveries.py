"""Delivering: one mail to a person, claimed before it goes, composed when it goes."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.template import TemplateDoesNotExist
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.models import User
from accounts.tests.personas import make_person
from records import emails, notices, sending
from records.enums import DeliveryState, NoticeState, Setback, SystemActor, Withdrawal
from records.models import Delivery, Notice
from records.notice_kinds import NoticeKind
from records.services import deliveries
from records.services.company import add_holiday, set_up
from records.tests.owing import AT, a_kind, owe, sweep

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _kind() -> Iterator[None]:
    with a_kind():
        yield


def outbox() -> list[EmailMultiAlternatives]:
    return mail.outbox


def test_mail_says_that_something_waits_and_where(secretary: User, settings: object) -> None:
    settings.PORTAL_URL = "https://portal.example.com"
    owe(secretary)
    sweep()

    (letter,) = outbox()
    html, kind = letter.alternatives[0]
    delivery = Delivery.objects.get()
    assert (letter.to, letter.cc, letter.bcc) == ([secretary.email], [], [])
    assert letter.subject == "Charter portal: you have one item"
    assert letter.body == (
        "You have one item in the charter portal.\n"
        "\n"
        "A paper waits to be read.\n"
        "https://portal.example.com/company/\n"
        "\n"
        "Emails contain no details. "
        "Sign in to see them.\n"
        "\n"
        "Email preferences:\n"
        "https://portal.example.com/my-mail/\n"
    )
    assert kind == "text/html"
    assert "<li>A paper waits to be read.<br>" in html
    assert '<a href="https://portal.example.com/company/">' in html
    assert "<img" not in html
    assert "style" not in html
    assert letter.extra_headers["Message-ID"] == f"<{delivery.pk}@portal.example.com>"


def test_delivered_once(secretary: User) -> None:
    owe(secretary)
    sweep()
    sweep(AT + MINUTE)

    delivery = Delivery.objects.get()
    assert len(outbox()) == 1
    assert (delivery.state, delivery.tries) == (DeliveryState.DELIVERED, 1)
    assert delivery.delivered_at == AT
    assert Notice.objects.get().state == NoticeState.CARRIED


def test_one_mail_carries_all_that_is_due_to_a_person(secretary: User, management: User) -> None:
    owe(secretary, "paper:1")
    owe(secretary, "paper:2")
    owe(management, "paper:1")
    sweep()

    subjects = {letter.to[0]: letter.subject for letter in outbox()}
    assert subjects == {
        secretary.email: "Charter portal: you have 2 items",
        management.email: "Charter portal: you have one item",
    }


def test_mail_begins_with_what_is_urgent_and_goes_on_by_date(secretary: User) -> None:
    def named(notice: Notice, reader: object) -> notices.EmailLine:
        return notices.EmailLine(notice.key, "/")

    with a_kind("tests.dated", named), a_kind("tests.warning", named, is_urgent=True):
        owe(secretary, "undated", kind="tests.dated")
        owe(secretary, "later", kind="tests.dated", due_on=date(2026, 9, 1))
        owe(secretary, "passed", kind="tests.dated", due_on=date(2026, 7, 1))
        owe(secretary, "soon", kind="tests.dated", due_on=date(2026, 8, 6))
        owe(secretary, "urgent", kind="tests.warning", at=AT + MINUTE)
        sweep(AT + MINUTE)

    (letter,) = outbox()
    lines = [line for line in letter.body.splitlines() if line.isalpha()]
    assert lines == ["urgent", "passed", "soon", "later", "undated"]


def test_company_says_what_a_business_day_is_and_how_dates_are_written(secretary: User) -> None:
    """Wednesday is a holiday: the email goes out on Thursday at seven in Chicago."""
    signed = {"by": SystemActor.OPERATOR, "at": AT}
    set_up(name="Larch", time_zone="America/Chicago", locale="en-gb", **signed)
    add_holiday(on=AT.date(), name="Founders' day", **signed)
    found = []

    def note(notice: Notice, reader: User) -> notices.EmailLine:
        found.append((timezone.get_current_timezone_name(), translation.get_language()))
        return notices.EmailLine("A paper waits to be read.", "/company/")

    with a_kind("tests.noted", note):
        owe(secretary, kind="tests.noted")
        sweep(AT)
        sweep(AT + timedelta(hours=21, minutes=59))
        assert outbox() == []
        sweep(AT + timedelta(hours=22))

    assert len(outbox()) == 1
    assert found == [("America/Chicago", "en-gb")]


def test_kept_back_until_its_time(secretary: User) -> None:
    owe(secretary, not_before=AT + MINUTE)
    sweep()
    assert outbox() == []

    sweep(AT + MINUTE)
    assert len(outbox()) == 1


def test_what_waits_no_more_is_withdrawn(secretary: User) -> None:
    with a_kind("tests.settled", lambda notice, reader: None):
        owe(secretary, kind="tests.settled")
        sweep()

    notice = Notice.objects.get()
    assert outbox() == []
    assert (notice.state, notice.withdrawn_because) == (
        NoticeState.WITHDRAWN,
        Withdrawal.NOTHING_WAITS,
    )
    assert notice.ended_at == AT
    assert notice.delivery.state == DeliveryState.VOID


def test_mail_with_nothing_left_to_say_keeps_no_other_back(secretary: User) -> None:
    with a_kind("tests.settled", lambda notice, reader: None):
        owe(secretary, kind="tests.settled")
        deliveries.gather(None, at=AT)
        assert deliveries.deliver(Delivery.objects.get().pk, lambda: AT) is True
    assert outbox() == []


@pytest.mark.parametrize(
    ("setback", "state", "goes_on"),
    [
        (Setback.LATER, DeliveryState.WAITING, True),
        (Setback.RECIPIENT, DeliveryState.FAILED, True),
        (Setback.UNREACHABLE, DeliveryState.WAITING, False),
        (None, DeliveryState.DELIVERED, True),
        ("uncertain", DeliveryState.UNCERTAIN, False),
    ],
)
def test_what_becomes_of_a_mail_and_of_those_after_it(
    secretary: User,
    monkeypatch: pytest.MonkeyPatch,
    setback: Setback | str | None,
    state: DeliveryState,
    goes_on: bool,
) -> None:
    def hand_over(letter: object) -> object:
        if setback == "uncertain":
            raise sending.UncertainError
        return setback

    monkeypatch.setattr(sending, "hand_over", hand_over)
    owe(secretary)
    deliveries.gather(None, at=AT)
    delivery = Delivery.objects.get()
    assert deliveries.deliver(delivery.pk, lambda: AT) is goes_on
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == (state, 1)
    if state == DeliveryState.WAITING:
        assert (delivery.setback, delivery.due_at) == (setback, AT + MINUTE)


def test_mail_that_another_worker_has_claimed_keeps_no_other_back(secretary: User) -> None:
    owe(secretary)
    deliveries.gather(None, at=AT)
    pk = Delivery.objects.get().pk
    deliveries.claim(pk, at=AT)
    assert deliveries.deliver(pk, lambda: AT) is True


def test_closed_account_gets_no_mail(secretary: User) -> None:
    owe(secretary)
    User.objects.filter(pk=secretary.pk).update(is_active=False)
    sweep(AT + timedelta(days=7))

    assert outbox() == []
    assert Notice.objects.get().withdrawn_because == Withdrawal.ACCOUNT_CLOSED


def test_composed_for_its_recipient_at_each_try(
    secretary: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    minted = iter(["/company/?link=first", "/company/?link=second"])
    asked = []

    def mint(notice: Notice, reader: User) -> notices.EmailLine:
        asked.append(reader)
        return notices.EmailLine("An invitation waits.", next(minted))

    with a_kind("tests.invitation", mint, is_urgent=True):
        owe(secretary, kind="tests.invitation")
        with monkeypatch.context() as patched:
            patched.setattr(sending, "hand_over", lambda letter: Setback.LATER)
            sweep()
        sweep(AT + MINUTE)

    assert asked == [secretary, secretary]
    assert "link=second" in outbox()[0].body


def test_kind_that_fails_keeps_back_nothing_else(
    secretary: User, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(notice: Notice, reader: User) -> None:
        raise KeyError("an app's own fault")

    with a_kind("tests.faulty", fail):
        owe(secretary, "faulty", kind="tests.faulty")
        owe(secretary, "sound")
        sweep()

        assert "1 matter" not in outbox()[0].subject
        apart = Notice.objects.get(key="faulty").delivery
        assert (apart.state, apart.setback) == (DeliveryState.WAITING, Setback.UNWRITTEN)
        assert apart.due_at == AT + MINUTE
        assert Notice.objects.get(key="sound").delivery.state == DeliveryState.DELIVERED

        sweep(AT + MINUTE)
        apart.refresh_from_db()
        assert (apart.state, apart.tries) == (DeliveryState.WAITING, 2)
    assert "tests.faulty" in caplog.text


def test_mail_that_cannot_be_written_waits(
    secretary: User,
    management: User,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What fails for one would fail for all: no other is tried, and none becomes uncertain."""

    def fails(*args: object) -> None:
        raise TemplateDoesNotExist("mail/notices.txt")

    owe(secretary)
    owe(management)
    with monkeypatch.context() as patched:
        patched.setattr(emails, "write", fails)
        sweep()
        assert "could not be written" in caplog.text
        found = Delivery.objects.order_by("tries").values_list("tries", "state", "setback")
        assert list(found) == [
            (0, DeliveryState.WAITING, ""),
            (1, DeliveryState.WAITING, Setback.UNWRITTEN),
        ]
    sweep(AT + 60 * MINUTE)
    assert len(outbox()) == 2


def test_delivered_when_the_server_took_it(secretary: User) -> None:
    """Not when it was claimed: a slow server takes its time."""
    owe(secretary)
    hours = iter(range(100))
    deliveries.sweep(lambda: AT + 60 * MINUTE * next(hours))

    delivery, last = Delivery.objects.get(), next(hours) - 1
    assert delivery.delivered_at == AT + 60 * MINUTE * last
    assert delivery.claimed_at is None


def test_kind_nobody_knows_stays_owed(secretary: User) -> None:
    owe(secretary)
    Notice.objects.update(kind="of_a_later_release")
    sweep()

    assert outbox() == []
    assert Notice.objects.get().state == NoticeState.OWED
    assert not Notice.objects.visible_to(secretary).exists()


def test_claim_is_won_once(secretary: User) -> None:
    owe(secretary)
    deliveries.gather(None, at=AT)
    pk = Delivery.objects.get().pk

    assert [deliveries.claim(pk, at=AT) for _ in range(3)] == [True, False, False]


def test_stale_claim_is_for_a_person(secretary: User) -> None:
    owe(secretary)
    deliveries.gather(None, at=AT)
    deliveries.claim(Delivery.objects.get().pk, at=AT)

    sweep(AT + 14 * MINUTE)
    assert Delivery.objects.get().state == DeliveryState.CLAIMED
    for minutes in (15, 16, 60 * 24 * 30):
        sweep(AT + minutes * MINUTE)
    assert Delivery.objects.get().state == DeliveryState.UNCERTAIN
    assert outbox() == []


def test_address_with_a_line_break_is_never_written_to(secretary: User) -> None:
    owe(secretary)
    User.objects.filter(pk=secretary.pk).update(email="sara@example.com\nbcc: eve@example.com")
    sweep()

    delivery = Delivery.objects.get()
    assert outbox() == []
    assert (delivery.state, delivery.setback) == (DeliveryState.FAILED, Setback.ADDRESS)


def test_company_and_its_people_change_no_header(secretary: User) -> None:
    set_up(name="Larch\r\nBcc: eve@example.com", by=SystemActor.OPERATOR, at=AT)
    User.objects.filter(pk=secretary.pk).update(name="Sara\r\nBcc: eve@example.com")
    owe(secretary)
    sweep()

    assert "eve@example.com" not in outbox()[0].message().as_string()


def test_sweep_asks_no_more_for_a_hundred(django_assert_max_num_queries: object) -> None:
    people = [make_person(f"Person {number}") for number in range(100)]

    def owed_to(some: list[User]) -> int:
        for person in some:
            owe(person)
        with CaptureQueriesContext(connection) as queries:
            deliveries.gather(None, at=AT)
        return len([q for q in queries if q["sql"].startswith("SELECT")])

    # Nobody here gets mail at once: all of it is asked and nothing goes.
    assert owed_to(people[:2]) == owed_to(people[2:])
    assert outbox() == []


def test_kind_is_composed_at_once_for_a_mail_and_what_it_leaves_out_is_withdrawn(
    secretary: User,
) -> None:
    asked = []

    def compose_all(owed: list[Notice], reader: User) -> dict[int, notices.EmailLine]:
        asked.append([notice.key for notice in owed])
        return {
            notice.pk: notices.EmailLine("A paper.", "/") for notice in owed if notice.key != "b"
        }

    with a_kind("tests.together", None, compose_all=compose_all):
        for key in ("a", "b", "c"):
            owe(secretary, key, kind="tests.together")
        sweep()
    assert asked == [["a", "b", "c"]]
    assert outbox()[0].body.count("A paper.") == 2
    withdrawn = Notice.objects.get(state=NoticeState.WITHDRAWN)
    assert (withdrawn.key, withdrawn.withdrawn_because) == ("b", Withdrawal.NOTHING_WAITS)


def test_kind_that_fails_at_once_keeps_back_nothing_but_itself(secretary: User) -> None:
    def compose_all(owed: list[Notice], reader: User) -> dict[int, notices.EmailLine]:
        raise LookupError

    with a_kind("tests.together", None, compose_all=compose_all):
        owe(secretary, "a", kind="tests.together")
        owe(secretary, "b", kind="tests.together")
        owe(secretary)
        sweep()
        assert len(outbox()) == 1
        kept = Notice.objects.filter(delivery__setback=Setback.UNWRITTEN)
        assert kept.count() == 2


def test_kind_says_how_it_is_composed_in_one_way() -> None:
    with pytest.raises(ValueError, match="one by one, or all at once"):
        NoticeKind("tests.neither", "A paper")
