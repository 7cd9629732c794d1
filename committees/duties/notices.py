"""The notice to the exchange where too few members are left (RULE-12)."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from charters.answers import OpenItem
from charters.docket import AsOf
from charters.enums import Layer
from charters.registry import OPEN_ITEMS, Asked, OpenItemSource
from committees.duties.size import offering, seats_of
from committees.rules.composition import required_on
from committees.rules.notices import (
    MembershipEvent,
    Notice,
    NoticeDue,
    Shortfall,
    membership_notices,
    shortfalls,
)
from records.dates import long_day
from records.rule_data import TABLE

NOTICE = "committees.exchange_notice"


def shortfalls_of(as_of: AsOf) -> list[Shortfall]:
    """Since records begin; what is recorded ahead is included."""
    found = shortfalls(as_of.once(seats_of), as_of.once(offering))
    return [each for each in found if each.on >= as_of.settings.records_begin]


def is_short(as_of: AsOf) -> bool:
    seats = as_of.once(seats_of)
    sitting = {seat.person for seat in seats if seat.covers(as_of.day)}
    return len(sitting) < required_on(as_of.day, as_of.once(offering))


def notice_due(shortfall: Shortfall, as_of: AsOf) -> NoticeDue:
    event = MembershipEvent(short_from=shortfall.on)
    dues = membership_notices(event, as_of.settings.calendar, TABLE)
    return next(due for due in dues if due.notice is Notice.EXCHANGE)


def late_notices(as_of: AsOf, asked: Asked) -> Iterator[OpenItem]:
    """RULE-12: the exchange was notified after the day, or no notice is on record after it."""
    for shortfall in as_of.once(shortfalls_of):
        told = shortfall.exchange_notified_on
        if not notice_due(shortfall, as_of).is_late(told, as_of.day):
            continue
        yield OpenItem(
            subject=f"exchange-notice-{shortfall.on.isoformat()}",
            period=shortfall.on.isoformat(),
            title=_("Notice to the exchange of a vacancy"),
            because=_because(shortfall, as_of),
            layer=Layer.LAW,
            on=shortfall.on,
            url=shortfall.left[0].url or reverse("committee"),
        )


def _because(shortfall: Shortfall, as_of: AsOf) -> str:
    words = {"day": long_day(shortfall.on), "citation": Notice.EXCHANGE.citation}
    fell = _("Due on %(day)s, when too few members were left (%(citation)s).") % words
    told = shortfall.exchange_notified_on
    if told is None or told > as_of.day:
        return f"{fell} {_('No notice is on record.')}"
    return f"{fell} {_('Given on %(day)s.') % {'day': long_day(told)}}"


OPEN_ITEMS.add(OpenItemSource(NOTICE, late_notices))
