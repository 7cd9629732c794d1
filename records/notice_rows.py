"""What the page of notices shows: each in words, as its reader may read it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from records import emails, notice_kinds
from records.dates import hour, short_day
from records.enums import DeliveryState, NoticeState, Setback, Withdrawal
from records.ledger_rows import everybody, seen_titles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from records.models import Delivery, Notice


@dataclass(frozen=True)
class NoticeLine:
    """A notice in words. `about` is the record, where the reader may see it. `state` is the word;
    `detail` says what it means for this one."""

    pk: int
    why: str
    about: str
    to: str
    owed_on: str
    owed_time: str
    state: str
    detail: str
    may_send_again: bool
    may_be_cancelled: bool


def lines(notices: Sequence[Notice], reader: Any) -> list[NoticeLine]:
    """Notices with their delivery at hand."""
    whys, names = whys_of(notices, reader), everybody()
    titles = seen_titles({notice.subject for notice in notices if notice.subject}, reader)
    return [
        line_of(notice, whys[notice.pk], titles.get(notice.subject, ""), names)
        for notice in notices
    ]


def whys_of(notices: Iterable[Notice], reader: Any) -> dict[int, str]:
    """Why each was owed; every kind is asked once."""
    by_kind: dict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        by_kind[notice.kind].append(notice)
    found: dict[int, str] = {}
    for name, mine in by_kind.items():
        kind = notice_kinds.NOTICE_KINDS.get(name)
        found |= {notice.pk: str(kind.label) for notice in mine} | dict(kind.whys(mine, reader))
    return found


def line_of(notice: Notice, why: str, about: str, names: Mapping[str, str]) -> NoticeLine:
    delivery = notice.delivery if notice.state == NoticeState.CARRIED else None
    owed_at = localtime(notice.owed_at)
    return NoticeLine(
        pk=notice.pk,
        why=why,
        about=about,
        to=names[str(notice.recipient_id)],
        owed_on=short_day(owed_at.date()),
        owed_time=hour(owed_at),
        state=_state(notice, delivery),
        detail=_of_delivery(delivery) if delivery else _of_notice(notice, names),
        may_send_again=delivery is not None and delivery.is_for_a_person,
        may_be_cancelled=notice.may_be_cancelled,
    )


def _state(notice: Notice, delivery: Delivery | None) -> str:
    if delivery is None:
        return str(NoticeState(notice.state).label)
    if delivery.state == DeliveryState.DELIVERED and delivery.is_to_folder:
        return _("written to a folder")
    return str(DeliveryState(delivery.state).label)


def instant(at: datetime) -> str:
    local = localtime(at)
    return _("%(day)s, %(time)s") % {
        "day": short_day(local.date()),
        "time": hour(local),
    }


def _of_notice(notice: Notice, names: Mapping[str, str]) -> str:
    match NoticeState(notice.state):
        case NoticeState.WITHDRAWN:
            return str(Withdrawal(notice.withdrawn_because).label)
        case NoticeState.CANCELLED:
            who = names[str(notice.cancelled_by_id)]
            said = {"person": who, "because": notice.cancelled_because}
            return _("By %(person)s: %(because)s") % said
    if notice.not_before:
        return _("Not before %(at)s") % {"at": instant(notice.not_before)}
    return _("Will be sent with the person's next email.")


def _of_delivery(delivery: Delivery) -> str:
    match DeliveryState(delivery.state):
        case DeliveryState.DELIVERED if delivery.delivered_at and delivery.is_to_folder:
            return _("Sent to nobody, because no mail server is set up: %(at)s") % {
                "at": instant(delivery.delivered_at)
            }
        case DeliveryState.DELIVERED if delivery.delivered_at:
            return _("Accepted by the mail server: %(at)s") % {"at": instant(delivery.delivered_at)}
        case DeliveryState.UNCERTAIN:
            return _(
                "The mail server's answer was lost. The email may or may not have arrived. "
                "The mail server's log lists it as %(id)s."
            ) % {"id": emails.message_id(delivery)}
        case DeliveryState.WAITING if delivery.setback:
            said = {"why": Setback(delivery.setback).label, "at": instant(delivery.due_at)}
            return _("%(why)s Next try: %(at)s") % said
        case DeliveryState.FAILED:
            return str(Setback(delivery.setback).label)
    return _("Will be sent within two minutes.")
