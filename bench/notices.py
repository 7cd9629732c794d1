"""Owing notices in an act, delivering mails, and composing what one says of many reminders."""

from collections import Counter
from collections.abc import Iterator
from itertools import count
from uuid import UUID

from django.conf import settings

from accounts.models import User
from bench.timing import Measurement, Timing, alone, behind, once, timed
from charters.notices import REMINDER
from charters.services.reminders import remind
from records import clock, emails, notices, sending
from records.acts import act
from records.models import Company, Delivery, Notice
from records.notice_kinds import NOTICE_KINDS, EmailLine, NoticeKind
from records.services import deliveries

MANY = 100
ROUNDS = 20
OWE_GOAL = 0.001
# Two commits that reach the disk: the claim before, the outcome after.
DELIVER_GOAL = 0.020
REMIND_GOAL = 0.060

KIND = NOTICE_KINDS.add(
    NoticeKind(
        "tests.bench_paper",
        "A paper waits",
        lambda notice, reader: EmailLine("A paper waits to be read.", "/"),
        is_urgent=True,
    )
)
numbers = count()


@act
def owe(people: list[User], each: int) -> None:
    for person in people:
        for _ in range(each):
            notices.owe(KIND, to=person, key=f"paper:{next(numbers)}", at=clock.now())


def insert(person: User) -> None:
    """The same rows, in one statement."""
    at = clock.now()
    rows = [
        Notice(kind=KIND.name, key=f"paper:{next(numbers)}", recipient=person, owed_at=at)
        for _ in range(MANY)
    ]
    Notice.objects.bulk_create(rows)


def measures() -> Iterator[Measurement]:
    """Mail goes to memory: what is measured is the portal, not a network."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    people = list(User.objects.active())
    yield owing(people[0])
    deliveries.sweep(clock.now)
    yield delivering(people)
    yield reminding()
    Notice.objects.filter(kind__in=[KIND.name, REMINDER.name]).delete()
    Delivery.objects.filter(notices=None).delete()


def owing(person: User) -> Measurement:
    def work() -> None:
        owe([person], MANY)

    made = behind(work)
    timing, floor = timed(work, ROUNDS), timed(lambda: insert(person), ROUNDS)
    is_met = timing.p50 <= OWE_GOAL * MANY
    return Measurement(f"owe {MANY} notices", timing, made, floor, "1 ms each", is_met)


def delivering(people: list[User]) -> Measurement:
    """A mail to everybody; its baseline is the same mails, composed and handed over."""
    due = due_to(people)
    made = behind(lambda: deliver_each(due))
    rounds = [one_round(due_to(people)) for _ in range(ROUNDS)]
    timing, floor = (Timing(tuple(sorted(side))) for side in zip(*rounds, strict=True))
    each = made[: len(made) // len(people)]
    return Measurement("deliver a mail", timing, each, floor, "20 ms", timing.p50 <= DELIVER_GOAL)


def reminding() -> Measurement:
    """What a mail says of all that its reader is reminded of, from one reading of the record."""
    remind(at=clock.now())
    owed = list(Notice.objects.filter(kind=REMINDER.name).select_related("recipient"))
    reader, most = Counter(notice.recipient for notice in owed).most_common(1)[0]
    mine = [notice for notice in owed if notice.recipient == reader]

    def work() -> None:
        REMINDER.lines(mine, reader)

    made = behind(work)
    timing, floor = timed(work, ROUNDS), timed(alone(made), ROUNDS)
    is_met = timing.p50 <= REMIND_GOAL
    return Measurement(f"{most} reminders", timing, made, floor, "60 ms", is_met)


def due_to(people: list[User]) -> list[UUID]:
    owe(people, 1)
    deliveries.gather(Company.objects.current(), at=clock.now())
    return [delivery.pk for delivery in Delivery.objects.due(clock.now())]


def one_round(due: list[UUID]) -> tuple[float, float]:
    """Seconds of each mail, and of its baseline."""
    taken = once(lambda: deliver_each(due))
    mails = list(Delivery.objects.filter(pk__in=due).select_related("recipient"))
    return taken / len(due), once(lambda: hand_over_each(mails)) / len(due)


def deliver_each(due: list[UUID]) -> None:
    for pk in due:
        assert deliveries.deliver(pk, clock.now)


def hand_over_each(mails: list[Delivery]) -> None:
    line = EmailLine("A paper waits to be read.", "/")
    for mail in mails:
        assert sending.hand_over(emails.write(mail, [line])) is None
