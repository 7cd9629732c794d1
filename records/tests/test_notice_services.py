"""What people decide: to send again, to cancel, how often mail comes; and the delete."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from records import notice_kinds, tasks
from records.enums import DeliveryState, NoticeState, Rhythm, Setback, SystemActor
from records.models import Delivery, LedgerEntry, LegalHold, MailRhythm, Notice
from records.services import deletions, deliveries, email_preferences, legal_holds
from records.services import notices as services
from records.tests.owing import AT, a_kind, owe, sweep

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
YEAR = timedelta(days=365)


@pytest.fixture(autouse=True)
def _kind() -> Iterator[None]:
    with a_kind():
        yield


def an_uncertain_mail(to: User) -> Delivery:
    owe(to)
    deliveries.gather(None, at=AT)
    delivery = Delivery.objects.get()
    deliveries.claim(delivery.pk, at=AT)
    deliveries.give_up_stale_claims(at=AT + 15 * MINUTE)
    return Delivery.objects.get()


def last_entry() -> LedgerEntry:
    return LedgerEntry.objects.order_by("-sequence")[0]


def test_uncertain_mail_is_sent_again_by_a_person(secretary: User) -> None:
    delivery = an_uncertain_mail(secretary)
    services.send_again(delivery, by=secretary, at=AT + 20 * MINUTE)

    entry = last_entry()
    assert (entry.action, entry.facts) == ("delivery.sent_again", {"was": "uncertain", "tries": 1})
    assert mail.outbox == []
    sweep(AT + 20 * MINUTE)
    assert len(mail.outbox) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == (DeliveryState.DELIVERED, 2)


def test_delivered_mail_is_not_sent_again(secretary: User) -> None:
    owe(secretary)
    sweep()
    with pytest.raises(
        ValidationError,
        match="You can send an email again only if it is uncertain or was not accepted",
    ):
        services.send_again(Delivery.objects.get(), by=secretary, at=AT)


def late_word(delivery: Delivery) -> DeliveryState:
    """The worker that was thought lost reports its try; where the email stands then."""
    deliveries._move(
        delivery, DeliveryState.DELIVERED, delivered_at=AT, setback="", claimed_at=None
    )
    return DeliveryState(Delivery.objects.get(pk=delivery.pk).state)


def test_late_word_of_a_worker_settles_what_was_uncertain(secretary: User) -> None:
    assert late_word(an_uncertain_mail(secretary)) == DeliveryState.DELIVERED


def test_late_word_settles_nothing_once_a_person_sent_it_again(secretary: User) -> None:
    delivery = an_uncertain_mail(secretary)
    services.send_again(delivery, by=secretary, at=AT + 20 * MINUTE)

    assert late_word(delivery) == DeliveryState.WAITING
    assert deliveries.claim(delivery.pk, at=AT + 20 * MINUTE)
    assert late_word(delivery) == DeliveryState.CLAIMED


def test_notice_is_cancelled_with_its_reason(secretary: User) -> None:
    owe(secretary)
    notice = services.cancel(
        Notice.objects.get(), because="Told by telephone.", by=secretary, at=AT
    )

    assert (notice.state, notice.cancelled_by) == (NoticeState.CANCELLED, secretary)
    assert notice.cancelled_because == "Told by telephone."
    entry = last_entry()
    assert entry.action == "notice.cancelled"
    assert "telephone" not in str(entry.facts)
    sweep()
    owe(secretary)
    sweep(AT + MINUTE)
    assert mail.outbox == []


def test_warning_is_not_cancelled(secretary: User, client_of: Callable[..., Client]) -> None:
    with a_kind("tests.warning", is_warning=True):
        owe(secretary, kind="tests.warning")
        notice = Notice.objects.get()
        with pytest.raises(ValidationError, match="Security warnings cannot be canceled"):
            services.cancel(notice, because="I know.", by=secretary, at=AT)
        page = client_of(secretary).get("/notices/")
        assert f"/notices/{notice.pk}/cancel/" not in page.content.decode()
        sweep()
    assert len(mail.outbox) == 1


def test_warnings_are_those_that_might_be_about_who_cancels() -> None:
    warnings = {kind.name for kind in notice_kinds.NOTICE_KINDS if kind.is_warning}
    assert warnings == {
        "accounts.factors_removed",
        "records.ledger_fault",
        "accounts.own_factor_reset",
    }


def test_mail_goes_without_the_notice_that_was_cancelled(secretary: User) -> None:
    owe(secretary, "paper:1")
    owe(secretary, "paper:2")
    deliveries.gather(None, at=AT)
    services.cancel(Notice.objects.get(key="paper:1"), because="Told.", by=secretary, at=AT)
    sweep()

    assert mail.outbox[0].subject == "Charter portal: you have one item"


def test_mail_without_notices_is_not_sent(secretary: User) -> None:
    delivery = an_uncertain_mail(secretary)
    services.cancel(Notice.objects.get(), because="Told.", by=secretary, at=AT)

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.VOID


def test_cancelling_needs_a_reason(secretary: User) -> None:
    owe(secretary)
    with pytest.raises(ValidationError, match="Enter a reason"):
        services.cancel(Notice.objects.get(), because=" ", by=secretary, at=AT)


def test_what_a_worker_has_in_hand_is_not_cancelled(secretary: User) -> None:
    owe(secretary)
    deliveries.gather(None, at=AT)
    deliveries.claim(Delivery.objects.get().pk, at=AT)
    with pytest.raises(
        ValidationError, match="This email was already sent, is being sent, or was canceled"
    ):
        services.cancel(Notice.objects.get(), because="Told.", by=secretary, at=AT)


def test_what_was_delivered_is_not_cancelled(secretary: User) -> None:
    owe(secretary)
    sweep()
    with pytest.raises(
        ValidationError, match="This email was already sent, is being sent, or was canceled"
    ):
        services.cancel(Notice.objects.get(), because="Told.", by=secretary, at=AT)


@pytest.mark.parametrize(
    ("state", "given"),
    [
        (DeliveryState.CLAIMED, {"tries": 1}),
        (DeliveryState.UNCERTAIN, {"tries": 1}),
        (DeliveryState.DELIVERED, {"tries": 1}),
        (DeliveryState.FAILED, {"tries": 1}),
        (DeliveryState.FAILED, {"setback": Setback.RECIPIENT}),
        (DeliveryState.WAITING, {"claimed_at": AT}),
        (DeliveryState.WAITING, {"delivered_at": AT}),
        ("lost", {}),
    ],
)
def test_database_refuses_half_a_state(member: User, state: str, given: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(recipient=member, gathered_at=AT, due_at=AT, state=state, **given)


@pytest.mark.parametrize(
    "given",
    [
        {"state": NoticeState.CARRIED},
        {"state": NoticeState.WITHDRAWN, "ended_at": AT},
        {"state": NoticeState.CANCELLED, "ended_at": AT},
        {"state": NoticeState.OWED, "ended_at": AT},
        {"state": "lost"},
    ],
)
def test_database_refuses_half_a_notice(member: User, given: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(kind="tests.paper", key="1", recipient=member, owed_at=AT, **given)


def test_rhythm_is_a_persons_own_choice(secretary: User, chair: User) -> None:
    day = AT.date()
    assert email_preferences.rhythms_of([secretary, chair], on=day) == {
        secretary.pk: Rhythm.AT_ONCE,
        chair.pk: Rhythm.WEEKLY,
    }
    email_preferences.choose_rhythm(Rhythm.DAILY, by=chair, at=AT)
    email_preferences.choose_rhythm(Rhythm.AT_ONCE, by=chair, at=AT)

    assert email_preferences.rhythms_of([chair], on=day) == {chair.pk: Rhythm.AT_ONCE}
    assert MailRhythm.objects.count() == 1
    assert last_entry().facts == {"rhythm": "at_once"}


def test_director_gets_one_mail_a_week_and_urgent_ones_at_once(chair: User) -> None:
    with a_kind("tests.consent", is_urgent=True):
        owe(chair, "paper:1")
        owe(chair, "paper:2")
        owe(chair, "consent", kind="tests.consent")
        sweep()
        assert [letter.subject for letter in mail.outbox] == ["Charter portal: you have one item"]
        for days in range(1, 7):
            sweep(AT + timedelta(days=days))

    assert [letter.subject for letter in mail.outbox[1:]] == ["Charter portal: you have 2 items"]


def test_nothing_goes_out_on_a_quiet_day(secretary: User) -> None:
    saturday = AT + timedelta(days=3)
    owe(secretary, at=saturday)
    for days in (0, 1):
        sweep(saturday + timedelta(days=days))
    assert mail.outbox == []

    sweep(saturday + timedelta(days=2))
    assert len(mail.outbox) == 1


def test_delete_lets_go_after_a_year(secretary: User) -> None:
    owe(secretary, "paper:1")
    sweep()
    owe(secretary, "paper:2")
    services.cancel(Notice.objects.get(key="paper:2"), because="Told.", by=secretary, at=AT)
    owe(secretary, "paper:3", at=AT + YEAR, not_before=AT + 2 * YEAR)

    assert services.delete(by=secretary, at=AT + YEAR - MINUTE) == 0
    assert services.delete(by=secretary, at=AT + YEAR) == 2
    assert [notice.key for notice in Notice.objects.all()] == ["paper:3"]
    assert not Delivery.objects.exists()
    entry = last_entry()
    assert (entry.action, entry.facts) == (
        "notices.deleted",
        {"notices": 2, "until": "2026-08-05"},
    )


@pytest.mark.parametrize("state", [DeliveryState.UNCERTAIN, DeliveryState.FAILED])
def test_delete_lets_go_of_what_nobody_judged_for_a_year(
    secretary: User, state: DeliveryState
) -> None:
    delivery = an_uncertain_mail(secretary)
    if state == DeliveryState.FAILED:
        Delivery.objects.update(state=state, setback=Setback.RECIPIENT, claimed_at=None)

    assert services.delete(by=secretary, at=delivery.gathered_at + YEAR - MINUTE) == 0
    assert services.delete(by=secretary, at=delivery.gathered_at + YEAR) == 1
    assert not Delivery.objects.exists()


def test_hold_stops_the_delete(secretary: User) -> None:
    owe(secretary)
    sweep()
    legal_holds.place(reason="A suit.", by=secretary, at=AT)
    with pytest.raises(ValidationError, match="A legal hold is open"):
        services.delete(by=secretary, at=AT + YEAR)
    deletions.switch(is_nightly=True, by=secretary, at=AT)
    services.delete_by_night(at=AT + YEAR)

    assert LegalHold.objects.open().exists()
    assert Notice.objects.count() == 1


def test_night_deletes_where_the_company_lets_it(secretary: User) -> None:
    owe(secretary)
    sweep()
    services.delete_by_night(at=AT + YEAR)
    assert Notice.objects.count() == 1

    deletions.switch(is_nightly=True, by=secretary, at=AT)
    services.delete_by_night(at=AT + YEAR)
    assert not Notice.objects.exists()
    assert last_entry().actor == SystemActor.SCHEDULER


def test_clock_delivers_and_deletes(secretary: User) -> None:
    deletions.switch(is_nightly=True, by=secretary, at=AT)
    with a_kind("tests.old", is_urgent=True):
        owe(secretary, kind="tests.old", at=AT - 2000 * timedelta(days=1))
        sweep(AT - 2000 * timedelta(days=1))
        owe(secretary, "new", kind="tests.old")
        with time_machine.travel(AT, tick=False):
            tasks.deliver_notices()
            tasks.delete_notices()

    assert len(mail.outbox) == 2
    assert [notice.key for notice in Notice.objects.all()] == ["new"]


def test_delete_by_a_person_takes_what_is_open_to_them(secretary: User) -> None:
    with a_kind("tests.closed", visible=lambda reader: False):
        owe(secretary, kind="tests.closed")
        sweep()
        assert services.delete(by=secretary, at=AT + YEAR) == 0
        assert services.delete(by=SystemActor.SCHEDULER, at=AT + YEAR) == 1
