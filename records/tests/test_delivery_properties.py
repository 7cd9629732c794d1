"""Whatever a mail server answers, whenever workers are lost and whatever people decide."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from charter_portal.tests.walking import undone
from records import sending
from records.enums import DeliveryState, NoticeState, Setback
from records.models import Delivery, Notice
from records.rules.notices import FOR_A_PERSON
from records.services import notices as services
from records.tests.owing import AT, a_kind, owe, sweep

pytestmark = pytest.mark.django_db

TAKEN, LOST_AFTER, LOST_BEFORE = "taken", "taken, and the worker lost", "the worker lost"
BROKE_OFF = "taken, and no answer"
ANSWERS = st.sampled_from([TAKEN, LOST_AFTER, LOST_BEFORE, BROKE_OFF, *Setback])
STEPS = st.lists(
    st.tuples(st.sampled_from(["sweep", "owe", "send again"]), ANSWERS), min_size=1, max_size=15
)


class LostWorker(BaseException):
    """As SIGKILL does it: nothing of the worker runs any more."""


class Server:
    """The network's edge: what it has taken, by Message-ID."""

    def __init__(self) -> None:
        self.answer: str = TAKEN
        self.taken: Counter[str] = Counter()

    def hand_over(self, mail: EmailMessage) -> Setback | None:
        if self.answer in (TAKEN, LOST_AFTER, BROKE_OFF):
            self.taken[mail.extra_headers["Message-ID"].strip("<>").partition("@")[0]] += 1
        if self.answer in (LOST_AFTER, LOST_BEFORE):
            raise LostWorker
        if self.answer == BROKE_OFF:
            raise sending.UncertainError
        return Setback(self.answer) if self.answer != TAKEN else None


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    server = Server()
    monkeypatch.setattr(sending, "hand_over", server.hand_over)
    return server


@pytest.fixture(autouse=True)
def _kind() -> Iterator[None]:
    with a_kind(is_urgent=True):
        yield


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_nothing_is_lost_and_nothing_doubled_but_by_a_person(
    steps: list[tuple[str, str]], server: Server, secretary: User
) -> None:
    with undone():
        server.taken.clear()
        sent_again = play(steps, server, secretary)

        assert Notice.objects.filter(state=NoticeState.CARRIED).count() == Notice.objects.count()
        for delivery in Delivery.objects.all():
            times = server.taken[str(delivery.pk)]
            assert times <= 1 + sent_again[str(delivery.pk)]
            assert times or delivery.state in FOR_A_PERSON
            assert delivery.state in FOR_A_PERSON | {DeliveryState.DELIVERED}


def play(steps: list[tuple[str, str]], server: Server, secretary: User) -> Counter[str]:
    """These steps, twenty minutes apart, and then a day on which the server takes everything.

    Answers how often a person has sent each mail again.
    """
    sent_again: Counter[str] = Counter()
    at = AT
    for number, (verb, answer) in enumerate(steps):
        at += timedelta(minutes=20)
        server.answer = answer
        if verb == "owe":
            owe(secretary, f"paper:{number}", at=at)
        elif verb == "send again":
            sent_again.update(send_again(secretary, at))
        with suppress(LostWorker):
            sweep(at)
    server.answer = TAKEN
    for hours in (1, 2, 3, 24):
        sweep(at + timedelta(hours=hours))
    return sent_again


def send_again(person: User, at: datetime) -> list[str]:
    waiting = list(Delivery.objects.filter(state__in=FOR_A_PERSON))
    for delivery in waiting:
        services.send_again(delivery, by=person, at=at)
    return [str(delivery.pk) for delivery in waiting]
