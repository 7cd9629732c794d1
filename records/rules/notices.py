"""When a notice goes out, what may become of its mail, and how long a retry waits.

Two tables: a notice is carried by a mail or comes to nothing; a mail is delivered, or waits, or is
for a person to judge. Nothing but a person leads out of *uncertain*, save the worker's own late
word that the mail server took it.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo

from records.calendar import DAY, Calendar
from records.enums import DeliveryState, NoticeState, Rhythm, Setback

# Digests go out in the morning, in the company's time zone.
MORNING = time(7)

# Far longer than a worker that is alive speaks to a mail server.
STALE_AFTER = timedelta(minutes=15)

# Between one try and the next; the last one for every further try.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 30, 60))

# "Outbox 1 year".
KEPT_FOR = timedelta(days=365)

NOTICE_STEPS: Mapping[NoticeState, frozenset[NoticeState]] = {
    NoticeState.OWED: frozenset(
        {NoticeState.CARRIED, NoticeState.WITHDRAWN, NoticeState.CANCELLED}
    ),
    NoticeState.CARRIED: frozenset({NoticeState.WITHDRAWN, NoticeState.CANCELLED}),
    NoticeState.WITHDRAWN: frozenset(),
    NoticeState.CANCELLED: frozenset(),
}

DELIVERY_STEPS: Mapping[DeliveryState, frozenset[DeliveryState]] = {
    DeliveryState.WAITING: frozenset({DeliveryState.CLAIMED, DeliveryState.VOID}),
    DeliveryState.CLAIMED: frozenset(
        {
            DeliveryState.DELIVERED,
            DeliveryState.WAITING,
            DeliveryState.UNCERTAIN,
            DeliveryState.FAILED,
            DeliveryState.VOID,
        }
    ),
    # Delivered, where the worker that was thought lost reports at last.
    DeliveryState.UNCERTAIN: frozenset(
        {DeliveryState.WAITING, DeliveryState.DELIVERED, DeliveryState.VOID}
    ),
    DeliveryState.FAILED: frozenset({DeliveryState.WAITING, DeliveryState.VOID}),
    DeliveryState.DELIVERED: frozenset(),
    DeliveryState.VOID: frozenset(),
}

# A person may have these sent again; the portal itself never does.
FOR_A_PERSON = frozenset({DeliveryState.UNCERTAIN, DeliveryState.FAILED})

# No worker has these in hand: what they carry can still be cancelled.
IN_NOBODYS_HAND = FOR_A_PERSON | {DeliveryState.WAITING}

# What trying again cannot mend.
FINAL = frozenset({Setback.RECIPIENT, Setback.CONTENT, Setback.ADDRESS})

# Nobody would get through: the other mails need not try.
OUTAGES = frozenset({Setback.UNREACHABLE, Setback.SIGN_IN, Setback.SETTINGS, Setback.UNWRITTEN})


def origins(state: DeliveryState) -> frozenset[DeliveryState]:
    """The states from which a mail may come into this one."""
    return frozenset(origin for origin, steps in DELIVERY_STEPS.items() if state in steps)


def notice_origins(state: NoticeState) -> frozenset[NoticeState]:
    """The states from which a notice may come into this one."""
    return frozenset(origin for origin, steps in NOTICE_STEPS.items() if state in steps)


def after_setback(setback: Setback) -> DeliveryState:
    """Where a mail stands that was surely not taken."""
    return DeliveryState.FAILED if setback in FINAL else DeliveryState.WAITING


def wait_after(tries: int) -> timedelta:
    """How long a mail waits after that many tries, at least one."""
    return WAITS[min(tries, len(WAITS)) - 1]


def may_go_out(
    now: datetime,
    ready: datetime,
    *,
    is_urgent: bool,
    rhythm: Rhythm,
    calendar: Calendar,
    zone: tzinfo,
    due_on: date | None = None,
) -> bool:
    """Whether a notice may be put into a mail now: its moment has come, and where it was missed
    (no worker ran) it is not made up for on a quiet day, unless its date would pass meanwhile."""
    moment = goes_out_at(
        ready, is_urgent=is_urgent, rhythm=rhythm, calendar=calendar, zone=zone, due_on=due_on
    )
    today = now.astimezone(zone).date()
    is_quiet = not calendar.is_business_day(today)
    would_pass = due_on is not None and today <= due_on < calendar.business_day_on_or_after(today)
    return moment <= now and (is_urgent or would_pass or not is_quiet)


def goes_out_at(
    ready: datetime,
    *,
    is_urgent: bool,
    rhythm: Rhythm,
    calendar: Calendar,
    zone: tzinfo,
    due_on: date | None = None,
) -> datetime:
    """The first moment at which a notice that is ready may be put into a mail.

    What is urgent knows neither quiet days nor digests. Nor does what reminds of a date that would
    pass before them: it goes out on the first business day, or at once where that is too late, too.
    """
    if is_urgent:
        return ready
    for each in (rhythm, Rhythm.AT_ONCE):
        moment = _in_rhythm(ready, each, calendar, zone)
        if (
            due_on is None
            or not ready.astimezone(zone).date() <= due_on < moment.astimezone(zone).date()
        ):
            return moment
    return ready


def _in_rhythm(ready: datetime, rhythm: Rhythm, calendar: Calendar, zone: tzinfo) -> datetime:
    local = ready.astimezone(zone)
    if rhythm == Rhythm.AT_ONCE:
        if calendar.is_business_day(local.date()):
            return ready
        day = calendar.business_day_on_or_after(local.date())
    else:
        first = local.date() if local.time() <= MORNING else local.date() + DAY
        day = _digest_day(first, rhythm, calendar)
    return datetime.combine(day, MORNING, zone)


def _digest_day(first: date, rhythm: Rhythm, calendar: Calendar) -> date:
    """The day of the next digest: any business day, or the first one of a week."""
    if rhythm == Rhythm.DAILY:
        return calendar.business_day_on_or_after(first)
    monday = first - DAY * first.weekday()
    day = calendar.business_day_on_or_after(monday)
    return day if day >= first else calendar.business_day_on_or_after(monday + DAY * 7)
