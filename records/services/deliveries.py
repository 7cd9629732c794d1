"""Delivering what is owed: gather, claim, compose, hand over, close.

Each step is a transaction of its own. The claim is committed before the mail server is spoken to,
and one worker wins it; the outcome is committed after. A worker that is lost in between leaves a
claim that goes stale and becomes *uncertain*: no mail goes out twice but by a person's word.

Nothing here is an act: the act was the one that owed the notice.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from contextlib import ExitStack
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F

from records import clock, emails, notice_kinds, sending
from records.calendar import Calendar
from records.dates import written_for
from records.enums import DeliveryState, NoticeState, Setback, Withdrawal
from records.models import Company, Delivery, Notice
from records.models.company import CALENDAR_YEAR
from records.rules import notices as rules
from records.services.email_preferences import rhythms_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime
    from uuid import UUID

logger = logging.getLogger(__name__)


def sweep(now: Callable[[], datetime]) -> None:
    """Deliver all that is due. `now` is asked before each mail: a slow server takes its time.

    When the server cannot be reached the other mails stay where they are, and the next sweep
    begins with the one that has waited longest.
    """
    company = Company.objects.current()
    with ExitStack() as stack:
        stack.enter_context(written_for(company))
        if company:
            stack.enter_context(clock.in_zone_of(company))
        give_up_stale_claims(at=now())
        gather(company, at=now())
        for pk in list(Delivery.objects.due(now()).values_list("pk", flat=True)):
            if not deliver(pk, now):
                break


def give_up_stale_claims(*, at: datetime) -> None:
    """Nobody knows what became of these mails: a person judges."""
    for delivery in Delivery.objects.stale(at):
        _move(delivery, DeliveryState.UNCERTAIN)


def gather(company: Company | None, *, at: datetime) -> None:
    """Put what may go out now into one mail for each person."""
    calendar = company.calendar if company else Calendar((CALENDAR_YEAR,))
    zone = clock.zone()
    ripe = list(Notice.objects.ripe(at).select_related("recipient").order_by("owed_at", "pk"))
    rhythms = rhythms_of({notice.recipient for notice in ripe}, on=at.astimezone(zone).date())
    due: dict[Any, list[int]] = defaultdict(list)
    for notice in ripe:
        if rules.may_go_out(
            at,
            notice.ready_at,
            is_urgent=notice_kinds.NOTICE_KINDS.get(notice.kind).is_urgent,
            rhythm=rhythms[notice.recipient_id],
            calendar=calendar,
            zone=zone,
            due_on=notice.due_on,
        ):
            due[notice.recipient_id].append(notice.pk)
    for recipient, keys in due.items():
        _bundle(recipient, keys, at=at)


def _bundle(recipient: Any, keys: Collection[int], *, at: datetime) -> None:
    """One mail for these notices, or for those that no other worker has just bundled."""
    with transaction.atomic():
        origins = rules.notice_origins(NoticeState.CARRIED)
        owed = Notice.objects.filter(pk__in=keys, state__in=origins)
        # Locked in one order, so that two workers wait for each other once at most.
        mine = list(owed.order_by("pk").select_for_update().values_list("pk", flat=True))
        if not mine:
            return
        delivery = Delivery.objects.create(recipient_id=recipient, gathered_at=at, due_at=at)
        owed.filter(pk__in=mine).update(state=NoticeState.CARRIED, delivery=delivery)


def deliver(pk: UUID, now: Callable[[], datetime]) -> bool:
    """Try one mail. Answers whether to go on: not where no other mail would get through."""
    if not claim(pk, at=now()):
        return True
    delivery = Delivery.objects.select_related("recipient").get(pk=pk)
    lines = _compose(delivery, at=now())
    if lines is None:
        return True
    try:
        setback = _hand_over(delivery, lines)
    except sending.UncertainError:
        _move(delivery, DeliveryState.UNCERTAIN)
        return False
    if setback is None:
        _move(
            delivery,
            DeliveryState.DELIVERED,
            delivered_at=now(),
            is_to_folder=sending.goes_to_a_folder(),
            setback="",
            claimed_at=None,
        )
        return True
    _put_off(delivery, setback, at=now())
    return setback not in rules.OUTAGES


def _hand_over(delivery: Delivery, lines: Sequence[notice_kinds.EmailLine]) -> Setback | None:
    try:
        mail = emails.write(delivery, lines)
    except Exception:  # what is not written was surely not taken
        logger.exception("A mail could not be written.")
        return Setback.UNWRITTEN
    return sending.hand_over(mail)


def claim(pk: UUID, *, at: datetime) -> bool:
    """Take a mail for this worker alone, on record before a word is said to the server."""
    mine = Delivery.objects.due(at).order_by().filter(pk=pk)
    return mine.update(state=DeliveryState.CLAIMED, claimed_at=at, tries=F("tries") + 1) == 1


def _compose(delivery: Delivery, *, at: datetime) -> list[notice_kinds.EmailLine] | None:
    """What there is to say, the most urgent first; None where nothing is, or not now."""
    carried = list(delivery.notices.filter(state=NoticeState.CARRIED).order_by("owed_at", "pk"))
    carried.sort(key=_urgency)
    for notice in carried:
        notice.recipient = delivery.recipient
    said = _said_of(carried, delivery.recipient)
    lines = []
    for notice in carried:
        match said.get(notice.pk):
            case Withdrawal() as because:
                _withdraw(notice, because, at=at)
            case notice_kinds.EmailLine() as line:
                lines.append(line)
    unwritten = [notice.pk for notice in carried if notice.pk not in said]
    if lines and unwritten:
        _set_aside(delivery, unwritten, at=at)
    elif unwritten:
        _put_off(delivery, Setback.UNWRITTEN, at=at)
    elif not lines:
        _move(delivery, DeliveryState.VOID, claimed_at=None)
    return lines or None


def _urgency(notice: Notice) -> tuple[bool, date]:
    """What goes out at once, then by date, the one that passed first; then what has none."""
    urgent = {kind.name for kind in notice_kinds.NOTICE_KINDS if kind.is_urgent}
    return notice.kind not in urgent, notice.due_on or date.max


def _said_of(
    notices: Sequence[Notice], reader: Any
) -> dict[int, notice_kinds.EmailLine | Withdrawal]:
    """By key, a line or why there is none any more. What cannot be composed is left out."""
    if not reader.is_active:
        return dict.fromkeys((notice.pk for notice in notices), Withdrawal.ACCOUNT_CLOSED)
    said: dict[int, notice_kinds.EmailLine | Withdrawal] = {}
    for batch in notice_kinds.batches(notices):
        name = batch[0].kind
        try:
            lines = notice_kinds.NOTICE_KINDS.get(name).lines(batch, reader)
        except Exception:  # an app's fault must not keep back what others owe
            logger.exception("A notice of the kind %s could not be composed.", name)
        else:
            said |= {each.pk: lines.get(each.pk, Withdrawal.NOTHING_WAITS) for each in batch}
    return said


def _withdraw(notice: Notice, because: Withdrawal, *, at: datetime) -> None:
    origins = rules.notice_origins(NoticeState.WITHDRAWN)
    Notice.objects.filter(pk=notice.pk, state__in=origins).update(
        state=NoticeState.WITHDRAWN, withdrawn_because=because, ended_at=at
    )


def _set_aside(delivery: Delivery, keys: Collection[int], *, at: datetime) -> None:
    """What could not be composed waits in a mail of its own, and the others go."""
    with transaction.atomic():
        apart = Delivery.objects.create(
            recipient_id=delivery.recipient_id,
            gathered_at=at,
            due_at=at + rules.wait_after(delivery.tries),
            tries=delivery.tries,
            setback=Setback.UNWRITTEN,
        )
        Notice.objects.filter(pk__in=keys, state=NoticeState.CARRIED).update(delivery=apart)


def _put_off(delivery: Delivery, setback: Setback, *, at: datetime) -> None:
    """It was surely not taken: try again later, or leave it to a person."""
    _move(
        delivery,
        rules.after_setback(setback),
        setback=setback,
        due_at=at + rules.wait_after(delivery.tries),
        claimed_at=None,
    )


def _move(delivery: Delivery, state: DeliveryState, **given: Any) -> None:
    """Step from where the table allows it, if this try is still the last one."""
    here = Delivery.objects.filter(
        pk=delivery.pk, state__in=rules.origins(state), tries=delivery.tries
    )
    here.update(state=state, **given)
